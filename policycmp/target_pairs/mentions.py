"""Commitments: targets that state the same thing in one plan are one commitment.

Plans state their main numbers twice, in the goal paragraph and again in the task that is to
reach them. Counted as two targets they would be paired twice or against each other, so what is
paired with another plan is the commitment, and its mentions come along.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from policycmp.model import Target
from policycmp.scope import plan_subjects
from policycmp.target_pairs.phrase import Phrase, likeness, phrase_of
from policycmp.target_pairs.value import Standing

if TYPE_CHECKING:
    from policycmp.plan import Plan

__all__ = ["Commitment", "candidates", "closeness", "commitments_of", "plan_end"]

_REPEATED = 0.6
"""Least likeness of a goal's target and a task's target with the same value."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """One or more targets of a plan that state the same thing."""

    mentions: tuple[Target, ...]
    phrases: tuple[Phrase, ...]
    in_goal: tuple[bool, ...]


def _same_value(a: Target, b: Target, one: Standing | None, two: Standing | None) -> bool:
    if one is None or two is None:
        return a.kind == b.kind and a.value_high == b.value_high
    return (one.scale, one.low, one.high) == (two.scale, two.low, two.high)


@lru_cache(maxsize=4)
def commitments_of(plan: Plan) -> tuple[Commitment, ...]:
    """Return what `plan` commits to, in its order; only rows with ``is_target`` count."""
    goals = {c.clause_id for c in plan.clause_list if c.kind == "goal"}
    clauses = {c.clause_id: c for c in plan.clause_list}
    subjects = plan_subjects(plan)
    groups: list[list[tuple[Target, Phrase]]] = []
    for target in plan.target_list:
        if not target.is_target:
            continue
        clause = clauses.get(target.clause_id or "")
        heading = (clause.heading or "") if clause else ""
        phrase = phrase_of(target, plan.jurisdiction, _around(plan.text, target), heading, subjects)
        for group in groups:
            first, other = group[0]
            if (
                (first.clause_id in goals) != (target.clause_id in goals)
                and all(t.clause_id != target.clause_id for t, _ in group)
                and _same_value(first, target, other.value, phrase.value)
                and phrase.compatible(other)
                and likeness(other, phrase) >= _REPEATED
            ):
                group.append((target, phrase))
                break
        else:
            groups.append([(target, phrase)])
    return tuple(
        Commitment(
            tuple(t for t, _ in group),
            tuple(p for _, p in group),
            tuple(t.clause_id in goals for t, _ in group),
        )
        for group in groups
    )


_PART = re.compile(r"[，,。；;：:\n\t]")
_SHORT, _REACH = 12, 60


def _around(text: str, target: Target) -> str:
    """Return the part of the sentence a target stands in, with the part before it if that is short."""
    left = text[max(0, target.start - _REACH) : target.start]
    right = text[target.end : target.end + _REACH]
    parts = [*_PART.split(left)]
    own = parts[-1] + text[target.start : target.end] + _PART.split(right)[0]
    return f"{parts[-2]} {own}" if len(own) < _SHORT and len(parts) > 1 else own


def closeness(
    local: Commitment,
    template: Commitment,
    linked: Mapping[tuple[str | None, str | None], float],
    thresholds: tuple[float, float],
) -> float:
    """Return how close two commitments are: 0 if not the same thing, more where clauses correspond.

    `thresholds` are the least likeness of targets whose clauses do and do not correspond.
    """
    inside, across = thresholds
    best = 0.0
    for i, p in enumerate(local.phrases):
        for j, q in enumerate(template.phrases):
            if p.compatible(q):
                a, b = local.mentions[i], template.mentions[j]
                alike = likeness(p, q)
                # A goal paragraph holds many indicators: that two of them correspond tells little.
                in_goals = local.in_goal[i] or template.in_goal[j]
                together = (a.clause_id, b.clause_id) in linked and not in_goals
                if alike >= (inside if together else across):
                    found = alike + (0.15 if together else 0.0) + _same_year(a, b)
                    best = max(best, _LAST_RESORT if _opposed(a, b) else found)
    return best


def candidates(here: Sequence[Commitment], there: Sequence[Commitment]) -> Iterator[tuple[int, int]]:
    """Yield by index the pairs of commitments whose words may be alike; no other pair is close."""
    holders: dict[str, set[int]] = defaultdict(set)
    for c, commitment in enumerate(there):
        for phrase in commitment.phrases:
            for sign in phrase.signs:
                holders[sign].add(c)
    for r, commitment in enumerate(here):
        signs = frozenset[str]().union(*(phrase.signs for phrase in commitment.phrases))
        for c in set[int]().union(*(holders[sign] for sign in signs if sign in holders)):
            yield r, c


_LAST_RESORT = 0.01
"""What a pair is worth that is made only where nothing else fits."""


def _opposed(a: Target, b: Target) -> bool:
    """超过18层 and 不超过18层 bound from the two sides of one value: hardly the same commitment."""
    if {a.comparator, b.comparator} != {">=", "<="} or a.unit != b.unit:
        return False
    return (a.value_low, a.value_high) == (b.value_high, b.value_low)


def _same_year(a: Target, b: Target) -> float:
    """Of two targets for 2025 and 2030 each goes with the one for its own year."""
    if not a.deadline or not b.deadline:
        return 0.0
    return 0.1 if a.deadline[:4] == b.deadline[:4] else 0.0


_YEAR = re.compile(r"(?:19|20)\d\d")


def plan_end(plan: Plan) -> str | None:
    """Return the year the plan runs to: the latest its goal paragraphs state."""
    goals = {c.clause_id for c in plan.clause_list if c.kind == "goal"}
    dates = [t.deadline for t in plan.target_list if t.clause_id in goals]
    dates += [c.deadline for c in plan.clause_list if c.kind == "goal"]
    return max((found[0] for d in dates if (found := _YEAR.match(d or ""))), default=None)
