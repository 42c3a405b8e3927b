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
from matplotlib.patches import Rectangle

from policycmp.charts.canvas import Canvas, Head, canvas, note
from policycmp.charts.given import check_given
from policycmp.charts.legend import dot, swatch
from policycmp.charts.pairs import join, pair_name, text_of
from policycmp.charts.palette import EFFECTS, colour
from policycmp.labels import label
from policycmp.target_pairs.value import per_year
from policycmp.targets.units import match_unit
from policycmp.text import fold

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    from policycmp.comparison import Comparison

__all__ = ["TargetRow", "describe", "plot_targets", "target_rows"]

_GROUPS = {"chart_direct": 1.0, "chart_direct_other": 1.0, "chart_scaled": 1.5}
"""The groups in order, with the height of a row."""
_ABOVE, _BELOW = 0.95, 0.95
"""Room for a group's heading and for its scale, in rows."""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A paired target as the chart shows it, with the values as printed."""

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
    >>> bool(ax.yaxis_inverted())
    True
    """
    check_given(comparison, ["Comparison"], lang)
    found, neutral = target_rows(comparison), comparison.neutral
    sides = comparison.targets["direction"].tolist()
    added, removed = sides.count("added"), sides.count("removed")
    limit = style.get("rows") or {"slide": 11}.get(size, 34)
    shown = found[:limit]
    head = Head(
        label("chart_targets", lang),
        pair_name(comparison, lang),
        tuple(_legend(shown, lang, neutral)),
        note(
            label("chart_more_rows", lang).format(n=len(found) - limit) if len(found) > limit else "",
            label("chart_one_sided", lang, neutral=neutral).format(added=added, removed=removed)
            if added or removed
            else "",
            comparison.banner(lang),
        ),
    )
    blocks = [(g, [r for r in shown if r.group == g]) for g in _GROUPS if any(r.group == g for r in shown)]
    height = sum(_GROUPS[g] * len(rows) + _ABOVE + _BELOW for g, rows in blocks)
    with canvas(ax, head, body=2.0 * height if shown else 8, lang=lang, size=size, style=style) as sheet:
        if not shown:
            sheet.say(label("chart_no_pairs", lang))
            return sheet.ax
        sheet.frame()
        sheet.ax.set(xlim=(0, 100), ylim=(height, 0), xticks=[])
        y, ticks = 0.0, list[tuple[float, str]]()
        for group, rows in blocks:
            y = _block(sheet, group, rows, y, ticks)
        sheet.ax.set_yticks([at for at, _ in ticks], [sheet.fit(name, 0.3) for _, name in ticks])
        sheet.ax.tick_params(axis="y", labelsize=sheet.type, labelcolor=colour("ink"))
        return sheet.ax


def _legend(shown: Sequence[TargetRow], lang: str, neutral: bool) -> list[Line2D | Patch]:
    out: list[Line2D | Patch] = []
    template = label("chart_template_plan", lang, neutral=neutral)
    judged = [e for e in EFFECTS if any(r.effect == e and r.group != "chart_scaled" for r in shown)]
    if judged:
        out.append(dot(None, template))
    for effect in judged:
        what = label(f"chart_effect_{effect}", lang, neutral=neutral)
        out.append(dot(EFFECTS[effect], label("chart_local_is", lang).format(what=what)))
    if any(r.group == "chart_scaled" for r in shown):
        bar = label("chart_count", lang)
        out.append(swatch("paper", bar.format(whose=template)))
        out.append(swatch("line", bar.format(whose=label("chart_local_plan", lang))))
    return out


def target_rows(comparison: Comparison) -> list[TargetRow]:
    """Return the paired quantities, main mentions only, grouped by how they can be compared."""
    out = []
    for record in comparison.targets.to_dict("records"):
        local, template = _value(record, "local"), _value(record, "template")
        if record["mention"] == "repeat" or local is None or template is None or local[1] != template[1]:
            continue
        dimension, low, high = local[1], min(local[0], template[0]), max(local[0], template[0])
        if dimension == "年" and high > 1900:
            continue
        group = "chart_scaled" if record["comparable"] != "direct" else "chart_direct_other"
        if group != "chart_scaled" and dimension == "%" and low >= 0 and high <= 100:
            group = "chart_direct"
        effect = text_of(record["effect"])
        out.append(
            TargetRow(
                group,
                text_of(record["indicator"]),
                local[0],
                template[0],
                text_of(record["local_value"]),
                text_of(record["template_value"]),
                effect if effect in EFFECTS else "none",
            )
        )

    def order(row: TargetRow) -> tuple[int, int, bool]:
        return list(_GROUPS).index(row.group), list(EFFECTS).index(row.effect), row.local == row.template

    return sorted(out, key=order)


def _value(record: dict[Any, Any], side: str) -> tuple[float, str] | None:
    """The bound that is there, for a range its middle, in the base unit of its dimension; and that dimension.

    How often is put in times a year, so that 每季度1次 is four times 每年1次.
    """
    bounds = [float(v) for end in ("low", "high") if not pd.isna(v := record[f"{side}_{end}"])]
    if not bounds:
        return None
    value, unit = sum(bounds) / len(bounds), fold(text_of(record[f"{side}_unit"]))
    often = per_year(text_of(record[f"{side}_per"]) or None)
    known = match_unit(unit, 0)
    if unit in ("%", "年", "") or known is None or known[1] != len(unit):
        return value * (often or 1.0), f"{unit} {often is not None}" if often else unit
    return value * known[0].factor * (often or 1.0), f"{known[0].dimension} {often is not None}"


def _block(
    sheet: Canvas, group: str, rows: Sequence[TargetRow], y: float, ticks: list[tuple[float, str]]
) -> float:
    """Draw a group from `y` down, with its heading above and its own scale below; return where it ends."""
    ax, across = sheet.ax, sheet.ax.get_yaxis_transform()
    ax.text(
        0,
        y + _ABOVE * 0.55,
        sheet.fit(label(group, sheet.lang), 0.66, size=sheet.small),
        transform=across,
        fontsize=sheet.small,
        color=colour("muted"),
        va="center",
    )
    y += _ABOVE
    low = _start(rows) if group == "chart_direct" else 0
    step, bottom = _GROUPS[group], y + _GROUPS[group] * len(rows)
    for value in (low, (low + 100) / 2, 100):
        x = 100 * (value - low) / (100 - low)
        ax.plot([x, x], [y, bottom], color=colour("grid"), lw=0.6, zorder=0)
        text = f"{value:g}%" if group == "chart_direct" else f"{value:g}"
        ax.text(x, bottom + 0.12, text, ha="center", va="top", fontsize=sheet.small, color=colour("muted"))
    for row in rows:
        whole = 1.0 if group == "chart_direct" else max(abs(row.local), abs(row.template)) / 100 or 1.0
        local, template = (100 * (value / whole - low) / (100 - low) for value in (row.local, row.template))
        (_bars if group == "chart_scaled" else _dumbbell)(sheet, row, y + step / 2, local, template)
        ticks.append((y + step / 2, row.indicator))
        y += step
    return bottom + _BELOW


def _start(rows: Sequence[TargetRow]) -> int:
    """Where the axis of per cent begins: dots need no zero, but room for a figure at their left."""
    least = min(min(r.local, r.template) for r in rows)
    return max((start for start in (0, 20, 40, 60, 80) if start <= least - (100 - start) * 0.2), default=0)


def _dumbbell(sheet: Canvas, row: TargetRow, y: float, local: float, template: float) -> None:
    ax, paint, mark = sheet.ax, colour(EFFECTS[row.effect]), sheet.type * 0.75
    same = abs(local - template) < 0.5
    ax.plot(
        [template, local],
        [y, y],
        color=paint,
        lw=sheet.type * 0.2,
        zorder=2,
        solid_capstyle="butt",
        clip_on=False,
    )
    ax.plot([local], [y], "o", color=paint, markersize=mark * (0.55 if same else 1), zorder=4, clip_on=False)
    ax.plot(
        [template],
        [y],
        "o",
        markerfacecolor="white",
        markeredgecolor=colour("ink"),
        markeredgewidth=0.9,
        markersize=mark,
        zorder=3,
        clip_on=False,
    )
    gap = mark / 2 + sheet.type * 0.3
    if row.local_text == row.template_text:
        _value_at(sheet, max(local, template), y, gap, row.local_text, "ink")
    elif same:
        _value_at(sheet, max(local, template), y, gap, f"{row.local_text} / {row.template_text}", "ink")
    else:
        sign = -1 if local < template else 1
        _value_at(sheet, local, y, sign * gap, row.local_text, "ink")
        _value_at(sheet, template, y, -sign * gap, row.template_text, "muted")


def _bars(sheet: Canvas, row: TargetRow, y: float, local: float, template: float) -> None:
    gap = sheet.type * 0.35
    for value, at, ground, text, ink in (
        (template, y - 0.56, "paper", row.template_text, "muted"),
        (local, y + 0.04, "line", row.local_text, "ink"),
    ):
        sheet.ax.add_patch(
            Rectangle(
                (0, at),
                value,
                0.52,
                facecolor=colour(ground),
                edgecolor=colour("muted"),
                linewidth=0.7,
                clip_on=False,
            )
        )
        _value_at(sheet, value, at + 0.26, gap, text, ink)


def _value_at(sheet: Canvas, x: float, y: float, gap: float, text: str, ink: str) -> None:
    """Write a value `gap` points to the right of `x`, to the left where negative."""
    sheet.ax.annotate(
        sheet.fit(text, 0.24, size=sheet.small),
        (x, y),
        xytext=(gap, 0),
        textcoords="offset points",
        ha="left" if gap > 0 else "right",
        va="center_baseline",
        fontsize=sheet.small,
        color=colour(ink),
        annotation_clip=False,
    )


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
