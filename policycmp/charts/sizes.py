"""Three sizes a chart can have, and what a caller may set beside its data.

``column`` is one column of a journal (88 mm), ``page`` its full width (180 mm), ``slide`` 16:9.
Width and type are fixed by the size; the height of column and page follows from what the
chart has to show, up to one page.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

__all__ = ["SIZES", "Size", "Style", "size_of"]


@dataclass(frozen=True, slots=True)
class Size:
    """Width in inches, type size in points, smallest type, greatest height; `fixed` height for slides."""

    name: str
    width: float
    type: float
    least: float
    height: float
    fixed: bool = False

    @property
    def margin(self) -> float:
        """White edge around everything, in inches."""
        return self.type * 0.9 / 72


SIZES = {
    size.name: size
    for size in (
        Size("column", 3.46, 6.5, 5.0, 9.2),
        Size("page", 7.09, 8.0, 5.0, 9.4),
        Size("slide", 13.33, 15.0, 9.0, 7.5, fixed=True),
    )
}
"""The sizes a chart can have."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a caller may set in a chart beside its data.

    Parameters
    ----------
    title : str, optional
        Instead of the chart's own title; ``""`` for none (journals want the caption below).
    footnote : bool
        Whether to draw the note on what the comparison can say. Keep it unless the caption says it.
    legend : bool
        Whether to draw the legend.
    rows : int, optional
        Show at most so many targets, deadlines, units or plans; the footnote says how many are left out.
        Charts of clauses always show all.
    width, height : float, optional
        Inches, instead of the size's.
    """

    title: str | None = None
    footnote: bool = True
    legend: bool = True
    rows: int | None = None
    width: float | None = None
    height: float | None = None

    def __post_init__(self) -> None:
        for name in ("rows", "width", "height"):
            value = getattr(self, name)
            if value is not None and value <= 0:
                raise ValueError(f"{name} should be greater than 0. Got {value!r}")

    @classmethod
    def of(cls, given: dict[str, Any]) -> Style:
        """Return the style, or raise TypeError naming what there is."""
        known = [f.name for f in fields(cls)]
        if unknown := sorted(set(given) - set(known)):
            raise TypeError(f"unknown chart option {unknown[0]!r}: there are {', '.join(known)}")
        return cls(**given)


def size_of(name: str) -> Size:
    """Return the size called `name`, or raise ValueError naming those there are."""
    if name not in SIZES:
        raise ValueError(f"size should be one of {tuple(SIZES)}. Got {name!r}")
    return SIZES[name]
