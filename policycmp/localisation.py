"""What a copy changes when it moves to another place: turned into placeholders.

VERSION 0: place names, levels and leading bodies by pattern; the agencies come from a table.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policycmp.tables import read_table
from policycmp.text import fold
from policycmp.words import Word, cut

__all__ = ["localise"]

_LEVEL = "[市县区省州旗]"


@lru_cache(maxsize=64)
def _pattern(place: str | None) -> re.Pattern[str]:
    names = [re.escape(place), re.escape(place[:-1])] if place and len(place) > 2 else []
    own = f"(?P<place>{'|'.join(names)})" if names else "(?P<place>(?!))"
    agencies = sorted(
        (name for row in read_table("agencies") for name in row["names"].split("|")), key=len, reverse=True
    )
    body = f"{_LEVEL}?(?P<agency>{'|'.join(map(re.escape, agencies))})"
    return re.compile(
        f"{own}|{body}|(?P<whole>[全我]{_LEVEL})|(?P<party>{_LEVEL}委)|(?P<council>{_LEVEL}(?:人民)?政府)"
        f"|(?P<direct>{_LEVEL}直)|(?P<model>示范[市县])|各县\\(市、区\\)|各县<市、区>|各乡镇"
    )


@lru_cache(maxsize=1)
def _agency_key() -> dict[str, str]:
    return {name: row["key"] for row in read_table("agencies") for name in row["names"].split("|")}


@lru_cache(maxsize=16384)
def localise(text: str, place: str | None = None) -> tuple[Word, ...]:
    """Return the words of `text`, with placeholders as ``norm`` where localisation exchanges words."""
    words: list[Word] = []
    at = 0
    folded = fold(text)

    def plain(start: int, end: int) -> None:
        words.extend(Word(w.text, w.start + start, w.end + start, w.norm) for w in cut(text[start:end]))

    for found in _pattern(place).finditer(folded):
        plain(at, found.start())
        kind = found.lastgroup or "below"
        norm = f"〈{_agency_key()[found['agency']]}〉" if kind == "agency" else f"〈{kind}〉"
        words.append(Word(text[found.start() : found.end()], found.start(), found.end(), norm))
        at = found.end()
    plain(at, len(text))
    return tuple(words)
