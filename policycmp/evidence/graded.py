"""Evidence from graded wording: modality, coverage, accountability.

Only wording that changed counts. Modality and coverage are compared segment by segment, in
segments that answer to each other: what is asked more bindingly must be the same thing. Wording
that only one of them has is no change if it stands beside the other, past a comma (选取 …，开展 …
for 选择 … 开展 …). A segment that says nothing about modality is a plain statement (grade 3); one that says nothing
about coverage stands between 所有 and 部分. Accountability holds for the whole passage wherever it
stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from policycmp.evidence.model import Evidence
from policycmp.evidence.pair import Pair, Side
from policycmp.evidence.segments import Segment, by_segment, segments
from policycmp.evidence.weights import Weights
from policycmp.language.passage import Passage, of_passage
from policycmp.language.wording import PLAIN, SCALES, Cue, cues_in
from policycmp.targets.numerals import chinese_value

__all__ = ["accountability", "coverage", "modality", "quoted"]

_STEP = 0.7
"""Difference of grades from which one wording is stronger than the other."""


_ALIKE = 0.6
"""Likeness of two segments, each the other's best, from which wording that only one has counts."""


def _in_segments(scale: str) -> Callable[[Passage], tuple[tuple[Cue, ...], ...]]:
    """Return what finds the terms of a scale in each segment of a passage, and keeps them with it."""

    @of_passage
    def found(passage: Passage) -> tuple[tuple[Cue, ...], ...]:
        terms, at = cues_in(passage.folded, scale), 0
        out: list[tuple[Cue, ...]] = []
        for segment in segments(passage):
            while at < len(terms) and terms[at].start < segment.start:
                at += 1
            first = at
            while at < len(terms) and terms[at].end <= segment.end:
                at += 1
            out.append(terms[first:at])
        return tuple(out)

    return found


_CUES = {scale: _in_segments(scale) for scale in SCALES}


def _compared(pair: Pair, scale: str) -> Iterator[tuple[int, int, bool]]:
    """Yield segments that answer to each other and hold terms of a scale, and whether they are much alike."""
    mine, theirs = _CUES[scale](pair.local.passage), _CUES[scale](pair.template.passage)
    for i, k in enumerate(pair.answer):
        if k is not None and (mine[i] or theirs[k]):
            yield i, k, pair.answered[k] == i and pair.likeness[i][k] >= _ALIKE


def _fresh_cues(side: Side, scale: str, at: int) -> list[Cue]:
    """Return the terms of a segment that the other side has not in this place."""
    return [c for c in _CUES[scale](side.passage)[at] if side.changed(c.start, c.end)]


def _beside(cue: Cue, pair: Pair, i: int, k: int, *, local: bool) -> bool:
    """Tell whether what only one of two segments says stands beside the other, past a comma.

    `i` and `k` are the segments that answer to each other, `cue` stands in the local or the template
    one; a segment beside that answers to something else speaks of that.
    """
    side, own, other = (pair.template, i, k) if local else (pair.local, k, i)
    answers = pair.answered if local else pair.answer
    for near in (other - 1, other + 1):
        if not 0 <= near < len(side.segments) or answers[near] not in (None, own):
            continue
        between = side.segments[min(near, other)].end, side.segments[max(near, other)].start
        if any(stop in side.passage.text[slice(*between)] for stop in _STOPS):
            continue
        if any(abs(c.grade - cue.grade) < _STEP for c in _fresh_cues(side, cue.scale, near)):
            return True
    return False


_STOPS = "。；;\n"


def _softest_or_strictest(found: Sequence[Cue]) -> Cue:
    soft = [c for c in found if c.grade < PLAIN]
    return min(soft, key=lambda c: c.grade) if soft else max(found, key=lambda c: c.grade)


def quoted(
    kind: str,
    rises: bool,
    weight: float,
    local: Cue | tuple[int, int] | None,
    template: Cue | tuple[int, int] | None,
    pair: Pair,
    about: str = "",
) -> Evidence:
    """Return evidence that quotes a term or span on each side, None where a side has none."""

    def span(side: Cue | tuple[int, int] | None) -> tuple[int | None, int | None]:
        return (None, None) if side is None else (side.start, side.end) if isinstance(side, Cue) else side

    (a, b), (c, d) = span(local), span(template)
    return Evidence(
        kind,
        "sharpen" if rises else "weaken",
        weight,
        pair.local.passage.text[a:b] if a is not None else "",
        pair.template.passage.text[c:d] if c is not None else "",
        a,
        b,
        c,
        d,
        "added" if template is None else "dropped" if local is None else "changed",
        about,
    )


def _about(segment: Segment, cue: Cue) -> str:
    rest = segment.text[cue.end - segment.start :] or segment.text[: cue.start - segment.start]
    return rest.strip(' ，。；、“”"')[:12]


def _firmness(side: Side, at: int) -> float:
    """Return how binding a segment is that has no modal term of its own: by the one it shares, or plain."""
    shared = _CUES["modality"](side.passage)[at]
    return _softest_or_strictest(shared).grade if shared else PLAIN


def modality(pair: Pair, weights: Weights) -> Iterator[Evidence]:
    """Yield wording that became more or less binding."""
    for i, k, alike in _compared(pair, "modality"):
        mine, theirs = _fresh_cues(pair.local, "modality", i), _fresh_cues(pair.template, "modality", k)
        if (not mine and not theirs) or not (alike or (mine and theirs)):
            continue
        one = _softest_or_strictest(mine) if mine else None
        other = _softest_or_strictest(theirs) if theirs else None
        lone = one or other
        if (one is None or other is None) and lone and _beside(lone, pair, i, k, local=one is not None):
            continue
        # 应当→原则上应当: what only one side says is held against what both say.
        step = (one.grade if one else _firmness(pair.local, i)) - (
            other.grade if other else _firmness(pair.template, k)
        )
        if abs(step) < _STEP or (one and other and one.term == other.term):
            continue
        case = "added" if other is None else "dropped" if one is None else "changed"
        size = weights["modality", case] * min(1.0, 0.5 + abs(step) / 3)
        cue, segment = (one, pair.local.segments[i]) if one else (other, pair.template.segments[k])
        assert cue is not None
        yield quoted("modality", step > 0, size, one, other, pair, _about(segment, cue))


_WIDE, _NARROW = 2.5, 1.9


def _reach(side: Side, at: int) -> float:
    """Return how far a segment reaches; 全部规模以上企业 stands between 全部 and 规模以上."""
    grades = [c.grade for c in _CUES["coverage"](side.passage)[at]]
    return (min(grades) + max(grades)) / 2


_SPREAD = re.compile(r"每(?P<n>\d{1,4}|[一两二三四五六七八九十]{1,2})?(?:个|所|家|户|名|位|座|处)")


@by_segment
def _each(text: str) -> tuple[float, int, int] | None:
    """Return for how many one is due (每个 1, 每2个 2), and where that stands in the segment."""
    m = _SPREAD.search(text)
    if m is None:
        return None
    number = m["n"] or "1"
    value = float(number) if number.isdigit() else float(chinese_value(number) or 1)
    return value, m.start(), m.end()


def _spreads(pair: Pair, weights: Weights) -> Iterator[Evidence]:
    mine, theirs = _each(pair.local.passage), _each(pair.template.passage)
    for i, k in enumerate(pair.answer):
        one, other = (mine[i], theirs[k]) if k is not None else (None, None)
        if k is None or one is None or other is None or one[0] == other[0]:
            continue
        here, there = pair.local.segments[i].start, pair.template.segments[k].start
        a, b = (here + one[1], here + one[2]), (there + other[1], there + other[2])
        if pair.local.changed(*a) and pair.template.changed(*b):
            yield quoted("coverage", one[0] < other[0], weights["coverage", "changed"], a, b, pair)


def coverage(pair: Pair, weights: Weights, said: Sequence[Evidence] = ()) -> Iterator[Evidence]:
    """Yield commitments that reach further or less far, beyond what `said` tells already."""
    spread = list(_spreads(pair, weights))
    yield from spread
    taken = [(e.local_start, e.template_start) for e in (*spread, *said)]
    for i, k, alike in _compared(pair, "coverage"):
        mine, theirs = _fresh_cues(pair.local, "coverage", i), _fresh_cues(pair.template, "coverage", k)
        if (not mine and not theirs) or not (alike or (mine and theirs)):
            continue
        one = min(mine, key=lambda c: c.grade, default=None)
        other = min(theirs, key=lambda c: c.grade, default=None)
        alone = 1.0
        if one is not None and other is not None:
            step = _reach(pair.local, i) - _reach(pair.template, k)
            case = "changed"
        else:
            cue = one or other
            assert cue is not None
            alone = cue.alone
            if _beside(cue, pair, i, k, local=one is not None):
                continue
            step = 1.0 if cue.grade >= _WIDE else -1.0 if cue.grade <= _NARROW else 0.0
            step = step if one is not None else -step
            case = "added" if one is not None else "dropped"
        if abs(step) < _STEP or not alone:
            continue
        cue, segment = (one, pair.local.segments[i]) if one else (other, pair.template.segments[k])
        assert cue is not None
        if any(cue.start in starts for starts in taken):
            continue
        weight = weights["coverage", case] * alone
        yield quoted("coverage", step > 0, weight, one, other, pair, _about(segment, cue))


@of_passage
def _held_to_account(passage: Passage) -> tuple[Cue, ...]:
    return cues_in(passage.folded, "accountability")


def accountability(pair: Pair, weights: Weights) -> Iterator[Evidence]:
    """Yield accountability that was added, dropped, stiffened or softened."""
    mine, theirs = (
        [c for c in _held_to_account(side.passage) if side.changed(c.start, c.end)]
        for side in (pair.local, pair.template)
    )
    if not mine and not theirs:
        return
    one = max(mine, key=lambda c: c.grade, default=None)
    other = max(theirs, key=lambda c: c.grade, default=None)
    if one is not None and other is not None:
        if abs(one.grade - other.grade) < _STEP:
            return
        yield quoted(
            "accountability", one.grade > other.grade, weights["accountability", "changed"], one, other, pair
        )
        return
    cue, side = (one, pair.local) if one else (other, pair.template)
    assert cue is not None
    segment = side.segments[side.segment_at(cue.start)]
    if cue.grade < 2.5 or side.elsewhere(segment):
        return
    span = (segment.start, segment.end)
    weight = weights["accountability", "added" if one else "dropped"] * min(1.0, cue.grade / 3.5)
    if one:
        yield quoted("accountability", True, weight, span, None, pair)
    else:
        yield quoted("accountability", False, weight, None, span, pair)
