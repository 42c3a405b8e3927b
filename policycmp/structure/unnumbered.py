"""Texts without numbers: letters, approvals, short notices, news of a plan.

The body begins after the salutation (各乡镇人民政府：) and a preamble that ends in 如下, or with
the first paragraph of prose. Every paragraph of prose is a clause, every short line without
punctuation a heading.
"""

from __future__ import annotations

import re

from policycmp.structure.building import Builder
from policycmp.structure.endings import close
from policycmp.structure.sections import heading_end
from policycmp.text import Span

__all__ = ["read_unnumbered"]

_ADDRESS = re.compile(r"[^。;!?]{2,200}:")


def read_unnumbered(build: Builder) -> Span:
    """Turn the paragraphs of a text without numbers into clauses; return the header's span."""
    folded, layout = build.folded, build.layout
    paragraphs = layout.paragraphs
    flowing = [b - a > 10 and ("。" in folded[a:b] or "," in folded[a:b]) for a, b in paragraphs]
    first = next(
        (
            at + 1
            for at, (a, b) in enumerate(paragraphs[:-1])
            if flowing[at + 1] and b - a > 4 and _ADDRESS.fullmatch(folded, a, b)
        ),
        next(
            (at for at, words in enumerate(flowing) if words and folded[paragraphs[at][1] - 1] in "。;:"),
            len(paragraphs),
        ),
    )
    while first < len(paragraphs) - 1 and re.match(
        "如下[:。]", folded[paragraphs[first][1] - 3 : paragraphs[first][1]]
    ):
        first += 1  # the preamble: …现将有关事项通知如下：
    if first >= len(paragraphs):
        return (0, len(build.text))
    start = paragraphs[first][0]
    parts = close(folded, layout, build.source.endings, start, len(folded), last=True)
    stop = parts[0].start if parts else len(folded)
    for a, b in layout.within(start, stop):
        if folded[b - 1] in "。;:!?)”" or "。" in folded[a:b]:
            cut = heading_end(folded, a, b, b, section=False)
            build.add_clause(None, (), (a, b), "task" if cut > a else "other", cut)
        else:
            build.headings.append((a, b))
    build.add_parts(parts)
    return (0, start)
