"""How well a comparison agrees with codes given by people (or by another method).

Units are found by where they stand: a coded snippet lies inside one clause or sentence of the
local plan, and the code names what its first row should say. Agreement is given as share,
Cohen's kappa (Cohen 1960; chance-corrected, so that a frequent label earns nothing) and, for
each label, precision, recall and F1. Where a code allows several answers ("copy|adapt"), any of
them is right, and for kappa and F1 the answer counts as the given one if it is among them, else
as the first named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.comparison import Comparison
    from policycmp.plan import Plan

__all__ = ["Evaluation", "evaluate", "locate_snippet"]


@dataclass(frozen=True)
class Evaluation:
    """Agreement of a comparison with coded labels.

    Attributes
    ----------
    codes : DataFrame
        One row a coded unit: local_id, counterpart_wanted, counterpart, counterpart_agrees,
        relation_wanted, relation, relation_agrees, evidence.
    unlocated : tuple of str
        Snippets that stand in no unit of the local plan (they count as disagreement).
    """

    codes: pd.DataFrame
    unlocated: tuple[str, ...]

    @property
    def counterpart_agreement(self) -> float:
        """Share of units whose main counterpart (or its absence) agrees."""
        return float(self.codes["counterpart_agrees"].mean()) if len(self.codes) else float("nan")

    @property
    def relation_agreement(self) -> float:
        """Share of units whose relation agrees."""
        return float(self.codes["relation_agrees"].mean()) if len(self.codes) else float("nan")

    @property
    def kappa(self) -> float:
        """Cohen's kappa of the relation."""
        from sklearn.metrics import cohen_kappa_score

        wanted, given = self._labels()
        return float(cohen_kappa_score(wanted, given)) if wanted else float("nan")

    @property
    def per_label(self) -> pd.DataFrame:
        """Precision, recall, F1 and support of each relation, indexed by relation."""
        import pandas as pd
        from sklearn.metrics import precision_recall_fscore_support

        wanted, given = self._labels()
        labels = sorted({*wanted, *given})
        if not labels:
            return pd.DataFrame(columns=["precision", "recall", "f1", "support"])
        scores = precision_recall_fscore_support(wanted, given, labels=labels, zero_division=0)
        return pd.DataFrame(
            dict(zip(["precision", "recall", "f1", "support"], scores, strict=True)),
            index=pd.Index(labels, name="relation"),
        )

    @property
    def confusion(self) -> pd.DataFrame:
        """Counts of coded relation (rows) against given relation (columns)."""
        import pandas as pd

        wanted, given = self._labels()
        return pd.crosstab(
            pd.Series(wanted, name="coded", dtype=str), pd.Series(given, name="given", dtype=str)
        )

    def _labels(self) -> tuple[list[str], list[str]]:
        given = [str(r) for r in self.codes["relation"]]
        wanted = [
            g if g in w.split("|") else w.split("|")[0]
            for w, g in zip(self.codes["relation_wanted"], given, strict=True)
        ]
        return wanted, given


def locate_snippet(plan: Plan, snippet: str) -> int | None:
    """Return the offset in ``plan.text`` where `snippet` first stands, white space ignored; None if it does not."""
    index = [i for i, c in enumerate(plan.text) if not c.isspace()]
    at = "".join(plan.text[i] for i in index).find(re.sub(r"\s", "", snippet))
    return index[at] if at >= 0 else None


def evaluate(comparison: Comparison, coded: pd.DataFrame, *, unit: str = "clauses") -> Evaluation:
    """Measure a comparison against coded labels.

    Parameters
    ----------
    comparison : Comparison
        The comparison to be judged.
    coded : DataFrame
        Columns local_snippet (text that stands in the coded unit), main (snippets of the acceptable
        template units joined by ``|``, ``(none)`` for no counterpart) and labels (acceptable
        relations joined by ``|``). With columns local_doc and template_doc (as in the bundled gold,
        `load_gold`), rows of other plans are left out.
    unit : {"clauses", "measures"}
        What was coded.

    Returns
    -------
    Evaluation

    Raises
    ------
    ValueError
        If columns are missing or no row is about these two plans.

    Notes
    -----
    The bundled gold was coded twice by language models after ``data/gold/GUIDE.md`` and is not yet
    validated by human coders.

    Examples
    --------
    >>> import policycmp as pc
    >>> result = pc.evaluate(pc.compare("xiji-2025", "wuzhong-2023"), pc.load_gold("clauses"))
    >>> result.counterpart_agreement > 0.9
    True
    """
    import pandas as pd

    if unit not in ("clauses", "measures"):
        raise ValueError(f"unit should be 'clauses' or 'measures'. Got {unit!r}")
    missing = {"local_snippet", "main", "labels"} - set(coded.columns)
    if missing:
        raise ValueError(f"the coded table lacks the columns {sorted(missing)}; it has {list(coded.columns)}")
    local, template = comparison.local, comparison.template
    for column, plan in (("local_doc", local), ("template_doc", template)):
        if column in coded.columns:
            coded = coded[coded[column] == plan.plan_id]
    if not len(coded):
        raise ValueError(f"no coded row is about {local.plan_id} against {template.plan_id}")
    frame = getattr(comparison, unit)
    local_units = local.clause_list if unit == "clauses" else local.measure_list
    template_units = template.clause_list if unit == "clauses" else template.measure_list
    id_name = "clause_id" if unit == "clauses" else "measure_id"

    def unit_at(units: tuple[object, ...], plan: Plan, snippet: str) -> str | None:
        at = locate_snippet(plan, snippet)
        hits = [u for u in units if at is not None and u.start <= at < u.end]  # type: ignore[attr-defined]
        return str(getattr(hits[0], id_name)) if hits else None

    first_rows = (
        frame[frame["local_id"].notna()].sort_values("rank").drop_duplicates("local_id").set_index("local_id")
    )
    rows: list[tuple[object, ...]] = []
    unlocated: list[str] = []
    for code in coded.itertuples():
        local_id = unit_at(local_units, local, str(code.local_snippet))
        wanted = {
            None if s == "(none)" else unit_at(template_units, template, s) for s in str(code.main).split("|")
        }
        if local_id is None or local_id not in first_rows.index:
            unlocated.append(str(code.local_snippet))
            rows.append((local_id, str(code.main), None, False, str(code.labels), "unlocated", False, ""))
            continue
        row = first_rows.loc[local_id]
        counterpart = None if pd.isna(row["template_id"]) else str(row["template_id"])
        relation = str(row["relation"])
        rows.append(
            (
                local_id,
                str(code.main),
                counterpart,
                counterpart in wanted,
                str(code.labels),
                relation,
                relation in str(code.labels).split("|"),
                row["evidence"],
            )
        )
    columns = [
        "local_id",
        "counterpart_wanted",
        "counterpart",
        "counterpart_agrees",
        "relation_wanted",
        "relation",
        "relation_agrees",
        "evidence",
    ]
    return Evaluation(pd.DataFrame(rows, columns=columns), tuple(unlocated))
