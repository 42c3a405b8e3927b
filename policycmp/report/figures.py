"""Charts for a page: drawn once, embedded as pictures with their words beside them.

A chart goes in as an image rather than as inline markup: it keeps its own names and styles,
nothing in it can act on the page, and a reader can save it. Outlined Chinese makes some SVG
heavy; above a limit the same chart goes in as a compact PNG, so that a report stays small.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.comparison import Comparison

__all__ = ["Picture", "embed", "figures"]

_IN_REPORT = ("alignment", "targets", "strength")
"""The charts a report shows; its first picture, the shares, is drawn by the page itself."""
_SVG_LIMIT = 120_000


@dataclass(frozen=True, slots=True)
class Picture:
    """An embedded chart: where it is from a browser's view, what it says, its size in CSS pixels."""

    uri: str
    alt: str
    caption: str
    width: int
    height: int


def figures(comparison: Comparison, lang: str, words: Callable[[str], str]) -> list[Picture]:
    """Return the charts of a report."""
    from policycmp import charts

    return [
        embed(getattr(charts, f"plot_{name}"), comparison, lang, words(f"report.chart.{name}"))
        for name in _IN_REPORT
        if hasattr(charts, f"plot_{name}")
    ]


def embed(plot: Callable[..., Axes], subject: Any, lang: str, caption: str) -> Picture:
    """Draw `subject` and return the picture."""
    from matplotlib import pyplot

    from policycmp.charts import chart_alt_text
    from policycmp.fonts import chinese_context

    with chinese_context():
        axes = plot(subject, lang=lang, size="page")
        figure = axes.get_figure(root=True)
        try:
            data, kind = _save(figure, "svg"), "svg+xml"
            if len(data) > _SVG_LIMIT:
                data, kind = _small(_save(figure, "png")), "png"
            width, height = (round(inches * 96) for inches in figure.get_size_inches())
        finally:
            pyplot.close(figure)
    uri = f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
    name = plot.__name__.removeprefix("plot_")
    return Picture(uri, chart_alt_text(name, subject, lang=lang), caption, width, height)


def _save(figure: Any, kind: str) -> bytes:
    buffer = io.BytesIO()
    # A date in the file would make every report differ from the last.
    figure.savefig(buffer, format=kind, dpi=200, metadata={"Date": None} if kind == "svg" else None)
    return buffer.getvalue()


def _small(png: bytes) -> bytes:
    """Return the picture with a palette of 128 colours: a third of the size, no visible loss in flat charts."""
    from PIL import Image

    buffer = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        image.convert("RGB").quantize(128).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
