"""Targets compared: dumbbells where values can be compared, scaled bars where size decides.

Per-cent targets share one axis from 0 to 100. Other units and absolute counts are scaled
pair by pair so that the larger value is 100, with the values printed, because schools and
years have no axis in common. The hollow ring is the template, the filled dot the local plan;
counts are bars in a neutral colour, since a smaller county's smaller count says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from policycmp.charts.canvas import Canvas, Head, canvas, note
from policycmp.charts.pairs import join, pair_name, text_of
from policycmp.charts.palette import EFFECTS, colour
from policycmp.fonts import drawable, text_width
from policycmp.labels import label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.comparison import Comparison

__all__ = ["TargetRow", "describe", "plot_targets", "target_rows"]

_ORDER = ("chart_direct", "chart_direct_other", "chart_scaled")


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A paired target as the chart shows it, values on its group's axis."""

    group: str
    indicator: str
    local: float
    template: float
    local_text: str
    template_text: str
    effect: str


def plot_targets(
    comparison: Comparison, *, ax: Axes | None = None, lang: str = "zh", size: str = "page", **style: Any
) -> Axes:
    """Plot the quantities both plans set.

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
    >>> ax = pc.plot_targets(pc.compare("xiji-2025", "wuzhong-2023"))
    >>> ax.get_xlim()
    (0.0, 100.0)
    """
    found, neutral = target_rows(comparison), comparison.neutral
    effects = [e for e in EFFECTS if any(r.effect == e and r.group != "chart_scaled" for r in found)]
    legend: list[Any] = [
        Line2D(
            [],
            [],
            marker="o",
            linestyle="",
            markersize=5,
            markerfacecolor="white",
            markeredgecolor=colour("ink"),
            label=label("chart_template_plan", lang, neutral=neutral),
        ),
        *(
            Line2D(
                [],
                [],
                marker="o",
                linestyle="",
                markersize=5,
                color=colour(EFFECTS[e]),
                label=_local_word(e, lang, neutral),
            )
            for e in effects
        ),
    ]
    if any(r.group == "chart_scaled" for r in found):
        legend.append(Patch(facecolor=colour("adapt"), label=label("chart_local_plan", lang)))
        legend.append(
            Patch(
                facecolor="white",
                edgecolor=colour("adapt"),
                linewidth=0.7,
                label=label("chart_template_plan", lang, neutral=neutral),
            )
        )
    sides = comparison.targets["direction"].value_counts() if len(comparison.targets) else {}
    added, removed = int(sides.get("added", 0)), int(sides.get("removed", 0))
    limit = style.get("rows") or {"column": 34, "page": 34, "slide": 13}.get(size, 34)
    shown = found[:limit]
    head = Head(
        label("chart_targets", lang),
        pair_name(comparison, lang),
        tuple(legend) if found else (),
        note(
            label("chart_more_rows", lang).format(n=len(found) - len(shown))
            if len(found) > len(shown)
            else "",
            label("chart_one_sided", lang, neutral=neutral).format(added=added, removed=removed)
            if added or removed
            else "",
            comparison.banner(lang) if neutral else "",
        ),
    )
    groups = [g for g in _ORDER if any(r.group == g for r in shown)]
    height = len(shown) + 1.5 * len(groups)
    with canvas(
        ax, head, body=2.1 * height + 3.5 if shown else 8, lang=lang, size=size, style=style
    ) as sheet:
        if not shown:
            sheet.say(label("chart_no_pairs", lang))
            return sheet.ax
        _draw(sheet, shown, groups, height)
        return sheet.ax


def target_rows(comparison: Comparison) -> list[TargetRow]:
    """Return the paired quantities, main mentions only, grouped by how they can be compared."""
    out = []
    for record in comparison.targets.to_dict("records"):
        low, high = _value(record, "local"), _value(record, "template")
        unit, other = text_of(record["local_unit"]), text_of(record["template_unit"])
        dated = unit == "年" and max(low or 0, high or 0) > 1900
        if record["mention"] != "main" or low is None or high is None or unit != other or dated:
            continue
        group = "chart_scaled" if record["comparable"] != "direct" else "chart_direct_other"
        if group != "chart_scaled" and unit in ("%", "％") and min(low, high) >= 0 and max(low, high) <= 100:
            group = "chart_direct"
        scale = 1.0 if group == "chart_direct" else 100 / (max(abs(low), abs(high)) or 1.0)
        effect = text_of(record["effect"])
        out.append(
            TargetRow(
                group,
                text_of(record["indicator"]),
                low * scale,
                high * scale,
                text_of(record["local_value"]),
                text_of(record["template_value"]),
                effect if effect in EFFECTS else "none",
            )
        )
    return sorted(out, key=lambda row: (_ORDER.index(row.group), list(EFFECTS).index(row.effect)))


def _value(record: dict[Any, Any], side: str) -> float | None:
    """The bound that counts: the one that is there, for a range its middle."""
    bounds = [
        float(record[f"{side}_{end}"]) for end in ("low", "high") if not pd.isna(record[f"{side}_{end}"])
    ]
    return sum(bounds) / len(bounds) if bounds else None


def _draw(sheet: Canvas, shown: Sequence[TargetRow], groups: Sequence[str], height: float) -> None:
    ax = sheet.ax
    sheet.frame()
    y, ticks, names, tops = 0.0, [], [], []
    for group in groups:
        ax.text(
            0,
            y + 0.85,
            sheet.fit(label(group, sheet.lang), 0.62, size=sheet.small),
            transform=ax.get_yaxis_transform(),
            fontsize=sheet.small,
            color=colour("muted"),
            va="center",
        )
        y += 1.5
        for x in range(0, 101, 25) if group == "chart_direct" else (0, 100):
            ax.plot(
                [x, x],
                [y - 0.1, y + sum(r.group == group for r in shown) - 0.1],
                color=colour("grid"),
                lw=0.6,
                zorder=0,
            )
        for row in (r for r in shown if r.group == group):
            (_bars if group == "chart_scaled" else _dumbbell)(sheet, row, y + 0.4)
            ticks.append(y + 0.4)
            names.append(sheet.fit(row.indicator, 0.3))
            y += 1
        tops.append(y)
    ax.set(xlim=(0, 100), ylim=(height, 0))
    direct = "chart_direct" in groups
    ax.set_xticks([0, 25, 50, 75, 100] if direct else [0, 100])
    ax.set_yticks(ticks, names)
    for tick in ax.get_yticklabels():
        tick.set_color(colour("ink"))
        tick.set_fontsize(sheet.type)


def _dumbbell(sheet: Canvas, row: TargetRow, y: float) -> None:
    ax, paint = sheet.ax, colour(EFFECTS[row.effect])
    dot = sheet.type * 0.72
    ax.plot(
        [row.template, row.local],
        [y, y],
        color=paint,
        lw=sheet.type * 0.22,
        zorder=2,
        solid_capstyle="butt",
        clip_on=False,
    )
    same = abs(row.local - row.template) < 0.05
    ax.plot(
        [row.local],
        [y],
        marker="o",
        color=paint,
        markersize=dot * (0.6 if same else 1),
        zorder=4,
        clip_on=False,
    )
    ax.plot(
        [row.template],
        [y],
        marker="o",
        markerfacecolor="white",
        markeredgecolor=colour("ink"),
        markeredgewidth=0.9,
        markersize=dot,
        zorder=3,
        clip_on=False,
    )
    _values(sheet, row, y, dot)


def _bars(sheet: Canvas, row: TargetRow, y: float) -> None:
    ax = sheet.ax
    ax.add_patch(
        Rectangle(
            (0, y - 0.34),
            row.template,
            0.34,
            facecolor="white",
            edgecolor=colour("adapt"),
            linewidth=0.7,
            clip_on=False,
        )
    )
    ax.add_patch(
        Rectangle(
            (0, y),
            row.local,
            0.34,
            facecolor=colour("adapt"),
            edgecolor=colour("adapt"),
            linewidth=0.7,
            clip_on=False,
        )
    )
    # Room is too scarce for a label a bar: both values stand at the end of the longer one.
    text = f"{row.local_text} / {row.template_text}"
    ax.annotate(
        drawable(text),
        (max(row.local, row.template), y),
        xytext=(sheet.type * 0.5, 0),
        textcoords="offset points",
        va="center_baseline",
        fontsize=sheet.small,
        color=colour("ink"),
        annotation_clip=False,
    )


def _values(sheet: Canvas, row: TargetRow, y: float, dot: float) -> None:
    """Each value beside its mark, away from the other; one label where both are the same."""
    gap = dot / 2 + sheet.type * 0.35
    if row.local_text == row.template_text or row.local == row.template:
        labels = [(max(row.local, row.template), "left", row.local_text, "ink")]
    else:
        first = row.local < row.template
        labels = [
            (row.local, "right" if first else "left", row.local_text, "ink"),
            (row.template, "left" if first else "right", row.template_text, "muted"),
        ]
    room = min(row.local, row.template) / 100 * sheet.width * 0.5 * 72
    for x, side, text, ink in labels:
        text = drawable(text)
        if side == "right" and text_width(text, sheet.small) + gap > room:
            text = ""
        sign = 1 if side == "left" else -1
        sheet.ax.annotate(
            text,
            (x, y),
            xytext=(sign * gap, 0),
            textcoords="offset points",
            ha=side,
            va="center_baseline",
            fontsize=sheet.small,
            color=colour(ink),
            annotation_clip=False,
        )


def _local_word(effect: str, lang: str, neutral: bool) -> str:
    return label("chart_local_is", lang).format(what=label(f"chart_effect_{effect}", lang, neutral=neutral))


def describe(comparison: Comparison, lang: str) -> str:
    """Say in a sentence what the chart shows."""
    found = target_rows(comparison)
    direct = [r for r in found if r.group != "chart_scaled"]
    words = [
        f"{label(f'chart_effect_{e}', lang, neutral=comparison.neutral)} {n}"
        for e in EFFECTS
        if (n := sum(r.effect == e for r in direct))
    ]
    return label("chart_targets_alt", lang).format(
        pair=pair_name(comparison, lang),
        n=len(found),
        direct=len(direct),
        parts=join(words, lang),
        counts=len(found) - len(direct),
    )
