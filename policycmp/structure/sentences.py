"""Measures: the sentences of a clause's body.

A body is split after 。！？ (with closing quotation marks and brackets) and after a
semicolon when what follows stands alone. Headings and brackets of responsibility are no
measures; each measure keeps the pieces of source text it is made of.
"""

from __future__ import annotations

import re

from policycmp.model import Clause, Measure
from policycmp.text import Span

__all__ = ["measures_of", "sentence_spans"]

_SENTENCE = re.compile(r"[^\s][^。！？!?；;\n]*(?:[。！？!?；;]+[”’』」）)\]]*)?")


def sentence_spans(text: str, start: int = 0) -> list[Span]:
    """Return the spans of the sentences of ``text[start:]``, without white space at their ends.

    Examples
    --------
    >>> text = "新建学校2所；改善条件。加强“一校一策。”"
    >>> [text[a:b] for a, b in sentence_spans(text)]
    ['新建学校2所；', '改善条件。', '加强“一校一策。”']
    """
    spans = []
    for match in _SENTENCE.finditer(text, start):
        a, b = match.span()
        while text[b - 1].isspace():
            b -= 1
        spans.append((a, b))
    return spans


def measures_of(clause: Clause) -> list[Measure]:
    """Return the measures of a clause."""
    out: list[Measure] = []
    name, text, pieces = clause.clause_id, clause.text, clause.pieces
    if len(pieces) == 1:
        shift = pieces[0][0]
        for count, (start, end) in enumerate(sentence_spans(text, clause.body), 1):
            span = (start + shift, end + shift)
            out.append(Measure(f"{name}.m{count:02d}", name, text[start:end], *span, (span,)))
        return out
    if not pieces:
        return out
    at = offset = 0  # the piece the next sentence begins in, and where that piece begins in the clause's text
    size = pieces[0][1] - pieces[0][0]
    for count, (start, end) in enumerate(sentence_spans(text, clause.body), 1):
        while offset + size <= start:
            offset += size
            at += 1
            size = pieces[at][1] - pieces[at][0]
        own: list[Span] = []
        here, below = at, offset
        while below < end:
            a, b = pieces[here]
            own.append(
                (a + start - below if start > below else a, a + end - below if a + end - below < b else b)
            )
            below += b - a
            here += 1
        out.append(Measure(f"{name}.m{count:02d}", name, text[start:end], own[0][0], own[-1][1], tuple(own)))
    return out
