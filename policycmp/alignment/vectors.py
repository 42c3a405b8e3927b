"""Passages as weighted vectors: which terms they hold and what each term weighs.

A passage's *terms* are its localised words without stop words and placeholders. A long word
also counts as the dictionary words inside it (普惠性幼儿园: 普惠性, 幼儿园), and every word as the
field of policy it belongs to (``tables/related_words.csv``: 研修, 轮训 and 培训 share one), so
that a task told in other words is still seen.

Two documents alone are too few to weigh words by. A term's weight is its inverse document
frequency in the two plans times jieba's background frequency (270 000 words of general
Chinese): the first knows that 教育 says nothing in education plans, the second that 推进 says
nothing anywhere. A background counted on policy documents was tried and added nothing.

What one plan's passages hold does not depend on the plan they are held against: a `Side` is
counted once over its own vocabulary and kept, so that a template's is ready for the next plan.
Only the weights are worked out for each two plans.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count
from math import log
from statistics import median
from typing import Any

import numpy as np

from policycmp.alignment.counts import Matrix, Rows, Whole
from policycmp.language.localisation import PLACEHOLDERS
from policycmp.language.passage import Passage
from policycmp.language.words import background_idf, parts, stop_words
from policycmp.tables import read_table

__all__ = ["Matrix", "Side", "Vectors", "letters", "side", "vectors"]

_RARE = 13.0
"""jieba's idf ends at 13.9, a word it met in one document; beyond this all are rare alike."""


@lru_cache(maxsize=1)
def _silent() -> frozenset[str]:
    return stop_words() | PLACEHOLDERS


@lru_cache(maxsize=1)
def _fields() -> dict[str, tuple[str, ...]]:
    """Each word of a field of policy to the terms of its fields (``#培训``)."""
    fields: dict[str, tuple[str, ...]] = {}
    for row in read_table("related_words"):
        for word in row["words"].split("|"):
            fields[word] = (*fields.get(word, ()), f"#{row['group']}")
    return fields


@lru_cache(maxsize=65536)
def _says(norm: str) -> tuple[str, ...]:
    """Return a word, the fields it belongs to and the words inside it; nothing for a silent word."""
    if norm in _silent():
        return ()
    known, size = _fields(), len(norm)
    inside = (norm[a:b] for a in range(size - 1) for b in range(a + 2, min(a + 9, size + 1)))
    fields = {field for word in (norm, *inside) for field in known.get(word, ())}
    return (norm, *sorted(fields), *(part for part in parts(norm) if part not in _silent()))


@lru_cache(maxsize=16384)
def _terms(norms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(chain.from_iterable(map(_says, norms)))


@lru_cache(maxsize=1)
def _usual_idf() -> float:
    return median(background_idf().values())


@dataclass(frozen=True, slots=True)
class Side:
    """The passages of one plan as counts of terms over a vocabulary of their own."""

    index: dict[str, int]
    """Number of each term."""
    background: Matrix
    """Weight of each term whatever the plans."""
    whole: Rows
    sentences: Rows
    owner: Whole
    """Passage of each sentence, ascending; every passage has at least one."""
    headings: Rows
    """The heading, or the first sentence where there is none."""
    groups: Whole
    """Number of the section each passage stands in."""
    sections: Rows
    """All passages of a section together, its own headings counted twice."""
    letters: tuple[Whole, Rows]
    """Pairs of neighbouring characters: which there are, ascending, and how often each passage has them."""
    plain: tuple[str, ...]
    """Content words joined by spaces, as rapidfuzz wants them."""


@lru_cache(maxsize=8)
def side(passages: tuple[Passage, ...]) -> Side:
    """Return the term counts of a plan's passages; those of the last few plans are kept."""
    own = [[terms for terms in map(_terms, passage.sentences) if terms] or [()] for passage in passages]
    owner = np.repeat(np.arange(len(own)), [len(sentences) for sentences in own])
    # The sentences of a clause have one heading, and it is read once.
    heads = {(p.heading, p.place): p for p in passages}
    said = {head: _terms(p.heading_norms) for head, p in heads.items()}
    titles = [said[p.heading, p.place] or sentences[0] for p, sentences in zip(passages, own, strict=True)]
    paths: dict[tuple[str, ...], int] = {}
    groups = np.array([paths.setdefault(p.path, len(paths)) for p in passages], dtype=np.int64)
    first = {group: n for n, group in reversed(list(enumerate(groups.tolist())))}
    above = [_terms(passages[first[group]].path_norms) for group in range(len(paths))]

    index: dict[str, int] = defaultdict(count().__next__)
    sentence, term = _numbered(chain.from_iterable(own), index)
    title, title_term = _numbered(titles, index)
    section, section_term = _numbered(above, index)
    size = max(len(index), 1)
    whole = Rows.of(owner[sentence], term, len(passages), size)
    usual, middle = background_idf(), _usual_idf()
    background = np.minimum([usual.get(word, middle) for word in index], _RARE) / _RARE
    silent = _silent()
    return Side(
        dict(index),
        background,
        whole,
        Rows.of(sentence, term, len(owner), size),
        owner,
        Rows.of(title, title_term, len(passages), size),
        groups,
        Rows.of(
            np.concatenate([groups[owner[sentence]], section, section]),
            np.concatenate([term, section_term, section_term]),
            len(paths),
            size,
        ),
        _letters(passages),
        tuple(" ".join([norm for norm in passage.norms if norm not in silent]) for passage in passages),
    )


def _numbered(bags: Iterable[Sequence[str]], index: dict[str, int]) -> tuple[Whole, Whole]:
    """Return for every term of every bag the bag's number and the term's, which `index` gives to new ones."""
    bags = list(bags)
    term = np.fromiter(map(index.__getitem__, chain.from_iterable(bags)), dtype=np.int64)
    return np.repeat(np.arange(len(bags)), list(map(len, bags))), term


def _letters(passages: Sequence[Passage]) -> tuple[Whole, Rows]:
    texts = ["".join(passage.norms) for passage in passages]
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(
        np.int64
    )
    row = np.repeat(np.arange(len(texts)), list(map(len, texts)))
    inside = row[:-1] == row[1:]
    pairs = ((codes[:-1] << 21) | codes[1:])[inside]
    known, column = np.unique(pairs, return_inverse=True)
    return known, Rows.of(row[:-1][inside], column, len(texts), max(len(known), 1))


@dataclass(frozen=True, slots=True)
class Vectors:
    """Two plans over one vocabulary: the template's terms, then those only the local plan has."""

    local: Side
    template: Side
    position: Whole
    """Number of each local term in the common vocabulary."""
    weight: Matrix
    """Weight of each term between the passages of these plans."""
    background: Matrix
    """Weight of each term whatever the plans."""

    def rows(self, name: str) -> tuple[Rows, Rows]:
        """Return rows of both plans over the common vocabulary."""
        here: Rows = getattr(self.local, name)
        there: Rows = getattr(self.template, name)
        return here.over(self.position), there

    def unit(self, name: str) -> tuple[Any, Any]:
        """Return rows of both plans, weighted and of length one."""
        here, there = self.rows(name)
        return here.unit(self.weight), there.unit(self.weight)


def vectors(local: Sequence[Passage], template: Sequence[Passage], *, background: bool = True) -> Vectors:
    """Return the term counts of two non-empty lists of passages and the weights of the terms."""
    here, there = side(tuple(local)), side(tuple(template))
    place = np.array([there.index.get(term, -1) for term in here.index], dtype=np.int64)
    position, size = _joined(place, len(there.index))
    number = len(local) + len(template)
    outside = np.ones(size)
    if background:
        outside[: len(there.index)] = there.background
        outside[position] = here.background
    own = _rarity(here.whole, there.whole, position, size) / log(1 + number)
    return Vectors(here, there, position, own * outside + 0.02, outside)


def letters(local: Side, template: Side) -> tuple[Any, Any]:
    """Return the character pairs of two plans' passages as rows of length one."""
    known, there = template.letters
    mine, here = local.letters
    place = np.searchsorted(known, mine)
    place[known.take(place, mode="clip") != mine] = -1
    position, size = _joined(place, len(known))
    weight = _rarity(here, there, position, size) + 0.05
    return here.over(position).unit(weight), there.unit(weight)


def _joined(place: Whole, known: int) -> tuple[Whole, int]:
    """Return a number for each local term, those after the `known` ones where its place is -1, and how many there are."""
    new = np.flatnonzero(place < 0)
    position = place.copy()
    position[new] = np.arange(known, known + len(new))
    return position, known + len(new)


def _rarity(here: Rows, there: Rows, position: Whole, size: int) -> Matrix:
    """Return the logarithm of how rare each term is among the passages of both plans."""
    seen = np.bincount(there.term, minlength=size) + np.bincount(position[here.term], minlength=size)
    return np.log((1 + here.number + there.number) / (1 + seen))
