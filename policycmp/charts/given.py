"""What a chart is drawn from, checked before anything is drawn.

A plan's id in place of a comparison, or a comparison in place of an evaluation, is a slip that should be
told as one: what was given, what is due, and which function makes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from reprlib import repr as shortened

from policycmp.labels import check_lang

__all__ = ["check_given"]

_KINDS = {
    "Comparison": ("compare", ("local", "template")),
    "ComparisonSet": ("compare_many", ("template", "matrix")),
    "Evaluation": ("evaluate", ("codes", "unlocated")),
    "Agreement": ("agreement", ("confusion", "agreed")),
    "DataFrame": ("sensitivity", ("columns",)),
}
"""Which function makes each kind, and what charts read of it."""


def check_given(given: object, kinds: Iterable[str], lang: str) -> None:
    """Raise TypeError unless `given` has what charts read of one of these kinds; ValueError for an unknown `lang`.

    Examples
    --------
    >>> check_given("xiji-2025", ["Comparison"], "zh")
    Traceback (most recent call last):
        ...
    TypeError: a chart is drawn from a Comparison (see compare). Got str 'xiji-2025'
    """
    check_lang(lang)
    kinds = list(kinds)
    if not any(all(hasattr(given, name) for name in _KINDS[kind][1]) for kind in kinds):
        due = " or ".join(
            f"{'an' if kind[0] in 'AE' else 'a'} {kind} (see {_KINDS[kind][0]})" for kind in kinds
        )
        raise TypeError(f"a chart is drawn from {due}. Got {type(given).__name__} {shortened(given)}")
