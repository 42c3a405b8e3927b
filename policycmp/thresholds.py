"""How much a finding depends on the thresholds and weights it was made with.

Each option is moved alone, all others left as given; the plans are compared anew and held against the
same codes. A finding that stands only at one value of a threshold is no finding. Options are named by
their path in `CompareOptions`: ``align.new``, ``align.clauses.headings``, ``relation.copied``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from policycmp.evaluation import evaluate

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.comparison import Comparison
    from policycmp.options import CompareOptions

__all__ = ["THRESHOLDS", "sensitivity"]

THRESHOLDS: Mapping[str, tuple[float, ...]] = {
    "align.new": (0.3, 0.4, 0.5, 0.6, 0.7),
    "align.further": (0.5, 0.6, 0.7, 0.8, 0.9),
    "relation.copied": (0.7, 0.75, 0.8, 0.85, 0.9),
    "relation.decisive": (0.3, 0.4, 0.5, 0.6, 0.7),
    "relation.clause_decisive": (0.65, 0.8, 0.95, 1.1, 1.25),
    "relation.clause_minor": (0.2, 0.25, 0.3, 0.35, 0.4),
    "relation.clause_dropped": (0.6, 0.7, 0.8, 0.9, 1.0),
    "relation.breadth": (0.3, 0.4, 0.5, 0.6, 0.7),
    "relation.named": (0.3, 0.4, 0.5, 0.6, 0.7),
}
"""The thresholds that decide counterparts and labels of clauses, and values around their defaults."""


def sensitivity(
    comparison: Comparison | Iterable[Comparison],
    coded: pd.DataFrame,
    tried: Mapping[str, Sequence[float]] = THRESHOLDS,
    *,
    unit: str = "clauses",
) -> pd.DataFrame:
    """Compare again at other thresholds and say how agreement with codes moves.

    Parameters
    ----------
    comparison : Comparison or several of them
        What was compared; the options of the first are the starting point.
    coded : DataFrame
        As for `evaluate`.
    tried : mapping of option to values
        Each option by its path in `CompareOptions`; the value in use is tried too. By default the
        thresholds that decide counterparts and labels.
    unit : {"clauses", "measures"}
        What was coded.

    Returns
    -------
    DataFrame
        Columns option, value, given (whether it is the value in use), counterpart, pair_recall,
        pair_precision, relation (shares, as in `Evaluation`), kappa.

    Raises
    ------
    ValueError
        If an option does not exist or refuses a value.

    Examples
    --------
    >>> import policycmp as pc
    >>> comparison = pc.compare("leshan-2021", "wuzhong-2023")
    >>> table = sensitivity(comparison, pc.load_gold("clauses"), {"align.new": [0.4]})
    >>> table["value"].tolist(), table["given"].tolist()
    ([0.4, 0.5], [False, True])
    """
    import pandas as pd

    from policycmp.comparison import Comparison

    made = [comparison] if isinstance(comparison, Comparison) else list(comparison)
    options = made[0].options
    rows: list[tuple[object, ...]] = []
    for path, values in tried.items():
        given = _value(options, path)
        for value in sorted({*values, given}):
            rows.append(
                (path, value, value == given, *_figures(made, coded, _moved(options, path, value), unit))
            )
    figures = ["counterpart", "pair_recall", "pair_precision", "relation", "kappa"]
    return pd.DataFrame(rows, columns=["option", "value", "given", *figures])


def _figures(
    made: Sequence[Comparison], coded: pd.DataFrame, options: CompareOptions, unit: str
) -> tuple[float, ...]:
    from policycmp.comparing import compare

    found = evaluate([compare(c.local, c.template, options=options) for c in made], coded, unit=unit)
    return (
        found.counterpart_agreement,
        found.pair_recall,
        found.pair_precision,
        found.relation_agreement,
        found.kappa,
    )


def _value(options: Any, path: str) -> float:
    for name in path.split("."):
        if not is_dataclass(options) or name not in [item.name for item in fields(options)]:
            raise ValueError(f"no option is called {path!r}: {type(options).__name__} has no {name!r}")
        options = getattr(options, name)
    if isinstance(options, bool) or not isinstance(options, int | float):
        raise ValueError(f"option {path!r} is no number to be moved. Got {options!r}")
    return float(options)


def _moved(options: Any, path: str, value: float) -> Any:
    """Return options with the value at a path exchanged; the options check it themselves."""
    name, _, rest = path.partition(".")
    return replace(options, **{name: _moved(getattr(options, name), rest, value) if rest else value})
