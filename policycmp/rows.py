"""Tables of responsibilities in cell text: one clause a row.

Cell text prints every cell on its own line after a tab, a cell's own lines below it
without one, and an empty line between rows. Columns are known by the words of the first
row; where a heading cell was merged over several columns the first row is shorter, and
names are counted from the right. Merged cells below or right of their first are empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from policycmp.layout import pieces_of
from policycmp.model import Clause, Omission
from policycmp.responsibility import units_of
from policycmp.text import Span, trim

__all__ = ["Rows", "has_rows", "read_rows"]

_COLUMNS = (
    ("lead", "牵头|责任|主办|承办|主管"),
    ("cooperating", "配合|协办|参与|协同"),
    ("deadline", "时限|完成时间|时间要求|进度"),
    ("remark", "备注|说明"),
    ("number", "^序号$|^编号$"),
)
_NUMBER = re.compile(r"\(?\d{1,3}[.、)]\s*|\([一二三四五六七八九十]+\)\s*")


@dataclass(frozen=True, slots=True)
class Rows:
    """The clauses of a table and where the rest of it stands."""

    header: Span
    headings: tuple[Span, ...]
    clauses: tuple[Clause, ...]
    omitted: tuple[Omission, ...]


def has_rows(folded: str) -> bool:
    """Say whether a text is mainly a table in cell text."""
    cells = len(re.findall(r"^\t", folded, re.M))
    return cells >= 8 and cells >= 0.3 * (folded.count("\n") + 1)


def _cells(text: str, start: int) -> list[list[Span]]:
    rows: list[list[Span]] = [[]]
    at = start
    for line in text[start:].splitlines(keepends=True):
        end = at + len(line)
        if line.startswith("\t"):
            rows[-1].append((at, end))
        elif not line.strip():
            if rows[-1]:
                rows.append([])
        elif rows[-1]:
            rows[-1][-1] = (rows[-1][-1][0], end)
        at = end
    return [[trim(text, *cell) for cell in row] for row in rows if row]


def read_rows(text: str, folded: str) -> Rows:
    """Return the clauses of a text that is a table."""
    first = re.search(r"^\t", folded, re.M)
    begin = first.start() if first else 0
    rows = _cells(text, begin)
    width = max(len(row) for row in rows)
    names = [re.sub(r"\s", "", folded[a:b]) for a, b in rows[0]]
    known = [next((k for k, words in _COLUMNS if re.search(words, name)), "content") for name in names]
    kinds = ["content"] * (width - len(known)) + known
    headings: list[Span] = [cell for cell in rows[0] if cell[0] < cell[1]]
    content = [i for i, kind in enumerate(kinds) if kind == "content"]
    path: dict[int, str] = {}
    clauses: list[Clause] = []
    omitted: list[Omission] = []
    for row in rows[1:]:
        cells = {i: cell for i, cell in enumerate(row) if cell[0] < cell[1]}
        filled = [i for i in content if i in cells]
        if not filled:
            omitted += [Omission(*cell, "cell") for cell in cells.values()]
            continue
        item = filled[-1] if filled[-1] == content[-1] or len(cells) > len(filled) else None
        for i in filled:
            if i != item:
                path = {k: v for k, v in path.items() if k < i}
                path[i] = re.sub(r"\s", "", text[slice(*cells[i])])
                headings.append(cells[i])
        if item is None:
            continue
        start, end = cells[item]
        fields = {kinds[i]: cell for i, cell in cells.items() if kinds[i] != "content"}
        number = _NUMBER.match(folded, start, end)
        if number:
            omitted.append(Omission(number.start(), number.end(), "number"))
        for name, cell in fields.items():
            omitted.append(Omission(*cell, "deadline" if name == "deadline" else "responsibility" if name in ("lead", "cooperating") else "cell"))
        pieces = pieces_of(text, [(number.end() if number else start, end)], frozenset())
        word = {name: text[slice(*cell)] for name, cell in fields.items()}
        lead = units_of(word.get("lead", ""))
        clauses.append(
            Clause(
                f"c{len(clauses) + 1:03d}", number.group().strip() if number else None,
                tuple(v for k, v in sorted(path.items()) if k < item), None,
                "".join(text[a:b] for a, b in pieces), "row", lead,
                tuple(u for u in units_of(word.get("cooperating", "")) if u not in lead),
                word.get("deadline"), start, max([end, *(b for _, b in fields.values())]), pieces, 0,
            )
        )  # fmt: skip
    return Rows((0, begin), tuple(headings), tuple(clauses), tuple(omitted))
