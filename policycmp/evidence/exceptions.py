"""Evidence from exceptions: who is let off, or when (``tables/exceptions.csv``).

An exception holds for the whole passage wherever it stands. One that only the local text makes demands
less, one that only the template makes demands more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from policycmp.evidence.graded import quoted
from policycmp.evidence.model import Evidence
from policycmp.evidence.pair import Pair, Side
from policycmp.evidence.weights import Weights
from policycmp.language.passage import Passage, of_passage
from policycmp.stretches import in_stretches
from policycmp.tables import read_table

__all__ = ["exceptions"]


@cache
def _exception_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in read_table("exceptions"))


@of_passage
def _exceptions_in(passage: Passage) -> tuple[tuple[int, int], ...]:
    """Return where a passage makes exceptions, in order; overlapping ones once."""
    return tuple((m.start, m.end) for m in _excepted(passage.folded))


class _Exception(NamedTuple):
    start: int
    end: int

    def moved(self, by: int) -> _Exception:
        return _Exception(self.start + by, self.end + by)


@in_stretches
def _excepted(folded: str) -> tuple[_Exception, ...]:
    found: list[tuple[int, int]] = []
    for pattern in _exception_patterns():
        for m in pattern.finditer(folded):
            if not any(a < m.end() and m.start() < b for a, b in found):
                found.append((m.start(), m.end()))
    return tuple(_Exception(a, b) for a, b in sorted(found))


def _exceptions(side: Side) -> list[tuple[int, int]]:
    """Return the segments that make an exception the other side does not word the same."""
    out: dict[int, tuple[int, int]] = {}
    for start, end in _exceptions_in(side.passage):
        if side.changed(start, end):
            at = side.segment_at(start)
            segment = side.segments[at]
            out.setdefault(at, (min(segment.start, start), max(segment.end, end)))
    return list(out.values())


def exceptions(pair: Pair, weights: Weights) -> Iterator[Evidence]:
    """Yield exceptions that one side makes and the other does not."""
    mine, theirs = _exceptions(pair.local), _exceptions(pair.template)
    for span in mine[len(theirs) :]:
        yield quoted("exception", False, weights["exception", "added"], span, None, pair)
    for span in theirs[len(mine) :]:
        yield quoted("exception", True, weights["exception", "dropped"], None, span, pair)
