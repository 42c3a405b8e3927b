"""Evidence from targets: numbers, dates and rates that changed, came or went.

The targets of both passages are paired by what they are about (indicator, unit, the segment
they stand in), the likeliest pair first; `policycmp.target_change.change` says what the
difference of a pair means. A change of deadline shared by several targets is one piece of
evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policycmp.evidence.model import Evidence
from policycmp.evidence.pair import Pair, Side
from policycmp.evidence.weights import Weights
from policycmp.model import Target
from policycmp.target_change import change

__all__ = ["Figures", "figures"]

_PAIRED = 0.42
"""Likeness from which two targets are taken to be about the same thing."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Evidence from targets, and the targets that found no counterpart."""

    evidence: tuple[Evidence, ...]
    added: tuple[Target, ...]
    dropped: tuple[Target, ...]


def figures(pair: Pair, weights: Weights, *, same_scale: bool | None = None, scale_ratio: float | None = None) -> Figures:
    """Pair the targets of two passages and judge each pair."""
    mine = [t for t in pair.local.passage.targets if t.is_target]
    theirs = [t for t in pair.template.passage.targets if t.is_target]
    couples = _couple(pair, mine, theirs)
    out = list(_changes(pair, weights, couples, same_scale, scale_ratio))
    taken_local, taken_template = {id(a) for a, _ in couples}, {id(b) for _, b in couples}
    return Figures(
        tuple(out),
        tuple(t for t in mine if id(t) not in taken_local),
        tuple(t for t in theirs if id(t) not in taken_template),
    )


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
    return sorted(out, key=lambda couple: couple[0].start)


_AMOUNTS = {"count", "money", "area", "multiplier", "delta"}


def _likeness(pair: Pair, a: Target, b: Target) -> float:
    """Return how likely two targets are about the same thing, 0 where they cannot be."""
    if (a.kind == "deadline") != (b.kind == "deadline"):
        return 0.0
    from rapidfuzz import fuzz

    name = fuzz.ratio(a.indicator, b.indicator) / 100
    within = fuzz.partial_ratio(a.indicator, b.indicator) / 100 if min(len(a.indicator), len(b.indicator)) > 1 else 0
    name = max(name, 0.85 * within)
    unit = 1.0 if a.unit == b.unit else 0.5 if a.kind == b.kind else 0.0
    kind = 1.0 if a.kind == b.kind else 0.6 if {a.kind, b.kind} <= _AMOUNTS | {"rate"} else 0.3
    i, k = pair.local.segment_at(a.start), pair.template.segment_at(b.start)
    place = pair.likeness[i].get(k, 0.0) if pair.likeness else 0.0
    condition = ("condition" in a.qualifiers) == ("condition" in b.qualifiers)
    return (0.5 * name + 0.2 * unit + 0.1 * kind + 0.2 * place) * (1.0 if condition else 0.5)


def _quoted(side: Side, target: Target) -> str:
    return side.passage.text[target.start : target.end]


def _changes(
    pair: Pair,
    weights: Weights,
    couples: list[tuple[Target, Target]],
    same_scale: bool | None,
    scale_ratio: float | None,
) -> Iterator[Evidence]:
    dated: set[tuple[str | None, str | None]] = set()
    for a, b in couples:
        found = change(a, b, same_scale=same_scale, scale_ratio=scale_ratio)
        quotes = (_quoted(pair.local, a), _quoted(pair.template, b))
        spans = (a.start, a.end, b.start, b.end)
        kind = "scope" if "condition" in a.qualifiers else "frequency" if "frequency" in (a.kind, b.kind) else "target"
        reason = (found.reason, found.reason_en)
        if found.value_effect in ("sharpen", "weaken"):
            yield Evidence(
                kind, found.value_effect, weights[kind, "changed"], *quotes, *spans, about=a.indicator, reason=reason
            )
        elif found.comparable == "scale_dependent" and found.direction not in ("same",):
            yield Evidence(kind, "neutral", 0.0, *quotes, *spans, about=a.indicator, reason=reason)
        if found.deadline_effect in ("sharpen", "weaken") and (a.deadline, b.deadline) not in dated:
            dated.add((a.deadline, b.deadline))
            case = {"added": "added", "removed": "dropped"}.get(found.deadline_direction or "", "changed")
            yield Evidence(
                "deadline",
                found.deadline_effect,
                weights["deadline", case],
                a.deadline or "",
                b.deadline or "",
                *spans,
                case=case,
                about=a.indicator,
            )
