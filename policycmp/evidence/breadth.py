"""How much of a template clause a local clause answers to, and which of its sentences."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from policycmp.evidence.pair import Side

__all__ = ["Answered", "answered_sentences"]

_SHARE = 0.5
"""Share of a sentence's content found on the other side from which it is answered."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The sentences of a passage the other passage answers to."""

    breadth: float
    """Their share of the passage, by weight of content."""
    spans: tuple[tuple[int, int], ...]

    def holds(self, index: int | None) -> bool:
        """Tell whether the character `index` stands in one of them."""
        return index is not None and any(a <= index < b for a, b in self.spans)


def answered_sentences(side: Side, partnered: Collection[int]) -> Answered:
    """Return the sentences of `side` the other side answers to; at least the one it answers best."""
    body = side.passage.body
    rows = []
    for first, last in _sentences(side):
        parts = [k for k in range(first, last) if side.segments[k].end > body]
        mass = sum(side.segments[k].mass for k in parts)
        if mass:
            share = sum(side.found[k] * side.segments[k].mass for k in parts) / mass
            partners = sum(k in partnered for k in parts)
            span = (side.segments[first].start, side.segments[last - 1].end)
            rows.append((share, partners, mass, span))
    if not rows:
        return Answered(1.0, ())
    answered = [r for r in rows if r[0] >= _SHARE or (r[1] > 1 and r[0] >= _SHARE - 0.1)]
    breadth = sum(r[2] for r in answered) / sum(r[2] for r in rows)
    return Answered(breadth, tuple(r[3] for r in answered or [max(rows)]))


def _sentences(side: Side) -> list[tuple[int, int]]:
    """Return runs of segments between full stops and semicolons."""
    out, first = [], 0
    text, parts = side.passage.text, side.segments
    for k, part in enumerate(parts):
        following = parts[k + 1].start if k + 1 < len(parts) else len(text)
        if k + 1 == len(parts) or any(c in "。；;\n" for c in text[part.end : following]):
            out.append((first, k + 1))
            first = k + 1
    return out
