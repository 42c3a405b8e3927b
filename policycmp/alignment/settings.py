"""What the alignment can be told: the weight of each side of a pair, and thresholds.

The defaults were fitted on coded plans (``benchmarks/ablation.py``); the alignment chapter of the
documentation shows the fit, what each weight is worth and how far the thresholds may be moved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from math import isfinite
from typing import Any

__all__ = ["AlignOptions", "Encoder", "Weights"]

Encoder = Callable[[list[str]], Any]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each side of a pair adds to its support, and the support of having no counterpart.

    Sides run from 0 to 1; all but `kinds`, `order` and `clauses` enter by their square root.
    """

    words: float = 6.0
    characters: float = 6.3
    sentences: float = 7.1
    headings: float = 4.7
    sections: float = 5.7
    kinds: float = 2.2
    order: float = 0.1
    fuzzy: float = 2.9
    subject: float = 10.3
    clauses: float = 0.0
    """For sentences: that their clauses are aligned."""
    encoder: float = 0.0
    """For a sentence encoder, where one is given."""
    none: float = 25.25

    def __post_init__(self) -> None:
        for item in fields(self):
            value = getattr(self, item.name)
            if not isfinite(value) or value < 0:
                raise ValueError(f"weight {item.name!r} should be a number not below 0. Got {value!r}")


_FOR_SENTENCES = Weights(
    words=5.7,
    characters=5.7,
    sentences=0.0,
    headings=0.0,
    sections=0.0,
    kinds=0.0,
    order=0.3,
    fuzzy=5.5,
    subject=0.0,
    clauses=4.3,
    none=12.7,
)


@dataclass(frozen=True, slots=True)
class AlignOptions:
    """Settings of the alignment; the defaults were fitted on coded plans.

    Parameters
    ----------
    clauses, measures : Weights
        Weights for clauses and for their sentences.
    new : float
        A passage is new when having no counterpart is at least this probable.
    further : float
        A further counterpart is at least this share as probable as the main one, and more
        probable than having none. Or it is the source of a part:
    part, clear : float
        some local sentence is most like one of its sentences, at least `part`, and its support
        is at least `clear` above that of having none.
    answered : float
        Share of a template clause's text from which it is no longer dropped where its sentences
        were matched: the local clause that holds most of them gets it as a further counterpart.
    candidates : int
        How many runners-up to keep for review.
    background : bool
        Weigh words by jieba's background frequencies too.
    encoder : callable, optional
        Turns a list of texts into vectors (any sentence encoder); its cosine is one more side.
        Give it weight with ``Weights(encoder=…)``. Never needed.

    Examples
    --------
    >>> AlignOptions(further=0.5).further
    0.5
    """

    clauses: Weights = Weights()
    measures: Weights = _FOR_SENTENCES
    new: float = 0.5
    further: float = 0.8
    part: float = 0.5
    clear: float = 2.0
    answered: float = 0.35
    candidates: int = 3
    background: bool = True
    encoder: Encoder | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        for name in ("new", "further", "part", "answered"):
            value = getattr(self, name)
            if not 0 < value <= 1:
                raise ValueError(f"{name} should be above 0 and at most 1. Got {value!r}")
        if not isfinite(self.clear) or self.clear < 0:
            raise ValueError(f"clear should be a number not below 0. Got {self.clear!r}")
        if self.candidates < 0:
            raise ValueError(f"candidates should not be negative. Got {self.candidates!r}")
        if self.encoder is not None and not (self.clauses.encoder or self.measures.encoder):
            raise ValueError(
                "an encoder needs a weight: AlignOptions(encoder=…, clauses=Weights(encoder=3.5))"
            )
