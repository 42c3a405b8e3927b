"""Alignment ribbons: the template's order at the left, the local plan's at the right.

Each ribbon leads from a template clause to the local clause that follows it, in the colour
of the relation; second counterparts are thin. Dropped clauses (left) and new ones (right)
have no ribbon but a stub in the margin. Crossings show what was moved.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from policycmp.charts.canvas import Canvas, Head, canvas, empty_message
from policycmp.charts.given import check_given
from policycmp.charts.ladder import Ladder, ladder, pitch
from policycmp.charts.legend import swatch
from policycmp.charts.pairs import Link, counts, links, main_links, pair_name, plan_name, rows
from policycmp.charts.palette import colour, hatch
from policycmp.labels import RELATIONS, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.comparison import Comparison

__all__ = ["describe", "plot_alignment"]

_NODE, _STUB = 0.018, 0.045
"""Width of a clause's block with and without ribbons, as a share of the room between the columns."""
_HALF, _THIN = 0.34, 0.08
"""Half the height of a main ribbon and of a second one, in rows."""


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
    check_given(comparison, ["Comparison"], lang)
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
        berths = _berths(found, left, right)
        for link in sorted(found, key=lambda k: (-k.rank, RELATIONS.index(k.relation))):
            _ribbon(sheet, link, left, right, berths)
        lost = {str(k.template) for k in found if k.local is None}
        _names(sheet, left, "left", lost, plan_name(comparison.template, lang))
        _names(sheet, right, "right", (), plan_name(comparison.local, lang))
        return sheet.ax


def _lost(link: Link) -> str:
    return "dropped" if link.in_scope else "outside"


def _berths(found: Sequence[Link], left: Ladder, right: Ladder) -> dict[Link, tuple[float, float]]:
    """Share each template clause's block among the local clauses that mainly follow it, in their order."""
    shared: dict[str, list[Link]] = {}
    for link in found:
        if link.rank == 1 and link.template in left.at and link.local in right.at:
            shared.setdefault(str(link.template), []).append(link)
    out = {}
    for template, many in shared.items():
        many.sort(key=lambda link: right.at[str(link.local)])
        top, step = left.at[template] - _HALF, 2 * _HALF / len(many)
        for n, link in enumerate(many):
            out[link] = (top + n * step, top + (n + 1) * step)
    return out


def _ribbon(
    sheet: Canvas, link: Link, left: Ladder, right: Ladder, berths: Mapping[Link, tuple[float, float]]
) -> None:
    if link.local is None and link.template in left.at:
        y = left.at[str(link.template)]
        _block(sheet, 0, y - _HALF, y + _HALF, _lost(link), _STUB)
    elif link.template is None and link.local in right.at:
        y = right.at[str(link.local)]
        _block(sheet, 1, y - _HALF, y + _HALF, "new", _STUB)
    elif link.template in left.at and link.local in right.at:
        main = link in berths
        middle, end = left.at[str(link.template)], right.at[str(link.local)]
        half = _HALF if main else _THIN
        start = berths.get(link, (middle - _THIN, middle + _THIN))
        _band(sheet, start, (end - half, end + half), colour(link.relation), main)
        if main:
            _block(sheet, 0, *start, link.relation, _NODE)
            _block(sheet, 1, end - half, end + half, link.relation, _NODE)


def _band(
    sheet: Canvas, start: tuple[float, float], end: tuple[float, float], paint: str, main: bool
) -> None:
    x0, x1 = _NODE, 1 - _NODE
    m = (x0 + x1) / 2
    there = [(x0, start[0]), (m, start[0]), (m, end[0]), (x1, end[0])]
    back = [(x1, end[1]), (m, end[1]), (m, start[1]), (x0, start[1])]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    sheet.ax.add_patch(
        PathPatch(
            Path([*there, *back, there[0]], codes),
            facecolor=paint,
            edgecolor="white",
            linewidth=0.35,
            alpha=0.85 if main else 0.55,
            zorder=2 if main else 1.5,
        )
    )


def _block(sheet: Canvas, side: int, top: float, bottom: float, key: str, width: float) -> None:
    """The block a clause is shown by; a longer stub where it has no ribbon."""
    lined = bool(hatch(key)) or key == "new"
    sheet.ax.add_patch(
        Rectangle(
            (0 if side == 0 else 1 - width, top),
            width,
            bottom - top,
            facecolor=colour(key),
            hatch=hatch(key),
            edgecolor=colour("line") if lined else "none",
            linewidth=0.5 if lined else 0,
            zorder=3,
        )
    )


def _names(sheet: Canvas, column: Ladder, side: str, lost: Collection[str], plan: str) -> None:
    """Clause names beside the column, section names above each section where there is room."""
    ax, x, align = sheet.ax, -0.02 if side == "left" else 1.02, "right" if side == "left" else "left"
    share = 0.36 if sheet.size.name == "column" else 0.31
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
        ax.text(
            x,
            column.at[row.clause_id],
            sheet.fit(row.heading, share, keep=row.keep, size=size),
            ha=align,
            va="center_baseline",
            fontsize=size,
            color=colour("muted" if row.clause_id in lost else "ink"),
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
