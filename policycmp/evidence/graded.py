"""Evidence from graded wording: modality, coverage, accountability, exceptions.

Only wording that changed counts. Modality and coverage are compared segment by segment, in
segments that answer to each other: what is asked more bindingly must be the same thing. Wording
that only one of them has is no change if it stands beside the other, past a comma (选取 …，开展 …
for 选择 … 开展 …). A segment that says nothing about modality is a plain statement (grade 3); one that says nothing
about coverage stands between 所有 and 部分. Accountability and exceptions hold for the whole
passage wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from policycmp.evidence.model import Evidence
from policycmp.evidence.pair import Pair, Side
from policycmp.evidence.segments import Segment
from policycmp.evidence.weights import Weights
from policycmp.language.wording import PLAIN, Cue, cues
from policycmp.tables import read_table
from policycmp.targets.numerals import chinese_value
from policycmp.text import fold

__all__ = ["accountability", "coverage", "exceptions", "modality"]

_STEP = 0.7
"""Difference of grades from which one wording is stronger than the other."""


_ALIKE = 0.6
"""Likeness of two segments, each the other's best, from which wording that only one has counts."""


def _compared(pair: Pair) -> Iterator[tuple[int, int, bool]]:
    for i, k in enumerate(pair.answer):
        if k is not None:
            yield i, k, pair.answered[k] == i and pair.likeness[i][k] >= _ALIKE


def _fresh_cues(side: Side, scale: str, segment: Segment | None = None) -> list[Cue]:
    found = cues(side.passage.text, scale)
    start, end = (segment.start, segment.end) if segment else (0, len(side.passage.text))
    return [c for c in found if start <= c.start and c.end <= end and side.changed(c.start, c.end)]


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
        if any(abs(c.grade - cue.grade) < _STEP for c in _fresh_cues(side, cue.scale, side.segments[near])):
            return True
    return False


_STOPS = "。；;\n"


def _softest_or_strictest(found: Sequence[Cue]) -> Cue:
    soft = [c for c in found if c.grade < PLAIN]
    return min(soft, key=lambda c: c.grade) if soft else max(found, key=lambda c: c.grade)


def _evidence(
    kind: str,
    rises: bool,
    weight: float,
    local: Cue | tuple[int, int] | None,
    template: Cue | tuple[int, int] | None,
    pair: Pair,
    about: str = "",
) -> Evidence:
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


def modality(pair: Pair, weights: Weights) -> Iterator[Evidence]:
    """Yield wording that became more or less binding."""
    for i, k, alike in _compared(pair):
        here, there = pair.local.segments[i], pair.template.segments[k]
        mine, theirs = (
            _fresh_cues(pair.local, "modality", here),
            _fresh_cues(pair.template, "modality", there),
        )
        if (not mine and not theirs) or not (alike or (mine and theirs)):
            continue
        one = _softest_or_strictest(mine) if mine else None
        other = _softest_or_strictest(theirs) if theirs else None
        lone = one or other
        if (one is None or other is None) and lone and _beside(lone, pair, i, k, local=one is not None):
            continue
        step = (one.grade if one else PLAIN) - (other.grade if other else PLAIN)
        if abs(step) < _STEP or (one and other and one.term == other.term):
            continue
        case = "added" if other is None else "dropped" if one is None else "changed"
        size = weights["modality", case] * min(1.0, 0.5 + abs(step) / 3)
        cue, segment = (one, here) if one else (other, there)
        assert cue is not None
        yield _evidence("modality", step > 0, size, one, other, pair, _about(segment, cue))


_WIDE, _NARROW = 2.5, 1.9


def _reach(side: Side, segment: Segment) -> float:
    """Return how far a segment reaches; 全部规模以上企业 stands between 全部 and 规模以上."""
    grades = [
        c.grade
        for c in cues(side.passage.text, "coverage")
        if segment.start <= c.start and c.end <= segment.end
    ]
    return (min(grades) + max(grades)) / 2


_SPREAD = re.compile(r"每(?P<n>\d{1,4}|[一两二三四五六七八九十]{1,2})?(?:个|所|家|户|名|位|座|处)")


def _spread(side: Side, segment: Segment) -> tuple[float, tuple[int, int]] | None:
    """Return for how many one is due (每个 1, 每2个 2), and where that stands."""
    m = _SPREAD.search(segment.text)
    if m is None or not side.changed(segment.start + m.start(), segment.start + m.end()):
        return None
    number = m["n"] or "1"
    value = float(number) if number.isdigit() else float(chinese_value(number) or 1)
    return value, (segment.start + m.start(), segment.start + m.end())


def _spreads(pair: Pair, weights: Weights) -> Iterator[Evidence]:
    for i, k, _ in _compared(pair):
        here, there = pair.local.segments[i], pair.template.segments[k]
        one, other = _spread(pair.local, here), _spread(pair.template, there)
        if one and other and one[0] != other[0]:
            rises = one[0] < other[0]
            yield _evidence("coverage", rises, weights["coverage", "changed"], one[1], other[1], pair)


def coverage(pair: Pair, weights: Weights, said: Sequence[Evidence] = ()) -> Iterator[Evidence]:
    """Yield commitments that reach further or less far, beyond what `said` tells already."""
    spread = list(_spreads(pair, weights))
    yield from spread
    taken = [(e.local_start, e.template_start) for e in (*spread, *said)]
    for i, k, alike in _compared(pair):
        here, there = pair.local.segments[i], pair.template.segments[k]
        mine, theirs = (
            _fresh_cues(pair.local, "coverage", here),
            _fresh_cues(pair.template, "coverage", there),
        )
        if (not mine and not theirs) or not (alike or (mine and theirs)):
            continue
        one = min(mine, key=lambda c: c.grade, default=None)
        other = min(theirs, key=lambda c: c.grade, default=None)
        alone = 1.0
        if one is not None and other is not None:
            step = _reach(pair.local, here) - _reach(pair.template, there)
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
        cue, segment = (one, here) if one else (other, there)
        assert cue is not None
        if any(cue.start in starts for starts in taken):
            continue
        weight = weights["coverage", case] * alone
        yield _evidence("coverage", step > 0, weight, one, other, pair, _about(segment, cue))


def accountability(pair: Pair, weights: Weights) -> Iterator[Evidence]:
    """Yield accountability that was added, dropped, stiffened or softened."""
    mine, theirs = _fresh_cues(pair.local, "accountability"), _fresh_cues(pair.template, "accountability")
    if not mine and not theirs:
        return
    one = max(mine, key=lambda c: c.grade, default=None)
    other = max(theirs, key=lambda c: c.grade, default=None)
    if one is not None and other is not None:
        if abs(one.grade - other.grade) < _STEP:
            return
        yield _evidence(
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
        yield _evidence("accountability", True, weight, span, None, pair)
    else:
        yield _evidence("accountability", False, weight, None, span, pair)


@cache
def _exception_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in read_table("exceptions"))


@lru_cache(maxsize=8192)
def _exceptions_in(text: str) -> tuple[tuple[int, int], ...]:
    """Return where a text makes exceptions, in order; overlapping ones once."""
    folded = fold(text)
    found: list[tuple[int, int]] = []
    for pattern in _exception_patterns():
        for m in pattern.finditer(folded):
            if not any(a < m.end() and m.start() < b for a, b in found):
                found.append((m.start(), m.end()))
    return tuple(sorted(found))


def _exceptions(side: Side) -> list[tuple[int, int]]:
    """Return the segments that make an exception the other side does not word the same."""
    out: dict[int, tuple[int, int]] = {}
    for start, end in _exceptions_in(side.passage.text):
        if side.changed(start, end):
            at = side.segment_at(start)
            segment = side.segments[at]
            out.setdefault(at, (min(segment.start, start), max(segment.end, end)))
    return list(out.values())


def exceptions(pair: Pair, weights: Weights) -> Iterator[Evidence]:
    """Yield exceptions that one side makes and the other does not."""
    mine, theirs = _exceptions(pair.local), _exceptions(pair.template)
    for span in mine[len(theirs) :]:
        yield _evidence("exception", False, weights["exception", "added"], span, None, pair)
    for span in theirs[len(mine) :]:
        yield _evidence("exception", True, weights["exception", "dropped"], None, span, pair)
