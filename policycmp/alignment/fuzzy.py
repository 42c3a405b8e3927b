"""How alike two bags of words are letter by letter: rapidfuzz's token ratios, each pair scored once.

The mean of two ratios of space-joined words: *token sort* compares the texts with their words in
alphabetical order, *token set* what either has that the other has not (with what they share counted
as equal). In a family of plans the same two sentences meet again and again, so the scores of the
pairs that came last are kept.

The token set ratio is rapidfuzz's own definition on words that were split and sorted once for each
text and not once for each pair.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

__all__ = ["fuzzy"]


@lru_cache(maxsize=1024)
def _sorted(text: str) -> tuple[str, tuple[str, ...], frozenset[str], int]:
    """Return the words in order as one text, the different ones in order and as a set, and their length joined."""
    words = sorted(text.split())
    different = tuple(dict.fromkeys(words))
    return " ".join(words), different, frozenset(different), len(" ".join(different))


@lru_cache(maxsize=32768)
def fuzzy(one: str, other: str) -> float:
    """Return how alike two texts of words joined by spaces are, from 0 to 1.

    Examples
    --------
    >>> fuzzy("加强 家校 协作", "家校 协作 加强"), fuzzy("加强 家校 协作", "")
    (1.0, 0.0)
    """
    here, my_words, mine, my_length = _sorted(one)
    there, their_words, theirs, _ = _sorted(other)
    by_sort = fuzz.ratio(here, there)
    only_mine = " ".join([word for word in my_words if word not in theirs])
    only_theirs = " ".join([word for word in their_words if word not in mine])
    a, b = len(only_mine), len(only_theirs)
    if not one or not other:
        by_set = 0.0
    elif a == my_length:  # no word in common
        by_set = 100 - 100 * Indel.distance(only_mine, only_theirs) / (a + b)
    elif not a or not b:
        by_set = 100.0
    else:
        # What is shared counts as equal: twice its length, and the space after it.
        shared = my_length - a - 1
        distance = Indel.distance(only_mine, only_theirs)
        by_set = 100 - 100 * min(
            distance / (2 * shared + 2 + a + b),
            (1 + a) / (2 * shared + 1 + a),
            (1 + b) / (2 * shared + 1 + b),
        )
    return (by_sort + by_set) / 200
