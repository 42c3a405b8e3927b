"""The objects a plan is made of: small, frozen, with their place in the source.

Everything carries ``start`` and ``end`` into ``plan.text``; ``pieces`` say which parts of
that span make ``text`` (see `policycmp.text`). Text fields are ``str`` or None, tuples are
empty rather than None. DataFrames are made from these objects, never the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass

from policycmp.text import Span

__all__ = ["Citation", "Clause", "Duty", "Measure", "Omission", "Remark", "Source", "Target"]


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest numbered task with its own text, or an unnumbered goal or closing paragraph."""

    clause_id: str
    number: str | None
    path: tuple[str, ...]
    """Numbers with headings of the sections above, outermost first: ``("二、重点任务", "(一)…")``."""
    heading: str | None
    text: str
    """Heading and body, hard-wrapped lines joined; number and responsibility bracket left out."""
    kind: str
    """goal, task, step, safeguard, principle, article, row or other."""
    lead: tuple[str, ...]
    cooperating: tuple[str, ...]
    deadline: str | None
    start: int
    end: int
    pieces: tuple[Span, ...]
    body: int = 0
    """Where the body begins in ``text`` (after the heading and its full stop)."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One sentence of a clause's body."""

    measure_id: str
    clause_id: str
    text: str
    start: int
    end: int
    pieces: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A quantity or date in a plan, understood; `is_target` says whether it is a commitment."""

    target_id: str
    clause_id: str | None
    measure_id: str | None
    indicator: str
    value_low: float | None
    value_high: float | None
    unit: str
    comparator: str
    kind: str
    per: str | None
    level: str | None
    deadline: str | None
    is_target: bool
    qualifiers: tuple[str, ...]
    snippet: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Duty:
    """What one department has to do by the plan's list of duties (成员单位职责)."""

    unit: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A document the plan names."""

    title: str | None
    number: str | None
    basis: bool
    """Named as the basis of the plan (根据, 贯彻落实, 按照 … in the preamble)."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the document a reader should know: damage, a second date, a contradiction."""

    kind: str
    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Omission:
    """Text inside a row's span that its ``text`` leaves out, and why."""

    start: int
    end: int
    reason: str
    """number, responsibility, deadline, page, cell, running_head …"""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a plan's text came from."""

    path: str | None
    format: str
    encoding: str | None
    sha256: str
