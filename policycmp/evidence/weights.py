"""How much each kind of evidence counts in a label (``tables/evidence_weights.csv``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from policycmp.tables import read_table

__all__ = ["Weights", "default_weights"]

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
