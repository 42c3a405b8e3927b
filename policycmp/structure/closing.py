"""Where a plan's last part ends: the unnumbered paragraphs that close the whole plan.

本方案自发布之日起施行 or 各地区、各部门要… stands below the last numbered part without a number of
its own. It is no text of that part if it is formal, or calls on all to act after parts that
have one paragraph each, and does not go on about its part's heading.
"""

from __future__ import annotations

import re
from functools import cache, partial
from itertools import pairwise

from policycmp.structure.building import Prepared
from policycmp.structure.nodes import Node
from policycmp.tables import words_of
from policycmp.text import squeeze

__all__ = ["closing_start"]

_words = partial(words_of, "ending_words")


@cache
def _formal(*, inline: bool) -> re.Pattern[str]:
    """Return what begins a formal close; after a heading within a line, whom it is addressed to will do."""
    return re.compile(f"{_words('formal')}|{_words('addressed')}" if inline else _words("formal"))


@cache
def _called_on() -> re.Pattern[str]:
    return re.compile(rf"各(?:{_words('called_on')})[^,。;:!]{{0,30}}?(?:要|应|须)(?!求|点|闻)")


def closing_start(source: Prepared, nodes: list[Node], at: int, heading: int, end: int) -> int:
    """Return where unnumbered closing paragraphs begin in the last part of a document, `end` if there are none."""
    node = nodes[at]
    own = source.layout.within(max(heading, node.text + 1), end)
    if heading < end and (not own or own[0][0] > heading):
        own = ((heading, source.layout.paragraph(heading)[1]), *own)
    if len(own) < 2 or source.folded[own[-1][1] - 1] not in "。;:!":
        return end  # one paragraph, or a caption at the end
    peers = [
        len(source.layout.within(other.text + 1, other.end)) + 1
        for other in nodes[max(at - 40, 0) : at]
        if other.mark.kind == node.mark.kind and not other.parent
    ]
    mine = len(source.layout.within(node.text + 1, end)) + 1
    inline = heading == node.text or source.layout.paragraph(node.text)[1] > heading
    if peers and max(peers) == 1:
        return own[len(own) - mine + 1][0] if len(own) >= mine else own[1][0]
    closing = end
    alone = not inline and _one_paragraph_each(source, nodes, at)
    for a, b in reversed(own[1:]):
        formal = _formal(inline=inline).match(source.folded, a, b)
        after = alone and source.folded[heading:a].strip()
        if not formal and not (after and _calls_on_all(source.folded, node.text, heading, a, b)):
            break
        closing = a
    return closing


def _one_paragraph_each(source: Prepared, nodes: list[Node], at: int) -> bool:
    """Say whether the parts before one in its section have, below a heading line, one paragraph each."""
    node = nodes[at]
    found = False
    for other in reversed(nodes[max(at - 40, 0) : at]):
        if other.mark.depth < node.mark.depth:
            break
        if other.mark.depth > node.mark.depth or other.parent:
            continue
        if len(source.layout.within(other.text + 1, other.end)) != 1:
            return False
        found = True
    return found


def _calls_on_all(folded: str, text: int, heading: int, start: int, end: int) -> bool:
    """Say whether a paragraph calls on all to act (各地方要…) and does not go on about its part's heading."""
    call = _called_on().match(folded, start, end)
    if call is None:
        return False
    said = folded[call.end() : min(call.end() + 16, end)]
    words = squeeze(folded[text:heading])[2:].rstrip("。:")
    return not any(two in said for two in map("".join, pairwise(words)))
