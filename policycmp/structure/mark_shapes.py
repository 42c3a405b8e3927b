"""The shapes of numbers: what looks like the number of a part, and where.

第X章, 一、, （一）, 1., （1）, ①, 1.1, 专栏1, 第一阶段: each place that has one of these shapes
is a *candidate*, with the strength of its position. Whether it numbers a part is decided by
the sequence it would belong to (`policycmp.structure.numbering`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policycmp.structure.layout import Layout
from policycmp.text import Span, squeeze

__all__ = ["RANKS", "Candidate", "candidates", "chinese_number", "number_at"]

RANKS = {
    kind: rank
    for rank, kind in enumerate(
        (
            "part",
            "chapter",
            "section",
            "article",
            "cn",
            "cn_bracket",
            "stage",
            "box",
            "arabic",
            "decimal",
            "arabic_bracket",
            "circle",
        )
    )
}
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {
    "编": "part",
    "篇": "part",
    "部分": "part",
    "章": "chapter",
    "节": "section",
    "条": "article",
    "阶段": "stage",
}
_SINGLE = (
    ("⑴", "⒇", "arabic_bracket"),
    ("⒈", "⒛", "arabic"),
    ("㈠", "㈩", "cn_bracket"),
    ("①", "⑳", "circle"),
    ("❶", "❿", "circle"),
)

_C = "[一二三四五六七八九十百零〇]"
_MARK = re.compile(
    rf"第 ?(?P<ord>{_C}{{1,6}}|\d{{1,3}}) ?(?P<unit>编|篇|部分|章|节|条|阶段(?=[ :、,。(（]))(?P<after>[ :【(\n、]|(?![的之所和与及或至到、规款项第中前后])|$)"
    rf"|(?P<cn>{_C}(?:\s{{0,3}}{_C}){{0,3}}) ?(?:、|\.(?! ?\d)|,(?={_C}{{0,2}}[一-龥]))(?! ?{_C}{{1,2}}(?:[、,]|(?:年|类|级|次|产|是|批|期|线)))"
    rf"|\( ?(?P<cnb>{_C}(?:\s{{0,3}}{_C}){{0,3}}) ?\) ?[、.]?"
    r"|专 ?栏 ?(?P<box>\d{1,3}|[一二三四五六七八九十]{1,3})(?=[ :、.一-龥])"
    r"|(?P<dec>\d{1,2}(?:\.\d{1,2}){1,3})\.?(?=[ 、]{0,2}[一-龥“《])(?! ?[万亿千百倍个元吨亩米人名所家年月日度级分公平立小兆版])"
    r"|(?P<ar>\d{1,3}) ?(?:\.(?! ?\d)|、(?! ?\d{1,4}(?:、|[年月日号])))"
    r"|\( ?(?P<arb>\d{1,3}) ?\) ?[、.]?"
    r"|(?P<arh>\d{1,2})\) ?(?=[一-龥“《])"
    r"|(?P<one>[⑴-⒇⒈-⒛㈠-㈩①-⑳❶-❿])[、.]?"
    r"|(?P<bare>\d{1,2})(?= {0,2}[一-龥])(?![年月日个所万亿名人级类家项条次届户倍元亩吨])"
)
_FIRST = frozenset("第一二三四五六七八九十百专(0123456789") | frozenset(
    chr(c) for a, b, _ in _SINGLE for c in range(ord(a), ord(b) + 1)
)
_MIDDLE = re.compile(
    r"(?:[。;!?)”\"》〕:] {0,20}|(?<=[^ \n]) {2,60})(?=[第一二三四五六七八九十(\d⑴-⒇⒈-⒛㈠-㈩])"
)
_HEADED = re.compile(rf"[^。;:!?()\n\d]{{2,40}}?(?=\({_C}{{1,3}}\)|(?<![\d.])1[.、](?! ?\d))")


@dataclass(frozen=True, slots=True)
class Candidate:
    start: int
    end: int
    kind: str
    value: int
    strength: int
    """3 at the start of a paragraph, 2 of a line, 1 in its middle, 0 behind a heading without a full stop."""
    prefix: str = ""


def chinese_number(word: str) -> int:
    """Return the value of a numeral such as 二十三 or 105.

    Examples
    --------
    >>> chinese_number("二十三"), chinese_number("一百零五"), chinese_number("十")
    (23, 105, 10)
    """
    if word.isdigit():
        return int(word)
    total = digit = 0
    for char in word:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def _candidate(folded: str, at: int, strength: int) -> Candidate | None:
    match = _MARK.match(folded, at)
    if match is None:
        return None
    prefix = ""
    if match["unit"]:
        kind, value = _UNITS[match["unit"]], chinese_number(match["ord"])
        if kind == "article" and strength < 3 and not match["after"]:
            return None
    elif word := match["cn"] or match["cnb"] or match["box"]:
        kind = "cn" if match["cn"] else "cn_bracket" if match["cnb"] else "box"
        value = chinese_number(squeeze(word))
    elif match["dec"]:
        prefix, _, last = match["dec"].rpartition(".")
        kind, value = "decimal", int(last)
    elif match["one"]:
        low, kind = next((a, kind) for a, b, kind in _SINGLE if a <= match["one"] <= b)
        value = ord(match["one"]) - ord(low) + 1
    else:
        kind = "arabic" if match["ar"] or match["bare"] else "arabic_bracket"
        value = int(match["ar"] or match["bare"] or match["arb"] or match["arh"])
        prefix = "bare" if match["bare"] else ""
    return Candidate(match.start(), match.end(), kind, value, strength, prefix)


def number_at(folded: str, start: int, end: int) -> Span | None:
    """Return the span of the number a stretch of text begins with, None if it has none."""
    one = _candidate(folded, start, 3) if start < end and folded[start] in _FIRST else None
    return (one.start, one.end) if one and one.end < end and one.prefix != "bare" else None


def candidates(folded: str, layout: Layout, barred: Iterable[Span]) -> Iterator[Candidate]:
    """Yield what looks like a mark, in order."""
    paragraphs = frozenset(layout.starts)
    found: dict[int, Candidate] = {}
    for at in layout.lines:
        if folded[at] in _FIRST and (one := _candidate(folded, at, 3 if at in paragraphs else 2)):
            found[at] = one
    for lead in _MIDDLE.finditer(folded):
        at = lead.end()
        if at not in layout.lines and (one := _candidate(folded, at, 1)):
            after_colon = folded[lead.start()] == ":"
            if not (after_colon and RANKS[one.kind] > RANKS["cn"]):
                found[at] = one
    for one in list(found.values()):
        # 二、基本原则（一）聚集重点…: in a text without line breaks a heading may run into the first number below it.
        if RANKS[one.kind] < RANKS["arabic"]:
            head = _HEADED.match(folded, one.end)
            if head and head.end() not in found and folded[head.end() - 1] not in "第按照据款条及和、":
                below = _candidate(folded, head.end(), 0)
                if below and RANKS[below.kind] > RANKS[one.kind]:
                    found[head.end()] = below
    closed = iter((*sorted(barred), (len(folded) + 1, len(folded) + 1)))
    shut, opens = next(closed)
    decimals = sum(one.kind == "decimal" for one in found.values()) >= 3
    for at in sorted(found):
        while at >= opens:
            shut, opens = next(closed)
        if at < shut and (found[at].prefix != "bare" or decimals):
            yield found[at]
