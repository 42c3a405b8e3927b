"""Confusion matrix: which labels agree, and which are taken for which.

For an `Evaluation` the rows are the codes and the columns the program's labels; for an `Agreement`
both are coders. The margins say how much of each row and column lies on the diagonal, which
for codes and program is recall and precision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.patches import Rectangle

from policycmp.charts.canvas import Canvas, Head, canvas
from policycmp.charts.given import check_given
from policycmp.charts.palette import colour, ink_on, ramp
from policycmp.coding.agreement import Agreement
from policycmp.labels import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from policycmp.evaluation import Evaluation

__all__ = ["describe", "plot_confusion"]


def plot_confusion(
    found: Evaluation | Agreement,
    *,
    ax: Axes | None = None,
    lang: str = "zh",
    size: str = "page",
    **style: Any,
) -> Axes:
    """Plot which labels agree and which are taken for which.

    Parameters
    ----------
    found : Evaluation or Agreement
        What `evaluate` or `agreement` gave.
    ax, lang, size, **style
        As for `plot_relations`.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> import policycmp as pc
    >>> found = pc.evaluate(pc.compare("xiji-2025", "wuzhong-2023"), pc.load_gold("clauses"))
    >>> ax = pc.plot_confusion(found, lang="en")
    >>> ax.get_ylabel()
    'coded'
    """
    check_given(found, ["Evaluation", "Agreement"], lang)
    table = found.confusion
    names = [label(str(name), lang) for name in table.index]
    head = Head(
        label("chart_confusion", lang),
        _subtitle(found, lang) if len(table) else "",
        (),
        label("chart_confusion_note", lang) if len(table) else "",
    )
    with canvas(ax, head, body=3 * len(names) + 7, lang=lang, size=size, style=style) as sheet:
        if not len(table):
            sheet.say(label("chart_confusion_empty", lang))
            return sheet.ax
        counts: list[list[int]] = table.to_numpy(dtype=int).tolist()
        sheet.frame()
        _cells(sheet, counts)
        _margins(sheet, counts, lang)
        number = len(names)
        wide = 0.8 / (number + 1)
        sheet.ax.set(xlim=(0, number + 1), ylim=(number + 1, 0))
        sheet.ax.set_xticks(
            [n + 0.5 for n in range(number + 1)],
            [sheet.lines(n, wide, 3) for n in (*names, label("chart_confusion_agree", lang))],
        )
        sheet.ax.set_yticks(
            [n + 0.5 for n in range(number + 1)],
            [sheet.lines(n, 0.2, 2) for n in (*names, label("chart_confusion_agree", lang))],
        )
        sheet.ax.xaxis.tick_top()
        sheet.ax.xaxis.set_label_position("top")
        sheet.ax.tick_params(labelcolor=colour("ink"), labelsize=sheet.small)
        rows, columns = _sides(found, lang)
        sheet.ax.set_ylabel(rows, fontsize=sheet.type, color=colour("muted"))
        sheet.ax.set_xlabel(columns, fontsize=sheet.type, color=colour("muted"))
        return sheet.ax


def _cells(sheet: Canvas, counts: Sequence[Sequence[int]]) -> None:
    shades = ramp()
    for i, row in enumerate(counts):
        for j, count in enumerate(row):
            share = count / sum(row) if count else 0.0
            ground = _hex(shades(0.85 * share)) if count else colour("paper")
            edge = colour("ink") if i == j else colour("line")
            sheet.ax.add_patch(
                Rectangle(
                    (j + 0.03, i + 0.05),
                    0.94,
                    0.9,
                    facecolor=ground,
                    edgecolor=edge,
                    linewidth=0.9 if i == j else 0.4,
                )
            )
            if count:
                sheet.ax.text(
                    j + 0.5,
                    i + 0.5,
                    str(count),
                    ha="center",
                    va="center",
                    color=ink_on(ground),
                    fontsize=sheet.type,
                )


def _margins(sheet: Canvas, counts: Sequence[Sequence[int]], lang: str) -> None:
    """Write how much of each row and column lies on the diagonal."""
    number = len(counts)
    for n in range(number):
        column = sum(row[n] for row in counts)
        for x, y, whole in ((number, n, sum(counts[n])), (n, number, column)):
            sheet.ax.text(
                x + 0.5,
                y + 0.5,
                f"{counts[n][n]}/{whole}",
                ha="center",
                va="center",
                color=colour("muted"),
                fontsize=sheet.small,
            )


def _hex(rgba: tuple[float, float, float, float]) -> str:
    from matplotlib.colors import to_hex

    return to_hex(rgba).upper()


def _sides(found: Evaluation | Agreement, lang: str) -> tuple[str, str]:
    """Return what the rows and the columns are."""
    names = found.confusion.index.name, found.confusion.columns.name
    known = ("coded", "given", "one", "other")
    rows, columns = (label(f"chart_confusion_{n}", lang) if n in known else str(n) for n in names)
    return rows, columns


def _subtitle(found: Evaluation | Agreement, lang: str) -> str:
    if isinstance(found, Agreement):
        row = found.table.to_dict("index")["relation"]
        coders = (
            ("、" if lang == "zh" else " and ").join(_sides(found, lang))
            if row["coders"] == 2
            else label("chart_confusion_many", lang).format(n=row["coders"])
        )
        return label("chart_confusion_coders", lang).format(
            coders=coders, n=row["units"], percent=f"{row['percent']:.0%}", kappa=f"{row['kappa']:.2f}"
        )
    return label("chart_confusion_program", lang).format(
        n=len(found.codes), percent=f"{found.relation_agreement:.0%}", kappa=f"{found.kappa:.2f}"
    )


def describe(found: Evaluation | Agreement, lang: str) -> str:
    """Say in a sentence what the chart shows."""
    table = found.confusion
    if not len(table):
        return label("chart_confusion_empty", lang)
    counts: list[list[int]] = table.to_numpy(dtype=int).tolist()
    off = sorted(
        (-count, i, j) for i, row in enumerate(counts) for j, count in enumerate(row) if i != j and count
    )
    parts = [
        label("chart_confusion_cell", lang).format(
            row=label(str(table.index[i]), lang), column=label(str(table.columns[j]), lang), n=-count
        )
        for count, i, j in off[:3]
    ]
    key = "chart_confusion_alt" if parts else "chart_confusion_alt_none"
    return label(key, lang).format(
        head=_subtitle(found, lang), parts=("，" if lang == "zh" else ", ").join(parts)
    )
