"""Charts: one module a chart, each ``plot_x(comparison, *, ax=None, lang="zh", size="page") -> Axes``.

Charts read the comparison's frames and compute nothing beyond their layout. They draw in
a context of their own and leave the user's matplotlib settings alone.
"""

from __future__ import annotations

from policycmp.charts.alignment import plot_alignment
from policycmp.charts.canvas import SIZES, Style
from policycmp.charts.relations import plot_relations
from policycmp.charts.save import CHARTS, chart_alt_text, save_charts
from policycmp.charts.similarity import plot_similarity
from policycmp.charts.targets import plot_targets

__all__ = [
    "CHARTS",
    "SIZES",
    "Style",
    "chart_alt_text",
    "plot_alignment",
    "plot_relations",
    "plot_similarity",
    "plot_targets",
    "save_charts",
]
