"""From a page of a PDF to its lines and tables, in reading order.

Lines come from the positions of characters. A page set in two columns, as gazettes are, is
read column by column; a table is taken from its ruling lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from policycmp.reading.document import ReadOptions
from policycmp.tables import read_table

__all__ = ["Block", "blocks_of", "visible"]

_NEAR = (-1, 0, 1)


@dataclass(frozen=True, slots=True)
class Block:
    """A line or a table of a page, by its place from the top."""

    top: float
    text: str
    rows: tuple[tuple[str, ...], ...] = ()


def visible(page: Any) -> Any:
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


def blocks_of(page: Any, options: ReadOptions) -> list[Block]:
    """The lines and tables of a page, from top to bottom, column by column."""
    tables = [t for t in page.find_tables() if _is_table(t)]
    rest = page
    if tables:
        boxes = [t.bbox for t in tables]
        rest = page.filter(
            lambda o: o.get("object_type") != "char" or not any(_inside(o, box) for box in boxes)
        )
    blocks = [Block(t.bbox[1], "x" * 50, _rows(t, options)) for t in tables]
    gutter = None if tables else _gutter(page)
    if gutter is None:
        blocks += _lines(rest)
        return sorted(blocks, key=lambda b: b.top)
    return _columns(page, gutter)


def _lines(page: Any) -> list[Block]:
    return [
        Block(line["top"], line["text"].strip())
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


def _columns(page: Any, x: float) -> list[Block]:
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
