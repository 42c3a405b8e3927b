"""A list of branches and the umbrella term that stands for it.

One plan names the branches (钢铁、电解铝、水泥等行业), another says 重点行业. Neither drops a deed by
that: where one side has the umbrella term and the other a list that ends in 等 and a noun of the
same class (``tables/umbrellas.csv``), both are left out when a segment is looked for on the other
side.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from policycmp.language.passage import Passage, of_passage
from policycmp.language.words import cut
from policycmp.stretches import in_stretches
from policycmp.tables import read_table

__all__ = ["Term", "answering", "lists", "umbrellas"]


class Term(NamedTuple):
    """An umbrella term or a list of branches, by the class of its noun."""

    kind: str
    start: int
    end: int

    def moved(self, by: int) -> Term:
        """Return the same term that many characters on."""
        return Term(self.kind, self.start + by, self.end + by)


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


@in_stretches
def lists(folded: str) -> tuple[Term, ...]:
    """Return where lists of branches stand in folded text, from the word before the first 、.

    Examples
    --------
    >>> lists("推进建筑、交通等领域节能改造")
    (Term(kind='field', start=2, end=10),)
    """
    found = list(_patterns()[0].finditer(folded)) if "等" in folded else []
    starts = [word.start for word in cut(folded)] if found else []
    return tuple(
        Term(_nouns()[m["noun"]], starts[max(bisect_left(starts, m.start()) - 1, 0)], m.end()) for m in found
    )


@in_stretches
def umbrellas(folded: str) -> tuple[Term, ...]:
    """Return where umbrella terms stand in folded text.

    Examples
    --------
    >>> umbrellas("推进重点领域节能改造")
    (Term(kind='field', start=2, end=6),)
    """
    return tuple(Term(_nouns()[m["noun"]], m.start(), m.end()) for m in _patterns()[1].finditer(folded))


@of_passage
def _terms(passage: Passage) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    return lists(passage.folded), umbrellas(passage.folded)


def answering(passage: Passage, other: Passage) -> tuple[tuple[int, int], ...]:
    """Return the lists and umbrella terms of a passage that answer to some of `other`, in order.

    Examples
    --------
    >>> one, more = Passage.of("推进建筑、交通等领域节能改造"), Passage.of("推进重点领域节能改造")
    >>> answering(one, more), answering(one, Passage.of("推进节能改造"))
    (((2, 10),), ())
    """
    listed, named = _terms(passage)
    their_lists, their_names = _terms(other)
    both = ((listed, {t.kind for t in their_names}), (named, {t.kind for t in their_lists}))
    return tuple(sorted((t.start, t.end) for mine, theirs in both for t in mine if t.kind in theirs))
