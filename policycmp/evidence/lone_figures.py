"""Evidence from figures without a partner: a share held against all, a bare figure of unknown unit.

所有乡镇→60%的乡镇 narrows the coverage although only one side has a number. And where a figure
alone changed before a unit no table knows (每万人12标台→8标台), the change is told for what it is
worth, if the figure is told for each of something and does not depend on the size of the place.
当场办结→3个工作日办结 is a longer wait, although only one side says how long (``tables/at_once.csv``),
and 消除大班额→大班额比例控制在5%以内 leaves some of what was to go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from policycmp.evidence.dates import dues
from policycmp.evidence.figures import value_span
from policycmp.evidence.model import Evidence
from policycmp.evidence.pair import Pair, Side
from policycmp.evidence.segments import Segment
from policycmp.evidence.weights import Weights
from policycmp.language.wording import cues
from policycmp.model import Target
from policycmp.tables import read_table
from policycmp.target_pairs.polarity import polarity
from policycmp.target_pairs.value import dimension_of
from policycmp.targets.number_signs import sign_pattern

__all__ = ["against_words", "unread"]


Span = tuple[int, int]
Reader = Callable[[Side, Segment, Target, Side, Segment], Span | None]
"""Finds, in a segment that answers to a target's own, the word that stands for a value there."""


def against_words(
    pair: Pair, weights: Weights, added: Sequence[Target], dropped: Sequence[Target]
) -> Iterator[tuple[Evidence, Target]]:
    """Yield figures the other side has a word for (all, at once, none), with the target they speak of."""
    for targets, side, other, answers, rises in (
        (added, pair.local, pair.template, pair.answer, False),
        (dropped, pair.template, pair.local, pair.answered, True),
    ):
        for target in targets:
            at = side.segment_at(target.start)
            to = answers[at]
            if to is None:
                continue
            for kind, read in _READERS:
                said = read(side, side.segments[at], target, other, other.segments[to])
                if said is None:
                    continue
                value = value_span(side, target)
                local, template = (said, value) if rises else (value, said)
                yield (
                    Evidence(
                        kind,
                        "sharpen" if rises else "weaken",
                        weights[kind, "changed"],
                        pair.local.passage.text[local[0] : local[1]],
                        pair.template.passage.text[template[0] : template[1]],
                        *local,
                        *template,
                        about=target.indicator,
                    ),
                    target,
                )
                break


def _all(side: Side, here: Segment, target: Target, other: Side, there: Segment) -> Span | None:
    share = target.value_low if target.value_low is not None else target.value_high
    if target.unit != "%" or share is None or share >= 100:
        return None
    wide = next((c for c in cues(there.text, "coverage") if c.grade >= _ALL), None)
    if wide is None or not other.changed(there.start + wide.start, there.start + wide.end):
        return None
    if any(t.unit == "%" and there.start <= t.start < there.end for t in other.passage.targets):
        return None  # 普及率、覆盖率均达到90%: all of the rates, not everyone
    return there.start + wide.start, there.start + wide.end


_ALL = 2.8
"""Grade of coverage from which a term means everyone (tables/coverage.csv)."""


def _at_once(side: Side, here: Segment, target: Target, other: Side, there: Segment) -> Span | None:
    if dimension_of(target) not in ("duration", "workday") or target.comparator == ">=":
        return None
    soon = _soon().search(there.text)
    if soon is None or _soon().search(here.text):
        return None
    return there.start + soon.start(), there.start + soon.end()


@cache
def _soon() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(row["word"]) for row in read_table("at_once")))


def _none(side: Side, here: Segment, target: Target, other: Side, there: Segment) -> Span | None:
    """大班额比例控制在5%以内 leaves some of what 消除大班额 does away with."""
    if target.unit != "%" or polarity(target.indicator) != -1 or target.comparator == ">=":
        return None
    gone = sign_pattern("ended").search(there.text)
    if gone is None or sign_pattern("ended").search(here.text):
        return None
    return there.start + gone.start(), there.start + gone.end()


_READERS: tuple[tuple[str, Reader], ...] = (("coverage", _all), ("target", _at_once), ("target", _none))


def unread(pair: Pair, weights: Weights) -> Iterator[Evidence]:
    """Yield bare figures that changed before a unit nobody knows, where they are told for each of something."""
    for block in pair.lines.blocks:
        if block.op != "replace":
            continue
        spans = (
            (pair.local, block.local_start, block.local_end),
            (pair.template, block.template_start, block.template_end),
        )
        figures = [_FIGURE.match(side.passage.text[a:b]) for side, a, b in spans]
        if figures[0] is None or figures[1] is None:
            continue
        known = any(t.start < b and a < t.end for side, a, b in spans for t in side.passage.targets) or any(
            w.start < block.local_end and block.local_start < w.end for w in dues(pair.local.passage)
        )
        segment = pair.local.segments[pair.local.segment_at(block.local_start)]
        before = segment.text[: max(block.local_start - segment.start, 0)]
        if known or not sign_pattern("for_each").search(before) or before.endswith(("第", "号", "〔")):
            continue
        step = float(figures[0].group()) - float(figures[1].group())
        if _CAPPED.search(before):
            step = -step
        if step:
            a, b = block.local_start, block.local_start + figures[0].end()
            c, d = block.template_start, block.template_start + figures[1].end()
            quotes = pair.local.passage.text[a:b], pair.template.passage.text[c:d]
            direction = "sharpen" if step > 0 else "weaken"
            yield Evidence(
                "target",
                direction,
                _UNREAD * weights["target", "changed"],
                *quotes,
                a,
                b,
                c,
                d,
                about=before[-12:],
            )


_FIGURE = re.compile(r"\d{1,9}(?:\.\d{1,4})?(?=\D|$)")
_CAPPED = re.compile(r"不(?:得)?(?:超过|高于|多于)|控制在|低于|以内$")
_UNREAD = 0.7
"""Factor for figures whose unit is not known."""
