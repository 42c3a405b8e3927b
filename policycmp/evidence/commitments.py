"""Evidence from commitments: segments and targets that only one side has.

A segment whose content the other side has nowhere is a commitment added or dropped; it weighs
by its substance, so that an aim or a hoped-for outcome adds next to nothing. A target without
counterpart in such a segment is the commitment itself and not counted twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from policycmp.evidence.model import Evidence
from policycmp.evidence.pair import Pair, Side
from policycmp.evidence.weights import Weights
from policycmp.model import Target

__all__ = ["commitments"]

_ABSENT = 0.5
"""Share of a segment's content found on the other side below which it is another commitment."""
_ABSOLUTE = 0.35
"""Substance below which a segment is no commitment worth a line."""


def commitments(
    pair: Pair,
    weights: Weights,
    added: Collection[Target],
    dropped: Collection[Target],
    spoken_for: Collection[Evidence],
) -> Iterator[Evidence]:
    """Yield what only one side commits to."""
    yield from _of(pair.local, "added", weights, added, [(e.local_start, e.local_end) for e in spoken_for])
    yield from _of(
        pair.template, "dropped", weights, dropped, [(e.template_start, e.template_end) for e in spoken_for]
    )


def _of(
    side: Side,
    case: str,
    weights: Weights,
    targets: Collection[Target],
    spoken: Collection[tuple[int | None, int | None]],
) -> Iterator[Evidence]:
    rises = case == "added"
    for segment, found in zip(side.segments, side.found, strict=True):
        numbers = [t for t in targets if segment.start <= t.start < segment.end]
        said = any(
            a is not None and b is not None and a < segment.end and segment.start < b for a, b in spoken
        )
        if numbers:
            for target in numbers[:1]:
                yield _evidence(
                    "target",
                    case,
                    rises,
                    weights["target", case],
                    side,
                    target.start,
                    target.end,
                    target.indicator,
                )
            continue
        if said or found >= _ABSENT or segment.substance < _ABSOLUTE:
            continue
        weight = weights["commitment", case] * segment.substance
        yield _evidence("commitment", case, rises, weight, side, segment.start, segment.end, "")


def _evidence(
    kind: str, case: str, rises: bool, weight: float, side: Side, start: int, end: int, about: str
) -> Evidence:
    quote = side.passage.text[start:end]
    direction = "sharpen" if rises else "weaken"
    if rises:
        return Evidence(kind, direction, weight, quote, "", start, end, None, None, case, about)
    return Evidence(kind, direction, weight, "", quote, None, None, start, end, case, about)
