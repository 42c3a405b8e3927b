"""Back from the folded form to the characters as printed: （2021—2030年）, not (2021—2030年)."""

from __future__ import annotations

__all__ = ["as_printed"]


def as_printed(words: str | None, folded: str, source: str) -> str | None:
    """Return `words`, found in `folded`, with the characters `source` has there.

    White space between them does not matter; what is not found comes back unchanged.

    Examples
    --------
    >>> as_printed("规划(2021年)", "甲\\n规划\\n(2021年)", "甲\\n规划\\n（2021年）")
    '规划（2021年）'
    """
    if not words:
        return words
    letters = [c for c in words if not c.isspace()]
    at = folded.find(letters[0])
    while at >= 0:
        places = _match(letters, folded, at)
        if places:
            following = iter(places)
            return "".join(c if c.isspace() else source[next(following)] for c in words)
        at = folded.find(letters[0], at + 1)
    return words


def _match(letters: list[str], folded: str, at: int) -> list[int]:
    """Where each letter stands if they follow one another from `at`, white space aside; else []."""
    places = []
    for letter in letters:
        while at < len(folded) and folded[at].isspace():
            at += 1
        if at >= len(folded) or folded[at] != letter:
            return []
        places.append(at)
        at += 1
    return places
