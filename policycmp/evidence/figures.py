"""Evidence from targets: numbers, dates and rates that changed, came or went.

The targets of both passages are paired by what they are about (indicator, unit, the segment
they stand in), the likeliest pair first; `policycmp.target_change.change` says what the
difference of a pair means. Deadlines are the business of `policycmp.evidence.dates`,
frequencies that of `policycmp.evidence.rhythm`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from policycmp.evidence.dates import due_dates
from policycmp.evidence.model import Evidence
from policycmp.evidence.pair import Pair, Side
from policycmp.evidence.weights import Weights
from policycmp.model import Target
from policycmp.polarity import polarity
from policycmp.quantities import find_quantities
from policycmp.target_change import change
from policycmp.target_value import dimension_of, standing
from policycmp.wording import cues

__all__ = ["Figures", "figures"]

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
    mine, theirs = _binding(pair.local), _binding(pair.template)
    couples = _couple(pair, mine, theirs)
    out: list[Evidence] = []
    same = []
    for a, b in couples:
        found = _judged(pair, weights, a, b, same_scale, scale_ratio)
        if found is None or found[0].direction == "neutral":
            same.append(_value_span(pair.local, a))
        out += found or []
    against = list(_against_all(pair, weights, couples, mine, theirs))
    out += [e for e, _ in against]
    out += _unread(pair, weights)
    spoken = {id(t) for _, t in against}
    taken_local, taken_template = {id(a) for a, _ in couples}, {id(b) for _, b in couples}
    return Figures(
        tuple(out),
        tuple(t for t in mine if id(t) not in taken_local | spoken),
        tuple(t for t in theirs if id(t) not in taken_template | spoken),
        tuple(same),
    )


def _against_all(
    pair: Pair,
    weights: Weights,
    couples: list[tuple[Target, Target]],
    mine: list[Target],
    theirs: list[Target],
) -> Iterator[tuple[Evidence, Target]]:
    """Yield shares of what the other side asks of all (所有乡镇→60%的乡镇), with the target they speak of."""
    used = {id(t) for couple in couples for t in couple}
    for i, k in enumerate(pair.answer):
        if k is None:
            continue
        for side, other, at, to, targets, rises in (
            (pair.local, pair.template, i, k, mine, False),
            (pair.template, pair.local, k, i, theirs, True),
        ):
            here, there = side.segments[at], other.segments[to]
            found = [c for c in cues(there.text, "coverage") if c.grade >= _ALL]
            for target in targets:
                share = target.value_low if target.value_low is not None else target.value_high
                inside = here.start <= target.start < here.end and id(target) not in used
                if not (found and inside and target.unit == "%" and share is not None and share < 100):
                    continue
                said = (there.start + found[0].start, there.start + found[0].end)
                if not other.changed(*said):
                    continue
                value = _value_span(side, target)
                local, template = (said, value) if rises else (value, said)
                quotes = (
                    pair.local.passage.text[local[0] : local[1]],
                    pair.template.passage.text[template[0] : template[1]],
                )
                direction = "sharpen" if rises else "weaken"
                yield (
                    Evidence(
                        "coverage",
                        direction,
                        weights["coverage", "changed"],
                        *quotes,
                        *local,
                        *template,
                        about=target.indicator,
                    ),
                    target,
                )


_ALL = 2.8
"""Grade of coverage from which a term means everyone (tables/coverage.csv)."""


def _unread(pair: Pair, weights: Weights) -> Iterator[Evidence]:
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
            w.start < block.local_end and block.local_start < w.end
            for w in due_dates(pair.local.passage.text)
        )
        segment = pair.local.segments[pair.local.segment_at(block.local_start)]
        before = segment.text[: max(block.local_start - segment.start, 0)]
        if known or not _EACH.search(before) or before.endswith(("第", "号", "〔")):
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
_EACH = re.compile(r"每|人均|户均|亩均|生均|平均")
_CAPPED = re.compile(r"不(?:得)?(?:超过|高于|多于)|控制在|低于|以内$")
_UNREAD = 0.7
"""Factor for figures whose unit is not known."""


def _binding(side: Side) -> list[Target]:
    """Return the targets of a side; deadlines and frequencies have modules of their own."""
    return [t for t in side.passage.targets if t.is_target and t.kind not in ("deadline", "frequency")]


def _couple(pair: Pair, mine: list[Target], theirs: list[Target]) -> list[tuple[Target, Target]]:
    likely = []
    for a in mine:
        for b in theirs:
            value = _likeness(pair, a, b)
            if value >= _PAIRED:
                likely.append((value, a, b))
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
    out = []
    for i, k in enumerate(pair.answer):
        ours = [t for t in mine if pair.local.segment_at(t.start) == i]
        other = [t for t in theirs if pair.template.segment_at(t.start) == k]
        if k is not None and len(ours) == len(other) == 1 and _of_a_kind(ours[0], other[0]):
            out.append((ours[0], other[0]))
    return out


def _of_a_kind(a: Target, b: Target) -> bool:
    shares = {"%", "个百分点", "百分点", "‰"}
    return a.unit == b.unit or {a.unit, b.unit} <= shares


_AMOUNTS = {"count", "money", "area", "multiplier", "delta"}


def _likeness(pair: Pair, a: Target, b: Target) -> float:
    """Return how likely two targets are about the same thing, 0 where they cannot be."""
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
    if (name < 0.5 and place < 0.5) or not _comparable(a, b):
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
    kind = "scope" if "condition" in a.qualifiers else "target"
    spans = (*_value_span(pair.local, a), *_value_span(pair.template, b))
    quotes = (pair.local.passage.text[spans[0] : spans[1]], pair.template.passage.text[spans[2] : spans[3]])

    def evidence(direction: str, weight: float, reason: tuple[str, str] | None) -> list[Evidence]:
        return [Evidence(kind, direction, weight, *quotes, *spans, about=a.indicator, reason=reason)]

    ends = _ended(a), _ended(b)
    if ends[0] != ends[1] and (polarity(a.indicator) == -1 or polarity(b.indicator) == -1):
        return evidence("sharpen" if ends[0] else "weaken", weights[kind, "changed"], None)
    a, b = replace(a, deadline=None), replace(b, deadline=None)
    found = change(a, b, same_scale=same_scale, scale_ratio=scale_ratio)
    if a.unit != b.unit and _same_length(a, b):
        return None
    reason = (found.reason, found.reason_en)
    if found.value_effect in ("sharpen", "weaken"):
        return evidence(found.value_effect, weights[kind, "changed"], reason)
    return None if found.direction == "same" else evidence("neutral", 0.0, reason)


def _value_span(side: Side, target: Target) -> tuple[int, int]:
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


_ENDING = ("消除", "清零", "化解", "淘汰", "退出", "取缔", "杜绝", "清除")


def _ended(target: Target) -> bool:
    """Tell whether a bad thing is to end altogether: 全面消除劣Ⅴ类水体 is stricter than any bound on it."""
    words = [q.partition(":")[2] for q in target.qualifiers if q.startswith("coverage_word")]
    return any(end in word for word in words for end in _ENDING)
