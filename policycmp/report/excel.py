"""The comparison as a workbook to filter, sort and quote from.

One sheet a frame, with the column names in the reader's language and a codebook that says
what each means and what it is called in code. Everything that comes from a plan is written
as a string, whatever it begins with: no cell becomes a formula or a link. Redlines are rich
text, up to Excel's limit of 32,767 characters a cell; longer texts are plain and cut.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp.files import replacing
from policycmp.labels import RELATIONS, check_lang
from policycmp.report.view import Pair, ReportView, clean, flat, records, tint
from policycmp.tables import read_table

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from policycmp.comparison import Comparison
    from policycmp.redlines import Redline

__all__ = ["write_excel"]

_CELL_LIMIT = 32_767
"""Characters a cell holds; Excel counts UTF-16 units."""

_SPANS = ("local_start", "local_end", "template_start", "template_end")
_SHARES = frozenset({"copied", "confidence"})
_SCORES = frozenset({"score", "tfidf", "fuzzy", "weight"})
_WORDED = frozenset({"relation", "direction", "deadline_direction", "effect", "comparable", "kind"})
"""Columns whose values have a label."""
_PREFIXED = frozenset({"mention", "unit"})

_CLAUSES = (
    "local_id", "relation", "local_heading", "template_heading", "copied", "evidence", "redline", "lead", "confidence",
    "rank", "template_id", "score", "tfidf", "fuzzy", "in_scope", "local_text", "template_text", *_SPANS,
)  # fmt: skip
_MEASURES = (
    "local_clause_id", "local_id", "relation", "local_text", "template_text", "copied", "evidence", "confidence",
    "rank", "template_clause_id", "template_id", "score", "tfidf", "fuzzy", "in_scope", *_SPANS,
)  # fmt: skip
_TARGETS = (
    "indicator", "effect", "local_value", "template_value", "direction", "local_deadline", "template_deadline",
    "deadline_direction", "comparable", "reason", "local_snippet", "template_snippet", "mention", "local_low",
)  # fmt: skip
"""What is read first; the other columns of the frame follow."""
_EVIDENCE = (
    "local_id", "template_id", "unit", "kind", "direction", "weight", "text", "local_quote", "template_quote", *_SPANS,
)  # fmt: skip
_DROPPED = (
    "template_id", "section", "number", "template_heading", "in_scope", "template_text", "lead", "confidence",
    "template_start", "template_end",
)  # fmt: skip
_NOT_PRINTED = frozenset({"rank", "local_low", "local_start"})
"""A sheet is printed up to the first of these: what comes after is for filters and scripts."""
_WIDTHS = {
    "redline": 64, "local_text": 56, "template_text": 56, "evidence": 40, "text": 45, "value": 70, "reason": 34,
    "local_heading": 20, "template_heading": 20, "indicator": 24, "local_snippet": 32, "template_snippet": 32,
    "local_quote": 30, "template_quote": 30, "section": 26, "lead": 18, "key": 36, "local_value": 14,
    "template_value": 14, "relation": 12, "copied": 8, "confidence": 8, "score": 8, "tfidf": 8, "fuzzy": 8,
}  # fmt: skip


def write_excel(
    comparison: Comparison, path: str | os.PathLike[str], *, lang: str = "zh", overwrite: bool = False
) -> Path:
    """Write the workbook to `path` and return it.

    Sheets summary, clauses, measures, targets, dropped, evidence, parameters and codebook.

    Parameters
    ----------
    comparison : Comparison
    path : str or Path
        A file; missing folders are made.
    lang : {"zh", "en"}
        The language of headings and labels; the plans' texts stay as they are.
    overwrite : bool
        Whether an existing file may be replaced.

    Raises
    ------
    FileExistsError
        If the file exists and `overwrite` is false.
    ValueError
        If the folder cannot be written to, or `lang` is unknown.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> import policycmp as pc
    >>> comparison = pc.compare("pingluo-2019", "wuzhong-2023")
    >>> write_excel(comparison, Path(mkdtemp()) / "comparison.xlsx").name
    'comparison.xlsx'
    """
    from xlsxwriter import Workbook

    view = ReportView(comparison, check_lang(lang))
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with replacing(path, overwrite=overwrite) as temporary:
        packed = io.BytesIO()
        with Workbook(packed, options) as workbook:
            _Book(workbook, view).fill()
        temporary.write_bytes(packed.getvalue())
    return Path(path)


class _Book:
    """The workbook being written: its formats, its wording, and one method a sheet."""

    def __init__(self, book: Workbook, view: ReportView) -> None:
        self.book, self.view, self.lang = book, view, view.lang
        font = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
        ruled = {"bottom": 1, "bottom_color": "#E4E6E8"}
        self.used: dict[str, list[str]] = {}
        """Which sheets a column stands on, for the codebook."""

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

    def fill(self) -> None:
        view, plan = self.view, self.view.comparison
        self.book.set_properties({"title": clean(self._title())[:255], "comments": "policycmp"})
        self.summary()
        clauses = [self._clause_row(p) for pair in view.pairs for p in (pair, *pair.others)]
        self.table("clauses", _all(_CLAUSES, plan.clauses), clauses, frozen=3)
        self.table("measures", _all(_MEASURES, plan.measures), view.measures, frozen=3)
        self.table("targets", _all(_TARGETS, plan.targets), view.targets, frozen=1)
        self.table("dropped", _DROPPED, [self._dropped_row(p) for p in view.dropped], frozen=1)
        self.table("evidence", _all(_EVIDENCE, plan.evidence), view.evidence, frozen=0)
        facts = [("kinship", view.label(plan.kinship)), ("order", view.label(plan.order)), *flat(plan.params)]
        self.table("parameters", ("key", "value"), [{"key": k, "value": v} for k, v in facts], frozen=0)
        self.codebook()

    def summary(self) -> None:
        sheet, view = self.sheet("summary"), self.view
        sheet.set_column(0, 0, 26, self.text)
        sheet.set_column(1, 4, 16)
        sheet.write_string(0, 0, clean(self._title()), self.title)
        sheet.set_row(0, 28)
        sheet.fit_to_pages(1, 1)
        row = 2
        banner = view.comparison.banner(self.lang)
        for words in filter(None, (banner, view.finding, view.label("sheet.summary_note"))):
            sheet.merge_range(row, 0, row, 6, "", self.words)
            sheet.write_string(row, 0, clean(words), self.bold if words is banner else self.words)
            sheet.set_row(row, 15.0 * (1 + _width(words) // 110))
            row += 1
        row += 1
        for column, key in enumerate(
            ("report.relation", "report.count", "report.share_all", "report.share_scope", "sheet.sentences")
        ):
            sheet.write_string(row, column, view.label(key), self.head)
        sentences = {
            r["relation"]: r["count"] for r in records(view.comparison.summary()) if r["unit"] == "measure"
        }
        for share in view.shares:
            row += 1
            sheet.write_string(row, 0, view.label(share.relation), self.relations[share.relation])
            sheet.write_number(row, 1, share.count, self.number)
            for column, value in ((2, share.share), (3, share.share_in_scope)):
                self.cell(sheet, row, column, value, self.share)
            self.cell(sheet, row, 4, sentences.get(share.relation), self.number)
        row += 2
        sheet.write_string(row, 0, view.label("report.targets_changed"), self.head)
        sheet.write_string(row, 1, view.label("report.count"), self.head)
        row += 1
        for change, count in view.target_counts.items():
            sheet.write_string(
                row, 0, view.label("report.effect_none" if change == "none" else change), self.text
            )
            sheet.write_number(row, 1, count, self.number)
            row += 1
        for plan, side in ((view.local, "report.local"), (view.template, "report.template")):
            row += 1
            facts = {
                side: plan.title or plan.plan_id,
                "report.issuer": plan.issuer,
                "report.doc_number": plan.doc_number,
                "report.date": plan.date,
                "report.sha256": plan.source.sha256,
            }
            for key, fact in facts.items():
                if fact:
                    sheet.write_string(row, 0, view.label(key), self.head)
                    sheet.write_string(row, 1, self.fit(str(fact)), self.plain)
                    row += 1

    def codebook(self) -> None:
        sheet, view = self.sheet("codebook"), self.view
        heads = (
            "sheet.codebook_column",
            "sheet.codebook_name",
            "sheet.codebook_sheets",
            "sheet.codebook_meaning",
        )
        for column, (key, width) in enumerate(zip(heads, (22, 22, 46, 90), strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, view.label(key), self.head)
        row = 0
        for row, (name, sheets) in enumerate(self.used.items(), 1):
            entry = _codebook()[name]
            cells = (
                self.heading(name),
                name,
                ", ".join(sheets),
                self.fill_in(entry[f"description_{self.lang}"]),
            )
            for column, text in enumerate(cells):
                sheet.write_string(row, column, text, self.text)
        sheet.write_string(row + 2, 0, view.label("sheet.codebook_words"), self.head)
        for at, relation in enumerate(RELATIONS, row + 3):
            sheet.write_string(at, 0, view.label(relation), self.relations[relation])
            sheet.write_string(at, 1, relation, self.text)
            sheet.write_string(at, 3, view.label(f"report.def_{relation}"), self.text)
        sheet.freeze_panes(1, 0)

    def sheet(self, name: str) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&8policycmp&C&8&A&R&8&P / &N")
        return sheet

    def table(
        self, name: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]], *, frozen: int
    ) -> None:
        """Write a sheet of `columns`; a value may also be a `Redline`."""
        sheet = self.sheet(name)
        for at, column in enumerate(columns):
            self.used.setdefault(column, []).append(name)
            sheet.set_column(at, at, _WIDTHS.get(column, 11))
            sheet.write_string(0, at, self.heading(column), self.head)
        for line, row in enumerate(rows, 1):
            sheet.set_row(line, _height(row, columns))
            for at, column in enumerate(columns):
                self.write(sheet, line, at, column, row.get(column))
        sheet.set_row(0, 32)
        last = next((at for at, column in enumerate(columns) if column in _NOT_PRINTED), len(columns))
        sheet.print_area(0, 0, len(rows), last - 1)
        sheet.freeze_panes(1, frozen)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)

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

    def heading(self, column: str) -> str:
        return self.fill_in(_codebook()[column][self.lang]) if column in _codebook() else column

    def fill_in(self, words: str) -> str:
        return words.format(template=self.view.label("template"), dropped=self.view.label("dropped"))

    def _title(self) -> str:
        view = self.view
        local, template = (plan.title or plan.plan_id for plan in (view.local, view.template))
        return view.label("report.title", local=local, template=template)

    def _clause_row(self, pair: Pair) -> dict[str, Any]:
        return pair.row | {
            "redline": pair.redline,
            "lead": (*pair.local.lead, *pair.local.cooperating) if pair.local else (),
            "local_text": pair.local and pair.local.text,
            "template_text": pair.template and pair.template.text,
        }

    def _dropped_row(self, pair: Pair) -> dict[str, Any]:
        clause = pair.template
        return pair.row | {
            "section": pair.section,
            "number": clause and clause.number,
            "template_text": clause and clause.text,
            "lead": (*clause.lead, *clause.cooperating) if clause else (),
        }


def _all(first: Sequence[str], frame: pd.DataFrame) -> tuple[str, ...]:
    """Return the columns read first and then whatever else the frame has."""
    return (*first, *(column for column in frame.columns if column not in first))


def _codebook() -> dict[str, dict[str, str]]:
    return {row["column"]: row for row in read_table("codebook")}


def _inline(lines: Redline) -> Iterable[tuple[str, str]]:
    """Yield (op, text) of both sides as one text, in the order of the local one."""
    for block in lines.blocks:
        if block.op in ("delete", "replace"):
            yield "delete", block.template_text
        if block.op in ("insert", "replace"):
            yield "insert", block.local_text
        if block.op in ("equal", "move"):
            yield block.op, block.local_text


def _height(row: Mapping[str, Any], columns: Sequence[str]) -> float:
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
            room = 1.03 * _WIDTHS.get(column, 11)
            lines = max(lines, sum(1 + int(_width(part) / room) for part in value[:4000].split("\n")))
    return min(13.5 * lines + 3, 409.0)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _width(text: str) -> int:
    """Return the width of `text` in half-width characters."""
    return sum(1 if char.isascii() else 2 for char in text)
