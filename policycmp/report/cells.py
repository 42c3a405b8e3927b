"""A cell: how a value looks in the workbook and what may stand in it.

Whatever comes from a plan is written as a string, whatever it begins with, so that no cell
becomes a formula or a link. A redline is rich text, up to Excel's limit of characters a cell;
a longer one is plain and cut. Rows get the height their longest text needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from policycmp.labels import RELATIONS
from policycmp.report.values import tint
from policycmp.tables import read_table
from policycmp.text import clean

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from policycmp.redlines import Redline
    from policycmp.report.view import ReportView

__all__ = ["Cells", "row_height", "text_width", "width_of"]

_CELL_LIMIT = 32_767
"""Characters a cell holds; Excel counts UTF-16 units."""

_SHARES = frozenset({"copied", "confidence"})
_SCORES = frozenset({"score", "tfidf", "fuzzy", "weight"})
_WORDED = frozenset({"relation", "direction", "deadline_direction", "effect", "comparable", "kind"})
"""Columns whose values have a label."""
_PREFIXED = frozenset({"mention", "unit"})

_WIDTHS = {
    "redline": 64, "local_text": 56, "template_text": 56, "evidence": 40, "text": 45, "value": 70, "reason": 34,
    "local_heading": 20, "template_heading": 20, "indicator": 24, "local_snippet": 32, "template_snippet": 32,
    "local_quote": 30, "template_quote": 30, "section": 26, "lead": 18, "key": 36, "local_value": 14,
    "template_value": 14, "relation": 12, "copied": 8, "confidence": 8, "score": 8, "tfidf": 8, "fuzzy": 8,
}  # fmt: skip


class Cells:
    """The formats of a workbook and the writing of single cells."""

    def __init__(self, book: Workbook, view: ReportView) -> None:
        self.view = view
        font = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
        ruled = {"bottom": 1, "bottom_color": "#E4E6E8"}

        def style(**more: object) -> Format:
            return book.add_format({**font, **more})

        self.title, self.words = style(bold=True, font_size=16), style(text_wrap=True)
        self.bold, self.plain = style(bold=True, text_wrap=True), style()
        self.head = style(bold=True, text_wrap=True, bottom=1, bg_color="#F0F0EC", valign="vcenter")
        self.text, self.number = style(text_wrap=True, **ruled), style(align="center", **ruled)
        centred = {**ruled, "align": "center"}
        self.score, self.share = style(num_format="0.00", **centred), style(num_format="0%", **centred)
        self.ops = {
            "delete": style(font_color="#A8321F", font_strikeout=True),
            "insert": style(font_color="#0D4F86", underline=1),
            "move": style(font_color="#7A5B00"),
            "equal": style(),
        }
        colours = {row["key"]: row["colour"] for row in read_table("palette")}
        self.relations = {
            name: style(
                bg_color=tint(colours[name]), left=5, left_color=colours[name], indent=1, text_wrap=True
            )
            for name in RELATIONS
        }

    def write(self, sheet: Worksheet, row: int, at: int, column: str, value: Any) -> None:
        if column in ("relation", "effect") and value in self.relations:
            sheet.write_string(row, at, self.view.label(value), self.relations[value])
        elif column == "redline" and value is not None:
            self.redline(sheet, row, at, value)
        elif isinstance(value, str) and column in _WORDED:
            self.cell(sheet, row, at, self.view.label(value), self.text)
        elif isinstance(value, str) and column in _PREFIXED:
            self.cell(sheet, row, at, self.view.label(f"{column}.{value}"), self.text)
        else:
            style = self.share if column in _SHARES else self.score if column in _SCORES else self.number
            self.cell(sheet, row, at, value, style)

    def cell(self, sheet: Worksheet, row: int, at: int, value: Any, style: Format) -> None:
        """Write a value by its own type; what comes from a text is always written as a string."""
        if value is None:
            sheet.write_blank(row, at, None, style)
        elif isinstance(value, bool):
            sheet.write_string(row, at, self.view.label("sheet.yes" if value else "sheet.no"), self.text)
        elif isinstance(value, int | float):
            sheet.write_number(row, at, value, style)
        elif isinstance(value, tuple | list):
            sheet.write_string(row, at, self.fit("、".join(map(str, value))), self.text)
        else:
            text = str(value)
            sheet.write_string(row, at, self.fit(text), self.text)

    def redline(self, sheet: Worksheet, row: int, at: int, lines: Redline) -> None:
        """Write a redline as one run of text, deletions before insertions; plain if Excel refuses it."""
        runs = [(op, clean(text)) for op, text in _inline(lines) if text]
        if sum(_units(text) for _, text in runs) > _CELL_LIMIT or len(runs) < 2:
            # Too long, or of one piece, which Excel does not count as rich text.
            only = runs[0][0] if len(runs) == 1 else "equal"
            style = self.text if only == "equal" else self.ops[only]
            sheet.write_string(row, at, self.fit("".join(text for _, text in runs)), style)
            return
        fragments = [part for op, text in runs for part in (self.ops[op], text)]
        sheet.write_rich_string(row, at, *fragments, self.text)

    def fit(self, text: str) -> str:
        """Return `text` as a cell can hold it, with a note where it had to be cut."""
        text = clean(text)
        if _units(text) <= _CELL_LIMIT:
            return text
        note = self.view.label("sheet.too_long")
        kept = text.encode("utf-16-le")[: 2 * (_CELL_LIMIT - _units(note))]
        return kept.decode("utf-16-le", "ignore") + note


def width_of(column: str) -> int:
    """Return the width of a column in characters."""
    return _WIDTHS.get(column, 11)


def _inline(lines: Redline) -> Iterable[tuple[str, str]]:
    """Yield (op, text) of both sides as one text, in the order of the local one."""
    for block in lines.blocks:
        if block.op in ("delete", "replace"):
            yield "delete", block.template_text
        if block.op in ("insert", "replace"):
            yield "insert", block.local_text
        if block.op in ("equal", "move"):
            yield block.op, block.local_text


def row_height(row: Mapping[str, Any], columns: Sequence[str]) -> float:
    """Return the height that shows the longest text of a row, as far as Excel allows.

    Programs fit heights by themselves only in part, so the file says them: 13.5 points a line.
    """
    lines = 1
    for column in columns:
        value = row.get(column)
        if column == "redline" and value is not None:
            value = "".join(text for _, text in _inline(value))
        elif isinstance(value, tuple):
            value = "、".join(map(str, value))
        if isinstance(value, str):
            room = 1.03 * width_of(column)
            lines = max(lines, sum(1 + int(text_width(part) / room) for part in value[:4000].split("\n")))
    return min(13.5 * lines + 3, 409.0)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def text_width(text: str) -> int:
    """Return the width of `text` in half-width characters."""
    return sum(1 if char.isascii() else 2 for char in text)
