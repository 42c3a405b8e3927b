"""Cell text: the one way a table is written as text, whatever file it came from.

Each row is, for every cell, a line break, a tab and the cell; a cell's own lines are plain
line breaks. An empty line stands between rows and after the table, so that the text below
is no further line of the last cell. A merged cell keeps its text in its first place and is
empty below and right of it, so every row has the same number of cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Grid", "cell_text"]


def cell_text(rows: Sequence[Sequence[str]]) -> str:
    r"""Return a table as cell text.

    Examples
    --------
    >>> cell_text([["具体内容", "牵头单位"], ["1.加强家校协作。", "教体局\n妇联"]])
    '\n\t具体内容\n\t牵头单位\n\n\t1.加强家校协作。\n\t教体局\n妇联\n\n'
    """
    return "\n".join("".join(f"\n\t{_clean(cell)}" for cell in row) for row in rows) + "\n\n"


def _clean(cell: str) -> str:
    # A tab or an empty line inside a cell would look like another cell or row.
    return re.sub(r"\n\s*\n+", "\n", cell.replace("\t", " ")).strip("\n ")


@dataclass(slots=True)
class Grid:
    """A table being filled with cells that may span rows and columns.

    Examples
    --------
    >>> grid = Grid(limit=100)
    >>> grid.put(0, "一、实施", rows=2)
    >>> grid.put(0, "1.强化")
    >>> grid.put(1, "2.提高")
    >>> grid.rows()
    [['一、实施', '1.强化'], ['', '2.提高']]
    """

    limit: int
    _cells: dict[tuple[int, int], str] | None = None
    _width: int = 0
    _height: int = 0

    def put(self, row: int, text: str, *, rows: int = 1, columns: int = 1) -> None:
        """Add the next cell of `row`; it takes the first free places of that row."""
        if self._cells is None:
            self._cells = {}
        cells = self._cells
        column = 0
        while (row, column) in cells:
            column += 1
        rows, columns = max(1, rows), max(1, columns)
        if len(cells) + rows * columns > self.limit:
            raise OverflowError("a table with more cells than the limit")
        for r in range(row, row + rows):
            for c in range(column, column + columns):
                cells[r, c] = text if (r, c) == (row, column) else cells.get((r, c), "")
        self._width = max(self._width, column + columns)
        self._height = max(self._height, row + 1)

    def rows(self) -> list[list[str]]:
        """Return the rows, all of one length; rows that only spans reach are left out."""
        cells = self._cells or {}
        return [[cells.get((r, c), "") for c in range(self._width)] for r in range(self._height)]
