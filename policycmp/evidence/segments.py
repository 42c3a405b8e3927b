"""Segments: what stands between two commas, the unit in which plans commit.

A segment of a plan usually has a verb and an object of its own (建设县级追溯平台 | 对规模生产主体逐一赋码
| 并公开检测结果). Each segment knows its *content*, the words that say what it is about, weighted by
how rare they are in Chinese at large and how little every plan uses them, and its *substance*:
how much of a commitment it is, from the strongest verb (``tables/deeds.csv``: 新建, 公示 1 …
促进 0.2), lowered where it is an aim, an occasion or a hoped-for outcome (``tables/rhetoric.csv``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from policycmp.passage import Passage
from policycmp.tables import read_table
from policycmp.text import fold
from policycmp.wording import PLAIN, strength
from policycmp.words import Word, background_idf, is_boilerplate, stop_words

__all__ = ["Segment", "content", "segments", "shared"]

_BREAK = re.compile(r"[。；，！？;!?\n]|(?<!\d),|,(?!\d{3})|(?<!\d)[:：]|[:：](?!\d)")
_GENERIC = 0.04
"""Weight of a word every plan uses, and of a bare number."""
_TRIM = " \t　“”\"'‘’()（）《》"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a passage between two commas."""

    text: str
    start: int
    end: int
    words: tuple[Word, ...]
    content: Mapping[str, float]
    characters: frozenset[str]
    """The characters of its content words."""
    mass: float
    substance: float
    factor: float
    """1, or less where the segment is an aim, an occasion or a hoped-for outcome."""
    strength: float


@lru_cache(maxsize=8192)
def segments(passage: Passage) -> tuple[Segment, ...]:
    """Return the segments of a passage, in order."""
    folded = fold(passage.text)
    bounds = [0, *(m.end() for m in _BREAK.finditer(folded)), len(folded)]
    words, at = passage.words, 0
    out = []
    for start, stop in zip(bounds, bounds[1:], strict=False):
        end = stop
        while end > start and (_BREAK.fullmatch(folded[end - 1]) or folded[end - 1] in _TRIM[:3]):
            end -= 1
        mine = []
        while at < len(words) and words[at].start < stop:
            if words[at].start >= start:
                mine.append(words[at])
            at += 1
        text = folded[start:end]
        if not any(w.norm for w in mine):
            continue
        about = content(tuple(w.norm for w in mine if w.norm))
        firm, factor = strength(text), _factor(text)
        mass, substance = sum(about.values()), _substance(text, mine, firm) * factor
        signs = frozenset("".join(norm for norm, weight in about.items() if weight > _GENERIC))
        out.append(Segment(text, start, end, tuple(mine), about, signs, mass, substance, factor, firm))
    return tuple(out)


@cache
def _deeds() -> dict[str, float]:
    return {row["word"]: float(row["weight"]) for row in read_table("deeds")}


@cache
def _rhetoric() -> tuple[tuple[re.Pattern[str], float], ...]:
    return tuple((re.compile(row["pattern"]), float(row["factor"])) for row in read_table("rhetoric"))


def _substance(text: str, words: list[Word], firm: float) -> float:
    deeds = _deeds()
    weights = [deeds[w.norm] for w in words if w.norm in deeds]
    longest = max((weight for word, weight in deeds.items() if len(word) > 2 and word in text), default=0.0)
    weight = max(weights, default=0.25)
    weight = max(weight, longest)
    hedge = 0.6 if firm < 2 else 0.8 if firm < PLAIN - 0.3 else 1.0
    return weight * hedge


def _factor(text: str) -> float:
    bare = text.strip(_TRIM).removeprefix("并").removeprefix("要")
    return min((f for pattern, f in _rhetoric() if pattern.search(bare)), default=1.0)


@cache
def _generic_words() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("generic_words"))


def _generic(norm: str) -> bool:
    """Tell whether every plan uses the word whatever it is about (推进, 水平, 机制 …)."""
    return norm in _generic_words() or norm in _deeds() or is_boilerplate(norm)


@lru_cache(maxsize=65536)
def _weight(norm: str) -> float:
    if norm in stop_words() or norm.startswith("〈"):
        return 0.0
    if norm[0].isdigit() or norm == "%":
        return _GENERIC
    if _generic(norm) or (len(norm) == 4 and _generic(norm[:2]) and _generic(norm[2:])):
        return _GENERIC
    return min(background_idf().get(norm, 9.0), 12.0) / 12 * (1.0 if len(norm) > 1 else 0.4)


def content(norms: tuple[str, ...]) -> dict[str, float]:
    """Return the words that say what a text is about, with their weights."""
    return {norm: weight for norm in norms if (weight := _weight(norm))}


def shared(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the weight of the words two contents have in common."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight for norm, weight in one.items() if norm in other)
