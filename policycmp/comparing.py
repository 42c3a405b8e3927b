"""From two plans to a comparison: the stages one after the other.

Clauses are aligned, then sentences; pairs are judged; targets are paired. Every stage works on
light objects and knows nothing of the next; the result keeps them all.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from warnings import warn

from policycmp.alignment.align import align
from policycmp.collector import no_collector
from policycmp.comparison import Comparison
from policycmp.datasets import as_plan
from policycmp.direction import Direction, direction
from policycmp.errors import PolicycmpWarning
from policycmp.matching import clause_passages, match_clauses, match_measures
from policycmp.options import CompareOptions
from policycmp.relation import RelationOptions
from policycmp.target_pairs.pairs import pair_targets

if TYPE_CHECKING:
    from policycmp.plan import Plan

__all__ = ["compare"]


def compare(
    local: Plan | str | Path, template: Plan | str | Path, *, options: CompareOptions | None = None
) -> Comparison:
    """Compare a local plan with the plan it is held against.

    Parameters
    ----------
    local, template : Plan, str or Path
        Plans, ids of bundled plans, or paths of documents.
    options : CompareOptions, optional
        Weights, thresholds, sizes; kept in the result.

    Returns
    -------
    Comparison

    Raises
    ------
    ValueError, PlanReadError
        If a plan is unknown, cannot be read, or holds no clause.

    Warns
    -----
    PolicycmpWarning
        If ``options.scale`` is given and lacks one of the two plans.

    Notes
    -----
    Labels are rules over quoted evidence, not a trained model; see the page on relations.

    Examples
    --------
    >>> comparison = compare("xiji-2025", "wuzhong-2023")
    >>> comparison.clauses["relation"].isin(["copy", "adapt", "sharpen", "weaken", "mixed", "new", "dropped"]).all()
    np.True_
    """
    if not isinstance(options, CompareOptions | None):
        raise TypeError(f"options should be a CompareOptions. Got {type(options).__name__}")
    options = options or CompareOptions()
    here, there = as_plan(local), as_plan(template)
    for plan in (here, there):
        if not plan.clause_list:
            raise ValueError(
                f"{plan.plan_id} holds no clause to compare; look at plan.leftover and plan.remarks"
            )
    if options.scale and (unsized := [p.plan_id for p in (here, there) if p.plan_id not in options.scale]):
        warn(
            f"scale gives no size for {', '.join(unsized)} (it has {', '.join(options.scale)}): "
            "counts are not compared per size",
            PolicycmpWarning,
            stacklevel=2,
        )
    with no_collector():
        return _compared(here, there, options)


def _compared(here: Plan, there: Plan, options: CompareOptions) -> Comparison:
    passages = (clause_passages(here), clause_passages(there))
    clause_alignment = align(*passages, options.align)
    course = direction(here, there)
    rules = _sized(options, course, here, there)
    measures = None
    if options.measures:
        measures = match_measures(
            here, there, clause_alignment, align_options=options.align, relation_options=rules
        )
    clauses = match_clauses(here, there, clause_alignment, passages, measures, rules, options.align)
    links = [
        (m.local.clause_id, m.template.clause_id, m.link.score)
        for m in clauses.matches
        if m.local is not None and m.template is not None
    ]
    targets = replace(options.targets, scale=options.scale) if options.scale else options.targets
    pairs = pair_targets(here, there, links, targets)
    return Comparison(here, there, course, options, clauses, measures, tuple(pairs))


def _sized(options: CompareOptions, course: Direction, local: Plan, template: Plan) -> RelationOptions:
    """Return the relation's options with what is known of the two sizes: given ones, or one and the same place."""
    sizes = options.scale or {}
    if local.plan_id in sizes and template.plan_id in sizes:
        ratio = sizes[local.plan_id] / sizes[template.plan_id]
        return replace(options.relation, same_scale=False, scale_ratio=ratio)
    if course.kinship == "same" and options.relation.same_scale is None:
        return replace(options.relation, same_scale=True)
    return options.relation
