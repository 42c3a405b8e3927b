"""One template held against many plans, on one machine or a cluster.

Every plan is compared on its own, so the work is a plain parallel map over plans and joblib does
it: ``n_jobs`` on one machine, any registered joblib backend (dask, ray, spark) beyond. Plans may
come from an iterator of paths; nothing but the result frames is kept, and with ``out`` not even
those: they are written as parts as soon as a plan is done (`policycmp.corpus.parts`), and an
interrupted run is continued by the same call. A plan that fails is recorded with its error and the
rest goes on.
"""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp.collector import no_collector
from policycmp.columns import Table
from policycmp.comparing import compare
from policycmp.comparison import Comparison
from policycmp.corpus.parts import (
    clear_partial,
    fingerprint,
    finished,
    need_pyarrow,
    part_name,
    read_parts,
    write_part,
)
from policycmp.datasets import as_plan, several
from policycmp.files import make_folder
from policycmp.frames import empty_table, result_table
from policycmp.options import CompareOptions

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.plan import Plan

__all__ = ["ComparisonSet", "compare_many"]

FRAMES = ("clauses", "measures", "targets", "evidence", "summary")


@dataclass(frozen=True)
class ComparisonSet:
    """Many plans compared with one template.

    Attributes
    ----------
    template : Plan
        The plan all were compared with.
    failures : DataFrame
        Columns plan, error: plans that could not be read or compared.
    folder : Path or None
        Where the Parquet parts are, if they were streamed.
    """

    template: Plan
    options: CompareOptions
    failures: pd.DataFrame
    folder: Path | None
    parts: tuple[str, ...]
    """Names of this run's parts in ``folder``."""
    frames: dict[str, pd.DataFrame]
    """The frames, when they were kept in memory."""
    neutral: bool
    """Whether any of the plans was not given this template (see `Direction`)."""

    def _frame(self, name: str) -> pd.DataFrame:
        if self.folder is None:
            return self.frames[name]
        return read_parts(self.folder, name, self.parts)

    @cached_property
    def clauses(self) -> pd.DataFrame:
        """`Comparison.clauses` of every plan, with plan_id."""
        return self._frame("clauses")

    @cached_property
    def measures(self) -> pd.DataFrame:
        """`Comparison.measures` of every plan, with plan_id."""
        return self._frame("measures")

    @cached_property
    def targets(self) -> pd.DataFrame:
        """`Comparison.targets` of every plan, with plan_id."""
        return self._frame("targets")

    @cached_property
    def evidence(self) -> pd.DataFrame:
        """`Comparison.evidence` of every plan, with plan_id."""
        return self._frame("evidence")

    def summary(self) -> pd.DataFrame:
        """Return `Comparison.summary` of every plan, with plan_id."""
        return self._frame("summary")

    def matrix(self, values: str = "relation") -> pd.DataFrame:
        """Return template clauses by plans: what each plan did with each template clause.

        Parameters
        ----------
        values : {"relation", "score", "copied"}
            What stands in the cells; of several local clauses the one with the highest score.

        Returns
        -------
        DataFrame
            Index template_id in template order, one column a plan.
        """
        if values not in ("relation", "score", "copied"):
            raise ValueError(f"values should be one of ('relation', 'score', 'copied'). Got {values!r}")
        rows = self.clauses[self.clauses["template_id"].notna()].sort_values("score", ascending=False)
        best = rows.drop_duplicates(["plan_id", "template_id"])
        wide = best.pivot(index="template_id", columns="plan_id", values=values)
        return wide.reindex([clause.clause_id for clause in self.template.clause_list])

    def __repr__(self) -> str:
        plans = self.summary()["plan_id"].nunique()
        return f"<ComparisonSet of {plans} plans with {self.template.plan_id}, {len(self.failures)} failed>"


def _tables_of(comparison: Comparison) -> dict[str, Table]:
    plan_id = comparison.local.plan_id
    return {name: result_table(comparison, name).headed("plan_id", plan_id) for name in FRAMES}


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one plan."""

    plan_id: str
    error: str | None = None
    neutral: bool = False
    part: str = ""
    tables: dict[str, Table] | None = None


@lru_cache(maxsize=1)
def _unpacked(template: bytes) -> Plan:
    """Return the template a task brings along; a process unpacks and analyses it once."""
    plan: Plan = pickle.loads(template)  # noqa: S301  (packed by compare_many itself)
    return plan


def _one(source: Plan | str | Path, packed: bytes, options: CompareOptions, folder: Path | None) -> _Outcome:
    """Compare one plan; keep its tables, or write them to `folder`."""
    try:
        with no_collector():
            plan, template = as_plan(source), _unpacked(packed)
            if folder is None:
                comparison = compare(plan, template, options=options)
                return _Outcome(plan.plan_id, neutral=comparison.neutral, tables=_tables_of(comparison))
            part, made_from = part_name(plan.plan_id), fingerprint(plan, template, options)
            marker = finished(folder, part, made_from)
            if marker is None:
                comparison = compare(plan, template, options=options)
                marker = {"plan_id": plan.plan_id, "made_from": made_from, "neutral": comparison.neutral}
                write_part(folder, part, _tables_of(comparison), marker)
        return _Outcome(plan.plan_id, neutral=bool(marker["neutral"]), part=part)
    except (ValueError, OSError) as error:
        name = source if isinstance(source, str | Path) else source.plan_id
        return _Outcome(str(name), error=f"{type(error).__name__}: {error}")


def _watched(plans: Iterable[Any], progress: bool | None) -> Iterator[Any]:
    """Return the plans with a progress bar that shows after two seconds (never with False)."""
    if progress is False:
        return iter(plans)
    from tqdm.auto import tqdm

    return iter(tqdm(plans, desc="compare_many", unit="plan", delay=0 if progress else 2))


def compare_many(
    plans: Iterable[Plan | str | Path],
    template: Plan | str | Path,
    *,
    n_jobs: int = 1,
    progress: bool | None = None,
    out: str | Path | None = None,
    options: CompareOptions | None = None,
) -> ComparisonSet:
    """Compare many plans with one template.

    Parameters
    ----------
    plans : iterable of Plan, str or Path
        Plans, ids of bundled plans, or paths; an iterator is consumed as workers get free.
    template : Plan, str or Path
        The plan all are compared with.
    n_jobs : int
        Number of worker processes (joblib); -1 for all cores. Inside
        ``joblib.parallel_config(backend="dask")`` the cluster's workers are used.
    progress : bool, optional
        Progress bar: None shows one when the run takes longer than two seconds.
    out : str or Path, optional
        Folder to stream Parquet parts to (needs the ``scale`` extra); a repeated call goes on where
        an interrupted one stopped.
    options : CompareOptions, optional
        ``CompareOptions(measures=False)`` halves the work where only clauses matter.

    Returns
    -------
    ComparisonSet

    Raises
    ------
    ValueError
        If two plans have the same plan_id (their rows could not be told apart), one plan is given
        where several are due, or ``out`` is given without pyarrow installed.

    Examples
    --------
    >>> results = compare_many(["xiji-2025", "leshan-2021"], "wuzhong-2023", progress=False)
    >>> results.matrix().shape[1]
    2
    """
    import pandas as pd
    from joblib import Parallel, delayed

    options = options or CompareOptions()
    given = as_plan(template)
    folder = Path(out) if out is not None else None
    if folder is not None:
        need_pyarrow()
        make_folder(folder)
        clear_partial(folder)
    packed = pickle.dumps(given)
    outcomes = Parallel(n_jobs=n_jobs)(
        delayed(_one)(plan, packed, options, folder) for plan in _watched(several(plans), progress)
    )
    failures = pd.DataFrame([(o.plan_id, o.error) for o in outcomes if o.error], columns=["plan", "error"])
    good = [o for o in outcomes if not o.error]
    twice = [plan_id for plan_id, n in Counter(o.plan_id for o in good).items() if n > 1]
    if twice:
        raise ValueError(f"plan ids should differ. Given more than once: {', '.join(twice[:5])}")
    frames: dict[str, pd.DataFrame] = {}
    if folder is None or not good:
        kept = [o.tables for o in good if o.tables]
        frames = {
            name: Table.joined([empty_table(name).headed("plan_id", ""), *(t[name] for t in kept)]).frame()
            for name in FRAMES
        }
    parts = tuple(o.part for o in good if o.part)
    return ComparisonSet(
        given, options, failures, folder if parts else None, parts, frames, any(o.neutral for o in good)
    )
