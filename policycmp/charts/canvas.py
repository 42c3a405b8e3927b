"""The sheet a chart is drawn on: its head with title and legend, its body, its foot.

When we make the figure, title, legend and footnote stand along the left edge in bands
measured beforehand, and the constrained layout has the room between them. On the user's own
axes they become the axes' title, legend and a note below it, and the user's figure is
otherwise left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text
from matplotlib.transforms import ScaledTranslation

from policycmp.charts.legend import legend_rows, legend_style, row_major
from policycmp.charts.palette import colour
from policycmp.charts.sizes import Size, Style, size_of
from policycmp.fonts import FAMILIES, balance, chinese_context, shorten, wrap
from policycmp.labels import check_lang, label

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Canvas", "Head", "canvas", "empty_message", "note"]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above and below a chart."""

    title: str
    subtitle: str = ""
    legend: tuple[Artist, ...] = ()
    footnote: str = ""


@dataclass(slots=True)
class Canvas:
    """An axes to draw on and the measures of its sheet."""

    ax: Axes
    size: Size
    lang: str
    width: float
    body: float
    own: bool
    above: float = 0.0
    """Points above the axes the chart itself writes on (column heads); title and legend go higher."""
    below: float = 0.0
    """The same below."""

    @property
    def type(self) -> float:
        """Type size of the chart in points."""
        return self.size.type

    @property
    def small(self) -> float:
        """Type size of second-rank text."""
        return self.size.type * 0.86

    def fit(self, text: str, share: float, *, keep: str = "", size: float | None = None) -> str:
        """Return `text` shortened to a share of the sheet's width; `keep` stands before it uncut."""
        return shorten(text, self.width * share * 72, size or self.type, keep=keep)

    def lines(self, text: str, share: float, count: int, *, size: float | None = None) -> str:
        """Return `text` in at most `count` lines as wide as a share of the sheet."""
        return "\n".join(balance(text, self.width * share * 72, size or self.type, lines=count))

    def rows(self, count: float, *, reserve: float = 0.0, leading: float = 1.3) -> tuple[float, int]:
        """Return the type size for `count` rows, and every how many rows there is room for a label.

        `reserve` lines of type are kept for axis labels and the like.
        """
        pitch = (self.body * 72 - reserve * self.type) / max(count, 1)
        size = min(self.type, pitch / leading)
        if size >= self.size.least:
            return size, 1
        return self.size.least, int(-(-self.size.least * leading // pitch))

    def say(self, message: str) -> None:
        """Write `message` in the middle of empty axes: there is nothing to show, and why."""
        self.ax.set_axis_off()
        self.ax.text(
            0.5,
            0.5,
            self.lines(message, 0.8, 4),
            transform=self.ax.transAxes,
            ha="center",
            va="center",
            color=colour("muted"),
            fontsize=self.type,
        )

    def frame(self, *, spines: Sequence[str] = (), grid: str | None = None) -> None:
        """Leave only the named spines and the grid lines of one direction."""
        for name, spine in self.ax.spines.items():
            spine.set_visible(name in spines)
            spine.set_color(colour("line"))
            spine.set_linewidth(0.6)
        self.ax.tick_params(length=0, labelsize=self.small, colors=colour("muted"), pad=self.type * 0.35)
        if grid:
            self.ax.grid(True, axis=grid, color=colour("grid"), linewidth=0.6)  # type: ignore[arg-type]
            self.ax.set_axisbelow(True)


@contextmanager
def canvas(
    ax: Axes | None, head: Head, *, body: float, lang: str, size: str, style: dict[str, Any]
) -> Iterator[Canvas]:
    """Give a canvas to draw on; `body` is the wished height of the drawing in lines of type.

    Parameters
    ----------
    ax : Axes or None
        The user's axes, or None for a figure of our own.
    head : Head
        Title, legend, footnote.
    body : float
        Height of the drawing, in units of the type size.
    lang, size, style
        As the chart got them.
    """
    check_lang(lang)
    sheet, options = size_of(size), Style.of(style)
    head = Head(
        head.title if options.title is None else options.title,
        head.subtitle if options.title != "" else "",
        head.legend if options.legend else (),
        head.footnote if options.footnote else "",
    )
    rc = {
        "font.size": sheet.type,
        "axes.linewidth": 0.6,
        "hatch.linewidth": 0.5,
        "hatch.color": colour("line"),
        "text.color": colour("ink"),
        "axes.labelcolor": colour("muted"),
    }
    with chinese_context(rc):
        if ax is not None:
            yield from _on_axes(ax, head, sheet, lang)
        else:
            yield from _on_figure(head, sheet, lang, options, body)


def _on_axes(ax: Axes, head: Head, sheet: Size, lang: str) -> Iterator[Canvas]:
    box = ax.get_window_extent()
    dpi = ax.figure.dpi
    drawn = Canvas(ax, sheet, lang, box.width / dpi * 1.4, box.height / dpi, own=False)
    yield drawn
    raised = ScaledTranslation(0, drawn.above / 72, ax.figure.dpi_scale_trans)
    pad = sheet.type * 0.8 + drawn.above
    if head.legend:
        rows = legend_rows(head.legend, box.width / dpi, sheet.type * 0.86)
        ax.legend(
            handles=row_major(rows),
            ncols=len(rows[0]),
            loc="lower left",
            bbox_to_anchor=(0, 1),
            bbox_transform=ax.transAxes + raised,
            **legend_style(sheet),
        )
        pad += len(rows) * sheet.type * 0.86 * 1.55
    if head.title:
        text = shorten(head.title, box.width / dpi * 72, sheet.type * 1.15)
        ax.set_title(text, loc="left", fontsize=sheet.type * 1.15, color=colour("ink"), pad=pad)
    if head.footnote:
        note = "\n".join(wrap(head.footnote, box.width / dpi * 72, sheet.type * 0.8, lines=7))
        ax.annotate(
            note,
            xy=(0, 0),
            xycoords=(ax.transAxes, ax.xaxis.label if ax.axison else ax.transAxes),
            xytext=(0, -sheet.type * 0.6 - drawn.below),
            textcoords="offset points",
            va="top",
            fontsize=sheet.type * 0.8,
            color=colour("muted"),
            annotation_clip=False,
        )
    # Titles, labels and ticks of the user's axes were made with the user's font, before our context.
    ax.tick_params(labelfontfamily=list(FAMILIES))
    for written in ax.findobj(Text):
        assert isinstance(written, Text)
        written.set_fontfamily(list(FAMILIES))
        written.set_parse_math(False)


def _on_figure(head: Head, sheet: Size, lang: str, options: Style, body: float) -> Iterator[Canvas]:
    width = options.width or sheet.width
    inner = width - 2 * sheet.margin
    point = 1 / 72
    title_size, sub_size, key_size, note_size = (sheet.type * f for f in (1.2, 0.92, 0.86, 0.8))
    title = wrap(head.title, inner * 72, title_size, lines=2) if head.title else []
    subtitle = wrap(head.subtitle, inner * 72, sub_size, lines=2) if head.subtitle else []
    legend = legend_rows(head.legend, inner, key_size) if head.legend else []
    notes = wrap(head.footnote, inner * 72, note_size, lines=7) if head.footnote else []
    top = sheet.margin
    title_at, top = top, top + len(title) * title_size * 1.35 * point
    sub_at, top = top, top + len(subtitle) * sub_size * 1.4 * point
    key_at = top + sheet.type * 0.3 * point
    top = key_at + len(legend) * key_size * 1.6 * point + sheet.type * 0.3 * point
    foot = sheet.margin + (len(notes) * note_size * 1.4 + sheet.type * 0.3) * point * bool(notes)
    wanted = body * sheet.type * point
    height = options.height or (sheet.height if sheet.fixed else min(top + wanted + foot, sheet.height))
    figure: Figure = plt.figure(figsize=(width, height), facecolor=colour("paper"))
    pad = sheet.type * 0.25 * point
    edge = (sheet.margin - pad) / width
    figure.set_layout_engine(
        ConstrainedLayoutEngine(
            rect=(edge, (foot - pad) / height, 1 - 2 * edge, 1 - (top + foot - pad) / height),
            w_pad=pad,
            h_pad=pad,
        )
    )
    ax = figure.add_subplot()
    left = sheet.margin / width

    def write(lines: list[str], at: float, size: float, key: str, leading: float) -> None:
        for n, line in enumerate(lines):
            y = 1 - (at + n * size * leading * point) / height
            figure.text(left, y, line, fontsize=size, color=colour(key), va="top", ha="left")

    write(title, title_at, title_size, "ink", 1.35)
    write(subtitle, sub_at, sub_size, "muted", 1.4)
    write(notes, height - foot + sheet.type * 0.3 * point, note_size, "muted", 1.4)
    if legend:
        figure.legend(
            handles=row_major(legend),
            ncols=len(legend[0]),
            loc="upper left",
            bbox_to_anchor=(left, 1 - key_at / height),
            **legend_style(sheet),
        )
    try:
        yield Canvas(ax, sheet, lang, inner, height - top - foot, own=True)
    except BaseException:
        plt.close(figure)
        raise


def note(*parts: str) -> str:
    """Join the parts of a footnote that are there; Chinese sentences need no space between."""
    return "".join(p if p.endswith("。") else f"{p} " for p in parts if p).rstrip()


def empty_message(lang: str) -> str:
    """Return what a chart says when it has nothing to show."""
    return label("chart_nothing", lang)
