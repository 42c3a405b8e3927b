"""How much of a template clause a local clause answers to, and which of its sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from policycmp.evidence.pair import Side, whole
from policycmp.evidence.segments import Segment, segments
from policycmp.language.passage import Passage, of_passage

__all__ = ["Answered", "answered_sentences"]

_SHARE = 0.5
"""Share of a sentence's content found on the other side from which it is answered."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The sentences of a passage the other passage answers to."""

    breadth: float
    """Their share of the passage, by weight of content."""
    spans: tuple[tuple[int, int], ...]
    shares: tuple[tuple[int, int, float, float], ...] = ()
    """Every sentence (start, end) with the share of its content that is answered, and its weight."""

    def holds(self, index: int | None) -> bool:
        """Tell whether the character `index` stands in one of them."""
        return index is not None and any(a <= index < b for a, b in self.spans)

    def sentence(self, index: int) -> tuple[int, int]:
        """Return start and end of the sentence at the character `index`; of that character if there is none."""
        return next(((a, b) for a, b, _, _ in self.shares if a <= index < b), (index, index + 1))

    def share(self, index: int | None) -> float:
        """Return how far the sentence at the character `index` is answered."""
        return next((s for a, b, s, _ in self.shares if index is not None and a <= index < b), 0.0)


def answered_sentences(side: Side, other: Side, partnered: Collection[int]) -> Answered:
    """Return the sentences of `side` the other side answers to; at least the one it answers best.

    The clause's theme, the words of its heading and of most of its sentences, tells none of them
    apart (特殊教育 in a clause on 特殊教育) and is left out.
    """
    parts, (sentences, theme) = side.segments, _sentences_and_theme(side.passage)
    theirs = whole(other.passage).content
    rows = []
    for ks in sentences:
        about = {norm: weight for k in ks for norm, weight in parts[k].content.items()}
        mass = sum(about.values())
        own = {norm: weight for norm, weight in about.items() if norm not in theme}
        if not mass:
            continue
        by_word = sum(w for norm, w in own.items() if norm in theirs) / (sum(own.values()) or 1.0)
        found = sum(side.found[k] * parts[k].mass for k in ks) / mass
        share = min(found, by_word + _PARAPHRASE) if own else found
        span = (parts[ks[0]].start, parts[ks[-1]].end)
        rows.append((share, sum(k in partnered for k in ks), mass, span))
    if not rows:
        return Answered(1.0, ())
    answered = [r for r in rows if r[0] >= _SHARE or (r[1] > 1 and r[0] >= _SHARE - 0.1)]
    breadth = sum(r[2] for r in answered) / sum(r[2] for r in rows)
    return Answered(
        breadth, tuple(r[3] for r in answered or [max(rows)]), tuple((*r[3], r[0], r[2]) for r in rows)
    )


_PARAPHRASE = 0.2
"""What the share of words outside the theme may be below the share found: the same in other words."""


@of_passage
def _sentences_and_theme(passage: Passage) -> tuple[list[list[int]], frozenset[str]]:
    """Return the segments of each sentence, headings aside, and the words of the heading and of most sentences."""
    parts = segments(passage)
    headings = [k for k, part in enumerate(parts) if part.end <= passage.body]
    sentences = [[k for k in ks if k not in headings] for ks in _sentences(passage.text, parts)]
    sentences = [ks for ks in sentences if ks]
    counts: Counter[str] = Counter()
    for ks in sentences:
        counts.update({norm for k in ks for norm in parts[k].content})
    most = max(1, len(sentences) / 3)
    named = {norm for k in headings for norm in parts[k].content}
    return sentences, frozenset(named | {norm for norm, number in counts.items() if number > most})


def _sentences(text: str, parts: Sequence[Segment]) -> list[range]:
    """Return runs of segments between full stops and semicolons."""
    out, first = [], 0
    for k, part in enumerate(parts):
        following = parts[k + 1].start if k + 1 < len(parts) else len(text)
        if k + 1 == len(parts) or any(c in "。；;\n" for c in text[part.end : following]):
            out.append(range(first, k + 1))
            first = k + 1
    return out
