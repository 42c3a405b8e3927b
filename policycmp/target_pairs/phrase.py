"""What a target is about, and how close two of them are in that.

A target's *phrase* is its indicator in localised words. Words weigh by how much they tell: rare
words much, words every target uses (实现, 创建, 发展 …; ``tables/target_words.csv``) little. Two
phrases share what is covered on both sides by equal words or by words of the same head written
with mostly the same characters (示范校, 示范学校). What the words leave open is decided by the
rest: the sentence part around the number counts the more the less the indicator itself says
(学校, 幼儿园); the same value, verb and person counted for speak for one target, a count per year
against a total speaks against it.

Some pairs are never about the same thing, whatever their words: different dimensions (人, %), other
grades (国家级, 省级), a condition and an aim, subjects beside each other (学前教育, 普通高中).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from policycmp.model import Target
from policycmp.scope import beside, subjects_of
from policycmp.stretches import KEPT
from policycmp.target_pairs.telling import telling_words
from policycmp.target_pairs.value import Standing, dimension_of, per_year, standing

__all__ = ["Phrase", "coverage", "likeness", "phrase_of"]

_TELLING = 20.0
"""Weight of an indicator that needs no help from the words around it."""
_DIVIDED = 0.3
_HEADING = 0.5
_NAMES_NOTHING = 6.0
"""Weight up to which an indicator (县, 学校, 按照) only says that something is counted."""


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """What a target is about; weights stand beside their words. Equal phrases are one object (`phrase_of`)."""

    words: tuple[str, ...]
    weights: tuple[float, ...]
    around: tuple[str, ...]
    around_weights: tuple[float, ...]
    heading: tuple[str, ...]
    """Words of the clause's heading: what it says, the indicator need not repeat."""
    dimension: str
    grade: int | None
    condition: bool
    recurring: bool
    """An amount for each year, term … rather than a total."""
    whole: bool
    """All of something, told by a word (全覆盖, 全部达标)."""
    per: str
    action: str
    value: Standing | None
    subjects: frozenset[str]

    @property
    def signs(self) -> frozenset[str]:
        """Characters of which two phrases share one if any of their words are alike (see `_alike`)."""
        return _signs(self.words)

    def compatible(self, other: Phrase) -> bool:
        """Return whether both could be about the same thing, whatever their words."""
        if self.condition != other.condition:
            return False
        if self.grade is not None and other.grade is not None and self.grade != other.grade:
            return False
        if self.dimension != other.dimension and "date" not in (self.dimension, other.dimension):
            return False
        return not beside(self.subjects, other.subjects)


_GRADES = (
    (4, re.compile(r"国家|全国|国际|世界|部级")),
    (3, re.compile(r"自治区|省|(?<![县州市辖])区级|全区|直辖市")),
    (2, re.compile(r"(?<!县)市|州|盟|地级")),
    (1, re.compile(r"县|区县|旗")),
    (0, re.compile(r"校级|乡|镇|村|班级")),
)


_PRINTED_GRADE = re.compile(r"国家级?|全国|自治区级?|省级|[市州县]级")


def _grade(level: str | None) -> int | None:
    return next((rank for rank, pattern in _GRADES if level and pattern.search(level)), None)


def phrase_of(
    target: Target,
    place: str | None = None,
    around: str = "",
    heading: str = "",
    subjects: frozenset[str] = frozenset(),
) -> Phrase:
    """Return what `target` is about.

    Parameters
    ----------
    target : Target
    place : str, optional
        The jurisdiction whose plan it stands in.
    around : str
        The part of the sentence it stands in; its snippet where not given.
    heading : str
        The heading of its clause. It tells the subject where the indicator names none.
    subjects : frozenset of str
        Subject terms of the plan, for where the heading names none either.
    """
    text = target.indicator.replace(target.level, "") if target.level else target.indicator
    around = around or target.snippet or ""
    words, weights = telling_words(text or target.indicator, place)
    more, more_weights = telling_words(around, place)
    grade = _grade(target.level)
    if sum(weights) < _NAMES_NOTHING:
        words, weights = more, more_weights
        grade = _grade(found[0]) if grade is None and (found := _PRINTED_GRADE.search(around)) else grade
    action = next((m.removeprefix("action:") for m in target.qualifiers if m.startswith("action:")), "")
    value = standing(target)
    dimension = dimension_of(target)
    return _phrase(
        words, weights, more, more_weights, telling_words(heading, place)[0], dimension, grade, "condition" in target.qualifiers,
        per_year(target.per) is not None and dimension != "frequency", "coverage_word" in target.qualifiers,
        value.per if value else "", action, value,
        subjects_of(target.indicator) or subjects_of(around) or subjects_of(heading) or subjects,
    )  # fmt: skip


_phrase = lru_cache(maxsize=KEPT)(Phrase)


_ANY_RATE = {"占比"}
"""A share under no name of its own may be any rate (接受义务教育的比例, 义务教育入学率)."""


@lru_cache(maxsize=65536)
def _alike(a: str, b: str) -> float:
    if a == b:
        return 1.0
    if {a, b} & _ANY_RATE and {a[-1], b[-1]} & {"率"}:
        return 0.5
    # 示范校 and 示范县 share two characters of three and are different things: the head decides.
    if a[-1] != b[-1] and not a.startswith(b) and not b.startswith(a):
        return 0.0
    share = 2 * len(set(a) & set(b)) / (len(set(a)) + len(set(b)))
    return share if share >= 0.6 else 0.0


@lru_cache(maxsize=KEPT)
def _signs(words: tuple[str, ...]) -> frozenset[str]:
    """Return first and last characters of words; those that may be any rate are alike to whatever ends in 率."""
    ends = {end for word in words for end in (word[0], word[-1])}
    return frozenset(ends | ({"率"} if _ANY_RATE.intersection(words) else set()))


def _covered(
    words: Sequence[str], weights: Sequence[float], other: Sequence[str], heading: Sequence[str] = ()
) -> float:
    """Return the share of a phrase's weight that the other's words, or by half its heading, cover."""
    total = sum(weights)
    have = 0.0
    for word, weight in zip(words, weights, strict=True):
        said = 1.0 if word in other else _most_alike(word, other)
        if said < _HEADING:
            said = max(said, _HEADING * _most_alike(word, heading))
        have += weight * said
    return have / total if total else 0.0


def _most_alike(word: str, others: Sequence[str]) -> float:
    first, last = word[0], word[-1]
    any_rate = word in _ANY_RATE
    most = 0.0
    for other in others:
        if last == other[-1] or first == other[0] or any_rate or other in _ANY_RATE:
            most = max(most, _alike(word, other))
    return most


def coverage(phrase: Phrase, text: str, place: str | None) -> float:
    """Return the share of what a phrase says that a text in the plan of `place` says too."""
    return _covered(phrase.words, phrase.weights, telling_words(text, place)[0])


@lru_cache(maxsize=8 * KEPT)
def likeness(a: Phrase, b: Phrase) -> float:
    """Return how close two phrases are: about 0 for nothing in common, 1 for the same.

    Examples
    --------
    >>> from policycmp.targets.find import targets_in
    >>> one, = targets_in("创建劳动教育示范校6所。")
    >>> two, = targets_in("培育劳动教育示范学校60所。")
    >>> likeness(phrase_of(one), phrase_of(two)) > 0.8
    True
    """
    if not _covered(a.words, a.weights, b.words):
        return 0.0
    here = _covered(a.words, a.weights, b.words, b.heading)
    there = _covered(b.words, b.weights, a.words, a.heading)
    x, y = sum(a.weights), sum(b.weights)
    core = (here * x + there * y) / (x + y)
    # Where each names what the other does not, they are two things of one kind (劳动教育精品课, 中小学精品课).
    core -= _DIVIDED * min(1 - here, 1 - there)
    x, y = sum(a.around_weights), sum(b.around_weights)
    around = x * _covered(a.around, a.around_weights, b.around, b.heading)
    around = (around + y * _covered(b.around, b.around_weights, a.around, a.heading)) / ((x + y) or 1.0)
    told = min(sum(a.weights), sum(b.weights))
    share = min(0.8, max(0.1, 1 - told / _TELLING))
    score = core * (1 - share) + around * share
    if a.words[-1][-1] == b.words[-1][-1] == "率" and not _alike(a.words[-1], b.words[-1]):
        score -= 0.15
    if a.recurring != b.recurring:
        score -= 0.25
    if a.dimension != b.dimension:
        score -= 0.05
    if a.whole != b.whole:
        score -= 0.1
    if a.per and a.per == b.per:
        score += 0.1
    if a.grade is not None and b.grade is not None:
        score += 0.05
    elif a.grade is not b.grade:
        score -= 0.05
    if a.action and b.action:
        score += 0.05 if set(a.action) & set(b.action) else -0.05
    if a.value and b.value and (a.value.low, a.value.high) == (b.value.low, b.value.high):
        score += 0.05
    return max(0.0, score)
