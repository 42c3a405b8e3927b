"""Numerals that are no quantities: dates, ordinals, numbers of documents, and parts of words.

2025年, 第三中学, 〔2022〕74号, PM2.5, 5G, 一体化, 上一年, 五个百 and 十九届 hold numerals that count
nothing. What is left may still be a name (四个清单); that is judged by `policycmp.targets.commitment`.
"""

from __future__ import annotations

import re

from policycmp.targets.numerals import Numeral
from policycmp.targets.units import Unit, match_unit

__all__ = ["counts", "is_no_number"]

_ORDINAL_BEFORE = re.compile(r"第\s?$")
_DATE = re.compile(r"\s?(?:年(?!级|均|度增|以上|以下|以内|内|之内)|年度|/\d|-\d{1,2}-\d)")
_IN_WORD_BEFORE = re.compile(
    r"(?:(?:GB|DB|PM|ISO|JGJ|CJJ|HJ)(?:/T)?\s?|[A-Za-z][-.]?|[〔\[(（](?:19|20)\d\d[〕\])）]第?|[#№])$"
)
_DOCUMENT_AFTER = re.compile(r"\s?(?:号|〔|\[|版(?![块])|届|[+＋]|\.\d)")
_YEAR_SET = re.compile(r"(?:\d{4}\s?年?\s?[-—~至、和]\s?)$")
_MONTH = re.compile(r"\s?月(?!球|饼)")
_DAY = re.compile(r"\s?日(?!均|产|处理|供)")
_OF_MONTH = re.compile(r"月\s?$")
_TO_YEAR = re.compile(r"\s?(?:-|—|~|至|、|和)\s?\d{4}\s?年")
_CLOCK = re.compile(r"\s?(?:时|点)(?!段)")
_LETTERS = re.compile(r"[A-Za-z]")
_TURN = re.compile(r"一(?:年|届|级|步|轮|次|阶段|学|个|周|季|月|任|环|层)")
_COUNTING_ON = re.compile(r"(?:星期|礼拜|[统唯万初周第十零一二三四五六七八九])$")
_ORDER = re.compile(r"(?:月(?!龄)|体化|五(?:时期|期间|规划|末)|[号届])")
_IDIOM = re.compile(
    r"(?:[一二三四五六七八九十]天(?!内|前|以|之|左)|一(?:大|方面|片|面|度|定|时|点|块|组|对|道|口|头|堂|股|线|张|份子|分|班|首|字|班人|户一|名不|位一)"
    r"|[一二三四五六七八九十]分(?!钟)|[一两二三四五六七八九十]方|[一二三四五六七八九]度|百姓|一区|一县|一市|一村|一镇|一乡)"
)


def counts(text: str, n: Numeral, unit: Unit, end: int) -> bool:
    """Whether a Chinese numeral with this unit counts at all."""
    words = text[n.start : n.end]
    if unit.dimension == "bandwidth" or unit.text in (
        "T",
        "M",
        "t",
        "g",
        "m",
        "h",
        "L",
        "W",
        "升",
        "方",
        "市",
        "县",
        "区",
        "县",
        "村",
        "分",
    ):
        return False
    if set(words) <= set("百千万亿零〇"):
        return False
    return not (_IDIOM.match(text, n.start) or (unit.text == "年" and words in "零〇"))


def is_no_number(text: str, n: Numeral) -> bool:
    """Return whether a numeral is a date, an ordinal, a document's number or part of a word.

    Examples
    --------
    >>> from policycmp.targets.numerals import scan_numerals
    >>> [is_no_number("第三中学2025年新建5所", n) for n in scan_numerals("第三中学2025年新建5所")]
    [True, True, False]
    """
    before, after = text[max(0, n.start - 8) : n.start], text[n.end : n.end + 6]
    if _ORDINAL_BEFORE.search(before) or _IN_WORD_BEFORE.search(before) or _DOCUMENT_AFTER.match(after):
        return True
    if n.style == "arabic":
        digits = text[n.start : n.end]
        if digits.isdigit() and len(digits) == 4 and 1900 <= n.low <= 2100 and _DATE.match(after):
            return True
        if _MONTH.match(after) or (_DAY.match(after) and _OF_MONTH.search(before)):
            return True
        if len(digits) == 4 and _TO_YEAR.match(after):
            return True
        if _YEAR_SET.search(before) and len(digits) == 4 and 1900 <= n.low <= 2100:
            return True
        return bool(_CLOCK.match(after)) or bool(_LETTERS.match(after) and not match_unit(text, n.end))
    if n.style == "chinese":
        if after.startswith(("次性", "手", "样")) or _COUNTING_ON.search(before):
            return True
        if before.endswith(("上", "下", "前", "同", "另", "某")) and _TURN.match(text, n.start):
            return True
        return _ORDER.match(after) is not None
    return False
