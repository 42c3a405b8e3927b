"""Do the coders agree? Percent, kappa and alpha, and the rows to talk about.

Percent agreement flatters frequent codes; Cohen's kappa (Cohen 1960) and, for more than two coders,
Fleiss' kappa (Fleiss 1971) correct for chance; Krippendorff's alpha (nominal; Hayes and Krippendorff
2007) also takes units that not everybody coded, and comes from the package ``krippendorff``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from policycmp.coding.units import check_codes
from policycmp.labels import RELATIONS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Agreement", "agreement", "crosstab", "in_order"]


@dataclass(frozen=True)
class Agreement:
    """Agreement of coders.

    Attributes
    ----------
    table : DataFrame
        Index what (relation, counterpart); columns units (coded by at least two), coders, percent
        (share of coder pairs that agree), kappa (Cohen's for two coders, Fleiss' for more), alpha.
    confusion : DataFrame
        Counts of relation by relation, over all pairs of coders; with two coders the first (by name)
        in the rows, the second in the columns.
    disagreements : DataFrame
        Units on which relation or counterpart differ: local_id and, for every coder, both codes and the
        note, where notes were made.
    agreed : DataFrame
        Codes on which all coders of a unit (two or more) agree, one row a unit, ``coder`` naming all of
        them: what `Comparison.with_corrections` may use while the rest is talked about.
    """

    table: pd.DataFrame
    confusion: pd.DataFrame
    disagreements: pd.DataFrame
    agreed: pd.DataFrame


def agreement(codes: pd.DataFrame) -> Agreement:
    """Measure how far coders agree.

    Parameters
    ----------
    codes : DataFrame
        As `read_codes` gives them; several workbooks can be concatenated.

    Raises
    ------
    ValueError
        If there are fewer than two coders, no unit was coded by two, or a coder has several codes for a
        unit (two workbooks filled on sheets of the same name: rename one coder first).

    Examples
    --------
    >>> import pandas as pd
    >>> codes = pd.DataFrame({"coder": ["a", "b"] * 3, "local_plan": "x", "template_plan": "y",
    ...     "local_id": ["c1", "c1", "c2", "c2", "c3", "c3"], "counterpart": ["t1", "t1", "t2", "t2", None, "t3"],
    ...     "relation": ["copy", "copy", "adapt", "adapt", "new", "adapt"]})
    >>> round(float(agreement(codes).table.loc["relation", "percent"]), 2)
    0.67
    """
    import pandas as pd

    unit = ["local_plan", "template_plan", "local_id"]
    check_codes(codes, *unit, "coder", "counterpart", "relation")
    twice = codes.duplicated([*unit, "coder"])
    if twice.any():
        row = codes[twice].iloc[0]
        raise ValueError(
            f"{row['coder']} has several codes for {row['local_id']}: if these are two people, rename one"
        )
    filled = codes.assign(counterpart=codes["counterpart"].fillna("none"))
    wide = {
        what: filled.pivot_table(index=unit, columns="coder", values=what, aggfunc="first")
        for what in ("relation", "counterpart")
    }
    coders = list(wide["relation"].columns)
    if len(coders) < 2:
        raise ValueError(f"agreement needs two coders. Got {coders}")
    rows = {}
    for what, table in wide.items():
        shared = table[table.notna().sum(axis=1) >= 2]
        if not len(shared):
            raise ValueError("no unit was coded by two coders")
        rows[what] = (len(shared), len(coders), _percent(shared), _kappa(shared), _alpha(shared))
    table = pd.DataFrame.from_dict(
        rows, orient="index", columns=["units", "coders", "percent", "kappa", "alpha"]
    )
    both = pd.concat(wide, axis=1)
    differ = np.logical_or.reduce([wide[what].nunique(axis=1) > 1 for what in wide])
    same, talk = both[~differ], both[differ]
    if "note" in codes.columns and codes["note"].notna().any():
        notes = codes.set_index([*unit, "coder"])["note"].unstack()
        talk = talk.join(pd.concat({"note": notes}, axis=1))
    return Agreement(table, _confusion(wide["relation"]), talk.reset_index(), _agreed(codes, same, unit))


def _agreed(codes: pd.DataFrame, same: pd.DataFrame, unit: list[str]) -> pd.DataFrame:
    """Return one row for each unit that two or more coders gave the same codes."""
    by = codes.groupby(unit, sort=False)["coder"]
    together = codes.assign(coder=by.transform(lambda names: " & ".join(sorted(names))))[
        by.transform("size") >= 2
    ]
    first = together.drop_duplicates(unit)
    return first[[key in same.index for key in zip(*(first[u] for u in unit), strict=True)]].reset_index(
        drop=True
    )


def in_order(labels: Iterable[str]) -> list[str]:
    """Return relations in the order charts show them, anything else behind."""
    given = set(labels)
    known = [relation for relation in RELATIONS if relation in given]
    return known + sorted(given - set(known))


def crosstab(rows: Sequence[str], columns: Sequence[str], names: tuple[str, str]) -> pd.DataFrame:
    """Return a square table of counts, the same relations on both sides in their usual order."""
    import pandas as pd

    labels = in_order({*rows, *columns})
    table = pd.crosstab(pd.Series(rows, dtype=object), pd.Series(columns, dtype=object))
    table = table.reindex(index=labels, columns=labels, fill_value=0)
    return table.rename_axis(index=names[0], columns=names[1])


def _pairs(table: pd.DataFrame) -> list[tuple[Any, Any]]:
    return [
        (a, b)
        for row in table.to_numpy(dtype=object)
        for a, b in combinations([v for v in row if isinstance(v, str)], 2)
    ]


def _percent(table: pd.DataFrame) -> float:
    pairs = _pairs(table)
    return float(np.mean([a == b for a, b in pairs]))


def _kappa(table: pd.DataFrame) -> float:
    """Return Cohen's kappa for two coders, Fleiss' for more (over the units all of them coded)."""
    whole = table.dropna()
    if not len(whole):
        return float("nan")
    if len({v for row in whole.to_numpy() for v in row}) == 1:
        return 1.0
    if whole.shape[1] == 2:
        from sklearn.metrics import cohen_kappa_score

        return float(cohen_kappa_score(whole.iloc[:, 0], whole.iloc[:, 1]))
    labels = sorted({v for row in whole.to_numpy() for v in row})
    counts = np.array([[(row == value).sum() for value in labels] for row in whole.to_numpy()])
    n = whole.shape[1]
    observed = ((counts**2).sum(axis=1) - n).mean() / (n * (n - 1))
    expected = ((counts.sum(axis=0) / counts.sum()) ** 2).sum()
    return float((observed - expected) / (1 - expected)) if expected < 1 else 1.0


def _alpha(table: pd.DataFrame) -> float:
    try:
        import krippendorff
    except ImportError as error:
        raise ValueError("Krippendorff's alpha needs a package: pip install 'policycmp[coding]'") from error
    labels = sorted({v for row in table.to_numpy(dtype=object) for v in row if isinstance(v, str)})
    if len(labels) < 2:
        return 1.0
    number = {value: float(i) for i, value in enumerate(labels)}
    data = [
        [number.get(v, np.nan) if isinstance(v, str) else np.nan for v in column]
        for column in table.to_numpy(dtype=object).T
    ]
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"))


def _confusion(table: pd.DataFrame) -> pd.DataFrame:
    pairs = _pairs(table)
    coders = [str(coder) for coder in table.columns]
    names = (coders[0], coders[1]) if len(coders) == 2 else ("one", "other")
    return crosstab([a for a, _ in pairs], [b for _, b in pairs], names)
