"""Quantities: a numeral, what it is counted in, and how it bounds.

The reader goes once over the numerals of a text. Each takes the unit that follows it, is
joined to its neighbour where they make a range (3-5名, 50%—70%, 三至六年) or a ratio (1:19),
and is given the comparator printed before it (不低于, 至少 … up to a clause's length away) or
after it (以上, 以内, 左右). Dates, numbers of articles and documents, ordinals, and numerals
inside words (一体化, 四有) are not quantities and are left out; whether a quantity is a
commitment is for `policycmp.targets` to say.

Values stay as printed: ``low`` 93 for 93%以上, 2 with unit 万平方米 for 2万平方米. A bound that is
open is None: >= has no ``high``, <= no ``low``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from policycmp.numerals import Numeral, scan_numerals
from policycmp.tables import read_table
from policycmp.text import fold
from policycmp.units import Unit, match_unit, unit_names

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


@dataclass(frozen=True, slots=True)
class _Comparator:
    comparator: str
    strict: bool
    floats: bool


@cache
def _words(place: str) -> dict[str, _Comparator]:
    return {
        row["word"]: _Comparator(row["comparator"], row["strict"] == "1", row["floats"] == "1")
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


_RANGE = re.compile(r"\s?(?:-|—{1,2}|~|至|到|或者?)\s?")
_BOTH = re.compile(r"(?:及|\(含\))?以上[、,]?\s?(?=[\d一二两三四五六七八九十])")
_RATIO = re.compile(r"\s?[:比∶]\s?(?=\d)")
_MORE = re.compile(r"(?:余|多|几)(?!种形式|渠道|元化|主体|媒体|层次|部门|样|方|维|校|点|能)")
_PER_100K = re.compile(r"\s?/\s?(?:10|十)\s?万")
_OTHER_UNIT = re.compile(r"\((?P<unit>[一-鿿]{1,3})\)")
_ORDINAL_BEFORE = re.compile(r"第\s?$")
_DATE = re.compile(r"\s?(?:年(?!级|均|度增|以上|以下|以内|内|之内)|年度|/\d|-\d{1,2}-\d)")
_IN_WORD_BEFORE = re.compile(
    r"(?:(?:GB|DB|PM|ISO|JGJ|CJJ|HJ)(?:/T)?\s?|[A-Za-z][-.]?|[〔\[(（](?:19|20)\d\d[〕\])）]第?|[#№])$"
)
_DOCUMENT_AFTER = re.compile(r"\s?(?:号|〔|\[|版(?![块])|届|[+＋]|\.\d)")
_YEAR_SET = re.compile(r"(?:\d{4}\s?年?\s?[-—~至、和]\s?)$")
_PER_NUMBER = re.compile(r"(?:每隔?|平均每)\s?$")


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return every quantity in `text`, left to right, with offsets into it.

    Examples
    --------
    >>> [(q.low, q.high, q.unit, q.comparator) for q in find_quantities("班额不超过50人，培育3-5名名师，面积2万平方米")]
    [(None, 50.0, '人', '<='), (3.0, 5.0, '名', 'range'), (2.0, 2.0, '万平方米', '=')]
    """
    folded = fold(text)
    numerals = list(scan_numerals(folded))
    found: list[Quantity] = []
    at = 0
    while at < len(numerals):
        quantity, used = _read(folded, numerals, at, found[-1].end if found else 0)
        at += used
        if quantity is not None:
            found.append(quantity)
            while at < len(numerals) and numerals[at].start < quantity.end:
                at += 1  # the 10 of 14.5/10万
    return tuple(found)


def _read(text: str, numerals: list[Numeral], at: int, last: int) -> tuple[Quantity | None, int]:
    """Return the quantity that begins with numeral `at` and how many numerals it took."""
    first = numerals[at]
    second = numerals[at + 1] if at + 1 < len(numerals) else None
    if _is_name_or_date(text, first):
        return None, 1
    if second is not None and first.style == "arabic" == second.style:
        sign = _RATIO.match(text, first.end)
        if sign and _RATIO.match(text, second.end):
            return None, 2  # 4:3:2:1
        if sign and sign.end() == second.start and not _clock(text, first, second):
            ratio = Unit(":1" if second.low == 1 else f"{first.low:g}:", "比", "ratio", 1.0, "ratio")
            value = first.low / second.low if second.low and second.low != 1 and first.low != 1 else first.low
            if first.low == 1 and second.low != 1:
                value, ratio = second.low, Unit("1:", "比", "ratio", 1.0, "ratio")
            return _finish(text, first, second.end, value, value, ratio, last), 2
    unit = _unit_of(text, first)
    end = unit[1] if unit else first.end
    if second is not None:
        sign = (
            _RANGE.match(text, end)
            or (_BOTH.match(text, end) if unit else None)
            or (_RANGE.match(text, first.end) if unit else None)
        )
        if sign and sign.end() == second.start:
            joined = _join(text, first, unit, second)
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
    if found is None or (n.style == "chinese" and not _counts(text, n, *found)):
        return None
    other = _OTHER_UNIT.match(text, found[1])
    if other and other["unit"] in unit_names():
        return found[0], other.end()  # 5000套(间)
    return found


# What a Chinese numeral and these units make is a word more often than a quantity.
_SCHOOLING = re.compile(r"年(?:级|制|一贯|义务|行动|规划|计划|发展|攻坚|提升|大计|来|以来)")
_IDIOM = re.compile(
    r"(?:[一二三四五六七八九十]天(?!内|前|以|之|左)|一(?:大|方面|片|面|度|定|时|点|块|组|对|道|口|头|堂|股|线|张|份子|分|班|首|字|班人|户一|名不|位一)"
    r"|[一二三四五六七八九十]分(?!钟)|[一两二三四五六七八九十]方|[一二三四五六七八九]度|百姓|一区|一县|一市|一村|一镇|一乡)"
)


def _counts(text: str, n: Numeral, unit: Unit, end: int) -> bool:
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


def _join(
    text: str, first: Numeral, unit: tuple[Unit, int] | None, second: Numeral
) -> tuple[float, float, Unit, int] | None:
    other = _unit_of(text, second)
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


def _is_name_or_date(text: str, n: Numeral) -> bool:
    before, after = text[max(0, n.start - 8) : n.start], text[n.end : n.end + 6]
    if _ORDINAL_BEFORE.search(before) or _IN_WORD_BEFORE.search(before) or _DOCUMENT_AFTER.match(after):
        return True
    if n.style == "arabic":
        digits = text[n.start : n.end]
        if digits.isdigit() and len(digits) == 4 and 1900 <= n.low <= 2100 and _DATE.match(after):
            return True
        if re.match(r"\s?月(?!球|饼)", after) or (
            re.match(r"\s?日(?!均|产|处理|供)", after) and re.search(r"月\s?$", before)
        ):
            return True
        if re.match(r"\s?(?:-|—|~|至|、|和)\s?\d{4}\s?年", after) and len(digits) == 4:
            return True
        if _YEAR_SET.search(before) and len(digits) == 4 and 1900 <= n.low <= 2100:
            return True
        return bool(re.match(r"\s?(?:时|点)(?!段)", after)) or bool(
            re.match(r"[A-Za-z]+[一-鿿]?", after) and not match_unit(text, n.end)
        )
    if n.style == "chinese":
        if re.match(r"次性|手|样", after):
            return True
        if re.search(r"[上下前同另某]$", before) and re.match(
            r"一(?:年|届|级|步|轮|次|阶段|学|个|周|季|月|任|环|层)", text[n.start : n.start + 3]
        ):
            return True
        if re.search(r"[第十]$|(?:星期|礼拜|统|唯|万|初|周|[零一二三四五六七八九])$", before):
            return True
        return bool(re.match(r"(?:月(?!龄)|体化|五(?:时期|期间|规划|末)|[号届])", after))
    return False


def _finish(text: str, n: Numeral, end: int, low: float, high: float, unit: Unit, last: int) -> Quantity:
    comparator, strict, approx, left, right, of = "=", False, n.approx, n.start, end, ""
    window = max(last, n.start - 12)
    before = _before().search(text, window, n.start)
    after = _after().match(text, end)
    if n.style == "half" and text.startswith("过半", n.start):
        comparator, strict = ">=", True
    if after and after["word"] == "内" and unit.kind not in ("duration", "count"):
        after = None
    more = _MORE.match(text, n.end) or _MORE.match(text, end)
    if before and before["word"] == "近" and unit.kind == "duration":
        before = None
    if after:
        word = _words("after")[after["word"]]
        comparator, strict, right = word.comparator, word.strict, after.end()
        if word.comparator == "approx":
            approx = after["word"]
        if before:
            left = before.start()
            if _words("before")[before["word"]].comparator == "approx":
                approx = before["word"]
    elif before:
        word = _words("before")[before["word"]]
        comparator, strict, left = word.comparator, word.strict, before.start()
        if word.comparator == "approx":
            approx = before["word"]
    else:
        far = _far(text, n.start, last, unit)
        if far is not None:
            comparator, strict = far[0].comparator, far[0].strict
            if far[2]:
                left, of = far[1], far[2]
    if more:
        approx, right = more[0], max(right, more.end())
        comparator = ">=" if comparator == "=" else comparator
    if n.style == "vague" and comparator == "=":
        comparator = "approx"
    if comparator == "=" and low != high:
        comparator = "range"
    out_low: float | None = low
    out_high: float | None = high
    if comparator == ">=" and low == high:
        out_high = None
    elif comparator == "<=" and low == high:
        out_low = None
    elif comparator in (">=", "<=") and low != high:
        comparator = "range"
    return Quantity(
        n.start, end, out_low, out_high, unit.text, unit.dimension, unit.factor, comparator, strict,
        unit.per, n.style, approx, unit.kind, unit.heads, unit.loose, left, right, of,
    )  # fmt: skip


def _far(text: str, start: int, last: int, unit: Unit) -> tuple[_Comparator, int, str] | None:
    """A comparator some words before the number: where it begins, and the base of a share between them.

    至少组织开展一次 is bounded by 至少; 不低于公用经费预算总额5% by 不低于, and 公用经费预算总额 is the base.
    """
    begin = max(last, start - 30, *(text.rfind(c, max(0, start - 30), start) + 1 for c in "，。；、,;:"))
    words = list(_floating().finditer(text, begin, start))
    if not words:
        return None
    word, found = words[-1][0], _words("before")[words[-1][0]]
    gap = text[words[-1].end() : start]
    if word in ("至少", "最少", "起码", "最多", "至多"):
        return (found, words[-1].start(), "") if len(gap) <= 14 else None
    share = unit.dimension == "percent" or unit.kind == "multiplier"
    if not share or re.search(r"达到|的.{0,12}(?:率|占比|比例)", gap):
        return None
    return found, words[-1].start(), gap.strip().removesuffix("的")


def _bare(text: str, n: Numeral, last: int) -> Quantity | None:
    """A number without a unit: a coefficient that is bounded or reached (差异系数不高于0.50)."""
    if n.style != "arabic" or re.match(r"\s?[一-鿿A-Za-z(+]", text[n.end : n.end + 2]):
        after = _after().match(text, n.end) if n.style == "arabic" else None
        if after is None:
            return None
    before = text[max(0, n.start - 6) : n.start]
    if not (
        _before().search(text, max(last, n.start - 12), n.start)
        or re.search(r"(?:达到?|[降提升]?[至到]|为)\s?$", before)
    ):
        return None
    if len(text[n.start : n.end]) == 4 and 1900 <= n.low <= 2100 and n.low == int(n.low):
        return None
    return _finish(text, n, n.end, n.low, n.high, Unit("", "", "number", 1.0, "threshold"), last)
