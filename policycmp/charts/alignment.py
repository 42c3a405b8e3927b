"""Alignment ribbons: the template's order at the left, the local plan's at the right.

Each ribbon leads from a template clause to the local clause that follows it, in the colour
of the relation; second counterparts are thin. Dropped clauses (left) and new ones (right)
have no ribbon but a stub in the margin. Crossings show what was moved.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from policycmp.charts.canvas import Canvas, Head, canvas, empty_message, swatch
from policycmp.charts.pairs import Link, Row, counts, links, main_links, pair_name, plan_name, rows, sections
from policycmp.charts.palette import colour, hatch
from policycmp.labels import RELATIONS, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.comparison import Comparison

__all__ = ["describe", "plot_alignment"]

_NODE = 0.018
"""Width of a clause's block, as a share of the room between the two columns."""


@dataclass(frozen=True, slots=True)
class _Column:
    """Where the clauses of one plan stand."""

    clauses: Sequence[Row]
    at: Mapping[str, float]
    height: float


def plot_alignment(
    comparison: Comparison, *, ax: Axes | None = None, lang: str = "zh", size: str = "page", **style: Any
) -> Axes:
    """Plot which local clause follows which template clause.

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
    >>> ax = pc.plot_alignment(pc.compare("xiji-2025", "wuzhong-2023"), size="column")
    >>> ax.axison
    False
    """
    found, neutral = links(comparison), comparison.neutral
    left, right = _column(rows(comparison.template)), _column(rows(comparison.local))
    used = [
        r
        for r in RELATIONS
        if any(link.relation == r and (link.in_scope or r != "dropped") for link in found)
    ]
    legend = [swatch(r, label(r, lang, neutral=neutral)) for r in used]
    if any(link.relation == "dropped" and not link.in_scope for link in found):
        legend.append(swatch("outside", label("chart_outside", lang)))
    head = Head(
        label("chart_alignment", lang),
        pair_name(comparison, lang),
        tuple(legend),
        comparison.banner(lang) if neutral else "",
    )
    height = max(left.height, right.height)
    with canvas(ax, head, body=1.72 * (height + 1.6), lang=lang, size=size, style=style) as sheet:
        if not left.clauses and not right.clauses:
            sheet.say(empty_message(lang))
            return sheet.ax
        # Both columns end level, so that ribbons of an unchanged plan run straight.
        left, right = _column(left.clauses, height), _column(right.clauses, height)
        sheet.ax.set_axis_off()
        sheet.ax.set(xlim=(-0.005, 1.005), ylim=(height, -1.4))
        for link in sorted(found, key=lambda k: (-k.rank, RELATIONS.index(k.relation))):
            _ribbon(sheet, link, left, right)
        state = {k.template: k for k in found if k.template and not k.local}
        _names(
            sheet, left, "left", {i: _lost(k) for i, k in state.items()}, plan_name(comparison.template, lang)
        )
        fresh = {k: link.relation for k, link in main_links(comparison).items()}
        _names(sheet, right, "right", fresh, plan_name(comparison.local, lang))
        return sheet.ax


def _lost(link: Link) -> str:
    return "dropped" if link.in_scope else "outside"


def _column(clauses: Sequence[Row], height: float | None = None) -> _Column:
    """Stand clauses one below the other, with a gap between sections; stretched to `height`."""
    starts = {part.first for part in sections(clauses)}
    at, y = [], 0.0
    for n in range(len(clauses)):
        y += 0.55 if n and n in starts else 0.0
        at.append(y + 0.5)
        y += 1.0
    scale = height / y if height and y else 1.0
    return _Column(clauses, {row.clause_id: p * scale for row, p in zip(clauses, at, strict=True)}, y * scale)


def _ribbon(sheet: Canvas, link: Link, left: _Column, right: _Column) -> None:
    paint = colour(link.relation)
    half = 0.34 if link.rank == 1 else 0.09
    if link.local is None and link.template is not None:
        key = _lost(link)
        _block(sheet, 0, left.at.get(link.template), key, 0.045)
    elif link.template is None and link.local is not None:
        _block(sheet, 1, right.at.get(link.local), "new", 0.045)
    elif link.template in left.at and link.local in right.at:
        a, b = left.at[link.template], right.at[link.local]
        x0, x1 = _NODE, 1 - _NODE
        m = (x0 + x1) / 2
        top = [(x0, a - half), (m, a - half), (m, b - half), (x1, b - half)]
        back = [(x1, b + half), (m, b + half), (m, a + half), (x0, a + half)]
        codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
        path = Path([*top, *back, top[0]], codes)
        sheet.ax.add_patch(
            PathPatch(
                path,
                facecolor=paint,
                edgecolor="white",
                linewidth=0.35,
                alpha=0.78 if link.rank == 1 else 0.55,
                zorder=2 if link.rank == 1 else 1.5,
            )
        )
        _block(sheet, 0, a, link.relation if link.rank == 1 else None, _NODE)
        _block(sheet, 1, b, link.relation if link.rank == 1 else None, _NODE)


def _block(sheet: Canvas, side: int, y: float | None, key: str | None, width: float) -> None:
    """The block a clause is shown by; a longer stub where it has no ribbon."""
    if y is None or key is None:
        return
    lined = bool(hatch(key)) or key == "new"
    sheet.ax.add_patch(
        Rectangle(
            (0 if side == 0 else 1 - width, y - 0.34),
            width,
            0.68,
            facecolor=colour(key),
            hatch=hatch(key),
            edgecolor=colour("line") if lined else "none",
            linewidth=0.5 if lined else 0,
            zorder=3,
        )
    )


def _names(sheet: Canvas, column: _Column, side: str, state: Mapping[str, str], plan: str) -> None:
    """Clause names beside the column, section names above each section where there is room."""
    ax, x, align = sheet.ax, -0.02 if side == "left" else 1.02, "right" if side == "left" else "left"
    share = 0.335 if sheet.size.name == "column" else 0.3
    size, step = sheet.rows((column.height + 1.6) * 1.02, leading=1.28)
    ax.text(
        x, -0.85, sheet.fit(plan, share), ha=align, va="center", fontsize=sheet.type, color=colour("muted")
    )
    for n, row in enumerate(column.clauses):
        if n % step:
            continue
        lost = state.get(row.clause_id) in ("dropped", "outside")
        ax.text(
            x,
            column.at[row.clause_id],
            sheet.fit(row.heading, share, keep=row.keep, size=size),
            ha=align,
            va="center_baseline",
            fontsize=size,
            color=colour("muted" if lost else "ink"),
        )


def describe(comparison: Comparison, lang: str) -> str:
    """Say in a sentence what the chart shows."""
    main = main_links(comparison)
    order = {row.clause_id: n for n, row in enumerate(rows(comparison.template))}
    places = [
        order[main[r.clause_id].template]
        for r in rows(comparison.local)
        if r.clause_id in main and main[r.clause_id].template in order
    ]  # type: ignore[index]
    backward = sum(b < a for a, b in itertools.pairwise(places))
    lost = sum(link.local is None for link in links(comparison))
    new = counts(main.values()).get("new", 0)
    if lang == "zh":
        return (
            f"对应图：{pair_name(comparison, lang)}，左列为对照方 {len(order)} 条，右列为本地 {len(main)} 条；"
            f"{len(places)} 条本地条款有主要对应，其中 {backward} 处次序颠倒，{new} 条仅本地有，{lost} 条仅对照方有。"
        )
    return (
        f"Ribbon chart: {pair_name(comparison, lang)}, {len(order)} clauses of the other plan at the left, {len(main)} local ones at the right. "
        f"{len(places)} local clauses have a main counterpart, with {backward} steps back in the order; {new} are only local, {lost} only in the other plan."
    )
