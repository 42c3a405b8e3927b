"""Many-plan matrix: what each plan made of each template clause.

With a dozen plans or fewer the template's clauses run downwards with their names, a column
a plan, and the cell says which local clause it is. With more the plans run downwards and the
template's sections are bracketed at the top. Below or beside stands how many clauses of a
plan have no counterpart in the template.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.patches import Rectangle

from policycmp.charts.canvas import Canvas, Head, canvas, empty_message, note
from policycmp.charts.ladder import Ladder, ladder, name_rungs
from policycmp.charts.legend import swatch
from policycmp.charts.pairs import (
    Link,
    Profile,
    Row,
    counts,
    from_template,
    join,
    main_links,
    plan_name,
    profiles,
    rows,
    sections,
)
from policycmp.charts.palette import colour, hatch, ink_on
from policycmp.charts.similarity import brackets_above
from policycmp.fonts import shorten, text_width
from policycmp.labels import RELATIONS, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.comparison import Comparison
    from policycmp.corpus.many import ComparisonSet

__all__ = ["describe", "plot_matrix"]

_FEW = 12
"""Up to so many plans have a column each."""


def plot_matrix(
    comparison: Comparison | Sequence[Comparison] | ComparisonSet,
    *,
    ax: Axes | None = None,
    lang: str = "zh",
    size: str = "page",
    **style: Any,
) -> Axes:
    """Plot what each of several plans made of the clauses of one template.

    Parameters
    ----------
    comparison : Comparison, list of Comparison or ComparisonSet
        All with the same template.
    ax, lang, size, **style
        As for `plot_relations`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If the templates differ, or there is no comparison.

    Examples
    --------
    >>> import policycmp as pc
    >>> found = [pc.compare(plan, "wuzhong-2023") for plan in ("xiji-2025", "leshan-2021")]
    >>> len(pc.plot_matrix(found).get_xticks())
    2
    """
    found = profiles(comparison, lang)
    templates = dict.fromkeys(str(p.template.plan_id) for p in found)
    if len(templates) > 1:
        raise ValueError(f"all comparisons should have one template. Got {', '.join(templates)}")
    clauses, neutral = rows(found[0].template), any(p.neutral for p in found)
    used = {_key(link) for p in found for link in from_template(p.found).values()}
    legend = [
        swatch(k, label({"outside": "chart_outside"}.get(k, k), lang, neutral=neutral))
        for k in (*RELATIONS, "outside")
        if k in used
    ]
    cautions = dict.fromkeys(p.caution for p in found if p.caution)
    few = len(found) <= _FEW
    limit = style.get("rows") or {"slide": 25}.get(size, 70)
    shown = found if few else found[:limit]
    head = Head(
        label("chart_matrix", lang, neutral=neutral),
        label("chart_many", lang).format(n=len(found), template=plan_name(found[0].template, lang))
        if len(found) > 1
        else label("chart_versus", lang).format(
            local=found[0].name(lang), template=plan_name(found[0].template, lang)
        ),
        tuple(legend),
        note(
            label("chart_more_rows", lang).format(n=len(found) - len(shown))
            if len(found) > len(shown)
            else "",
            label("chart_matrix_numbers", lang)
            if few and any(p.plan is not None for p in found) and clauses
            else "",
            next(iter(cautions))
            if len(cautions) == 1
            else label("chart_neutral_set", lang)
            if cautions
            else "",
        ),
    )
    steps = ladder(clauses)
    body = 1.75 * (steps.height + 3.2) if few else 1.5 * len(shown) + 8
    with canvas(ax, head, body=body if clauses else 8, lang=lang, size=size, style=style) as sheet:
        if not clauses:
            sheet.say(empty_message(lang))
        elif few:
            _columns(sheet, shown, steps)
        else:
            _lines(sheet, shown, clauses)
        return sheet.ax


def _key(link: Link) -> str:
    return "outside" if link.local is None and not link.in_scope else link.relation


def _columns(sheet: Canvas, found: Sequence[Profile], steps: Ladder) -> None:
    ax = sheet.ax
    sheet.frame()
    ax.set(xlim=(0, len(found)), ylim=(steps.height + 1.5, 0))
    size, every, taken = name_rungs(sheet, steps, 0.34 if sheet.size.name == "column" else 0.33, reserve=6)
    wide = (sheet.width * 72 - taken - 1.5 * sheet.type) / len(found)
    for x, profile in enumerate(found):
        local = (
            {} if profile.plan is None or every > 1 else {row.clause_id: row for row in rows(profile.plan)}
        )
        best = from_template(profile.found)
        for clause_id, y in steps.at.items():
            if link := best.get(clause_id):
                _cell(sheet, x, y, _key(link), local.get(link.local or ""), size, wide)
        new = counts(main_links(profile.found).values()).get("new", 0)
        ax.text(
            x + 0.5,
            steps.height + 1.0,
            f"+{new}",
            ha="center",
            va="center_baseline",
            fontsize=size,
            color=colour("ink"),
        )
    names = [sheet.lines(p.name(sheet.lang), 0.57 / len(found), 3, size=sheet.small) for p in found]
    ax.xaxis.tick_top()
    sheet.above = sheet.small * 1.4 * max(name.count("\n") + 1 for name in names)
    ax.set_xticks([x + 0.5 for x in range(len(found))], names)
    ax.tick_params(axis="x", labelcolor=colour("ink"))
    neutral = any(p.neutral for p in found)
    ax.text(
        -0.01,
        steps.height + 1.0,
        label("new", sheet.lang, neutral=neutral),
        transform=ax.get_yaxis_transform(),
        ha="right",
        va="center_baseline",
        fontsize=size,
        color=colour("muted"),
    )


def _cell(sheet: Canvas, x: float, y: float, key: str, row: Row | None, size: float, wide: float) -> None:
    ground, small = colour(key), size * 0.86
    sheet.ax.add_patch(
        Rectangle(
            (x + 0.02, y - 0.42),
            0.96,
            0.84,
            facecolor=ground,
            hatch=hatch(key),
            edgecolor=colour("line") if hatch(key) else "none",
            linewidth=0.4,
        )
    )
    if row is None:
        return
    # The local clause by name where the cell is wide, else by number, else not at all.
    if wide > 9 * small:
        text = shorten(row.heading, wide * 0.9, small, keep=row.keep)
        sheet.ax.text(
            x + 0.05, y, text, ha="left", va="center_baseline", fontsize=small, color=ink_on(ground)
        )
    elif text_width(number := row.keep.strip(), small) < wide * 0.85:
        sheet.ax.text(
            x + 0.5, y, number, ha="center", va="center_baseline", fontsize=small, color=ink_on(ground)
        )


def _lines(sheet: Canvas, found: Sequence[Profile], clauses: Sequence[Row]) -> None:
    from matplotlib.colors import ListedColormap

    keys = (*RELATIONS, "outside")
    order = {row.clause_id: n for n, row in enumerate(clauses)}
    cells = np.full((len(found), len(clauses)), keys.index("outside"))
    for y, profile in enumerate(found):
        for clause_id, link in from_template(profile.found).items():
            if clause_id in order:
                cells[y, order[clause_id]] = keys.index(_key(link))
    ax = sheet.ax
    ax.imshow(
        cells,
        cmap=ListedColormap([colour(k) for k in keys]),
        vmin=-0.5,
        vmax=len(keys) - 0.5,
        aspect="auto",
        interpolation="nearest",
    )
    lost = [_square(x, y) for y, x in np.argwhere(cells == keys.index("dropped"))]
    ax.add_collection(
        PolyCollection(
            lost, facecolors="none", edgecolors=colour("line"), linewidths=0.0, hatch=hatch("dropped")
        )
    )
    sheet.frame(spines=("left", "right", "top", "bottom"))
    ax.set_xticks([])
    size, every = sheet.rows(len(found), reserve=8)
    names = [sheet.fit(p.name(sheet.lang), 0.24, size=size) for p in found[::every]]
    ax.set_yticks(range(0, len(found), every), names)
    ax.tick_params(axis="y", labelsize=size, labelcolor=colour("ink"))
    if size > 4 and len(found) <= 40:
        for edge in range(1, len(found)):
            ax.axhline(edge - 0.5, color="white", lw=0.6)
    taken = max(text_width(name, size) for name in names)
    brackets_above(
        sheet, sections(clauses), (sheet.width * 72 - taken - 6 * sheet.type) / max(len(clauses), 1)
    )
    for y, profile in list(enumerate(found))[::every]:
        new = counts(main_links(profile.found).values()).get("new", 0)
        ax.annotate(
            f"+{new}",
            (len(clauses) - 0.5, y),
            xytext=(size * 0.5, 0),
            textcoords="offset points",
            va="center_baseline",
            fontsize=size,
            color=colour("muted"),
            annotation_clip=False,
        )


def _square(x: int, y: int) -> list[tuple[float, float]]:
    return [(x - 0.5, y - 0.5), (x + 0.5, y - 0.5), (x + 0.5, y + 0.5), (x - 0.5, y + 0.5)]


def describe(comparison: Comparison | Sequence[Comparison] | ComparisonSet, lang: str) -> str:
    """Say in a sentence what the chart shows."""
    found = profiles(comparison, lang)
    parts = []
    for profile in found[:6]:
        best = from_template(profile.found)
        met = sum(link.local is not None for link in best.values())
        parts.append(label("chart_matrix_part", lang).format(plan=profile.name(lang), met=met, of=len(best)))
    return label("chart_matrix_alt", lang).format(
        n=len(found), template=plan_name(found[0].template, lang), parts=join(parts, lang)
    )
