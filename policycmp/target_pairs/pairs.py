"""Which target of one plan is about the same thing as which of the other.

First each plan's targets become *commitments*: a target stated in the goal paragraph and again
in its task is one commitment with two mentions. Then commitments are paired one to one so that
the pairs together are as alike as possible; within aligned clauses a smaller likeness is enough
than across the plans. Last, every mention pair is a row: the mention in the aligned clause is
``main``, the others are ``repeat``. What found no partner is ``added`` or ``removed``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from policycmp.columns import Table
from policycmp.model import Target
from policycmp.target_pairs.alone import Surroundings
from policycmp.target_pairs.change import Effect, TargetChange, change
from policycmp.target_pairs.display import show_value
from policycmp.target_pairs.mentions import Commitment, candidates, closeness, commitments_of, plan_end
from policycmp.target_pairs.statements import stated_in
from policycmp.target_pairs.value import is_absolute

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.plan import Plan

__all__ = ["TargetOptions", "TargetPair", "pair_targets", "pairs_frame", "pairs_table"]


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

    linked: float = 0.5
    unlinked: float = 0.62
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
        In the order of the local plan; then what only the template commits to, in its order.
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    options = options or TargetOptions()
    plans = (local_plan, template_plan)
    linked: dict[tuple[str | None, str | None], float] = {(a, b): s for a, b, s in links}
    here, there = (commitments_of(plan) for plan in plans)
    gain = np.zeros((len(here), len(there)))
    for r, c in candidates(here, there):
        gain[r, c] = closeness(here[r], there[c], linked, (options.linked, options.unlinked))
    partner = {int(r): int(c) for r, c in zip(*linear_sum_assignment(-gain), strict=True) if gain[r, c] > 0}
    compare = _Comparer(local_plan, template_plan, options)
    pairs: list[TargetPair] = []
    context = Surroundings(local_plan, template_plan, linked)
    for r, mine in enumerate(here):
        if r not in partner:
            pairs.extend(_unpaired(mine, "added", context, compare))
            continue
        score = float(gain[r, partner[r]])
        for n, (x, y) in enumerate(_mention_pairs(mine, there[partner[r]], linked)):
            pairs.append(TargetPair(x, y, "repeat" if n else "main", compare(x, y), score))
    taken = set(partner.values())
    for c, theirs in enumerate(there):
        if c not in taken:
            pairs.extend(_unpaired(theirs, "removed", context, compare))
    pairs.sort(key=_place)
    return tuple(pairs)


def _place(pair: TargetPair) -> tuple[bool, int]:
    target = pair.local or pair.template
    return pair.local is None, target.start if target else 0


def _mention_pairs(
    local: Commitment, template: Commitment, linked: Mapping[tuple[str | None, str | None], float]
) -> list[tuple[Target, Target]]:
    """Return mention pairs, the one in aligned clauses first; every mention is in at least one."""

    def tie(i: int, j: int) -> tuple[bool, bool, float]:
        pair = (local.mentions[i].clause_id, template.mentions[j].clause_id)
        # A task is where the commitment is worked out; a goal goes with a goal where clauses do not say.
        goals = (local.in_goal[i], template.in_goal[j])
        return (
            pair in linked and not any(goals),
            pair in linked or goals[0] == goals[1],
            linked.get(pair, 0.0),
        )

    every = [(i, j) for i in range(len(local.mentions)) for j in range(len(template.mentions))]
    every.sort(key=lambda pair: tie(*pair), reverse=True)
    chosen: list[tuple[int, int]] = []
    for both in (True, False):
        for i, j in every:
            free = [all(i != a for a, _ in chosen), all(j != b for _, b in chosen)]
            if all(free) if both else any(free):
                chosen.append((i, j))
    return [(local.mentions[i], template.mentions[j]) for i, j in chosen]


class _Comparer:
    def __init__(self, local: Plan, template: Plan, options: TargetOptions) -> None:
        self._same = bool(local.adcode and local.adcode == template.adcode)
        sizes = options.scale or {}
        here, there = sizes.get(local.plan_id), sizes.get(template.plan_id)
        self._ratio = here / there if here and there else None
        self._ends = (plan_end(local), plan_end(template))
        self._levels = (local.level, template.level)

    def __call__(self, local: Target, template: Target) -> TargetChange:
        return change(
            local,
            template,
            same_scale=self._same,
            scale_ratio=self._ratio,
            local_horizon=self._ends[0],
            template_horizon=self._ends[1],
            local_level=self._levels[0],
            template_level=self._levels[1],
        )


def _unpaired(
    commitment: Commitment, side: Literal["added", "removed"], context: Surroundings, compare: _Comparer
) -> list[TargetPair]:
    """Return the rows of a commitment without partner, its task before its goal paragraph."""
    own, other = context.plans[side]
    order = sorted(range(len(commitment.mentions)), key=lambda i: commitment.in_goal[i])
    rows = []
    for n, i in enumerate(order):
        target = commitment.mentions[i]
        mention: Literal["main", "repeat"] = "repeat" if n else "main"
        stated = stated_in(other, target, own.jurisdiction) if target.kind == "deadline" else None
        if stated is not None:
            pair = (target, stated) if side == "added" else (stated, target)
            rows.append(TargetPair(*pair, mention, compare(*pair), 0.0))
            continue
        zh, en, within = context.reason(target, commitment.phrases[i], side)
        effect: Effect = "none" if not within else "sharpen" if side == "added" else "weaken"
        found = TargetChange(
            side, side if target.deadline else None, effect, "scale_dependent" if is_absolute(target) else "direct",
            zh, en, effect,
        )  # fmt: skip
        rows.append(
            TargetPair(
                target if side == "added" else None,
                target if side == "removed" else None,
                mention,
                found,
                0.0,
            )
        )
    return rows


_COLUMNS = {
    "indicator": "object",
    "mention": "object",
    "local_value": "object",
    "template_value": "object",
    **{
        f"{side}_{name}": kind
        for side in ("local", "template")
        for name, kind in (
            ("low", "float64"),
            ("high", "float64"),
            ("unit", "object"),
            ("comparator", "object"),
            ("deadline", "object"),
            ("level", "object"),
            ("per", "object"),
            ("snippet", "object"),
            ("start", "Int64"),
            ("end", "Int64"),
            ("target_id", "object"),
            ("clause_id", "object"),
        )
    },
    "direction": "object",
    "deadline_direction": "object",
    "effect": "object",
    "comparable": "object",
    "reason": "object",
    "reason_en": "object",
}


def _side(target: Target | None) -> tuple[Any, ...]:
    if target is None:
        return (None,) * 12
    return (
        *(target.value_low, target.value_high, target.unit, target.comparator, target.deadline, target.level),
        *(target.per, target.snippet, target.start, target.end, target.target_id, target.clause_id),
    )


def pairs_table(pairs: Iterable[TargetPair], lang: str = "zh") -> Table:
    """Return target pairs, one row a mention pair or unpaired target."""
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
                *(found.reason if lang == "zh" else found.reason_en, found.reason_en),
            )
        )
    return Table.of(rows, _COLUMNS)


def pairs_frame(pairs: Iterable[TargetPair], lang: str = "zh") -> pd.DataFrame:
    """Return `pairs_table` as a DataFrame."""
    return pairs_table(pairs, lang).frame()
