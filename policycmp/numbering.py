"""Numbering: which marks of a text number its parts, and how deep.

A mark is a numeral in one of the shapes official documents use (第X章, 一、 （一） 1.
（1） ①). Whether it numbers a part or only looks so (2025.3, 1.5倍, 一、二、三产业) is
judged by where it stands and by the sequence: a mark at the start of a line may open or
continue any sequence, a mark in the middle of a line only the one that is due.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from policycmp.layout import Layout

__all__ = ["Mark", "chinese_number", "read_marks"]

_NUMERALS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
RANKS = ("part", "chapter", "section", "article", "cn", "cn_bracket", "arabic", "arabic_bracket", "circle")
_UNITS = {"编": "part", "篇": "part", "部分": "part", "章": "chapter", "节": "section", "条": "article"}

_C = "[一二三四五六七八九十百零〇]"
_MARK = re.compile(
    rf"第 ?(?P<ord>{_C}{{1,6}}|\d{{1,3}}) ?(?P<unit>编|篇|部分|章|节|条)(?=[ \n一-龥【:]|$)"
    rf"|(?P<cn>{_C}{{1,4}}) ?(?:、|\.(?!\d)|,)(?! ?{_C}{{1,2}}[、,])"
    rf"|\( ?(?P<cnb>{_C}{{1,4}}) ?\)、?"
    r"|(?P<ar>\d{1,3}) ?(?:\.(?! ?\d)|、(?!\d))"
    r"|\( ?(?P<arb>\d{1,3}) ?\)[、.]?"
    r"|(?P<arh>\d{1,2})\)"
    r"|(?P<circ>[①-⑳])"
)
_LEAD = re.compile(r"(?:^|(?<=[\n\r\t。;!?)”\"】 ])) *(?=[第一二三四五六七八九十(\d①-⑳])")


@dataclass(frozen=True, slots=True)
class Mark:
    """A numeral that numbers a part of the text."""

    start: int
    end: int
    kind: str
    value: int
    depth: int
    """How many marks are open above it."""

    def number(self, text: str) -> str:
        """Return the number as printed, without spaces."""
        return re.sub(r"\s", "", text[self.start : self.end])


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
            digit = _NUMERALS[char]
    return total + digit


def _candidates(folded: str, layout: Layout) -> list[tuple[int, int, str, int, bool]]:
    out: list[tuple[int, int, str, int, bool]] = []
    for lead in _LEAD.finditer(folded):
        match = _MARK.match(folded, lead.end())
        if not match or (out and out[-1][0] == match.start()):
            continue
        group = match.lastgroup or ""
        if group == "unit":
            kind, value = _UNITS[match["unit"]], chinese_number(match["ord"])
        elif group in ("cn", "cnb"):
            kind, value = {"cn": "cn", "cnb": "cn_bracket"}[group], chinese_number(match[group])
        elif group == "circ":
            kind, value = "circle", ord(match["circ"]) - ord("①") + 1
        else:
            kind, value = {"ar": "arabic", "arb": "arabic_bracket", "arh": "arabic_bracket"}[group], int(match[group])
        out.append((match.start(), match.end(), kind, value, match.start() in layout.lines))
    return out


def read_marks(folded: str, layout: Layout) -> tuple[Mark, ...]:
    """Return the marks that number parts of the text, in order."""
    marks: list[Mark] = []
    open_: list[tuple[str, int]] = []
    last: dict[str, int] = {}
    for start, end, kind, value, at_line in _candidates(folded, layout):
        rank = RANKS.index(kind)
        level = next((i for i, (k, _) in enumerate(open_) if k == kind), None)
        if level is None:
            level = next((i for i, (k, _) in enumerate(open_) if RANKS.index(k) > rank), len(open_))
            due = value == 1 or value == last.get(kind, 0) + 1
            fits = due or (at_line and value <= last.get(kind, 0) + 3)
        else:
            before = open_[level][1]
            due = value == before + 1
            fits = due or (at_line and (value in (1, before) or before < value <= before + 3))
        if not at_line:
            fits = due and kind not in ("circle", "arabic_bracket") and (value > 1 or rank <= RANKS.index("cn_bracket") or not open_)
        if not fits:
            continue
        del open_[level:]
        open_.append((kind, value))
        last[kind] = value
        marks.append(Mark(start, end, kind, value, level))
    return tuple(marks)
