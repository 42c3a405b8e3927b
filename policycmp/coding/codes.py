"""Reading coded workbooks back, every broken row named."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp.coding.sheet import COLUMNS, NO_COUNTERPART
from policycmp.errors import PlanReadError
from policycmp.labels import RELATIONS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read_codes"]

MAX_EXPANDED = 200 * 2**20
"""What a workbook may unpack to unless told: no coding sheet is so large."""
MAX_ROWS = 20_000
"""Rows a sheet of a workbook may have; a sheet has one for each clause."""
_WIDEST = 16
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError)
_ALLOWED = tuple(relation for relation in RELATIONS if relation != "dropped")
_OUT = ("coder", "local_plan", "template_plan", "local_id", "text_hash", "counterpart", "relation", "note")


def read_codes(path: str | Path, *, max_expanded_bytes: int = MAX_EXPANDED) -> pd.DataFrame:
    """Read the codes of a workbook written by `Comparison.to_coding_sheet`.

    Parameters
    ----------
    path : str or Path
        The filled workbook. Needs openpyxl (``pip install 'policycmp[coding]'``).
    max_expanded_bytes : int, default 200 MiB
        What the workbook (a zip archive) may unpack to.

    Returns
    -------
    DataFrame
        Columns coder (the sheet's name), local_plan, template_plan, local_id, text_hash, counterpart
        (a template clause id; missing for ``none``), relation, note: one row a coded clause. Rows
        left wholly empty are not coded and not given.

    Raises
    ------
    PlanReadError
        If the file is missing or no such workbook.
    ValueError
        If rows are broken; the message names sheet, row, value and what is allowed, for all of them.

    Examples
    --------
    >>> import policycmp as pc, tempfile, pathlib
    >>> sheet = pathlib.Path(tempfile.mkdtemp()) / "codes.xlsx"
    >>> _ = pc.compare("xiji-2025", "wuzhong-2023").to_coding_sheet(sheet)
    >>> len(pc.read_codes(sheet))
    0
    """
    import pandas as pd

    sheets = _sheets(Path(path), max_expanded_bytes)
    if "template" not in sheets or "plans" not in sheets:
        raise PlanReadError(
            path,
            f"a workbook with the sheets {sorted(sheets)}",
            "Give a workbook written by to_coding_sheet.",
        )
    plans = {str(row[0]): str(row[1]) for row in sheets["plans"] if row and row[0]}
    known = {str(row[0]) for row in sheets["template"][1:] if row and row[0]}
    rows: list[tuple[Any, ...]] = []
    broken: list[str] = []
    for name, lines in sheets.items():
        if not name.startswith("coder"):
            continue
        if not lines or tuple(lines[0][: len(COLUMNS)]) != COLUMNS:
            broken.append(f"sheet {name!r}, row 1: columns should be {', '.join(COLUMNS)}")
            continue
        for number, line in enumerate(lines[1:], 2):
            cells = dict(zip(COLUMNS, (str(v).strip() if v is not None else "" for v in line), strict=False))
            if not cells.get("counterpart") and not cells.get("relation"):
                continue
            problems = list(_problems(cells, known))
            broken += [f"sheet {name!r}, row {number}: {problem}" for problem in problems]
            counterpart = None if cells["counterpart"] in ("", NO_COUNTERPART) else cells["counterpart"]
            relation = cells["relation"].lower() or "new"
            rows.append(
                (
                    name,
                    plans.get("local"),
                    plans.get("template"),
                    cells["local_id"],
                    cells["text_hash"],
                    counterpart,
                    relation,
                    cells.get("note") or None,
                )
            )
    if broken:
        raise ValueError(f"{path}: {len(broken)} broken rows:\n" + "\n".join(broken[:50]))
    return pd.DataFrame(rows, columns=list(_OUT), dtype=object)


def _problems(cells: dict[str, str], known: set[str]) -> list[str]:
    out = []
    relation, counterpart = cells["relation"].lower(), cells["counterpart"]
    if relation and relation not in _ALLOWED:
        out.append(f"relation {relation!r} should be one of {', '.join(_ALLOWED)}")
    if counterpart and counterpart not in known:
        out.append(
            f"counterpart {counterpart!r} should be a clause_id of the sheet 'template' or {NO_COUNTERPART}"
        )
    if counterpart and counterpart != NO_COUNTERPART and relation in ("", "new"):
        out.append(f"relation {relation!r} does not go with the counterpart {counterpart!r}")
    if counterpart in ("", NO_COUNTERPART) and relation not in ("", "new"):
        out.append(f"relation {relation!r} needs a counterpart")
    if not cells["local_id"] or not cells["text_hash"]:
        out.append("local_id or text_hash is missing")
    return out


def _sheets(path: Path, limit: int) -> dict[str, list[tuple[Any, ...]]]:
    if not path.is_file():
        raise PlanReadError(path, "no file", "Give the path of a coded workbook.")
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            # A workbook declares no entities; they could grow without end while it is parsed.
            declares = size <= limit and any(
                mark in archive.read(entry)
                for entry in archive.infolist()
                if entry.filename.endswith((".xml", ".rels"))
                for mark in _DECLARATIONS
            )
    except (*_DAMAGE, OSError) as error:
        raise PlanReadError(
            path, "a file that is no .xlsx workbook", "Save the sheet as .xlsx and read it again."
        ) from error
    if size > limit:
        raise PlanReadError(
            path,
            f"a workbook that unpacks to {size:,} bytes",
            f"Workbooks up to {limit:,} bytes are read; raise max_expanded_bytes if the file is what you mean.",
        )
    if declares:
        raise PlanReadError(
            path, "a workbook that declares XML entities", "Save the sheet as .xlsx and read it again."
        )
    try:
        import openpyxl
    except ImportError as error:
        raise PlanReadError(
            path, "no reader for workbooks", "Run pip install 'policycmp[coding]'."
        ) from error
    try:
        with path.open("rb") as file:  # openpyxl would go by the name's ending
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            sheets = {sheet.title: list(_rows(sheet)) for sheet in book.worksheets}
    except (*_DAMAGE, LookupError, ValueError, TypeError, AttributeError, OSError, SyntaxError) as error:
        raise PlanReadError(
            path, f"a workbook that cannot be read ({error})", "Save the sheet as .xlsx and read it again."
        ) from error
    long = next((name for name, rows in sheets.items() if len(rows) > MAX_ROWS), None)
    if long is not None:
        raise PlanReadError(
            path,
            f"a sheet with more than {MAX_ROWS:,} rows ({long!r})",
            "Delete what stands below the codes.",
        )
    return sheets


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    # One cell at the far corner makes a sheet of a million rows of 16,384 cells, in a file of a few bytes.
    return islice(sheet.iter_rows(values_only=True, max_col=_WIDEST, max_row=MAX_ROWS + 1), MAX_ROWS + 1)
