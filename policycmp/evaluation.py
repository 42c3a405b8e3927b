"""How well comparisons agree with codes given by people (or by another method).

Codes come in two forms. The bundled gold names units by where they stand: a snippet lies inside
one clause or sentence of the local plan, others inside the template units that are acceptable
counterparts. Coded workbooks (`policycmp.coding.read_codes`) name clauses by id and text hash. Either
way a code says what the first row of a unit should be.

Agreement is given as share, Cohen's kappa (Cohen 1960; chance-corrected, so that a frequent label
earns nothing) and, for each label, precision, recall and F1. Where a code allows several answers
("copy|adapt"), any of them is right, and for kappa and F1 the answer counts as the given one if it
is among them, else as the first named. Where a code also says which pairs were required and which
allowed, further counterparts are counted too. `Evaluation.reliability` asks whether an answer given
with a confidence of 0.8 is right eight times in ten.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from policycmp.coding.agreement import crosstab, in_order
from policycmp.coding.units import (
    CodedUnit,
    about,
    check_codes,
    codes_by_id,
    codes_by_snippet,
    locate_snippet,
)

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.comparison import Comparison

__all__ = ["Evaluation", "evaluate", "locate_snippet"]

_CODES = (
    "local_plan",
    "local_id",
    "counterpart_wanted",
    "counterpart",
    "counterpart_agrees",
    "confidence",
    "relation_wanted",
    "relation",
    "relation_agrees",
    "evidence",
    "pairs_wanted",
    "pairs_found",
    "pairs_given",
    "pairs_right",
)
_UNLOCATED = "unlocated"
_EDGES = (0.0, 0.5, 0.7, 0.9, 0.99, 1.0)


@dataclass(frozen=True)
class Evaluation:
    """Agreement of comparisons with coded labels.

    Attributes
    ----------
    codes : DataFrame
        One row a coded unit: local_plan, local_id, counterpart_wanted, counterpart, counterpart_agrees,
        confidence (of the main counterpart, or of having none), relation_wanted, relation,
        relation_agrees, evidence, and the pairs of the unit: pairs_wanted (required by the code),
        pairs_found (of these), pairs_given (by the comparison), pairs_right (of these, allowed by the
        code), missing where the code does not say.
    unlocated : tuple of str
        Snippets or ids that name no unit of the local plan (they count as disagreement).
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
    def pair_recall(self) -> float:
        """Share of the pairs a code requires that the comparison gives; NaN where codes do not say."""
        return _share(self.codes["pairs_found"], self.codes["pairs_wanted"])

    @property
    def pair_precision(self) -> float:
        """Share of the comparison's pairs, further counterparts among them, that a code allows."""
        return _share(self.codes["pairs_right"], self.codes["pairs_given"])

    @property
    def kappa(self) -> float:
        """Cohen's kappa of the relation; 1 where both only ever say the same one."""
        from sklearn.metrics import cohen_kappa_score

        wanted, given = self._labels()
        if len({*wanted, *given}) == 1:
            return 1.0
        return float(cohen_kappa_score(wanted, given)) if wanted else float("nan")

    @property
    def per_label(self) -> pd.DataFrame:
        """Precision, recall, F1 and support of each relation, indexed by relation."""
        import pandas as pd
        from sklearn.metrics import precision_recall_fscore_support

        wanted, given = self._labels()
        labels = in_order({*wanted, *given})
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
        return crosstab(*self._labels(), ("coded", "given"))

    @property
    def reliability(self) -> pd.DataFrame:
        """Whether confidence is what it says: columns low, high, units, confidence (mean), right (share).

        A row for every range of confidence that holds a unit; an interval ends where the next begins.
        """
        import pandas as pd

        known = self.codes[self.codes["confidence"].notna()]
        rows = []
        for low, high in pairwise(_EDGES):
            sure = known["confidence"]
            inside = known[(sure >= low) & ((sure < high) | (high == _EDGES[-1]))]
            if len(inside):
                right = float(inside["counterpart_agrees"].mean())
                rows.append((low, high, len(inside), float(inside["confidence"].mean()), right))
        return pd.DataFrame(rows, columns=["low", "high", "units", "confidence", "right"])

    def _labels(self) -> tuple[list[str], list[str]]:
        given = [str(r) for r in self.codes["relation"]]
        wanted = [
            g if g in w.split("|") else w.split("|")[0]
            for w, g in zip(self.codes["relation_wanted"], given, strict=True)
        ]
        return wanted, given


def _share(part: pd.Series[Any], whole: pd.Series[Any]) -> float:
    total = whole.sum(min_count=1)
    return float(part.sum() / total) if total == total and total else float("nan")


def evaluate(
    comparison: Comparison | Iterable[Comparison], coded: pd.DataFrame, *, unit: str = "clauses"
) -> Evaluation:
    """Measure comparisons against coded labels.

    Parameters
    ----------
    comparison : Comparison or several of them
        What is to be judged; several are taken together.
    coded : DataFrame
        Either codes of one coder as `read_codes` gives them (local_id, text_hash, counterpart,
        relation), or a table with the columns local_snippet (text that stands in the coded unit), main
        (snippets of the acceptable template units joined by ``|``, ``(none)`` for no counterpart) and
        labels (acceptable relations joined by ``|``), and, if further counterparts were coded,
        required and allowed (snippets of template units). With columns local_doc and template_doc (as
        in the bundled gold, `load_gold`) or local_plan and template_plan, rows of other plans are left
        out.
    unit : {"clauses", "measures"}
        What was coded.

    Returns
    -------
    Evaluation

    Raises
    ------
    ValueError
        If columns are missing, codes of several coders are mixed, or no row is about a comparison.

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

    from policycmp.comparison import Comparison

    check_codes(coded)
    if unit not in ("clauses", "measures"):
        raise ValueError(f"unit should be 'clauses' or 'measures'. Got {unit!r}")
    by_id = "local_id" in coded.columns and "local_snippet" not in coded.columns
    needed = {"local_id", "counterpart", "relation"} if by_id else {"local_snippet", "main", "labels"}
    check_codes(coded, *sorted(needed))
    if by_id and "coder" in coded.columns and coded["coder"].nunique() > 1:
        raise ValueError(
            f"codes of several coders are mixed ({', '.join(sorted(set(coded['coder'])))}): "
            "evaluate against one of them, or against what they agree on (see agreement)"
        )
    rows: list[tuple[object, ...]] = []
    unlocated: list[str] = []
    for made in [comparison] if isinstance(comparison, Comparison) else comparison:
        told = about(made, coded)
        codes = codes_by_id(made, told) if by_id else codes_by_snippet(made, told, unit)
        lines = _answers(getattr(made, unit))
        for code in codes:
            answer = lines.get(code.local_id) if code.local_id is not None else None
            if answer is None:
                unlocated.append(code.name)
            rows.append((made.local.plan_id, *_judged(code, answer)))
    return Evaluation(pd.DataFrame(rows, columns=list(_CODES)), tuple(unlocated))


def _answers(frame: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every local unit, the main counterpart first."""
    out: dict[str, list[dict[str, Any]]] = {}
    columns = ["local_id", "template_id", "relation", "confidence", "evidence", "rank"]
    for row in frame[frame["local_id"].notna()].sort_values("rank")[columns].to_dict("records"):
        out.setdefault(str(row["local_id"]), []).append({str(k): v for k, v in row.items()})
    return out


def _judged(code: CodedUnit, answer: list[dict[str, Any]] | None) -> tuple[object, ...]:
    labels = "|".join(code.labels)
    wanted = None if code.required is None else len(code.required)
    if answer is None:
        none = None if wanted is None else 0
        return (
            code.local_id,
            code.said,
            None,
            False,
            None,
            labels,
            _UNLOCATED,
            False,
            "",
            wanted,
            *[none] * 3,
        )
    first = answer[0]
    given = [row["template_id"] for row in answer if isinstance(row["template_id"], str)]
    counterpart = first["template_id"] if isinstance(first["template_id"], str) else None
    pairs: tuple[int | None, ...] = (None, None, None)
    if code.required is not None and code.allowed is not None:
        pairs = (len(code.required & set(given)), len(given), sum(i in code.allowed for i in given))
    return (
        code.local_id,
        code.said,
        counterpart,
        counterpart in code.main,
        float(first["confidence"]),
        labels,
        str(first["relation"]),
        first["relation"] in code.labels,
        first["evidence"],
        wanted,
        *pairs,
    )
