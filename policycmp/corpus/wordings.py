"""The wordings of a corpus: each once with the clauses that hold it, and which of them are alike.

Clauses are reduced to letters and digits; those that then read the same are one wording, so what a
thousand plans share is looked at once. Wordings become vectors of hashed runs of characters (no word
cutting: reuse is literal, and hashing runs is one pass of numpy), weighted by rarity.
`sparse_dot_topn` multiplies the sparse matrix with itself, keeping the best of each row and never the
full product; the pairs it finds are verified with rapidfuzz.

References
----------
Cosine over rare runs follows the shingling tradition (Broder 1997, "On the resemblance and
containment of documents"); `sparse_dot_topn` is ING Bank's top-n sparse product.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from policycmp.text import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from policycmp.plan import Plan

__all__ = ["Likeness", "Wordings", "alike", "run_vectors", "wordings_of"]

_NO_LETTER = re.compile(r"[\W_]+")
_CHUNK = 1 << 21
"""Characters hashed at a time: bounds the memory of the arrays by which runs become columns."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """The clauses of a corpus by what they say."""

    plan_ids: NDArray[np.object_]
    clause_ids: NDArray[np.object_]
    plan: NDArray[np.int64]
    """Number of each clause's plan."""
    wording: NDArray[np.int64]
    """Number of each clause's wording."""
    texts: list[str]
    """The wordings."""
    holders: NDArray[np.int64]
    """Clauses sorted by wording, in the order of the corpus."""
    first: NDArray[np.int64]
    """Where the holders of each wording begin; one more than there are wordings."""

    @property
    def held(self) -> NDArray[np.int64]:
        """How many clauses hold each wording."""
        return np.diff(self.first)

    def holders_of(
        self, wordings: NDArray[np.int64], number: NDArray[np.int64] | None = None
    ) -> NDArray[np.int64]:
        """Return the holders of one wording after the other, of each the first `number` (or all)."""
        number = self.held[wordings] if number is None else number
        before = np.cumsum(number) - number
        return self.holders[np.repeat(self.first[wordings] - before, number) + np.arange(int(number.sum()))]


def wordings_of(plans: Iterable[Plan], min_chars: int) -> Wordings:
    """Return the wordings of the plans' clauses that have `min_chars` letters and digits."""
    keys: list[tuple[str, str]] = []
    numbers: dict[str, int] = {}
    texts: dict[str, int] = {}
    plan_of: list[int] = []
    wording_of: list[int] = []
    for plan in plans:
        number = numbers.setdefault(plan.plan_id, len(numbers))
        for clause in plan.clause_list:
            text = _NO_LETTER.sub("", fold(clause.text))
            if len(text) >= min_chars:
                keys.append((plan.plan_id, clause.clause_id))
                plan_of.append(number)
                wording_of.append(texts.setdefault(text, len(texts)))
    wording = np.array(wording_of, dtype=np.int64)
    return Wordings(
        np.array([plan_id for plan_id, _ in keys], dtype=object),
        np.array([clause_id for _, clause_id in keys], dtype=object),
        np.array(plan_of, dtype=np.int64),
        wording,
        list(texts),
        np.argsort(wording, kind="stable"),
        np.concatenate([[0], np.cumsum(np.bincount(wording, minlength=len(texts)))]).astype(np.int64),
    )


def _chunks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the texts in turn, about `_CHUNK` characters at a time."""
    start, size = 0, 0
    for i, text in enumerate(texts):
        size += len(text)
        if size >= _CHUNK:
            yield texts[start : i + 1]
            start, size = i + 1, 0
    if start < len(texts):
        yield texts[start:]


def _counts(texts: Sequence[str], run: int, buckets: int) -> csr_matrix:
    """Return how often each hashed run stands in each text."""
    from scipy.sparse import coo_matrix

    lengths = np.array([len(text) for text in texts])
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32)
    owner = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
    count = max(len(codes) - run + 1, 0)
    # A polynomial rolling hash over all texts at once; runs across two texts are dropped.
    hashed = np.zeros(count, dtype=np.uint64)
    for i in range(run):
        hashed = hashed * np.uint64(1_000_003) + codes[i : i + count]
    hashed ^= hashed >> np.uint64(29)
    column = (hashed % np.uint64(buckets)).astype(np.int32)
    whole = owner[:count] == owner[run - 1 : run - 1 + count]
    row, column = owner[:count][whole], column[whole]
    ones = np.ones(len(row), dtype=np.float32)
    return coo_matrix((ones, (row, column)), shape=(len(texts), buckets)).tocsr()


def run_vectors(texts: Sequence[str], *, run: int, buckets: int) -> csr_matrix:
    """Return vectors of hashed runs weighted by rarity, one row a text; runs of a single text are left out."""
    from scipy.sparse import csr_matrix, vstack

    counts = [_counts(chunk, run, buckets) for chunk in _chunks(texts)]
    matrix = vstack([csr_matrix((0, buckets), dtype=np.float32), *counts], format="csr")
    held_by = np.bincount(matrix.indices, minlength=buckets)
    # Rarity counts once in a product of two texts, not squared: a changed number, rarer than all the stock
    # around it, would otherwise outweigh the rest of its clause.
    weight = np.sqrt(np.log1p(len(texts) / np.maximum(held_by, 1))).astype(np.float32)
    matrix.data *= weight[matrix.indices]
    row = np.repeat(np.arange(len(texts)), np.diff(matrix.indptr))
    length = np.sqrt(np.bincount(row, matrix.data**2, minlength=len(texts)))
    matrix.data /= length[row].astype(np.float32)
    # Runs of one text alone can match nothing: they count in a text's length, then leave the product.
    return matrix[:, np.flatnonzero(held_by > 1)]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Pairs of texts that are alike, each once, the smaller index in front."""

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    cosine: NDArray[np.float64]
    fuzzy: NDArray[np.float64]
    full: NDArray[np.bool_]
    """Whether a text has as many neighbours as are kept, so that there may be more."""


def alike(
    vectors: csr_matrix, texts: Sequence[str], *, top: int, cosine: float, fuzzy: float, n_threads: int
) -> Likeness:
    """Return each text's `top` nearest of at least `cosine`, verified to be `fuzzy` alike."""
    from rapidfuzz import fuzz, process
    from sparse_dot_topn import sp_matmul_topn

    # One more than is kept: each text is its own best.
    best = sp_matmul_topn(vectors, vectors.T.tocsr(), top_n=top + 1, threshold=cosine, n_threads=n_threads)
    full = np.diff(best.indptr) > top
    best = best.tocoo()
    one, other = np.minimum(best.row, best.col), np.maximum(best.row, best.col)
    apart = np.flatnonzero(one != other)
    pairs, first = np.unique(one[apart].astype(np.int64) * len(texts) + other[apart], return_index=True)
    one, other = np.divmod(pairs, max(len(texts), 1))
    equal = process.cpdist(
        [texts[i] for i in one],
        [texts[i] for i in other],
        scorer=fuzz.ratio,
        score_cutoff=100 * fuzzy,
        workers=n_threads,
    )
    share = np.asarray(equal, dtype=np.float64) / 100
    good = share >= fuzzy
    nearness = best.data[apart][first].astype(np.float64)
    return Likeness(one[good], other[good], nearness[good], share[good], full)
