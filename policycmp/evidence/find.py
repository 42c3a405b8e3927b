"""Every kind of evidence for a pair of passages, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from policycmp.evidence.circle import circle
from policycmp.evidence.commitments import commitments
from policycmp.evidence.dates import dates, same_dates
from policycmp.evidence.figures import Figures, figures
from policycmp.evidence.graded import accountability, coverage, exceptions, modality
from policycmp.evidence.levels import levels
from policycmp.evidence.lone_figures import against_all, against_at_once, unread
from policycmp.evidence.model import KINDS, Evidence
from policycmp.evidence.pair import Pair
from policycmp.evidence.rhythm import rhythm, same_rhythms
from policycmp.evidence.weights import Weights, default_weights
from policycmp.language.passage import Passage
from policycmp.redlines import Redline

__all__ = ["Findings", "examine", "find_evidence"]


@dataclass(frozen=True, slots=True)
class Findings:
    """Evidence, and how much of the local text says the same as the template."""

    evidence: tuple[Evidence, ...]
    carried: float
    """Share of local words taken over, with values and dates that are the same in other words."""
    pair: Pair


def examine(
    local: Passage,
    template: Passage,
    lines: Redline,
    *,
    weights: Weights | None = None,
    same_scale: bool | None = None,
    scale_ratio: float | None = None,
    local_context: Sequence[Passage] = (),
    template_context: Sequence[Passage] = (),
) -> Findings:
    """Return the evidence of a pair and how much of it says the same (see `find_evidence`)."""
    weights = default_weights() if weights is None else weights
    pair = Pair.of(local, template, lines, local_context, template_context)
    numbers = figures(pair, weights, same_scale=same_scale, scale_ratio=scale_ratio)
    alone = [
        *against_all(pair, weights, numbers.added, numbers.dropped),
        *against_at_once(pair, weights, numbers.added, numbers.dropped),
    ]
    spoken = {id(target) for _, target in alone}
    numbers = replace(
        numbers,
        evidence=(*numbers.evidence, *(e for e, _ in alone), *unread(pair, weights)),
        added=tuple(t for t in numbers.added if id(t) not in spoken),
        dropped=tuple(t for t in numbers.dropped if id(t) not in spoken),
    )
    # Two segments may answer to one: what only the other side has is told once.
    graded = dict.fromkeys(_graded(pair, weights, numbers))
    rest = commitments(pair, weights, numbers.added, numbers.dropped, graded)
    order = {kind: k for k, kind in enumerate(KINDS)}
    found = tuple(sorted((*graded, *rest), key=lambda e: (order[e.kind], -e.weight)))
    same = (*numbers.same, *same_dates(pair), *same_rhythms(pair))
    return Findings(found, _carried(pair, same), pair)


def _graded(pair: Pair, weights: Weights, numbers: Figures) -> list[Evidence]:
    return [
        *numbers.evidence,
        *dates(pair, weights, (*numbers.added, *numbers.dropped)),
        *rhythm(pair, weights),
        *coverage(pair, weights, numbers.evidence),
        *circle(pair, weights),
        *modality(pair, weights),
        *levels(pair, weights),
        *exceptions(pair, weights),
        *accountability(pair, weights),
    ]


def _carried(pair: Pair, same: Sequence[tuple[int, int]]) -> float:
    """Return the share of local words in tiles, in spans that say the same, or said beside the template."""
    side = pair.local
    words = [w for w in side.passage.words if w.norm]
    beside = [
        (s.start, s.end)
        for s, f in zip(side.segments, side.found, strict=True)
        if f < 1 and side.elsewhere(s)
    ]
    spans = (*same, *beside)
    # A word that stays alone between changed ones is no tile, but may belong to a value that is the same.
    lone = {b.local_start for b in pair.lines.blocks if b.op == "equal" and b.local_words == 1}
    fresh = [w for w in words if w.start in lone or side.changed(w.start, w.end)]
    alike = sum(any(a <= w.start and w.end <= b for a, b in spans) for w in fresh)
    return min(1.0, pair.lines.copied + alike / len(words)) if words else 0.0


def find_evidence(
    local: Passage,
    template: Passage,
    lines: Redline,
    *,
    weights: Weights | None = None,
    same_scale: bool | None = None,
    scale_ratio: float | None = None,
    local_context: Sequence[Passage] = (),
    template_context: Sequence[Passage] = (),
) -> tuple[Evidence, ...]:
    """Return what makes the local passage more or less demanding than the template.

    Parameters
    ----------
    local, template : Passage
    lines : Redline
        The redline of the two.
    weights : mapping, optional
        Weight by (kind, case); the table's by default.
    same_scale, scale_ratio
        See `policycmp.target_pairs.change.change`.
    local_context, template_context : sequence of Passage
        What stands beside the passages in their plans: what a sentence seems to drop or add may
        be said there.

    Examples
    --------
    >>> from policycmp.redlines import redline
    >>> one, other = Passage.of("鼓励学校开放体育场馆。"), Passage.of("学校应当开放体育场馆。")
    >>> [e.text for e in find_evidence(one, other, redline(one, other))]
    ['应当→鼓励 学校开放体育场馆: 语气减弱']
    """
    return examine(
        local,
        template,
        lines,
        weights=weights,
        same_scale=same_scale,
        scale_ratio=scale_ratio,
        local_context=local_context,
        template_context=template_context,
    ).evidence
