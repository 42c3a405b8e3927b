"""Sensitivity: how agreement with codes moves when one threshold or weight is moved alone.

A row for every option, a tile for every value tried; rows that keep their shade say that the
finding does not hang on that number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.patches import Rectangle

from policycmp.charts.canvas import Head, canvas
from policycmp.charts.given import check_given
from policycmp.charts.palette import colour, ink_on, ramp
from policycmp.labels import label

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["MEASURES", "describe", "plot_sensitivity"]

MEASURES = ("counterpart", "relation", "kappa", "pair_recall", "pair_precision")


def plot_sensitivity(
    table: pd.DataFrame,
    measure: str = "relation",
    *,
    ax: Axes | None = None,
    lang: str = "zh",
    size: str = "page",
    **style: Any,
) -> Axes:
    """Plot how agreement with codes moves with thresholds and weights.

    Parameters
    ----------
    table : DataFrame
        What `sensitivity` gave.
    measure : {"counterpart", "relation", "kappa", "pair_recall", "pair_precision"}
        The figure shown.
    ax, lang, size, **style
        As for `plot_relations`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If there is no such measure.

    Examples
    --------
    >>> import policycmp as pc
    >>> comparison = pc.compare("leshan-2021", "wuzhong-2023")
    >>> table = pc.sensitivity(comparison, pc.load_gold("clauses"), {"align.new": [0.4, 0.6]})
    >>> ax = pc.plot_sensitivity(table, "counterpart", lang="en")
    >>> [t.get_text() for t in ax.get_yticklabels()]
    ['align.new']
    """
    check_given(table, ["DataFrame"], lang)
    if measure not in MEASURES:
        raise ValueError(f"measure should be one of {MEASURES}. Got {measure!r}")
    if missing := {"option", "value", "given", measure} - set(table.columns):
        raise ValueError(f"the table lacks the columns {sorted(missing)} that sensitivity gives")
    said = label(f"chart_sensitivity_{measure}", lang)
    options = list(dict.fromkeys(table["option"]))
    # A sentence in the middle of the note, a heading on its own.
    inside = said[0].lower() + said[1:] if said[0].isascii() else said
    head = Head(
        label("chart_sensitivity", lang),
        said if options else "",
        (),
        label("chart_sensitivity_note", lang).format(measure=inside) if options else "",
    )
    with canvas(ax, head, body=3.1 * len(options) + 3, lang=lang, size=size, style=style) as sheet:
        if not options:
            sheet.say(label("chart_nothing", lang))
            return sheet.ax
        sheet.frame()
        shades, values = ramp(), table[measure]
        low, high = float(values.min()), float(values.max())
        # At least ten points between the lightest and the darkest shade: small moves must look small.
        reach = max(high - low, 0.1)
        most = 0
        for row, option in enumerate(options):
            lines = table[table["option"] == option].sort_values("value")
            most = max(most, len(lines))
            for at, line in enumerate(lines.to_dict("records")):
                value = float(line[measure])
                shade = 0.08 + 0.4 * (1 - (high - value) / reach) if value == value else 0.0
                _tile(
                    sheet, at, row, shades(max(0.0, shade)), value, float(line["value"]), bool(line["given"])
                )
        sheet.ax.set(xlim=(0, most), ylim=(len(options), 0), xticks=[])
        names = [o.replace(".", ".\n") if size == "column" else o for o in options]
        sheet.ax.set_yticks([n + 0.5 for n in range(len(options))], names)
        sheet.ax.tick_params(axis="y", labelcolor=colour("ink"), labelsize=sheet.small)
        return sheet.ax


def _tile(sheet: Any, x: int, y: int, shade: Any, value: float, tried: float, given: bool) -> None:
    from matplotlib.colors import to_hex

    ground = to_hex(shade).upper()
    sheet.ax.add_patch(
        Rectangle(
            (x + 0.03, y + 0.06),
            0.94,
            0.88,
            facecolor=ground,
            edgecolor=colour("ink") if given else "none",
            linewidth=1.4,
        )
    )
    for text, up, size in ((f"{value:.2f}", 0.36, sheet.type), (f"{tried:g}", 0.73, sheet.small)):
        sheet.ax.text(x + 0.5, y + up, text, ha="center", va="center", fontsize=size, color=ink_on(ground))


def describe(table: pd.DataFrame, lang: str, measure: str = "relation") -> str:
    """Say in a sentence what the chart shows."""
    parts = [
        label("chart_sensitivity_row", lang).format(
            option=option,
            low=f"{lines['value'].min():g}",
            high=f"{lines['value'].max():g}",
            least=f"{lines[measure].min():.2f}",
            most=f"{lines[measure].max():.2f}",
        )
        for option, lines in table.groupby("option", sort=False)
    ]
    if not parts:
        return label("chart_nothing", lang)
    return label("chart_sensitivity_alt", lang).format(
        measure=label(f"chart_sensitivity_{measure}", lang),
        parts=("；" if lang == "zh" else "; ").join(parts),
    )
