"""Evidence from commitments: segments and targets that only one side has.

A segment whose content the other side has nowhere is a commitment added or dropped; it weighs
by its substance, so that an aim or a hoped-for outcome adds next to nothing. A concrete deed
without a partner of its own counts even if its words are about. A target without counterpart in
such a segment is the commitment itself and not counted twice.

Three things are no loss. An amount stated in another measure (25 schools, then 30369 m²) was
exchanged, not dropped. One of several amounts of a list counts for less than the list. And what
the template commits *its own* place to (市级研修中心, 吴忠中学) is little of what a local plan could
keep.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from policycmp.evidence.dates import due_dates
from policycmp.evidence.model import Evidence
from policycmp.evidence.pair import Pair, Side
from policycmp.evidence.segments import Segment, by_segment, segments
from policycmp.evidence.weights import Weights
from policycmp.language.passage import Passage, of_passage
from policycmp.model import Target
from policycmp.target_pairs.value import is_absolute
from policycmp.targets.number_signs import sign_pattern

__all__ = ["commitments"]

_ABSENT = 0.5
"""Share of a segment's content found on the other side below which it is another commitment."""
_ALONE = 0.75
"""The same for a concrete deed without a partner of its own."""
_LIKE = 0.62
"""The same for a concrete deed whose partner is much less of a deed."""
_CONCRETE = 0.8
"""Substance from which a segment is a concrete deed."""
_MATCH = 0.6
"""Share of a concrete deed's substance its partner must have to be the same deed."""
_PRINCIPLE = 0.3
"""Factor for sections of guiding principles, which commit to nothing in particular."""
_WORTH = 0.35
"""Substance below which a segment is no commitment worth a line."""
_DATED = 0.8
"""Substance of a segment with a date of its own, whatever its verb."""
_OWN = 0.4
"""Factor for what the template commits its own place to."""
_LISTED = 0.4
"""Factor for one of several amounts of a segment whose others are kept."""


def commitments(
    pair: Pair,
    weights: Weights,
    added: Sequence[Target],
    dropped: Sequence[Target],
    spoken_for: Collection[Evidence],
) -> Iterator[Evidence]:
    """Yield what only one side commits to.

    Two texts of one segment each about a common task say the same in other words.
    """
    if len(pair.local.segments) == len(pair.template.segments) == 1 and not added and not dropped:
        return
    mine, theirs, exchanged = _exchanged(pair, added, dropped)
    exchanges = [_exchange(pair, a, b) for a, b in exchanged]
    yield from exchanges
    spans = [(e.local_start, e.local_end) for e in (*spoken_for, *exchanges)]
    yield from _of(pair.local, pair.template, "added", weights, mine, spans, pair.partners[0])
    spans = [(e.template_start, e.template_end) for e in (*spoken_for, *exchanges)]
    yield from _of(pair.template, pair.local, "dropped", weights, theirs, spans, pair.partners[1])


def _exchanged(
    pair: Pair, added: Sequence[Target], dropped: Sequence[Target]
) -> tuple[list[Target], list[Target], list[tuple[Target, Target]]]:
    """Pair amounts that depend on the size of the place, in order, within one sentence or segment."""
    ours = [t for t in added if is_absolute(t)]
    other = [t for t in dropped if is_absolute(t)]
    couples = []
    for b in other:
        answered = pair.answered[pair.template.segment_at(b.start)]
        near = [a for a in ours if _same_action(a, b) or pair.local.segment_at(a.start) == answered]
        if near:
            a = near[0]
            ours.remove(a)
            couples.append((a, b))
    gone = {id(t) for couple in couples for t in couple}
    return [t for t in added if id(t) not in gone], [t for t in dropped if id(t) not in gone], couples


def _same_action(a: Target, b: Target) -> bool:
    """Tell whether both are about something that is put up or added to."""
    return all(sign_pattern("erected").search(target.snippet) for target in (a, b))


def _exchange(pair: Pair, a: Target, b: Target) -> Evidence:
    return Evidence(
        "target",
        "neutral",
        0.0,
        pair.local.passage.text[a.start : a.end],
        pair.template.passage.text[b.start : b.end],
        a.start,
        a.end,
        b.start,
        b.end,
    )


def _of(
    side: Side,
    other: Side,
    case: str,
    weights: Weights,
    targets: Collection[Target],
    spoken: Collection[tuple[int | None, int | None]],
    partners: Mapping[int, int],
) -> Iterator[Evidence]:
    by_segment: dict[int, list[Target]] = {}
    for target in targets:
        if "condition" not in target.qualifiers:
            by_segment.setdefault(side.segment_at(target.start), []).append(target)
    told = {
        k
        for a, b in spoken
        if a is not None and b is not None
        for k in range(side.segment_at(a), side.segment_at(b - 1) + 1)
    }
    substances = _substances(side.passage)
    for at, (segment, found) in enumerate(zip(side.segments, side.found, strict=True)):
        numbers, said = by_segment.get(at, []), at in told
        if not numbers and (said or found >= _ALONE or side.heading(at)):
            continue
        own = _OWN if case == "dropped" and side.passage.place and _own_business(segment) else 1.0
        if numbers:
            if not side.elsewhere(segment):
                yield _number(
                    side, case, weights["target", case] * own * (_LISTED if said else 1.0), numbers[0]
                )
            continue
        substance = substances[at] * (_PRINCIPLE if side.passage.kind == "principle" else 1.0)
        partner = other.segments[partners[at]].substance if at in partners else 0.0
        # 配齐心理健康教师 is not what 加强心理健康教育 commits to, alike as the words are.
        limit = _ABSENT
        if substance >= _CONCRETE and partner < _MATCH * substance:
            limit = _LIKE if at in partners else _ALONE
        if found >= limit or substance < _WORTH or side.elsewhere(segment):
            continue
        weight = weights["commitment", case] * substance * own
        yield _evidence("commitment", case, weight, side, segment.start, segment.end, "")


@of_passage
def _substances(passage: Passage) -> tuple[float, ...]:
    """Return what each segment commits to; nothing if it is but a date, whose segment is judged itself."""
    return tuple(
        segment.substance if beside is None else 0.0 if beside <= 3 else max(segment.substance, _DATED)
        for segment, beside in zip(segments(passage), _beside_a_date(passage), strict=True)
    )


@by_segment
def _beside_a_date(text: str) -> int | None:
    """Return how many characters a dated segment has beside its date; None where there is no date."""
    return min((len(text) - (due.end - due.start) for due in due_dates(text)), default=None)


def _own_business(segment: Segment) -> bool:
    """Tell whether the segment is about the template's own place or level (吴忠中学, 市级, 全市)."""
    return any(w.norm in ("〈地〉", "〈级〉", "〈域〉") or w.norm.startswith("〈校:") for w in segment.words)


def _number(side: Side, case: str, weight: float, target: Target) -> Evidence:
    counted = target.indicator.rstrip("）)")
    if is_absolute(target) and sign_pattern("below", "{}$").search(counted):
        # 示范县2个: a county has no counties to count.
        evidence = _evidence("target", case, 0.0, side, target.start, target.end, target.indicator)
        return replace(evidence, direction="neutral")
    return _evidence("target", case, weight, side, target.start, target.end, target.indicator)


def _evidence(kind: str, case: str, weight: float, side: Side, start: int, end: int, about: str) -> Evidence:
    quote = side.passage.text[start:end]
    if case == "added":
        return Evidence(kind, "sharpen", weight, quote, "", start, end, None, None, case, about)
    return Evidence(kind, "weaken", weight, "", quote, None, None, start, end, case, about)
