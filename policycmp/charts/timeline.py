"""Deadlines compared: every commitment's year in both plans.

Targets whose deadline differs have a row each, from the template's year (ring) to the local
one (dot). The rest is counted: how many share a year, how many are dated in one plan only,
and, where clauses themselves carry deadlines, how many clauses fall due in which year.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from policycmp.charts.canvas import Canvas, Head, canvas, note
from policycmp.charts.given import check_given
from policycmp.charts.legend import dot
from policycmp.charts.pairs import join, pair_name, text_of
from policycmp.charts.palette import colour, ink_on
from policycmp.labels import label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.comparison import Comparison

__all__ = ["describe", "plot_timeline"]

_WAY = {"earlier": "sharpen", "later": "weaken"}
"""Palette key of a moved deadline: earlier asks more."""


@dataclass(frozen=True, slots=True)
class _Moved:
    indicator: str
    local: int
    template: int
    way: str


@dataclass(frozen=True, slots=True)
class _Count:
    """How many commitments fall due in which year."""

    name: str
    years: Mapping[int, int]
    paint: str


def plot_timeline(
    comparison: Comparison, *, ax: Axes | None = None, lang: str = "zh", size: str = "page", **style: Any
) -> Axes:
    """Plot the deadlines of both plans.

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
    >>> ax = pc.plot_timeline(pc.compare("pingluo-2019", "wuzhong-2023"))
    >>> bool(ax.yaxis_inverted())
    True
    """
    check_given(comparison, ["Comparison"], lang)
    neutral = comparison.neutral
    moved, tallies = _moved(comparison), _tallies(comparison, lang)
    limit = style.get("rows") or {"slide": 10}.get(size, 28)
    shown = moved[:limit]
    legend: list[Line2D] = []
    if shown:
        legend.append(dot(None, label("chart_template_plan", lang, neutral=neutral)))
        legend += [dot(_WAY[w], _local(w, lang, neutral)) for w in _WAY if any(m.way == w for m in shown)]
    head = Head(
        label("chart_timeline", lang),
        pair_name(comparison, lang),
        tuple(legend),
        note(
            label("chart_more_rows", lang).format(n=len(moved) - limit) if len(moved) > limit else "",
            label("chart_timeline_note", lang) if tallies else "",
            comparison.banner(lang),
        ),
    )
    height = len(shown) + 1.25 * len(tallies) + (0.5 if shown and tallies else 0)
    with canvas(ax, head, body=1.9 * height + 3 if height else 8, lang=lang, size=size, style=style) as sheet:
        if not height:
            sheet.say(label("chart_no_deadlines", lang))
            return sheet.ax
        _draw(sheet, shown, tallies, height)
        return sheet.ax


def _year(value: Any) -> int | None:
    found = re.match(r"\d{4}", text_of(value))
    return int(found.group()) if found else None


def _records(comparison: Comparison) -> list[dict[Any, Any]]:
    return [r for r in comparison.targets.to_dict("records") if r["mention"] != "repeat"]


def _moved(comparison: Comparison) -> list[_Moved]:
    out = []
    for r in _records(comparison):
        local, template, way = (
            _year(r["local_deadline"]),
            _year(r["template_deadline"]),
            text_of(r["deadline_direction"]),
        )
        if local and template and way in _WAY and local != template:
            out.append(_Moved(text_of(r["indicator"]), local, template, way))
    return sorted(out, key=lambda m: (list(_WAY).index(m.way), m.local - m.template, m.template))


def _tallies(comparison: Comparison, lang: str) -> list[_Count]:
    neutral = comparison.neutral
    same: Counter[int] = Counter()
    alone: dict[str, Counter[int]] = {"local": Counter(), "template": Counter()}
    for r in _records(comparison):
        local, template = _year(r["local_deadline"]), _year(r["template_deadline"])
        if local and local == template:
            same[local] += 1
        elif local and not template:
            alone["local"][local] += 1
        elif template and not local:
            alone["template"][template] += 1
    out = [
        _Count(label("chart_same_year", lang), same, "adapt"),
        _Count(label("chart_only_local", lang), alone["local"], "new"),
        _Count(label("chart_only_template", lang, neutral=neutral), alone["template"], "grid"),
    ]
    for key, plan in (
        ("chart_clause_local", comparison.local),
        ("chart_clause_template", comparison.template),
    ):
        years = Counter(year for value in plan.clauses["deadline"] if (year := _year(value)))
        out.append(
            _Count(label(key, lang, neutral=neutral), years, "copy" if plan is comparison.local else "line")
        )
    return [c for c in out if c.years]


def _draw(sheet: Canvas, moved: Sequence[_Moved], tallies: Sequence[_Count], height: float) -> None:
    ax = sheet.ax
    sheet.frame(grid="x")
    years = [y for m in moved for y in (m.local, m.template)] + [y for c in tallies for y in c.years]
    first, last = min(years), max(years)
    edge = max(0.5, (last - first) * 0.04)
    ax.set(xlim=(first - edge, last + edge), ylim=(height, 0))
    most = 6 if sheet.size.name == "column" else 10
    ax.xaxis.set_major_locator(MaxNLocator(nbins=most, integer=True, min_n_ticks=1))
    ax.xaxis.set_major_formatter(lambda x, _: f"{x:.0f}")
    y, ticks, names, mark = 0.0, [], [], sheet.type * 0.75
    for m in moved:
        paint = colour(_WAY[m.way])
        ax.annotate(
            "",
            (m.local, y + 0.5),
            (m.template, y + 0.5),
            arrowprops={
                "arrowstyle": "-|>,head_width=0.2,head_length=0.4",
                "color": paint,
                "lw": sheet.type * 0.18,
                "shrinkA": 0,
                "shrinkB": mark / 2 - 1,
            },
        )
        ax.plot(
            [m.template],
            [y + 0.5],
            "o",
            markerfacecolor="white",
            markeredgecolor=colour("ink"),
            markersize=mark,
            zorder=3,
        )
        ax.plot([m.local], [y + 0.5], "o", color=paint, markersize=mark, zorder=4)
        ticks.append(y + 0.5)
        names.append(sheet.fit(m.indicator, 0.34))
        y += 1
    if moved and tallies:
        ax.plot([0, 1], [y + 0.25] * 2, color=colour("line"), lw=0.6, transform=ax.get_yaxis_transform())
        y += 0.5
    most = max((n for c in tallies for n in c.years.values()), default=1)
    for c in tallies:
        for year, n in c.years.items():
            size = sheet.type * (1.15 + 0.95 * (n / most) ** 0.5)
            ax.plot(
                [year],
                [y + 0.62],
                "o",
                color=colour(c.paint),
                markeredgecolor=colour("line"),
                markeredgewidth=0.5,
                markersize=size,
                zorder=3,
            )
            ax.text(
                year,
                y + 0.62,
                f"{n}",
                ha="center",
                va="center_baseline",
                fontsize=sheet.small,
                color=ink_on(colour(c.paint)),
                zorder=4,
            )
        ticks.append(y + 0.62)
        names.append(sheet.lines(c.name, 0.3, 2))
        y += 1.25
    ax.set_yticks(ticks, names)
    ax.tick_params(axis="y", labelsize=sheet.type, labelcolor=colour("ink"))


def _local(way: str, lang: str, neutral: bool) -> str:
    return label("chart_local_is", lang).format(what=label(way, lang, neutral=neutral))


def describe(comparison: Comparison, lang: str) -> str:
    """Say in a sentence what the chart shows."""
    moved, neutral = _moved(comparison), comparison.neutral
    words = [f"{label(w, lang, neutral=neutral)} {n}" for w in _WAY if (n := sum(m.way == w for m in moved))]
    parts = [f"{c.name} {sum(c.years.values())}" for c in _tallies(comparison, lang)]
    return label("chart_timeline_alt", lang).format(
        pair=pair_name(comparison, lang), n=len(moved), moved=join(words, lang), rest=join(parts, lang)
    )
