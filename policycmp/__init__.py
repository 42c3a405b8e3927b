"""Compare local government plans with the plan they were given, clause by clause and number by number.

>>> import policycmp as pc
>>> comparison = pc.compare("xiji-2025", "wuzhong-2023")
>>> comparison.kinship
'sibling'

Names are loaded on first use, so that importing the package costs little more than nothing.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import Any

_HOMES = {
    "policycmp.datasets": ["list_plans", "load_gold", "load_plan"],
    "policycmp.plan": ["Plan", "parse_plan", "read_plan"],
    "policycmp.model": ["Clause", "Measure", "Target", "Duty", "Citation", "Remark"],
    "policycmp.targets.find": ["extract_targets"],
    "policycmp.redlines": ["Redline", "redline"],
    "policycmp.relation": ["Relation", "RelationOptions", "relate"],
    "policycmp.evidence": ["Evidence"],
    "policycmp.alignment.settings": ["AlignOptions"],
    "policycmp.comparison": ["Comparison"],
    "policycmp.comparing": ["compare"],
    "policycmp.options": ["CompareOptions"],
    "policycmp.corpus.many": ["ComparisonSet", "compare_many"],
    "policycmp.corpus.sources": ["SourceOptions", "rank_templates", "shared_passages"],
    "policycmp.corpus.lineage": ["trace"],
    "policycmp.saved": ["load_comparison", "verify"],
    "policycmp.corpus.reuse": ["Reuse", "ReuseOptions", "find_reuse"],
    "policycmp.target_pairs.table": ["compare_targets"],
    "policycmp.evaluation": ["Evaluation", "evaluate"],
    "policycmp.thresholds": ["sensitivity"],
    "policycmp.coding": ["Agreement", "Fit", "agreement", "fit_options", "read_codes"],
    "policycmp.fonts": ["use_chinese_font"],
    "policycmp.charts": [
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
    ],
    "policycmp.errors": ["PlanReadError", "PolicycmpWarning"],
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__version__ = version("policycmp")
__all__ = [*sorted(_HOME_OF), "__version__"]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'policycmp' has no attribute {name!r}")
    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
