"""Lines and paragraphs: where a text really breaks.

A text layer of a PDF breaks every line at the margin; a web page breaks only between
paragraphs. Which of the two a document is shows in its line widths: hard-wrapped text
has many lines of nearly the same, greatest width that end in the middle of a sentence.
In such a text a break after a full line is only a wrap and is left out of joined text;
every other break ends a paragraph. Lines that hold nothing but a page number are
*page* lines and belong to no paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from policycmp.text import Span

__all__ = ["Layout", "pieces_of", "read_layout"]

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_PAGE = re.compile(r"(?:-|—|·|\.)* *(?:\d{1,4}|第 *\d{1,4} *页(?:[,，/ ]*共 *\d{1,4} *页)?|\d{1,3} */ *\d{1,3}) *(?:-|—|·|\.)*")
_STOP = "。;:!?"
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Layout:
    """The paragraphs of a text and the lines that belong to none."""

    paragraphs: tuple[Span, ...]
    """Trimmed spans, in order."""
    breaks: frozenset[int]
    """Indexes of the line break characters that end a paragraph."""
    pages: tuple[Span, ...]
    """Page numbers between lines."""
    lines: frozenset[int]
    """Where lines begin (their first visible character)."""
    wrapped: bool


def _width(line: str) -> int:
    return (len(line.encode("utf-8", "surrogatepass")) + len(line)) // 2


def _full_width(lines: list[tuple[int, int, int]], folded: str) -> int:
    """Return the width of a full line, or 0 where lines are not wrapped."""
    widths = sorted(width for _, _, width in lines)
    if len(widths) < 5:
        return 0
    top = widths[int(len(widths) * 0.85)]
    if not 16 <= top <= 160:
        return 0
    near = [(a, b) for a, b, width in lines if top - 8 <= width <= top + 8]
    cut = sum(folded[b - 1] not in _STOP for _, b in near)
    return top if len(near) >= 0.35 * len(lines) and cut >= 0.5 * len(near) else 0


def read_layout(folded: str) -> Layout:
    """Return the paragraphs of a folded text.

    Examples
    --------
    >>> read_layout("一、目标\\n到2027年。").paragraphs
    ((0, 4), (5, 12))
    """
    lines: list[tuple[int, int, int]] = []
    for match in _LINE.finditer(folded):
        raw = match.group()
        line = raw.strip()
        if line:
            start = match.start() + len(raw) - len(raw.lstrip())
            lines.append((start, start + len(line), _width(line)))
    full = _full_width(lines, folded)
    pages = []
    body = []
    for line in lines:
        if line[2] <= 16 and _PAGE.fullmatch(folded, line[0], line[1]) and full:
            pages.append(line[:2])
        else:
            body.append(line)
    paragraphs: list[Span] = []
    breaks = []
    for at, (start, end, _) in enumerate(body):
        before = body[at - 1] if at else None
        if before is not None and full and _wraps(folded, before, start, full):
            paragraphs[-1] = (paragraphs[-1][0], end)
            continue
        if before is not None:
            found = _LINE_BREAK.search(folded, before[1], start)
            if found:
                breaks.append(found.start())
        paragraphs.append((start, end))
    return Layout(tuple(paragraphs), frozenset(breaks), tuple(pages), frozenset(a for a, _, _ in lines), bool(full))


_LINE_BREAK = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def _wraps(folded: str, line: tuple[int, int, int], following: int, full: int) -> bool:
    start, end, width = line
    if width < full - 7:
        return False
    gap = folded[end:following]
    indent = len(gap) - len(gap.rstrip(" \t"))
    return not (indent >= 2 and folded[end - 1] in _STOP)


def pieces_of(text: str, spans: list[Span], breaks: frozenset[int]) -> tuple[Span, ...]:
    """Return the pieces that make joined text of `spans`: wraps and spaces beside Chinese left out.

    One line break is kept where a paragraph ends, one space between two Latin words.
    """
    pieces: list[Span] = []
    for start, end in spans:
        at = start
        for match in _SPACE.finditer(text, start, end):
            a, b = match.span()
            if at < a:
                _add(pieces, at, a)
            at = b
            if not pieces or b >= end:
                continue
            kept = next((i for i in range(a, b) if i in breaks), None) if b - a > 1 or text[a] != " " else None
            if kept is None and text[a - 1] < "\u0250" and text[b] < "\u0250" and a > start:
                kept = a
            if kept is not None:
                _add(pieces, kept, kept + 1)
        if at < end:
            _add(pieces, at, end)
    while pieces and text[pieces[-1][1] - 1].isspace():
        a, b = pieces.pop()
        if b - 1 > a:
            pieces.append((a, b - 1))
    return tuple(pieces)


def _add(pieces: list[Span], start: int, end: int) -> None:
    if pieces and pieces[-1][1] == start:
        pieces[-1] = (pieces[-1][0], end)
    else:
        pieces.append((start, end))
