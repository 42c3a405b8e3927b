"""Thresholds that suit your own codes, and whether they are really better.

The defaults were fitted on other plans. `fit_options` tries values around them, one threshold after
the other, on comparisons that were coded by hand, and keeps what agrees best with the codes. An honest
estimate comes from cross-validation: the values are chosen without the fold they are judged on. Below
forty coded clauses the choice would be noise and is refused; and where cross-validation finds no gain
over the defaults, the defaults are given back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from policycmp.coding.units import check_codes

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from policycmp.comparison import Comparison
    from policycmp.options import CompareOptions

__all__ = ["MINIMUM", "Fit", "fit_options"]

MINIMUM = 40
"""Fewest coded clauses that are fitted on."""

_TRIED = {
    "copied": (0.7, 0.75, 0.8, 0.85, 0.9),
    "clause_decisive": (0.4, 0.5, 0.6, 0.8, 1.0),
    "clause_minor": (0.2, 0.3, 0.4, 0.5),
    "clause_dropped": (0.6, 0.8, 1.0),
}
"""Values tried for the thresholds of `RelationOptions` that decide a clause's label."""
_NONE = (0.85, 0.95, 1.0, 1.05, 1.15)
"""Factors on the support of having no counterpart."""


@dataclass(frozen=True)
class Fit:
    """What fitting found.

    Attributes
    ----------
    options : CompareOptions
        The fitted options; the given ones where cross-validation found no gain.
    before, after : float
        Agreement with the codes (mean of counterpart and relation) under the given options, and its
        cross-validated estimate under fitted ones.
    units : int
        Number of coded clauses.
    table : DataFrame
        Columns setting, agreement: every setting tried, over all codes.
    """

    options: CompareOptions
    before: float
    after: float
    units: int
    table: pd.DataFrame


def _settings(options: CompareOptions) -> Iterator[tuple[str, CompareOptions]]:
    yield "as given", options
    for name, values in _TRIED.items():
        for value in values:
            if value != getattr(options.relation, name):
                change: dict[str, Any] = {name: value}
                relation = replace(options.relation, **change)
                yield f"relation.{name}={value:g}", replace(options, relation=relation)
    weights = options.align.clauses
    for factor in _NONE:
        if factor != 1:
            align = replace(options.align, clauses=replace(weights, none=weights.none * factor))
            yield f"align.clauses.none={weights.none * factor:g}", replace(options, align=align)


def _agreements(comparison: Comparison, codes: pd.DataFrame, options: CompareOptions) -> list[float]:
    """Return for each coded clause how far the comparison under `options` agrees: 0, ½ or 1."""
    from policycmp.comparing import compare

    made = compare(comparison.local, comparison.template, options=options)
    first = {
        m.local.clause_id: m for m in made.clause_matching.matches if m.local is not None and m.link.rank == 1
    }
    out = []
    for code in codes.to_dict("records"):
        match = first[str(code["local_id"])]
        counterpart = match.template.clause_id if match.template is not None else None
        wanted = code["counterpart"] if isinstance(code["counterpart"], str) else None
        out.append(((counterpart == wanted) + (match.label == code["relation"])) / 2)
    return out


def fit_options(comparisons: Sequence[Comparison], codes: pd.DataFrame, *, folds: int = 5) -> Fit:
    """Fit thresholds to human codes, with cross-validation.

    Parameters
    ----------
    comparisons : sequence of Comparison
        The comparisons the codes are about; the options of the first are the starting point.
    codes : DataFrame
        As `read_codes` gives them: local_plan, template_plan, local_id, counterpart, relation; one
        row a clause (settle disagreements first).
    folds : int
        Number of folds of the cross-validation.

    Returns
    -------
    Fit

    Raises
    ------
    ValueError
        With fewer than 40 coded clauses, several codes for one clause, or codes about other plans.

    Examples
    --------
    >>> import policycmp as pc
    >>> comparison = pc.compare("xiji-2025", "wuzhong-2023")
    >>> own = comparison.clauses.query("rank == 1 and local_id.notna()")
    >>> codes = own.assign(local_plan="xiji-2025", template_plan="wuzhong-2023", counterpart=own["template_id"])
    >>> pc.fit_options([comparison], codes)
    Traceback (most recent call last):
    ...
    ValueError: fitting needs at least 40 coded clauses. Got 32
    """
    import pandas as pd

    check_codes(codes, "local_plan", "template_plan", "local_id")
    plans = {(c.local.plan_id, c.template.plan_id): c for c in comparisons}
    pairs = list(zip(codes["local_plan"], codes["template_plan"], strict=True))
    strange = sorted({f"{a} with {b}" for a, b in pairs if (a, b) not in plans})
    if strange:
        raise ValueError(f"codes are about comparisons that were not given: {', '.join(strange)}")
    if codes.duplicated(["local_plan", "template_plan", "local_id"]).any():
        raise ValueError("a clause has several codes: settle disagreements first (see agreement)")
    if len(codes) < MINIMUM:
        raise ValueError(f"fitting needs at least {MINIMUM} coded clauses. Got {len(codes)}")
    given = comparisons[0].options
    names, tried, scores = [], [], []
    for name, options in _settings(given):
        names.append(name)
        tried.append(options)
        scores.append(
            [
                value
                for (local, template), group in codes.groupby(["local_plan", "template_plan"], sort=True)
                for value in _agreements(plans[str(local), str(template)], group, options)
            ]
        )
    matrix = np.array(scores)
    after = _cross_validated(matrix, folds)
    before = float(matrix[0].mean())
    best = int(matrix.mean(axis=1).argmax()) if after > before else 0
    table = pd.DataFrame({"setting": names, "agreement": matrix.mean(axis=1)})
    return Fit(
        tried[best],
        before,
        after,
        len(codes),
        table.sort_values("agreement", ascending=False, ignore_index=True),
    )


def _cross_validated(matrix: NDArray[np.float64], folds: int) -> float:
    """Return the mean agreement when each fold is judged under the setting the others choose."""
    units = matrix.shape[1]
    if not 2 <= folds <= units:
        raise ValueError(f"folds should be between 2 and {units}. Got {folds}")
    fold = np.arange(units) % folds
    chosen = [int(matrix[:, fold != k].mean(axis=1).argmax()) for k in range(folds)]
    return float(sum(matrix[c, fold == k].sum() for k, c in enumerate(chosen)) / units)
