"""Measures: the sentences of a clause's body.

A body is split after 。！？ (with closing quotation marks and brackets) and after a
semicolon when what follows stands alone. Headings and brackets of responsibility are no
measures; each measure keeps the pieces of source text it is made of.
"""

from __future__ import annotations

import re

from policycmp.model import Clause, Measure
from policycmp.text import clip, source_span

__all__ = ["measures_of", "sentence_spans"]

_END = re.compile(r"[。！？!?；;]+[”’』」）)\]]*|\n+")


def sentence_spans(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Return the spans of the sentences of ``text[start:]``, trimmed."""
    spans = []
    at = start
    for match in (*_END.finditer(text, start), None):
        end = match.end() if match else len(text)
        while at < end and text[at].isspace():
            at += 1
        stop = end
        while stop > at and text[stop - 1].isspace():
            stop -= 1
        if at < stop:
            spans.append((at, stop))
        at = end
    return spans


def measures_of(clause: Clause) -> list[Measure]:
    """Return the measures of a clause."""
    out: list[Measure] = []
    for start, end in sentence_spans(clause.text, clause.body):
        a, b = source_span(clause.pieces, start, end)
        name = f"{clause.clause_id}.m{len(out) + 1:02d}"
        out.append(
            Measure(name, clause.clause_id, clause.text[start:end], a, b, clip(clause.pieces, start, end))
        )
    return out
