"""For whom, and how often: the 每 of a quantity.

每学期, 每3年 and 每半年 are periods; 每名学生, 每百名学生, 每千人口 and 每2个乡镇 are shares of a whole;
人均 and 生均 say the same inside the indicator. The word is given without 每, and without a
classifier where one thing is meant: 学期, 3年, 学生, 百名学生, 2个乡镇.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Per", "find_per"]

_PERIOD = r"(?:半个?(?:年|月|学期|天|小时)|(?:[一二两三四五六七八九十]|\d{1,2})?\s?个?(?:学年|学期|季度|季|年度|年|月|星期|周|工作日|天|日|届|小时|分钟)(?:度)?)"
_WHOLE = r"(?:地\(市、州、盟\)|乡\(镇\)|镇\(乡\)|街道\(乡镇\)|设区市|地级市|地市|产业|行业|领域|县\(市、?区\)|县\(市\)|县区|学生|教师|幼儿|老师|学校|幼儿园|中小学|校|园区|园|县城|县|市|区|乡镇\(街道\)|乡镇|镇|乡|街道|行政村|建制村|自然村|村|社区|学区|年级|班级|班|常住人口|人口|老年人|居民|村民|职工|人|户|家庭|企业|项目|基地|单位|机构|平方公里|公里|立方米|平方米|千瓦时|产品|辆|亩|公顷|吨|床位|床|地区|部门|支部|合作社|集团|流域|站点|医院|卫生院|岗位|党员|干部)"
_EACH = re.compile(
    rf"每(?:隔)?\s?(?:(?P<period>{_PERIOD})(?![一-鿿]?均)"
    rf"|(?P<number>\d{{1,4}}|[一二两三四五六七八九十百千万]{{0,2}})\s?(?P<cl>个|名|位|所|家|间|支|条|座|项|人次)?(?P<whole>[一-鿿]{{0,6}}?{_WHOLE})"
    r"|(?:个|名|位|所|家|项|座|条|人|户|校|村|县|镇|班|亩|吨|次|生|师))"
)
_MEAN = re.compile(
    r"(?P<whole>人|生|户|校|亩|师|床|地|班|日|月|年)均(?!值|浓度|气温|降水|衡|匀|等|可|能|应|需|为|已|须|达|要)"
)
_MEANS = {
    "人": "人",
    "生": "学生",
    "户": "户",
    "校": "学校",
    "亩": "亩",
    "师": "教师",
    "床": "床",
    "地": "地",
    "班": "班",
    "日": "日",
    "月": "月",
    "年": "年",
}


@dataclass(frozen=True, slots=True)
class Per:
    """The 每 before a quantity: ``text`` without 每, and where it was printed."""

    text: str
    start: int
    end: int
    period: bool


def find_per(words: str) -> tuple[Per, ...]:
    """Return every 每 in folded `words`, left to right.

    Examples
    --------
    >>> [p.text for p in find_per("每名思政课教师每学年至少上")]
    ['思政课教师', '学年']
    >>> [p.text for p in find_per("每2个乡镇至少建成")], [p.text for p in find_per("城市人均公园绿地面积")]
    (['2个乡镇'], ['人'])
    """
    found = []
    for m in _EACH.finditer(words):
        if m["period"]:
            text = re.sub(r"\s|^[一1]个?(?=\D)", "", m["period"])
            found.append(Per(text.removeprefix("个"), m.start(), m.end(), True))
        elif m["whole"]:
            many = m["number"] not in ("", "一", "1")
            found.append(
                Per((m["number"] + (m["cl"] or "") if many else "") + m["whole"], m.start(), m.end(), False)
            )
        else:
            found.append(Per(m[0][1:], m.start(), m.end(), False))
    for m in _MEAN.finditer(words):
        found.append(Per(_MEANS[m["whole"]], m.start(), m.end(), m["whole"] in "日月年"))
    return tuple(sorted(found, key=lambda p: p.start))
