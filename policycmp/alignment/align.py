"""Which template passage a local passage corresponds to, if any.

Each pair has a *support*: the weighted sum of the sides of `policycmp.alignment.similarity` (square
roots, so that the difference between nothing and a little counts more than that between much
and very much). ``none``, having no counterpart, is one more alternative with a constant
support of its own. A softmax over all alternatives turns support into probability (a
conditional logit). Where none is probable enough the passage is ``new``, else the most probable
passage is its main counterpart; those nearly as probable, and those a sentence of its own was
taken from, are further ones. The probability is the ``confidence``. A template passage nobody draws on is ``dropped``.

The weights were fitted on coded clauses of four plans against one template, each plan
predicted from the other three; see the alignment chapter of the documentation for figures,
ablation and limits. Sentences are aligned in the same way with fewer sides, and the alignment
of their clauses as one more: inside aligned clauses first, across them when the sentence moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from policycmp.alignment.settings import AlignOptions, Encoder, Weights
from policycmp.alignment.similarity import Similarity, similarity
from policycmp.alignment.vectors import Matrix
from policycmp.language.passage import Passage

__all__ = ["AlignOptions", "Alignment", "Link", "Weights", "align", "align_measures"]


@dataclass(frozen=True, slots=True)
class Link:
    """A local and a template passage, by index; None on one side for new or dropped."""

    local: int | None
    template: int | None
    rank: int
    """1 for the main counterpart, 2 … for further ones; runners-up go on counting."""
    score: float
    """How alike the two are, from 0 to 1: the sides that look at the text, by weight."""
    tfidf: float
    fuzzy: float
    confidence: float
    """Probability of this alternative among all, ``none`` included; for a further counterpart its
    probability against having none."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Links in the order of the local passages, then the dropped template passages."""

    links: tuple[Link, ...]
    candidates: tuple[Link, ...]
    """Runners-up of every local passage, best first, for review."""
    similarity: Similarity
    score: Matrix
    support: Matrix
    """Weighted sum of all sides, minus the support of having no counterpart."""

    def main(self) -> dict[int, int | None]:
        """Return the main counterpart of each local passage."""
        return {link.local: link.template for link in self.links if link.local is not None and link.rank == 1}


_TEXT_SIDES = ("words", "characters", "sentences", "headings", "fuzzy", "encoder")
_AS_IS = ("kinds", "order", "clauses")


def _support(sides: dict[str, Matrix], weights: Weights) -> tuple[Matrix, Matrix]:
    """Return support above none, and the score: the mean of the sides that look at the text."""
    shape = next(iter(sides.values())).shape
    support, text, total = np.full(shape, -weights.none), np.zeros(shape), 0.0
    for name, side in sides.items():
        weight = getattr(weights, name)
        if weight:
            bounded = np.clip(side, 0.0, 1.0)
            support += weight * (bounded if name in _AS_IS else np.sqrt(bounded))
            if name in _TEXT_SIDES:
                text += weight * bounded
                total += weight
    return support, text / total if total else text


def _choose(
    found: Similarity, sides: dict[str, Matrix], weights: Weights, options: AlignOptions
) -> Alignment:
    support, score = _support(sides, weights)
    # Probability of each template passage and, in the last column, of having none.
    odds = np.concatenate([support, np.zeros((len(support), 1))], axis=1)
    odds = np.exp(odds - odds.max(axis=1, keepdims=True))
    chance = odds / odds.sum(axis=1, keepdims=True)
    # Nobody draws on a template passage if every local passage goes elsewhere.
    free = np.prod(1 - chance[:, :-1], axis=0)
    alone = 1 / (1 + np.exp(-np.clip(support, -50, 50)))
    tfidf, fuzzy = found.tfidf, found.fuzzy

    def figures(i: int, j: int) -> tuple[float, float, float]:
        return float(score[i, j]), float(tfidf[i, j]), float(fuzzy[i, j])

    orders = np.argsort(-support, axis=1, kind="stable")
    picks = _picks(found, support, chance, free, orders, options)
    links: list[Link] = []
    runners: list[Link] = []
    for i, taken in enumerate(picks):
        order = [int(j) for j in orders[i, : len(taken) + options.candidates + 1]]
        for rank, j in enumerate(taken, 1):
            links.append(Link(i, j, rank, *figures(i, j), float((chance if rank == 1 else alone)[i, j])))
        if not taken:
            nearest = figures(i, order[0]) if order else (0.0, 0.0, 0.0)
            links.append(Link(i, None, 1, *nearest, float(chance[i, -1])))
        rest = [j for j in order if j not in taken][: options.candidates]
        runners += [
            Link(i, j, rank, *figures(i, j), float(chance[i, j]))
            for rank, j in enumerate(rest, len(taken) + 1)
        ]
    used = {j for taken in picks for j in taken}
    for j in range(support.shape[1]):
        if j not in used:
            nearest = figures(int(score[:, j].argmax()), j) if picks else (0.0, 0.0, 0.0)
            links.append(Link(None, j, 1, *nearest, float(free[j])))
    return Alignment(tuple(links), tuple(runners), found, score, support)


def _picks(
    found: Similarity,
    support: Matrix,
    chance: Matrix,
    free: Matrix,
    orders: NDArray[np.intp],
    options: AlignOptions,
) -> list[list[int]]:
    """Return the counterparts of each local passage, the main one first."""
    picks: list[list[int]] = []
    for i, order in enumerate(orders):
        none = chance[i, -1]
        taken = [int(order[0])] if none < options.new else []
        if taken:
            also = chance[i, :-1] >= max(options.further * chance[i, taken[0]], none)
            sources = _sources(found, i, taken[0], options.part)
            also[sources] |= support[i, sources] >= options.clear
            also[taken] = False
            taken += [int(j) for j in order[also[order]]]
        picks.append(taken)
    used = {j for taken in picks for j in taken}
    for j in np.flatnonzero(free < options.new):
        # Somebody probably draws on it, though for nobody it came first: whoever does most.
        i = int(chance[:, j].argmax())
        if int(j) not in used and picks[i] and chance[i, j] > chance[i, -1]:
            picks[i].append(int(j))
    return picks


def _sources(found: Similarity, local: int, main: int, part: float) -> NDArray[np.intp]:
    """Return the template passages that sentences of the local one resemble most, more than the main one."""
    rows = found.by_sentence[found.owner == local]
    if not rows.size:
        return np.zeros(0, dtype=np.intp)
    best = rows.argmax(axis=1)
    top = rows[np.arange(len(rows)), best]
    return np.asarray(best[(top >= part) & (top > rows[:, main])], dtype=np.intp)


def _encoded(local: Sequence[Passage], template: Sequence[Passage], encoder: Encoder) -> Matrix:
    vectors = np.asarray(encoder([p.text for p in (*local, *template)]), dtype=np.float64)
    if vectors.ndim != 2 or len(vectors) != len(local) + len(template):
        raise ValueError(f"encoder should return one vector a text. Got shape {vectors.shape!r}")
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = np.divide(vectors, length, out=np.zeros_like(vectors), where=length > 0)
    return np.asarray(vectors[: len(local)] @ vectors[len(local) :].T, dtype=np.float64)


def _sides(
    local: Sequence[Passage], template: Sequence[Passage], weights: Weights, options: AlignOptions
) -> tuple[Similarity, dict[str, Matrix]]:
    wanted = frozenset(item.name for item in fields(weights) if getattr(weights, item.name))
    found = similarity(local, template, background=options.background, sides=wanted)
    sides = dict(found.sides)
    if options.encoder is not None and weights.encoder and local and template:
        sides["encoder"] = _encoded(local, template, options.encoder)
    return found, sides


def align(
    local: Sequence[Passage], template: Sequence[Passage], options: AlignOptions | None = None
) -> Alignment:
    """Return the counterparts of `local` passages among `template` passages.

    Parameters
    ----------
    local, template : sequence of Passage
        Clauses of two plans in the order of the document.
    options : AlignOptions, optional
        Weights and thresholds.

    Examples
    --------
    >>> local = [Passage.of("加强家校协作,学校普遍建立家长委员会。"), Passage.of("培育葡萄酒产业。")]
    >>> template = [Passage.of("推进智慧交通建设。"), Passage.of("加强家校协作,普遍建立家长学校和家长委员会。")]
    >>> align(local, template).main()
    {0: 1, 1: None}
    """
    options = options or AlignOptions()
    found, sides = _sides(local, template, options.clauses, options)
    return _choose(found, sides, options.clauses, options)


def align_measures(
    local: Sequence[Passage],
    template: Sequence[Passage],
    local_clause: Sequence[int],
    template_clause: Sequence[int],
    clauses: Alignment,
    options: AlignOptions | None = None,
) -> Alignment:
    """Return the counterparts of sentences, first inside aligned clauses, then across.

    `local_clause` and `template_clause` give for each sentence the index of its clause in the
    lists that `clauses` aligned.
    """
    options = options or AlignOptions()
    found, sides = _sides(local, template, options.measures, options)
    linked = np.zeros_like(clauses.support)
    for link in clauses.links:
        if link.local is not None and link.template is not None:
            linked[link.local, link.template] = 1.0
    sides["clauses"] = linked[np.ix_(local_clause, template_clause)].reshape(len(local), len(template))
    return _choose(found, sides, options.measures, options)
