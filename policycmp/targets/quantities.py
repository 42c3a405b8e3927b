"""Quantities: a numeral, what it is counted in, and how it bounds.

The reader goes once over the numerals of a text. Each takes the unit that follows it, is
joined to its neighbour where they make a range (3-5名, 50%—70%, 三至六年) or a ratio (1:19),
and is given the comparator printed before it (不低于, 至少 … up to a clause's length away) or
after it (以上, 以内, 左右). Dates, numbers of articles and documents, ordinals, and numerals
inside words (一体化, 四有) are not quantities and are left out; whether a quantity is a
commitment is for `policycmp.targets.find` to say.

In a list the last number alone may print the unit whole (下降20个、10个百分点; 新增20万、10万立方米/日;
提高5、3个百分点): what an earlier one prints is then its beginning, or nothing.

Values stay as printed: ``low`` 93 for 93%以上, 2 with unit 万平方米 for 2万平方米. A bound that is
open is None: >= has no ``high``, <= no ``low``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from policycmp.targets.bounds import read_bound
from policycmp.targets.not_numbers import counts, is_no_number
from policycmp.targets.numerals import Numeral, scan_numerals
from policycmp.targets.units import Unit, match_unit, unit_names
from policycmp.text import fold

__all__ = ["Quantity", "find_quantities"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit and comparator; ``start`` and ``end`` hold numeral and unit."""

    start: int
    end: int
    low: float | None
    high: float | None
    unit: str
    dimension: str
    factor: float
    comparator: str
    strict: bool
    per: str | None
    style: str
    approx: str
    kind: str
    heads: str
    loose: bool
    left: int
    """Where the comparator before the number begins, or ``start``."""
    right: int
    """Where the comparator after the unit ends, or ``end``."""
    of: str = ""
    """What it is a share of, where that stands between comparator and number (不超过补助资金的2%)."""

    @property
    def value(self) -> float:
        """The number itself: the bound that is there, or the lower of two."""
        return self.low if self.low is not None else (self.high or 0.0)


_RANGE = re.compile(r"\s?(?:-|—{1,2}|~|至|到|或者?)\s?")
_BOTH = re.compile(r"(?:及|\(含\))?以上[、,]?\s?(?=[\d一二两三四五六七八九十])")
_RATIO = re.compile(r"\s?[:比∶]\s?(?=\d)")
_MORE = re.compile(r"余|多|几")
_NEXT = re.compile(r"\s?(?:、|和|及|与)\s?")
_HELD = re.compile(r"(?:[一-鿿A-Za-z)”]|\d、)\s?$")
_NEVER_SHARED = {"grade", "bandwidth", "duration"}
_WHOLE_CLASSIFIERS = {"count", "person", "household", "time"}
_PER_100K = re.compile(r"\s?/\s?(?:10|十)\s?万")
_OTHER_UNIT = re.compile(r"\((?P<unit>[一-鿿]{1,3})\)")


@lru_cache(maxsize=8192)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return every quantity in `text`, left to right, with offsets into it.

    Examples
    --------
    >>> [(q.low, q.high, q.unit, q.comparator) for q in find_quantities("班额不超过50人，培育3-5名名师，面积2万平方米")]
    [(None, 50.0, '人', '<='), (3.0, 5.0, '名', 'range'), (2.0, 2.0, '万平方米', '=')]
    """
    folded = fold(text)
    signs = [_sign(folded, numeral) for numeral in scan_numerals(folded)]
    found: list[Quantity] = []
    at = 0
    while at < len(signs):
        quantity, used = _read(folded, signs, at, found[-1].end if found else 0)
        at += used
        if quantity is not None:
            found.append(quantity)
            while at < len(signs) and signs[at].numeral.start < quantity.end:
                at += 1  # the 10 of 14.5/10万
    return tuple(found)


class _Sign(NamedTuple):
    """A numeral with what follows it."""

    numeral: Numeral
    counts: bool
    """Whether it is a number at all (`policycmp.targets.not_numbers`)."""
    unit: tuple[Unit, int] | None
    """The unit printed after it and where that ends."""


def _sign(text: str, numeral: Numeral) -> _Sign:
    counted = not is_no_number(text, numeral)
    return _Sign(numeral, counted, _unit_of(text, numeral) if counted else None)


def _read(text: str, signs: list[_Sign], at: int, last: int) -> tuple[Quantity | None, int]:
    """Return the quantity that begins with numeral `at` and how many numerals it took."""
    first, counted, unit = signs[at]
    second = signs[at + 1].numeral if at + 1 < len(signs) else None
    if not counted:
        return None, 1
    if second is not None and first.style == "arabic" == second.style:
        sign = _RATIO.match(text, first.end)
        if sign and _RATIO.match(text, second.end):
            used = 2  # 4:3:2:1 shares something out; no one ratio
            while at + used < len(signs) and _RATIO.match(text, signs[at + used - 1].numeral.end):
                used += 1
            return None, used
        if sign and sign.end() == second.start and not _clock(text, first, second):
            ratio = Unit(":1" if second.low == 1 else f"{first.low:g}:", "比", "ratio", 1.0, "ratio")
            value = first.low / second.low if second.low and second.low != 1 and first.low != 1 else first.low
            if first.low == 1 and second.low != 1:
                value, ratio = second.low, Unit("1:", "比", "ratio", 1.0, "ratio")
            return _finish(text, first, second.end, value, value, ratio, last), 2
    end = unit[1] if unit else first.end
    shared = _shared(text, signs, at)
    if shared is not None:
        return _finish(text, first, end, first.low, first.high, shared, last), 1
    if second is not None:
        sign = (
            _RANGE.match(text, end)
            or (_BOTH.match(text, end) if unit else None)
            or (_RANGE.match(text, first.end) if unit else None)
        )
        if sign and sign.end() == second.start:
            joined = _join(text, first, unit, second, _unit_of(text, second))
            if joined is not None:
                low, high, wide, stop = joined
                return _finish(text, first, stop, low, high, wide, last), 2
    if unit is None:
        sign = _RANGE.match(text, first.end)
        if (
            second is not None
            and sign
            and sign.end() == second.start
            and second.style == "arabic"
            and second.high > first.low
        ):
            bare = _bare(text, replace(first, end=second.end, high=second.high), last)
            return (bare, 2) if bare is not None else (None, 1)
        return (_bare(text, first, last), 1)
    return _finish(text, first, unit[1], first.low, first.high, unit[0], last), 1


def _shared(text: str, signs: list[_Sign], at: int) -> Unit | None:
    """The unit that the last number of a list prints for the one `at`, or None where it has its own."""
    first, _, own = signs[at]
    if first.style != "arabic":
        return None
    if own is None and not _HELD.search(text[max(0, first.start - 3) : first.start]):
        return None  # 1、2所: the number of an item
    end = own[1] if own else first.end
    for n, counted, unit in islice(signs, at + 1, at + 8):
        sign = _NEXT.match(text, end)
        if sign is None or sign.end() != n.start or n.style != "arabic" or not counted:
            return None
        if unit is None:
            if own is not None:
                return None
            end = n.end
            continue
        if own is None:
            # 3、5年级 are grades; 2021、2022年 are dates and never come here.
            return None if unit[0].dimension in _NEVER_SHARED or text.startswith("级", unit[1]) else unit[0]
        if unit[0].text == own[0].text:
            end = unit[1]
            continue
        begins = unit[0].text.startswith(own[0].text)
        # 100人、200人次: two classifiers, each whole.
        whole = own[0].dimension in _WHOLE_CLASSIFIERS and own[0].canonical and not own[0].loose
        return unit[0] if begins and (not whole or "/" in unit[0].text) else None
    return None


def _clock(text: str, first: Numeral, second: Numeral) -> bool:
    return (
        text[first.end] == ":"
        and text[second.start : second.end].startswith("0")
        and len(text[second.start : second.end]) == 2
    )


def _unit_of(text: str, n: Numeral) -> tuple[Unit, int] | None:
    if n.unit:
        if n.unit.endswith("兆"):
            return match_unit(n.unit, 0)[0], n.end  # type: ignore[index]
        dimension, kind = ("multiple", "multiplier") if n.unit == "倍" else ("percent", "rate")
        factor = {"‰": 0.1, "‱": 0.01}.get(n.unit, 1.0)
        return Unit(n.unit, n.unit, dimension, factor, kind), n.end
    rate = _PER_100K.match(text, n.end)
    if rate:
        return Unit("/10万", "/10万", "per_100k", 1.0, "rate"), rate.end()
    at = n.end
    more = _MORE.match(text, at)
    found = match_unit(text, more.end() if more else at)
    if found is None or (n.style == "chinese" and not counts(text, n, *found)):
        return None
    other = _OTHER_UNIT.match(text, found[1])
    if other and other["unit"] in unit_names():
        return found[0], other.end()  # 5000套(间)
    return found


# What a Chinese numeral and these units make is a word more often than a quantity.
def _join(
    text: str,
    first: Numeral,
    unit: tuple[Unit, int] | None,
    second: Numeral,
    other: tuple[Unit, int] | None,
) -> tuple[float, float, Unit, int] | None:
    bare = unit is not None and not unit[0].canonical  # 0.6万至1万人: only the scale is printed
    if other is None or (unit and unit[0].dimension != other[0].dimension and not bare):
        return None
    if _BOTH.match(text, unit[1] if unit else first.end) and not text.startswith("以下", other[1]):
        return None  # 95%以上98%… is no range, 五千元以上五万元以下 is one
    low, high = first.low, second.high
    if unit and unit[0].text != other[0].text:
        low = low * unit[0].factor / other[0].factor
    elif unit is None and high < low:
        return None
    if low > high or re.search(r"[从由]$", text[max(0, first.start - 1) : first.start]):
        return None
    return low, high, other[0], other[1]


def _finish(text: str, n: Numeral, end: int, low: float, high: float, unit: Unit, last: int) -> Quantity:
    bound = read_bound(text, n.start, n.end, end, last, unit)
    comparator, strict = bound.comparator, bound.strict
    if n.style == "half" and text.startswith("过半", n.start) and comparator == "=":
        comparator, strict = ">=", True
    if comparator == "=":
        comparator = "approx" if n.style == "vague" else "range" if low != high else "="
    elif comparator in (">=", "<=") and low != high:
        comparator = "range"
    return Quantity(
        n.start, end, None if comparator == "<=" else low, None if comparator == ">=" else high, unit.text, unit.dimension,
        unit.factor, comparator, strict, unit.per, n.style, bound.approx or n.approx, unit.kind, unit.heads, unit.loose,
        bound.left, bound.right, bound.of,
    )  # fmt: skip


_BARE = Unit("", "", "number", 1.0, "threshold")


def _bare(text: str, n: Numeral, last: int) -> Quantity | None:
    """A number without a unit: a coefficient that is bounded or reached (差异系数不高于0.50)."""
    if n.style != "arabic":
        return None
    bound = read_bound(text, n.start, n.end, n.end, last, _BARE)
    if bound.right == n.end and re.match(r"\s?[一-鿿A-Za-z(+]", text[n.end : n.end + 2]):
        return None
    reached = re.search(r"(?:达到?|[降提升]?[至到]|为)\s?$", text[max(0, n.start - 6) : n.start])
    if bound.left == n.start and not reached:
        return None
    if len(text[n.start : n.end]) == 4 and 1900 <= n.low <= 2100 and n.low == int(n.low):
        return None
    return _finish(text, n, n.end, n.low, n.high, _BARE, last)
