"""Signatures: who signed on which day, at the end of a notice or of the plan.

A signature is a line that holds nothing but a date written with 年月日 (or in Chinese numerals),
with the names of bodies on the lines above it, one or several a line; or body and date on
one line; or, in text that lost its line breaks, a body and a date after the last full stop.
A run of digits in the place of the date (``2019115``) is a damaged one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from policycmp.header.dates import DATE, find_dates
from policycmp.header.organs import is_organ, split_organs
from policycmp.text import Span

__all__ = ["Line", "Signature", "find_signatures", "lines_of"]

_AFTER = re.compile(r"(?:\([^()]{2,30}\)|印发|\s)*$")
_DAMAGED = re.compile(r"(?:19|20)\d{3,6}$")
_PAGE = re.compile(r"[-—·.\s]*\d{1,4}[-—·.\s]*|第\s?\d+\s?页.*")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: folded and trimmed, without white space, and where it stands."""

    text: str
    tight: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Signature:
    """Bodies and the day they signed; `date` is None where the printed date is damaged."""

    bodies: tuple[str, ...]
    date: dt.date | None
    start: int
    end: int
    printed: str
    first_line: int


def lines_of(folded: str, zone: Span) -> list[Line]:
    """Return the printed lines of a zone, without page numbers and empty ones."""
    lines = []
    for m in re.compile(r"[^\n\f]+").finditer(folded, *zone):
        raw = m.group()
        text = raw.strip(" \t|?")  # some sites turn the spaces before a signature into question marks
        if not text or _PAGE.fullmatch(text):
            continue
        start = m.start() + raw.index(text)
        lines.append(Line(text, re.sub(r"\s", "", text), start, start + len(text)))
    return lines


def find_signatures(lines: Sequence[Line]) -> list[Signature]:
    """Return the signatures among printed lines, in order.

    Examples
    --------
    >>> text = "现印发给你们,请遵照执行。\\n中共西吉县委办公室\\n西吉县人民政府办公室\\n2025年5月14日\\n"
    >>> find_signatures(lines_of(text, (0, len(text))))[0].bodies
    ('中共西吉县委办公室', '西吉县人民政府办公室')
    """
    found = []
    for k, line in enumerate(lines):
        signature = _dated(lines, k) or _inline(line, k)
        if signature is not None:
            found.append(signature)
    return found


def _dated(lines: Sequence[Line], k: int) -> Signature | None:
    """The line is a date, perhaps after bodies; bodies stand on the lines above."""
    line = lines[k]
    m = DATE.search(line.text)
    damaged = None
    if m is None or m["iy"]:
        damaged = _DAMAGED.fullmatch(line.tight)
        if damaged is None:
            return None
        before, date, printed = "", None, line.text
    else:
        if not _AFTER.match(line.text, m.end()) or "印发" in line.text[m.end() :]:
            return None
        before, printed = line.text[: m.start()].strip(), m.group()
        found = find_dates(m.group())
        date = found[0].date if found else None
    here = split_organs(before) if before else ()
    if before and not here:
        return None
    bodies, first = _above(lines, k)
    bodies = (*bodies, *here)
    if not bodies and not damaged and k + 1 < len(lines):
        bodies = split_organs(lines[k + 1].text)  # some sites print the date above the name
    if not bodies and (damaged or before):
        return None
    return Signature(tuple(dict.fromkeys(bodies)), date, line.start, line.end, printed, first)


def _above(lines: Sequence[Line], k: int) -> tuple[tuple[str, ...], int]:
    bodies: tuple[str, ...] = ()
    first, broken = k, ""
    while first > 0:
        above = lines[first - 1]
        names = split_organs(above.text + broken) if len(above.tight) <= 120 else ()
        if not names:
            # 浙江省生态环境 / 厅: a name that broke over two lines
            if len(above.tight) <= 2 and not broken and is_organ("某某" + above.tight):
                broken, first = above.tight, first - 1
                continue
            break
        bodies, first, broken = (*names, *bodies), first - 1, ""
    return bodies, first


_INLINE = re.compile(r"(?<=[。)!])\s*(?P<bodies>[^。;:!?,()《》\d]{4,60}?)\s*$")


def _inline(line: Line, k: int) -> Signature | None:
    """Text without line breaks: ``…进展情况。重庆市人民政府办公厅2021年8月23日(此件有删减)``."""
    for m in DATE.finditer(line.text, max(0, len(line.text) - 80)):
        if m["iy"] or not _AFTER.match(line.text, m.end()):
            continue
        before = _INLINE.search(line.text[max(0, m.start() - 80) : m.start()])
        names = split_organs(before["bodies"]) if before else ()
        found = find_dates(m.group())
        if names and found:
            return Signature(names, found[0].date, line.start + m.start(), line.start + m.end(), m.group(), k)
    return None
