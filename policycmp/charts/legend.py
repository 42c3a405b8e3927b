"""Legends: entries in the palette's colours, broken into as few rows as the width allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from policycmp.charts.palette import colour, hatch
from policycmp.charts.sizes import Size
from policycmp.fonts import text_width

if TYPE_CHECKING:
    from matplotlib.artist import Artist

__all__ = ["dot", "legend_rows", "legend_style", "row_major", "swatch"]


def swatch(key: str, text: str, *, pattern: str | None = None) -> Patch:
    """Return the legend entry for a colour of the palette."""
    marks = hatch(key) if pattern is None else pattern
    return Patch(facecolor=colour(key), edgecolor=colour("line"), hatch=marks, linewidth=0.5, label=text)


def dot(key: str | None, text: str) -> Line2D:
    """Return the legend entry for a dot in a colour of the palette; None is the template's hollow ring."""
    face, edge = (colour("paper"), colour("ink")) if key is None else (colour(key), colour(key))
    return Line2D([], [], linestyle="", marker="o", markerfacecolor=face, markeredgecolor=edge, label=text)


def legend_style(sheet: Size) -> dict[str, Any]:
    return {
        "frameon": False,
        "fontsize": sheet.type * 0.86,
        "markerscale": sheet.type / 7.5,
        "handlelength": 1.2,
        "handleheight": 0.9,
        "handletextpad": 0.45,
        "columnspacing": 1.3,
        "labelspacing": 0.35,
        "borderpad": 0,
        "borderaxespad": 0,
        "labelcolor": colour("ink"),
    }


def legend_rows(handles: Sequence[Artist], inches: float, size: float) -> list[list[Artist]]:
    """Break the legend into as few rows as the width allows."""
    widths = [text_width(str(h.get_label()), size) + size * (1.2 + 0.45 + 1.3) for h in handles]
    for columns in range(len(handles), 1, -1):
        column = [max(widths[c::columns]) for c in range(columns)]
        if sum(column) - size * 1.3 <= inches * 72:
            break
    else:
        columns = 1
    return [list(handles[at : at + columns]) for at in range(0, len(handles), columns)]


def row_major(rows: list[list[Artist]]) -> list[Artist]:
    """Order handles so that matplotlib, which fills columns first, shows them row by row."""
    return [row[c] for c in range(len(rows[0])) for row in rows if c < len(row)]
