"""A list of branches and the umbrella term that stands for it.

One plan names the branches (钢铁、电解铝、水泥等行业), another says 重点行业. Neither drops a deed by
that: where one side has the umbrella term and the other a list that ends in 等 and a noun of the
same class (``tables/umbrellas.csv``), both are left out when a segment is looked for on the other
side.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from policycmp.language.words import cut
from policycmp.tables import read_table
from policycmp.text import fold

__all__ = ["answering", "lists", "umbrellas"]

Spans = Mapping[str, tuple[tuple[int, int], ...]]
"""Where terms of each class stand."""


@cache
def _nouns() -> dict[str, str]:
    return {row["word"]: row["class"] for row in read_table("umbrellas") if row["kind"] == "noun"}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    def either(words: Iterable[str]) -> str:
        return "|".join(sorted(words, key=len, reverse=True))

    noun = either(_nouns())
    qualifier = either(row["word"] for row in read_table("umbrellas") if row["kind"] == "qualifier")
    listed = rf"、[^，。；：\n]{{1,120}}?等(?:{qualifier})?(?P<noun>{noun})"
    return re.compile(listed), re.compile(rf"(?:{qualifier})(?P<noun>{noun})")


def _by_class(found: Iterable[tuple[str, tuple[int, int]]]) -> Spans:
    out: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for noun, span in found:
        out[_nouns()[noun]].append(span)
    return {kind: tuple(spans) for kind, spans in out.items()}


@lru_cache(maxsize=8192)
def lists(text: str) -> Spans:
    """Return where lists of branches stand, by class, from the word before the first 、.

    Examples
    --------
    >>> lists("推进建筑、交通等领域节能改造")
    {'field': ((2, 10),)}
    """
    folded = fold(text)
    found = list(_patterns()[0].finditer(folded))
    starts = [word.start for word in cut(folded)] if found else []
    return _by_class(
        (m["noun"], (starts[max(bisect_left(starts, m.start()) - 1, 0)], m.end())) for m in found
    )


@lru_cache(maxsize=8192)
def umbrellas(text: str) -> Spans:
    """Return where umbrella terms stand, by class.

    Examples
    --------
    >>> umbrellas("推进重点领域节能改造")
    {'field': ((2, 6),)}
    """
    return _by_class((m["noun"], m.span()) for m in _patterns()[1].finditer(fold(text)))


def answering(text: str, other: str) -> tuple[tuple[int, int], ...]:
    """Return the lists and umbrella terms of `text` that answer to some of `other`, in order.

    Examples
    --------
    >>> answering("推进建筑、交通等领域节能改造", "推进重点领域节能改造")
    ((2, 10),)
    >>> answering("推进建筑、交通等领域节能改造", "推进节能改造")
    ()
    """
    both = ((lists(text), umbrellas(other)), (umbrellas(text), lists(other)))
    return tuple(
        sorted(
            span for mine, theirs in both for kind, found in mine.items() if kind in theirs for span in found
        )
    )
