"""Modality profile: how binding the sentences of both plans are, as mirrored bars.

Local plan to the right, template to the left, strictest wording on top; shares of each
plan's own sentences, since the plans differ in length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.patches import Rectangle

from policycmp.charts.canvas import Canvas, Head, canvas, empty_message, note
from policycmp.charts.given import check_given
from policycmp.charts.pairs import join, pair_name, plan_name
from policycmp.charts.palette import colour
from policycmp.labels import label
from policycmp.modality import modality_profile
from policycmp.tables import read_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.comparison import Comparison

__all__ = ["describe", "plot_modality"]


def plot_modality(
    comparison: Comparison, *, ax: Axes | None = None, lang: str = "zh", size: str = "page", **style: Any
) -> Axes:
    """Plot how strongly the sentences of both plans commit.

    Parameters
    ----------
    comparison, ax, lang, size, **style
        As for `plot_relations`.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> import policycmp as pc
    >>> ax = pc.plot_modality(pc.compare("xiji-2025", "wuzhong-2023"), lang="en")
    >>> len(ax.get_yticks())
    5
    """
    check_given(comparison, ["Comparison"], lang)
    local, template = modality_profile(comparison.local), modality_profile(comparison.template)
    head = Head(
        label("chart_modality", lang),
        pair_name(comparison, lang),
        (),
        note(label("chart_modality_note", lang), comparison.banner(lang)),
    )
    empty = not local["count"].sum() and not template["count"].sum()
    with canvas(ax, head, body=8 if empty else 20, lang=lang, size=size, style=style) as sheet:
        if empty:
            sheet.say(empty_message(lang))
            return sheet.ax
        _side(sheet, template, -1, plan_name(comparison.template, lang))
        _side(sheet, local, 1, plan_name(comparison.local, lang))
        sheet.frame()
        reach = 100 * max(local["share"].max(), template["share"].max())
        names = {row["band"]: row[lang] for row in read_table("modality_bands")}
        # The figures beside the bars need about seven characters.
        pad = 1 + 8.5 * sheet.small / (sheet.width * 0.32 * 72)
        share = 0.22 if size == "column" else 0.24
        sheet.ax.set(xlim=(-reach * pad, reach * pad), ylim=(len(local), -0.9), xticks=[])
        sheet.ax.set_yticks(
            [n + 0.5 for n in range(len(local))], [sheet.lines(names[b], share, 3) for b in local["band"]]
        )
        sheet.ax.tick_params(axis="y", labelcolor=colour("ink"), labelsize=sheet.type)
        sheet.ax.axvline(0, color=colour("ink"), lw=0.8)
        return sheet.ax


def _side(sheet: Canvas, profile: Any, sign: int, name: str) -> None:
    align, paint = ("left", "copy") if sign > 0 else ("right", "line")
    for n, (count, share) in enumerate(zip(profile["count"], profile["share"], strict=True)):
        width = 100 * share
        sheet.ax.add_patch(
            Rectangle((0, n + 0.16), sign * width, 0.68, facecolor=colour(paint), edgecolor="none")
        )
        sheet.ax.annotate(
            f"{width:.0f}%（{count}）" if sheet.lang == "zh" else f"{width:.0f}% ({count})",
            (sign * width, n + 0.5),
            xytext=(sign * sheet.type * 0.4, 0),
            textcoords="offset points",
            ha=align,
            va="center_baseline",
            fontsize=sheet.small,
            color=colour("muted"),
            annotation_clip=False,
        )
    total = label("chart_sentences", sheet.lang).format(n=int(profile["count"].sum()))
    sheet.ax.annotate(
        f"{sheet.fit(name, 0.34)}\n{total}",
        (0, -0.42),
        xytext=(sign * sheet.type * 0.5, 0),
        textcoords="offset points",
        ha=align,
        va="center",
        fontsize=sheet.type,
        color=colour("ink"),
    )


def describe(comparison: Comparison, lang: str) -> str:
    """Say in a sentence what the chart shows."""
    names = {row["band"]: row[lang] for row in read_table("modality_bands")}
    local, template = modality_profile(comparison.local), modality_profile(comparison.template)
    parts = [
        f"{names[b]} {a:.0%} / {t:.0%}"
        for b, a, t in zip(local["band"], local["share"], template["share"], strict=True)
    ]
    return (
        label("chart_modality_alt", lang).format(
            pair=pair_name(comparison, lang), parts=("；" if lang == "zh" else "; ").join(parts)
        )
        if local["count"].sum() + template["count"].sum()
        else join((), lang)
    )
