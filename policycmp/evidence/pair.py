"""A local passage beside a template passage, prepared once for every kind of evidence.

`Pair` holds the redline, the segments of both sides, which segment answers to which, and how
much of each segment's content is found on the other side at all. Likeness of segments is the
share of common content words (Dice) or, a little lower, of common characters, so that 公交线路 is
found in 公共交通线网. The *context* of a passage is what stands around it in its plan: what a
sentence seems to drop may be said by the next.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from policycmp.evidence.founding import founded, has_object
from policycmp.evidence.segments import Segment, content, segments, shared
from policycmp.evidence.umbrella import answering
from policycmp.language.passage import Passage
from policycmp.redlines import Redline

__all__ = ["Pair", "Side"]

_ANSWERS = 0.34
"""Share of common content from which two segments answer to each other."""
_PARTNERS = 0.45
"""Share of common content from which two segments can be each other's partner."""
_BY_CHARACTER = 0.85
"""Common characters count a little less than common words."""
_MANY = 300
"""Segments one word is looked up in; only text that repeats itself has more."""
_PLAINLY = 0.7
"""Share of common words from which characters need not be looked at."""
_HEAD = 0.25
"""Added to the share found where the object itself (the last two words) stands on the other side."""
_THEME = 0.45
"""Factor for the share found where what a segment founds is not on the other side, only its theme."""
_ELSEWHERE = 0.7
"""Share of a segment's content that one segment of the context must hold to say the same."""


@dataclass(frozen=True)
class Side:
    """One passage of a pair, with what the other side has of it."""

    passage: Passage
    segments: tuple[Segment, ...]
    fresh: tuple[tuple[int, int], ...]
    """Spans of the text that are not in an equal or moved block, in order."""
    found: tuple[float, ...]
    """For each segment the share of its content that the other side has anywhere."""
    others: tuple[Passage, ...] = ()
    """The other side's context: passages beside the one compared."""

    @cached_property
    def _ends(self) -> list[int]:
        return [end for _, end in self.fresh]

    @cached_property
    def _segment_ends(self) -> list[int]:
        return [segment.end for segment in self.segments]

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
        return min(bisect_right(self._segment_ends, index), max(len(self.segments) - 1, 0))

    def heading(self, at: int) -> bool:
        """Tell whether a segment belongs to the heading, which commits to nothing by itself."""
        return self.segments[at].end <= self.passage.body

    def elsewhere(self, segment: Segment) -> bool:
        """Tell whether the other side says the segment, figures included, in its context."""
        needed = _ELSEWHERE * segment.mass
        figures = {w.norm for w in segment.words if w.norm[:1].isdigit()}
        return any(
            other.mass >= needed
            and shared(segment.content, other.content) >= needed
            and figures <= {w.norm for w in other.words}
            for other in self._around
        )

    @cached_property
    def _around(self) -> tuple[Segment, ...]:
        return tuple(segment for passage in self.others for segment in segments(passage))


@dataclass(frozen=True)
class Pair:
    """Two passages and what answers to what."""

    local: Side
    template: Side
    lines: Redline
    likeness: Sequence[dict[int, float]]
    """For each local segment: how alike each template segment is that has anything in common."""

    @classmethod
    def of(
        cls,
        local: Passage,
        template: Passage,
        lines: Redline,
        local_context: Sequence[Passage] = (),
        template_context: Sequence[Passage] = (),
    ) -> Pair:
        """Prepare a pair; the passages themselves are no part of their context."""
        here, there = segments(local), segments(template)
        around_local = tuple(p for p in local_context if p is not local)
        around_template = tuple(p for p in template_context if p is not template)
        return cls(
            Side(local, here, _fresh(lines, "local"), _found(here, there, local, template), around_template),
            Side(
                template, there, _fresh(lines, "template"), _found(there, here, template, local), around_local
            ),
            lines,
            _likeness(here, there),
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
                if value > best[k] or (value == best[k] and out[k] is None):
                    out[k], best[k] = i, value
        return tuple(out)

    @cached_property
    def partners(self) -> tuple[dict[int, int], dict[int, int]]:
        """Segments that have a partner of their own, one for one, the likest first; from either side."""
        likely = sorted(
            (
                (value, -i, -k)
                for i, likes in enumerate(self.likeness)
                for k, value in likes.items()
                if value >= _PARTNERS
            ),
            reverse=True,
        )
        mine: dict[int, int] = {}
        theirs: dict[int, int] = {}
        for _, i, k in likely:
            if -i not in mine and -k not in theirs:
                mine[-i] = -k
                theirs[-k] = -i
        return mine, theirs


def _likeness(here: Sequence[Segment], there: Sequence[Segment]) -> list[dict[int, float]]:
    by_word: dict[str, list[int]] = defaultdict(list)
    by_character: dict[str, list[int]] = defaultdict(list)
    for k, segment in enumerate(there):
        for index, keys in ((by_word, segment.content), (by_character, segment.characters)):
            for key in keys:
                if len(index[key]) < _MANY:
                    index[key].append(k)
    out: list[dict[int, float]] = []
    for segment in here:
        words: dict[int, float] = defaultdict(float)
        for norm, weight in segment.content.items():
            for k in by_word.get(norm, ()):
                words[k] += weight
        likes = {k: 2 * common / (segment.mass + there[k].mass) for k, common in words.items()}
        signs: dict[int, int] = defaultdict(int)
        if max(likes.values(), default=0.0) < _PLAINLY:
            for sign in segment.characters:
                for k in by_character.get(sign, ()):
                    signs[k] += 1
        for k, number in signs.items():
            value = _BY_CHARACTER * 2 * number / (len(segment.characters) + len(there[k].characters))
            if value > likes.get(k, 0.0):
                likes[k] = value
        out.append(likes)
    return out


def _fresh(lines: Redline, side: str) -> tuple[tuple[int, int], ...]:
    spans = sorted(
        (getattr(b, f"{side}_start"), getattr(b, f"{side}_end"))
        for b in lines.blocks
        if b.op not in ("equal", "move")
    )
    return tuple(span for span in spans if span[0] < span[1])


def _found(
    mine: Sequence[Segment], theirs: Sequence[Segment], side: Passage, other: Passage
) -> tuple[float, ...]:
    whole = content(other.norms)
    named = answering(side.text, other.text)
    next_to = set(zip(other.norms, other.norms[1:], strict=False))
    out = []
    for segment in mine:
        about, mass = segment.content, segment.mass
        near = [span for span in named if span[0] < segment.end and segment.start < span[1]]
        if near:
            kept = (w.norm for w in segment.words if w.norm and not any(a <= w.start < b for a, b in near))
            about = content(tuple(kept))
            mass = sum(about.values())
        share = shared(about, whole) / mass if mass else 1.0
        if share < 0.7 and segment.characters:
            most = max((len(segment.characters & t.characters) for t in theirs), default=0)
            share = max(share, _BY_CHARACTER * most / len(segment.characters))
        if share < 1 and segment.head in next_to:
            share = min(1.0, share + _HEAD)
        objects = founded(tuple(w.norm for w in segment.words))
        if objects and not has_object(objects, other.norms):
            share *= _THEME
        out.append(share)
    return tuple(out)
