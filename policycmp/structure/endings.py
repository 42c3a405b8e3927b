"""Where the body of a document ends: annexes, signatures, notes, contents, the website's footer.

Official documents close in a fixed order: the list of annexes, the signature (issuers and
date), notes in brackets, copies (抄送), then the annexes themselves, each with a title of
its own and often numbered afresh; a saved web page adds its footer. A table of contents
stands before the body and repeats its headings. None of these is a clause.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, partial

from policycmp.structure.layout import Layout
from policycmp.tables import words_of
from policycmp.text import Span

__all__ = ["Endings", "Part", "read_endings"]

_NUMERAL = "[0-9一二三四五六七八九十]"
_ANNEX = re.compile(rf"附 ?(?:件|表|录|图) ?(?P<no>{_NUMERAL}{{0,2}}) ?(?P<colon>:?) *(?P<rest>.*)", re.S)
_NUMBERED = re.compile(r"\d{1,2} ?[.、](?!\d)")
_DAY = r"(?:\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|[一二][〇○零oO0九][〇○零oO一二三四五六七八九0]{2} ?年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
_DATE = re.compile(rf"{_DAY}(?: ?印发| ?\([^()]{{2,20}}\))?|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}")
_ISSUED = re.compile(rf"[^。;:]{{4,30}} {{1,30}}{_DAY} ?印发|[^。;:]{{4,30}}{_DAY}印发")
_GLUED = re.compile(rf"(?<=[。)])(?P<signer>[^。;,:()]{{4,60}}?){_DAY}(?: ?\([^()]{{2,20}}\))?$")
_CONTENTS = re.compile(r"目 *录|目 *次")
_LEADER = re.compile(r"(?<![\s.·…—])[\s.·…—]+\d{0,4}$")
_words = partial(words_of, "ending_words")


@cache
def _signer() -> re.Pattern[str]:
    return re.compile(rf"(?:[^。;,:!?、()]{{1,30}}(?:{_words('signer')}) *){{1,3}}")


@cache
def _glued_footer() -> re.Pattern[str]:
    fact = rf"(?:{_words('site_fact')})"
    return re.compile(rf"(?<=[。)])(?:{_words('site')}) ?:[^。]{{0,160}}{fact}[^。]{{0,160}}$")


@cache
def _note() -> re.Pattern[str]:
    return re.compile(rf"\((?:{_words('note')})[^()]{{0,60}}\)")


@cache
def _copies() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words('copies')}) ?:")


@cache
def _contact() -> re.Pattern[str]:
    return re.compile(rf"\(?(?:{_words('contact')})(?:及[一-龥]{{2,6}})? ?:")


@cache
def _footer() -> re.Pattern[str]:
    return re.compile(_words("footer"))


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that is no clause, and why."""

    start: int
    end: int
    reason: str
    """annex_list, annex, signature, note, copies, contact, footer, contents, title, preamble."""


@dataclass(frozen=True, slots=True)
class Endings:
    """What was found on the way: where no numbers count, where annexes begin."""

    contents: tuple[Span, ...]
    lists: tuple[Span, ...]
    annexes: tuple[int, ...]
    """Where an annex begins, in order; numbering starts afresh there."""

    def annex_between(self, start: int, end: int) -> bool:
        """Say whether an annex begins after `start` and not after `end`."""
        return bisect_right(self.annexes, start) < bisect_right(self.annexes, end)

    def listed(self, index: int) -> bool:
        """Say whether `index` lies in a list of annexes."""
        at = bisect_right(self.lists, index, key=lambda span: span[0]) - 1
        return at >= 0 and self.lists[at][0] <= index < self.lists[at][1]


def _plain(text: str) -> str:
    return re.sub(r"[\s.·…]", "", _LEADER.sub("", text))


def _contents(folded: str, layout: Layout) -> list[Span]:
    paragraphs = layout.paragraphs
    for at, (start, end) in enumerate(paragraphs[:80]):
        if not _CONTENTS.fullmatch(folded, start, end) or at + 2 >= len(paragraphs):
            continue
        first = _plain(folded[slice(*paragraphs[at + 1])])
        for upto in range(at + 2, min(at + 400, len(paragraphs))):
            a, b = paragraphs[upto]
            if _plain(folded[a:b]) == first or "。" in folded[a:b]:
                return [(start, paragraphs[upto - 1][1])]
    return []


def read_endings(folded: str, layout: Layout) -> Endings:
    """Find tables of contents, lists of annexes and the beginnings of annexes."""
    lists: list[Span] = []
    annexes: list[int] = []
    paragraphs = layout.paragraphs
    at = 0
    while at < len(paragraphs):
        start, end = paragraphs[at]
        at += 1
        if folded[start] != "附":
            continue
        match = _ANNEX.match(folded, start, end)
        if not match or (not match["no"] and not match["colon"] and match["rest"].strip()):
            continue
        rest = match["rest"].strip()
        if not rest and at < len(paragraphs):
            annexes.append(start)
            continue
        if len(rest) > 200 or "。" in rest[:-1]:
            continue
        stop = end
        expected = 2
        while at < len(paragraphs) and paragraphs[at][1] - paragraphs[at][0] <= 80:
            number = _NUMBERED.match(folded, paragraphs[at][0])
            if not number or int(re.sub(r"\D", "", number.group())) != expected:
                break
            expected += 1
            stop = paragraphs[at][1]
            at += 1
        while (
            folded.count("(", start, stop) > folded.count(")", start, stop)
            and at < len(paragraphs)
            and paragraphs[at][1] - stop < 40
        ):
            stop = paragraphs[at][1]
            at += 1
        follows = folded[slice(*paragraphs[at])] if at < len(paragraphs) else ""
        opens = bool(re.match(r"(?:一、|\(一\)|1[.、]|第一[章条])|[^。]{0,80}。", follows)) and not _is_close(
            follows
        )
        if match["no"] and expected == 2 and opens:
            annexes.append(start)
        else:
            lists.append((start, stop))
    return Endings(tuple(_contents(folded, layout)), tuple(lists), tuple(annexes))


def _is_close(paragraph: str) -> bool:
    return bool(
        _DATE.fullmatch(paragraph) or _signer().fullmatch(paragraph) or _note().fullmatch(paragraph) or _footer().match(paragraph)
        or _copies().match(paragraph) or _contact().match(paragraph) or paragraph.startswith("附件")
    )  # fmt: skip


def _word(folded: str, span: Span, endings: Endings, *, last: bool) -> str | None:
    """Return what a paragraph after the body is, None if it may still be body."""
    start, end = span
    if endings.listed(start):
        return "annex_list"
    if endings.annex_between(start - 1, start):
        return "annex"
    if _DATE.fullmatch(folded, start, end) or _ISSUED.fullmatch(folded, start, end):
        return "signature"
    if end - start <= 80 and _note().fullmatch(folded, start, end):
        return "note"
    if _copies().match(folded, start, end):
        return "copies"
    if end - start <= 120 and _contact().match(folded, start, end):
        return "contact"
    if last and end - start <= 160 and _footer().match(folded, start, end):
        return "footer"
    return None


def close(folded: str, layout: Layout, endings: Endings, start: int, end: int, *, last: bool) -> list[Part]:
    """Return what stands between the last clause's text, which begins at `start`, and `end`.

    `last` says that no numbered part follows; else an annex or a second document begins before `end`.
    """
    paragraphs = layout.within(start, end)
    if not paragraphs or paragraphs[0][0] > start:
        paragraphs = ((start, min(layout.paragraph(start)[1], end)), *paragraphs)
    words = [None, *(_word(folded, span, endings, last=last) for span in paragraphs[1:])]
    for at, word in enumerate(words):
        if word == "signature":
            back = at - 1
            while back > 0 and words[back] is None and _signer().fullmatch(folded, *paragraphs[back]):
                words[back] = "signature"
                back -= 1
    first = next((at for at, word in enumerate(words) if word), len(words))
    if last:
        back = first - 1
        while back > 0 and _signer().fullmatch(folded, *paragraphs[back]):
            words[back] = "signature"
            first = back
            back -= 1
    else:
        first = min(first, _title(folded, paragraphs))
    parts: list[Part] = []
    edge = paragraphs[first - 1][1] if first else start
    low = max(start, edge - 300)
    glued = _GLUED.search(folded, low, edge) if last or first < len(words) else None
    footer = _glued_footer().search(folded, low, edge) if last else None
    if glued:
        parts.append(Part(glued.start(), edge, "signature"))
    elif footer:
        parts.append(Part(footer.start(), edge, "footer"))
    state = ""
    for at in range(first, len(words)):
        a, b = paragraphs[at]
        word = words[at]
        if word is None and state == "annex_body" and last:
            word = "annex"
        elif word is None and state == "footer":
            word = "footer"
        elif word is None and not last:
            word = "title" if b - a <= 60 and folded[b - 1] not in "。;:!?" else "preamble"
        elif word is None:
            word = "signature" if _signer().fullmatch(folded, a, b) else "footer" if state else "annex"
        if word == "annex":
            state = "annex_body"
        elif word == "footer":
            state = "footer"
        parts.append(Part(a, b, word))
    return parts


def _title(folded: str, paragraphs: tuple[Span, ...]) -> int:
    """Return the index of the first line of the title that stands before a second document's preamble."""
    at = len(paragraphs) - 1
    prose = 0
    while (
        at > 0
        and prose < 4
        and (folded[paragraphs[at][1] - 1] in "。:;" or paragraphs[at][1] - paragraphs[at][0] > 60)
    ):
        at -= 1
        prose += 1
    titled = at
    while (
        at > 0
        and titled - at < 5
        and paragraphs[at][1] - paragraphs[at][0] <= 60
        and folded[paragraphs[at][1] - 1] not in "。:;,"
    ):
        at -= 1
    return at + 1 if at < titled else len(paragraphs)
