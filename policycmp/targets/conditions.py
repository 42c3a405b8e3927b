"""Conditions: thresholds that say for whom an obligation holds.

规模不足100人的农村学校, 70周岁以上老年人 and 5万吨标准煤及以上的项目 select; 培养100名以上教师 and
达到95%以上 promise. The difference is what the number is in: a modifier of somebody or something,
or the predicate. Whatever bounds a case selects too: a statement that ends in 的 before its consequence
(确需建设18层以上住宅的，应…) or begins with 如需, 确需, 因特殊….
"""

from __future__ import annotations

import re

from policycmp.targets.number_signs import sign, sign_before, sign_pattern
from policycmp.targets.quantities import Quantity
from policycmp.targets.segments import Segment

__all__ = ["is_condition"]

_DIMENSIONS = {
    "age", "household", "person", "duration", "workday", "area", "mass", "coal", "power", "steam", "length", "volume",
    "money", "voltage", "count", "score", "energy", "capacity",
}  # fmt: skip
_OF_WHOM = re.compile(r"[^,，。;；、\d]{0,24}?的(?=[一-鿿])")
_STANDARD = re.compile(r"的(?:标准|比例|幅度|额度|要求|速度|价格|水平|规模(?![化种养经以]))")

_GATE = r"{}(?:要求)?(?:放宽|提高|降低|调整|设定|确定|定|改)(?:到|至|为)[^,，]{0,24}$"
"""What opens a benefit to somebody: 申领条件放宽至参加失业保险1年以上."""
_COPULA = re.compile(r"(?<!但)(?<!于)是(?!否)")


def is_condition(text: str, q: Quantity, segment: Segment, verb_role: str) -> bool:
    """Return whether a quantity selects whom or what an obligation is about.

    Examples
    --------
    >>> from policycmp.targets.quantities import find_quantities
    >>> from policycmp.targets.segments import read_layout
    >>> def selects(text):
    ...     return is_condition(text, find_quantities(text)[0], read_layout(text).segments[0], "")
    >>> selects("化解2000人以上大校额"), selects("覆盖人数达到2000人以上")
    (True, False)
    """
    before, after = text[segment.start : q.left], text[q.right : segment.end]
    if _is_case(text, q, segment):
        return True
    if q.dimension == "time":
        return bool(re.search(r"(?:连续|累计)\s?$", before)) and "的" in after
    if q.dimension.split("/")[0] not in _DIMENSIONS or q.comparator not in (">=", "<=", "="):
        return False
    if sign_pattern("gate", _GATE).search(before):
        return True
    if q.dimension == "age":
        return not re.search(r"(?:达到?|[到至])\s?$", before)
    if _STANDARD.match(after):
        return False
    relative = _OF_WHOM.match(after) is not None
    if q.dimension in ("duration", "workday"):
        return relative and _served(text, q, before)
    if q.comparator == "=":
        return relative and re.search(r"(?:容纳|承载)\s?$", before) is not None
    if sign_before("reach").search(before) and not relative:
        return False
    if q.dimension == "money" and re.match(rf"\s?的?[一-鿿]{{0,4}}(?:{sign('benefit')})", after):
        return False
    if q.start > q.left and re.match(r"的(?=[一-鿿])", after):
        return True
    if q.right == q.end or not re.match(r"\s?(?:的|[一-鿿])", after):
        return False
    head = re.split(r"[,，。;；、]", after)[0].rpartition("的")[2]
    if q.heads and re.search(q.heads, head):
        # What the classifier counts is what is promised: 100名以上教师, but not 为5名以上学生….
        return not relative and re.search(r"(?:接收|对|为|凡|招收)\s?$", before) is not None
    return not (q.dimension == "count" and verb_role == "do")


def _is_case(text: str, q: Quantity, segment: Segment) -> bool:
    """确需建设18层以上住宅的，应…; 如需超过50米，须…: the case, and what follows from it."""
    said = text[segment.start : segment.end].strip()
    if segment.stop != "," or len(said) > 120:
        return False
    if said.endswith("的") and not _COPULA.search(said):
        return True
    return q.comparator in (">=", "<=") and re.match(sign("case"), said) is not None


def _served(text: str, q: Quantity, before: str) -> bool:
    """近3年未调整的县, 任教满6年的教师, 对停产超过30天以上的企业."""
    if q.right > q.end and re.match(r"\s?(?:对|为|向|给|将|凡|凡是)", before):
        return True
    near = text[max(0, q.left - 3) : q.start]
    return bool(
        re.search(r"(?:近|连续|满|已|超过|工作|任教)\s?$", near)
        or re.search(r"(?:连续|累计)[一-鿿]{0,4}$", before)
    )
