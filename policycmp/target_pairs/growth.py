"""Rises and falls: how far a value moves from the one it starts from, in all and each year.

A change is printed as its size (下降18%), as where it ends (降至2020年的30%, 增长到1.5倍), from a
stated start (在60%的基础上提高10个百分点), or for each year (年均增长5%). Where a total names its base year
and its deadline, the same change for each year follows by compounding: 30% from 2020 to 2025
is 5.4% a year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from policycmp.model import Target
from policycmp.targets.number_signs import sign_pattern

__all__ = ["Change", "change_of", "each_year", "per_cent_of_base", "years_of"]


@dataclass(frozen=True, slots=True)
class Change:
    """A rise or fall, as extraction marked it (下降18%, 降至2020年的30%, 在60%的基础上提高10个百分点)."""

    sign: int
    to: bool
    """The number is where it ends (降至), not how far it goes (下降)."""
    of_base: bool
    """A share or multiple of the base value (降至2020年的30%, 增长到1.5倍)."""
    base: float | None
    """The value it starts from, in per cent, where the text gives it."""


_YEAR = re.compile(r"base:(?P<year>(?:19|20)\d\d)")
_PER_CENT = re.compile(r"base:(\d{1,6}(?:\.\d{1,4})?)%")


def change_of(target: Target) -> Change | None:
    """Return the rise or fall a target tells, or None."""
    marks = target.qualifiers
    if "change:down" not in marks and "change:up" not in marks:
        value = target.value_low if target.value_low is not None else target.value_high
        whole = {"倍": 1.0, "%": 100.0}.get(target.unit)
        if "share_of_base" not in marks or value is None or whole is None:
            return None
        return Change(1 if value >= whole else -1, True, True, None)  # 达到2020年的3倍
    to = "change:to" in marks
    # 碳排放较2020年下降至85%: what is no share itself ends at a share of what it was.
    of_base = "share_of_base" in marks or target.unit == "倍"
    of_base = of_base or (
        target.unit == "%"
        and any(map(_YEAR.match, marks))
        and not sign_pattern("share", "{}$").search(target.indicator)
    )
    base = next((float(m[1]) for mark in marks if (m := _PER_CENT.fullmatch(mark))), None)
    return Change(
        -1 if "change:down" in marks else 1,
        to,
        to and of_base,
        base,
    )


def years_of(target: Target) -> int | None:
    """Return how many years a change takes, from its base year to its deadline, if both are told.

    Examples
    --------
    >>> from policycmp.targets.find import targets_in
    >>> years_of(targets_in("到2025年，单位GDP能耗比2020年下降14%。")[0])
    5
    """
    base = next((m for mark in target.qualifiers if (m := _YEAR.match(mark))), None)
    due = re.match(r"(\d{4})", target.deadline or "")
    years = int(due[1]) - int(base["year"]) if base and due else 0
    return years if years > 0 else None


def each_year(total: float, years: int, sign: int) -> float:
    """Return the yearly change in per cent that compounds to `total` per cent.

    Examples
    --------
    >>> round(each_year(30, 5, 1), 2), round(each_year(14, 5, -1), 2)
    (5.39, 2.97)
    """
    left = 1 + sign * total / 100
    return sign * (left ** (1 / years) - 1) * 100 if left > 0 else total / years


def per_cent_of_base(value: float, dimension: str, factor: float, moved: Change) -> float:
    """Return how far from the base value a change goes, in per cent of it."""
    share = value * 100 if dimension == "multiple" else value * factor
    return moved.sign * (share - 100) if moved.of_base else share
