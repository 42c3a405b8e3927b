"""Word documents: paragraphs with the numbers a reader sees, tables as cell text.

The body is walked in order. Text comes from runs (inserted text too, deleted and hidden
text not, field results but not field codes, text boxes once); automatic numbering is
resolved by `ListNumbers`; a table becomes cell text with merged cells empty after the first,
a table of one column becomes its paragraphs. Before anything is unpacked the archive's own
directory says how large its parts will be; more than the limits is refused.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import Any

from policycmp.errors import PlanReadError
from policycmp.model import Remark
from policycmp.reading.cells import Grid, cell_text
from policycmp.reading.document import Extract, ReadOptions
from policycmp.reading.list_numbers import ListNumbers

__all__ = ["read_word"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BROKEN = "Open it in Word, WPS or LibreOffice, save it again as .docx, and read that."
_DEPTH = 60
_DECLARATIONS = tuple(
    mark.encode(encoding)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
)


def read_word(data: bytes, path: str, options: ReadOptions) -> Extract:
    """Return the text of a ``.docx`` file."""
    try:
        import docx
        import lxml.etree  # type: ignore[import-untyped]
        from docx.opc.exceptions import OpcError
    except ImportError:
        raise PlanReadError(
            path,
            "a Word document, and python-docx is not installed",
            "Install the readers: pip install 'policycmp[readers]'.",
        ) from None
    _check_archive(data, path, options)
    broken = (
        KeyError,
        ValueError,
        AttributeError,
        IndexError,
        TypeError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    )
    archive = (zipfile.BadZipFile, zlib.error, struct.error, lxml.etree.LxmlError)
    try:
        document = docx.Document(io.BytesIO(data))
        part = document.part
        numbering = part.numbering_part.element if _has_numbering(part) else None
        body = _Body(ListNumbers(numbering, document.styles.element), options)
        body.blocks(document.element.body)
    except OverflowError as error:
        raise PlanReadError(
            path, str(error), "Raise ReadOptions(max_cells=…) if the file is what you mean."
        ) from None
    except (*broken, *archive, OpcError) as error:
        raise PlanReadError(path, f"a damaged Word file ({type(error).__name__}: {error})", _BROKEN) from None
    return Extract(body.text(), None, tuple(body.remarks()))


def _has_numbering(part: Any) -> bool:
    # numbering_part would create an empty default one, which some builds of the library lack.
    return any(rel.reltype.endswith("/numbering") for rel in part.rels.values())


def _check_archive(data: bytes, path: str, options: ReadOptions) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 0x1 for part in parts):
                raise PlanReadError(
                    path, "a Word file with a password", "Remove the password and save it again."
                )
            total = sum(part.file_size for part in parts)
            dense = any(
                part.file_size > 2**20 and part.file_size > options.max_expansion * max(part.compress_size, 1)
                for part in parts
            )
            if total > options.max_expanded_bytes or dense:
                raise PlanReadError(
                    path,
                    f"a Word file that unpacks to {total:,} bytes from {len(data):,}",
                    "Raise ReadOptions(max_expanded_bytes=…, max_expansion=…) if the file is what you mean.",
                )
            for part in parts:
                # A document type could define entities that expand without end; Word never writes one.
                if part.filename.endswith((".xml", ".rels")):
                    content = archive.read(part)
                    if any(mark in content for mark in _DECLARATIONS):
                        raise PlanReadError(path, "a Word file with XML entities", _BROKEN)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
    ) as error:
        if isinstance(error, PlanReadError):
            raise
        raise PlanReadError(path, f"a damaged Word file ({error})", _BROKEN) from None


class _Body:
    """Collects text from the body, in order."""

    def __init__(self, numbers: ListNumbers, options: ReadOptions) -> None:
        self.numbers = numbers
        self.options = options
        self.parts: list[str] = []
        self.pictures = 0
        self.notes = 0

    def text(self) -> str:
        return re.sub(r"\n{3,}", "\n\n", "".join(self.parts)).rstrip("\n") + "\n"

    def remarks(self) -> list[Remark]:
        found = (
            (self.pictures, "pictures were not read"),
            (self.notes, "footnotes or endnotes were not read"),
        )
        return [Remark("left_out", f"{count} {what}") for count, what in found if count]

    def blocks(self, container: Any, depth: int = 0) -> None:
        """Read paragraphs and tables, also those in content controls and tracked insertions."""
        if depth > _DEPTH:
            raise ValueError("content nested too deeply")
        for child in container:
            if child.tag == f"{_W}p":
                self.parts.append(self.paragraph(child) + "\n")
            elif child.tag == f"{_W}tbl":
                self._table(child, depth)
            elif child.tag in (
                f"{_W}sdt",
                f"{_W}sdtContent",
                f"{_W}ins",
                f"{_W}moveTo",
                f"{_W}customXml",
                f"{_W}smartTag",
            ):
                self.blocks(child, depth + 1)

    def paragraph(self, p: Any) -> str:
        """Return a paragraph with its number; text boxes anchored in it follow as lines."""
        out: list[str] = []
        boxes: list[Any] = []
        todo = [p]
        while todo:
            node = todo.pop()
            tag = node.tag
            if tag in (
                f"{_W}del",
                f"{_W}moveFrom",
                f"{_W}pPr",
                f"{_W}rPr",
                f"{_W}instrText",
                _FALLBACK,
            ) or _hidden(node):
                continue
            if tag == f"{_W}txbxContent":
                boxes.append(node)
                continue
            out.append(self._leaf(node))
            todo.extend(reversed(node))
        number = self.numbers.number(p)
        text = number + "".join(out)
        for box in boxes:
            inner = _Body(self.numbers, self.options)
            inner.blocks(box, 1)
            text += "\n" + inner.text().rstrip("\n")
        return text

    def _leaf(self, node: Any) -> str:
        tag = node.tag
        if tag in (f"{_W}t", _FORMULA):
            return node.text or ""
        if tag == f"{_W}tab":
            return " " if node.getparent().tag == f"{_W}r" else ""  # a tab would look like a table cell
        if tag in (f"{_W}br", f"{_W}cr"):
            return "\n"
        if tag == f"{_W}noBreakHyphen":
            return "-"
        if tag == f"{_W}sym":
            code = node.get(f"{_W}char") or ""
            return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{4}", code) else ""
        if tag in (f"{_W}drawing", f"{_W}pict") and next(node.iter(f"{_W}txbxContent"), None) is None:
            self.pictures += 1
        elif tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
            self.notes += 1
        return ""

    def _cell(self, cell: Any, depth: int) -> str:
        inner = _Body(self.numbers, self.options)
        inner.blocks(cell, depth + 1)
        self.pictures += inner.pictures
        self.notes += inner.notes
        return inner.text().strip("\n")

    def _table(self, table: Any, depth: int) -> None:
        grid = Grid(self.options.max_cells)
        rows = [row for row in table.iter(f"{_W}tr") if _owner(row) is table]
        for r, row in enumerate(rows):
            for _ in range(_number(row.find(f"{_W}trPr"), "gridBefore", 0)):
                grid.put(r, "")
            for cell in row.iter(f"{_W}tc"):
                if _owner(cell) is table:
                    pr = cell.find(f"{_W}tcPr")
                    grid.put(
                        r,
                        "" if _continues(pr) else self._cell(cell, depth),
                        columns=_number(pr, "gridSpan", 1),
                    )
        filled = grid.rows()
        if filled and len(filled[0]) > 1:
            self.parts.append(cell_text(filled))
        else:
            self.parts.extend(f"{row[0]}\n" for row in filled)


def _continues(pr: Any) -> bool:
    """The cell belongs to one above it, whose text it does not repeat."""
    merge = pr.find(f"{_W}vMerge") if pr is not None else None
    return merge is not None and merge.get(f"{_W}val") != "restart"


def _hidden(node: Any) -> bool:
    return node.tag == f"{_W}r" and node.find(f"{_W}rPr/{_W}vanish") is not None


def _owner(node: Any) -> Any:
    parent = node.getparent()
    while parent is not None and parent.tag != f"{_W}tbl":
        parent = parent.getparent()
    return parent


def _number(pr: Any, tag: str, default: int) -> int:
    child = pr.find(f"{_W}{tag}") if pr is not None else None
    value = child.get(f"{_W}val") if child is not None else None
    return min(int(value), 1000) if value and re.fullmatch(r"\d{1,4}", value) else default
