"""Segments: what stands between two commas, the unit in which plans commit.

A segment of a plan usually has a verb and an object of its own (建设县级追溯平台 | 对规模生产主体逐一赋码
| 并公开检测结果). Each segment knows its *content*, the words that say what it is about, weighted by
how rare they are in Chinese at large and how little every plan uses them, and its *substance*:
how much of a commitment it is, from the strongest verb (``tables/deeds.csv``: 新建, 公示 1 …
促进 0.2), lowered where it is an aim, an occasion or a hoped-for outcome (``tables/rhetoric.csv``).
An instrument named first (依托平台建立档案) does not lower the deed that follows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache, wraps
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from policycmp.evidence.founding import after_means, founded
from policycmp.language.passage import Passage, of_passage
from policycmp.language.wording import PLAIN, strength
from policycmp.language.words import Word, background_idf, is_boilerplate, stop_words
from policycmp.stretches import KEPT
from policycmp.tables import read_table

__all__ = ["Segment", "acts", "by_segment", "content", "segments", "shared"]

_BREAK = re.compile(r"[。；，！？;!?\n]|(?<!\d),|,(?!\d{3})|(?<!\d)[:：]|[:：](?!\d)")
_GENERIC = 0.04
"""Weight of a word every plan uses, and of a bare number."""
_TRIM = " \t　“”\"'‘’()（）《》"
_EDGE = frozenset("。；，！？;!?\n,:： \t　")
"""What a segment does not end with."""


class Segment(NamedTuple):
    """A stretch of a passage between two commas."""

    text: str
    start: int
    end: int
    words: tuple[Word, ...]
    norms: tuple[str, ...]
    """Those of its words, without punctuation."""
    content: Mapping[str, float]
    characters: frozenset[str]
    """The characters of its content words."""
    mass: float
    substance: float
    """How much of a commitment it is, 0 to 1."""
    factor: float
    """1, or less where the segment is an aim, an occasion or a hoped-for outcome."""
    head: tuple[str, str] | None
    """The last two words, where what is done has its object."""
    frame: bool
    """A formula every plan has, whatever it is about (压实工作责任, 统筹各类资金)."""
    figures: frozenset[str]
    objects: tuple[str, ...]
    """What it founds (see `policycmp.evidence.founding`)."""


@of_passage
def segments(passage: Passage) -> tuple[Segment, ...]:
    """Return the segments of a passage, in order."""
    folded = passage.folded
    words, at = passage.words, 0
    out = []
    governing, start = PLAIN, 0
    for stop in [*(m.end() for m in _BREAK.finditer(folded)), len(folded)]:
        end = stop
        while end > start and folded[end - 1] in _EDGE:
            end -= 1
        first = at
        while at < len(words) and words[at].start < stop:
            at += 1
        mine = words[first:at]
        norms = tuple(w.norm for w in mine)
        if any(norms):
            text = folded[start:end]
            firm = strength(text)
            # 鼓励…，实行…: what is only encouraged stays so to the end of the sentence.
            governing = firm if firm != PLAIN or governing >= _ENCOURAGED else governing
            out.append(Segment(text, start, end, mine, *_said(text, norms, min(firm, governing))))
        if folded[stop - 1 : stop] in ("。", "；", ";", "\n"):
            governing = PLAIN
        start = stop
    return tuple(out)


Read = TypeVar("Read")


def by_segment(read: Callable[[str], Read]) -> Callable[[Passage], tuple[Read, ...]]:
    """Make of what reads the text of one segment what reads every segment of a passage, each text once."""
    kept = lru_cache(maxsize=KEPT)(read)

    @wraps(read)
    def found(passage: Passage) -> tuple[Read, ...]:
        return tuple(kept(segment.text) for segment in segments(passage))

    return of_passage(found)


_ENCOURAGED = 1.45
"""Modality up to which a term governs the rest of its sentence (鼓励, 探索, 可以)."""


@lru_cache(maxsize=KEPT)
def _said(text: str, norms: tuple[str, ...], firm: float) -> tuple[Any, ...]:
    """Return what a segment says, wherever it stands: a sentence is read as itself and in its clause."""
    said, objects = tuple(filter(None, norms)), founded(norms)
    about, factor = content(said), _factor(text)
    signs = frozenset("".join(norm for norm, weight in about.items() if weight > _GENERIC))
    tells = len(said) > 2 and not (_generic(said[-2]) and _generic(said[-1]))
    head = (said[-2], said[-1]) if tells else None
    deed = after_means(text.strip(_TRIM), said)
    if deed is not None:
        # 依托平台建立档案: what it is done with does not lower what is done.
        norms, text_of_deed = said[deed:], text[text.index(said[deed], 2) :]
        factor = _factor(text_of_deed)
        substance = _substance(text_of_deed, norms, firm) * factor
    else:
        substance = _substance(text, norms, firm) * factor
    figures = frozenset(norm for norm in said if norm[0].isdigit())
    mass = sum(about.values())
    return (said, about, signs, mass, substance, factor, head, _frame(text), figures, objects)


@cache
def _deeds() -> dict[str, float]:
    return {row["word"]: float(row["weight"]) for row in read_table("deeds")}


def acts(segment: Segment, index: int) -> bool:
    """Tell whether the segment's deed is told before the character `index` of the passage."""
    deeds = _deeds()
    return any(w.end <= index and deeds.get(w.norm, 0.0) >= 0.5 for w in segment.words)


@cache
def _long_deeds() -> re.Pattern[str]:
    """Deeds of more than two characters, which the tokenizer may cut (改扩建, 全覆盖)."""
    return re.compile("|".join(sorted((w for w in _deeds() if len(w) > 2), key=len, reverse=True)))


@cache
def _rhetoric() -> tuple[tuple[float, Callable[[str], re.Match[str] | None]], ...]:
    """Return the factors of aims, occasions and hopes, the lowest first, with what finds the words that tell them.

    Most tell by how a segment begins, and are looked for there alone.
    """
    patterns: dict[tuple[float, bool], list[str]] = {}
    for row in read_table("rhetoric"):
        key = (float(row["factor"]), row["pattern"].startswith("^"))
        patterns.setdefault(key, []).append(row["pattern"])
    return tuple(
        (factor, _any_of(found).match if begins else _any_of(found).search)
        for (factor, begins), found in sorted(patterns.items())
    )


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _substance(text: str, norms: tuple[str, ...], firm: float) -> float:
    deeds = _deeds()
    known = [deeds[norm] for norm in norms if norm in deeds]
    weights = list(known)
    weights += [deeds[m.group()] for m in _long_deeds().finditer(text)]
    # A word the tokenizer does not know stands there as single characters: 普测, 赋码.
    for one, other in pairwise(norms):
        if len(one) == len(other) == 1:
            weights.append(deeds.get(one + other, 0.0))
    first = known[0] if known else 0.0
    weight = max(weights, default=_VERBLESS)
    if first <= _GENERAL and weight > _GENERAL:
        # 加强…建设, 推进…改造: the deed is a noun there, and less is promised than by the verb.
        weight = max(_GENERAL, _NOMINAL * weight)
    return weight * (0.6 if firm < 2 else 0.8 if firm < PLAIN - 0.3 else 1.0)


_GENERAL = 0.4
"""Up to this weight a verb says only that something gets better (加强, 推进, 完善)."""
_NOMINAL = 0.7
_VERBLESS = 0.25
"""Substance of a segment without a verb of the table."""


@cache
def _frames() -> re.Pattern[str]:
    return _any_of(row["pattern"] for row in read_table("frames"))


_ADDRESSEE = re.compile(r"^(?:各|有关|相关|全体|市直|县直|区直)[^，]{0,14}?(?:要|应当?|须|务必)")


def _frame(text: str) -> bool:
    bare = _ADDRESSEE.sub("", text.strip(_TRIM))
    return len(bare) <= 14 and _frames().search(bare) is not None


def _factor(text: str) -> float:
    bare = text.strip(_TRIM).removeprefix("并").removeprefix("要")
    return next((factor for factor, tells in _rhetoric() if tells(bare)), 1.0)


@cache
def _generic_words() -> frozenset[str]:
    graded = {row["term"] for row in read_table("modality")}
    return frozenset(row["word"] for row in read_table("generic_words")) | graded


def _generic(norm: str) -> bool:
    """Tell whether every plan uses the word whatever it is about (推进, 水平, 机制 …)."""
    return norm in _generic_words() or norm in _deeds() or is_boilerplate(norm)


_PERIOD = re.compile(r"[每按逐本一]?(?:年|半年|月|周|日|天|旬|季|季度|学期|学年|年度|月度)")


@lru_cache(maxsize=65536)
def _weight(norm: str) -> float:
    if norm in stop_words() or norm.startswith("〈"):
        return 0.0
    if norm[0].isdigit() or norm == "%" or _PERIOD.fullmatch(norm):
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
