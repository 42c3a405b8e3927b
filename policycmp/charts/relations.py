"""Relation profile: of what relations a plan is made, as stacked shares with counts.

For one comparison the bars are the whole local plan, its sections, and what became of the
template's clauses; for several, two bars each: the local plan's clauses and the template's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matplotlib.patches import Rectangle

from policycmp.charts.canvas import Canvas, Head, canvas, empty_message, note, swatch
from policycmp.charts.pairs import (
    comparisons,
    counts,
    from_template,
    main_links,
    pair_name,
    plan_name,
    rows,
    sections,
)
from policycmp.charts.palette import colour, hatch, ink_on
from policycmp.fonts import text_width
from policycmp.labels import RELATIONS, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.comparison import Comparison

__all__ = ["describe", "plot_relations"]

_FOLLOWED = "followed"


@dataclass(frozen=True, slots=True)
class _Bar:
    name: str
    counts: Mapping[str, int]
    thick: bool = True
    gap: float = 0.0
    """Empty space above, in bars."""

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def plot_relations(
    comparison: Comparison | Sequence[Comparison],
    *,
    ax: Axes | None = None,
    lang: str = "zh",
    size: str = "page",
    **style: Any,
) -> Axes:
    """Plot of what relations the plans are made.

    Parameters
    ----------
    comparison : Comparison, list of Comparison or ComparisonSet
        One comparison is shown by section, several one below the other.
    ax : matplotlib.axes.Axes, optional
        Draw here; otherwise a figure is made.
    lang : {"zh", "en"}
        Language of the labels.
    size : {"column", "page", "slide"}
        Width, type and height of the figure.
    **style
        See `policycmp.charts.Style`.

    Returns
    -------
    matplotlib.axes.Axes
        For further changes of your own.

    Examples
    --------
    >>> import policycmp as pc
    >>> ax = pc.plot_relations(pc.compare("xiji-2025", "wuzhong-2023"), lang="en")
    >>> ax.get_xlabel()
    'Share of clauses (%)'
    """
    found = comparisons(comparison)
    neutral = any(c.neutral for c in found)
    bars = _one(found[0], lang) if len(found) == 1 else [bar for c in found for bar in _both(c, lang)]
    used = [key for key in (*RELATIONS, "outside", _FOLLOWED) if any(bar.counts.get(key) for bar in bars)]
    legend = tuple(swatch(_paint(key), _word(key, lang, neutral)) for key in used)
    head = Head(
        label("chart_relations", lang, neutral=neutral),
        _subtitle(found, lang),
        legend,
        note(*dict.fromkeys(c.banner(lang) for c in found if c.neutral)),
    )
    lines = sum((2.1 if bar.thick else 1.7) + bar.gap for bar in bars)
    with canvas(ax, head, body=lines + 3.5, lang=lang, size=size, style=style) as sheet:
        if not any(bar.total for bar in bars):
            sheet.say(empty_message(lang))
            return sheet.ax
        _draw(sheet, bars, lines)
        sheet.ax.set_xlabel(label("chart_share", lang), fontsize=sheet.small)
        return sheet.ax


def _one(comparison: Comparison, lang: str) -> list[_Bar]:
    clauses, main = rows(comparison.local), main_links(comparison)
    bars = [_Bar(label("chart_local_clauses", lang), counts(main.values()))]
    parts = sections(clauses)
    for part in parts if len(parts) > 1 else []:
        inside = [main[r.clause_id] for r in clauses[part.first : part.last + 1] if r.clause_id in main]
        bars.append(_Bar(f"{part.number}{part.name}", counts(inside), thick=False))
    return [
        *bars,
        _template_bar(comparison, label("chart_template_clauses", lang, neutral=comparison.neutral), gap=0.9),
    ]


def _both(comparison: Comparison, lang: str) -> list[_Bar]:
    name = plan_name(comparison.local, lang)
    word = label("chart_template_clauses", lang, neutral=comparison.neutral)
    return [_Bar(name, counts(main_links(comparison).values()), gap=0.7), _template_bar(comparison, word)]


def _template_bar(comparison: Comparison, name: str, gap: float = 0.0) -> _Bar:
    found = from_template(comparison).values()
    dropped = [link for link in found if link.local is None]
    parts = {
        _FOLLOWED: len(found) - len(dropped),
        "dropped": sum(link.in_scope for link in dropped),
        "outside": sum(not link.in_scope for link in dropped),
    }
    return _Bar(name, {key: n for key, n in parts.items() if n}, thick=False, gap=gap)


def _draw(sheet: Canvas, bars: Sequence[_Bar], lines: float) -> None:
    ax, size, y = sheet.ax, sheet.type, 0.0
    ticks, names = [], []
    sheet.frame(grid="x")
    for bar in bars:
        height = 2.1 if bar.thick else 1.7
        y += bar.gap
        _stack(sheet, bar, y + height * (0.12 if bar.thick else 0.14), height * (0.76 if bar.thick else 0.72))
        ticks.append(y + height / 2)
        names.append((bar, sheet.fit(bar.name, 0.3, size=size if bar.thick else sheet.small)))
        ax.text(
            101, y + height / 2, f"n = {bar.total}", va="center", fontsize=sheet.small, color=colour("muted")
        )
        y += height
    ax.set(xlim=(0, 100), ylim=(lines, 0), xticks=range(0, 101, 20))
    ax.set_yticks(ticks, [name for _, name in names])
    for tick, (bar, _) in zip(ax.get_yticklabels(), names, strict=True):
        tick.set_color(colour("ink" if bar.thick else "muted"))
        tick.set_fontsize(size if bar.thick else sheet.small)


def _stack(sheet: Canvas, bar: _Bar, y: float, height: float) -> None:
    left = 0.0
    # Room for a count: the axes take about six tenths of the sheet.
    per_cent = sheet.width * 0.58 * 72 / 100
    for key in (*RELATIONS, _FOLLOWED, "outside"):
        count = bar.counts.get(key, 0)
        if not count or not bar.total:
            continue
        share, paint = 100 * count / bar.total, _paint(key)
        sheet.ax.add_patch(
            Rectangle(
                (left, y),
                share,
                height,
                facecolor=colour(paint),
                hatch=hatch(paint),
                edgecolor=colour("line") if hatch(paint) else "white",
                linewidth=0.6,
            )
        )
        if text_width(f"{count}", sheet.small) + 3 < share * per_cent:
            text = sheet.ax.text(
                left + share / 2,
                y + height / 2,
                f"{count}",
                ha="center",
                va="center_baseline",
                fontsize=sheet.small,
                color=ink_on(colour(paint)),
            )
            if hatch(paint):
                text.set_bbox(
                    {"boxstyle": "square,pad=0.15", "facecolor": colour(paint), "edgecolor": "none"}
                )
        left += share


def _paint(key: str) -> str:
    return "grid" if key == _FOLLOWED else key


def _word(key: str, lang: str, neutral: bool) -> str:
    return label(
        {_FOLLOWED: "chart_followed", "outside": "chart_outside"}.get(key, key), lang, neutral=neutral
    )


def _subtitle(found: Sequence[Comparison], lang: str) -> str:
    if len(found) == 1:
        return pair_name(found[0], lang)
    names = {plan_name(c.template, lang) for c in found}
    return label("chart_many", lang).format(
        n=len(found), template="、".join(sorted(names)) if lang == "zh" else ", ".join(sorted(names))
    )


def describe(comparison: Comparison, lang: str) -> str:
    """Say in a sentence what the chart shows."""
    local, lost = counts(main_links(comparison).values()), _template_bar(comparison, "")
    words = [f"{_word(k, lang, comparison.neutral)} {n}" for k, n in local.items()]
    dropped = sum(lost.counts.get(k, 0) for k in ("dropped", "outside"))
    if lang == "zh":
        return (
            f"堆叠条形图：{pair_name(comparison, lang)}，本地 {sum(local.values())} 条："
            f"{'，'.join(words) or '无'}；对照方 {lost.total} 条中有 {dropped} 条在本地没有对应。"
        )
    return (
        f"Stacked bars: {pair_name(comparison, lang)}. Of {sum(local.values())} local clauses: "
        f"{', '.join(words) or 'none'}; {dropped} of {lost.total} clauses of the other plan have no counterpart."
    )
