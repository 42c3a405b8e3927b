"""Relation profile: of what relations a plan is made, as stacked shares with counts.

For one comparison the bars are the whole local plan, its sections, and what became of the
template's clauses; for several, two bars each: the local plan's clauses and the template's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matplotlib.patches import Rectangle

from policycmp.charts.canvas import Canvas, Head, canvas, empty_message, note
from policycmp.charts.legend import swatch
from policycmp.charts.pairs import (
    Profile,
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
from policycmp.fonts import text_width
from policycmp.labels import RELATIONS, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.comparison import Comparison
    from policycmp.corpus.many import ComparisonSet

__all__ = ["describe", "plot_relations"]

_FOLLOWED = "followed"
_PARTS = (*RELATIONS[:-1], _FOLLOWED, "dropped", "outside")
"""The parts of a bar from left to right; a template's bar has the last three."""


@dataclass(frozen=True, slots=True)
class _Bar:
    name: str
    counts: Mapping[str, int]
    thick: bool = True
    gap: float = 0.0
    """Empty space above, in bars."""

    @property
    def height(self) -> float:
        """In lines of type, with the space between bars."""
        return 2.1 if self.thick else 1.7

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def plot_relations(
    comparison: Comparison | Sequence[Comparison] | ComparisonSet,
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
    found = profiles(comparison, lang)
    limit = style.get("rows") or {"slide": 9}.get(size, 30)
    shown, neutral = found[:limit], any(p.neutral for p in found)
    bars = _one(shown[0], lang) if len(found) == 1 else [bar for p in shown for bar in _both(p, lang)]
    used = [key for key in _PARTS if any(bar.counts.get(key) for bar in bars)]
    legend = tuple(swatch(_paint(key), _word(key, lang, neutral)) for key in used)
    cautions = dict.fromkeys(p.caution for p in found if p.caution)
    head = Head(
        label("chart_relations", lang, neutral=neutral),
        _subtitle(found, lang),
        legend,
        note(
            label("chart_more_rows", lang).format(n=len(found) - limit) if len(found) > limit else "",
            next(iter(cautions))
            if len(cautions) == 1
            else label("chart_neutral_set", lang)
            if cautions
            else "",
        ),
    )
    lines = sum(bar.height + bar.gap for bar in bars)
    with canvas(ax, head, body=lines + 3.5, lang=lang, size=size, style=style) as sheet:
        if not any(bar.total for bar in bars):
            sheet.say(empty_message(lang))
            return sheet.ax
        _draw(sheet, bars, lines)
        sheet.ax.set_xlabel(label("chart_share", lang), fontsize=sheet.small)
        return sheet.ax


def _one(profile: Profile, lang: str) -> list[_Bar]:
    main = main_links(profile.found)
    bars = [_Bar(label("chart_local_clauses", lang), counts(main.values()))]
    clauses = rows(profile.plan) if profile.plan is not None else []
    parts = sections(clauses)
    for part in parts if len(parts) > 1 else []:
        inside = [main[r.clause_id] for r in clauses[part.first : part.last + 1] if r.clause_id in main]
        bars.append(_Bar(f"{part.number}{part.name}", counts(inside), thick=False))
    return [
        *bars,
        _template_bar(profile, label("chart_template_clauses", lang, neutral=profile.neutral), gap=0.9),
    ]


def _both(profile: Profile, lang: str) -> list[_Bar]:
    word = label("chart_template_clauses", lang, neutral=profile.neutral)
    return [
        _Bar(profile.name(lang), counts(main_links(profile.found).values()), gap=0.7),
        _template_bar(profile, word),
    ]


def _template_bar(profile: Profile, name: str, gap: float = 0.0) -> _Bar:
    found = from_template(profile.found).values()
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
        height = bar.height
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
    for key in _PARTS:
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


def _subtitle(found: Sequence[Profile], lang: str) -> str:
    local, names = found[0].name(lang), dict.fromkeys(plan_name(p.template, lang) for p in found)
    template = ("、" if lang == "zh" else ", ").join(names)
    if len(found) == 1:
        return label("chart_versus", lang).format(local=local, template=template)
    return label("chart_many", lang).format(n=len(found), template=template)


def describe(comparison: Comparison | Sequence[Comparison] | ComparisonSet, lang: str) -> str:
    """Say in a sentence what the chart shows, in one for each plan where there are several."""
    told = [_describe(profile, lang) for profile in profiles(comparison, lang)]
    return ("" if lang == "zh" else " ").join(told)


def _describe(profile: Profile, lang: str) -> str:
    local, lost = counts(main_links(profile.found).values()), _template_bar(profile, "")
    names = {"local": profile.name(lang), "template": plan_name(profile.template, lang)}
    return label("chart_relations_alt", lang).format(
        pair=label("chart_versus", lang).format(**names),
        local=sum(local.values()),
        parts=join([f"{_word(k, lang, profile.neutral)} {n}" for k, n in local.items()], lang),
        template=lost.total,
        dropped=sum(lost.counts.get(k, 0) for k in ("dropped", "outside")),
        outside=lost.counts.get("outside", 0),
    )
