"""Graded wording: how binding, how wide, how accountable a text says it is.

Three scales, each a table of terms with a grade and a source: *modality* (严禁, 必须 5 …
应当 4.2 … plain statement 3 … 逐步 2.4 … 鼓励 1.2, 可以 1, and 0 for an exemption: 可以不,
暂不), *coverage* (全覆盖, 所有 3 … 部分, 试点 1) and *accountability* (追究 5 … 考核 3.5 …
提醒 1.2). `cues` finds the terms with their place; the longest term wins, so 可以不 is not
可以, and a term inside a longer word (应 in 响应, 保证 in 保证金) is none. Nor is one inside a
compound of ``tables/compounds.csv``: 可复制可推广 says what an experience is like, and a list with
a 试点 among its items is no trial as a whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from policycmp.language.words import Word, cut
from policycmp.stretches import KEPT, in_stretches
from policycmp.tables import read_table
from policycmp.text import fold

__all__ = ["PLAIN", "SCALES", "Cue", "cues", "cues_in", "intensity", "strength"]

SCALES = ("modality", "coverage", "accountability")
PLAIN = 3.0
"""The modality of a sentence that simply says what is done (推进, 落实, 建设 …)."""


class Cue(NamedTuple):
    """A graded term in a text."""

    scale: str
    term: str
    grade: float
    start: int
    end: int
    act: str = ""
    """Modality only: pressure, prohibit, flexible, ambiguous, authorise or exempt."""
    alone: float = 1.0
    """Coverage only: how much the term says where the other side has none (试点 1, 每名 0.3, 城区 0)."""

    def moved(self, by: int) -> Cue:
        """Return the same term that many characters on."""
        return Cue(self.scale, self.term, self.grade, self.start + by, self.end + by, self.act, self.alone)


@dataclass(frozen=True, slots=True)
class _Term:
    grade: float
    act: str
    not_before: tuple[str, ...]
    not_after: tuple[str, ...]
    alone: float


@lru_cache(maxsize=len(SCALES))
def _scale(name: str) -> tuple[re.Pattern[str], dict[str, _Term]]:
    terms = {
        row["term"]: _Term(
            float(row["grade"]),
            row.get("act", ""),
            tuple(filter(None, row["not_before"].split("|"))),
            tuple(filter(None, row["not_after"].split("|"))),
            float(row.get("alone") or 1),
        )
        for row in read_table(name)
    }
    return re.compile("|".join(map(re.escape, sorted(terms, key=len, reverse=True)))), terms


@lru_cache(maxsize=len(SCALES))
def _compounds(scale: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in read_table("compounds") if row["scale"] == scale)


def cues(text: str, scale: str) -> tuple[Cue, ...]:
    """Return the graded terms of `scale` in `text`, in order.

    Parameters
    ----------
    text : str
    scale : {"modality", "coverage", "accountability"}

    Examples
    --------
    >>> [(cue.term, cue.grade) for cue in cues("学校可以不接收，但不得低于标准，应急响应须及时", "modality")]
    [('可以不', 0.0), ('须', 4.2)]
    """
    if scale not in SCALES:
        raise ValueError(f"scale should be one of {SCALES}. Got {scale!r}")
    return cues_in(fold(text), scale)


@in_stretches
def cues_in(folded: str, scale: str) -> tuple[Cue, ...]:
    """Return the graded terms of `scale` in folded text, in order."""
    pattern, terms = _scale(scale)
    words: tuple[Word, ...] | None = None
    compounds = [m.span() for compound in _compounds(scale) for m in compound.finditer(folded)]
    out = []
    for found in pattern.finditer(folded):
        start, end, term = found.start(), found.end(), found.group()
        entry = terms[term]
        if folded.startswith(entry.not_before, end) or folded.endswith(entry.not_after, 0, start):
            continue
        if any(a <= start and end <= b for a, b in compounds):
            continue
        words = cut(folded) if words is None else words
        if _inside_longer_word(words, start, end):
            continue
        out.append(Cue(scale, term, entry.grade, start, end, entry.act, entry.alone))
    return tuple(out)


def _inside_longer_word(words: Sequence[Word], start: int, end: int) -> bool:
    """Tell whether the term is part of another word: 应 in 响应, 保证 in 保证金, but not 逐步 in 逐步推进."""
    at = bisect_right(words, start, key=_start) - 1
    if at < 0 or words[at].end < end:
        return False
    size, longer = end - start, words[at].end - words[at].start
    return longer > size and (size == 1 or longer == size + 1)


_start = attrgetter("start")


@lru_cache(maxsize=KEPT)
def strength(text: str) -> float:
    """Return how binding a segment is: its most lenient hedge, else its strictest term, else plain.

    Examples
    --------
    >>> strength("鼓励学校开展试点") < strength("开展试点") < strength("必须开展试点")
    True
    """
    grades = [cue.grade for cue in cues(text, "modality")]
    soft = [g for g in grades if g < PLAIN]
    return min(soft) if soft else max(grades, default=PLAIN)


def intensity(text: str) -> float:
    """Return the mean modality of a text's segments (modality intensity, 政策语气强度).

    A segment without a graded term counts as `PLAIN`.

    Examples
    --------
    >>> intensity("必须落实责任，鼓励探索")
    3.1
    """
    parts = [part for part in re.split(r"[，。；：,;:\n]", text) if part.strip()]
    return sum(map(strength, parts)) / len(parts) if parts else PLAIN
