"""Table of targets, drawn: indicator, both values, and what the difference is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policycmp.charts.canvas import Canvas, Head, canvas, empty_message, note
from policycmp.charts.given import check_given
from policycmp.charts.pairs import join, pair_name, text_of
from policycmp.charts.palette import EFFECTS, colour
from policycmp.fonts import text_width
from policycmp.labels import label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.comparison import Comparison

__all__ = ["describe", "plot_target_table"]

_JUDGED = (*EFFECTS, "tighter", "looser", "scale_dependent", "added", "removed")
_PAINT = {
    **EFFECTS,
    "tighter": "sharpen",
    "looser": "weaken",
    "scale_dependent": "line",
    "added": "new",
    "removed": "dropped",
}
_BY_DATE = {"sharpen": "tighter", "weaken": "looser"}
"""Of amounts that depend on the place only the date is judged, and the table says so."""


@dataclass(frozen=True, slots=True)
class _Entry:
    indicator: str
    local: str
    template: str
    judged: str


def plot_target_table(
    comparison: Comparison, *, ax: Axes | None = None, lang: str = "zh", size: str = "page", **style: Any
) -> Axes:
    """Draw the table of targets, paired ones first; as many rows as the size has room for.

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
    >>> ax = pc.plot_target_table(pc.compare("xiji-2025", "wuzhong-2023"), rows=5)
    >>> ax.axison
    False
    """
    check_given(comparison, ["Comparison"], lang)
    entries = _entries(comparison)
    limit = style.get("rows") or {"column": 50, "page": 44, "slide": 14}.get(size, 44)
    shown = entries[:limit]
    head = Head(
        label("chart_target_table", lang),
        pair_name(comparison, lang),
        (),
        note(
            label("chart_more_rows", lang).format(n=len(entries) - limit) if len(entries) > limit else "",
            comparison.banner(lang),
        ),
    )
    with canvas(
        ax, head, body=1.75 * (len(shown) + 1.6) if shown else 8, lang=lang, size=size, style=style
    ) as sheet:
        if not shown:
            sheet.say(empty_message(lang))
            return sheet.ax
        _draw(sheet, shown, comparison.neutral)
        return sheet.ax


def _entries(comparison: Comparison) -> list[_Entry]:
    out = []
    for r in comparison.targets.to_dict("records"):
        if r["mention"] == "repeat":
            continue
        judged, direction = text_of(r["effect"]) or "none", text_of(r["direction"])
        if direction in ("added", "removed"):
            judged = direction
        elif r["comparable"] == "scale_dependent":
            judged = _BY_DATE.get(judged, "scale_dependent")
        local, template = (_dated(r, side) for side in ("local", "template"))
        out.append(_Entry(text_of(r["indicator"]), local, template, judged if judged in _JUDGED else "none"))
    return sorted(out, key=lambda e: _JUDGED.index(e.judged))


def _dated(record: dict[Any, Any], side: str) -> str:
    """The value, with its deadline where the other side's is another."""
    value, year = text_of(record[f"{side}_value"]), text_of(record[f"{side}_deadline"])
    other = text_of(record["template_deadline" if side == "local" else "local_deadline"])
    return f"{value}（{year}）" if value and year and other and year != other and year not in value else value


def _draw(sheet: Canvas, shown: Sequence[_Entry], neutral: bool) -> None:
    ax, height = sheet.ax, len(shown) + 1.6
    ax.set_axis_off()
    ax.set(xlim=(0, 1), ylim=(height, 0))
    # Four columns are much for the width of one: there the table is set a little smaller.
    size = min(sheet.type * (0.92 if sheet.size.name == "column" else 1), sheet.body * 72 / height / 1.35)
    lang = sheet.lang
    heads = (
        label("chart_indicator", lang),
        label("chart_local_plan", lang),
        label("chart_template_plan", lang, neutral=neutral),
        label("chart_judged", lang),
    )
    cells = [(e.indicator, e.local, e.template, _word(e.judged, lang, neutral)) for e in shown]
    columns = _columns(sheet, [heads, *cells], size)
    for text, (left, wide) in zip(heads, columns, strict=True):
        _write(sheet, left, 0.75, sheet.fit(text, wide, size=size), size, "muted")
    ax.plot([0, 1], [1.42] * 2, color=colour("ink"), lw=0.8, clip_on=False)
    for n, (entry, texts) in enumerate(zip(shown, cells, strict=True)):
        y = n + 2.0
        if n and entry.judged != shown[n - 1].judged:
            ax.plot([0, 1], [y - 0.5] * 2, color=colour("line"), lw=0.5, clip_on=False)
        for text, (left, wide) in zip(texts, columns, strict=True):
            _write(
                sheet,
                left,
                y,
                sheet.fit(text, wide, size=size) if text else "—",
                size,
                "ink" if text else "line",
            )
        ax.plot(
            [columns[3][0] - 0.8 * size / (sheet.width * 72)],
            [y],
            "s" if entry.judged in ("added", "removed") else "o",
            color=colour(_PAINT[entry.judged]),
            markeredgecolor=colour("line"),
            markeredgewidth=0.4,
            markersize=size * 0.62,
            clip_on=False,
        )
    ax.plot([0, 1], [height - 0.02] * 2, color=colour("ink"), lw=0.8, clip_on=False)


def _columns(sheet: Canvas, cells: Sequence[Sequence[str]], size: float) -> list[tuple[float, float]]:
    """Return left edge and width of each column as shares of the sheet: the indicator has what the others leave."""
    points = sheet.width * 72
    need = [1.06 * max(text_width(row[n], size) for row in cells) / points for n in range(4)]
    gap, mark = 0.9 * size / points, 1.5 * size / points
    values, judged = [min(wide, 0.185) for wide in need[1:3]], min(need[3], 0.34)
    left, out = 0.0, []
    for n, wide in enumerate((1 - sum(values) - judged - mark - 3 * gap, *values, judged)):
        left += mark if n == 3 else 0.0
        out.append((left, wide))
        left += wide + gap
    return out


def _write(sheet: Canvas, x: float, y: float, text: str, size: float, ink: str) -> None:
    sheet.ax.text(x, y, text, va="center_baseline", fontsize=size, color=colour(ink))


def _word(judged: str, lang: str, neutral: bool) -> str:
    return label(f"chart_judged_{judged}", lang, neutral=neutral)


def describe(comparison: Comparison, lang: str) -> str:
    """Say in a sentence what the chart shows."""
    entries, neutral = _entries(comparison), comparison.neutral
    words = [f"{_word(j, lang, neutral)} {n}" for j in _JUDGED if (n := sum(e.judged == j for e in entries))]
    return label("chart_target_table_alt", lang).format(
        pair=pair_name(comparison, lang), n=len(entries), parts=join(words, lang)
    )
