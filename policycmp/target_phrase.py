"""What a target is about, and how alike two of them are in that.

A target's *phrase* is its indicator in localised words, each weighted by how much it tells
(words that every plan uses weigh little). Two phrases are as alike as the weight they share
of what both say: words count as shared when they are equal or written with mostly the same
characters (示范校, 示范学校). Numbers of different dimensions (人, %) or of different grade
(国家级, 省级) are not about the same thing whatever the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from policycmp.localisation import localise
from policycmp.model import Target
from policycmp.target_value import dimension_of
from policycmp.text import fold
from policycmp.words import background_idf, is_boilerplate, stop_words

__all__ = ["Phrase", "likeness", "phrase_of"]

_COMMON_IDF, _BOILERPLATE_SHARE = 8.0, 0.35


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of an indicator with their weights, its dimension and grade."""

    words: tuple[str, ...]
    weights: tuple[float, ...]
    dimension: str
    grade: int | None
    condition: bool

    def compatible(self, other: Phrase) -> bool:
        """Return whether both could be about the same thing, whatever their words."""
        if self.condition != other.condition:
            return False
        if self.grade is not None and other.grade is not None and self.grade != other.grade:
            return False
        return self.dimension == other.dimension or "date" in (self.dimension, other.dimension)


_GRADES = (
    (4, re.compile(r"国家|全国|国际|世界|部级")),
    (3, re.compile(r"自治区|省|(?<![县州市辖])区级|全区|直辖市")),
    (2, re.compile(r"(?<!县)市|州|盟|地级")),
    (1, re.compile(r"县|区县|旗")),
    (0, re.compile(r"校级|乡|镇|村|班级")),
)


def _grade(level: str | None) -> int | None:
    return next((rank for rank, pattern in _GRADES if level and pattern.search(level)), None)


@lru_cache(maxsize=4096)
def _weight(word: str) -> float:
    if word in stop_words():
        return 0.0
    weight = background_idf().get(word, _COMMON_IDF)
    return min(weight, 12.0) * (_BOILERPLATE_SHARE if is_boilerplate(word) else 1.0)


def phrase_of(target: Target, place: str | None = None) -> Phrase:
    """Return what `target` is about; `place` is the jurisdiction whose plan it stands in."""
    grade = _grade(target.level)
    text = fold(target.indicator)
    if target.level:
        text = text.replace(fold(target.level), "")
    words = tuple(w.norm for w in localise(text, place) if w.norm and not w.norm.startswith("〈"))
    weights = tuple(_weight(w) for w in words)
    return Phrase(words, weights, dimension_of(target), grade, "condition" in target.qualifiers)


@lru_cache(maxsize=65536)
def _alike(a: str, b: str) -> float:
    if a == b:
        return 1.0
    shared = len(set(a) & set(b))
    share = 2 * shared / (len(set(a)) + len(set(b)))
    return share if share >= 0.65 else 0.0


def _covered(words: Sequence[str], weights: Sequence[float], other: Sequence[str]) -> tuple[float, float]:
    have = sum(
        w * max((_alike(word, o) for o in other), default=0.0) for word, w in zip(words, weights, strict=True)
    )
    return have, sum(weights)


def likeness(a: Phrase, b: Phrase) -> float:
    """Return how much of what two phrases say is the same, between 0 and 1.

    Examples
    --------
    >>> from policycmp.targets import targets_in
    >>> one, = targets_in("创建劳动教育示范校6所。")
    >>> two, = targets_in("创建劳动教育示范学校60所。")
    >>> likeness(phrase_of(one), phrase_of(two)) > 0.8
    True
    """
    have_a, all_a = _covered(a.words, a.weights, b.words)
    have_b, all_b = _covered(b.words, b.weights, a.words)
    if not all_a or not all_b:
        return 0.0
    return (have_a + have_b) / (all_a + all_b)
