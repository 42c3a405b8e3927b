"""Similarity heatmap: every local clause against every template clause, with section brackets.

The darker a cell, the more alike two clauses. The main counterpart of each local clause
carries a small square in the colour of its relation, so the diagonal, the jumps and the
empty rows and columns are seen at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.lines import Line2D

from policycmp.charts.canvas import Canvas, Head, canvas, empty_message
from policycmp.charts.given import check_given
from policycmp.charts.pairs import Section, links, main_links, pair_name, plan_name, rows, sections
from policycmp.charts.palette import colour, ramp
from policycmp.fonts import balance, shorten, text_width
from policycmp.labels import RELATIONS, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.comparison import Comparison

__all__ = ["brackets_above", "describe", "plot_similarity"]


def plot_similarity(
    comparison: Comparison, *, ax: Axes | None = None, lang: str = "zh", size: str = "page", **style: Any
) -> Axes:
    """Plot how alike the clauses of the two plans are.

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
    >>> ax = pc.plot_similarity(pc.compare("xiji-2025", "wuzhong-2023"))
    >>> len(ax.images)
    1
    """
    check_given(comparison, ["Comparison"], lang)
    score = np.asarray(comparison.similarity.score, dtype=float)
    local, template = rows(comparison.local), rows(comparison.template)
    main = main_links(links(comparison))
    at_local = {row.clause_id: n for n, row in enumerate(local)}
    at_template = {row.clause_id: n for n, row in enumerate(template)}
    marks = [
        (at_template[link.template], at_local[key], link.relation)
        for key, link in main.items()
        if link.template in at_template and key in at_local
    ]
    used = [r for r in RELATIONS if any(mark[2] == r for mark in marks)]
    legend = tuple(
        Line2D(
            [],
            [],
            linestyle="",
            marker="s",
            markersize=4,
            color=colour(r),
            markeredgecolor="white",
            markeredgewidth=0.4,
            label=label(r, lang, neutral=comparison.neutral),
        )
        for r in used
    )
    head = Head(
        label("chart_similarity", lang),
        pair_name(comparison, lang),
        legend,
        comparison.banner(lang) if comparison.neutral else "",
    )
    ratio = max(0.35, min(1.6, len(local) / max(len(template), 1)))
    body = {"column": 33, "page": 54, "slide": 30}.get(size, 54) * ratio + 8
    with canvas(ax, head, body=body, lang=lang, size=size, style=style) as sheet:
        if not score.size:
            sheet.say(empty_message(lang))
            return sheet.ax
        image = sheet.ax.imshow(score, cmap=ramp(), vmin=0, vmax=1, aspect="auto", interpolation="nearest")
        sheet.frame()
        sheet.ax.set(xticks=[], yticks=[])
        taken = _side(sheet, sections(local), len(local), plan_name(comparison.local, lang))
        inner = sheet.width * 72 - taken - 2 * sheet.type
        _marks(sheet, marks, inner / max(len(template), 1), sheet.body * 60 / max(len(local), 1))
        brackets_above(sheet, sections(template), inner / max(len(template), 1))
        _foot(
            sheet, image, plan_name(comparison.template, lang), label("chart_similarity_scale", lang), inner
        )
        return sheet.ax


def _foot(sheet: Canvas, image: Any, name: str, scale: str, inner: float) -> None:
    """The template's name and the colour scale, side by side below the matrix."""
    below = sheet.type / (sheet.body * 72 * 0.86)
    sheet.below = sheet.type * 2.6
    sheet.ax.text(
        0,
        -0.9 * below,
        shorten(name, inner * 0.4, sheet.small),
        va="top",
        fontsize=sheet.small,
        color=colour("muted"),
        transform=sheet.ax.transAxes,
    )
    bar = sheet.ax.inset_axes((0.72, -1.75 * below, 0.28, 0.7 * below))
    colours = sheet.ax.figure.colorbar(image, cax=bar, ticks=[0, 0.5, 1], orientation="horizontal")
    colours.outline.set_edgecolor(colour("line"))
    colours.outline.set_linewidth(0.5)
    colours.set_ticklabels(["0", "0.5", "1"])
    bar.tick_params(length=0, labelsize=sheet.small, colors=colour("muted"), pad=1.5)
    sheet.ax.text(
        0.7,
        -0.9 * below,
        scale,
        ha="right",
        va="top",
        fontsize=sheet.small,
        color=colour("muted"),
        transform=sheet.ax.transAxes,
    )


def _marks(sheet: Canvas, marks: Sequence[tuple[int, int, str]], wide: float, high: float) -> None:
    """Mark main counterparts; sized to about half a cell of `wide` by `high` points."""
    side = min(min(wide, high) * 0.5, sheet.type * 0.7)
    for relation in RELATIONS:
        at = [(x, y) for x, y, r in marks if r == relation]
        if at:
            x, y = zip(*at, strict=True)
            sheet.ax.scatter(
                x,
                y,
                s=side**2,
                marker="s",
                color=colour(relation),
                edgecolor="white",
                linewidth=min(0.8, side * 0.15),
                zorder=3,
            )


def _side(sheet: Canvas, parts: Sequence[Section], count: int, plan: str) -> float:
    """Brackets with section names at the left; return the points they take."""
    ax, width = sheet.ax, sheet.width * (0.2 if sheet.size.name != "column" else 0.25) * 72
    pitch, across = sheet.body * 0.82 * 72 / max(count, 1), ax.get_yaxis_transform()
    name = shorten(plan, width, sheet.small)
    taken = text_width(name, sheet.small)
    ax.text(
        -0.028,
        1.012,
        name,
        ha="right",
        va="bottom",
        fontsize=sheet.small,
        color=colour("muted"),
        transform=ax.transAxes,
    )
    for part in parts:
        ax.plot(
            [-0.012] * 2,
            [part.first - 0.38, part.last + 0.38],
            color=colour("line"),
            lw=1.2,
            clip_on=False,
            transform=across,
            solid_capstyle="butt",
        )
        room = int((part.last - part.first + 1) * pitch // (sheet.small * 1.35))
        if room:
            lines = balance(part.number + part.name, width, sheet.small, lines=min(room, 3))
            taken = max(taken, *(text_width(line, sheet.small) for line in lines))
            ax.text(
                -0.028,
                (part.first + part.last) / 2,
                "\n".join(lines),
                ha="right",
                va="center",
                fontsize=sheet.small,
                color=colour("ink"),
                transform=across,
                linespacing=1.25,
            )
    for part in parts[1:]:
        ax.axhline(part.first - 0.5, color=colour("line"), lw=0.5, alpha=0.6)
    return taken


def brackets_above(sheet: Canvas, parts: Sequence[Section], pitch: float) -> None:
    """Brackets with section numbers, and as much of the name as fits, at the top; `pitch` points a clause."""
    ax, along = sheet.ax, sheet.ax.get_xaxis_transform()
    sheet.above = sheet.small * 4.6
    for part in parts:
        ax.plot(
            [part.first - 0.38, part.last + 0.38],
            [1.012] * 2,
            color=colour("line"),
            lw=1.2,
            clip_on=False,
            transform=along,
            solid_capstyle="butt",
        )
        room, number = (part.last - part.first + 1) * pitch * 0.9, part.number.rstrip("、.．")
        if room > 5 * sheet.small:
            text = "\n".join(balance(part.number + part.name, room, sheet.small, lines=3))
        elif number and text_width(number, sheet.small) <= room:
            text = number
        else:
            continue
        ax.text(
            (part.first + part.last) / 2,
            1.026,
            text,
            ha="center",
            va="bottom",
            fontsize=sheet.small,
            color=colour("ink"),
            transform=along,
            linespacing=1.25,
        )
    for part in parts[1:]:
        ax.axvline(part.first - 0.5, color=colour("line"), lw=0.5, alpha=0.6)


def describe(comparison: Comparison, lang: str) -> str:
    """Say in a sentence what the chart shows."""
    score = np.asarray(comparison.similarity.score, dtype=float)
    best = score.max(axis=1) if score.size else np.zeros(0)
    median, high = (float(np.median(best)), int((best >= 0.5).sum())) if best.size else (0.0, 0)
    many, others = score.shape if score.ndim == 2 else (0, 0)
    return label("chart_similarity_alt", lang).format(
        pair=pair_name(comparison, lang), local=many, template=others, median=f"{median:.2f}", high=high
    )
