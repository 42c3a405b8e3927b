"""Passages as weighted vectors: which terms they hold and what each term weighs.

A passage's *terms* are its localised words without stop words and placeholders. A long word
also counts as the dictionary words inside it (普惠性幼儿园: 普惠性, 幼儿园), and every word as the
field of policy it belongs to (``tables/related_words.csv``: 研修, 轮训 and 培训 share one), so
that a task told in other words is still seen.

Two documents alone are too few to weigh words by. A term's weight is its inverse document
frequency in the two plans times jieba's background frequency (270 000 words of general
Chinese): the first knows that 教育 says nothing in education plans, the second that 推进 says
nothing anywhere. A background counted on policy documents was tried and added nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain
from math import log
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from policycmp.language.localisation import PLACEHOLDERS
from policycmp.language.passage import Passage
from policycmp.language.words import background_idf, parts, stop_words
from policycmp.tables import read_table

__all__ = ["Matrix", "Side", "Vectors", "letters", "product", "shares", "unit", "vectors"]

Matrix = NDArray[np.float64]

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


@dataclass(frozen=True, slots=True)
class Side:
    """The passages of one plan as counts of terms (sparse, one row each)."""

    sentences: Any
    owner: NDArray[np.int64]
    """Passage of each sentence, ascending; every passage has at least one."""
    whole: Any
    headings: Any
    """The heading, or the first sentence where there is none."""
    groups: NDArray[np.int64]
    """Number of the section each passage stands in."""
    sections: Any
    """All passages of a section together, its own headings counted twice."""
    plain: list[str]
    """Content words joined by spaces, as rapidfuzz wants them."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """Two plans over one vocabulary."""

    local: Side
    template: Side
    weight: Matrix
    """Weight of each term between the passages of these plans."""
    background: Matrix
    """Weight of each term whatever the plans."""


def _counts(bags: Sequence[Sequence[str]], index: dict[str, int]) -> Any:
    from scipy.sparse import csr_matrix

    columns = np.fromiter((index[term] for bag in bags for term in bag), dtype=np.int64)
    pointer = np.fromiter(accumulate(map(len, bags), initial=0), dtype=np.int64, count=len(bags) + 1)
    matrix = csr_matrix((np.ones(len(columns)), columns, pointer), shape=(len(bags), len(index)))
    matrix.sum_duplicates()
    return matrix


def _members(groups: NDArray[np.int64]) -> Any:
    """Return a matrix that sums the rows of each group."""
    from scipy.sparse import csr_matrix

    number = len(groups)
    return csr_matrix((np.ones(number), (groups, np.arange(number))), shape=(int(groups.max()) + 1, number))


def _side(passages: Sequence[Passage], bags: _Bags, index: dict[str, int]) -> Side:
    sentences = _counts(bags.sentences, index)
    owner, groups = np.array(bags.owner, dtype=np.int64), np.array(bags.groups, dtype=np.int64)
    whole = _members(owner) @ sentences
    sections = _members(groups) @ whole + 2 * _counts(bags.sections, index)
    silent = _silent()
    plain = [" ".join(norm for norm in passage.norms if norm not in silent) for passage in passages]
    return Side(sentences, owner, whole, _counts(bags.headings, index), groups, sections, plain)


@dataclass(frozen=True, slots=True)
class _Bags:
    sentences: list[tuple[str, ...]]
    owner: list[int]
    headings: list[tuple[str, ...]]
    groups: list[int]
    sections: list[tuple[str, ...]]


def _bags(passages: Sequence[Passage]) -> _Bags:
    bags = _Bags([], [], [], [], [])
    paths: dict[tuple[str, ...], int] = {}
    for number, passage in enumerate(passages):
        own = [terms for terms in map(_terms, passage.sentences) if terms] or [()]
        bags.sentences.extend(own)
        bags.owner.extend([number] * len(own))
        bags.headings.append(_terms(passage.heading_norms) or own[0])
        if passage.path not in paths:
            paths[passage.path] = len(paths)
            bags.sections.append(_terms(passage.path_norms))
        bags.groups.append(paths[passage.path])
    return bags


@lru_cache(maxsize=1)
def _usual_idf() -> float:
    return median(background_idf().values())


def vectors(local: Sequence[Passage], template: Sequence[Passage], *, background: bool = True) -> Vectors:
    """Return the term counts of two non-empty lists of passages and the weights of the terms."""
    mine, theirs = _bags(local), _bags(template)
    index: dict[str, int] = {}
    for side in (mine, theirs):
        for term in chain.from_iterable((*side.sentences, *side.headings, *side.sections)):
            index.setdefault(term, len(index))
    a, b = _side(local, mine, index), _side(template, theirs, index)
    number = len(local) + len(template)
    seen = a.whole.getnnz(axis=0) + b.whole.getnnz(axis=0)
    own = np.log((1 + number) / (1 + seen)) / log(1 + number)
    outside = np.ones(len(index))
    if background:
        usual, middle = background_idf(), _usual_idf()
        outside = np.array([min(usual.get(term, middle), _RARE) / _RARE for term in index])
    return Vectors(a, b, own * outside + 0.02, outside)


def letters(local: Sequence[Passage], template: Sequence[Passage]) -> tuple[Any, Any]:
    """Return the character pairs of two lists of passages as rows of length one."""
    from scipy.sparse import csr_matrix

    pairs: list[NDArray[np.int64]] = []
    for passage in (*local, *template):
        codes = np.frombuffer("".join(passage.norms).encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
        pairs.append((codes[:-1] << 21) | codes[1:])
    known, columns = np.unique(np.concatenate(pairs), return_inverse=True)
    pointer = np.concatenate([[0], np.cumsum([len(pair) for pair in pairs])])
    counts = csr_matrix((np.ones(len(columns)), columns, pointer), shape=(len(pairs), len(known)))
    counts.sum_duplicates()
    weight = np.log((1 + len(pairs)) / (1 + counts.getnnz(axis=0))) + 0.05
    rows = unit(counts, weight)
    return rows[: len(local)], rows[len(local) :]


def unit(counts: Any, weight: Matrix) -> Any:
    """Return the rows with each count as 1 + its logarithm, weighted, of length one."""
    from scipy.sparse import diags

    rows = counts.tocsr(copy=True)
    rows.data = (1 + np.log(rows.data)) * weight[rows.indices]
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return diags(np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)) @ rows


def product(local: Any, template: Any) -> Matrix:
    """Return every row of `local` times every row of `template`, as a full matrix."""
    return np.asarray((local @ template.T).toarray(), dtype=np.float64)


def shares(local: Any, template: Any, weight: Matrix) -> tuple[Matrix, Matrix]:
    """Return the share (by weight) of each local row's terms found in each template row, and the reverse."""
    from scipy.sparse import diags

    mine, theirs = (local > 0).astype(np.float64), (template > 0).astype(np.float64)
    common = product(mine @ diags(weight), theirs)
    a, b = (mine @ weight)[:, None], (theirs @ weight)[None, :]
    zero = np.zeros_like(common)
    return np.divide(common, a, out=zero.copy(), where=a > 0), np.divide(common, b, out=zero, where=b > 0)
