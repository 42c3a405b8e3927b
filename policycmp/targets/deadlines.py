"""When: the dates a plan sets, and the dates it only mentions.

A date is a *deadline* (到2027年, 2023年底前, 2024年秋季学期, “十四五”末, 三年内 with the plan's own
date), the last year of a span (2021—2025年, “十四五”期间), a *start* (自2024年起), a *baseline*
(比2020年, 在2018年的基础上, 2020年的60%) or a mere mention (2005年前建成的老旧小区, 2023年度报告).
Only deadlines and starts bind. Within a sentence a date holds from the comma it follows until
the next one; in a goal paragraph it holds until replaced (see `governing`).
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from policycmp.tables import read_table
from policycmp.targets.number_signs import sign_after
from policycmp.targets.numerals import chinese_value
from policycmp.text import fold

__all__ = ["LONG_TERM", "When", "find_dates", "read_deadline"]

LONG_TERM = "长期"


@dataclass(frozen=True, slots=True)
class When:
    """A date in a text: `role` is deadline, start, baseline or mention."""

    start: int
    end: int
    when: str | None
    """YYYY, YYYY-MM or YYYY-MM-DD; None where it cannot be told (三年内 without the plan's date)."""
    role: str
    word: str
    """As printed, without white space."""
    fine: bool
    """Finer than the year, or told in words: the word matters for a comparison."""

    @property
    def year(self) -> str | None:
        """The year it sets for the months named after it; None where it sets none."""
        return self.when[:4] if self.when and self.role in ("deadline", "start") else None


_YEAR = r"(?:(?:19|20)\d\d|二[〇零○O]\d?[〇零○一二三四五六七八九]{2})"
_PART = r"(?:\s?(?P<month{n}>\d{{1,2}})\s?月(?:份)?(?:\s?(?P<day{n}>\d{{1,2}})\s?日)?)?"
_TAIL = r"\s?(?:(?:年)?(?:上半年|下半年|[一二三四]季度|第[一二三四]季度|[春秋]季学期|[春秋]季|年底|年末|年初(?!步|中)|年中|底|末|初(?!步|中|级|期)|中(?=[,，]))?(?:之?前|以前)?)"


@cache
def _periods() -> dict[str, str]:
    return {row["word"]: row["year"] for row in read_table("plan_periods")}


@cache
def _pattern() -> re.Pattern[str]:
    periods = "|".join(_periods())
    first = "".join({name[0] for name in _periods()})
    return re.compile(
        rf"""
        # Every kind begins with one of these; without them each kind would be tried at every character.
        (?=[\d“"‘'未今用本当年一二三两四五六七八九十{first}])
        (?:
          (?P<within_year>(?P<same>(?:19|20)\d\d)\s?年\s?\d{{1,2}}\s?月(?:\s?\d{{1,2}}\s?日)?\s?(?:-|—{{1,2}}|~|至|到)\s?(?P<month9>\d{{1,2}})\s?月(?:\s?(?P<day9>\d{{1,2}})\s?日)?)
        | (?P<period>[“"‘']?(?P<name>{periods})[”"’']?\s?(?:规划)?(?:[期]?[末底](?:前|之前)?|期间|时期|以来|期内|中叶)?)
        | (?P<span>{_YEAR}\s?年?{_PART.format(n=0)}\s?(?:-|—{{1,2}}|~|至|到)\s?(?P<last>{_YEAR})\s?年(?:度)?{_PART.format(n=1)}(?:\s?(?:期间|底前|底|末|前))?)
        | (?P<date>(?P<year>{_YEAR})\s?年(?P<of>度)?{_PART.format(n=2)}(?P<tail>{_TAIL}))
        | (?P<within>(?:未来|今后|用)?(?P<number>[一二三两四五六七八九十]|\d{{1,2}})\s?(?P<length>年|个月)\s?(?:左右)?(?:以内|之内|内|(?:左右)?(?:的)?时间(?=[,，内里完建培实]|左右)))
        | (?P<month_only>(?<![年\d月至、-])(?P<month3>\d{{1,2}})\s?月(?:\s?(?P<day3>\d{{1,2}})\s?日|[上中下]旬)?(?:底|末)?(?:之前|以前|前))
        | (?P<today>(?:今|本|当)年(?:年)?(?:底|末)(?:之?前)?|年(?:底|末)之?前)
        )
        """,
        re.VERBOSE,
    )


_BASE_BEFORE = re.compile(
    r"(?:较|比|与|同|相较|对比|相比|相对于|低于|高于|超过|不低于|不高于|恢复到|由|从|优于|多于|少于|小于|大于)\s?$"
)
_BASE_AFTER = re.compile(
    r"\s?(?:的\s?基础|基础上|(?:的)?(?:水平|平均)?相比|水平|的\s?\d|的[一二三四五六七八九]|\d[\d.]*\s?%|(?:增长|下降|提高|降低|减少|增加|累计)(?=[\d一二三四五六七八九]))"
)
_START_AFTER = re.compile(r"(?:\s?\d+\s?[月日])?\s?(?:起|开始|以后|后(?=[,，]))")
_ISSUED = "印发|发布|修订|修正|颁布|出台|公布"
_MENTION_AFTER = re.compile(
    r"\s?(?:以来|以后|"
    + _ISSUED
    + r"|制定的|年版|版|本\)|年本|年度?(?:报告|预算|计划|规划|工作|方案|行动)|前?(?:建成|形成|取得|投产|核准|竣工|注册|登记|出生|退役|入学|毕业)[^,，。;；]{0,6}的|的(?!\s?\d))"
)
_ISSUES = re.compile(rf"\s?(?:{_ISSUED})")
_IN_FORCE = re.compile(r"\s?(?:起|之日起)\s?(?:施行|生效|执行)")
_DONE_BY = re.compile(r"(?:之?前)?已(?:经)?[一-鿿]{1,8}的")
_DUE_BEFORE = re.compile(
    r"(?:到|至|于|在|截至|截止到?|力争|争取|确保|力争到|务必|计划|预计|不晚于|不迟于|确保到|全市|全县|全省|全区|我[市县省区]|[:：])\s?$"
)
_START_BEFORE = re.compile(r"(?:自|从)\s?$")
_EDGE = re.compile(r"(?:^|[，。；、,;:：\s（(“\"」）)月日])$")


def _digits(year: str) -> str:
    if year.isdigit() and year.isascii():
        return year
    return "".join(
        str("〇一二三四五六七八九".index(c)) if c in "〇一二三四五六七八九" else (c if c.isdigit() else "0")
        for c in year
    )


def _iso(year: str, month: str | None, day: str | None) -> str:
    when = _digits(year)
    if month and 1 <= int(month) <= 12:
        when += f"-{int(month):02d}"
        if day and 1 <= int(day) <= 31:
            when += f"-{int(day):02d}"
    return when


@lru_cache(maxsize=8192)
def find_dates(text: str, *, date: datetime.date | None = None, year: str | None = None) -> tuple[When, ...]:
    """Return the dates in `text`; `date` is the plan's own, from which 三年内 counts, `year` the last named before.

    Examples
    --------
    >>> [(d.when, d.role) for d in find_dates("到2025年，能耗比2020年下降13%；“十四五”末全部完成。")]
    [('2025', 'deadline'), ('2020', 'baseline'), ('2025', 'deadline')]
    """
    folded = fold(text)
    found: list[When] = []
    year = year or (str(date.year) if date else None)
    for m in _pattern().finditer(folded):
        when = _month_of(folded, m, year) if m["month_only"] else _when(folded, m, date)
        if when is not None:
            found.append(when)
            year = when.year or year
    return tuple(found)


def _month_of(text: str, m: re.Match[str], year: str | None) -> When | None:
    """9月底前: in the year last named, or the plan's own; left out where neither is known or it recurs."""
    if year is None or re.search(r"每年?\s?$|次年\s?$|上年\s?$", text[max(0, m.start() - 3) : m.start()]):
        return None
    when = _iso(year, m["month3"], m["day3"])
    return When(m.start(), m.end(), when, "deadline", re.sub(r"\s", "", m[0]), True)


def _when(text: str, m: re.Match[str], date: datetime.date | None) -> When | None:
    word = re.sub(r"\s", "", m[0])
    before, after = text[max(0, m.start() - 6) : m.start()], text[m.end() : m.end() + 16]
    if m["period"]:
        told = re.search(r"[末底]|期|中叶|时", m[0])
        role = (
            "mention"
            if "以来" in m[0] or not (told or before.endswith("到")) or _MENTION_AFTER.match(after)
            else "deadline"
        )
        if re.search(r"(?:比|较)$", before):
            role = "baseline"
        return When(m.start(), m.end(), _periods()[m["name"]], role, word, True)
    if m["span"]:
        role = "mention" if re.match(r"\s?\)?\s?(?:》|规划)", after) or before.endswith("》(") else "deadline"
        return When(
            m.start(), m.end(), _iso(m["last"], m["month1"], m["day1"]), role, word, m["month1"] is not None
        )
    if m["within_year"]:
        return When(m.start(), m.end(), _iso(m["same"], m["month9"], m["day9"]), "deadline", word, True)
    if m["within"]:
        if before.endswith(("近", "过去", "前", "每", "第")) or "任" in before[-2:]:
            return None
        number = int(m["number"]) if m["number"].isdigit() else int(chinese_value(m["number"]) or 0)
        when = None
        if date is not None:
            months = date.year * 12 + date.month - 1 + (number * 12 if m["length"] == "年" else number)
            when = f"{months // 12}" if m["length"] == "年" else f"{months // 12}-{months % 12 + 1:02d}"
        if not re.search(
            r"(?:^|[,，。;；:：]|力争|争取|确保|在|用|未来|今后|计划)$", before
        ) and not re.match(r"[,，]|(?:全面|基本|完成|建成|实现|达到|力争)", after):
            return None
        if m["length"] == "个月" and not re.search(r"(?:^|[,，。;；])$", before):
            return None
        return When(m.start(), m.end(), when, "deadline", word, True)
    if m["today"]:
        if before.endswith(("每", "当")):
            return None
        return When(m.start(), m.end(), str(date.year) if date else None, "deadline", word, True)
    when = _iso(m["year"], m["month2"], m["day2"])
    fine = m["month2"] is not None or bool(re.search(r"学期|季|半年|初", m["tail"]))
    return When(m.start(), m.end(), when, _role(before, after, m["tail"] or "", bool(m["of"])), word, fine)


def _role(before: str, after: str, tail: str, of_year: bool) -> str:
    if before.endswith("》(") or _IN_FORCE.match(after) or _DONE_BY.match(after):
        return "mention"
    if _START_BEFORE.search(before) and _START_AFTER.match(after):
        return "start"
    share = re.match(r"\d[\d.]*\s?%", after.lstrip())
    if _BASE_AFTER.match(after) and not (share and _EDGE.search(before)):
        return "baseline"
    if _BASE_BEFORE.search(before) and not before.endswith(("不晚于", "不迟于")):
        return "baseline" if not (before.endswith("于") and tail) else "deadline"
    if _START_AFTER.match(after):
        return "start"
    due = tail.strip() and re.search(r"[前底末]", tail)
    issued = _MENTION_AFTER.match(after)
    if issued and not (
        due and _ISSUES.fullmatch(issued[0]) and after[issued.end() : issued.end() + 1] != "的"
    ):
        return "mention"  # 2023年底前印发… is due then; 2023年底印发的… was issued
    if re.match(r"[一-鿿]{2,10}?(?:行动方案|行动计划|规划纲要)", after) and not re.match(
        r"[一-鿿]{0,4}(?:完成|制定|出台|印发|编制|形成)", after
    ):
        return "mention"
    if due:
        return "deadline"
    if _DUE_BEFORE.search(before) or (_EDGE.search(before) and not of_year):
        return "deadline"
    if not of_year and sign_after("reach").match(after):
        return "deadline"  # 毛入园率2025年达到90%
    return "mention"


@lru_cache(maxsize=8192)
def read_deadline(text: str | None) -> str | None:
    """Return the date a cell or heading gives (2023年, 2022年3月底前, 长期坚持), or None.

    Examples
    --------
    >>> read_deadline("2022年4月底前"), read_deadline("长期坚持"), read_deadline("2018年3月—2018年9月")
    ('2022-04', '长期', '2018-09')
    """
    if not text:
        return None
    if re.search(r"长期|持续|常态", text):
        return LONG_TERM
    found = [w.when for w in find_dates(text) if w.when and w.role in ("deadline", "start")]
    return found[-1] if found else None
