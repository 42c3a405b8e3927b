"""Numbering: which numerals number a part of the text, and how deep.

A *mark* is a numeral in one of the shapes official documents use: 第X章, 一、, （一）, 1.,
（1）, ①, 1.1, 专栏1. Whether a numeral numbers a part or only looks so (2025.3, 1.5倍,
一、二、三产业, 第三条规定) is judged by where it stands and by the sequence it would
belong to. At the start of a paragraph it may open a sequence, continue one (a number may
be missing or doubled), or run on from an earlier section. At the start of a wrapped line,
after a full stop in the middle of a line, or behind a heading without any mark of its own
it must be the very number that is due; and a sequence that opens in the middle of a line
must go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policycmp.layout import Layout
from policycmp.text import Span

__all__ = ["Mark", "chinese_number", "number_at", "read_marks"]

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
            "box",
            "arabic",
            "decimal",
            "arabic_bracket",
            "circle",
        )
    )
}
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"编": "part", "篇": "part", "部分": "part", "章": "chapter", "节": "section", "条": "article"}
_SINGLE = (
    ("⑴", "⒇", "arabic_bracket"),
    ("⒈", "⒛", "arabic"),
    ("㈠", "㈩", "cn_bracket"),
    ("①", "⑳", "circle"),
    ("❶", "❿", "circle"),
)

_C = "[一二三四五六七八九十百零〇]"
_MARK = re.compile(
    rf"第 ?(?P<ord>{_C}{{1,6}}|\d{{1,3}}) ?(?P<unit>编|篇|部分|章|节|条)(?P<after>[ :【(\n、]|(?![的之所和与及或至到、规款项第中前后])|$)"
    rf"|(?P<cn>{_C}{{1,4}}) ?(?:、|\.(?! ?\d)|,(?={_C}{{0,2}}[一-龥]))(?! ?{_C}{{1,2}}(?:[、,]|(?:年|类|级|次|产|是|批|期|线)))"
    rf"|\( ?(?P<cnb>{_C}{{1,4}}) ?\) ?[、.]?"
    r"|专 ?栏 ?(?P<box>[\d一二三四五六七八九十]{1,3})(?=[ :、.一-龥])"
    r"|(?P<dec>\d{1,2}(?:\.\d{1,2}){1,3})\.?(?=[ 、]{0,2}[一-龥“《])(?! ?[万亿千百倍个元吨亩米人名所家年月日度级分公平立小兆版])"
    r"|(?P<ar>\d{1,3}) ?(?:\.(?! ?\d)|、(?! ?\d{1,4}(?:、|[年月日号])))"
    r"|\( ?(?P<arb>\d{1,3}) ?\) ?[、.]?"
    r"|(?P<arh>\d{1,2})\) ?(?=[一-龥“《])"
    r"|(?P<one>[⑴-⒇⒈-⒛㈠-㈩①-⑳❶-❿])[、.]?"
    r"|(?P<bare>\d{1,2})(?= {1,2}[一-龥])"
)
_FIRST = frozenset("第一二三四五六七八九十百专(0123456789") | frozenset(
    chr(c) for a, b, _ in _SINGLE for c in range(ord(a), ord(b) + 1)
)
_MIDDLE = re.compile(r"(?:[。;!?)”\"》〕:] {0,20}|(?<=[^ \n]) {2,60})(?=[第一二三四五六七八九十(\d])")
_HEADED = re.compile(rf"[^。;:!?()\n\d]{{2,40}}?(?=\({_C}{{1,3}}\)|(?<![\d.])1[.、](?! ?\d))")


@dataclass(frozen=True, slots=True)
class Mark:
    """A numeral that numbers a part of the text."""

    start: int
    end: int
    kind: str
    value: int
    depth: int
    """How many marks are open above it."""
    remark: str = ""
    """missing, doubled: what is odd about the sequence here."""


@dataclass(frozen=True, slots=True)
class _Candidate:
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


def _candidate(folded: str, at: int, strength: int) -> _Candidate | None:
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
        value = chinese_number(word)
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
    return _Candidate(match.start(), match.end(), kind, value, strength, prefix)


def number_at(folded: str, start: int, end: int) -> Span | None:
    """Return the span of the number a stretch of text begins with, None if it has none."""
    one = _candidate(folded, start, 3) if start < end and folded[start] in _FIRST else None
    return (one.start, one.end) if one and one.end < end and one.prefix != "bare" else None


def _candidates(folded: str, layout: Layout, barred: Iterable[Span]) -> Iterator[_Candidate]:
    """Yield what looks like a mark, in order."""
    paragraphs = frozenset(layout.starts)
    found: dict[int, _Candidate] = {}
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


def _fits(one: _Candidate, before: int | None, last: int, ahead: bool) -> tuple[bool, str]:
    """Say whether a candidate numbers a part; `before` is the value open at its level, `last` the latest of its kind."""
    if before is None:
        due = one.value in (1, last + 1)
        if one.strength == 3:
            opens = one.kind in ("part", "chapter", "section", "article", "cn", "cn_bracket")
            return due or last < one.value <= last + 3 or (opens and last == 0), "" if due else "missing"
        return due and (one.value > 1 or one.strength != 1 or ahead), ""
    if one.value == before + 1:
        return True, ""
    if one.strength < 3:
        return one.strength == 2 and one.value == 1 and ahead, ""
    if one.value in (1, before):
        return True, "" if one.value == 1 else "doubled"
    if before < one.value <= before + 3:
        return True, "missing"
    return one.kind in ("cn", "cn_bracket", "article") and abs(one.value - before) <= 5, "order"


def read_marks(
    folded: str, layout: Layout, barred: Iterable[Span] = (), restarts: Iterable[int] = ()
) -> tuple[Mark, ...]:
    """Return the marks that number parts of the text, in order.

    Nothing in `barred` (a table of contents, a list of annexes) is a mark; at each of `restarts`
    (an annex begins) all sequences end.

    Examples
    --------
    >>> from policycmp.layout import read_layout
    >>> text = "一、目标\\n到2025.3万人，增长1.5倍。\\n二、任务\\n（一）办学。（二）育人。"
    >>> [text[m.start : m.end] for m in read_marks(text.translate({65288: 40, 65289: 41}), read_layout(text))]
    ['一、', '二、', '（一）', '（二）']
    """
    marks: list[Mark] = []
    open_: list[tuple[str, int, str]] = []
    last: dict[str, int] = {}
    fresh = iter((*sorted(restarts), len(folded) + 1))
    restart = next(fresh)
    found = list(_candidates(folded, layout, barred))
    follows: dict[tuple[str, int], int] = {}
    ahead = [False] * len(found)
    for at in range(len(found) - 1, -1, -1):
        one = found[at]
        ahead[at] = follows.get((one.kind, one.value + 1), -1) >= 0
        follows[one.kind, one.value] = at
    for at, one in enumerate(found):
        while one.start >= restart:
            open_, last = [], {}
            restart = next(fresh)
        if marks and one.start < marks[-1].end:
            continue
        if one.kind == "decimal":
            level = _decimal_level(one, open_)
            if level is None:
                continue
            fits, remark = True, ""
        else:
            rank = RANKS[one.kind]
            same = next((i for i, (kind, _, _) in enumerate(open_) if kind == one.kind), None)
            level = (
                same
                if same is not None
                else next((i for i, o in enumerate(open_) if RANKS[o[0]] > rank), len(open_))
            )
            fits, remark = _fits(
                one, None if same is None else open_[same][1], last.get(one.kind, 0), ahead[at]
            )
        if not fits:
            continue
        del open_[level:]
        name = f"{one.prefix}.{one.value}" if one.kind == "decimal" else str(one.value)
        open_.append((one.kind, one.value, name))
        last[one.kind] = one.value
        marks.append(Mark(one.start, one.end, one.kind, one.value, level, remark))
    return tuple(marks)


def _decimal_level(one: _Candidate, open_: list[tuple[str, int, str]]) -> int | None:
    """Return where 2.3 belongs: below 2 as its next part, or nowhere."""
    for at, (_, _, name) in enumerate(open_):
        if name == one.prefix:
            below = open_[at + 1] if at + 1 < len(open_) else None
            due = 1 if below is None or below[0] != "decimal" else below[1] + 1
            return at + 1 if one.value == due else None
    return None
