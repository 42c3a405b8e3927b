"""Charts: one module a chart, each ``plot_x(comparison, *, ax=None, lang="zh", size="page") -> Axes``.

Three charts of agreement take what `evaluate`, `agreement` or `sensitivity` gave instead.

Charts read the comparison's frames and compute nothing beyond their layout. They draw in
a context of their own and leave the user's matplotlib settings alone.
"""

from __future__ import annotations

from policycmp.charts.alignment import plot_alignment
from policycmp.charts.confusion import plot_confusion
from policycmp.charts.matrix import plot_matrix
from policycmp.charts.modality import plot_modality
from policycmp.charts.redline import plot_redline
from policycmp.charts.relations import plot_relations
from policycmp.charts.reliability import plot_reliability
from policycmp.charts.responsibility import plot_responsibility
from policycmp.charts.save import CHARTS, chart_alt_text, save_charts
from policycmp.charts.sensitivity import plot_sensitivity
from policycmp.charts.similarity import plot_similarity
from policycmp.charts.sizes import SIZES, Style
from policycmp.charts.strength import plot_strength
from policycmp.charts.target_table import plot_target_table
from policycmp.charts.targets import plot_targets
from policycmp.charts.timeline import plot_timeline

__all__ = [
    "CHARTS",
    "SIZES",
    "Style",
    "chart_alt_text",
    "plot_alignment",
    "plot_confusion",
    "plot_matrix",
    "plot_modality",
    "plot_redline",
    "plot_relations",
    "plot_reliability",
    "plot_responsibility",
    "plot_sensitivity",
    "plot_similarity",
    "plot_strength",
    "plot_target_table",
    "plot_targets",
    "plot_timeline",
    "save_charts",
]
