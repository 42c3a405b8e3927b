"""Every kind of evidence for a pair of passages, put together.

Most of it lies in the two passages alone. Counties copy from one another, so the same sentence meets
the same template sentence in plan after plan: what the passages alone show is worked out once for all
pairs that read the same and kept for the last of them (`_compared`). What depends on what stands around
the passages in their plans, whether something said only here is said there in another place, is asked
of each pair anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from policycmp.evidence.circle import circle
from policycmp.evidence.commitments import commitments
from policycmp.evidence.dates import dates, same_dates
from policycmp.evidence.exceptions import exceptions
from policycmp.evidence.figures import figures
from policycmp.evidence.graded import accountability, coverage, modality
from policycmp.evidence.levels import levels, place_rank
from policycmp.evidence.lone_figures import against_words, unread
from policycmp.evidence.model import KINDS, Evidence
from policycmp.evidence.pair import Pair
from policycmp.evidence.rhythm import rhythm, same_rhythms
from policycmp.evidence.weights import Weights, weights_with
from policycmp.language.localisation import names_agency
from policycmp.language.passage import Passage, of_passage
from policycmp.model import Target
from policycmp.targets.deadlines import read_deadline

__all__ = ["Findings", "examine", "find_evidence"]


@dataclass(frozen=True, slots=True)
class Findings:
    """Evidence, and how much of the local text says the same as the template."""

    evidence: tuple[Evidence, ...]
    carried: float
    """Share of local words taken over, with values and dates that are the same in other words."""
    pair: Pair


@dataclass(frozen=True, slots=True)
class _Compared:
    """What two passages show by themselves."""

    pair: Pair
    evidence: tuple[Evidence, ...]
    added: tuple[Target, ...]
    dropped: tuple[Target, ...]
    same: tuple[tuple[int, int], ...]
    """Local spans that say the same as the template in other words."""


class _Said:
    """A passage, equal to every other that reads the same wherever it stands.

    The key holds all that `_compared` depends on: the text, its words as localised, where its body begins,
    the date its heading gives, and the level of its place.
    """

    __slots__ = ("_hash", "key", "passage")

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        due, level = read_deadline(passage.heading), place_rank(passage.place)
        self.key = (passage.text, passage.words, passage.body, due, level)
        self._hash = hash(self.key)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, _Said) and self.key == other.key)


_said = of_passage(_Said)

_PAIRS, _LONG = 1024, 4000
"""Pairs whose comparison is kept, those of the last dozen plans, in some tens of megabytes; pairs of more
characters than this are not kept: they hardly meet again, and would fill the memory."""


@lru_cache(maxsize=_PAIRS)
def _compared(
    local: _Said,
    template: _Said,
    changed_weights: frozenset[tuple[tuple[str, str], float]],
    same_scale: bool | None,
    scale_ratio: float | None,
) -> _Compared:
    weights = weights_with(changed_weights)
    pair = Pair.of(local.passage, template.passage)
    numbers = figures(pair, weights, same_scale=same_scale, scale_ratio=scale_ratio)
    alone = list(against_words(pair, weights, numbers.added, numbers.dropped))
    spoken = {id(target) for _, target in alone}
    added = tuple(t for t in numbers.added if id(t) not in spoken)
    dropped = tuple(t for t in numbers.dropped if id(t) not in spoken)
    valued = (*numbers.evidence, *(e for e, _ in alone), *unread(pair, weights))
    evidence = (
        *valued,
        *dates(pair, weights, (*added, *dropped)),
        *rhythm(pair, weights),
        *coverage(pair, weights, valued),
        *circle(pair, weights),
        *modality(pair, weights),
        *levels(pair, weights),
        *exceptions(pair, weights),
    )
    same = (*numbers.same, *same_dates(pair), *same_rhythms(pair))
    return _Compared(pair, evidence, added, dropped, same)


def examine(
    local: Passage,
    template: Passage,
    *,
    weights: Weights | None = None,
    same_scale: bool | None = None,
    scale_ratio: float | None = None,
    local_context: Sequence[Passage] = (),
    template_context: Sequence[Passage] = (),
) -> Findings:
    """Return the evidence of a pair and how much of it says the same (see `find_evidence`)."""
    changed = frozenset((weights or {}).items())
    kept = len(local.text) + len(template.text) <= _LONG
    compared = _compared if kept else _compared.__wrapped__
    known = compared(_said(local), _said(template), changed, same_scale, scale_ratio)
    pair = known.pair.between(local, template, local_context, template_context)
    given = weights_with(changed)
    # Two segments may answer to one: what only the other side has is told once.
    graded = dict.fromkeys((*known.evidence, *accountability(pair, given)))
    rest = commitments(pair, given, known.added, known.dropped, graded)
    order = {kind: k for k, kind in enumerate(KINDS)}
    found = tuple(sorted((*graded, *rest), key=lambda e: (order[e.kind], -e.weight)))
    return Findings(found, _carried(pair, known.same), pair)


def _carried(pair: Pair, same: Sequence[tuple[int, int]]) -> float:
    """Return the share of local words in tiles, in spans that say the same, or said beside the template.

    Where hardly a word is another, their order is not looked at.
    """
    reordered = _common_words(pair)
    if reordered >= _SAME_WORDS:
        return reordered
    side, number = pair.local, len(pair.local.passage.norms)
    beside = [
        (s.start, s.end)
        for s, f in zip(side.segments, side.found, strict=True)
        if f < 1 and side.elsewhere(s)
    ]
    spans = (*same, *beside)
    if not spans:
        return min(1.0, pair.lines.copied) if number else 0.0
    # A word that stays alone between changed ones is no tile, but may belong to a value that is the same.
    lone = {b.local_start for b in pair.lines.blocks if b.op == "equal" and b.local_words == 1}
    alike = sum(
        w.start in lone or side.changed(w.start, w.end)
        for w in side.passage.words
        if w.norm and any(a <= w.start and w.end <= b for a, b in spans)
    )
    return min(1.0, pair.lines.copied + alike / number)


_SAME_WORDS = 0.9
"""Share of words in common, of the longer text's, from which two texts differ in order only."""


@of_passage
def _kinds_of_words(passage: Passage) -> Counter[str]:
    return Counter("〈部门〉" if names_agency(norm) else norm for norm in passage.norms)


def _common_words(pair: Pair) -> float:
    """Return the share of words in common; one department counts as another (coding guide: localising)."""
    one, other = _kinds_of_words(pair.local.passage), _kinds_of_words(pair.template.passage)
    return (one & other).total() / max(one.total(), other.total(), 1)


def find_evidence(
    local: Passage,
    template: Passage,
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
    weights : mapping of (kind, case) to float, optional
        Weights that replace those of ``tables/evidence_weights.csv``.
    same_scale, scale_ratio
        See `policycmp.target_pairs.change.change`.
    local_context, template_context : sequence of Passage
        What stands beside the passages in their plans: what a sentence seems to drop or add may
        be said there.

    Examples
    --------
    >>> one, other = Passage.of("鼓励学校开放体育场馆。"), Passage.of("学校应当开放体育场馆。")
    >>> [e.text for e in find_evidence(one, other)]
    ['应当→鼓励 学校开放体育场馆: 语气减弱']
    """
    return examine(
        local,
        template,
        weights=weights,
        same_scale=same_scale,
        scale_ratio=scale_ratio,
        local_context=local_context,
        template_context=template_context,
    ).evidence
