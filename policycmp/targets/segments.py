"""Where a statement begins and ends: sentences, their comma segments, quotes and titles.

A comma inside brackets (县(市、区)), inside quotation marks or between digits splits nothing.
Offsets are into the folded text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from policycmp.stretches import quotations, titles
from policycmp.text import Span

__all__ = ["Layout", "Segment", "read_layout"]


class Segment(NamedTuple):
    """A stretch between commas; `sentence` counts the sentences of the text."""

    start: int
    end: int
    sentence: int
    stop: str
    """The character that ends it: a comma, semicolon, colon or full stop, or nothing."""

    def around(self, start: int, end: int, reach: int = 240) -> Segment:
        """The part of the segment within `reach` characters of a number; statements are shorter."""
        return Segment(max(self.start, start - reach), min(self.end, end + reach), self.sentence, self.stop)


def _holding(spans: Sequence[Span], start: int, end: int) -> Span | None:
    """The span of sorted, disjoint `spans` that holds another, or None."""
    at = bisect_right(spans, (start, 1 << 60)) - 1
    return spans[at] if at >= 0 and end <= spans[at][1] else None


@dataclass(frozen=True, slots=True)
class Layout:
    """The segments of a text and the spans of its quotations and titles."""

    segments: tuple[Segment, ...]
    quotes: tuple[Span, ...]
    titles: tuple[Span, ...]
    starts: tuple[int, ...]

    def at(self, position: int) -> int:
        """Return the index of the segment that holds `position`."""
        return max(0, bisect_right(self.starts, position) - 1)

    def quotation(self, start: int, end: int) -> Span | None:
        """The quotation that holds a span, with its marks, or None."""
        return _holding(self.quotes, start, end)

    def title(self, start: int, end: int) -> Span | None:
        """The title in 《》 or the year in 〔〕 that holds a span, or None."""
        return _holding(self.titles, start, end)


_STOP = re.compile(r"[,;:，；：。！？!?\n]")
_BRACKET = re.compile(r"\([^()\n。]{0,60}\)|\[[^\[\]\n。]{0,60}\]")
_ENDS = "。！？!?\n"


def read_layout(text: str) -> Layout:
    """Return the layout of folded `text`.

    Examples
    --------
    >>> layout = read_layout("到2025年,5个县(市、区)达标;新建12所。")
    >>> [(s.start, s.end, s.sentence) for s in layout.segments]
    [(0, 6, 0), (7, 17, 0), (18, 23, 0)]
    """
    quotes, named = quotations(text), titles(text)
    closed = sorted((*quotes, *named, *(m.span() for m in _BRACKET.finditer(text))))
    segments: list[Segment] = []
    begin, sentence, at = 0, 0, 0
    for m in _STOP.finditer(text):
        sign, where = m[0], m.start()
        while at < len(closed) and closed[at][1] <= where:
            at += 1
        if any(a < where for a, b in closed[at : at + 3] if where < b):
            continue
        if sign in ",:" and text[where - 1 : where].isdigit() and text[where + 1 : where + 2].isdigit():
            continue
        segments.append(Segment(begin, where, sentence, sign))
        begin = where + 1
        sentence += sign in _ENDS
    if begin < len(text):
        segments.append(Segment(begin, len(text), sentence, ""))
    return Layout(tuple(segments), quotes, named, tuple(s.start for s in segments))
