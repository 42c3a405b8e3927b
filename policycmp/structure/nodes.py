"""The numbering marks of a text with the part of the text each of them opens."""

from __future__ import annotations

from dataclasses import dataclass

from policycmp.structure.building import Prepared
from policycmp.structure.numbering import Mark
from policycmp.text import trim

__all__ = ["Node", "nodes_of"]


@dataclass(frozen=True, slots=True)
class Node:
    """A mark with its part of the text."""

    mark: Mark
    start: int
    end: int
    text: int
    """Where the text after the number begins."""
    parent: bool
    closes: bool
    """No part of the same document follows."""


def nodes_of(source: Prepared, end: int) -> list[Node]:
    """Return a node for every mark, in order; the last one reaches to `end`."""
    marks = source.marks
    out = []
    for at, mark in enumerate(marks):
        following = marks[at + 1] if at + 1 < len(marks) else None
        start, stop = source.visible(mark.start, following.start if following else end)
        fresh = following is None or (
            following.depth == 0
            and (following.value <= 1 or source.endings.annex_between(mark.start, following.start))
        )
        parent = following is not None and following.depth > mark.depth
        out.append(Node(mark, start, stop, trim(source.folded, mark.end, stop)[0], parent, fresh))
    return out
