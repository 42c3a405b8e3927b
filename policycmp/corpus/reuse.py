"""Clauses that many plans share: who uses whose wording, and what is everybody's.

Over a corpus every clause is held against every other. The texts become vectors of hashed runs of
five characters (no word cutting: reuse is literal, and hashing runs of a whole corpus is one pass of
numpy), weighted by rarity (TF-IDF); `sparse_dot_topn` multiplies the sparse matrix with itself and keeps
the best of each row without ever holding the full product; the pairs it finds are verified with
rapidfuzz. Clauses held together by such pairs form clusters. A cluster in a large part of the plans is
*boilerplate*; what only some plans share is where reuse has something to tell.

References
----------
Cosine over rare runs follows the shingling tradition (Broder 1997, "On the resemblance and
containment of documents"); `sparse_dot_topn` is ING Bank's top-n sparse product.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from policycmp.text import fold

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from policycmp.plan import Plan

__all__ = ["Reuse", "ReuseOptions", "find_reuse"]


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
        Smallest cosine for a pair to be verified.
    fuzzy : float
        Smallest share of equal characters (rapidfuzz ``ratio``, 0–1) of a verified pair.
    min_chars : int
        Shorter clauses are left out.
    boilerplate : float
        Share of plans from which a cluster counts as boilerplate.
    n_threads : int
        Threads of the sparse product.
    """

    run: int = 5
    buckets: int = 1 << 20
    top: int = 10
    cosine: float = 0.5
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
        clauses of different plans, each pair once.
    clusters : DataFrame
        Columns cluster, plan_id, clause_id, plans (number of plans in the cluster), share (of all
        plans), boilerplate: one row a clause that has a pair.
    """

    pairs: pd.DataFrame
    clusters: pd.DataFrame

    def shared_by_some(self) -> pd.DataFrame:
        """Return the clusters that are no boilerplate, the widest first."""
        some = self.clusters[~self.clusters["boilerplate"]]
        return some.sort_values(["plans", "cluster"], ascending=[False, True], ignore_index=True)


def _vectors(texts: list[str], options: ReuseOptions) -> csr_matrix:
    """Return TF-IDF vectors of hashed runs, one row a text; runs of a single text are left out."""
    from scipy.sparse import coo_matrix, diags
    from sklearn.preprocessing import normalize

    lengths = np.array([len(text) for text in texts])
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    owner = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
    count = max(len(codes) - options.run + 1, 0)
    # A polynomial rolling hash over the whole corpus at once; runs across two texts are dropped.
    hashed = np.zeros(count, dtype=np.uint64)
    for i in range(options.run):
        hashed = hashed * np.uint64(1_000_003) + codes[i : i + count]
    hashed ^= hashed >> np.uint64(29)
    column = (hashed % np.uint64(options.buckets)).astype(np.int32)
    whole = owner[:count] == owner[options.run - 1 : options.run - 1 + count]
    row, column = owner[:count][whole], column[whole]
    matrix = coo_matrix(
        (np.ones(len(row), dtype=np.float32), (row, column)), shape=(len(texts), options.buckets)
    ).tocsr()
    held_by = np.bincount(matrix.indices, minlength=options.buckets)
    weight = np.log1p(len(texts) / np.maximum(held_by, 1)).astype(np.float32)
    matrix = normalize(matrix @ diags(weight), copy=False)
    # Runs of one text alone can match nothing: they count in a text's length, then leave the product.
    return matrix.tocsr()[:, np.flatnonzero(held_by > 1)]


def find_reuse(plans: Iterable[Plan], *, options: ReuseOptions | None = None) -> Reuse:
    """Find clauses that plans share, over all pairs of plans.

    Parameters
    ----------
    plans : iterable of Plan
        The corpus; only the clauses' texts are kept.
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
    import pandas as pd
    from rapidfuzz import fuzz, process
    from sparse_dot_topn import sp_matmul_topn

    options = options or ReuseOptions()
    keys: list[tuple[str, str]] = []
    texts: list[str] = []
    for plan in plans:
        for clause in plan.clause_list:
            text = "".join(c for c in fold(clause.text) if c.isalnum())
            if len(text) >= options.min_chars:
                keys.append((plan.plan_id, clause.clause_id))
                texts.append(text)
    columns = ["plan_id", "clause_id", "other_plan_id", "other_clause_id", "cosine", "fuzzy"]
    if not texts:
        return Reuse(
            pd.DataFrame(columns=columns), _clusters(np.empty((0, 2), dtype=np.int64), keys, options)
        )
    vectors = _vectors(texts, options)
    best = sp_matmul_topn(
        vectors,
        vectors.T.tocsr(),
        top_n=options.top + 1,
        threshold=options.cosine,
        n_threads=options.n_threads,
    ).tocoo()
    plan_of = pd.factorize(np.array([plan_id for plan_id, _ in keys], dtype=object))[0]
    one, other = np.minimum(best.row, best.col), np.maximum(best.row, best.col)
    across = plan_of[one] != plan_of[other]
    pairs, first = np.unique(np.stack([one[across], other[across]], axis=1), axis=0, return_index=True)
    cosine = best.data[across][first]
    fuzzy = process.cpdist(
        [texts[i] for i in pairs[:, 0]],
        [texts[j] for j in pairs[:, 1]],
        scorer=fuzz.ratio,
        workers=options.n_threads,
    )
    fuzzy = np.asarray(fuzzy, dtype=np.float64) / 100
    good = fuzzy >= options.fuzzy
    pairs, cosine, fuzzy = pairs[good], cosine[good], fuzzy[good]
    rows = [(*keys[i], *keys[j], c, f) for (i, j), c, f in zip(pairs, cosine, fuzzy, strict=True)]
    return Reuse(pd.DataFrame(rows, columns=columns), _clusters(pairs, keys, options))


def _clusters(pairs: NDArray[np.int64], keys: list[tuple[str, str]], options: ReuseOptions) -> pd.DataFrame:
    import pandas as pd
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    columns = ["cluster", "plan_id", "clause_id", "plans", "share", "boilerplate"]
    if not len(pairs):
        return pd.DataFrame(columns=columns).astype({"boilerplate": bool})
    graph = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(keys), len(keys)))
    _, cluster = connected_components(graph, directed=False)
    paired = np.unique(pairs)
    frame = pd.DataFrame([keys[i] for i in paired], columns=["plan_id", "clause_id"])
    frame.insert(0, "cluster", pd.factorize(cluster[paired])[0])
    frame["plans"] = frame.groupby("cluster")["plan_id"].transform("nunique")
    frame["share"] = frame["plans"] / len({plan_id for plan_id, _ in keys})
    frame["boilerplate"] = frame["share"] >= options.boilerplate
    return frame
