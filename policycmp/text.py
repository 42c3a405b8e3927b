"""Characters and offsets: the floor every other room stands on.

Two ideas. *Folding* maps each character to the one analysis should see (full-width
digits and ASCII, Kangxi radicals from PDF fonts, exotic spaces and dashes), one for
one, so an offset into folded text is an offset into the source. *Pieces* describe a
text that was joined from a source with parts left out (line breaks inside a sentence,
a page number, a bracket that became a field): ``join(source, pieces)`` is the text,
and every character of it can be traced back.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Span", "clean", "clip", "fold", "join", "source_index", "source_span", "squeeze", "trim"]

Span = tuple[int, int]

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return `text` with � for control characters and broken surrogates, which HTML and Excel refuse.

    Examples
    --------
    >>> clean("教育\\x0b质量")
    '教育�质量'
    """
    return _UNPRINTABLE.sub("\ufffd", text)


@cache
def _folding() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in (*range(0xFF01, 0xFF5F), *range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code) and plain < "\U00010000":
            table[code] = plain
    for (
        code
    ) in "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000":
        table[ord(code)] = " "
    for code in "\u00ad\u200b\u200c\u200d\u2060\ufeff":  # invisible, but not white space to str.isspace
        table[ord(code)] = " "
    for code in "–−－﹣‐‑‒":
        table[ord(code)] = "-"
    for code in "～〜∼﹏":
        table[ord(code)] = "~"
    for code in "―─━":
        table[ord(code)] = "—"
    table[ord("﹪")] = "%"
    return table


@cache
def _folding_array() -> np.ndarray:
    import numpy as np

    units = np.arange(0x10000, dtype="<u2")
    for code, plain in _folding().items():
        units[code] = ord(plain)
    return units


def fold(text: str) -> str:
    """Return `text` with each character in the form analysis sees; same length, same offsets.

    Examples
    --------
    >>> fold("达到９５％（以上），⾊")
    '达到95%(以上),色'
    """
    # Every stage asks for the same clauses and sentences; whole documents are not kept.
    return _folded(text) if len(text) < _KEPT else _fold(text)


def _fold(text: str) -> str:
    if len(text) < 200:
        return text.translate(_folding())
    import numpy as np

    # Everything folded lies in the first plane, so UTF-16 units can be looked up one by one, in a tenth of the time.
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    return str(_folding_array()[units].tobytes(), "utf-16-le", "surrogatepass")


_KEPT = 4000
_folded = lru_cache(maxsize=4096)(_fold)


def join(source: str, pieces: Iterable[Span]) -> str:
    """Return the text that `pieces` of `source` make."""
    return "".join(source[a:b] for a, b in pieces)


def source_index(pieces: Sequence[Span], index: int) -> int:
    """Return where character `index` of the joined text stands in the source."""
    ends = list(accumulate(b - a for a, b in pieces))
    at = bisect_right(ends, index)
    if at == len(pieces):
        return pieces[-1][1] + index - ends[-1]
    return pieces[at][1] - (ends[at] - index)


def source_span(pieces: Sequence[Span], start: int, end: int) -> Span:
    """Return the source span that covers ``joined[start:end]``; an empty span stays empty."""
    first = source_index(pieces, start)
    return (first, first) if end <= start else (first, source_index(pieces, end - 1) + 1)


def clip(pieces: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """Return the pieces of the part ``joined[start:end]``."""
    out, at = [], 0
    for a, b in pieces:
        lo, hi = max(start - at, 0), min(end - at, b - a)
        if lo < hi:
            out.append((a + lo, a + hi))
        at += b - a
    return tuple(out)


def trim(source: str, start: int, end: int) -> Span:
    """Return the span without white space at its ends."""
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    return start, end


def squeeze(text: str) -> str:
    """Return the text without white space.

    Examples
    --------
    >>> squeeze("总　则\\n（2025 年）")
    '总则（2025年）'
    """
    return "".join(text.split())
