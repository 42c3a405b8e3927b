"""Which target of one plan is about the same thing as which of the other.

First each plan's targets become *commitments*: a target stated in the goal paragraph and again
in its task is one commitment with two mentions. Then commitments are paired one to one so that
the pairs together are as alike as possible; within aligned clauses a smaller likeness is enough
than across the plans. Last, every mention pair is a row: the mention in the aligned clause is
``main``, the others are ``repeat``. What found no partner is ``added`` or ``removed``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from policycmp.labels import label
from policycmp.model import Clause, Target
from policycmp.target_change import TargetChange, change
from policycmp.target_phrase import Phrase, likeness, phrase_of
from policycmp.target_value import is_absolute, show_value

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.plan import Plan

__all__ = ["TargetOptions", "TargetPair", "pair_targets", "pairs_frame"]


@dataclass(frozen=True, slots=True)
class TargetOptions:
    """Settings of the pairing of targets.

    Parameters
    ----------
    linked : float
        Least likeness of two targets in clauses that correspond.
    unlinked : float
        Least likeness of two targets in clauses that do not.
    scale : mapping of plan_id to float, optional
        Sizes of the jurisdictions; absolute amounts are then compared per size.
    """

    linked: float = 0.55
    unlinked: float = 0.85
    scale: Mapping[str, float] | None = None

    def __post_init__(self) -> None:
        for name in ("linked", "unlinked"):
            if not 0 < getattr(self, name) <= 1:
                raise ValueError(f"{name} should be between 0 and 1. Got {getattr(self, name)!r}")
        for plan_id, size in (self.scale or {}).items():
            if not size > 0:
                raise ValueError(f"scale should map plan ids to positive sizes. Got {plan_id!r}: {size!r}")


@dataclass(frozen=True, slots=True)
class TargetPair:
    """A mention of a local commitment beside one of the template's, or one of them alone."""

    local: Target | None
    template: Target | None
    mention: Literal["main", "repeat"]
    change: TargetChange
    score: float


def _mentions(
    targets: Sequence[Target], phrases: Sequence[Phrase], kinds: Mapping[str | None, str]
) -> list[tuple[int, ...]]:
    """Group the targets that state one commitment twice, in a goal paragraph and in a task."""
    groups: list[list[int]] = []
    for i, target in enumerate(targets):
        for group in groups:
            first = group[0]
            other = targets[first]
            if (
                any(kinds.get(targets[j].clause_id) == "goal" for j in (first, i))
                and all(targets[j].clause_id != target.clause_id for j in group)
                and (other.value_low, other.value_high) == (target.value_low, target.value_high)
                and phrases[first].dimension == phrases[i].dimension
                and likeness(phrases[first], phrases[i]) >= 0.6
            ):
                group.append(i)
                break
        else:
            groups.append([i])
    return [tuple(group) for group in groups]


def _scores(
    local: Sequence[Target],
    template: Sequence[Target],
    phrases: tuple[Sequence[Phrase], Sequence[Phrase]],
    linked: Mapping[tuple[str | None, str | None], float],
    options: TargetOptions,
) -> dict[tuple[int, int], float]:
    out = {}
    for i, a in enumerate(local):
        for j, b in enumerate(template):
            p, q = phrases[0][i], phrases[1][j]
            if p.condition != q.condition or (
                p.grade is not None and q.grade is not None and p.grade != q.grade
            ):
                continue
            if p.dimension != q.dimension and "date" not in (p.dimension, q.dimension):
                continue
            alike = likeness(p, q)
            together = (a.clause_id, b.clause_id) in linked
            if alike >= (options.linked if together else options.unlinked):
                out[i, j] = alike + (0.5 if together else 0.0)
    return out


def pair_targets(
    local_plan: Plan,
    template_plan: Plan,
    links: Iterable[tuple[str, str, float]],
    options: TargetOptions | None = None,
) -> tuple[TargetPair, ...]:
    """Pair the targets of two plans.

    Parameters
    ----------
    local_plan, template_plan : Plan
    links : iterable of (local clause id, template clause id, score)
        The clauses that correspond.
    options : TargetOptions, optional

    Returns
    -------
    tuple of TargetPair
        In the order of the local plan; then what only the template commits to.
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

    options = options or TargetOptions()
    linked: dict[tuple[str | None, str | None], float] = {(a, b): s for a, b, s in links}
    sides = [tuple(t for t in plan.target_list if t.is_target) for plan in (local_plan, template_plan)]
    clauses = [{c.clause_id: c for c in plan.clause_list} for plan in (local_plan, template_plan)]
    kinds: list[dict[str | None, str]] = [{key: c.kind for key, c in side.items()} for side in clauses]
    for a, kind in kinds[0].items():
        linked.update(
            {(a, b): 0.0 for b, other in kinds[1].items() if kind == other == "goal" and (a, b) not in linked}
        )
    phrases = [
        [phrase_of(t, plan.jurisdiction) for t in side]
        for side, plan in zip(sides, (local_plan, template_plan), strict=True)
    ]
    groups = [_mentions(side, p, k) for side, p, k in zip(sides, phrases, kinds, strict=True)]
    scores = _scores(sides[0], sides[1], (phrases[0], phrases[1]), linked, options)
    gain = np.zeros((len(groups[0]), len(groups[1])))
    for r, rows in enumerate(groups[0]):
        for c, columns in enumerate(groups[1]):
            gain[r, c] = max((scores.get((i, j), 0.0) for i in rows for j in columns), default=0.0)
    partner = {int(r): int(c) for r, c in zip(*linear_sum_assignment(-gain), strict=True) if gain[r, c] > 0}
    compare = _Comparer(local_plan, template_plan, options)
    pairs: list[TargetPair] = []
    for r, rows in enumerate(groups[0]):
        if r not in partner:
            pairs.extend(_alone(sides[0][i], "added", None) for i in rows)
            continue
        columns = groups[1][partner[r]]
        chosen = _mention_pairs(rows, columns, sides, linked)
        for n, (i, j) in enumerate(chosen):
            a, b = sides[0][i], sides[1][j]
            pairs.append(
                TargetPair(a, b, "repeat" if n else "main", compare(a, b), float(gain[r, partner[r]]))
            )
    pairs.sort(key=lambda p: p.local.start if p.local else 0)
    counterpart = {b: a for a, b in linked}
    for c, columns in enumerate(groups[1]):
        if c not in partner.values():
            for j in columns:
                target = sides[1][j]
                facing = clauses[0].get(counterpart.get(target.clause_id) or "")
                pairs.append(_alone(target, "removed", facing))
    return tuple(pairs)


def _mention_pairs(
    rows: Sequence[int],
    columns: Sequence[int],
    sides: Sequence[Sequence[Target]],
    linked: Mapping[tuple[str | None, str | None], float],
) -> list[tuple[int, int]]:
    """Return mention pairs, the one in aligned clauses first; every mention is in at least one."""

    def tie(i: int, j: int) -> float:
        return linked.get((sides[0][i].clause_id, sides[1][j].clause_id), -1.0)

    every = sorted(((i, j) for i in rows for j in columns), key=lambda p: (-tie(*p), p))
    chosen: list[tuple[int, int]] = []
    for i, j in every:
        if all(i != a and j != b for a, b in chosen):
            chosen.append((i, j))
    for i, j in every:
        if all(i != a for a, _ in chosen) or all(j != b for _, b in chosen):
            chosen.append((i, j))
    return chosen


class _Comparer:
    def __init__(self, local: Plan, template: Plan, options: TargetOptions) -> None:
        self._same = bool(local.adcode and local.adcode == template.adcode)
        sizes = options.scale or {}
        here, there = sizes.get(local.plan_id), sizes.get(template.plan_id)
        self._ratio = here / there if here and there else None
        self._ends = tuple(_horizon(plan) for plan in (local, template))

    def __call__(self, local: Target, template: Target) -> TargetChange:
        return change(
            local,
            template,
            same_scale=self._same,
            scale_ratio=self._ratio,
            local_horizon=self._ends[0],
            template_horizon=self._ends[1],
        )


def _horizon(plan: Plan) -> str | None:
    """Return the year the plan runs to: the latest its goal paragraphs state."""
    goals = {c.clause_id for c in plan.clause_list if c.kind == "goal"}
    years = [
        t.deadline[:4]
        for t in plan.target_list
        if t.clause_id in goals and t.deadline and t.deadline[:4].isdigit()
    ]
    years += [
        c.deadline[:4]
        for c in plan.clause_list
        if c.kind == "goal" and c.deadline and c.deadline[:4].isdigit()
    ]
    return max(years, default=None)


def _alone(target: Target, direction: Literal["added", "removed"], facing: Clause | None) -> TargetPair:
    key, values = f"change.{direction}", {}
    if direction == "removed":
        key = "change.removed_clause" if facing is None else "change.removed_within"
        values = {"clause": (facing.heading or facing.number or facing.clause_id) if facing else ""}
    zh, en = (label(key, lang).format(**values) for lang in ("zh", "en"))
    effect: Literal["sharpen", "weaken"] = "sharpen" if direction == "added" else "weaken"
    due = direction if target.deadline else None
    found = TargetChange(
        direction, due, effect, "scale_dependent" if is_absolute(target) else "direct", zh, en, effect, "none"
    )
    return TargetPair(
        target if direction == "added" else None,
        target if direction == "removed" else None,
        "main",
        found,
        0.0,
    )


_COLUMNS = {
    "indicator": "string",
    "mention": "string",
    "local_value": "string",
    "template_value": "string",
    **{
        f"{side}_{name}": kind
        for side in ("local", "template")
        for name, kind in (
            ("low", "float64"),
            ("high", "float64"),
            ("unit", "string"),
            ("comparator", "string"),
            ("deadline", "string"),
            ("level", "string"),
            ("per", "string"),
            ("snippet", "string"),
            ("start", "Int64"),
            ("end", "Int64"),
            ("target_id", "string"),
            ("clause_id", "string"),
        )
    },
    "direction": "string",
    "deadline_direction": "string",
    "effect": "string",
    "comparable": "string",
    "reason": "string",
}


def _side(target: Target | None) -> tuple[Any, ...]:
    if target is None:
        return (None,) * 12
    return (
        *(target.value_low, target.value_high, target.unit, target.comparator, target.deadline, target.level),
        *(target.per, target.snippet, target.start, target.end, target.target_id, target.clause_id),
    )


def pairs_frame(pairs: Iterable[TargetPair], lang: str = "zh") -> pd.DataFrame:
    """Return target pairs as a DataFrame, one row a mention pair or unpaired target."""
    import pandas as pd

    rows = []
    for pair in pairs:
        first = pair.local or pair.template
        found = pair.change
        rows.append(
            (
                *(first.indicator if first else None, pair.mention),
                *(show_value(t, lang) if t else None for t in (pair.local, pair.template)),
                *_side(pair.local),
                *_side(pair.template),
                *(found.direction, found.deadline_direction, found.effect, found.comparable),
                found.reason if lang == "zh" else found.reason_en,
            )
        )
    return pd.DataFrame(rows, columns=list(_COLUMNS), dtype=object).astype(_COLUMNS)
