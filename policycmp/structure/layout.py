"""Lines and paragraphs: where a text really breaks.

A text layer of a PDF breaks every line at the margin; a web page breaks only between
paragraphs. Which of the two a document is shows in its line widths: hard-wrapped text
has many lines of nearly the same, greatest width that end in the middle of a sentence.
In such a text a break after a full line is only a wrap and is left out of joined text;
every other break ends a paragraph. How wide a full line is, is asked of the lines around
it, since a notice and its annex may be set differently. Lines that hold nothing but a
page number, and running heads (one short line again and again between full ones), belong
to no paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from policycmp.text import Span

__all__ = ["Layout", "pieces_of", "read_layout"]

_BREAKS = "\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_MARKUP = re.compile(r"(?:#{1,6}|\*\*(?=[第一二三四五六七八九十(\d])) *")
_LINE = re.compile(rf"[^{_BREAKS}]+")
_BREAK = re.compile(rf"[{_BREAKS}]")
_PAGE = re.compile(
    r"(?:[-—·.] {0,3}){0,3}(?:\d{1,4}|第 ?\d{1,4} ?页(?:[, /]*共 ?\d{1,4} ?页)?|\d{1,3} ?/ ?\d{1,3})(?: {0,3}[-—·.]){0,3}"
)
_FRESH = re.compile(
    r"附 ?件|附表|抄送|[(（]?此件|(?:\d{4}|二[○〇零oO0][〇零一二三四五六七八九○oO0]{2}) ?年 ?[\d一二三四五六七八九十]{1,2} ?月 ?[\d一二三四五六七八九十]{1,3} ?日\s*$"
)
_DAY = re.compile(r"\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日")
_PAUSE = re.compile("[,、。;:]")
_SIGNED = re.compile(r"[^。,、;:]{2,30}(?:政府|办公室|办公厅|委员会|党委|局|厅|部|院)")
_MARKISH = re.compile(
    r"附 ?件|第.{1,4}[章节条]|[一二三四五六七八九十]{1,3} ?[、.]|[(（]|\d{1,2} ?[.、]|[①-⑳]|专栏|——|[●■◆•]"
)
_NUMBERED = re.compile(
    r"\( ?[一二三四五六七八九十]{1,4} ?\)|[一二三四五六七八九十]{1,3} ?、|\d{1,2} ?[.、](?!\d)"
)
_CHAPTER = re.compile(r"第 ?[一二三四五六七八九十]{1,3} ?[编章节](?: |[一-龥]{2,20}(?:$|\s))", re.M)
_LEADER = re.compile(r"[.·…]{2,12} ?\d{0,4}$")
"""The dots before a page number in a table of contents."""
_SPACE = re.compile(r"\s+")
_STOP = frozenset("。;:!?")
Line = tuple[int, int, int]
"""Start, end and width of a line's visible part."""
_NEAR = 10
"""How many lines around a line tell how wide a full one is."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The paragraphs of a text and the lines that belong to none."""

    paragraphs: tuple[Span, ...]
    """Trimmed spans, in order; their starts are in `starts`."""
    starts: tuple[int, ...]
    lines: frozenset[int]
    """Where lines begin (their first visible character)."""
    breaks: frozenset[int]
    """Indexes of the line break characters that end a paragraph."""
    aside: tuple[tuple[int, int, str], ...]
    """Page numbers and running heads between lines, markup before them: start, end, reason."""
    wrapped: bool

    def paragraph(self, index: int) -> Span:
        """Return the paragraph that holds `index`, or begins last before it."""
        at = bisect_right(self.starts, index) - 1
        return self.paragraphs[max(at, 0)] if self.paragraphs else (0, 0)

    def within(self, start: int, end: int) -> tuple[Span, ...]:
        """Return the paragraphs that begin in ``[start, end)``, clipped to it."""
        low, high = bisect_right(self.starts, start - 1), bisect_right(self.starts, end - 1)
        return tuple((a, min(b, end)) for a, b in self.paragraphs[low:high])


def _width(line: str) -> int:
    # One for ASCII, two for a Chinese character: half of one and three bytes plus one each.
    return (len(line.encode("utf-8", "surrogatepass")) + len(line)) // 2


def _common_width(folded: str, lines: list[Line]) -> int:
    """Return the width most full lines of a wrapped text have, 0 where lines are not wrapped."""
    widths = sorted(width for _, _, width in lines)
    if len(widths) < 6:
        return 0
    top = widths[int(len(widths) * 0.85)]
    if not 16 <= top <= 200:
        return 0
    near = [b for _, b, width in lines if top - 8 <= width <= top + 8]
    cut = sum(folded[b - 1] not in _STOP for b in near)
    return top if len(near) >= max(0.3 * len(lines), 3) and cut >= 0.5 * len(near) else 0


def _wraps(folded: str, line: Line, following: Line, full: int) -> bool:
    """Say whether the break between two lines is only a wrap."""
    _, end, width = line
    stopped = folded[end - 1] in _STOP
    bare = stopped or (_MARKISH.match(folded, line[0]) and not _PAUSE.search(folded, line[0], end))
    if width < max(full - 3 if bare else full * 0.8, 14):
        return False
    start = following[0]
    gap = folded[end:start]
    indent = len(gap) - len(gap.rstrip(" \t"))
    if stopped and indent >= 2:
        return False
    if _CHAPTER.match(folded, start) or _LEADER.search(folded, max(end - 12, line[0]), end):
        return False
    if folded[end - 1] in "。;)”" and _NUMBERED.match(folded, start):
        return False
    if _DAY.fullmatch(folded, start, following[1]):
        return False
    closed = stopped or folded[end - 1] == ")"
    return not (
        closed
        and (_FRESH.match(folded, start, following[1]) or _SIGNED.fullmatch(folded, start, following[1]))
    )


def _goes_on(folded: str, end: int, following: Line) -> bool:
    """Say whether prose that ends at `end` in the middle of a sentence goes on in the next line."""
    last = folded[end - 1]
    start = following[0]
    if last in _STOP or last in ')>"”' or _MARKISH.match(folded, start) or _FRESH.match(folded, start):
        return False
    return not (start - end > 3 and folded[start - 2 : start].isspace() and folded[start - 1] == " ")


def _aside(folded: str, lines: list[Line]) -> list[str]:
    """Return for each line of a wrapped text "page", "running_head" or "" (part of the text).

    Both stand where a page ends, which leaves an empty line, or next to another such line.
    """
    breaks = [
        len(_BREAK.findall(folded[lines[at - 1][1] : lines[at][0]])) if at else 2 for at in range(len(lines))
    ]
    edge = [first > 1 or second > 1 for first, second in zip(breaks, [*breaks[1:], 2], strict=True)]
    counts = Counter(folded[a:b] for a, b, width in lines if 8 <= width <= 60 and folded[b - 1] not in _STOP)
    words = [""] * len(lines)
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        for at in order:
            start, end, width = lines[at]
            beside = (
                edge[at] or (at > 0 and words[at - 1] != "") or (at + 1 < len(lines) and words[at + 1] != "")
            )
            if words[at]:
                continue
            if width <= 20 and _PAGE.fullmatch(folded, start, end):
                cut = at > 0 and folded[lines[at - 1][1] - 1] not in _STOP and lines[at - 1][2] > 40
                words[at] = "page" if beside or cut or not folded[start:end].isdigit() else ""
            elif beside and counts[folded[start:end]] >= 3 and not _MARKISH.match(folded, start):
                words[at] = "running_head"
    return words


def _widest(widths: list[int], least: int) -> list[int]:
    """Return for each line the width of the widest one near it."""
    # Blocks of _NEAR lines, each with its neighbours: a window that needs no maximum of its own for every line.
    blocks = [max(widths[at : at + _NEAR]) for at in range(0, len(widths), _NEAR)]
    near = [max(least, *blocks[max(at - 1, 0) : at + 2]) for at in range(len(blocks))]
    return [near[at // _NEAR] for at in range(len(widths))]


def _lines(folded: str, tables: Iterable[Span]) -> tuple[list[Line], list[tuple[int, int, str]]]:
    """Return the lines outside tables, and the Markdown signs before some of them."""
    lines: list[Line] = []
    signs: list[tuple[int, int, str]] = []
    skip = iter((*sorted(tables), (len(folded) + 1, len(folded) + 1)))
    shut, open_ = next(skip)
    for match in _LINE.finditer(folded):
        raw = match.group()
        words = raw.strip()
        if not words:
            continue
        start = match.start() + (len(raw) - len(raw.lstrip()) if raw[0].isspace() else 0)
        while start >= open_:
            shut, open_ = next(skip)
        if start >= shut:
            continue
        sign = _MARKUP.match(words) if words[0] in "#*" else None
        if sign and sign.end() < len(words):
            signs.append((start, start + len(sign.group().rstrip()), "markup"))
            start, words = start + sign.end(), words[sign.end() :]
        # An indented first line is two characters shorter, however the indent was printed.
        indent = 4 if 2 <= start - match.start() <= 8 else 0
        lines.append((start, start + len(words), _width(words) + indent))
    return lines, signs


def read_layout(folded: str, tables: Iterable[Span] = ()) -> Layout:
    """Return the layout of a folded text; what stands in `tables` belongs to no paragraph.

    Examples
    --------
    >>> read_layout("一、目标\\n到2027年。").paragraphs
    ((0, 4), (5, 12))
    """
    lines, aside = _lines(folded, tables)
    common = _common_width(folded, lines)
    wrapped = common > 0
    if wrapped:
        words = _aside(folded, lines)
        aside += [(a, b, word) for (a, b, _), word in zip(lines, words, strict=True) if word]
        lines = [line for line, word in zip(lines, words, strict=True) if not word]
    paragraphs: list[Span] = []
    breaks: list[int] = []
    full = _widest([width for _, _, width in lines], int(common * 0.6)) if wrapped else []
    prose = False  # whether the paragraph so far reads like prose rather than like a heading
    for at, line in enumerate(lines):
        if at:
            before = lines[at - 1]
            wraps = wrapped and (
                _wraps(folded, before, line, full[at]) or (prose and _goes_on(folded, before[1], line))
            )
            if wraps:
                paragraphs[-1] = (paragraphs[-1][0], line[1])
                prose = prose or "。" in folded[line[0] : line[1]] or "," in folded[before[0] : line[1]]
                continue
            found = _BREAK.search(folded, before[1], line[0])
            if found:
                breaks.append(found.start())
        paragraphs.append(line[:2])
        prose = "。" in folded[line[0] : line[1]]
    return Layout(
        tuple(paragraphs), tuple(a for a, _ in paragraphs), frozenset(a for a, _, _ in lines), frozenset(breaks),
        tuple(sorted(aside)), wrapped,
    )  # fmt: skip


def pieces_of(text: str, spans: Iterable[Span], breaks: frozenset[int]) -> tuple[Span, ...]:
    """Return the pieces that make joined text of `spans`: wraps and spaces beside Chinese left out.

    One line break is kept where a paragraph ends, one space between two Latin words.

    Examples
    --------
    >>> pieces_of("到2025 年\\n全县", [(0, 10)], frozenset())
    ((0, 5), (6, 7), (8, 10))
    """
    pieces: list[Span] = []
    kept = -1
    for start, end in spans:
        at = start
        for match in _SPACE.finditer(text, start, end):
            a, b = match.span()
            if at < a:
                kept = _flow(pieces, kept, at, a, text)
            at = b
            if b - a == 1 and text[a] == " ":
                keep = a if a > start and b < end and text[a - 1] < "\u0250" and text[b] < "\u0250" else -1
            else:
                keep = next((i for i in range(a, b) if i in breaks), -1)
                if keep < 0 and a > start and b < end and text[a - 1] < "\u0250" and text[b] < "\u0250":
                    keep = a if text[a - 1].isalpha() and text[b].isalpha() else -1
            if keep >= 0:
                kept = keep
        if at < end:
            kept = _flow(pieces, kept, at, end, text)
    return tuple(pieces)


def _flow(pieces: list[Span], kept: int, start: int, end: int, text: str) -> int:
    """Add a visible run, with the white space kept before it, and return that none is pending."""
    if kept >= 0 and pieces:
        start_, end_ = pieces[-1]
        if end_ == kept:
            pieces[-1] = (start_, kept + 1)
        else:
            pieces.append((kept, kept + 1))
    if pieces and pieces[-1][1] == start:
        pieces[-1] = (pieces[-1][0], end)
    else:
        pieces.append((start, end))
    return -1
