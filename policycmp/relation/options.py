"""Thresholds and weights of the label rules, checked when they are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from numbers import Real

from policycmp.evidence.weights import default_weights

__all__ = ["RelationOptions"]


@dataclass(frozen=True, slots=True)
class RelationOptions:
    """Thresholds and weights of the label rules.

    Parameters
    ----------
    copied : float
        Share of local words taken over from which an unchanged demand is a copy.
    decisive : float
        Sum of weights from which one direction counts.
    unchanged : float
        Sum of weights in both directions below which the demand is unchanged.
    minor : float
        Share of the heavier direction below which the lighter one is passed over.
    breadth : float
        Share of a template clause that a local clause must answer to, to answer for all of it.
    named : float
        Likeness of the headings from which two clauses name one task: the local clause then answers
        for all of the template clause, however few of its sentences it takes up.
    clause_dropped : float
        Factor for what a whole clause seems to drop: another part of the plan may say it.
    clause_minor : float
        `minor` for clauses, whose many sentences add up.
    reworded, clause_decisive : float
        Below this share of words taken over two clauses are worded freely and differ in much
        that is no difference in demand; one direction then counts from `clause_decisive`.
    same_task : float
        Likeness of content below which `relate` finds no common task.
    same_scale, scale_ratio
        Whether absolute counts can be compared, and the ratio of sizes (local / template).
    weights : mapping of (kind, case) to float, optional
        Weights that replace those of ``tables/evidence_weights.csv``.
    """

    copied: float = 0.8
    decisive: float = 0.5
    unchanged: float = 0.35
    minor: float = 0.45
    breadth: float = 0.5
    named: float = 0.5
    clause_dropped: float = 0.9
    clause_minor: float = 0.28
    reworded: float = 0.3
    clause_decisive: float = 1.05
    same_task: float = 0.13
    same_scale: bool | None = None
    scale_ratio: float | None = None
    weights: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in _SHARES:
            if not (_is_number(value := getattr(self, name)) and 0 <= value <= 1):
                raise ValueError(f"{name} should be a number from 0 to 1. Got {value!r}")
        for name in ("decisive", "clause_decisive"):
            if not (_is_number(value := getattr(self, name)) and value > 0):
                raise ValueError(f"{name} should be a positive number. Got {value!r}")
        if not isinstance(self.same_scale, bool | None):
            raise ValueError(f"same_scale should be True, False or None. Got {self.same_scale!r}")
        ratio = self.scale_ratio
        if ratio is not None and not (_is_number(ratio) and ratio > 0):
            raise ValueError(f"scale_ratio should be a positive number or None. Got {ratio!r}")
        known = default_weights()
        for key, weight in self.weights.items():
            if key not in known or not (_is_number(weight) and weight >= 0):
                raise ValueError(
                    f"weights should map (kind, case) of the evidence table to a number from 0. Got {key!r}: {weight!r}"
                )


_SHARES = ("copied", "minor", "breadth", "named", "clause_dropped", "clause_minor", "reworded", "same_task")


def _is_number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool) and isfinite(value)
