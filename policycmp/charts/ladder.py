"""Clauses one below the other, with a gap between sections: the axis several charts share."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from policycmp.charts.canvas import Canvas
from policycmp.charts.pairs import Row
from policycmp.charts.palette import colour
from policycmp.fonts import text_width

__all__ = ["Ladder", "ladder", "name_rungs", "pitch"]

_GAP = 0.55
"""Space between sections, in rows."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Where each clause stands; `height` in rows, the first clause in the middle of the first row."""

    clauses: Sequence[Row]
    at: Mapping[str, float]
    height: float


def ladder(clauses: Sequence[Row], height: float | None = None) -> Ladder:
    """Return the places of `clauses`, stretched to `height` if given.

    Examples
    --------
    >>> ladder([Row("a", "1.", "甲", ("一、",), "task"), Row("b", "2.", "乙", ("二、",), "task")]).at
    {'a': 0.5, 'b': 2.05}
    """
    at, y = [], 0.0
    for n in range(len(clauses)):
        y += _GAP if n and clauses[n].section != clauses[n - 1].section else 0.0
        at.append(y + 0.5)
        y += 1.0
    scale = height / y if height and y else 1.0
    return Ladder(clauses, {row.clause_id: p * scale for row, p in zip(clauses, at, strict=True)}, y * scale)


def pitch(sheet: Canvas, steps: Ladder, reserve: float = 0.0) -> tuple[float, int]:
    """Return the type size for clause names, and every how many clauses one is written; see `Canvas.rows`."""
    return sheet.rows(steps.height, reserve=reserve, leading=1.28)


def name_rungs(
    sheet: Canvas, steps: Ladder, share: float, *, quiet: Collection[str] = (), reserve: float = 0.0
) -> tuple[float, int, float]:
    """Name the clauses along the y axis; `quiet` ones in grey. Returns what `pitch` does, and the names' width."""
    size, every = pitch(sheet, steps, reserve)
    named = steps.clauses[::every]
    names = [sheet.fit(row.heading, share, keep=row.keep, size=size) for row in named]
    sheet.ax.set_yticks([steps.at[row.clause_id] for row in named], names)
    for tick, row in zip(sheet.ax.get_yticklabels(), named, strict=True):
        tick.set_fontsize(size)
        tick.set_color(colour("muted" if row.clause_id in quiet else "ink"))
    return size, every, max((text_width(name, size) for name in names), default=0.0)
