"""PDF: the text layer in reading order, page furniture left out, ruled tables as cell text.

A form feed stands between pages; line breaks inside paragraphs stay (the outline joins
them); a table that goes on over the page break goes on in the text too. A file whose pages
hold hardly any characters is a scan, and said to be one. A broken or hostile file meets
limits on what it unpacks to, on pages and on time.
"""

from __future__ import annotations

import io
import re
import zlib
from functools import partial
from typing import Any

from policycmp.errors import PlanReadError
from policycmp.model import Remark
from policycmp.reading.cells import cell_text
from policycmp.reading.document import Extract, ReadOptions
from policycmp.reading.furniture import without_furniture
from policycmp.reading.page_blocks import Block, blocks_of, visible
from policycmp.reading.watch import TimeIsUp, within

__all__ = ["read_pdf"]

_UNMAPPED = re.compile(r"\(cid:\d{1,6}\)")
_SCAN = 15
"""Fewer characters a page than this, on average, are no text layer."""


def read_pdf(data: bytes, path: str, options: ReadOptions) -> Extract:
    """Return the text layer of a PDF."""
    try:
        import pdfplumber  # noqa: F401 - tried here, so that a missing one is said
        from pdfminer.pdfdocument import PDFPasswordIncorrect
    except ImportError:
        raise PlanReadError(
            path,
            "a PDF, and pdfplumber is not installed",
            "Install the readers: pip install 'policycmp[readers]'.",
        ) from None
    _check_streams(data, path, options)
    try:
        document = within(options.max_seconds, lambda: _open(data))
        if len(document.pages) > options.max_pages:
            raise PlanReadError(
                path,
                f"{len(document.pages)} pages, more than the limit",
                "Raise ReadOptions(max_pages=…) if that is meant.",
            )
        pages = [within(options.max_seconds, partial(_read_page, page, options)) for page in document.pages]
    except PlanReadError:
        raise
    except TimeIsUp:
        raise PlanReadError(
            path,
            f"a PDF that was not opened, or a page of it not read, within {options.max_seconds} seconds",
            "Print it to a new PDF, save its text, or raise ReadOptions(max_seconds=…).",
        ) from None
    except Exception as error:  # the parser meets anything a broken file can hold
        if isinstance(error, PDFPasswordIncorrect) or "PasswordIncorrect" in repr(error):
            raise PlanReadError(
                path, "a PDF with a password", "Remove the password and save it again."
            ) from None
        raise PlanReadError(
            path,
            f"a damaged PDF ({type(error).__name__}: {error})",
            "Print it to a new PDF, or save its text.",
        ) from None
    return _extract(pages, path)


def _open(data: bytes) -> Any:
    import pdfplumber

    document = pdfplumber.open(io.BytesIO(data))
    len(document.pages)  # walks the tree of pages
    return document


def _read_page(page: Any, options: ReadOptions) -> list[Block]:
    blocks = blocks_of(visible(page), options)
    page.close()  # pdfplumber keeps every page's objects otherwise
    return blocks


def _extract(pages: list[list[Block]], path: str) -> Extract:
    visible = sum(len(block.text) for page in pages for block in page)
    if visible < _SCAN * max(len(pages), 1):
        raise PlanReadError(
            path,
            f"a PDF without a text layer ({len(pages)} pages of pictures)",
            "It is a scan: run OCR (for example ocrmypdf -l chi_sim) or save its text.",
        )
    pages, left_out = without_furniture(pages)
    text = _UNMAPPED.sub("\ufffd", _join(pages))
    lost = [m.start() for m in re.finditer("\ufffd", text)]
    if len(lost) > 0.3 * len(re.sub(r"\s", "", text)):
        raise PlanReadError(
            path,
            "a PDF whose fonts do not say which characters they show",
            "Run OCR on it, or find another copy.",
        )
    remarks = [Remark("left_out", what) for what in left_out]
    if lost:
        remarks.append(
            Remark("damage", f"{len(lost)} characters of the PDF have no code", lost[0], lost[-1] + 1)
        )
    empty = [str(n) for n, page in enumerate(pages, 1) if not page]
    if empty:
        remarks.append(Remark("left_out", f"pages without text: {', '.join(empty[:20])}"))
    return Extract(text, None, tuple(remarks))


def _check_streams(data: bytes, path: str, options: ReadOptions) -> None:
    """Refuse a file whose compressed streams unpack to more than the limit, before a parser unpacks them."""
    left = options.max_expanded_bytes
    for m in re.finditer(rb"stream\r?\n(?=[\x08-\x78][\x01\x5e\x9c\xda])", data):
        reader = zlib.decompressobj()
        try:
            for at in range(m.end(), len(data), 2**16):
                piece = data[at : at + 2**16]
                while piece and not reader.eof:
                    left -= len(reader.decompress(piece, 2**20))
                    piece = reader.unconsumed_tail
                    if left < 0:
                        raise PlanReadError(
                            path,
                            f"a PDF that unpacks to more than {options.max_expanded_bytes:,} bytes",
                            "Raise ReadOptions(max_expanded_bytes=…) if the file is what you mean.",
                        )
                if reader.eof:
                    break
        except zlib.error:
            continue  # not a compressed stream after all, or a broken one: the parser will say


def _join(pages: list[list[Block]]) -> str:
    parts: list[str] = []
    open_table: tuple[tuple[str, ...], ...] = ()
    for n, page in enumerate(pages):
        for k, block in enumerate(page):
            if not block.rows:
                parts.append(block.text + "\n")
                open_table = ()
                continue
            rows = block.rows
            if k == 0 and open_table and len(rows[0]) == len(open_table[0]):
                # The table goes on: no page break inside it, and its head is not repeated.
                if parts[-1] == "\f":
                    parts.pop()
                parts[-1] = parts[-1].removesuffix("\n")
                rows = rows[1:] if rows[0] == open_table[0] else rows
            parts.append(cell_text(rows) if rows else "")
            open_table = block.rows if not open_table or k else open_table
        if n < len(pages) - 1:
            parts.append("\f")
    return "".join(parts)
