"""How alike two lists of passages are, seen from several sides.

Every side is a matrix of local by template passages with values from 0 to 1:

* ``words``: cosine of weighted terms (`policycmp.alignment.vectors`).
* ``characters``: cosine of character pairs, which sees what the tokenizer cut differently.
* ``sentences``: how well each local sentence is supported by the best sentence of the template
  passage, averaged with the weight of its words: a short item drawn from one part of a broad
  clause scores high here and nowhere else.
* ``headings``: the local heading (or first sentence) against the template heading, and the
  share of either heading's words in the other passage.
* ``sections``: the passages that stand under the same section heading taken together, against
  the template passage and against its section.
* ``kinds``: 1 where both are tasks, goals, safeguards …
* ``order``: 1 minus the difference of the relative positions.
* ``fuzzy``: the mean of rapidfuzz's token sort and token set ratios on space-joined words, for
  the likeliest pairs of every passage (0 elsewhere).
* ``subject``: one value for the two plans as wholes, from the cosine of all their words: 1 for
  plans on one subject. Plans on different ones share 智慧, 统筹 and their safeguards; that makes no
  counterparts.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from policycmp.alignment.counts import Matrix, Whole, product, shares
from policycmp.alignment.fuzzy import fuzzy
from policycmp.alignment.vectors import Side, Vectors, letters, vectors
from policycmp.language.passage import Passage

__all__ = ["SIDES", "Scores", "Similarity", "similarity"]

SIDES = ("words", "characters", "sentences", "headings", "sections", "kinds", "order", "fuzzy", "subject")

_LIKELY = 8
"""Fuzzy scores are computed for this many pairs of every row and column."""
_ONE_SUBJECT = 0.65
"""Plans on one subject share this cosine or more; on different ones 0.1 to 0.4."""
_LITTLE_TEXT = 60
"""With few different words, two plans are taken to be on one subject."""


@dataclass(frozen=True, slots=True)
class Similarity:
    """All sides of the comparison, and what each local sentence resembles."""

    sides: dict[str, Matrix]
    by_sentence: Matrix
    """Each local sentence against the best sentence of each template passage (no rows if not asked for)."""
    owner: Whole
    """The local passage of each row of `by_sentence`."""

    @property
    def tfidf(self) -> Matrix:
        """The mean of word and character cosine."""
        return np.asarray((self.sides["words"] + self.sides["characters"]) / 2, dtype=np.float64)

    @property
    def fuzzy(self) -> Matrix:
        """The rapidfuzz score."""
        return self.sides["fuzzy"]


class Scores(NamedTuple):
    """How alike the clauses of two plans are: local clauses by template clauses, 0–1."""

    tfidf: Matrix
    fuzzy: Matrix
    score: Matrix


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
        return Similarity(dict.fromkeys(SIDES, empty), empty[:0], np.zeros(0, dtype=np.int64))
    both = vectors(local, template, background=background)
    words = product(*both.unit("whole"))
    characters = product(*letters(both.local, both.template))
    found = {
        "words": words,
        "characters": characters,
        "fuzzy": _fuzzy(both.local.plain, both.template.plain, words + characters),
    }
    by_sentence, owner = np.zeros((0, len(template))), both.local.owner[:0]
    if "sentences" in sides:
        by_sentence, owner = _by_sentence(both), both.local.owner
        found["sentences"] = _sentences(both, by_sentence)
    if "headings" in sides:
        found["headings"] = _headings(both)
    if "sections" in sides:
        found["sections"] = _sections(both)
    if "kinds" in sides:
        found["kinds"] = _kinds(local, template)
    if "order" in sides:
        at = [np.arange(len(side)) / max(len(side) - 1, 1) for side in (local, template)]
        found["order"] = 1 - np.abs(at[0][:, None] - at[1][None, :])
    if "subject" in sides:
        found["subject"] = np.full(words.shape, _subject(both))
    return Similarity(found, by_sentence, owner)


def _by_sentence(both: Vectors) -> Matrix:
    alike = product(*both.unit("sentences"))
    return np.asarray(np.maximum.reduceat(alike, _starts(both.template), axis=1), dtype=np.float64)


def _sentences(both: Vectors, best: Matrix) -> Matrix:
    rows = both.rows("sentences")[0]
    heavy = np.bincount(rows.row, both.weight[rows.term], rows.number)
    start = _starts(both.local)
    total = np.add.reduceat(heavy, start)[:, None]
    summed = np.add.reduceat(best * heavy[:, None], start, axis=0)
    return np.divide(summed, total, out=np.zeros_like(summed), where=total > 0)


def _starts(side: Side) -> Whole:
    return np.flatnonzero(np.diff(side.owner, prepend=-1))


def _mean_of_roots(*parts: Matrix) -> Matrix:
    """Return the square of the mean root: a part that is 0 does not silence the others."""
    return np.asarray(
        (sum(np.sqrt(np.clip(part, 0, 1)) for part in parts) / len(parts)) ** 2, dtype=np.float64
    )


def _headings(both: Vectors) -> Matrix:
    (mine, theirs), (here, there) = both.rows("headings"), both.rows("whole")
    return _mean_of_roots(
        product(*both.unit("headings")),
        shares(mine, there, both.weight),
        shares(theirs, here, both.weight).T,
    )


def _sections(both: Vectors) -> Matrix:
    (mine, theirs), whole = both.unit("sections"), both.unit("whole")[1]
    rows, columns = both.local.groups, both.template.groups
    return _mean_of_roots(product(mine, whole)[rows], product(mine, theirs)[np.ix_(rows, columns)])


_KIN = {"row": "task", "article": "task", "other": "task", "": "task"}


def _kinds(local: Sequence[Passage], template: Sequence[Passage]) -> Matrix:
    mine, theirs = (np.array([_KIN.get(p.kind, p.kind) for p in side]) for side in (local, template))
    return np.asarray(mine[:, None] == theirs[None, :], dtype=np.float64)


def _fuzzy(local: Sequence[str], template: Sequence[str], likely: Matrix) -> Matrix:
    wanted = np.zeros(likely.shape, dtype=bool)
    for axis in (0, 1):
        size = likely.shape[axis]
        top = np.argpartition(-likely, min(_LIKELY, size) - 1, axis=axis).take(
            range(min(_LIKELY, size)), axis=axis
        )
        np.put_along_axis(wanted, top, True, axis=axis)
    out = np.zeros(likely.shape)
    rows, columns = np.nonzero(wanted)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    out[rows, columns] = [fuzzy(local[i], template[j]) for i, j in pairs]
    return out


def _subject(both: Vectors) -> float:
    size = len(both.weight)
    one, two = (np.bincount(rows.term, rows.count, size) * both.background**2 for rows in both.rows("whole"))
    length = float(np.linalg.norm(one) * np.linalg.norm(two))
    cosine = float(one @ two) / length if length else 0.0
    size = min(int((one > 0).sum()), int((two > 0).sum()))
    return (size * min(cosine / _ONE_SUBJECT, 1.0) + _LITTLE_TEXT) / (size + _LITTLE_TEXT)
