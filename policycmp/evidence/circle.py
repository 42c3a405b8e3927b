"""Evidence from the circle of those concerned: 对失独家庭 → 对失独家庭和伤残家庭.

Where a segment says for whom or about what it acts (对, 为, 向, 将 …) and one side names more of
them in the same place, it applies to more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policycmp.evidence.model import Evidence
from policycmp.evidence.pair import Pair
from policycmp.evidence.segments import acts
from policycmp.evidence.weights import Weights

__all__ = ["circle"]

_CIRCLE = re.compile(r"(?:并|要|应当?|须|可|可以)?(?:对|为|向|给|将|把|面向|针对)")
_JOINT = ("和", "及", "与", "、", "或", "或者", "以及")
_ALIKE = 0.5
"""Likeness of the two segments apart from the circle."""


def circle(pair: Pair, weights: Weights) -> Iterator[Evidence]:
    """Yield circles that were widened or narrowed."""
    for block in pair.lines.blocks:
        if block.op not in ("insert", "delete"):
            continue
        wider = block.op == "insert"
        side = pair.local if wider else pair.template
        start, end = (
            (block.local_start, block.local_end) if wider else (block.template_start, block.template_end)
        )
        text = side.passage.text
        if end - start < 3 or not (
            text[start:end].startswith(_JOINT)
            or text[start:end].endswith(_JOINT)
            or text[:start].endswith(_JOINT)
            or text.startswith(_JOINT, end)
        ):
            continue
        at = side.segment_at(start)
        segment = side.segments[at]
        other = pair.answer[at] if wider else pair.answered[at]
        if other is None or not _CIRCLE.match(segment.text) or acts(segment, start):
            continue
        likeness = pair.likeness[at].get(other, 0.0) if wider else pair.likeness[other].get(at, 0.0)
        if likeness < _ALIKE:
            continue
        quote = side.passage.text[start:end]
        weight = weights["scope", "added" if wider else "dropped"]
        if wider:
            yield Evidence("scope", "sharpen", weight, quote, "", start, end, None, None, "added")
        else:
            yield Evidence("scope", "weaken", weight, "", quote, None, None, start, end, "dropped")
