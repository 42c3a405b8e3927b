"""A target while it is being read: offsets into the folded text, fields filled in turn."""

from __future__ import annotations

from dataclasses import dataclass, field

from policycmp.targets.deadlines import When

__all__ = ["Mention"]


@dataclass(slots=True)
class Mention:
    """One number or date of a text on its way to becoming a Target."""

    at: int
    """Where the number itself stands; what dates and hedges are looked up by."""
    start: int
    end: int
    indicator: str
    low: float | None
    high: float | None
    unit: str
    comparator: str
    kind: str
    segment: int = 0
    per: str | None = None
    level: str | None = None
    is_target: bool = True
    action: str = ""
    right: int = 0
    """Where the number, its unit and its comparator end."""
    date: When | None = None
    """The date of its own a list gives it (到2025年、2030年分别达到20%、25%)."""
    qualifiers: list[str] = field(default_factory=list)
