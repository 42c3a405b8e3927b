"""Which template passage a local passage corresponds to, if any.

VERSION 0: the best score above a threshold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policycmp.passage import Passage
from policycmp.similarity import Similarity, similarity

__all__ = ["AlignOptions", "Alignment", "Link", "align", "align_measures"]


@dataclass(frozen=True, slots=True)
class AlignOptions:
    """Settings of the alignment."""

    threshold: float = 0.28
    further: float = 0.75
    """A further counterpart scores at least this share of the main one's score."""
    candidates: int = 3

    def __post_init__(self) -> None:
        for name in ("threshold", "further"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} should be between 0 and 1. Got {getattr(self, name)!r}")
        if self.candidates < 0:
            raise ValueError(f"candidates should not be negative. Got {self.candidates!r}")


@dataclass(frozen=True, slots=True)
class Link:
    """A local and a template passage, by index; None on one side for new or dropped."""

    local: int | None
    template: int | None
    rank: int
    score: float
    tfidf: float
    fuzzy: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """Links in the order of the local passages, then the dropped template passages."""

    links: tuple[Link, ...]
    candidates: tuple[Link, ...]
    similarity: Similarity


def _choose(scores: Similarity, options: AlignOptions) -> Alignment:
    links: list[Link] = []
    runners: list[Link] = []
    rows, columns = scores.score.shape
    used: set[int] = set()
    for i in range(rows):
        order = sorted(range(columns), key=lambda j: -scores.score[i, j])
        best = float(scores.score[i, order[0]]) if order else 0.0

        def link(j: int, rank: int, i: int = i) -> Link:
            score = float(scores.score[i, j])
            return Link(i, j, rank, score, float(scores.tfidf[i, j]), float(scores.fuzzy[i, j]), score)

        if best < options.threshold:
            links.append(Link(i, None, 1, best, 0.0, 0.0, 1 - best))
            runners.extend(link(j, rank) for rank, j in enumerate(order[: options.candidates], 1))
            continue
        taken = [j for j in order if scores.score[i, j] >= max(options.threshold, options.further * best)]
        links.extend(link(j, rank) for rank, j in enumerate(taken, 1))
        used.update(taken)
        rest = [j for j in order if j not in taken]
        runners.extend(link(j, len(taken) + rank) for rank, j in enumerate(rest[: options.candidates], 1))
    for j in range(columns):
        if j not in used:
            best = float(scores.score[:, j].max()) if rows else 0.0
            links.append(Link(None, j, 1, best, 0.0, 0.0, 1 - best))
    return Alignment(tuple(links), tuple(runners), scores)


def align(
    local: Sequence[Passage], template: Sequence[Passage], options: AlignOptions | None = None
) -> Alignment:
    """Return the counterparts of `local` passages among `template` passages."""
    return _choose(similarity(local, template), options or AlignOptions())


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
    scores = similarity(local, template)
    pairs = {(link.local, link.template) for link in clauses.links}
    blend = scores.score.copy()
    for i, a in enumerate(local_clause):
        for j, b in enumerate(template_clause):
            if (a, b) in pairs:
                blend[i, j] = min(1.0, blend[i, j] + 0.1)
    return _choose(Similarity(scores.tfidf, scores.fuzzy, blend), options or AlignOptions())
