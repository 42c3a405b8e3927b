"""Charts for a page: drawn once, embedded as pictures with their words beside them.

A chart goes in as an image rather than as inline markup: it keeps its own names and styles,
nothing in it can act on the page, and a reader can save it. Outlined Chinese makes SVG heavy
(half a megabyte a chart), so a page carries compact PNG; `save_charts` writes SVG and PDF.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from policycmp.comparison import Comparison

__all__ = ["Picture", "embed", "figures"]

_IN_REPORT = ("alignment", "strength", "targets")
"""The charts a report shows; its first picture, the shares, is drawn by the page itself."""
_DPI = 200


@dataclass(frozen=True, slots=True)
class Picture:
    """An embedded chart: where it is from a browser's view, what it says, its size in CSS pixels."""

    uri: str
    alt: str
    caption: str
    width: int
    height: int


def figures(comparison: Comparison, lang: str, words: Callable[[str], str]) -> dict[str, Picture]:
    """Return the charts of a report by name."""
    from policycmp import charts

    return {
        name: embed(getattr(charts, f"plot_{name}"), comparison, lang, words(f"report.chart.{name}"))
        for name in _IN_REPORT
    }


def embed(plot: Callable[..., Axes], subject: Any, lang: str, caption: str) -> Picture:
    """Draw `subject` and return the picture."""
    from matplotlib import pyplot

    from policycmp.charts import chart_alt_text
    from policycmp.fonts import chinese_context

    with chinese_context():
        figure = cast("Figure", plot(subject, lang=lang, size="page").figure)
        try:
            data = _png(figure)
            width, height = (round(inches * 96) for inches in figure.get_size_inches())
        finally:
            pyplot.close(figure)
    uri = f"data:image/png;base64,{base64.b64encode(data).decode()}"
    name = plot.__name__.removeprefix("plot_")
    return Picture(uri, chart_alt_text(name, subject, lang=lang), caption, width, height)


def _png(figure: Figure) -> bytes:
    """Return the figure as PNG of 128 colours: a third of the size, no visible loss in flat charts."""
    from PIL import Image

    drawn, packed = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, format="rgba", dpi=_DPI)
    width, height = (int(pixels) for pixels in figure.get_size_inches() * _DPI)
    image = Image.frombytes("RGBA", (width, height), drawn.getvalue())
    # By coverage of the colours there are, not by their number: a relation with one small square keeps its own.
    few = image.convert("RGB").quantize(128, method=Image.Quantize.MAXCOVERAGE)
    few.save(packed, "PNG", optimize=True)
    return packed.getvalue()
