"""The two sides of a redline, each a text of its own with its changes marked.

A redline is one list of blocks in the order of the local text. Side by side each plan is read
in its own order: the template with what was struck out, the local text with what was put in,
and moved passages numbered so that the eye finds both ends. Headings are cut from bodies, and
numbers are set apart, since they are what a reader looks for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policycmp.redlines import Redline

__all__ = ["Run", "Side", "sides_of", "split_numbers"]

_NUMBER = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?[%％‰]?")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one side of a redline: op is equal, insert, delete or move."""

    op: str
    parts: tuple[tuple[str, bool], ...]
    number: int | None = None
    """Which move it is, the same on both sides."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a redline, the clause's heading apart from its body."""

    heading: tuple[Run, ...] = ()
    body: tuple[Run, ...] = ()


def sides_of(lines: Redline, *, local_body: int, template_body: int) -> dict[str, Side]:
    """Return the sides "template" and "local" of a redline, cut where their bodies begin.

    Examples
    --------
    >>> from policycmp import redline
    >>> sides = sides_of(redline("每年检查一次。", "每季度检查一次。"), local_body=0, template_body=0)
    >>> [(run.op, run.parts[0][0]) for run in sides["template"].body]
    [('delete', '每季度'), ('equal', '检查一次。')]
    """
    moves = {id(b): n for n, b in enumerate((b for b in lines.blocks if b.op == "move"), 1)}
    return {
        "template": _side(lines, "template", "delete", template_body, moves),
        "local": _side(lines, "local", "insert", local_body, moves),
    }


def split_numbers(text: str) -> tuple[tuple[str, bool], ...]:
    """Return `text` cut into (piece, is it a number) so that numbers can be set apart.

    Examples
    --------
    >>> split_numbers("达到95%以上")
    (('达到', False), ('95%', True), ('以上', False))
    """
    out, at = [], 0
    for match in _NUMBER.finditer(text):
        out += [(text[at : match.start()], False), (match[0], True)]
        at = match.end()
    return tuple(piece for piece in [*out, (text[at:], False)] if piece[0])


def _side(lines: Redline, side: str, changed: str, body: int, moves: Mapping[int, int]) -> Side:
    """Return the runs of one side in its own order, cut where the body begins."""
    heading: list[Run] = []
    rest: list[Run] = []
    for block in sorted(lines.blocks, key=lambda b: (getattr(b, f"{side}_start"), getattr(b, f"{side}_end"))):
        text, start = getattr(block, f"{side}_text"), getattr(block, f"{side}_start")
        op = block.op if block.op in ("equal", "move") else changed
        cut = min(max(body - start, 0), len(text))
        for runs, part in ((heading, text[:cut]), (rest, text[cut:])):
            if part:
                runs.append(Run(op, split_numbers(part), moves.get(id(block))))
    return Side(tuple(heading), tuple(rest))
