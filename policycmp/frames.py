"""Matches as tidy DataFrames: always the same columns, empty where nothing was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from policycmp.labels import label

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.language.passage import Passage
    from policycmp.matching import Match, Matching

__all__ = ["candidates_frame", "clauses_frame", "evidence_frame", "measures_frame", "typed_frame"]

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
}
_CANDIDATES = {
    "local_id": "object",
    "template_id": "object",
    "rank": "int64",
    "score": "float64",
    "tfidf": "float64",
    "fuzzy": "float64",
}


def typed_frame(rows: Iterable[Sequence[Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Return rows as a frame with columns of the given types, None where a value is missing."""
    import pandas as pd

    # Column by column: a frame of objects converted afterwards takes several times as long.
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pd.DataFrame(
        {
            name: pd.Series(_array(column, kind), dtype=kind)
            for (name, kind), column in zip(columns.items(), values, strict=True)
        }
    )


def _array(values: Sequence[Any], kind: str) -> Any:
    import numpy as np
    import pandas as pd

    if kind == "Int64":
        missing = np.fromiter((v is None for v in values), dtype=bool, count=len(values))
        whole = np.fromiter((0 if v is None else v for v in values), dtype=np.int64, count=len(values))
        return pd.arrays.IntegerArray(whole, missing)
    if kind == "object":
        out = np.empty(len(values), dtype=object)
        out[:] = values
        return out
    return np.array(values, dtype=kind)


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


def clauses_frame(matches: Iterable[Match[Any]], *, neutral: bool = False) -> pd.DataFrame:
    """Return one row for each match of clauses (columns as documented in `Comparison.clauses`)."""
    return typed_frame(
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


def measures_frame(matches: Iterable[Match[Any]], *, neutral: bool = False) -> pd.DataFrame:
    """Return one row for each match of sentences (columns as documented in `Comparison.measures`)."""
    return typed_frame(
        ((*_shared(m, *_ids(m, "measure_id"), neutral), *_ids(m, "clause_id"), *_spans(m)) for m in matches),
        _MEASURES,
    )


def _quoted(passage: Passage, start: int | None, end: int | None) -> Sequence[int | None]:
    return (None, None) if start is None or end is None else passage.span(start, end)


def evidence_frame(
    clauses: Matching[Any], measures: Matching[Any] | None, *, neutral: bool = False
) -> pd.DataFrame:
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
                    )

    return typed_frame(rows(), _EVIDENCE)


def candidates_frame(matching: Matching[Any], name: str = "clause_id") -> pd.DataFrame:
    """Return the runners-up: template units that were considered for a local unit and not chosen."""
    by_local = {m.link.local: m.local for m in matching.matches if m.local is not None}
    by_template = {m.link.template: m.template for m in matching.matches if m.template is not None}
    return typed_frame(
        (
            (
                getattr(by_local[c.local], name),
                getattr(by_template[c.template], name),
                *(c.rank, c.score, c.tfidf, c.fuzzy),
            )
            for c in matching.alignment.candidates
        ),
        _CANDIDATES,
    )
