"""Numerals as plans print them, with their place and value.

One scan over folded text finds Arabic numerals (with thousands commas and decimals),
Chinese numerals, percentages in words (百分之九十五), fractions (三分之二), tenths (九成五),
halves, doublings (翻一番), bandwidths (万兆到县), vague tens (上百, 数千) and bare powers of ten
where they bound a size (千人以上, 百户以下). A trailing 万 or 亿 is *not* part of
the value: plans print it with the unit (2万平方米), and so do we. What a numeral counts, and
whether it is a quantity at all (第三中学, 一体化), is decided by the readers of this list.

A bare Chinese numeral written by the rule (三百二十, 十二) is read here; what is written otherwise (三百二,
二〇二五, 二点五) is left to cn2an, which knows many ways and takes longer to load than a plan to read.
Everything around it is ours, since cn2an gives no offsets and refuses 百分之九十五, 九成五 and 半年.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["CHINESE_DIGITS", "Numeral", "chinese_value", "scan_numerals"]

CHINESE_DIGITS = "零〇一二两三四五六七八九十百千"
_DIGIT = "一二两三四五六七八九"
_PLAIN = r"\d{1,3}(?:,\d{3}){1,4}(?!\d)(?:\.\d+)?|\d{1,15}(?:\.\d{1,6})?"
_WORDS = f"[{CHINESE_DIGITS}]{{1,12}}(?:点[零〇{_DIGIT}]{{1,4}})?"

_SCAN = re.compile(
    rf"""
    # Every kind begins with one of these; without them each kind would be tried at every character.
    (?=[\d{CHINESE_DIGITS}万翻半过上近数几])
    (?:
      (?P<percent>(?P<of>[百千万])分之(?P<percent_n>{_PLAIN}|{_WORDS}))
    | (?P<fraction>(?P<below>[{_DIGIT}十]{{1,3}}|\d{{1,3}})分之(?P<above>[{_DIGIT}十]{{1,3}}|\d{{1,3}}))
    | (?P<tenths>(?P<tenth>[{_DIGIT}])成(?P<hundredth>[{_DIGIT}])?(?![不立为员套熟功群风气])(?:的)?(?=以上|以下|以内|左右|[，。；、,;)）的]|$))
    | (?P<doubled>翻(?P<times>[一两二三四])?番)
    | (?P<half>一半|半数|过半(?=数|[，。；、,;]|$))
    | (?P<vague>(?P<several>(?<![以之加会及])上(?!十)|(?<!附)近|(?<![人总个件次户])数|几)(?P<round>[十百千])(?![二三四五六七八九]))
    | (?P<bandwidth>(?P<mega>[百千万])兆(?=[到进入至接]|以上))
    | (?P<power>(?<![\d{CHINESE_DIGITS}万亿余多几数上近个每])(?<!\d\s)[百千万](?=[人户亩吨](?:口|次)?(?:\(含\)|及)?(?:以上|以下|以内)))
    | (?P<arabic>{_PLAIN})
    | (?P<half_unit>半(?=个?(?:月|学期|学年|小时|年|天|日)))
    | (?P<chinese>{_WORDS})
    )
    """,
    re.VERBOSE,
)
_ONES = "零一二三四五六七八九"
_NOT_ZERO = f"[{_ONES[1:]}]"
_BY_RULE = re.compile(
    rf"(?:(?P<thousands>{_NOT_ZERO})千(?:(?={_NOT_ZERO}百)|零(?!.百)|$))?"
    rf"(?:(?P<hundreds>{_NOT_ZERO})百(?:(?={_NOT_ZERO}十)|零(?={_NOT_ZERO}$)|$))?"
    rf"(?:(?P<tens>{_NOT_ZERO})?十)?(?P<ones>{_NOT_ZERO})?"
)
_PERIOD = re.compile(rf"十{_NOT_ZERO}{{2}}")
"""十四五 is the name of a period and no number."""
_ROUND = {"十": 10.0, "百": 100.0, "千": 1000.0, "万": 10000.0}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral in folded text: `low` and `high` are equal unless it is vague or two digits side by side."""

    start: int
    end: int
    low: float
    high: float
    style: str
    """arabic, chinese, percent, fraction, tenths, multiple, half, bandwidth, vague or power."""
    unit: str = ""
    """The unit the numeral brings with it: % for 百分之九十五, 倍 for 翻一番, 万兆 for a network."""
    approx: str = ""


@lru_cache(maxsize=4096)
def chinese_value(words: str) -> float | None:
    """Return the value of a bare Chinese numeral, or None where it is none (百 alone, 三五).

    Examples
    --------
    >>> chinese_value("三百二十"), chinese_value("两"), chinese_value("二点五")
    (320.0, 2.0, 2.5)
    """
    if words in ("半", "两"):
        return 0.5 if words == "半" else 2.0
    m = _BY_RULE.fullmatch(words) if words else None
    if m:
        digits = [_ONES.index(m[k] or "零") for k in ("thousands", "hundreds", "tens", "ones")]
        digits[2] = digits[2] or ("十" in words)
        return float(1000 * digits[0] + 100 * digits[1] + 10 * digits[2] + digits[3])
    if set(words) <= set(_ONES):
        return float("".join(str(_ONES.index(digit)) for digit in words))
    if _PERIOD.fullmatch(words) or set(words) <= set(_ROUND):
        return None  # 十四五, 百千
    import cn2an  # type: ignore[import-untyped]

    try:
        return float(cn2an.cn2an(words, "smart"))
    except (ValueError, KeyError, IndexError):  # 百十三: cn2an does not know what to make of it
        return None


def _value(text: str) -> float | None:
    return float(text.replace(",", "")) if text[0].isdigit() and text[0].isascii() else chinese_value(text)


def _numeral(m: re.Match[str]) -> Numeral | None:
    start, end, kind = m.start(), m.end(), m.lastgroup
    if m["percent"]:
        value = 100.0 if m["percent_n"] == "百" else _value(m["percent_n"])
        unit = {"百": "%", "千": "‰", "万": "‱"}[m["of"]]
        return None if value is None else Numeral(start, end, value, value, "percent", unit)
    if m["fraction"]:
        below, above = _value(m["below"]), _value(m["above"])
        if not below or above is None:
            return None
        share = round(100 * above / below, 6)
        return Numeral(start, end, share, share, "fraction", "%")
    if m["tenths"]:
        share = 10 * (chinese_value(m["tenth"]) or 0) + (
            chinese_value(m["hundredth"] or "") or 0 if m["hundredth"] else 0
        )
        return Numeral(
            start, m.end("hundredth") if m["hundredth"] else m.start("tenth") + 2, share, share, "tenths", "%"
        )
    if m["doubled"]:
        factor = 2.0 ** (chinese_value(m["times"]) or 1 if m["times"] else 1)
        return Numeral(start, end, factor, factor, "multiple", "倍")
    if m["half"]:
        return Numeral(start, end, 50.0, 50.0, "half", "%")
    if m["vague"]:
        base = _ROUND[m["round"]]
        if m["several"] in "上近":
            return Numeral(start, end, base, base, "vague", "", m["several"])
        return Numeral(start, end, base, base * 10, "vague", "", m["several"])
    if m["power"]:
        return Numeral(start, end, _ROUND[m[0]], _ROUND[m[0]], "power")
    if m["bandwidth"]:
        return Numeral(start, end, 1.0, 1.0, "bandwidth", f"{m['mega']}兆")
    if m["half_unit"]:
        return Numeral(start, end, 0.5, 0.5, "half")
    if kind == "arabic":
        value = _value(m[0])
        return None if value is None else Numeral(start, end, value, value, "arabic")
    words = m["chinese"]
    if len(words) == 2 and words[0] in _DIGIT and words[1] in _DIGIT and words != "两两":
        low, high = chinese_value(words[0]), chinese_value(words[1])
        if low is not None and high is not None and high - low in (1.0, 2.0):
            return Numeral(start, end, low, high, "chinese", "", "two_digits")
    value = chinese_value(words)
    return None if value is None else Numeral(start, end, value, value, "chinese")


def scan_numerals(text: str) -> Iterator[Numeral]:
    """Yield every numeral of folded `text`, left to right.

    Examples
    --------
    >>> [(n.low, n.unit, n.style) for n in scan_numerals("三分之二以上的村, 百分之九十五, 九成五")]
    [(66.666667, '%', 'fraction'), (95.0, '%', 'percent'), (95.0, '%', 'tenths')]
    """
    for m in _SCAN.finditer(text):
        numeral = _numeral(m)
        if numeral is not None:
            yield numeral
