"""Alignment ribbons: the template's order at the left, the local plan's at the right.

Each ribbon leads from a template clause to the local clause that follows it, in the colour
of the relation; second counterparts are thin. Dropped clauses (left) and new ones (right)
have no ribbon but a stub in the margin. Crossings show what was moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from policycmp.charts.canvas import Canvas, Head, canvas, empty_message, swatch
from policycmp.charts.ladder import Ladder, ladder, pitch
from policycmp.charts.pairs import Link, counts, links, main_links, pair_name, plan_name, rows
from policycmp.charts.palette import colour, hatch
from policycmp.labels import RELATIONS, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.comparison import Comparison

__all__ = ["describe", "plot_alignment"]

_NODE = 0.018
"""Width of a clause's block, as a share of the room between the two columns."""


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
    left, right = ladder(rows(comparison.template)), ladder(rows(comparison.local))
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
        left, right = ladder(left.clauses, height), ladder(right.clauses, height)
        sheet.ax.set_axis_off()
        # Room for the plans' names above the first row, in rows.
        names = 2.4 * sheet.type / (sheet.body * 72)
        top = names * height / (1 - names)
        sheet.ax.set(xlim=(-0.005, 1.005), ylim=(height, -top))
        for link in sorted(found, key=lambda k: (-k.rank, RELATIONS.index(k.relation))):
            _ribbon(sheet, link, left, right)
        state = {k.template: k for k in found if k.template and not k.local}
        _names(
            sheet, left, "left", {i: _lost(k) for i, k in state.items()}, plan_name(comparison.template, lang)
        )
        fresh = {k: link.relation for k, link in main_links(found).items()}
        _names(sheet, right, "right", fresh, plan_name(comparison.local, lang))
        return sheet.ax


def _lost(link: Link) -> str:
    return "dropped" if link.in_scope else "outside"


def _ribbon(sheet: Canvas, link: Link, left: Ladder, right: Ladder) -> None:
    paint = colour(link.relation)
    half = 0.34 if link.rank == 1 else 0.09
    if link.local is None and link.template is not None:
        key = _lost(link)
        _block(sheet, 0, left.at.get(link.template), key, 0.045)
    elif link.template is None and link.local is not None:
        _block(sheet, 1, right.at.get(link.local), "new", 0.045)
    elif link.template and link.local and link.template in left.at and link.local in right.at:
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


def _names(sheet: Canvas, column: Ladder, side: str, state: Mapping[str, str], plan: str) -> None:
    """Clause names beside the column, section names above each section where there is room."""
    ax, x, align = sheet.ax, -0.02 if side == "left" else 1.02, "right" if side == "left" else "left"
    share = 0.335 if sheet.size.name == "column" else 0.3
    size, step = pitch(sheet, column, reserve=3.2)
    ax.text(
        x,
        ax.get_ylim()[1] * 0.6,
        sheet.fit(plan, share),
        ha=align,
        va="center",
        fontsize=sheet.type,
        color=colour("muted"),
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
    found = links(comparison)
    main = main_links(found)
    order = {row.clause_id: n for n, row in enumerate(rows(comparison.template))}
    linked = [main[row.clause_id].template for row in rows(comparison.local) if row.clause_id in main]
    places = [order[template] for template in linked if template in order]
    return label("chart_alignment_alt", lang).format(
        pair=pair_name(comparison, lang),
        template=len(order),
        local=len(main),
        linked=len(places),
        back=sum(b < a for a, b in pairwise(places)),
        new=counts(main.values()).get("new", 0),
        dropped=sum(link.local is None for link in found),
    )
