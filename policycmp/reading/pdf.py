"""PDF: the text layer in reading order, page furniture left out, ruled tables as cell text.

Lines come from the positions of characters, page by page, with a form feed between pages
(line breaks inside paragraphs stay: the outline joins them). A page set in two columns, as
gazettes are, is read column by column. What stands in the margins is recognised by place
and repetition: page numbers, and lines that are the same on most pages. A table is taken
from its ruling lines; one that goes on over the page break goes on in the text too. A file
whose pages hold hardly any characters is a scan, and said to be one.
"""

from __future__ import annotations

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise
from typing import Any

from policycmp.errors import PlanReadError
from policycmp.model import Remark
from policycmp.reading.cells import cell_text
from policycmp.reading.document import Extract, ReadOptions
from policycmp.reading.watch import TimeIsUp, within
from policycmp.tables import read_table

__all__ = ["read_pdf"]

_PAGE_NUMBER = re.compile(
    r"[-—–―·•.\s]{0,4}(?:第?\s?[\divxIVX]{1,5}\s?页?(?:\s?[/,，共]\s?共?\s?\d{1,5}\s?页?)?)[-—–―·•.\s]{0,4}"
)
_UNMAPPED = re.compile(r"\(cid:\d{1,6}\)")
_EDGE = 3
"""How many lines at the top and bottom of a page can be page furniture."""
_NEAR = (-1, 0, 1)
_SCAN = 15
"""Fewer characters a page than this, on average, are no text layer."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A line or a table of a page, by its place from the top."""

    top: float
    text: str
    rows: tuple[tuple[str, ...], ...] = ()


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


def _read_page(page: Any, options: ReadOptions) -> list[_Block]:
    blocks = _blocks(_visible(page), options)
    page.close()  # pdfplumber keeps every page's objects otherwise
    return blocks


def _extract(pages: list[list[_Block]], path: str) -> Extract:
    visible = sum(len(block.text) for page in pages for block in page)
    if visible < _SCAN * max(len(pages), 1):
        raise PlanReadError(
            path,
            f"a PDF without a text layer ({len(pages)} pages of pictures)",
            "It is a scan: run OCR (for example ocrmypdf -l chi_sim) or save its text.",
        )
    pages, left_out = _without_furniture(pages)
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


def _visible(page: Any) -> Any:
    """The page as a reader sees it: no watermark across it, bold made by printing twice counted once."""
    chars = page.chars
    upright = sum(bool(c.get("upright", True)) for c in chars)
    unseen = {id(c) for c in chars if not c.get("upright", True)} if len(chars) <= 2 * upright else set()
    printed: set[tuple[str, int, int]] = set()
    for c in chars:
        x, y = round(c["x0"]), round(c["top"])
        if not c["text"].isspace() and any(
            (c["text"], x + dx, y + dy) in printed for dx in _NEAR for dy in _NEAR
        ):
            unseen.add(id(c))
        else:
            printed.add((c["text"], x, y))
    return page.filter(lambda o: id(o) not in unseen) if unseen else page


def _blocks(page: Any, options: ReadOptions) -> list[_Block]:
    """The lines and tables of a page, from top to bottom, column by column."""
    tables = [t for t in page.find_tables() if _is_table(t)]
    rest = page
    if tables:
        boxes = [t.bbox for t in tables]
        rest = page.filter(
            lambda o: o.get("object_type") != "char" or not any(_inside(o, box) for box in boxes)
        )
    blocks = [_Block(t.bbox[1], "x" * 50, _rows(t, options)) for t in tables]
    gutter = None if tables else _gutter(page)
    if gutter is None:
        blocks += _lines(rest)
        return sorted(blocks, key=lambda b: b.top)
    return _columns(page, gutter)


def _lines(page: Any) -> list[_Block]:
    return [
        _Block(line["top"], line["text"].strip())
        for line in page.extract_text_lines(return_chars=False)
        if line["text"].strip()
    ]


def _inside(char: Any, box: tuple[float, float, float, float]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _is_table(table: Any) -> bool:
    """At least two rows and two columns: one ruled box is a frame, two are a letterhead."""
    rows = table.rows
    return len(rows) >= 2 and max(sum(cell is not None for cell in row.cells) for row in rows) >= 2


def _rows(table: Any, options: ReadOptions) -> tuple[tuple[str, ...], ...]:
    rows = table.extract()
    if sum(map(len, rows)) > options.max_cells:
        raise ValueError("a table with more cells than the limit")
    return tuple(tuple(_cell(cell) for cell in row) for row in rows)


def _cell(text: str | None) -> str:
    """A cell's text: lines that the column's width broke are joined, units one a line stay apart."""
    lines = [line.strip() for line in (text or "").split("\n") if line.strip()]
    widest = max(map(len, lines), default=0)
    out = "".join(lines[:1])
    for before, line in pairwise(lines):
        full = len(before) >= widest - 1
        out += line if full and not (before.endswith(_endings()) and _begins(line)) else f"\n{line}"
    return out


@cache
def _endings() -> tuple[str, ...]:
    return tuple(row["ending"] for row in read_table("organ_endings"))


def _begins(line: str) -> bool:
    """After a body's name (市财政局) another begins; 市发展改革委 / 员会 is one name."""
    return len(line) >= 2 and not line.startswith(("员会", "公室", "公厅", "民政府"))


def _gutter(page: Any) -> float | None:
    """The middle of the white strip between two columns of text, or None.

    The strip is at least a character and a half wide, hardly any line crosses it, and most
    lines have text on both sides of it that ends and begins there.
    """
    rows: dict[int, list[tuple[float, float]]] = {}
    for c in page.chars:
        if c["text"].strip():
            rows.setdefault(round(c["top"] / 5), []).append((c["x0"], c["x1"]))
    if len(rows) < 10:
        return None
    widths = sorted(b - a for row in rows.values() for a, b in row)
    left, right = (
        min(a for row in rows.values() for a, _ in row),
        max(b for row in rows.values() for _, b in row),
    )
    half = 0.75 * widths[len(widths) // 2]
    for step in range(40, 61):
        x = left + (right - left) * step / 100
        crossing = sum(any(a < x + half and b > x - half for a, b in row) for row in rows.values())
        if crossing > 0.15 * len(rows):
            continue
        both = [row for row in rows.values() if min(a for a, _ in row) < x < max(b for _, b in row)]
        reaching = sum(any(x - 5 * half < b <= x for _, b in row) for row in both)
        if len(both) >= 0.5 * len(rows) and reaching >= 0.5 * len(both):
            return float(x)
    return None


def _columns(page: Any, x: float) -> list[_Block]:
    """Full-width lines first in their place, the columns between them left before right."""
    x0, top, x1, bottom = page.bbox
    wide = sorted(
        line["top"]
        for line in page.extract_text_lines(return_chars=True)
        if any(c["x0"] < x + 2 and c["x1"] > x - 2 for c in line["chars"]) and line["text"].strip()
    )
    edges, blocks = [top, *wide, bottom], []
    for k, (upper, lower) in enumerate(pairwise(edges)):
        if lower - upper < 1:
            continue
        band = page.crop((x0, upper, x1, lower))
        if k:
            lines = _lines(band)
            blocks += lines[:1]
            upper = min(upper + 8, lower)
            start = lines[1].top if len(lines) > 1 else lower
            upper = max(upper, min(start, lower))
        if lower - upper < 1:
            continue
        for part in ((x0, upper, x, lower), (x, upper, x1, lower)):
            blocks += _lines(page.crop(part))
    return blocks


def _furniture(pages: Sequence[Sequence[_Block]]) -> set[str]:
    """Lines that stand at the top or bottom of most pages, digits aside."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_pattern(block) for block in _edges(page) if not block.rows})
    least = max(3, (len(pages) + 1) // 2)
    return {pattern for pattern, count in seen.items() if count >= least and pattern}


def _edges(page: Sequence[_Block]) -> Iterable[_Block]:
    return page if len(page) <= 2 * _EDGE else (*page[:_EDGE], *page[-_EDGE:])


def _pattern(block: _Block) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\s", "", block.text))


def _without_furniture(pages: list[list[_Block]]) -> tuple[list[list[_Block]], list[str]]:
    repeated = _furniture(pages)
    numbers, heads, kept = 0, Counter[str](), []
    numbered = sum(any(_is_number(b) for b in (*page[:1], *page[-1:])) for page in pages)
    for page in pages:
        edge = {id(block) for block in _edges(page)}
        rest = []
        for k, block in enumerate(page):
            outer = k in (0, len(page) - 1) or (k in (1, len(page) - 2) and _pattern(block) in repeated)
            if not block.rows and _is_number(block) and outer and numbered >= 0.5 * len(pages):
                numbers += 1
            elif (
                not block.rows and id(block) in edge and _pattern(block) in repeated and not _is_number(block)
            ):
                heads[block.text] += 1
                if heads[block.text] == 1:
                    rest.append(block)
            else:
                rest.append(block)
        kept.append(rest)
    said = [f"{numbers} page numbers were left out"] if numbers else []
    said += [
        f"the running head {text!r} was kept once and left out {n - 1} times"
        for text, n in heads.items()
        if n > 1
    ]
    return kept, said


def _is_number(block: _Block) -> bool:
    return not block.rows and bool(_PAGE_NUMBER.fullmatch(block.text.strip()))


def _join(pages: list[list[_Block]]) -> str:
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
