"""Whether an amount depends on the size of the place, or is a norm any place can be held to.

Sixty schools in a prefecture are not more than ten in a county. But what is counted for each
pupil, school or county, what limits a class, a form or a square, and what one recipient gets, is
the same demand everywhere. The rule looks at kind, dimension, comparator and words.
"""

from __future__ import annotations

import re

from policycmp.model import Target
from policycmp.target_pairs.polarity import polarity
from policycmp.targets.number_signs import sign_pattern
from policycmp.text import fold

__all__ = ["depends_on_size", "is_one_of"]

_PER_UNIT = re.compile(
    r"[百千万]人|人均|户均|生均|师均|校均|班均|亩均|地均|均(?=公用经费|经费|拨款|面积|支出|收入)|单位(?=GDP|面积|产品|产值)|万元"
)
_NORM = re.compile(
    r"\d\s?层|容纳|班额|校额|服务半径|每(?:[名位个所户家人村县校班生处座站馆园]|[一-鿿]{1,4}(?:面积|配备|设置|投入|补助))"
    r"|各(?:建设|配备|配|建|设)|(?:用房|场地|校舍|建筑|使用|活动)面积应?不(?:得|应|宜)?(?:少于|低于|小于)"
)
_FLOW = re.compile(r"/[百千万亿]?(?:[年月日天时]|小时|工作日)$")
"""What an amount is divided by where it still grows with the place (万立方米/日)."""
_BENEFIT = re.compile(r"(?:奖励|补助|补贴|资助|奖补|贴息|奖金)(?:资金|金额|标准)?$")
_EACH_TIME = re.compile(r"给予|一次性|最高|每[户家人名个项亩次]|按")
_GROWS = re.compile(r"总量|总数|总额|规模|预算|支出|经费|投资|债务|余额|用地|死亡|伤亡|事故|消费量|排放量")


_NEVER_KINDS = frozenset(("rate", "ratio", "frequency", "duration", "multiplier", "threshold", "deadline"))
_NEVER_DIMENSIONS = frozenset(
    [
        "percent",
        "point",
        "multiple",
        "ratio",
        "duration",
        "number",
        "grade",
        "bandwidth",
        "age",
        "temperature",
        "voltage",
        "noise",
    ]
)
"""Dimensions whose size says nothing about the size of a place."""


def depends_on_size(target: Target, dimension: str, per: str) -> bool:
    """Return whether the target's amount depends on how large the place is.

    `dimension` is that of its unit, `per` for whom it is counted (empty for the place as a whole).
    """
    words = fold(target.snippet or "")
    if target.kind in _NEVER_KINDS or "condition" in target.qualifiers or dimension in _NEVER_DIMENSIONS:
        return False
    if "/" in dimension and not _FLOW.search(dimension):
        return False  # 微克/立方米, 元/平方米: the unit itself says for each of what
    if _BENEFIT.search(target.indicator) and _EACH_TIME.search(words):
        return False
    if sign_pattern("penalty", "{}(?:数额|金额)?$").search(target.indicator):
        return False
    if dimension == "length" and polarity(target.indicator) == -1:
        return False  # how far it may be to a park
    if per or _PER_UNIT.search(target.indicator) or _NORM.search(words + target.indicator):
        return False
    # A ceiling is a norm for whoever is meant (进校园事项不超过10项, 广场不超过2公顷), not an output;
    # a ceiling on a total still grows with the place.
    return target.comparator != "<=" or _GROWS.search(target.indicator) is not None


_PLACES = {
    "县": "county",
    "区": "county",
    "旗": "county",
    "市": "prefecture",
    "州": "prefecture",
    "省": "province",
    "乡镇": "township",
    "镇": "township",
    "乡": "township",
    "街道": "township",
    "村": "village",
    "社区": "village",
}


def is_one_of(per: str, target: Target, level: str | None) -> bool:
    """Return whether a target without ``per`` can be held against one told for each `per`.

    What each pupil or school gets may be told of all pupils (帮助学生掌握1-2项技能). What each county
    gets is the same only as the total of *one* county: by the `level` of its plan, or by 全县.
    """
    place = next((name for name in _PLACES if per.startswith(name)), None)
    if place is None:
        return bool(per)
    if level is not None:
        return level == _PLACES[place]
    words = " ".join((target.snippet or "", target.indicator, *target.qualifiers))
    own = "[镇乡]" if place == "乡镇" else place
    return re.search(f"[全本我]{own}", words) is not None
