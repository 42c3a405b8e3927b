"""Responsibility heatmap: what became of the clauses each department leads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from matplotlib.patches import Rectangle

from policycmp.charts.canvas import Canvas, Head, canvas, note
from policycmp.charts.given import check_given
from policycmp.charts.pairs import links, main_links, pair_name
from policycmp.charts.palette import colour, hatch, ink_on, ramp
from policycmp.labels import RELATIONS, label
from policycmp.language.forms import own_units

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.comparison import Comparison

__all__ = ["describe", "plot_responsibility"]


@dataclass(slots=True)
class _Unit:
    name: str
    led: Counter[str] = field(default_factory=Counter)
    joined: int = 0


def plot_responsibility(
    comparison: Comparison, *, ax: Axes | None = None, lang: str = "zh", size: str = "page", **style: Any
) -> Axes:
    """Plot the relations of the clauses each unit leads, the busiest units first.

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
    >>> ax = pc.plot_responsibility(pc.compare("pingluo-table", "wuzhong-2023"))
    >>> ax.get_yticklabels()[0].get_text()
    '教体局'
    """
    check_given(comparison, ["Comparison"], lang)
    units = _units(comparison)
    relations = [r for r in RELATIONS if any(u.led[r] for u in units)]
    limit = style.get("rows") or {"slide": 12}.get(size, 24)
    shown = units[:limit]
    head = Head(
        label("chart_responsibility", lang),
        pair_name(comparison, lang),
        (),
        note(
            label("chart_more_units", lang).format(n=len(units) - limit) if len(units) > limit else "",
            label("chart_responsibility_note", lang) if units else "",
            comparison.banner(lang),
        ),
    )
    with canvas(
        ax, head, body=1.9 * len(shown) + 5 if shown else 8, lang=lang, size=size, style=style
    ) as sheet:
        if not shown:
            sheet.say(label("chart_no_units", lang))
            return sheet.ax
        _draw(sheet, shown, relations, comparison.neutral)
        return sheet.ax


def _units(comparison: Comparison) -> list[_Unit]:
    main = main_links(links(comparison))
    plan = comparison.local
    records = plan.clauses.to_dict("records")
    named = {name for r in records for name in (*(r["lead"] or ()), *(r["cooperating"] or ()))}
    called = own_units(named, plan.jurisdiction)
    units: dict[str, _Unit] = {}
    for record in records:
        link = main.get(str(record["clause_id"]))
        # A clause that names a unit twice is one clause.
        for name in dict.fromkeys(called[name] for name in record["lead"] or ()):
            if link is not None:
                units.setdefault(name, _Unit(name)).led[link.relation] += 1
        for name in dict.fromkeys(called[name] for name in record["cooperating"] or ()):
            units.setdefault(name, _Unit(name)).joined += 1
    leading = [u for u in units.values() if u.led]
    return sorted(leading, key=lambda u: (-u.led.total(), -u.joined, u.name))


def _draw(sheet: Canvas, shown: Sequence[_Unit], relations: Sequence[str], neutral: bool) -> None:
    ax, shades = sheet.ax, ramp()
    most = max(u.led[r] for u in shown for r in relations)
    sheet.frame()
    # How many clauses a unit leads and joins in all; the second only where the plan tells the two apart.
    extra = ["chart_leads", "chart_joins"][: 2 if any(u.joined for u in shown) else 1]
    for y, unit in enumerate(shown):
        for x, relation in enumerate(relations):
            count = unit.led[relation]
            # The ramp's dark end is left out: one tall column must not drown the rest.
            paint = _hex(shades(0.08 + 0.72 * count / most)) if count else "#FFFFFF"
            ax.add_patch(
                Rectangle(
                    (x + 0.03, y + 0.06), 0.94, 0.88, facecolor=paint, edgecolor=colour("grid"), linewidth=0.5
                )
            )
            if count:
                ax.text(
                    x + 0.5,
                    y + 0.5,
                    f"{count}",
                    ha="center",
                    va="center_baseline",
                    fontsize=sheet.small,
                    color=ink_on(paint),
                )
        for n, count in enumerate((unit.led.total(), unit.joined)[: len(extra)]):
            ax.text(
                len(relations) + 0.45 + 0.62 * n,
                y + 0.5,
                f"{count}",
                ha="center",
                va="center_baseline",
                fontsize=sheet.small,
                color=colour("ink" if count else "line"),
            )
    for x, relation in enumerate(relations):
        ax.add_patch(
            Rectangle(
                (x + 0.03, -0.34),
                0.94,
                0.22,
                facecolor=colour(relation),
                hatch=hatch(relation),
                edgecolor=colour("line"),
                linewidth=0.4,
            )
        )
    ax.set(xlim=(0, len(relations) + 0.15 + 0.62 * len(extra)), ylim=(len(shown), -0.36))
    names = [
        sheet.lines(label(r, sheet.lang, neutral=neutral), 0.62 / (len(relations) + 1.4), 3, size=sheet.small)
        for r in relations
    ]
    ax.xaxis.tick_top()
    sheet.above = sheet.small * 1.4 * max(name.count("\n") + 1 for name in names)
    places = [x + 0.5 for x in range(len(relations))] + [
        len(relations) + 0.45 + 0.62 * n for n in range(len(extra))
    ]
    ax.set_xticks(places, names + [label(key, sheet.lang) for key in extra])
    ax.set_yticks([y + 0.5 for y in range(len(shown))], [sheet.fit(u.name, 0.26) for u in shown])
    ax.tick_params(length=0, labelcolor=colour("ink"))
    ax.tick_params(axis="y", labelsize=sheet.type)


def _hex(rgba: Any) -> str:
    from matplotlib.colors import to_hex

    return to_hex(rgba).upper()


def describe(comparison: Comparison, lang: str) -> str:
    """Say in a sentence what the chart shows."""
    units = _units(comparison)
    if not units:
        return label("chart_no_units", lang)
    first = units[0]
    parts = [
        f"{label(r, lang, neutral=comparison.neutral)} {first.led[r]}" for r in RELATIONS if first.led[r]
    ]
    return label("chart_responsibility_alt", lang).format(
        pair=pair_name(comparison, lang), n=len(units), unit=first.name, led=first.led.total(),
        parts=("，" if lang == "zh" else ", ").join(parts),
    )  # fmt: skip
