"""Strength map: for each clause, the evidence that it asks for more against that it asks for less.

Bars to the right are evidence of a higher demand, to the left of a lower one, as long as the
weight of the evidence; a bar is divided by kind of evidence (target, deadline, coverage …).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from matplotlib.patches import Rectangle

from policycmp.charts.canvas import Canvas, Head, canvas, note
from policycmp.charts.given import check_given
from policycmp.charts.ladder import ladder, name_rungs
from policycmp.charts.legend import swatch
from policycmp.charts.pairs import links, main_links, pair_name, rows
from policycmp.charts.palette import colour, ink_on
from policycmp.fonts import text_width
from policycmp.labels import label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.comparison import Comparison

__all__ = ["describe", "plot_strength"]

_WAYS = ("weaken", "sharpen")


Weights = dict[str, float]
"""Weight of the evidence of each kind."""


@dataclass(slots=True)
class _Balance:
    clause_id: str
    sharpen: Weights = field(default_factory=dict)
    weaken: Weights = field(default_factory=dict)

    def side(self, way: str) -> Weights:
        return self.sharpen if way == "sharpen" else self.weaken

    def total(self, way: str) -> float:
        return sum(self.side(way).values())


def plot_strength(
    comparison: Comparison, *, ax: Axes | None = None, lang: str = "zh", size: str = "page", **style: Any
) -> Axes:
    """Plot where the local plan asks for more and where for less.

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
    >>> ax = pc.plot_strength(pc.compare("xiji-2025", "wuzhong-2023"), lang="en")
    >>> ax.get_xlabel()
    'Weight of the evidence'
    """
    check_given(comparison, ["Comparison"], lang)
    balances, neutral = _balances(comparison), comparison.neutral
    clauses = [row for row in rows(comparison.local) if row.clause_id in balances]
    silent = len(main_links(links(comparison))) - len(clauses)
    head = Head(
        label("chart_strength", lang, neutral=neutral),
        pair_name(comparison, lang),
        tuple(swatch(way, label(way, lang, neutral=neutral)) for way in _WAYS) if clauses else (),
        note(
            label("chart_silent", lang).format(n=silent) if silent and clauses else "",
            comparison.banner(lang),
        ),
    )
    steps = ladder(clauses)
    with canvas(
        ax, head, body=1.75 * steps.height + 3.5 if clauses else 8, lang=lang, size=size, style=style
    ) as sheet:
        if not clauses:
            sheet.say(label("chart_no_evidence", lang))
            return sheet.ax
        sheet.frame(grid="x")
        type_size, every, _ = name_rungs(sheet, steps, 0.34 if size == "column" else 0.32, reserve=3.5)
        # Where rows are thinner than type, the kinds of evidence go unnamed.
        words = type_size * 0.86 if every == 1 else None
        _draw(sheet, [balances[row.clause_id] for row in clauses], steps.at, words)
        sheet.ax.set_ylim(steps.height, 0)
        sheet.ax.set_xlabel(label("chart_weight", lang), fontsize=sheet.small)
        return sheet.ax


def _balances(comparison: Comparison) -> dict[str, _Balance]:
    """Add up the weight of clause evidence on each side, main counterparts only."""
    main, out = main_links(links(comparison)), dict[str, _Balance]()
    for r in comparison.evidence.to_dict("records"):
        link = main.get(r["local_id"])
        if (
            r["unit"] != "clause"
            or r["direction"] not in _WAYS
            or link is None
            or link.template != r["template_id"]
        ):
            continue
        side = out.setdefault(r["local_id"], _Balance(r["local_id"])).side(r["direction"])
        side[str(r["kind"])] = side.get(str(r["kind"]), 0.0) + float(r["weight"])
    return out


def _draw(sheet: Canvas, balances: Sequence[_Balance], at: Mapping[str, float], words: float | None) -> None:
    ax = sheet.ax
    reach = max(b.total(w) for b in balances for w in _WAYS) or 1.0
    per_unit = sheet.width * 0.58 * 72 / (2 * reach * 1.05)
    for balance in balances:
        y = at[balance.clause_id]
        for way in _WAYS:
            sign, edge = (1, 0.0) if way == "sharpen" else (-1, 0.0)
            for kind, weight in sorted(balance.side(way).items(), key=lambda item: -item[1]):
                ax.add_patch(
                    Rectangle(
                        (edge, y - 0.34),
                        sign * weight,
                        0.68,
                        facecolor=colour(way),
                        edgecolor="white",
                        linewidth=0.7,
                    )
                )
                word = label(kind, sheet.lang)
                if words and text_width(word, words) + 3 < weight * per_unit:
                    ax.text(
                        edge + sign * weight / 2,
                        y,
                        word,
                        ha="center",
                        va="center_baseline",
                        fontsize=words,
                        color=ink_on(colour(way)),
                    )
                edge += sign * weight
    ax.axvline(0, color=colour("ink"), lw=0.8)
    ax.set_xlim(-reach * 1.05, reach * 1.05)
    ax.xaxis.set_major_formatter(lambda x, _: f"{abs(x):g}")
    ax.locator_params(axis="x", nbins=7)


def describe(comparison: Comparison, lang: str) -> str:
    """Say in a sentence what the chart shows."""
    balances = _balances(comparison).values()
    more = sum(b.total("sharpen") > b.total("weaken") for b in balances)
    less = sum(b.total("sharpen") < b.total("weaken") for b in balances)
    neutral = comparison.neutral
    return label("chart_strength_alt", lang).format(
        pair=pair_name(comparison, lang), n=len(balances), more=more, less=less,
        sharpen=label("sharpen", lang, neutral=neutral), weaken=label("weaken", lang, neutral=neutral),
    )  # fmt: skip
