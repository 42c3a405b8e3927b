"""What a comparison was made from, so that another person can make it again.

The options, the versions of the packages whose results it holds, the SHA-256 of both texts, of the
policy words jieba is given (``dictionary``) and of every table the rules read (``tables``).
"""

from __future__ import annotations

from dataclasses import asdict
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from policycmp.tables import fingerprint

if TYPE_CHECKING:
    from policycmp.comparison import Comparison

__all__ = ["provenance"]

_PACKAGES = ("policycmp", "pandas", "numpy", "scipy", "jieba", "rapidfuzz", "scikit-learn")


def provenance(comparison: Comparison) -> dict[str, Any]:
    """Return options, versions and hashes of a comparison.

    Examples
    --------
    >>> import policycmp as pc
    >>> sorted(provenance(pc.compare("xiji-2025", "wuzhong-2023")))
    ['dictionary', 'local', 'options', 'tables', 'template', 'versions']
    """
    plans = {"local": comparison.local, "template": comparison.template}
    return {
        "options": asdict(comparison.options),
        "versions": {name: version(name) for name in _PACKAGES},
        "dictionary": fingerprint("policy_words"),
        "tables": fingerprint(),
        **{side: {"plan_id": plan.plan_id, "sha256": plan.source.sha256} for side, plan in plans.items()},
    }
