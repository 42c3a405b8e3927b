"""Target or not: numbers that are names, citations, ordinals, baselines, and conditions inside obligations.

`judge_number` looks at where a quantity stands. Numbers inside titles and short quotations,
of grades and of enumerations (四个清单, 三级培训) are names; a number told of the past or of
the base of a change is a baseline. None of these is a target. A threshold that says for whom an
obligation holds (规模不足100人的学校, 70周岁以上老年人) is one, with the qualifier ``condition``.
"""

from __future__ import annotations

import re

from policycmp.quantities import Quantity
from policycmp.segments import Layout, Segment

__all__ = ["is_condition", "judge_number"]

_PLAN_AFTER = re.compile(
    r"\s?(?:[一1]\s?(?:周期|个周期|轮)|(?:期)?(?:考核|评估|[一-鿿]{0,4}(?:方案|行动计划|规划纲要)|行动|计划|规划|工程|攻坚|制(?!定)|学制|义务教育|一贯制|倍增|方案|任务|目标|累计|整治|专项|禁渔|大计|来|以来|巩固率|级))"
)
_SCHOOLING = re.compile(r"(?:小学|初中|高中|中学|幼儿园|学前|本科|专科|研究生)\s?$")
_GRADE_AFTER = re.compile(r"\s?(?:星级|级(?!以上|及以上)|甲|A级|星|等|线(?!路))")
_CIRCLE = re.compile(r"[一-鿿]{0,6}(?:圈|都市圈|通勤)")
_PAST = re.compile(
    r"造成|据.{0,6}统计|目前|现有|现已|截至目前|近年来|已建成|已完成|已达|已累计|过去|原有|曾|以来"
)
_BASE_BEFORE = re.compile(
    r"(?:从|由)\s?(?:(?:19|20)\d\d\s?年?(?:底|末|初)?|目前|现在|现有|原来|上年|[“]?十.五[”]?末)?\s?(?:的|约|为)?\s?$|(?:在|比|较)\s?(?:19|20)\d\d\s?年(?:底|末)?(?:的)?\s?$|(?:现行|原有|目前)\s?(?:的)?\s?$"
)
_BASE_AFTER = re.compile(
    r"\s?(?:左右|以上|以下)?\s?(?:的)?(?:基础上|提高|提升|增加|增长|上升|扩大|降|下降|减|压|缩|调整|增至|到(?=\s?\d)|至(?=\s?\d)|逐步)"
)
_CONGRESS = re.compile(r"党的.{1,3}大$|^.{0,2}届.{1,3}次$|十.?大$|中全会")
_NAMED_AFTER = re.compile(r"(?:工程|行动|计划|战略|原则|方针|制度|机制|任务|专项)")
_PRESENT = {"现有", "原有", "已建成", "已完成", "曾"}
_AHEAD = re.compile(r"达到|提高|力争|到20\d\d")
_DEED = re.compile(
    r"(?:组织|开展|召开|举办|听取|进行|调度|检查|调整|公布|报告|评选|年|月|周|天|学期|学年|季度|经|分)\s?$"
)
_MEETING_AFTER = re.compile(r"(?:、?[一二三四五六七八九十]次)?(?:全会|会议|全体会议|代表大会|党代会)")
_BUILDS = re.compile(
    r"(?:新建|建设|建成|建好|设立|创建|打造|培育|组建|成立|引进|举办|开展|迁建|改建|扩建|配备|选派|选聘|选取|招聘|遴选|实施|开设|开办|承办|发展|完成|新增|增设|结对|至少|力争|每年|各)\s?(?:好|了|并|达)?\s?$"
)
_BUILDS_IN = re.compile(r"新建|建设|建成|设立|创建|打造|培育|培养|组建|引进|选派|招聘|遴选|完成|新增|增设")
_RHETORIC = re.compile(
    r"[^，。；,;]{0,24}?(?:队伍|体系|机制|平台|格局|氛围|环境|局面|路子|道路|制度|模式|方案|整体|共同体|品牌|系统|链条|网络|张网|套|盘棋|把手|张图|盘)"
)
_PLACES = {"县", "区", "市", "村", "镇", "乡", "街道", "社区", "行政村", "乡镇"}
_ENUMERATES = {
    "个",
    "项",
    "大",
    "类",
    "种",
    "级",
    "位",
    "条",
    "方面",
    "个方面",
    "层",
    "大类",
    "字",
    "句",
    "维",
    "端",
    "个维度",
    "个层次",
}


def judge_number(text: str, q: Quantity, layout: Layout, segment: Segment) -> tuple[str, ...] | None:
    """Return the qualifiers of a quantity that is no target; () if it is one; None to leave it out.

    Examples
    --------
    >>> from policycmp.quantities import find_quantities
    >>> from policycmp.segments import read_layout
    >>> text = "当好“四个引路人”"
    >>> layout = read_layout(text)
    >>> judge_number(text, find_quantities(text)[0], layout, layout.segments[0])
    ('name',)
    """
    if q.unit == "年" and text.startswith("级", q.end):
        return None  # 1—2年级
    if layout.title(q.start, q.end) is not None:
        return ("citation",)
    quote = layout.quotation(q.start, q.end)
    if quote is not None and quote[1] - quote[0] <= 16:
        return ("name",)
    before, after = text[max(segment.start, q.start - 24) : q.start], text[q.end : segment.end]
    if q.style == "chinese" and (
        _CONGRESS.search(before[-3:] + text[q.start : q.end]) or re.match(r"(?:义务教育|一贯)", after)
    ):
        return None
    told = (
        layout.quotation(q.start - 1, q.start) if text[max(0, q.start - 1) : q.start] in ("”", '"') else None
    )
    if told is not None and told[1] - told[0] <= 6:
        return ("name",)  # “四个”100%
    if q.dimension in ("duration", "time") and _PLAN_AFTER.match(after) and q.right == q.end:
        return ("name",) if not after.strip().startswith(("一周期", "1周期")) else ("name", "cycle")
    if before.endswith("分") and q.dimension == "duration" and q.comparator == "=":
        return ("name",)  # 分3年拨付
    if (
        q.unit in ("米", "公里", "分钟")
        and q.right == q.end
        and re.match(r"(?:范围内?)?(?:覆盖率|可达率|服务半径|服务圈)", after)
    ):
        return ("name",)  # 公交站点500米覆盖率
    if q.unit in ("分钟", "刻钟", "小时") and _CIRCLE.match(after) and q.right == q.end:
        return ("name",)
    if (
        q.unit in _PLACES
        and q.comparator == "="
        and re.search(r"[一-鿿、]{2}\s?$", before)
        and not _BUILDS.search(before)
    ):
        return ("name",)  # 济南、青岛、烟台3市
    if q.unit in ("年", "学年") and _SCHOOLING.search(before) and not after.startswith(("内", "以内")):
        return ("name",)
    if q.dimension == "grade" or (q.unit in ("个", "") and _GRADE_AFTER.match(after) and q.unit == ""):
        return ("name", "grade")
    if _BASE_BEFORE.search(before) and _BASE_AFTER.match(text[q.right : segment.end]):
        return ("baseline",)
    if before.endswith("原"):
        return ("baseline",)  # 原18个贫困乡镇
    past = _PAST.search(text[segment.start : q.start])
    if (
        past
        and (q.comparator == "=" or past[0] not in _PRESENT)
        and not _AHEAD.search(text[segment.start : q.start])
    ):
        return ("baseline",)
    if (
        q.loose
        and q.comparator == "="
        and (q.unit.endswith(("方面", "环节")) or re.search(r"等\s?$", before))
    ):
        return ("name",)  # 8个方面, 化学需氧量等4项主要污染物
    if q.unit == "级":
        return ("name", "grade")
    if q.style == "chinese":
        return _judge_words(text, q, segment, before, after)
    if (
        q.loose
        and q.unit in ("级", "大", "位", "类", "字", "层", "大类", "句", "维", "端")
        and q.comparator == "="
    ):
        return ("name", "grade") if q.unit == "级" else ("name",) if q.unit != "位" else ()
    return ()


def _judge_words(text: str, q: Quantity, segment: Segment, before: str, after: str) -> tuple[str, ...] | None:
    """A numeral in words: often a name or a figure of speech."""
    one = q.value == 1 and q.comparator in (">=", "=")
    bounded = q.comparator != "=" or q.low != q.high
    if (
        q.dimension != "time"
        and not re.match(r"\s?[一-鿿“(]", after)
        and _BUILDS_IN.search(text[segment.start : q.start])
    ):
        return ()  # 建成实践基地三个。
    if _NAMED_AFTER.match(after) and q.unit != "个" and not bounded:
        return ("name",)
    told = re.search(r"每|各(?!级|类|项|地|方|界|部)|至少|不少于", text[segment.start : q.start])
    if q.dimension == "time":
        if q.unit not in ("次", "回", "遍", "轮", "场", "场次"):
            return ("name",) if not (told or bounded) else ()
        if _MEETING_AFTER.match(after) and not told and not _DEED.search(before):
            return None
        if re.match(r"\s?(?:性|办|办好|办成|告知|申请|跑|登录)", after):
            return None
        if one and not (told or bounded):
            return None
        return () if told or bounded or _DEED.search(before) else ("name",)  # 三次审议稿
    if one and not bounded:
        if told and not _RHETORIC.match(after):
            return ()
        if q.unit in (
            "个",
            "项",
            "条",
            "支",
            "种",
            "套",
            "张",
            "片",
            "件",
            "份",
            "类",
            "头",
            "只",
            "户",
            "人",
            "位",
            "年",
            "天",
            "级",
            "层",
            "字",
            "句",
        ) and not (
            _BUILDS.search(before)
            and q.unit in ("个", "套")
            and not _RHETORIC.match(after)
            and re.search(r"新建|建成|设立|配备|改建|扩建|迁建", before)
        ):
            return None
        return () if _BUILDS.search(before) and not _RHETORIC.match(after) else None
    if q.unit in _ENUMERATES and not bounded and not told:
        if q.unit in ("个", "项", "条") and _BUILDS.search(before) and q.value >= 2:
            return ()
        return ("name", "grade") if q.unit == "级" else ("name",)
    return ()


_CONDITION_UNITS = {
    "age",
    "household",
    "person",
    "duration",
    "workday",
    "area",
    "mass",
    "coal",
    "power",
    "steam",
    "length",
    "volume",
    "money",
    "voltage",
    "count",
    "score",
    "energy",
    "capacity",
}
_STATES = re.compile(
    r"(?:达到?|保持在?|稳定在?|维持在?|控制在?|提高到|提升到|降到|降至|不少于|不低于|达|至少)\s?(?:到|在)?\s?$"
)


def is_condition(text: str, q: Quantity, segment: Segment, verb_role: str) -> bool:
    """Whether a threshold says for whom an obligation holds, rather than what is to be reached."""
    if q.dimension == "time":
        return bool(
            re.search(r"(?:连续|累计)\s?$", text[segment.start : q.left])
            and "的" in text[q.right : segment.end]
        )
    if q.dimension.split("/")[0] not in _CONDITION_UNITS or q.comparator not in (">=", "<=", "="):
        return False
    before, after = text[segment.start : q.left], text[q.right : segment.end]
    suffixed = q.right > q.end
    if q.dimension == "age":
        return not re.search(r"(?:达到?|[到至])\s?$", before)
    if re.match(r"的(?:标准|比例|幅度|额度|要求|速度|价格|水平|规模(?![化种养经以]))", after):
        return False
    relative = re.match(r"[^,，。;；、\d]{0,24}?的(?=[一-鿿])", after)
    if q.dimension in ("duration", "workday"):
        for_whom = suffixed and re.match(r"\s?(?:对|为|向|给|将|凡|凡是)", before)
        served = re.search(r"(?:近|连续|满|已|超过|工作|任教)\s?$", text[max(0, q.left - 3) : q.start])
        going_on = re.search(r"(?:连续|累计)[一-鿿]{0,4}$", before)
        return bool((for_whom or served or going_on) and relative)
    if q.comparator == "=":
        return bool(re.search(r"(?:可|能)?(?:容纳|承载)\s?$", before) and relative)
    if _STATES.search(before) and not relative:
        return False
    if q.dimension == "money" and re.match(
        r"\s?的?[一-鿿]{0,4}(?:罚款|保证金|贷款|补助|奖励|补贴|罚金|资助|授信)", after
    ):
        return False
    if q.start > q.left and re.match(r"的(?=[一-鿿])", after):
        return True
    if not suffixed or not after or not re.match(r"\s?(?:的|[一-鿿])", after):
        return False
    counted = re.search(q.heads, re.split(r"[,，。;；、]", after)[0].rpartition("的")[2]) if q.heads else None
    if counted:
        return bool(re.search(r"(?:接收|对|为|凡|招收)\s?$", before[-4:])) and not relative
    return not (q.dimension == "count" and verb_role == "do")
