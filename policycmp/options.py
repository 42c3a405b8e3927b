"""Every choice of a comparison in one place, to be kept in its result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from policycmp.alignment.settings import AlignOptions
from policycmp.relation import RelationOptions
from policycmp.target_pairs.pairs import TargetOptions

__all__ = ["CompareOptions"]


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """Every choice of a comparison, one frozen set of options a stage.

    Parameters
    ----------
    align : AlignOptions
        Weights and thresholds of finding counterparts.
    relation : RelationOptions
        Weights and thresholds of the labels.
    targets : TargetOptions
        Thresholds of pairing targets.
    scale : mapping of plan_id to float, optional
        Sizes (people, schools, counties …) of the jurisdictions; absolute counts are then
        compared per size instead of being left open as scale dependent.
    measures : bool
        Whether sentences are aligned and judged too. Without them only clauses are.
    """

    align: AlignOptions = field(default_factory=AlignOptions)
    relation: RelationOptions = field(default_factory=RelationOptions)
    targets: TargetOptions = field(default_factory=TargetOptions)
    scale: Mapping[str, float] | None = None
    measures: bool = True

    def __post_init__(self) -> None:
        if not isinstance(self.measures, bool):
            raise ValueError(f"measures should be True or False. Got {self.measures!r}")
        for plan_id, size in (self.scale or {}).items():
            if not size > 0:
                raise ValueError(f"scale should map plan ids to positive sizes. Got {plan_id!r}: {size!r}")
