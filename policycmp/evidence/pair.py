"""A local passage beside a template passage, prepared once for every kind of evidence.

`Pair` holds the redline, the segments of both sides, which segment answers to which, and how
much of each segment's content is found on the other side at all. Likeness of segments is the
share of common content words (Dice) or, a little lower, of common characters, so that 公交线路 is
found in 公共交通线网. The *context* of a passage is what stands around it in its plan: what a
sentence seems to drop may be said by the next.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import attrgetter, itemgetter
from typing import NamedTuple

from policycmp.evidence.founding import class_of
from policycmp.evidence.segments import Segment, content, segments, shared
from policycmp.evidence.umbrella import answering
from policycmp.language.passage import Passage, of_passage
from policycmp.redlines import Redline, redline

__all__ = ["Pair", "Side", "Whole", "whole"]

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
_ROUNDING = 1e-9
_ELSEWHERE = 0.7
"""Share of a segment's content that one segment of the context must hold to say the same."""


@dataclass(frozen=True, slots=True)
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

    def changed(self, start: int, end: int) -> bool:
        """Tell whether the span touches words the other side has not in this place."""
        at = bisect_right(self.fresh, start, key=_end)
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
        return min(bisect_right(self.segments, index, key=_end_of), max(len(self.segments) - 1, 0))

    def heading(self, at: int) -> bool:
        """Tell whether a segment belongs to the heading, which commits to nothing by itself."""
        return self.segments[at].end <= self.passage.body

    def elsewhere(self, segment: Segment) -> bool:
        """Tell whether the other side says the segment, figures included, in its context."""
        needed = _ELSEWHERE * segment.mass
        return any(
            other.mass >= needed
            and shared(segment.content, other.content) >= needed
            and segment.figures.issubset(other.norms)
            for passage in self.others
            # No segment of a passage has more of it than the passage has.
            if shared(segment.content, whole(passage).content) >= needed - _ROUNDING
            for other in segments(passage)
        )


_end, _end_of = itemgetter(1), attrgetter("end")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two passages and what answers to what."""

    local: Side
    template: Side
    lines: Redline
    likeness: Sequence[dict[int, float]]
    """For each local segment: how alike each template segment is that has anything in common."""
    answer: tuple[int | None, ...]
    """For each local segment the template segment it answers to."""
    answered: tuple[int | None, ...]
    """For each template segment the local segment that answers to it."""
    partners: tuple[dict[int, int], dict[int, int]]
    """Segments that have a partner of their own, one for one, the likest first; from either side."""

    @classmethod
    def of(cls, local: Passage, template: Passage) -> Pair:
        """Hold two passages side by side, without what stands around them."""
        here, there = segments(local), segments(template)
        lines, likeness = redline(local, template), _likeness(local, template)
        return cls(
            Side(local, here, _fresh(lines, "local"), _found(local, template)),
            Side(template, there, _fresh(lines, "template"), _found(template, local)),
            lines,
            likeness,
            _answer(likeness),
            _answered(likeness, len(there)),
            _partners(likeness),
        )

    def between(
        self,
        local: Passage,
        template: Passage,
        local_context: Sequence[Passage] = (),
        template_context: Sequence[Passage] = (),
    ) -> Pair:
        """Return this pair for two passages that say the same, with what stands around them in their plans.

        The passages themselves are no part of their context.
        """
        around_local = tuple(p for p in local_context if p is not local)
        around_template = tuple(p for p in template_context if p is not template)
        return replace(
            self,
            local=replace(self.local, passage=local, others=around_template),
            template=replace(self.template, passage=template, others=around_local),
        )


def _answer(likeness: Sequence[dict[int, float]]) -> tuple[int | None, ...]:
    out: list[int | None] = []
    for likes in likeness:
        best = max(likes, key=likes.__getitem__, default=None)
        out.append(best if best is not None and likes[best] >= _ANSWERS else None)
    return tuple(out)


def _answered(likeness: Sequence[dict[int, float]], number: int) -> tuple[int | None, ...]:
    out: list[int | None] = [None] * number
    best = [_ANSWERS] * number
    for i, likes in enumerate(likeness):
        for k, value in likes.items():
            if value > best[k] or (value == best[k] and out[k] is None):
                out[k], best[k] = i, value
    return tuple(out)


def _partners(likeness: Sequence[dict[int, float]]) -> tuple[dict[int, int], dict[int, int]]:
    likely = sorted(
        (
            (value, -i, -k)
            for i, likes in enumerate(likeness)
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


class Whole(NamedTuple):
    """What a passage says as a whole, whichever segment says it."""

    norms: frozenset[str]
    content: Mapping[str, float]
    joined: str
    """Its words in order, a space before and after each."""
    classes: frozenset[str | None]
    """Classes of what may be founded (see `policycmp.evidence.founding`)."""


@of_passage
def whole(passage: Passage) -> Whole:
    """Return what a passage says as a whole."""
    norms = passage.norms
    known = frozenset(norms)
    return Whole(
        known,
        content(norms),
        f" {' '.join(norms)} ",
        frozenset(map(class_of, known)) - {None},
    )


@of_passage
def _holders(passage: Passage) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Return which segments hold each word of content, and which each of its characters."""
    by_word: dict[str, list[int]] = {}
    by_character: dict[str, list[int]] = {}
    for k, segment in enumerate(segments(passage)):
        for index, keys in ((by_word, segment.content), (by_character, segment.characters)):
            for key in keys:
                held = index.setdefault(key, [])
                if len(held) < _MANY:
                    held.append(k)
    return by_word, by_character


def _likeness(local: Passage, template: Passage) -> list[dict[int, float]]:
    there = segments(template)
    by_word, by_character = _holders(template)
    out: list[dict[int, float]] = []
    for segment in segments(local):
        words: dict[int, float] = {}
        for norm, weight in segment.content.items():
            for k in by_word.get(norm, ()):
                words[k] = words.get(k, 0.0) + weight
        mass = segment.mass
        likes = {k: 2 * common / (mass + there[k].mass) for k, common in words.items()}
        if max(likes.values(), default=0.0) < _PLAINLY:
            held = [by_character[sign] for sign in segment.characters if sign in by_character]
            size = len(segment.characters)
            for k, number in sorted(Counter(chain.from_iterable(held)).items()):
                value = _BY_CHARACTER * 2 * number / (size + len(there[k].characters))
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


def _found(side: Passage, other: Passage) -> tuple[float, ...]:
    there, named = whole(other), answering(side, other)
    out = []
    for segment in segments(side):
        if there.norms.issuperset(segment.norms):
            out.append(1.0)
            continue
        about, mass = segment.content, segment.mass
        near = [span for span in named if span[0] < segment.end and segment.start < span[1]]
        if near:
            kept = (w.norm for w in segment.words if w.norm and not any(a <= w.start < b for a, b in near))
            about = content(tuple(kept))
            mass = sum(about.values())
        share = shared(about, there.content) / mass if mass else 1.0
        if share < 0.7 and segment.characters:
            most = max((len(segment.characters & t.characters) for t in segments(other)), default=0)
            share = max(share, _BY_CHARACTER * most / len(segment.characters))
        if share < 1 and segment.head and f" {' '.join(segment.head)} " in there.joined:
            share = min(1.0, share + _HEAD)
        if segment.objects and not _has_object(there, segment.objects):
            share *= _THEME
        out.append(share)
    return tuple(out)


def _has_object(there: Whole, objects: Sequence[str]) -> bool:
    """Tell whether the other side has one of the objects a segment founds, or one of its class."""
    return not (there.norms.isdisjoint(objects) and there.classes.isdisjoint(map(class_of, objects)))
