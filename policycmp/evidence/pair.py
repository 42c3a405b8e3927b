"""A local passage beside a template passage, prepared once for every kind of evidence.

`Pair` holds the redline, the segments of both sides, which segment answers to which, and how
much of each segment's content is found on the other side at all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from policycmp.evidence.segments import Segment, content, segments, shared
from policycmp.passage import Passage
from policycmp.redline import Redline

__all__ = ["Pair", "Side"]

_ANSWERS = 0.34
"""Share of common content from which two segments answer to each other."""
_BY_CHARACTER = 0.85
"""Common characters count a little less than common words (公交 and 公共交通)."""


@dataclass(frozen=True)
class Side:
    """One passage of a pair, with what the other side has of it."""

    passage: Passage
    segments: tuple[Segment, ...]
    fresh: tuple[tuple[int, int], ...]
    """Spans of the text that are not in an equal or moved block, in order."""
    found: tuple[float, ...]
    """For each segment the share of its content that the other side has anywhere."""

    @cached_property
    def _ends(self) -> list[int]:
        return [end for _, end in self.fresh]

    def changed(self, start: int, end: int) -> bool:
        """Tell whether the span touches words the other side has not in this place."""
        at = bisect_right(self._ends, start)
        return at < len(self.fresh) and self.fresh[at][0] < end

    def core(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of a span that changed, or the whole of it if nothing did."""
        hit = [(max(a, start), min(b, end)) for a, b in self.fresh if a < end and start < b]
        if not hit:
            return start, end
        first, last = hit[0][0], hit[-1][1]
        text = self.passage.text
        while last > first and text[last - 1] in "，。；、,;. \n":
            last -= 1
        return (first, last) if last > first else (start, end)

    def segment_at(self, index: int) -> int:
        """Return which segment holds the character `index`."""
        for k, segment in enumerate(self.segments):
            if index < segment.end:
                return k
        return max(len(self.segments) - 1, 0)


@dataclass(frozen=True)
class Pair:
    """Two passages and what answers to what."""

    local: Side
    template: Side
    lines: Redline
    likeness: Sequence[dict[int, float]]
    """For each local segment: template segments with common content, and its share (Dice)."""

    @classmethod
    def of(cls, local: Passage, template: Passage, lines: Redline) -> Pair:
        """Prepare a pair."""
        here, there = segments(local), segments(template)
        where: dict[str, list[int]] = defaultdict(list)
        for k, segment in enumerate(there):
            for norm in segment.content:
                where[norm].append(k)
        likeness: list[dict[int, float]] = []
        for segment in here:
            common: dict[int, float] = defaultdict(float)
            for norm, weight in segment.content.items():
                for k in where.get(norm, ()):
                    common[k] += weight
            likes = {k: 2 * c / (segment.mass + there[k].mass) for k, c in common.items()}
            if max(likes.values(), default=0.0) < _ANSWERS:
                for k, other in enumerate(there):
                    likes[k] = max(
                        likes.get(k, 0.0), _BY_CHARACTER * _dice(segment.characters, other.characters)
                    )
            likeness.append(likes)
        return cls(
            Side(local, here, _fresh(lines, "local"), _found(here, there, template)),
            Side(template, there, _fresh(lines, "template"), _found(there, here, local)),
            lines,
            likeness,
        )

    @cached_property
    def answer(self) -> tuple[int | None, ...]:
        """For each local segment the template segment it answers to."""
        out: list[int | None] = []
        for likes in self.likeness:
            best = max(likes, key=lambda k: likes[k], default=None)
            out.append(best if best is not None and likes[best] >= _ANSWERS else None)
        return tuple(out)

    @cached_property
    def answered(self) -> tuple[int | None, ...]:
        """For each template segment the local segment that answers to it."""
        out: list[int | None] = [None] * len(self.template.segments)
        best = [_ANSWERS] * len(out)
        for i, likes in enumerate(self.likeness):
            for k, value in likes.items():
                if value >= best[k]:
                    out[k], best[k] = i, value
        return tuple(out)


def _fresh(lines: Redline, side: str) -> tuple[tuple[int, int], ...]:
    spans = sorted(
        (getattr(b, f"{side}_start"), getattr(b, f"{side}_end"))
        for b in lines.blocks
        if b.op not in ("equal", "move")
    )
    return tuple(span for span in spans if span[0] < span[1])


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _found(mine: Sequence[Segment], theirs: Sequence[Segment], other: Passage) -> tuple[float, ...]:
    whole = content(other.norms)
    out = []
    for segment in mine:
        share = shared(segment.content, whole) / segment.mass if segment.mass else 1.0
        if share < 0.7 and segment.characters:
            most = max((len(segment.characters & t.characters) for t in theirs), default=0)
            share = max(share, _BY_CHARACTER * most / len(segment.characters))
        out.append(share)
    return tuple(out)
