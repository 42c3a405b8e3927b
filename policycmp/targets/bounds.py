"""How a number bounds: the comparator before or after it (``tables/comparators.csv``).

不低于, 不超过 and 控制在 stand before the number, 以上, 以内 and 左右 after its unit. 至少 and its like
may stand some words before (至少组织开展一次), and so may 不低于 before a share (不低于公用经费预算
总额5%): what lies between is then the base of the share.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from policycmp.tables import read_table
from policycmp.targets.units import Unit

__all__ = ["Bound", "read_bound"]


@dataclass(frozen=True, slots=True)
class Bound:
    """The comparator of a number and where its words stand."""

    comparator: str
    strict: bool
    approx: str
    left: int
    right: int
    of: str = ""


@dataclass(frozen=True, slots=True)
class _Comparator:
    comparator: str
    strict: bool
    floats: str
    """What may stand between it and the number: ``deed`` (至少组织开展一次), ``base`` (of a share), nothing."""


@cache
def _words(place: str) -> dict[str, _Comparator]:
    return {
        row["word"]: _Comparator(row["comparator"], row["strict"] == "1", row["floats"])
        for row in read_table("comparators")
        if row["place"] == place
    }


def _alternatives(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def _before() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<word>{_alternatives(list(_words('before')))})\s?(?:到|在|至|于|为)?\s?(?:约)?\s?$"
    )


@cache
def _floating() -> re.Pattern[str]:
    return re.compile(_alternatives([w for w, c in _words("before").items() if c.floats]))


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"\s?(?:的)?(?P<word>{_alternatives(list(_words('after')))})")


_MORE = re.compile(r"(?:余|多|几)(?!种形式|渠道|元化|主体|媒体|层次|部门|样|方|维|校|点|能)")


def read_bound(text: str, start: int, numeral_end: int, end: int, last: int, unit: Unit) -> Bound:
    """Return how the number from `start` to `end` (with its unit) bounds; the one before it ends at `last`.

    Examples
    --------
    >>> from policycmp.targets.units import unit_names
    >>> read_bound("班额不超过50人", 5, 7, 8, 0, unit_names()["人"]).comparator
    '<='
    """
    comparator, strict, approx, left, right, of = "=", False, "", start, end, ""
    before = _before().search(text, max(last, start - 12), start)
    after = _after().match(text, end)
    if after and after["word"] == "内" and unit.kind not in ("duration", "count"):
        after = None
    if before and before["word"] == "近" and unit.kind == "duration":
        before = None  # 近3年: a stretch of time, no estimate
    word = _words("after")[after["word"]] if after else _words("before")[before["word"]] if before else None
    if word is not None:
        comparator, strict = word.comparator, word.strict
        left = before.start() if before else start
        right = after.end() if after else end
        near = [
            m["word"]
            for m, place in ((before, "before"), (after, "after"))
            if m and _words(place)[m["word"]].comparator == "approx"
        ]
        approx = near[0] if near else ""
    else:
        far = _far(text, start, last, unit)
        if far is not None:
            comparator, strict = far[0].comparator, far[0].strict
            left, of = (far[1], far[2]) if far[2] else (start, "")
    more = _MORE.match(text, numeral_end) or _MORE.match(text, end)
    if more:
        approx, right = more[0], max(right, more.end())
        comparator = ">=" if comparator == "=" else comparator
    return Bound(comparator, strict, approx, left, right, of)


def _far(text: str, start: int, last: int, unit: Unit) -> tuple[_Comparator, int, str] | None:
    """A comparator some words before the number: where it begins, and the base of a share between them.

    至少组织开展一次 is bounded by 至少; 不低于公用经费预算总额5% by 不低于, and 公用经费预算总额 is the base.
    """
    begin = max(last, start - 30, *(text.rfind(c, max(0, start - 30), start) + 1 for c in "，。；、,;:"))
    words = list(_floating().finditer(text, begin, start))
    if not words:
        return None
    found = _words("before")[words[-1][0]]
    gap = text[words[-1].end() : start]
    if found.floats == "deed":
        return (found, words[-1].start(), "") if len(gap) <= 14 else None
    share = unit.dimension == "percent" or unit.kind == "multiplier"
    if not share or re.search(r"达到|的.{0,12}(?:率|占比|比例)", gap):
        return None
    return found, words[-1].start(), gap.strip().removesuffix("的")
