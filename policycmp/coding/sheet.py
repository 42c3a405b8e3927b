"""The workbook a human coder fills: texts side by side, choices from lists, the guide at hand.

Each coder has a sheet with one row a local clause: its text, the template clauses that come into
question, and three cells to fill: counterpart (a template clause's id, or ``none``), relation, note.
The template's clauses stand on a sheet of their own. No label of the machine is visible unless
asked for, for a coder who sees it agrees with it. A row is known again by its clause id and a hash of
its text, so codes outlive a change of options and are refused when the text has changed.
"""

from __future__ import annotations

import hashlib
import io
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp.files import replacing
from policycmp.labels import RELATIONS, check_lang, label
from policycmp.text import clean

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from policycmp.comparison import Comparison
    from policycmp.model import Clause

__all__ = ["COLUMNS", "NO_COUNTERPART", "text_hash", "write_coding_sheet"]

COLUMNS = ("local_id", "text_hash", "local_text", "candidates", "counterpart", "relation", "note")
NO_COUNTERPART = "none"
_CODES = tuple(relation for relation in RELATIONS if relation != "dropped")
_WIDTHS = (9, 12, 70, 50, 14, 12, 30)
_CELL = 32_000


def text_hash(text: str) -> str:
    """Return the short hash by which a coded text is known again; white space does not count."""
    return hashlib.sha256("".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def write_coding_sheet(
    comparison: Comparison,
    path: str | Path,
    *,
    coders: int = 2,
    sample: int | None = None,
    show_machine: bool = False,
    lang: str = "zh",
    overwrite: bool = False,
) -> Path:
    """Write a workbook for human coders; see `Comparison.to_coding_sheet`."""
    import xlsxwriter

    check_lang(lang)
    if coders < 1:
        raise ValueError(f"coders should be at least 1. Got {coders}")
    clauses = list(comparison.local.clause_list)
    if sample is not None:
        if not 1 <= sample <= len(clauses):
            raise ValueError(
                f"sample should be between 1 and {len(clauses)}, the number of clauses. Got {sample}"
            )
        # The same plans give the same sample, so that a sheet can be made again.
        chosen = random.Random(comparison.local.source.sha256).sample(range(len(clauses)), sample)  # noqa: S311
        clauses = [clauses[i] for i in sorted(chosen)]
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with replacing(path, overwrite=overwrite, suffixes=(".xlsx",)) as temporary:
        packed = io.BytesIO()  # the writer of workbooks has errors of its own for a full disk
        book = xlsxwriter.Workbook(packed, {**options, "in_memory": True})
        _template_sheet(book, comparison)
        for coder in range(1, coders + 1):
            _coder_sheet(book, f"coder {coder}", comparison, clauses, show_machine=show_machine, lang=lang)
        _guide_sheet(book, comparison)
        book.get_worksheet_by_name("coder 1").activate()
        book.close()
        temporary.write_bytes(packed.getvalue())
    return Path(path)


def _candidates(comparison: Comparison, clause: Clause, number: int = 6) -> list[Clause]:
    """Return the template clauses most like a clause, in template order: their order tells nothing."""
    row = [c.clause_id for c in comparison.local.clause_list].index(clause.clause_id)
    scores = comparison.similarity.score[row]
    best = sorted(sorted(range(len(scores)), key=lambda j: -float(scores[j]))[:number])
    return [comparison.template.clause_list[j] for j in best]


def _name(clause: Clause) -> str:
    return f"{clause.clause_id} {clause.number or ''}{clause.heading or clause.text[:20]}"


def _coder_sheet(
    book: Workbook, name: str, comparison: Comparison, clauses: list[Clause], *, show_machine: bool, lang: str
) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bg_color": "#e8e8e8", "text_wrap": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    fill = book.add_format({"bg_color": "#fff8e0", "text_wrap": True, "valign": "top", "border": 1})
    columns = [*COLUMNS, *(("machine_counterpart", "machine_relation") if show_machine else ())]
    for column, (title, width) in enumerate(zip(columns, (*_WIDTHS, 14, 12), strict=False)):
        sheet.write_string(0, column, title, head)
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 1)
    for row, clause in enumerate(clauses, 1):
        near = "\n".join(_name(candidate) for candidate in _candidates(comparison, clause))
        values = [clause.clause_id, text_hash(clause.text), clause.text[:_CELL], near]
        for column, value in enumerate(values):
            sheet.write_string(row, column, clean(value), text)
        for column in range(4, 7):
            sheet.write_blank(row, column, None, fill)
        if show_machine:
            match = comparison.match(clause.clause_id)
            sheet.write_string(row, 7, match.template.clause_id if match.template else NO_COUNTERPART, text)
            sheet.write_string(row, 8, match.label, text)
    last, units = len(clauses), len(comparison.template.clause_list)
    choice: dict[str, Any] = {"validate": "list", "error_title": "policycmp"}
    sheet.data_validation(1, 4, last, 4, {**choice, "source": f"=template!$A$2:$A${units + 2}"})
    sheet.data_validation(
        1,
        5,
        last,
        5,
        {
            **choice,
            "source": list(_CODES),
            "input_message": " ".join(f"{r} {label(r, lang)}" for r in _CODES),
        },
    )


def _template_sheet(book: Workbook, comparison: Comparison) -> None:
    sheet = book.add_worksheet("template")
    head = book.add_format({"bold": True, "bg_color": "#e8e8e8"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    for column, (title, width) in enumerate((("clause_id", 10), ("heading", 36), ("text", 100))):
        sheet.write_string(0, column, title, head)
        sheet.set_column(column, column, width)
    for row, clause in enumerate(comparison.template.clause_list, 1):
        for column, value in enumerate(
            (clause.clause_id, f"{clause.number or ''}{clause.heading or ''}", clause.text[:_CELL])
        ):
            sheet.write_string(row, column, clean(value), text)
    sheet.write_string(len(comparison.template.clause_list) + 1, 0, NO_COUNTERPART, text)
    sheet.freeze_panes(1, 1)


def _guide_sheet(book: Workbook, comparison: Comparison) -> None:
    from policycmp.datasets import data_folder

    sheet = book.add_worksheet("guide")
    sheet.set_column(0, 0, 140, book.add_format({"text_wrap": True, "valign": "top"}))
    about = [
        f"local: {comparison.local.plan_id} {comparison.local.title or ''}",
        f"template: {comparison.template.plan_id} {comparison.template.title or ''}",
        "Fill counterpart (a clause_id of the sheet 'template', or none), relation and, where you hesitate, note.",
        "",
    ]
    guide = (data_folder() / "gold" / "GUIDE.md").read_text(encoding="utf-8").splitlines()
    for row, line in enumerate([*about, *guide]):
        sheet.write_string(row, 0, clean(line))
    meta = book.add_worksheet("plans")
    for row, plan in enumerate((comparison.local, comparison.template)):
        for column, value in enumerate((("local", "template")[row], plan.plan_id, plan.source.sha256)):
            meta.write_string(row, column, clean(value))
