"""Redrawing clauses by hand: the same building rules, with the cuts a person chose.

A clause whose span is left as it was keeps its text; where a user moves a cut, number,
heading, units and text are read from the new span as they would have been. What the user
gives besides (a heading, a kind, units) wins.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from policycmp.model import Clause
from policycmp.structure.building import Builder, Prepared
from policycmp.structure.mark_shapes import number_at
from policycmp.structure.outline import Outline, finish
from policycmp.structure.sections import heading_end, kind_of
from policycmp.text import Span, fold, squeeze, trim

__all__ = ["redraw"]

Row = Clause | Mapping[str, Any]


def _given(row: Row, name: str) -> Any:
    value = getattr(row, name, None) if isinstance(row, Clause) else row.get(name)
    return None if value is None or value != value else value


def _span(row: Row, folded: str) -> Span:
    start, end = _given(row, "start"), _given(row, "end")
    if start is None or end is None or not 0 <= start < end <= len(folded):
        raise ValueError(
            f"a clause should have 0 <= start < end <= {len(folded)}. Got start={start!r}, end={end!r}"
        )
    span = trim(folded, int(start), int(end))
    if span[0] == span[1]:
        raise ValueError(f"a clause should hold visible text. Got only white space in {start}:{end}")
    return span


def _after_heading(words: str, heading: str) -> int:
    """Return where the text after a heading begins in `words`, 0 if they do not begin with it."""
    at = 0
    for char in squeeze(heading):
        while at < len(words) and words[at].isspace():
            at += 1
        if at == len(words) or words[at] != char:
            return 0
        at += 1
    while at < len(words) and (words[at] in "。：:!？?！；;，," or words[at].isspace()):
        at += 1
    return at if at < len(words) else 0


def _drawn(build: Builder, row: Row, span: Span) -> Clause:
    """Return the clause of a new span."""
    folded = build.folded
    begin, stop = span
    number = number_at(folded, begin, stop)
    first = trim(folded, number[1] if number else begin, stop)[0]
    cut = heading_end(folded, first, build.layout.paragraph(first)[1], stop, section=False)
    own = kind_of(squeeze(folded[first:cut]).rstrip("。:"))
    build.add_clause(number, tuple(_given(row, "path") or ()), span, own or "task", cut)
    return build.clauses.pop()


def _told(clause: Clause, row: Row) -> Clause:
    """Return the clause with what the user says about it."""
    number, kind, deadline = (_given(row, name) for name in ("number", "kind", "deadline"))
    lead, helpers, path, heading = (_given(row, name) for name in ("lead", "cooperating", "path", "heading"))
    clause = replace(
        clause,
        number=clause.number if number is None else number,
        kind=kind or clause.kind,
        deadline=clause.deadline if deadline is None else deadline,
        lead=clause.lead if lead is None else tuple(lead),
        cooperating=clause.cooperating if helpers is None else tuple(helpers),
        path=clause.path if path is None else tuple(path),
    )
    if heading is None or heading == clause.heading:
        return clause
    return replace(clause, heading=heading or None, body=_after_heading(fold(clause.text), fold(heading)))


def _meets(spans: list[Span], start: int, end: int) -> bool:
    """Say whether a stretch meets one of `spans`, which are sorted and do not overlap."""
    at = bisect_right(spans, start, key=lambda span: span[0]) - 1
    return (at >= 0 and spans[at][1] > start) or (at + 1 < len(spans) and spans[at + 1][0] < end)


def redraw(outline: Outline, text: str, rows: Iterable[Row]) -> Outline:
    """Return the outline of a text whose clauses are `rows`, all else as in `outline`.

    Raises
    ------
    ValueError
        If a clause lies outside the text, is empty or overlaps another.
    """
    build = Builder(Prepared(text))
    known = {(clause.start, clause.end): clause for clause in outline.clauses}
    drawn = sorted(((_span(row, build.folded), row) for row in rows), key=lambda one: one[0])
    for ((_, stop), _), ((begin, _), _) in pairwise(drawn):
        if begin < stop:
            raise ValueError(
                f"clauses should not overlap. Got one that begins at {begin}, before the end of another at {stop}"
            )
    gap_starts = [gap.start for gap in outline.omitted]
    for span, row in drawn:
        old = known.get(span)
        if old is not None:
            own = outline.omitted[bisect_left(gap_starts, span[0]) : bisect_left(gap_starts, span[1])]
            build.omitted += [gap for gap in own if gap.end <= span[1]]
        clause = _told(old if old is not None else _drawn(build, row, span), row)
        build.clauses.append(replace(clause, clause_id=f"c{len(build.clauses) + 1:03d}"))
    taken = [span for span, _ in drawn]
    before = sorted(known)
    build.headings += [span for span in outline.headings if not _meets(taken, *span)]
    build.duties += [duty for duty in outline.duties if not _meets(taken, duty.start, duty.end)]
    # What a dropped clause left out is no longer left out of anything: it is left over with the rest of it.
    build.omitted += [
        gap
        for gap in outline.omitted
        if not _meets(taken, gap.start, gap.end) and not _meets(before, gap.start, gap.end)
    ]
    build.leftover += [span for span in outline.leftover if not _meets(taken, *span)]
    build.remarks += outline.remarks
    first = min([begin for begin, _ in taken], default=len(text))
    return finish(build, (outline.header[0], min(outline.header[1], first)))
