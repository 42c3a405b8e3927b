"""How alike two lists of passages are: words, characters, headings, sentences.

VERSION 0: word and character TF-IDF and rapidfuzz on the likeliest pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from policycmp.passage import Passage
from policycmp.words import stop_words

__all__ = ["Similarity", "similarity"]

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Similarity:
    """Matrices of local by template passages, all between 0 and 1."""

    tfidf: Matrix
    fuzzy: Matrix
    score: Matrix


def _vectors(bags: Sequence[Counter[str]], index: dict[str, int], weight: Matrix) -> Matrix:
    out = np.zeros((len(bags), len(index)))
    for row, bag in enumerate(bags):
        for term, count in bag.items():
            out[row, index[term]] = 1 + log(count)
    out *= weight
    length = np.linalg.norm(out, axis=1, keepdims=True)
    return np.divide(out, length, out=out, where=length > 0)


def _cosine(local: Sequence[Counter[str]], template: Sequence[Counter[str]]) -> Matrix:
    index: dict[str, int] = {}
    seen: Counter[str] = Counter()
    for bag in (*local, *template):
        seen.update(bag.keys())
        for term in bag:
            index.setdefault(term, len(index))
    number = len(local) + len(template)
    weight = np.array([log((1 + number) / (1 + seen[term])) + 1 for term in index])
    return np.asarray(_vectors(local, index, weight) @ _vectors(template, index, weight).T, dtype=np.float64)


def similarity(local: Sequence[Passage], template: Sequence[Passage]) -> Similarity:
    """Return how alike each local passage is to each template passage."""
    from rapidfuzz import fuzz, process

    shape = (len(local), len(template))
    if not local or not template:
        empty = np.zeros(shape)
        return Similarity(empty, empty, empty)
    stops = stop_words()
    words = [[Counter(n for n in p.norms if n not in stops) for p in side] for side in (local, template)]
    chars = []
    for side in (local, template):
        runs = ["".join(p.norms) for p in side]
        chars.append([Counter(r[i : i + 2] for i in range(len(r) - 1)) for r in runs])
    by_word, by_char = _cosine(*words), _cosine(*chars)
    spaced = [[" ".join(p.norms) for p in side] for side in (local, template)]
    fuzzy = process.cdist(spaced[0], spaced[1], scorer=fuzz.token_sort_ratio, dtype=np.float64) / 100
    tfidf = (by_word + by_char) / 2
    return Similarity(tfidf, fuzzy, 0.7 * tfidf + 0.3 * fuzzy)
