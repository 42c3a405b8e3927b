"""Clauses that many plans share: who uses whose wording, and what is everybody's.

Over a corpus every clause is held against every other: each wording once (`policycmp.corpus.wordings`),
by cosine over rare runs of characters, verified letter by letter. Wordings held together by such pairs
form clusters. The best few of each wording cannot hold a large cluster together (a stock clause of two
thousand plans has ten neighbours kept out of two thousand), so the clusters found are held against each
other by a few of their wordings, until none join. A cluster in a large part of the plans is
*boilerplate*; what only some plans share is where reuse has something to tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from policycmp.corpus.wordings import Likeness, Wordings, alike, run_vectors, wordings_of
from policycmp.datasets import as_plan, several

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from policycmp.plan import Plan

__all__ = ["Reuse", "ReuseOptions", "find_reuse"]

_SPOKESMEN = 8
"""Wordings that stand for a cluster when clusters are held against each other."""


@dataclass(frozen=True, slots=True)
class ReuseOptions:
    """Options of `find_reuse`.

    Parameters
    ----------
    run : int
        Length of the hashed character runs.
    buckets : int
        Number of hash buckets (columns of the sparse matrix).
    top : int
        Most similar clauses kept for each clause.
    cosine : float
        Smallest cosine for a pair to be verified; low, for the verification decides.
    fuzzy : float
        Smallest share of equal characters (rapidfuzz ``ratio``, 0–1) of a verified pair.
    min_chars : int
        Shorter clauses are left out.
    boilerplate : float
        Share of plans from which a cluster counts as boilerplate.
    n_threads : int
        Threads of the sparse product and of the verification.
    """

    run: int = 5
    buckets: int = 1 << 20
    top: int = 10
    cosine: float = 0.2
    fuzzy: float = 0.6
    min_chars: int = 30
    boilerplate: float = 0.5
    n_threads: int = 2

    def __post_init__(self) -> None:
        for name in ("cosine", "fuzzy", "boilerplate"):
            if not 0 < getattr(self, name) <= 1:
                raise ValueError(f"{name} should be above 0 and at most 1. Got {getattr(self, name)!r}")
        for name in ("run", "buckets", "top", "min_chars", "n_threads"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} should be at least 1. Got {getattr(self, name)!r}")


@dataclass(frozen=True)
class Reuse:
    """What a corpus of plans shares.

    Attributes
    ----------
    pairs : DataFrame
        Columns plan_id, clause_id, other_plan_id, other_clause_id, cosine, fuzzy: verified pairs of
        clauses of different plans, each pair once, in the order of the plans. A clause is paired
        with the ``top`` clauses most like it; where more read the same, with the first of them.
    clusters : DataFrame
        Columns cluster, plan_id, clause_id, plans (number of plans in the cluster), share (of all
        plans), boilerplate: one row a clause of a cluster that more than one plan is in.
    """

    pairs: pd.DataFrame
    clusters: pd.DataFrame

    def shared_by_some(self) -> pd.DataFrame:
        """Return the clusters that are no boilerplate, the widest first."""
        some = self.clusters[~self.clusters["boilerplate"]]
        return some.sort_values(["plans", "cluster"], ascending=[False, True], ignore_index=True)


def _joined(label: NDArray[np.int64], one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the labels of wordings when the clusters of each pair become one."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    number = int(label.max(initial=-1)) + 1
    graph = coo_matrix((np.ones(len(one), dtype=bool), (label[one], label[other])), shape=(number, number))
    return np.asarray(connected_components(graph, directed=False)[1][label], dtype=np.int64)


def _clusters(
    vectors: csr_matrix, texts: Sequence[str], likeness: Likeness, options: ReuseOptions
) -> NDArray[np.int64]:
    """Return the cluster of each wording.

    A pair can be missing only between two wordings that both have more neighbours than are kept. In
    each cluster some of those stand for it, and what they are like joins it, as long as anything does.
    """
    label = _joined(np.arange(len(texts)), likeness.one, likeness.other)
    full = np.flatnonzero(likeness.full)
    while True:
        full = full[np.argsort(label[full], kind="stable")]
        _, start, size = np.unique(label[full], return_index=True, return_counts=True)
        if len(size) < 2:
            return label
        step = np.maximum(size // _SPOKESMEN, 1)
        chosen = full[(np.arange(len(full)) - np.repeat(start, size)) % np.repeat(step, size) == 0]
        # Room for its own cluster's (up to twice the number, by the rounding of the step) and for others.
        found = alike(
            vectors[chosen],
            [texts[i] for i in chosen],
            top=2 * _SPOKESMEN + options.top,
            cosine=options.cosine,
            fuzzy=options.fuzzy,
            n_threads=options.n_threads,
        )
        joined = _joined(label, chosen[found.one], chosen[found.other])
        if joined.max() == label.max():
            return label
        label = joined


def _pairs(wordings: Wordings, likeness: Likeness, top: int) -> pd.DataFrame:
    """Return each clause with the clauses most like it, those that read the same first."""
    import pandas as pd

    itself = np.arange(len(wordings.texts))
    ones = np.ones(len(itself))
    mine = np.concatenate([itself, likeness.one, likeness.other])
    theirs = np.concatenate([itself, likeness.other, likeness.one])
    cosine = np.concatenate([ones, likeness.cosine, likeness.cosine])
    fuzzy = np.concatenate([ones, likeness.fuzzy, likeness.fuzzy])
    # A list of clauses for each wording, the most alike on top, cut at one more than are kept: itself.
    order = np.lexsort((-fuzzy, -cosine, mine))
    mine, theirs = mine[order], theirs[order]
    held = wordings.held[theirs]
    before = np.cumsum(held) - held
    held = np.clip(top + 1 - (before - before[np.searchsorted(mine, mine)]), 0, held)
    listed = wordings.holders_of(theirs, held)
    # Every holder of the wording is given the list.
    link = np.repeat(np.arange(len(mine)), held)
    times = wordings.held[mine[link]]
    one, other, link = wordings.holders_of(mine[link]), np.repeat(listed, times), np.repeat(link, times)
    across = np.flatnonzero(wordings.plan[one] != wordings.plan[other])
    one, other = np.minimum(one, other)[across], np.maximum(one, other)[across]
    _, once = np.unique(one * len(wordings.wording) + other, return_index=True)
    one, other, link = one[once], other[once], order[link[across][once]]
    frame = pd.DataFrame(
        {
            "plan_id": wordings.plan_ids[one],
            "clause_id": wordings.clause_ids[one],
            "other_plan_id": wordings.plan_ids[other],
            "other_clause_id": wordings.clause_ids[other],
            "cosine": cosine[link],
            "fuzzy": fuzzy[link],
        }
    )
    return frame.astype(dict.fromkeys(frame.columns[:4], object))


def _members(wordings: Wordings, label: NDArray[np.int64], boilerplate: float) -> pd.DataFrame:
    """Return the clauses of each cluster that more than one plan is in."""
    import pandas as pd

    cluster = label[wordings.wording]
    in_plans = np.unique(np.stack([cluster, wordings.plan]), axis=1)[0]
    plans = np.bincount(in_plans, minlength=len(label))[cluster]
    shared = plans > 1
    share = plans[shared] / max(len(np.unique(wordings.plan)), 1)
    frame = pd.DataFrame(
        {
            "cluster": pd.factorize(cluster[shared])[0],
            "plan_id": wordings.plan_ids[shared],
            "clause_id": wordings.clause_ids[shared],
            "plans": plans[shared],
            "share": share,
            "boilerplate": share >= boilerplate,
        }
    )
    return frame.astype({"plan_id": object, "clause_id": object})


def find_reuse(plans: Iterable[Plan | str | Path], *, options: ReuseOptions | None = None) -> Reuse:
    """Find clauses that plans share, over all pairs of plans.

    Parameters
    ----------
    plans : iterable of Plan, str or Path
        The corpus, as Plans, ids of bundled plans or paths; only the clauses' texts are kept. In order of
        date, so that pairs lead to who said it first.
    options : ReuseOptions, optional
        Thresholds.

    Returns
    -------
    Reuse

    Examples
    --------
    >>> import policycmp as pc
    >>> reuse = pc.find_reuse([pc.load_plan(p) for p in ("xiji-2025", "wuzhong-2023", "leshan-2021")])
    >>> set(reuse.pairs["plan_id"]) | set(reuse.pairs["other_plan_id"]) == {"xiji-2025", "wuzhong-2023"}
    True
    """
    options = options or ReuseOptions()
    wordings = wordings_of(map(as_plan, several(plans)), options.min_chars)
    vectors = run_vectors(wordings.texts, run=options.run, buckets=options.buckets)
    likeness = alike(
        vectors,
        wordings.texts,
        top=options.top,
        cosine=options.cosine,
        fuzzy=options.fuzzy,
        n_threads=options.n_threads,
    )
    label = _clusters(vectors, wordings.texts, likeness, options)
    return Reuse(_pairs(wordings, likeness, options.top), _members(wordings, label, options.boilerplate))
