"""Redline positions: where in each local clause the template's words stand.

A bar is a clause, as long as its text. Dark is text the template has too, hatched is such
text moved from elsewhere in the clause, sand is the local plan's own; a tick above the bar
marks where words of the template are missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from policycmp.charts.canvas import Canvas, Head, canvas, empty_message, note
from policycmp.charts.given import check_given
from policycmp.charts.ladder import ladder, name_rungs
from policycmp.charts.legend import swatch
from policycmp.charts.pairs import links, main_links, pair_name, rows, text_of
from policycmp.charts.palette import colour
from policycmp.labels import label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.comparison import Comparison

__all__ = ["describe", "plot_redline"]

_FACE = {"equal": "copy", "move": "adapt", "own": "new"}


@dataclass(frozen=True, slots=True)
class _Strip:
    """A clause's text: (what, start, end) from its beginning to its end, and where words are missing."""

    clause_id: str
    parts: tuple[tuple[str, int, int], ...]
    missing: tuple[int, ...]
    copied: float | None

    @property
    def length(self) -> int:
        return max((end for _, _, end in self.parts), default=0)


def plot_redline(
    comparison: Comparison, *, ax: Axes | None = None, lang: str = "zh", size: str = "page", **style: Any
) -> Axes:
    """Plot where in the local clauses text shared with the template stands.

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
    >>> ax = pc.plot_redline(pc.compare("xiji-2025", "wuzhong-2023"), lang="en")
    >>> ax.get_xlabel()
    'Position in the clause (characters)'
    """
    check_given(comparison, ["Comparison"], lang)
    strips, neutral = _strips(comparison), comparison.neutral
    legend = (
        swatch("copy", label("chart_shared", lang, neutral=neutral)),
        swatch("adapt", label("chart_moved", lang), pattern="////"),
        swatch("new", label("chart_own", lang)),
        Line2D(
            [],
            [],
            linestyle="",
            marker="|",
            markersize=7,
            markeredgewidth=1.4,
            color=colour("weaken"),
            label=label("chart_missing", lang, neutral=neutral),
        ),
    )
    head = Head(
        label("chart_redline", lang),
        pair_name(comparison, lang),
        legend if strips else (),
        note(label("chart_redline_note", lang, neutral=neutral) if strips else "", comparison.banner(lang)),
    )
    steps = ladder(rows(comparison.local))
    with canvas(
        ax, head, body=1.75 * steps.height + 3.5 if strips else 8, lang=lang, size=size, style=style
    ) as sheet:
        if not strips:
            sheet.say(empty_message(lang))
            return sheet.ax
        sheet.frame(grid="x")
        longest = max(strip.length for strip in strips) or 1
        sheet.ax.set(xlim=(0, longest * 1.01), ylim=(steps.height, 0))
        own = {k for k, link in main_links(links(comparison)).items() if link.template is None}
        size_, every, _ = name_rungs(sheet, steps, 0.34 if size == "column" else 0.3, quiet=own, reserve=3.5)
        for n, strip in enumerate(strips):
            y = steps.at[strip.clause_id]
            _strip(sheet, strip, y)
            if n % every == 0 and strip.copied is not None:
                sheet.ax.annotate(
                    f"{strip.copied:.0%}",
                    (strip.length, y),
                    xytext=(size_ * 0.4, 0),
                    textcoords="offset points",
                    va="center_baseline",
                    fontsize=size_ * 0.9,
                    color=colour("muted"),
                    annotation_clip=False,
                )
        sheet.ax.set_xlabel(label("chart_position", lang), fontsize=sheet.small)
        return sheet.ax


def _strips(comparison: Comparison) -> list[_Strip]:
    frame = comparison.clauses[comparison.clauses["rank"] == 1]
    shares = dict(zip(frame["local_id"], frame["copied"], strict=True)) if "copied" in frame else {}
    texts = dict(zip(comparison.local.clauses["clause_id"], comparison.local.clauses["text"], strict=True))
    main = main_links(links(comparison))
    out = []
    for row in rows(comparison.local):
        link, length = main.get(row.clause_id), len(text_of(texts[row.clause_id]))
        if link is None or link.template is None:
            out.append(_Strip(row.clause_id, (("own", 0, length),), (), None))
            continue
        parts, missing = [], []
        for block in comparison.redline(row.clause_id).blocks:
            if block.local_end > block.local_start:
                what = block.op if block.op in ("equal", "move") else "own"
                parts.append((what, int(block.local_start), int(block.local_end)))
            if block.op in ("delete", "replace"):
                missing.append(int(block.local_start))
        share = shares.get(row.clause_id)
        copied = None if share is None or pd.isna(share) else float(share)
        out.append(_Strip(row.clause_id, _joined(parts), tuple(missing), copied))
    return out


def _joined(parts: Sequence[tuple[str, int, int]]) -> tuple[tuple[str, int, int], ...]:
    """Join neighbours of one kind, so that a clause is a few rectangles and no seams are seen."""
    out: list[tuple[str, int, int]] = []
    for what, start, end in sorted(parts, key=lambda p: p[1]):
        if out and out[-1][0] == what and out[-1][2] >= start:
            out[-1] = (what, out[-1][1], max(end, out[-1][2]))
        else:
            out.append((what, start, end))
    return tuple(out)


def _strip(sheet: Canvas, strip: _Strip, y: float) -> None:
    for what, start, end in strip.parts:
        moved = what == "move"
        sheet.ax.add_patch(
            Rectangle(
                (start, y - 0.3),
                end - start,
                0.6,
                facecolor=colour(_FACE[what]),
                edgecolor="white" if moved else "none",
                hatch="////" if moved else "",
                linewidth=0,
            )
        )
    if strip.missing:
        ticks = [[(x, y - 0.46), (x, y - 0.22)] for x in strip.missing]
        sheet.ax.add_collection(
            LineCollection(ticks, colors=colour("weaken"), linewidths=sheet.type * 0.11, zorder=3)
        )


def describe(comparison: Comparison, lang: str) -> str:
    """Say in a sentence what the chart shows."""
    strips = _strips(comparison)
    total = sum(s.length for s in strips)
    kinds = {k: sum(b - a for s in strips for what, a, b in s.parts if what == k) for k in _FACE}
    share = {k: n / total if total else 0.0 for k, n in kinds.items()}
    return label("chart_redline_alt", lang).format(
        pair=pair_name(comparison, lang), n=len(strips), total=total,
        equal=f"{share['equal']:.0%}", moved=f"{share['move']:.0%}", own=f"{share['own']:.0%}",
        missing=sum(len(s.missing) for s in strips),
    )  # fmt: skip
