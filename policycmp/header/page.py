"""The parts of a document that speak about it, gathered once.

`Page` holds the printed lines of the head and the tail, the fields of the information table,
the numbers that can be the document's own, the signatures and, for statutes, the history
of adoption; the choices between them are made elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from policycmp.header.dates import DateFound, find_dates
from policycmp.header.metadata import Field, read_metadata
from policycmp.header.numbers import DocumentNumber, find_numbers
from policycmp.header.signatures import Line, Signature, find_signatures, lines_of
from policycmp.header.titles import find_titles
from policycmp.text import Span, squeeze

__all__ = ["Adoption", "Page", "without_number"]

_ADOPTED = re.compile(
    r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?:.{2,120}(?:通过|批准|公布|发布|修订|修正|施行|生效)[)。]?$"
    r"|.{0,12}(?:第[一二三四五六七八九十]{1,4}届.{0,10}人民代表大会|国务院令|国务院批准))"
)


@dataclass(frozen=True, slots=True)
class Adoption:
    """One entry of a statute's history: when it was adopted or changed, and by whom."""

    date: DateFound
    line: Line


class Page:
    """The evidence in the head and tail of one document.

    Parameters
    ----------
    folded : str
        The document, folded.
    head : Span
    tails : tuple of Span
        Where to look.
    """

    def __init__(self, folded: str, head: Span, tails: tuple[Span, ...]) -> None:
        self.folded = folded
        self.fields: tuple[Field, ...] = read_metadata(folded, (head, *tails))
        self.lines: list[Line] = list(_cut(lines_of(folded, head)))
        self.tail_lines: list[Line] = [line for tail in tails for line in lines_of(folded, tail)]
        self.numbers: dict[int, DocumentNumber] = {
            k: n for k, line in enumerate(self.lines) if (n := _own_number(line)) is not None
        } | _orders(self.lines)
        self.signatures: list[Signature] = self._signatures(self.lines)
        self.tail_signatures: list[Signature] = self._signatures(self.tail_lines)
        self.history: list[Adoption] = [a for line in self.lines for a in _adoptions(line)]

    def _signatures(self, lines: list[Line]) -> list[Signature]:
        """Signatures that are no field of the information table (发布日期 with its value on the next line)."""
        return [s for s in find_signatures(lines) if not any(f.start <= s.start < f.end for f in self.fields)]

    def all(self, *names: str) -> Iterator[Field]:
        """The fields of these kinds that have a value, in order."""
        return (f for f in self.fields if f.field in names and f.value)

    def value(self, name: str) -> str | None:
        """The first value of a field."""
        return next((f.value for f in self.all(name)), None)

    def number(self) -> DocumentNumber | None:
        """The document's own number: the table's before the printed one, whole before damaged."""
        listed = [n for f in self.all("number", "title") for n in find_numbers(f.value)[:1]]
        # A statute prints every order that changed it; the last one is its own.
        adopted = [n for a in self.history for n in find_numbers(a.line.text)]
        printed = adopted[-1:] or list(self.numbers.values())
        candidates = [*listed, *printed]
        return next((n for n in candidates if not n.damaged), candidates[0] if candidates else None)


def _cut(lines: list[Line]) -> Iterator[Line]:
    """Cut a line that runs title, number and addressee together (text without line breaks)."""
    for line in lines:
        n = next(iter(find_numbers(line.text)), None)
        title = line.text[: n.start].strip() if n else ""
        if n is None or len(line.tight) < 60 or not re.fullmatch(r"[^。;:,(]{8,120}", title):
            yield line
            continue
        for a, b in pairwise((0, n.start, n.end, len(line.text))):
            part = line.text[a:b]
            if part.strip():
                yield Line(part.strip(), squeeze(part), line.start + a, line.start + b)


def _own_number(line: Line) -> DocumentNumber | None:
    """The document number if the line holds just it, or a title that begins or ends with it."""
    found = find_numbers(line.text)
    if len(found) != 1 or len(line.tight) > 140:
        return None
    n = found[0]
    before, after = re.sub(r"[\s(〔]", "", line.text[: n.start]), re.sub(r"[\s)〕]", "", line.text[n.end :])
    place = replace(n, start=line.start + n.start, end=line.start + n.end)
    if not before and not after:
        return place
    if (
        (before and after)
        or before.endswith("》")
        or re.search(r"根据|按照|依据|规定|收悉|[。;,]", before + after)
    ):
        return None
    return place if find_titles([before or after]) else None


def _orders(lines: list[Line]) -> dict[int, DocumentNumber]:
    """Orders print their number on two lines: 杭州市人民政府令 / 第330号."""
    found = {}
    for k, (line, below) in enumerate(pairwise(lines)):
        if re.fullmatch(r"[\u4e00-\u9fff]{3,24}(?:令|公告)", line.tight) and re.fullmatch(
            r"第\d{1,5}号", below.tight
        ):
            text = line.tight + below.tight
            found[k + 1] = DocumentNumber(text, line.tight, below.start, below.end, False, text)
    return found


def without_number(line: Line, number: DocumentNumber | None = None) -> str:
    """Return a line's text without a document number at its beginning or end."""
    text = line.text
    found = (
        find_numbers(text)
        if number is None
        else [replace(number, start=number.start - line.start, end=number.end - line.start)]
    )
    for n in found:
        before, after = text[: n.start].rstrip("( "), text[n.end :].lstrip(") ")
        if not before or not after:
            return (before + after).strip()
    return text


def _adoptions(line: Line) -> list[Adoption]:
    """The dated entries of a line of a statute's history; dates in 《》 are other documents'."""
    if not _ADOPTED.match(line.tight.lstrip("(#")):
        return []
    bare = re.sub(r"《[^《》]*》", lambda m: "》" * len(m.group()), line.tight)
    return [Adoption(d, line) for d in find_dates(bare)]
