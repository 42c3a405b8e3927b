"""The comparison as a workbook to filter, sort and quote from.

One sheet a frame, with the column names in the reader's language and a codebook that says
what each means and what it is called in code. Columns that are read come first; offsets and
scores, for filters and scripts, stand behind them and are not printed.
"""

from __future__ import annotations

import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp.files import replacing
from policycmp.labels import RELATIONS, check_lang
from policycmp.report.cells import Cells, row_height, text_width, width_of
from policycmp.report.parts import Pair
from policycmp.report.values import flat, records
from policycmp.report.view import ReportView
from policycmp.tables import read_table
from policycmp.text import clean

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from policycmp.comparison import Comparison

__all__ = ["write_excel"]

_SPANS = ("local_start", "local_end", "template_start", "template_end")
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
    with replacing(path, overwrite=overwrite, suffixes=(".xlsx",)) as temporary:
        packed = io.BytesIO()
        with Workbook(packed, options) as workbook:
            _Book(workbook, view).fill()
        temporary.write_bytes(packed.getvalue())
    return Path(path)


class _Book:
    """The workbook being written: its wording, and one method a kind of sheet."""

    def __init__(self, book: Workbook, view: ReportView) -> None:
        self.book, self.view, self.lang = book, view, view.lang
        self.cells = Cells(book, view)
        self.used: dict[str, list[str]] = {}
        """Which sheets a column stands on, for the codebook."""

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
        sheet.set_column(0, 0, 26, self.cells.text)
        sheet.set_column(1, 4, 16)
        sheet.write_string(0, 0, clean(self._title()), self.cells.title)
        sheet.set_row(0, 28)
        sheet.fit_to_pages(1, 1)
        row = 2
        banner = view.comparison.banner(self.lang)
        for words in filter(None, (banner, view.finding, view.label("sheet.summary_note"))):
            sheet.merge_range(row, 0, row, 6, "", self.cells.words)
            sheet.write_string(row, 0, clean(words), self.cells.bold if words is banner else self.cells.words)
            sheet.set_row(row, 15.0 * (1 + text_width(words) // 110))
            row += 1
        row += 1
        for column, key in enumerate(
            ("report.relation", "report.count", "report.share_all", "report.share_scope", "sheet.sentences")
        ):
            sheet.write_string(row, column, view.label(key), self.cells.head)
        sentences = {
            r["relation"]: r["count"] for r in records(view.comparison.summary()) if r["unit"] == "measure"
        }
        for share in view.shares:
            row += 1
            sheet.write_string(row, 0, view.label(share.relation), self.cells.relations[share.relation])
            sheet.write_number(row, 1, share.count, self.cells.number)
            for column, value in ((2, share.share), (3, share.share_in_scope)):
                self.cells.cell(sheet, row, column, value, self.cells.share)
            self.cells.cell(sheet, row, 4, sentences.get(share.relation), self.cells.number)
        row += 2
        sheet.write_string(row, 0, view.label("report.targets_changed"), self.cells.head)
        sheet.write_string(row, 1, view.label("report.count"), self.cells.head)
        row += 1
        for change, count in view.target_counts.items():
            sheet.write_string(
                row, 0, view.label("report.effect_none" if change == "none" else change), self.cells.text
            )
            sheet.write_number(row, 1, count, self.cells.number)
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
                    sheet.write_string(row, 0, view.label(key), self.cells.head)
                    sheet.write_string(row, 1, self.cells.fit(str(fact)), self.cells.plain)
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
            sheet.write_string(0, column, view.label(key), self.cells.head)
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
                sheet.write_string(row, column, text, self.cells.text)
        sheet.write_string(row + 2, 0, view.label("sheet.codebook_words"), self.cells.head)
        for at, relation in enumerate(RELATIONS, row + 3):
            sheet.write_string(at, 0, view.label(relation), self.cells.relations[relation])
            sheet.write_string(at, 1, relation, self.cells.text)
            sheet.write_string(at, 3, view.label(f"report.def_{relation}"), self.cells.text)
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
            sheet.set_column(at, at, width_of(column))
            sheet.write_string(0, at, self.heading(column), self.cells.head)
        for line, row in enumerate(rows, 1):
            sheet.set_row(line, row_height(row, columns))
            for at, column in enumerate(columns):
                self.cells.write(sheet, line, at, column, row.get(column))
        sheet.set_row(0, 32)
        last = next((at for at, column in enumerate(columns) if column in _NOT_PRINTED), len(columns))
        sheet.print_area(0, 0, len(rows), last - 1)
        sheet.freeze_panes(1, frozen)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)

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
