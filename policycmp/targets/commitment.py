"""Target or not: numbers that are names, grades, citations, baselines or figures of speech.

`judge_number` looks at where a quantity stands. Numbers inside titles and short quotations, of
grades (四级公路), of enumerations (四个清单, 三级培训, 等4项主要污染物) and of named plans (三年行动) are
names; a number told of the past or as the base of a change is a baseline. None of these is a
target. A numeral in words counts where it is bounded, distributed (每, 各) or built (新建一所);
otherwise it is a name, or, as in 一支队伍, nothing at all.
"""

from __future__ import annotations

import re

from policycmp.targets.number_signs import sign_after, sign_before, sign_pattern
from policycmp.targets.quantities import Quantity
from policycmp.targets.segments import Layout, Segment

__all__ = ["judge_number"]

_CYCLE = re.compile(r"\s?[一1]\s?(?:个?周期|轮)")
_PLAN_GAP = re.compile(r"\s?(?:期)?(?:[一-鿿]{0,4}(?:方案|行动计划|规划纲要))")
_CIRCLE = re.compile(r"[一-鿿]{0,6}圈")
_CONGRESS = re.compile(r"党的.{1,3}大$|^.{0,2}届.{1,3}次$|十.?大$|中全会")
_BASE_BEFORE = re.compile(
    r"(?:从|由)\s?(?:(?:19|20)\d\d\s?年?(?:底|末|初)?|目前|现在|现有|原来|上年|[“]?十.五[”]?末)?\s?(?:的|约|为)?\s?$"
    r"|(?:在|比|较)\s?(?:19|20)\d\d\s?年(?:底|末)?(?:的)?\s?$|(?:现行|原有|目前)\s?(?:的)?\s?$"
)
_BASE_AFTER = re.compile(
    r"\s?(?:左右|以上|以下)?\s?(?:的)?(?:基础上|提高|提升|增加|增长|上升|扩大|降|下降|减|压|缩|调整|增至|到(?=\s?\d)|至(?=\s?\d)|逐步)"
)
_BASIS_AFTER = re.compile(r"\s?(?:左右|以上|以下)?\s?(?:的)?(?:现有)?基础(?:之)?上")
_PLACES = {"县", "区", "市", "村", "镇", "乡", "街道", "社区", "行政村", "乡镇"}
_TIMES = {"次", "回", "遍", "轮", "场", "场次"}
_MEETING = r"(?:、?[一二三四五六七八九十]次)?{}"
_FOLLOWS = r"\s?{}"
_SERVED = r"(?:范围内?)?{}"
_AHEAD = r"{}|到20\d\d"

Verdict = tuple[str, ...] | None


def judge_number(text: str, q: Quantity, layout: Layout, segment: Segment) -> Verdict:
    """Return the qualifiers of a quantity that is no target; () if it is one; None to leave it out.

    Examples
    --------
    >>> from policycmp.targets.quantities import find_quantities
    >>> from policycmp.targets.segments import read_layout
    >>> text = "当好“四个引路人”"
    >>> layout = read_layout(text)
    >>> judge_number(text, find_quantities(text)[0], layout, layout.segments[0])
    ('name',)
    """
    before, after = text[max(segment.start, q.start - 24) : q.start], text[q.end : segment.end]
    if q.unit == "年" and after.startswith("级"):
        return None  # 1—2年级
    if layout.title(q.start, q.end) is not None:
        return ("citation",)
    if _is_quoted(text, q, layout):
        return ("name",)
    if q.style == "chinese" and (
        _CONGRESS.search(before[-3:] + text[q.start : q.end]) or re.match(r"(?:义务教育|一贯)", after)
    ):
        return None
    if q.dimension == "grade" or q.unit == "级":
        return ("name", "grade")
    if q.dimension in ("duration", "time") and q.right == q.end and _CYCLE.match(after):
        return ("name", "cycle")
    if _is_named(q, before, after):
        return ("name",)
    if _is_baseline(text, q, segment, before):
        return ("baseline",)
    if q.style == "chinese":
        return _judge_words(text, q, segment, before, after)
    return ()


def _is_quoted(text: str, q: Quantity, layout: Layout) -> bool:
    """“5个100%”, and the 100% of “四个”100%."""
    quote = layout.quotation(q.start, q.end)
    if quote is not None:
        return quote[1] - quote[0] <= 16
    if text[max(0, q.start - 1) : q.start] not in ("”", '"'):
        return False
    told = layout.quotation(q.start - 1, q.start)
    return told is not None and told[1] - told[0] <= 6


def _is_named(q: Quantity, before: str, after: str) -> bool:
    plain = q.right == q.end
    if (
        q.dimension in ("duration", "time")
        and q.unit not in _TIMES
        and plain
        and (sign_after("plan").match(after) or _PLAN_GAP.match(after))
    ):
        return True  # 三年行动
    if q.dimension == "duration" and q.comparator == "=" and before.endswith("分"):
        return True  # 分3年拨付
    if q.unit in ("米", "公里", "分钟") and plain and sign_pattern("served", _SERVED).match(after):
        return True  # 公交站点500米覆盖率
    if q.unit in ("分钟", "刻钟", "小时") and plain and _CIRCLE.match(after):
        return True  # 15分钟生活圈
    if (
        q.unit in ("年", "学年")
        and sign_before("schooling").search(before)
        and not after.startswith(("内", "以内"))
    ):
        return True  # 小学六年
    if not q.loose or q.comparator != "=":
        return False
    if q.unit in _PLACES:
        return bool(re.search(r"[一-鿿、]{2}\s?$", before)) and not sign_before("build").search(
            before
        )  # 青岛、烟台2市
    if before.endswith("对") and re.match(r"[一-鿿()、]{1,8}的", after):
        return True  # 对16个州(市)的发展定位
    if q.unit.endswith(("方面", "环节")) or re.search(r"等\s?$", before):
        return True  # 8个方面, 化学需氧量等4项主要污染物
    return q.style == "arabic" and q.unit in ("大", "类", "字", "层", "大类", "句", "维", "端")


def _is_baseline(text: str, q: Quantity, segment: Segment, before: str) -> bool:
    if before.endswith("原"):
        return True  # 原18个贫困乡镇
    if _BASIS_AFTER.match(text, q.end):
        return True  # 在75%的基础上
    if _BASE_BEFORE.search(before) and _BASE_AFTER.match(text[q.right : segment.end]):
        return True
    said = text[segment.start : q.start]
    if sign_pattern("ahead", _AHEAD).search(said):
        return False
    return bool(
        sign_pattern("past").search(said) or (q.comparator == "=" and sign_pattern("present").search(said))
    )


def _judge_words(text: str, q: Quantity, segment: Segment, before: str, after: str) -> Verdict:
    """A numeral in words: often a name or a figure of speech."""
    said = text[segment.start : q.start]
    bounded = q.comparator != "=" or q.low != q.high
    told = bounded or sign_pattern("told").search(said) is not None
    one = q.value == 1 and q.comparator in (">=", "=")
    builds = sign_before("build").search(before) is not None
    if (
        q.dimension != "time"
        and re.match(r"\s?(?:$|[、，。；,;)])", after)
        and sign_pattern("make").search(said)
    ):
        return ()  # 建成实践基地三个。
    if sign_after("named").match(after) and q.unit != "个" and not bounded:
        return ("name",)
    if q.dimension == "time":
        if q.unit not in _TIMES:
            return () if told else ("name",)
        deed = sign_before("deed").search(before) is not None
        if sign_pattern("idle", _FOLLOWS).match(after) or (
            not told and ((sign_pattern("meeting", _MEETING).match(after) and not deed) or one)
        ):
            return None  # 一次办好, 十届四次全会
        return () if told or deed else ("name",)  # 三次审议稿
    if one and not bounded:
        if sign_after("rhetoric", 24).match(after):
            return None  # 一支高素质的教师队伍
        founded = q.unit in ("个", "套") and sign_before("found").search(before) is not None
        return () if told or founded or (builds and not sign_pattern("abstract").fullmatch(q.unit)) else None
    if q.loose and not told:
        return () if sign_pattern("counted").fullmatch(q.unit) and builds and q.value >= 2 else ("name",)
    return ()
