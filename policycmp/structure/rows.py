"""Tables of responsibilities: one clause a row.

A table reaches us as *cell text*: every cell on a line of its own after a tab, a cell's
further lines below it without one, an empty line between rows. Columns are known by the
words of the heading row (牵头单位, 完成时限 …, ``tables/table_columns.csv``); where one of its
cells was merged over several columns it is shorter than the rows, and names are counted
from the right. A merged cell is empty below its first; so a column of text with empty
cells groups the rows, and what is left of the text columns is the row's own task. Tables
without a column of units or tasks (indicators, tariffs) are not clauses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from policycmp.model import Clause, Omission
from policycmp.structure.layout import pieces_of
from policycmp.structure.responsibility import deadline_of
from policycmp.tables import read_table
from policycmp.targets.unit_names import units_in_cell
from policycmp.text import Span, join, squeeze, trim

__all__ = ["Table", "find_tables", "read_rows"]

_HEAD = re.compile("牵头|主办|第一责任")
_NUMBER = re.compile(
    r"(?:\d{1,3} ?[.、)](?!\d)|\( ?[\d一二三四五六七八九十]{1,3} ?\)|[一二三四五六七八九十]{1,3}、|[①-⑳]) *"
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table in cell text."""

    start: int
    end: int
    rows: tuple[tuple[Span, ...], ...]
    """Trimmed spans of the cells of each row; empty cells are empty spans."""
    columns: tuple[str, ...]
    """What each column holds; empty if the table is not about tasks."""
    head: int
    """How many rows are heading."""


@cache
def _columns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["column"], re.compile(row["words"])) for row in read_table("table_columns"))


def _column(name: str) -> str:
    plain = squeeze(name)
    if not plain or len(plain) > 14:
        return ""
    return next((column for column, words in _columns() if words.search(plain)), "")


def _blocks(text: str) -> Iterator[tuple[int, int, list[Span]]]:
    """Yield the blocks of lines that begin with a cell: start, end, cells."""
    block: list[Span] = []
    start = at = 0
    for line in text.splitlines(keepends=True):
        end = at + len(line)
        if line[0] == "\t":
            if not block:
                start = at
            block.append((at, end))
        elif not line.strip("\r\n\f\v \u3000"):
            if block:
                yield start, at, block
                block = []
        elif block:
            block[-1] = (block[-1][0], end)
        at = end
    if block:
        yield start, at, block


def _header(text: str, rows: list[tuple[Span, ...]]) -> tuple[tuple[str, ...], int]:
    """Return what the columns hold and how many rows are heading."""
    width = max(len(row) for row in rows)
    for at, row in enumerate(rows[:3]):
        names = [_column(text[a:b]) for a, b in row]
        for k, (a, b) in enumerate(row):
            if a == b and k and names[k - 1] == "content":
                names[k] = "content"  # the cell was merged over these columns
        known = set(names) - {""}
        if (
            len(known) >= 2
            and known & {"lead", "cooperating", "deadline"}
            and sum(map(bool, names)) >= len(row) / 2
        ):
            words = [squeeze(text[a:b]) for a, b in row]
            if any(_HEAD.search(word) for word in words):
                # 牵头单位 and 责任单位 side by side: the second ones cooperate.
                names = [
                    "cooperating" if name == "lead" and not _HEAD.search(word) else name
                    for name, word in zip(names, words, strict=True)
                ]
            return ("content",) * (width - len(row)) + tuple(name or "remark" for name in names), at + 1
    return (), 0


_SHEET = re.compile(r"(?:^[^\t\n]+(?:\t[^\t\n]*){2,30}\n?){2,}", re.M)


def _spreadsheets(text: str) -> list[Table]:
    """Return tables copied from a spreadsheet: one line a row, tabs between the cells."""
    tables = []
    for match in _SHEET.finditer(text):
        rows = []
        at = match.start()
        for line in match.group().removesuffix("\n").split("\n"):
            row = []
            for cell in line.split("\t"):
                row.append(trim(text, at, at + len(cell)))
                at += len(cell) + 1
            rows.append(tuple(row))
        columns, head = _header(text, rows)
        if columns:
            last = max(b for row in rows for a, b in row if a < b)
            tables.append(Table(match.start(), last, tuple(rows), columns, head))
    return tables


def find_tables(text: str) -> list[Table]:
    """Return the tables of a text, in order."""
    if "\t" not in text:
        return []
    tables = _spreadsheets(text)
    if "\n\t" not in text and not text.startswith("\t"):
        return tables
    runs: list[tuple[int, int, list[list[Span]]]] = []
    for start, end, block in _blocks(text):
        if runs and not text[runs[-1][1] : start].strip():
            runs[-1][2].append(block)
            runs[-1] = (runs[-1][0], end, runs[-1][2])
        else:
            runs.append((start, end, [block]))
    known = [(table.start, table.end) for table in tables]
    for start, _, blocks in runs:
        widths = Counter(len(block) for block in blocks)
        common = widths.most_common(1)[0][0]
        if common < 2 or (len(blocks) < 2 and common < 4) or max(widths) > 40:
            continue
        rows = [tuple(trim(text, *cell) for cell in block) for block in blocks]
        columns, head = _header(text, rows)
        last = max((b for row in rows for a, b in row if a < b), default=start)
        if not any(a < last and start < b for a, b in known):
            tables.append(Table(start, last, tuple(rows), columns, head))
    return sorted(tables, key=lambda table: table.start)


def _groups(table: Table, content: list[int]) -> set[int]:
    """Return the text columns whose cells are merged over rows; the last one never is."""
    rows = table.rows[table.head :]
    return {i for i in content[:-1] if any(i < len(row) and row[i][0] == row[i][1] for row in rows)}


def _own_text(text: str, folded: str, cells: list[Span]) -> tuple[tuple[Span, ...], Span | None]:
    """Return the pieces of a row's own cells, a line break between two, and the span of its number."""
    number = None
    pieces: list[Span] = []
    for start, end in cells:
        match = _NUMBER.match(folded, start, end)
        if match and match.end() < end and number is None:
            number = (match.start(), match.end())
            start = match.end()
        if pieces:
            between = text[pieces[-1][1] : start]
            gap = pieces[-1][1] + (between.rfind("\n") if "\n" in between else between.rfind("\t"))
            pieces.append((gap, gap + 1))
        pieces += pieces_of(text, [(start, end)], frozenset())
    return tuple(pieces), number


def read_rows(
    text: str, folded: str, table: Table, first: int
) -> tuple[list[Clause], list[Span], list[Omission]]:
    """Return clauses (numbered from `first`), headings and what the clauses leave out."""
    content = [i for i, column in enumerate(table.columns) if column == "content"]
    groups = _groups(table, content)
    heading_row = [squeeze(text[a:b]) for a, b in table.rows[table.head - 1]]
    headings = [cell for row in table.rows[: table.head] for cell in row if cell[0] < cell[1]]
    path: dict[int, str] = {}
    merged: dict[str, str] = {}
    clauses: list[Clause] = []
    omitted: list[Omission] = []
    for row in table.rows[table.head :]:
        cells = {i: cell for i, cell in enumerate(row) if cell[0] < cell[1] and i < len(table.columns)}
        extra = [cell for cell in row[len(table.columns) :] if cell[0] < cell[1]]
        omitted += [Omission(*cell, "cell") for cell in extra]
        if [squeeze(text[a:b]) for a, b in row] == heading_row:
            omitted += [Omission(*cell, "running_head") for cell in cells.values()]
            continue
        fields = {i: cell for i, cell in cells.items() if table.columns[i] != "content"}
        named: dict[str, str] = {}
        for i, cell in fields.items():
            name = table.columns[i]
            named[name] = f"{named[name]}\n{text[slice(*cell)]}" if name in named else text[slice(*cell)]
        own = [i for i in content if i in cells and i not in groups]
        above = [i for i in content if i in cells and i in groups]
        if not own and above and (set(named) & {"lead", "deadline"}):
            own, above = above[-1:], above[:-1]
        if not (set(named) & {"lead", "cooperating", "deadline"}) and len(cells) == 1 and (own or above):
            above, own = own + above, []
        for i in above:
            path = {column: name for column, name in path.items() if column < i}
            path[i] = squeeze(text[slice(*cells[i])])
            headings.append(cells[i])
        if not own:
            omitted += [Omission(*cell, "cell") for cell in fields.values()]
            continue
        start = cells[own[0]][0]
        end = max(cell[1] for cell in cells.values() if cell[0] >= start)
        pieces, number = _own_text(text, folded, [cells[i] for i in own])
        if number:
            omitted.append(Omission(*number, "number"))
        for i, cell in fields.items():
            reason = {"lead": "responsibility", "cooperating": "responsibility", "deadline": "deadline"}
            omitted.append(Omission(*cell, reason.get(table.columns[i], "cell")))
        printed = squeeze(text[slice(*number)]) if number else squeeze(named.get("number", "")) or None
        joined = join(text, pieces)
        body = len(re.split(r"[\n\t]", joined, maxsplit=1)[0]) + 1 if len(own) > 1 else 0
        if not set(named) & {"lead", "cooperating", "deadline"} and not above and merged:
            named = merged | named
        merged = {name: words for name, words in named.items() if name in ("lead", "cooperating", "deadline")}
        lead = units_in_cell(named.get("lead", ""))
        helpers = units_in_cell(named.get("cooperating", ""))
        clauses.append(
            Clause(
                f"c{first + len(clauses):03d}", printed, tuple(name for _, name in sorted(path.items())),
                joined[:body].strip("。 \n\t") or None, joined, "row", lead, tuple(u for u in helpers if u not in lead),
                deadline_of(named.get("deadline", "")), start, end, pieces, body,
            )
        )  # fmt: skip
    return clauses, headings, omitted
