"""Matches as tidy tables: always the same columns, empty where nothing was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from policycmp.columns import Table
from policycmp.labels import RELATIONS, label
from policycmp.target_pairs.pairs import pairs_table

if TYPE_CHECKING:
    from policycmp.comparison import Comparison
    from policycmp.language.passage import Passage
    from policycmp.matching import Match, Matching

__all__ = ["empty_table", "result_table"]

# Text columns are plain objects with None: pandas 2 and 3 then show and compare them alike.
_SHARED = {
    "local_id": "object",
    "template_id": "object",
    "rank": "int64",
    "score": "float64",
    "tfidf": "float64",
    "fuzzy": "float64",
    "copied": "float64",
    "relation": "object",
    "evidence": "object",
    "confidence": "float64",
    "in_scope": "bool",
    "decided_by": "object",
}
_SPANS = {
    "local_start": "Int64",
    "local_end": "Int64",
    "template_start": "Int64",
    "template_end": "Int64",
}
_CLAUSES = {**_SHARED, "local_heading": "object", "template_heading": "object", **_SPANS}
_MEASURES = {**_SHARED, "local_clause_id": "object", "template_clause_id": "object", **_SPANS}
_EVIDENCE = {
    "local_id": "object",
    "template_id": "object",
    "unit": "object",
    "kind": "object",
    "direction": "object",
    "weight": "float64",
    "local_quote": "object",
    "template_quote": "object",
    **_SPANS,
    "text": "object",
    "text_en": "object",
}
_CANDIDATES = {
    "local_id": "object",
    "template_id": "object",
    "rank": "int64",
    "score": "float64",
    "tfidf": "float64",
    "fuzzy": "float64",
}
_SUMMARY = {
    "unit": "object",
    "relation": "object",
    "count": "int64",
    "of": "int64",
    "share": "float64",
    "out_of_scope": "int64",
}


_COLUMNS = {
    "clauses": _CLAUSES,
    "measures": _MEASURES,
    "targets": pairs_table(()).columns,
    "evidence": _EVIDENCE,
    "candidates": _CANDIDATES,
    "summary": _SUMMARY,
}


def empty_table(name: str) -> Table:
    """Return a table of results without rows."""
    return Table.of((), _COLUMNS[name])


def result_table(comparison: Comparison, name: str) -> Table:
    """Return one table of results.

    Parameters
    ----------
    comparison : Comparison
    name : {"clauses", "measures", "targets", "evidence", "candidates", "summary"}
    """
    clauses, measures, neutral = comparison.clause_matching, comparison.measure_matching, comparison.neutral
    match name:
        case "clauses":
            return _clauses(clauses.matches, neutral)
        case "measures":
            return _measures(measures.matches if measures else (), neutral)
        case "targets":
            return pairs_table(comparison.target_pairs)
        case "evidence":
            return _evidence(clauses, measures, neutral)
        case "candidates":
            return _candidates(clauses)
        case "summary":
            return _summary(clauses, measures)
    raise ValueError(f"name should be one of {tuple(_COLUMNS)}. Got {name!r}")


def _shared(
    match: Match[Any], local_id: str | None, template_id: str | None, neutral: bool
) -> tuple[Any, ...]:
    relation, link = match.relation, match.link
    text = "；".join(e.line("zh", neutral=neutral) for e in relation.evidence) if relation else ""
    if match.partly_at:
        text = label("partly_at", "zh").format(clauses="、".join(match.partly_at))
    copied = relation.copied if relation else (0.0 if match.local is not None else None)
    return (
        *(local_id, template_id, link.rank, link.score, link.tfidf, link.fuzzy),
        *(copied, match.label, text, link.confidence, match.in_scope, match.decided_by),
    )


def _spans(match: Match[Any]) -> tuple[int | None, ...]:
    return tuple(
        getattr(side, name) if side is not None else None
        for side in (match.local, match.template)
        for name in ("start", "end")
    )


def _ids(match: Match[Any], name: str) -> tuple[str | None, str | None]:
    local, template = match.local, match.template
    return (getattr(local, name) if local else None, getattr(template, name) if template else None)


def _clauses(matches: Iterable[Match[Any]], neutral: bool) -> Table:
    """Return one row for each match of clauses (columns as documented in `Comparison.clauses`)."""
    return Table.of(
        (
            (
                *_shared(m, *_ids(m, "clause_id"), neutral),
                *(s.heading if s else None for s in (m.local, m.template)),
                *_spans(m),
            )
            for m in matches
        ),
        _CLAUSES,
    )


def _measures(matches: Iterable[Match[Any]], neutral: bool) -> Table:
    """Return one row for each match of sentences (columns as documented in `Comparison.measures`)."""
    return Table.of(
        ((*_shared(m, *_ids(m, "measure_id"), neutral), *_ids(m, "clause_id"), *_spans(m)) for m in matches),
        _MEASURES,
    )


def _quoted(passage: Passage, start: int | None, end: int | None) -> Sequence[int | None]:
    return (None, None) if start is None or end is None else passage.span(start, end)


def _evidence(clauses: Matching[Any], measures: Matching[Any] | None, neutral: bool) -> Table:
    """Return one row for each piece of evidence, offsets into the plans' texts."""

    def rows() -> Iterable[tuple[Any, ...]]:
        for unit, name, matching in (("clause", "clause_id", clauses), ("measure", "measure_id", measures)):
            for match in matching.matches if matching else ():
                if match.relation is None or match.link.local is None or match.link.template is None:
                    continue
                here, there = matching.local[match.link.local], matching.template[match.link.template]  # type: ignore[union-attr]
                for e in match.relation.evidence:
                    yield (
                        *_ids(match, name),
                        *(unit, e.kind, e.direction, e.weight, e.local_quote, e.template_quote),
                        *_quoted(here, e.local_start, e.local_end),
                        *_quoted(there, e.template_start, e.template_end),
                        e.line("zh", neutral=neutral),
                        e.line("en", neutral=neutral),
                    )

    return Table.of(rows(), _EVIDENCE)


def _candidates(matching: Matching[Any]) -> Table:
    """Return the runners-up: template units that were considered for a local unit and not chosen."""
    by_local = {m.link.local: m.local for m in matching.matches if m.local is not None}
    by_template = {m.link.template: m.template for m in matching.matches if m.template is not None}
    return Table.of(
        (
            (
                by_local[c.local].clause_id,
                by_template[c.template].clause_id,
                *(c.rank, c.score, c.tfidf, c.fuzzy),
            )
            for c in matching.alignment.candidates
        ),
        _CANDIDATES,
    )


def _summary(clauses: Matching[Any], measures: Matching[Any] | None) -> Table:
    """Return counts and shares of the relations (columns as documented in `Comparison.summary`)."""
    rows = []
    for unit, matching in (("clause", clauses), ("measure", measures)):
        if matching is None:
            continue
        first = [m for m in matching.matches if m.link.rank == 1]
        counts = Counter(m.label for m in first if m.in_scope)
        outside = sum(m.label == "dropped" and not m.in_scope for m in first)
        for relation in RELATIONS:
            count = counts[relation]
            whole = len(matching.template) - outside if relation == "dropped" else len(matching.local)
            out = outside if relation == "dropped" else 0
            rows.append((unit, relation, count, whole, count / whole if whole else float("nan"), out))
    return Table.of(rows, _SUMMARY)
