"""Reliability plot: is an answer given with a confidence of 0.8 right eight times in ten?

A point for every range of confidence; intervals are wide where few units were coded, and are
drawn so that nobody reads more into a point than it can bear.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any

from policycmp.charts.canvas import Head, canvas
from policycmp.charts.given import check_given
from policycmp.charts.palette import colour
from policycmp.labels import label

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from policycmp.evaluation import Evaluation

__all__ = ["describe", "plot_reliability"]

_Z = 1.96


def plot_reliability(
    found: Evaluation, *, ax: Axes | None = None, lang: str = "zh", size: str = "page", **style: Any
) -> Axes:
    """Plot how often the main counterpart agrees with the codes, by the confidence it was given with.

    Parameters
    ----------
    found : Evaluation
        What `evaluate` gave.
    ax, lang, size, **style
        As for `plot_relations`.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> import policycmp as pc
    >>> found = pc.evaluate(pc.compare("leshan-2021", "wuzhong-2023"), pc.load_gold("clauses"))
    >>> ax = pc.plot_reliability(found, lang="en")
    >>> len(ax.collections[-1].get_offsets()) == len(found.reliability)
    True
    """
    check_given(found, ["Evaluation"], lang)
    table = found.reliability
    head = Head(
        label("chart_reliability", lang),
        _subtitle(found, lang) if len(table) else "",
        (),
        label("chart_reliability_note", lang) if len(table) else "",
    )
    with canvas(ax, head, body=30, lang=lang, size=size, style=style) as sheet:
        if not len(table):
            sheet.say(label("chart_confusion_empty", lang))
            return sheet.ax
        sheet.frame(spines=("left", "bottom"), grid="both")
        sheet.ax.plot([0, 1], [0, 1], color=colour("line"), lw=0.9, ls=(0, (4, 3)))
        for units, sure, right in _points(table):
            low, high = wilson(right, units)
            sheet.ax.plot([sure, sure], [low, high], color=colour("muted"), lw=0.9)
            # Points crowd where answers are sure; the feet of their intervals do not.
            sheet.ax.annotate(
                str(units),
                (sure, low),
                xytext=(0, -sheet.type * 0.7),
                textcoords="offset points",
                ha="center",
                va="center",
                fontsize=sheet.small,
                color=colour("ink"),
            )
        sheet.ax.scatter(
            table["confidence"],
            table["right"],
            s=[(sheet.type * 0.55 * (1 + min(n, 60) / 30)) ** 2 for n in table["units"]],
            color=colour("copy"),
            edgecolor=colour("paper"),
            linewidth=0.8,
            zorder=3,
        )
        sheet.ax.set(xlim=(0, 1.03), ylim=(0, 1.05))
        ticks = [0, 0.25, 0.5, 0.75, 1]
        sheet.ax.set_xticks(ticks, [f"{t:g}" for t in ticks])
        sheet.ax.set_yticks(ticks, [f"{t:.0%}" for t in ticks])
        sheet.ax.set_xlabel(sheet.fit(label("chart_reliability_x", lang), 0.9), fontsize=sheet.small)
        sheet.ax.set_ylabel(label("chart_reliability_y", lang), fontsize=sheet.small)
        return sheet.ax


def _points(table: pd.DataFrame) -> list[tuple[int, float, float]]:
    """Return units, mean confidence and share right of every range."""
    columns = (table[name].tolist() for name in ("units", "confidence", "right"))
    return [(int(n), float(sure), float(right)) for n, sure, right in zip(*columns, strict=True)]


def wilson(share: float, units: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a share (Wilson 1927).

    Examples
    --------
    >>> [round(end, 2) for end in wilson(1.0, 10)]
    [0.72, 1.0]
    """
    spread = _Z * sqrt(share * (1 - share) / units + _Z**2 / (4 * units**2))
    centre, whole = share + _Z**2 / (2 * units), 1 + _Z**2 / units
    return max(0.0, (centre - spread) / whole), min(1.0, (centre + spread) / whole)


def _subtitle(found: Evaluation, lang: str) -> str:
    return label("chart_reliability_head", lang).format(
        n=len(found.codes), percent=f"{found.counterpart_agreement:.0%}"
    )


def describe(found: Evaluation, lang: str) -> str:
    """Say in a sentence what the chart shows."""
    table = found.reliability
    if not len(table):
        return label("chart_confusion_empty", lang)
    parts = [
        label("chart_reliability_point", lang).format(confidence=f"{sure:.2f}", right=f"{right:.0%}", n=units)
        for units, sure, right in _points(table)
    ]
    return label("chart_reliability_alt", lang).format(
        head=_subtitle(found, lang), parts=("；" if lang == "zh" else "; ").join(parts)
    )
