"""How much each kind of evidence counts in a label (``tables/evidence_weights.csv``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from policycmp.tables import read_table

__all__ = ["Weights", "default_weights", "weights_with"]

Weights = Mapping[tuple[str, str], float]
"""Weight of evidence by kind and case."""


@cache
def default_weights() -> Weights:
    """Return the weights of the table by (kind, case).

    Examples
    --------
    >>> default_weights()["deadline", "changed"]
    1.0
    """
    return {(row["kind"], row["case"]): float(row["weight"]) for row in read_table("evidence_weights")}


@lru_cache(maxsize=64)
def weights_with(changed: frozenset[tuple[tuple[str, str], float]]) -> Weights:
    """Return the weights of the table with some replaced.

    Examples
    --------
    >>> weights_with(frozenset({(("deadline", "changed"), 0.5)}))["deadline", "changed"]
    0.5
    """
    return {**default_weights(), **dict(changed)}
