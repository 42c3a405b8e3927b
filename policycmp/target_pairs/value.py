"""What a target demands, on a scale where it can be compared with another.

A printed value says little alone: 每学期2次 and 每学年2次 share the digit, 下降30% and
降至30% are far apart, 1.2亿元 and 12000万元 are one sum. A `Standing` puts a target on a
*scale* and gives it an interval there:

* amounts are converted to the base unit of their dimension (元, 平方米, 天, 人 …);
* how often something happens is put in times a year (``tables/recurrence.csv``), and so is what
  somebody gets each month or each year (每人每月200元 is 2400 a year);
* growth and decline become the change in per cent of the base value: 翻一番 (2倍) is 100, 增长到1.5倍
  is 50, 下降30% is 30, 降至30% is 70; of two declines the larger number is the larger change;
* what is counted *for each* school, pupil or county does not grow with the place.

The interval is what the commitment admits: 95%以上 is open above, 不超过50人 open below. A
plain number is a floor where more is better (达到95%) and a ceiling where less is.

``better`` is the polarity: 1 where a higher value demands more, -1 where a lower one does, 0
where neither can be said (任期三至六年). It follows from the first of these that speaks: the
target is a condition (a wider circle demands more); it is a change (more change demands more);
``tables/polarity.csv`` knows the indicator (辍学率, 班额, 办理时限); the number is where a rise or
fall ends (压缩至, 降到); the comparator (不低于, 不超过); time is spent on it (岗前培训15天); else more is
better, except for bare durations, thresholds and ratios, about which nothing is assumed.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from policycmp.model import Target
from policycmp.tables import read_table
from policycmp.target_pairs.growth import Change, change_of, per_cent_of_base
from policycmp.target_pairs.polarity import polarity, removal_words, spent
from policycmp.target_pairs.size import depends_on_size
from policycmp.targets.numerals import chinese_value
from policycmp.targets.units import match_unit
from policycmp.text import fold

__all__ = [
    "Standing",
    "counts_places",
    "dimension_of",
    "eliminates",
    "is_absolute",
    "per_year",
    "standing",
]

_TABLE, _COMPARATOR, _USUAL = 3, 2, 1
_LITTLE = 1e-6
"""How far below zero something is that only has to be below it."""
_APPROX = 0.05
"""Half-width of 左右, 约, 接近 as a share of the value: it only has to tell them from the number itself."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a target demands: the interval ``[low, high]`` on ``scale``.

    Examples
    --------
    >>> from policycmp.targets.find import targets_in
    >>> standing(targets_in("每学期开展2次演练。")[0]).low
    4.0
    """

    scale: str
    low: float
    high: float
    better: int
    certainty: int
    """How sure ``better`` is: 3 by table, condition or change, 2 by comparator, 1 by default."""
    absolute: bool
    """An amount that depends on the size of the place."""
    per: str = ""
    """For whom it is counted (学校, 学生, 县), where it is."""


@cache
def _periods() -> dict[str, float]:
    return {row["period"]: float(row["per_year"]) for row in read_table("recurrence")}


@lru_cache(maxsize=4096)
def per_year(period: str | None) -> float | None:
    """Return how many of the period are in a year, or None if it is not a period.

    Examples
    --------
    >>> per_year("学期"), per_year("每3年"), per_year("两个月"), per_year("学校")
    (2.0, 0.3333333333333333, 6.0, None)
    """
    found = re.fullmatch(
        r"(?:每|一)?\s{0,3}(?P<n>\d{1,3}|[一二两三四五六七八九十]{0,3})个?(?P<unit>\D{1,3}?)[度]?",
        period or "",
    )
    if found is None:
        return None
    rate = _periods().get(found["unit"])
    number = found["n"]
    if rate is None:
        return None
    times = float(number) if number.isdigit() else chinese_value(number) if number else 1.0
    return rate / times if times else None


def _interval(target: Target, better: int) -> tuple[float, float]:
    low = -math.inf if target.value_low is None else float(target.value_low)
    high = math.inf if target.value_high is None else float(target.value_high)
    if target.comparator == ">=":
        low, high = (low if low > -math.inf else high), math.inf
    elif target.comparator == "<=":
        low, high = -math.inf, (high if high < math.inf else low)
        high -= _LITTLE if high == 0 and "strict" in target.qualifiers else 0.0  # 负增长 is less than 零增长
    elif target.comparator == "approx":
        low, high = low - abs(low) * _APPROX, high + abs(high) * _APPROX
    elif low == high and better:
        low, high = (low, math.inf) if better > 0 else (-math.inf, high)
    return low, high


@lru_cache(maxsize=1024)
def _unit(unit: str) -> tuple[str, float]:
    """Return the dimension of a unit as printed and its factor to the base unit."""
    if unit.startswith("1:") or unit.endswith(":1"):
        return "ratio", 1.0
    found = match_unit(unit, 0)
    if found is None or found[1] != len(unit):
        return unit, 1.0
    dimension, factor = found[0].dimension, found[0].factor
    # Seven days hold five working days; only working days set against plain days need this.
    return ("duration", factor * 7 / 5) if dimension == "workday" else (dimension, factor)


def _better(target: Target, moved: Change | None, is_change: bool) -> tuple[int, int]:
    """Return (1, -1 or 0, how sure)."""
    known = polarity(target.indicator)
    if "condition" in target.qualifiers:
        wider = {">=": -1, "<=": 1}.get(target.comparator, 0)
        return (0 if _EXEMPT.search(fold(target.snippet or "")) else wider), _TABLE
    if is_change and moved is not None:
        if known:
            return known * moved.sign, _TABLE
        return (-1, _COMPARATOR) if target.comparator == "<=" else (1, _TABLE)
    if known is not None:
        return known, _TABLE
    if moved is not None and moved.to:
        return moved.sign, _TABLE
    if target.comparator in (">=", "<="):
        return (1 if target.comparator == ">=" else -1), _COMPARATOR
    if target.kind == "duration" and spent(target.indicator):
        return 1, _USUAL
    # What is to be reached is to be reached at least: 利用系数达到0.6. A ratio may be read either way round.
    reached = "达到" in target.snippet or "达" in target.snippet[-12:]
    bare = target.kind == "ratio" or (target.kind in ("duration", "threshold") and not reached)
    return (0 if bare else 1), _USUAL


_EXEMPT = re.compile(r"除外|豁免|免除|免于|可不|不受")


@lru_cache(maxsize=16384)
def standing(target: Target) -> Standing | None:
    """Return what `target` demands on a comparable scale, or None if it is only a date.

    Examples
    --------
    >>> from policycmp.targets.find import targets_in
    >>> one = standing(targets_in("初中年辍学率控制在1.5%以内。")[0])
    >>> one.scale, one.high, one.better
    ('percent', 1.5, -1)
    """
    if target.kind == "deadline" or (target.value_low is None and target.value_high is None):
        return None
    if eliminates(target):
        return Standing("percent", -math.inf, 0.0, -1, _TABLE, False)
    moved = change_of(target)
    dimension, factor = _unit(target.unit)
    often = per_year(target.per)
    per = "" if often else _per_whom(target.per)
    often = often or next((per_year(m[7:]) for m in target.qualifiers if m.startswith("period:")), None)
    changes = (
        dimension in ("percent", "multiple", "point")
        and moved is not None
        and (moved.of_base or not moved.to)
    )
    better, certainty = _better(target, moved, changes)
    absolute = depends_on_size(target, dimension, per)
    if changes and moved is not None:
        falls_to = moved.of_base and moved.sign < 0
        printed = _interval(target, -better if falls_to else better)
        yearly = " a year" if often else ""
        if dimension != "point":
            low, high = sorted(
                per_cent_of_base(v, dimension, factor, moved) * (often or 1.0) for v in printed
            )
            return Standing("change" + yearly, low, high, better, certainty, absolute, per)
        if moved.base is None or often:
            low, high = (v * factor * (often or 1.0) for v in printed)
            return Standing("points" + yearly, low, high, better, certainty, absolute, per)
        low, high = sorted(moved.base + moved.sign * v * factor for v in printed)
        return Standing("percent", low, high, better * moved.sign, certainty, absolute, per)
    if target.kind == "frequency" and dimension == "duration":
        # 每三年评选: the period is the value, and the longer the rarer.
        longest, shortest = _interval(target, -1)[::-1]
        low, high = (_YEAR / (v * factor) if v > 0 else math.inf for v in (longest, shortest))
        return Standing("per year", low, high, 1, _USUAL, False, per)
    # 年均浓度35微克/立方米 is a level measured over a year, not so much a year.
    rate = None if dimension in ("percent", "ratio", "multiple") or "/" in target.unit else often
    if dimension == "ratio" and target.unit.startswith("1:"):
        longest, shortest = _interval(target, -better)[::-1]
        low, high = (1 / v if v > 0 else math.inf for v in (longest, shortest))
    else:
        low, high = (v * factor * (rate or 1.0) for v in _interval(target, better))
    scale = "per year" if target.kind == "frequency" else dimension + (" a year" if rate else "")
    return Standing(scale, low, high, better, certainty, absolute, per)


def is_absolute(target: Target) -> bool:
    """Return whether the target is an amount that depends on the size of the place."""
    found = standing(target)
    return found is not None and found.absolute and not found.per


def dimension_of(target: Target) -> str:
    """Return what kind of quantity the target is: a dimension of ``tables/units.csv``, frequency or date."""
    if target.kind == "deadline":
        return "date"
    return "frequency" if target.kind == "frequency" else _unit(target.unit)[0]


def eliminates(target: Target) -> bool:
    """Return whether all of something bad is to go (全面消除劣Ⅴ类水体): none of it is left then."""
    if "coverage_word" not in target.qualifiers or polarity(target.indicator) != -1:
        return False
    marks = [m for m in target.qualifiers if m.startswith(("coverage_word:", "action:"))]
    return any(word in mark for mark in marks for word in removal_words())


_PLACES = "县|市|区|州|旗|乡|镇|村|街道|社区"


def counts_places(target: Target) -> bool:
    """Return whether the target counts jurisdictions (5个县通过认定, 示范县2个)."""
    bare = re.sub(r"[(（<][^)）>]{0,20}[)）>]", "", fold(target.indicator))
    return bool(re.match(rf"(?:{_PLACES})(?!级|域|内|城)", bare) or re.search(rf"(?:{_PLACES})$", bare))


_YEAR = 365.0
"""The base unit of durations is the day."""


_CLASSIFIER = re.compile(r"^(?:每|各|一)*(?:[一1]?[名位个所家座户间支只])?")


def _per_whom(per: str | None) -> str:
    """Return for whom something is counted, without 每 and classifier: 每名学生 and 生 are 学生."""
    bare = _CLASSIFIER.sub("", fold(per or "")) or (per or "").removeprefix("每")
    return "学生" if bare == "生" else re.sub(r"[(（<].{0,12}[)）>]", "", bare)
