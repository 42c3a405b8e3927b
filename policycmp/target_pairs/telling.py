"""The words of a phrase, and how much each of them tells.

Rare words tell much, words every target uses (实现, 创建, 发展 …; ``tables/target_words.csv``) little, units,
comparators and hedges nothing: they are part of the value. Two forms of one word are made one (比例, 占比).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from policycmp.language.localisation import localise
from policycmp.language.words import Word, background_idf, is_boilerplate, stop_words
from policycmp.stretches import KEPT
from policycmp.tables import read_table
from policycmp.text import fold

__all__ = ["telling_words"]

_COMMON, _RAREST, _FLOOR = 8.0, 12.0, 0.35


@cache
def _same() -> tuple[tuple[str, str], ...]:
    rows = [(r["word"], r["value"]) for r in read_table("target_words") if r["role"] == "same"]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@cache
def _weak() -> dict[str, float]:
    return {r["word"]: float(r["value"]) for r in read_table("target_words") if r["role"] == "weak"}


@cache
def _empty() -> frozenset[str]:
    """Units, comparators and hedges: part of the value, not of what it is about."""
    tables = ("units", "unit"), ("comparators", "word"), ("hedges", "word"), ("recurrence", "period")
    return frozenset(row[column] for table, column in tables for row in read_table(table))


@lru_cache(maxsize=KEPT)
def _weight(word: str) -> float:
    if word in stop_words() or word in _empty() or not re.search(r"[\u3400-\u9fffa-z]", word):
        return 0.0
    weight = min(background_idf().get(word, _COMMON), _RAREST) * (1.0 if len(word) > 1 else 0.4)
    return weight * _weak().get(word, _FLOOR if is_boilerplate(word) else 1.0)


# Of a share it is first of all told what has it: 城镇新建建筑中装配式建筑比例, 非化石能源占能源消费比重.
_BASE = re.compile(
    r"^(?P<among>.{2,20}?)(?<![其集])中(?!小|学|职|等|心|医|药|高|国|华|央|型)(?=.{2,20}占比$)|占(?!比)(?P<of>.{2,20}?)的?(?=占比$)"
)
_BASE_SHARE = 0.4


@lru_cache(maxsize=KEPT)
def telling_words(text: str, place: str | None) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Return the words of `text` in the plan of `place` that tell something, and how much each tells.

    Examples
    --------
    >>> telling_words("创建劳动教育示范校", None)[0]
    ('创建', '劳动教育', '示范校')
    """
    plain = re.sub(r"[“”\"'()（）<>]", "", _one_form(fold(text)))
    base = _BASE.search(plain)
    span = base.span() if base else (0, 0)
    weights: dict[str, float] = {}
    for word in _with_rates(localise(plain, place)):
        weight = _weight(word.norm) * (_BASE_SHARE if span[0] <= word.start < span[1] else 1.0)
        if weight > 0 and not word.norm.startswith("〈"):
            weights[word.norm] = max(weight, weights.get(word.norm, 0.0))
    return tuple(weights), tuple(weights.values())


def _with_rates(words: Sequence[Word]) -> Iterator[Word]:
    """Join a 率 that stands alone to the word before it: 收集|率 is 收集率 as 处理率 is."""
    held: Word | None = None
    for word in words:
        if word.norm == "率" and held is not None and held.norm and not held.norm.startswith("〈"):
            held = Word(held.text + word.text, held.start, word.end, held.norm + word.norm)
            continue
        if held is not None:
            yield held
        held = word
    if held is not None:
        yield held


def _one_form(text: str) -> str:
    for word, form in _same():
        text = text.replace(word, form)
    return text
