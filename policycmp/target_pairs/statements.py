"""A dated aim without a number that the other plan states too.

到2027年,形成…数字资源服务生态 is a target of kind deadline where nothing else is dated by 2027.
In the plan it was copied from the same words may stand before 打造200节以上…精品课程: the date then
belongs to that number, and the aim is no target of its own. Told as ``added`` it would be
wrong. So the words of a dated aim without partner are looked for in the sentences of the other
plan that are dated, and what is found there is its counterpart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from policycmp.model import Measure, Target
from policycmp.target_pairs.phrase import coverage, phrase_of
from policycmp.text import source_span

if TYPE_CHECKING:
    from policycmp.plan import Plan

__all__ = ["stated_in"]

_COVERED = 0.7
"""Share of the weight of an aim's words that the other plan's sentence part has to hold."""
_PART = re.compile(r"[^，,；;。]+")


def stated_in(plan: Plan, target: Target, place: str | None) -> Target | None:
    """Return the words of `plan` that state the dated aim `target` of another plan, as a target.

    The result has no ``target_id``'s row in ``plan.targets``; it is named after its sentence.
    `place` is the jurisdiction of the plan that `target` stands in.
    """
    aim = phrase_of(target, place)
    best: tuple[float, Measure, re.Match[str], str] | None = None
    for measure, deadline in _dated(plan):
        for part in _PART.finditer(measure.text):
            share = coverage(aim, part[0], plan.jurisdiction)
            if share >= _COVERED and (best is None or share > best[0]):
                best = share, measure, part, deadline
    if best is None:
        return None
    _, measure, part, deadline = best
    start, end = source_span(measure.pieces, part.start(), part.end())
    return Target(
        target_id=f"{measure.measure_id}.stated", clause_id=measure.clause_id, measure_id=measure.measure_id,
        indicator=part[0], value_low=None, value_high=float(deadline[:4]), unit="年", comparator="<=", kind="deadline",
        per=None, level=None, deadline=deadline, is_target=True, qualifiers=("stated",),
        snippet=plan.text[start:end], start=start, end=end,
    )  # fmt: skip


def _dated(plan: Plan) -> Iterable[tuple[Measure, str]]:
    """Return sentences in which, or in whose goal paragraph, something is due in a given year."""
    goals = {c.clause_id for c in plan.clause_list if c.kind == "goal"}
    by_measure: dict[str | None, str] = {}
    by_goal: dict[str | None, str] = {}
    for target in plan.target_list:
        if target.deadline and target.deadline[:4].isdigit() and "deadline:own" in target.qualifiers:
            by_measure.setdefault(target.measure_id, target.deadline)
            if target.clause_id in goals:
                by_goal.setdefault(target.clause_id, target.deadline)
    for measure in plan.measure_list:
        deadline = by_measure.get(measure.measure_id) or by_goal.get(measure.clause_id)
        if deadline:
            yield measure, deadline
