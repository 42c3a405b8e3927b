"""Which of two targets is due first.

Dates are compared as finely as both are given. A date told by a part of the year (秋季学期, 上半年)
gets its month from ``tables/parts_of_year.csv``. Where only one target states a date, the end of
the other's plan may show that the stated one is earlier; it never makes an unstated date the
earlier one, so a plan's end gives nobody credit.
"""

from __future__ import annotations

import re
from math import isclose
from typing import Literal

from policycmp.model import Target
from policycmp.tables import read_table
from policycmp.target_pairs.value import per_year

__all__ = ["DeadlineDirection", "compare_deadlines", "compare_due", "due_date"]

DeadlineDirection = Literal["earlier", "later", "same", "added", "removed"]

_DATE = re.compile(r"(\d{4})(?:\D{1,2}(\d{1,2}))?(?:\D{1,2}(\d{1,2}))?")


def _date(deadline: str | None) -> tuple[int, ...] | None:
    found = _DATE.match(deadline or "")
    return None if found is None else tuple(int(g) for g in found.groups() if g)


def due_date(target: Target) -> str | None:
    """Return a target's deadline, with the month where it was printed as a part of the year.

    Examples
    --------
    >>> from policycmp.targets.find import targets_in
    >>> due_date(targets_in("2024年秋季学期起，全面实施免费午休服务。")[0])
    '2024-09'
    """
    if not re.fullmatch(r"\d{4}年?", target.deadline or ""):
        return target.deadline
    printed = next((m for m in target.qualifiers if m.startswith("deadline_word:")), "")
    parts = sorted(read_table("parts_of_year"), key=lambda row: -len(row["word"]))
    month = next((row["month"] for row in parts if row["word"] in printed), None)
    return f"{target.deadline[:4]}-{int(month):02d}" if month and target.deadline else target.deadline


def compare_deadlines(local: str | None, template: str | None) -> DeadlineDirection | None:
    """Return how the local deadline stands to the template's; None where neither has one.

    Dates are compared as finely as both are given: 2025 and 2025-12 are the same.

    Examples
    --------
    >>> compare_deadlines("2025", "2027"), compare_deadlines("2025-12", "2025"), compare_deadlines("2025", None)
    ('earlier', 'same', 'added')
    """
    a, b = _date(local), _date(template)
    if (local and a is None) or (template and b is None):
        return None  # 长期坚持 is neither early nor late
    if a is None or b is None:
        return None if a is b else "added" if b is None else "removed"
    depth = min(len(a), len(b))
    return "same" if a[:depth] == b[:depth] else "earlier" if a[:depth] < b[:depth] else "later"


_TIME_GIVEN = re.compile(r"deadline_word:(.{1,6}(?:年|个?月|周|天|日))之?内")


def _compare_times_given(
    local: Target, template: Target
) -> tuple[DeadlineDirection | None, str | None, str | None]:
    """Compare 两年内 with 三年内 where no date of the plan turns them into years."""
    spans = []
    for target in (local, template):
        found = next((m for q in target.qualifiers if (m := _TIME_GIVEN.match(q))), None)
        rate = per_year(found[1]) if found else None
        if found is None or rate is None:
            return None, None, None
        spans.append((1 / rate, f"{found[1]}内"))
    (a, here), (b, there) = spans
    return ("same" if isclose(a, b) else "earlier" if a < b else "later"), here, there


def compare_due(
    local: Target, template: Target, local_horizon: str | None, template_horizon: str | None
) -> tuple[DeadlineDirection | None, str | None, str | None, Literal["", "horizon", "within_horizon"]]:
    """Return how the local date stands to the template's, both dates, and what was assumed.

    ``horizon``: the side without a date was taken as due by the end of its plan, which is later
    than the other's date. ``within_horizon``: by the end of its plan it is due no later.
    """
    here, there = due_date(local), due_date(template)
    due = compare_deadlines(here, there)
    if here is None and there is None:
        return *_compare_times_given(local, template), ""
    if due in ("added", "removed"):
        by_plan = (here or local_horizon, there or template_horizon)
        assumed = compare_deadlines(*by_plan)
        if assumed == ("earlier" if due == "added" else "later"):
            return assumed, *by_plan, "horizon"
        if assumed in ("earlier", "later", "same"):
            return due, here, there, "within_horizon"
    return due, here, there, ""
