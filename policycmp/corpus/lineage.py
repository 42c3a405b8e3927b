"""Who took from whom: the most likely source of each plan of a corpus.

Each plan is held against all others with the measure of `policycmp.corpus.sources`; its best accepted
candidate becomes its source. A later text is never the source of an earlier one, and text flows
downwards unless an earlier date shows otherwise, so the result is a forest: centre, provinces,
cities, counties.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from policycmp.corpus.sources import SourceOptions, rank_templates
from policycmp.datasets import as_plans

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.plan import Plan

__all__ = ["trace"]

_COLUMNS = (
    "plan_id",
    "jurisdiction",
    "level",
    "date",
    "source",
    "score",
    "shared_chars",
    "kinship",
    "order",
    "cited",
    "runner_up",
)


def trace(plans: Iterable[Plan | str | Path], *, options: SourceOptions | None = None) -> pd.DataFrame:
    """Return the most likely source of each plan among the others.

    Parameters
    ----------
    plans : iterable of Plan, str or Path
        The corpus, as Plans, ids of bundled plans or paths; plan ids should differ.
    options : SourceOptions, optional
        Thresholds of acceptance.

    Returns
    -------
    DataFrame
        Columns plan_id, jurisdiction, level, date, source (plan_id, missing where no candidate is
        accepted), score, shared_chars, kinship, order, cited (all of the source), runner_up (the next
        accepted candidate); one row a plan, by level and date.

    Raises
    ------
    ValueError
        If two plans have the same plan_id, or one plan is given where several are due.

    Examples
    --------
    >>> import policycmp as pc
    >>> found = trace([pc.load_plan(p) for p in ("xiji-2025", "wuzhong-2023", "leshan-2021")])
    >>> dict(zip(found["plan_id"], found["source"]))["xiji-2025"]
    'wuzhong-2023'
    """
    import pandas as pd

    from policycmp.places import LEVELS

    plans = as_plans(plans)
    ids = [plan.plan_id for plan in plans]
    if len(set(ids)) < len(ids):
        raise ValueError(
            f"plan ids should differ. Given more than once: {', '.join(sorted({i for i in ids if ids.count(i) > 1}))}"
        )
    rows = []
    for plan in plans:
        ranked = rank_templates(plan, [other for other in plans if other is not plan], options=options)
        accepted = ranked[ranked["accepted"]]
        best = accepted.iloc[0] if len(accepted) else None
        fields = ("template", "score", "shared_chars", "kinship", "order", "cited")
        found = [None] * len(fields) if best is None else [best[name] for name in fields]
        runner_up = accepted["template"].iloc[1] if len(accepted) > 1 else None
        rows.append((plan.plan_id, plan.jurisdiction, plan.level, plan.date, *found, runner_up))
    frame = pd.DataFrame(rows, columns=list(_COLUMNS), dtype=object).astype({"score": float})
    height = frame["level"].map({level: i for i, level in enumerate(LEVELS)})
    return (
        frame.assign(height=height)
        .sort_values(["height", "date", "plan_id"], ignore_index=True)
        .drop(columns="height")
    )
