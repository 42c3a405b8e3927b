"""What must hold for every drawn chart: all glyphs there, nothing overlapping, nothing outside the figure."""

from __future__ import annotations

import logging
import warnings
from contextlib import contextmanager

from matplotlib.text import Text


@contextmanager
def every_glyph(caplog):
    """Fail on warnings, and on the message matplotlib only logs when mathtext lacks a glyph."""
    with warnings.catch_warnings(), caplog.at_level(logging.WARNING):
        warnings.simplefilter("error")
        yield
    assert not [
        r.getMessage() for r in caplog.records if "glyph" in r.getMessage() or "font" in r.getMessage()
    ]


def texts(figure):
    """Every text the figure shows, with its box in pixels."""
    renderer = figure.canvas.get_renderer()
    found = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    hidden = {id(t) for ax in figure.axes for t in _undrawn(ax)}
    return [(t, t.get_window_extent(renderer)) for t in found if id(t) not in hidden]


def _undrawn(ax):
    """Axis texts that exist but are not drawn: the axis is off, or the tick is beyond the limits."""
    for axis in (ax.xaxis, ax.yaxis):
        low, high = sorted(axis.get_view_interval())
        slack = (high - low) * 1e-6
        for tick in axis.get_major_ticks():
            if not ax.axison or not low - slack <= tick.get_loc() <= high + slack:
                yield from tick.findobj(Text)


def overlaps(figure, slack: float = 1.0):
    """Pairs of texts that touch; `slack` pixels are forgiven."""
    boxes = [(t.get_text(), b) for t, b in texts(figure)]
    out = []
    for n, (one, a) in enumerate(boxes):
        for other, b in boxes[n + 1 :]:
            wide = min(a.x1, b.x1) - max(a.x0, b.x0)
            high = min(a.y1, b.y1) - max(a.y0, b.y0)
            # A line of type has white above and below its characters.
            if wide > slack and high > max(slack, 0.22 * min(a.height, b.height)):
                out.append((one, other))
    return out


def outside(figure, slack: float = 1.0):
    """Texts and axes that reach out of the figure."""
    width, height = figure.bbox.width, figure.bbox.height
    boxes = [(t.get_text(), b) for t, b in texts(figure)]
    boxes += [(type(ax).__name__, ax.get_tightbbox()) for ax in figure.axes]
    return [
        name
        for name, b in boxes
        if b is not None and (b.x0 < -slack or b.y0 < -slack or b.x1 > width + slack or b.y1 > height + slack)
    ]
