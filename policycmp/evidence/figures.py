"""Evidence from targets: numbers, dates and rates that changed, came or went.

The targets of both passages are paired by what they are about (indicator, unit, the segment
they stand in), the likeliest pair first; `policycmp.target_pairs.change.change` says what the
difference of a pair means. Deadlines are the business of `policycmp.evidence.dates`,
frequencies that of `policycmp.evidence.rhythm`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from policycmp.evidence.model import Evidence
from policycmp.evidence.pair import Pair, Side
from policycmp.evidence.weights import Weights
from policycmp.language.passage import Passage, of_passage
from policycmp.model import Target
from policycmp.target_pairs.change import change
from policycmp.target_pairs.polarity import polarity
from policycmp.target_pairs.value import dimension_of, standing
from policycmp.targets.number_signs import sign_pattern
from policycmp.targets.quantities import find_quantities

__all__ = ["Figures", "figures", "value_span"]

_CROWD = 40_000
"""Pairs of targets beyond which only those in segments that answer to each other are looked at."""
_SAME_YEAR = 0.2
"""What a common deadline adds to the likeness of two targets among several."""
_PAIRED = 0.42
"""Likeness from which two targets are taken to be about the same thing."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Evidence from targets, and the targets that found no counterpart."""

    evidence: tuple[Evidence, ...]
    added: tuple[Target, ...]
    dropped: tuple[Target, ...]
    same: tuple[tuple[int, int], ...]
    """Local spans of values that say the same as the template's in other words, or the place's own amount."""


def figures(
    pair: Pair, weights: Weights, *, same_scale: bool | None = None, scale_ratio: float | None = None
) -> Figures:
    """Pair the targets of two passages and judge each pair."""
    mine, theirs = _binding(pair.local.passage), _binding(pair.template.passage)
    couples = _couple(pair, mine, theirs)
    out: list[Evidence] = []
    same = []
    for a, b in couples:
        found = _judged(pair, weights, a, b, same_scale, scale_ratio)
        if found is None or found[0].direction == "neutral":
            same.append(value_span(pair.local, a))
        out += found or []
    taken_local, taken_template = {id(a) for a, _ in couples}, {id(b) for _, b in couples}
    return Figures(
        tuple(out),
        tuple(t for t in mine if id(t) not in taken_local and not _said_jointly(t, theirs)),
        tuple(t for t in theirs if id(t) not in taken_template and not _said_jointly(t, mine)),
        tuple(same),
    )


_JOINED = re.compile(r"[、,，和与]|以及")


def _said_jointly(target: Target, others: Sequence[Target]) -> bool:
    """Tell whether another target says the same of several at once (普及率、覆盖率均达到90%)."""
    return any(
        (o.unit, o.value_low, o.value_high) == (target.unit, target.value_low, target.value_high)
        and target.indicator in _JOINED.split(o.indicator)
        and target.indicator != o.indicator
        for o in others
    )


@of_passage
def _binding(passage: Passage) -> tuple[Target, ...]:
    """Return the targets of a passage; deadlines and frequencies have modules of their own."""
    return tuple(t for t in passage.targets if t.is_target and t.kind not in ("deadline", "frequency"))


def _couple(pair: Pair, mine: Sequence[Target], theirs: Sequence[Target]) -> list[tuple[Target, Target]]:
    likely = []
    crowded = len(mine) * len(theirs) > _CROWD
    there = _by_segment(pair.template, theirs) if crowded else {}
    for a in mine:
        near = pair.answer[pair.local.segment_at(a.start)] if crowded else None
        for b in there.get(near, []) if near is not None else [] if crowded else theirs:
            value = _likeness(pair, a, b)
            if value >= _PAIRED:
                # Of a milestone and an end value (2023年达到80%，2025年达到90%) the one due that year answers.
                due = _SAME_YEAR if a.deadline is not None and a.deadline == b.deadline else 0.0
                likely.append((value + due, a, b))
    likely.sort(key=lambda row: -row[0])
    used: set[int] = set()
    out = []
    for _, a, b in likely:
        if id(a) not in used and id(b) not in used:
            used |= {id(a), id(b)}
            out.append((a, b))
    out += _left_alone(pair, [t for t in mine if id(t) not in used], [t for t in theirs if id(t) not in used])
    return sorted(out, key=lambda couple: couple[0].start)


def _left_alone(pair: Pair, mine: list[Target], theirs: list[Target]) -> list[tuple[Target, Target]]:
    """Pair what is left alone in two segments that answer to each other, if the units are of a kind."""
    here, there = _by_segment(pair.local, mine), _by_segment(pair.template, theirs)
    out = []
    for i, ours in here.items():
        k = pair.answer[i]
        other = there.get(k, []) if k is not None else []
        if len(ours) == len(other) == 1 and _of_a_kind(ours[0], other[0]):
            out.append((ours[0], other[0]))
            there.pop(k)  # type: ignore[arg-type]
    return out


def _by_segment(side: Side, targets: Sequence[Target]) -> dict[int, list[Target]]:
    out: dict[int, list[Target]] = {}
    for target in targets:
        out.setdefault(side.segment_at(target.start), []).append(target)
    return out


def _of_a_kind(a: Target, b: Target) -> bool:
    shares = {"%", "个百分点", "百分点", "‰"}
    return a.unit == b.unit or {a.unit, b.unit} <= shares


_AMOUNTS = {"count", "money", "area", "multiplier", "delta"}


def _likeness(pair: Pair, a: Target, b: Target) -> float:
    """Return how likely two targets are about the same thing, 0 where they cannot be."""
    if not _comparable(a, b):
        return 0.0
    from rapidfuzz import fuzz

    name = fuzz.ratio(a.indicator, b.indicator) / 100
    within = (
        fuzz.partial_ratio(a.indicator, b.indicator) / 100
        if min(len(a.indicator), len(b.indicator)) > 1
        else 0
    )
    name = max(name, 0.85 * within)
    unit = 1.0 if a.unit == b.unit else 0.5 if a.kind == b.kind else 0.0
    kind = 1.0 if a.kind == b.kind else 0.6 if {a.kind, b.kind} <= _AMOUNTS | {"rate"} else 0.3
    i, k = pair.local.segment_at(a.start), pair.template.segment_at(b.start)
    place = pair.likeness[i].get(k, 0.0) if pair.likeness else 0.0
    if name < 0.5 and place < 0.5:
        return 0.0
    condition = ("condition" in a.qualifiers) == ("condition" in b.qualifiers)
    return (0.5 * name + 0.2 * unit + 0.1 * kind + 0.2 * place) * (1.0 if condition else 0.5)


_SHARES = {"percent", "point", "multiple", "ratio"}


def _comparable(a: Target, b: Target) -> bool:
    """Tell whether two targets can be the same: schools and square metres cannot, a share and a multiple can."""
    one, other = dimension_of(a), dimension_of(b)
    return one == other or {one, other} <= _SHARES or not ({one, other} <= _AMOUNT_DIMENSIONS)


_AMOUNT_DIMENSIONS = {"count", "person", "area", "money", "length", "visit", "household", "weight", "volume"}


def _judged(
    pair: Pair, weights: Weights, a: Target, b: Target, same_scale: bool | None, scale_ratio: float | None
) -> list[Evidence] | None:
    """Return what a pair of targets shows; None where both demand the same."""
    if scale_ratio is None and _reads_alike(a, b):
        return None
    kind = "scope" if "condition" in a.qualifiers else "target"
    spans = (*value_span(pair.local, a), *value_span(pair.template, b))
    quotes = (pair.local.passage.text[spans[0] : spans[1]], pair.template.passage.text[spans[2] : spans[3]])

    def evidence(direction: str, weight: float, reason: tuple[str, str] | None) -> list[Evidence]:
        return [Evidence(kind, direction, weight, *quotes, *spans, about=a.indicator, reason=reason)]

    ends = _ended(a), _ended(b)
    if ends[0] != ends[1] and (polarity(a.indicator) == -1 or polarity(b.indicator) == -1):
        return evidence("sharpen" if ends[0] else "weaken", weights[kind, "changed"], None)
    found = change(a, b, same_scale=same_scale, scale_ratio=scale_ratio, dated=False)
    if a.unit != b.unit and _same_length(a, b):
        return None
    reason = (found.reason, found.reason_en)
    if found.value_effect in ("sharpen", "weaken"):
        return evidence(found.value_effect, weights[kind, "changed"], reason)
    return None if found.direction == "same" else evidence("neutral", 0.0, reason)


def _reads_alike(a: Target, b: Target) -> bool:
    """Tell whether two targets are told in the same words, dates and place in the text aside."""
    return (
        a.snippet == b.snippet
        and a.indicator == b.indicator
        and a.qualifiers == b.qualifiers
        and (a.value_low, a.value_high) == (b.value_low, b.value_high) != (None, None)
        and (a.unit, a.comparator, a.kind, a.per, a.level) == (b.unit, b.comparator, b.kind, b.per, b.level)
    )


def value_span(side: Side, target: Target) -> tuple[int, int]:
    """Return where the value itself is printed, with its comparator."""
    start, end = side.core(target.start, target.end)
    values = {v for v in (target.value_low, target.value_high) if v is not None}
    for q in find_quantities(side.passage.text[target.start : target.end]):
        if {v for v in (q.low, q.high) if v is not None} & values:
            a, b = target.start + q.start, target.start + q.right
            return (
                (target.start + q.left, b) if q.left < q.start and a - target.start - q.left < 8 else (a, b)
            )
    return start, end


def _same_length(a: Target, b: Target) -> bool:
    """Tell whether two lengths of time are one in everyday reckoning: 30日 and 1个月."""
    one, other = standing(a), standing(b)
    if one is None or other is None or one.scale != other.scale or dimension_of(a) != "duration":
        return False
    ends = [
        (x, y)
        for x, y in ((one.low, other.low), (one.high, other.high))
        if math.isfinite(x) and math.isfinite(y)
    ]
    return bool(ends) and all(math.isclose(x, y, rel_tol=0.03) for x, y in ends)


def _ended(target: Target) -> bool:
    """Tell whether a bad thing is to end altogether: 全面消除劣Ⅴ类水体 is stricter than any bound on it."""
    words = [q.partition(":")[2] for q in target.qualifiers if q.startswith("coverage_word")]
    return any(sign_pattern("ended").search(word) for word in words)
