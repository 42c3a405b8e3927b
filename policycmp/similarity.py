"""How alike two lists of passages are, seen from several sides.

Every side is a matrix of local by template passages with values from 0 to 1:

* ``words``: cosine of word TF-IDF. Words are the localised norms of `policycmp.passage`, plus
  one term for each field of policy a word belongs to (``tables/related_words.csv``: 研修, 轮训 and
  培训 share one), so that a task told in other words is still seen.
* ``characters``: cosine of character pairs, which sees what the tokenizer cut differently.
* ``sentences``: how well each local sentence is supported by the best sentence of the template
  passage, averaged with the weight of its words: a short item drawn from one part of a broad
  clause scores high here and nowhere else.
* ``headings``: the local heading (or first sentence) against the template heading, and the
  share of either heading's words in the other passage.
* ``sections``: the group of passages that stand under the same section heading, against the
  template passage and against its group.
* ``kinds``: 1 where both are tasks, goals, safeguards …
* ``order``: 1 minus the difference of the relative positions.
* ``fuzzy``: rapidfuzz's token scorers on space-joined words, for large lists on likely pairs only.

Two documents alone are too few to weigh words by: a word's weight is its inverse document
frequency in the two plans times jieba's background frequency (270 000 words of general
Chinese). The first knows that 教育 says nothing in education plans, the second that 推进 says
nothing anywhere. A background of policy documents was tried and added nothing to the two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from policycmp.localisation import PLACEHOLDERS
from policycmp.passage import Passage
from policycmp.tables import read_table
from policycmp.words import background_idf, stop_words

__all__ = ["SIDES", "Matrix", "Similarity", "similarity"]

Matrix = NDArray[np.float64]

SIDES = ("words", "characters", "sentences", "headings", "sections", "kinds", "order", "fuzzy")

_MANY = 20_000
"""Beyond this many pairs, fuzzy scores are computed for the likeliest pairs of each row and column only."""
_LIKELY = 8


@dataclass(frozen=True, slots=True)
class Similarity:
    """All sides of the comparison, and the shares of words either side finds in the other."""

    sides: dict[str, Matrix]
    local_share: Matrix
    """Share (by weight) of the local passage's words that stand in the template passage."""
    template_share: Matrix
    """Share of the template passage's words that stand in the local passage."""

    @property
    def tfidf(self) -> Matrix:
        """The mean of word and character cosine."""
        return np.asarray((self.sides["words"] + self.sides["characters"]) / 2, dtype=np.float64)

    @property
    def fuzzy(self) -> Matrix:
        """The rapidfuzz score."""
        return self.sides["fuzzy"]


@lru_cache(maxsize=1)
def _silent() -> frozenset[str]:
    return stop_words() | PLACEHOLDERS


@lru_cache(maxsize=1)
def _fields() -> dict[str, tuple[str, ...]]:
    """Each word to the terms of the fields it belongs to (``#培训``)."""
    fields: dict[str, tuple[str, ...]] = {}
    for row in read_table("related_words"):
        for word in row["words"].split("|"):
            fields[word] = (*fields.get(word, ()), f"#{row['group']}")
    return fields


def _terms(norms: Iterable[str]) -> list[str]:
    """Words that say what a passage is about, each followed by its fields."""
    fields, silent = _fields(), _silent()
    out: list[str] = []
    for norm in norms:
        if norm not in silent:
            out.append(norm)
            out.extend(fields.get(norm, ()))
    return out


@dataclass(frozen=True, slots=True)
class _Bags:
    """One side's passages as lists of terms."""

    whole: list[list[str]]
    sentences: list[list[str]]
    owner: list[int]
    headings: list[list[str]]
    groups: list[int]
    group_terms: list[list[str]]
    letters: list[list[str]]


def _bags(passages: Sequence[Passage]) -> _Bags:
    whole = [_terms(p.norms) for p in passages]
    sentences: list[list[str]] = []
    owner: list[int] = []
    headings: list[list[str]] = []
    paths: dict[tuple[str, ...], int] = {}
    groups: list[int] = []
    for index, passage in enumerate(passages):
        own = [terms for terms in map(_terms, passage.sentences) if terms] or [[]]
        sentences += own
        owner += [index] * len(own)
        headings.append(_terms(passage.heading_norms) or own[0])
        groups.append(paths.setdefault(passage.path, len(paths)))
    group_terms: list[list[str]] = [[] for _ in paths]
    for index, passage in enumerate(passages):
        terms = group_terms[groups[index]]
        if not terms:  # the section's own heading counts twice
            terms += 2 * _terms(passage.path_norms)
        terms += whole[index]
    joined = ["".join(p.norms) for p in passages]
    letters = [[text[i : i + 2] for i in range(len(text) - 1)] for text in joined]
    return _Bags(whole, sentences, owner, headings, groups, group_terms, letters)


def _matrix(bags: Sequence[Sequence[str]], index: dict[str, int], *, counts: bool = True) -> Any:
    """Return passages by terms, sparse: 1 + log(count), or 1."""
    from scipy.sparse import csr_matrix

    pointer, columns, values = [0], [], []
    for bag in bags:
        for term, count in Counter(bag).items():
            column = index.get(term)
            if column is not None:
                columns.append(column)
                values.append(1 + log(count) if counts else 1.0)
        pointer.append(len(columns))
    return csr_matrix((np.array(values, dtype=np.float64), columns, pointer), shape=(len(bags), len(index)))


def _unit(matrix: Any, weight: Matrix) -> Any:
    """Return the matrix weighted and with rows of length one."""
    from scipy.sparse import diags

    weighted = matrix @ diags(weight)
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return diags(np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)) @ weighted


def _product(a: Any, b: Any) -> Matrix:
    return np.asarray((a @ b.T).todense(), dtype=np.float64)


@lru_cache(maxsize=1)
def _usual_idf() -> float:
    return median(background_idf().values())


def _weights(local: _Bags, template: _Bags, *, background: bool) -> tuple[dict[str, int], Matrix]:
    """Return the vocabulary of both plans and each term's weight."""
    seen: Counter[str] = Counter()
    for bag in (*local.whole, *template.whole):
        seen.update(set(bag))
    number = len(local.whole) + len(template.whole)
    index = {term: i for i, term in enumerate(seen)}
    for bag in (*local.group_terms, *template.group_terms, *local.headings, *template.headings):
        for term in bag:
            index.setdefault(term, len(index))
    weight = np.empty(len(index))
    usual = background_idf() if background else {}
    for term, i in index.items():
        own = log((1 + number) / (1 + seen.get(term, 0))) / log(1 + number)
        outside = min(usual.get(term, _usual_idf()), 13.0) / 13.0 if background else 1.0
        weight[i] = own * outside + 0.02
    return index, weight


def _letters(local: _Bags, template: _Bags) -> Matrix:
    seen: Counter[str] = Counter()
    for bag in (*local.letters, *template.letters):
        seen.update(set(bag))
    number = len(local.letters) + len(template.letters)
    index = {term: i for i, term in enumerate(seen)}
    weight = np.array([log((1 + number) / (1 + seen[term])) + 0.05 for term in index])
    return _product(
        _unit(_matrix(local.letters, index), weight), _unit(_matrix(template.letters, index), weight)
    )


def _shares(local: Any, template: Any, weight: Matrix) -> tuple[Matrix, Matrix]:
    """Return the weighted share of each local row found in each template row, and the reverse."""
    from scipy.sparse import diags

    common = _product(local @ diags(weight), template)
    mine, theirs = local @ weight, template @ weight
    zero = np.zeros_like(common)
    return (
        np.divide(common, mine[:, None], out=zero.copy(), where=mine[:, None] > 0),
        np.divide(common, theirs[None, :], out=zero.copy(), where=theirs[None, :] > 0),
    )


def _support(local: _Bags, template: _Bags, index: dict[str, int], weight: Matrix) -> Matrix:
    """Return how well the sentences of each local passage are supported by template passages."""
    mine, theirs = _matrix(local.sentences, index), _matrix(template.sentences, index)
    alike = _product(_unit(mine, weight), _unit(theirs, weight))
    first = np.flatnonzero(np.diff([-1, *template.owner]))
    best = np.maximum.reduceat(alike, first, axis=1)
    heavy = np.asarray((mine > 0) @ weight).ravel()
    start = np.flatnonzero(np.diff([-1, *local.owner]))
    total = np.add.reduceat(heavy, start)
    summed = np.add.reduceat(best * heavy[:, None], start, axis=0)
    return np.divide(summed, total[:, None], out=np.zeros_like(summed), where=total[:, None] > 0)


def _mean_of_roots(*sides: Matrix) -> Matrix:
    """Return the square of the mean root: a side that is 0 does not silence the others."""
    return np.asarray(
        (sum(np.sqrt(np.clip(side, 0, 1)) for side in sides) / len(sides)) ** 2, dtype=np.float64
    )


def _headings(local: _Bags, template: _Bags, index: dict[str, int], weight: Matrix) -> Matrix:
    mine, theirs = _matrix(local.headings, index), _matrix(template.headings, index)
    return _mean_of_roots(
        _product(_unit(mine, weight), _unit(theirs, weight)),
        _shares(mine > 0, _matrix(template.whole, index) > 0, weight)[0],
        _shares(_matrix(local.whole, index) > 0, theirs > 0, weight)[1],
    )


def _sections(local: _Bags, template: _Bags, index: dict[str, int], weight: Matrix) -> Matrix:
    mine = _unit(_matrix(local.group_terms, index), weight)
    theirs = _unit(_matrix(template.group_terms, index), weight)
    whole = _unit(_matrix(template.whole, index), weight)
    return _mean_of_roots(
        _product(mine, whole)[local.groups], _product(mine, theirs)[np.ix_(local.groups, template.groups)]
    )


_KIN = {"row": "task", "article": "task", "other": "task", "": "task"}


def _kinds(local: Sequence[Passage], template: Sequence[Passage]) -> Matrix:
    mine, theirs = ([_KIN.get(p.kind, p.kind) for p in side] for side in (local, template))
    return np.array([[float(a == b) for b in theirs] for a in mine])


def _fuzzy(local: _Bags, template: _Bags, likely: Matrix) -> Matrix:
    from rapidfuzz import fuzz, process

    mine, theirs = ([" ".join(bag) for bag in side.whole] for side in (local, template))
    if likely.size <= _MANY:
        by_sort = process.cdist(mine, theirs, scorer=fuzz.token_sort_ratio, dtype=np.float64)
        by_set = process.cdist(mine, theirs, scorer=fuzz.token_set_ratio, dtype=np.float64)
        return np.asarray((by_sort + by_set) / 200, dtype=np.float64)
    out = np.zeros_like(likely)
    pairs = {(i, int(j)) for i, row in enumerate(likely) for j in np.argpartition(-row, _LIKELY)[:_LIKELY]}
    for j, column in enumerate(likely.T):
        pairs.update((int(i), j) for i in np.argpartition(-column, _LIKELY)[:_LIKELY])
    for i, j in pairs:
        out[i, j] = (
            fuzz.token_sort_ratio(mine[i], theirs[j]) + fuzz.token_set_ratio(mine[i], theirs[j])
        ) / 200
    return out


def similarity(
    local: Sequence[Passage],
    template: Sequence[Passage],
    *,
    background: bool = True,
    sides: Collection[str] = SIDES,
) -> Similarity:
    """Return how alike each local passage is to each template passage.

    Parameters
    ----------
    local, template : sequence of Passage
        The passages of two plans, in the order of the document.
    background : bool
        Weigh words by jieba's background frequencies too.
    sides : collection of str
        Which sides to compute; words, characters and fuzzy are always there.

    Examples
    --------
    >>> local = [Passage.of("加强家校协作"), Passage.of("配齐校医")]
    >>> template = [Passage.of("配齐配强校医,开展健康学校创建"), Passage.of("推进乡村振兴")]
    >>> similarity(local, template).sides["words"].argmax(axis=1).tolist()[1]
    0
    """
    if not local or not template:
        empty = np.zeros((len(local), len(template)))
        return Similarity(dict.fromkeys(SIDES, empty), empty, empty)
    mine, theirs = _bags(local), _bags(template)
    index, weight = _weights(mine, theirs, background=background)
    a, b = _matrix(mine.whole, index), _matrix(theirs.whole, index)
    words, letters = _product(_unit(a, weight), _unit(b, weight)), _letters(mine, theirs)
    found = {"words": words, "characters": letters, "fuzzy": _fuzzy(mine, theirs, words + letters)}
    if "sentences" in sides:
        found["sentences"] = _support(mine, theirs, index, weight)
    if "headings" in sides:
        found["headings"] = _headings(mine, theirs, index, weight)
    if "sections" in sides:
        found["sections"] = _sections(mine, theirs, index, weight)
    if "kinds" in sides:
        found["kinds"] = _kinds(local, template)
    if "order" in sides:
        at = [np.arange(len(side)) / max(len(side) - 1, 1) for side in (local, template)]
        found["order"] = 1 - np.abs(at[0][:, None] - at[1][None, :])
    return Similarity(found, *_shares(a > 0, b > 0, weight))
