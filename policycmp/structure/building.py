"""What a text is cut from, and what the pieces are collected in.

`Prepared` holds one text with everything known before it is cut: folded form, paragraphs,
tables, endings, numbering marks, brackets of responsibility. `Builder` collects headings,
clauses, duties and omissions. How a clause is made of a span is told here once, so that the
outline and a correction by hand make the same clause of the same span.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from policycmp.model import Clause, Duty, Omission, Remark
from policycmp.structure.endings import Part, read_endings
from policycmp.structure.layout import pieces_of, read_layout
from policycmp.structure.numbering import read_marks
from policycmp.structure.responsibility import (
    NOBODY,
    Responsibility,
    convention_of,
    find_brackets,
    find_lines,
    read_responsibility,
)
from policycmp.structure.rows import Table, find_tables
from policycmp.text import Span, fold, join, squeeze, trim

__all__ = ["Builder", "Prepared"]


class Prepared:
    """One text and what is known about it before it is cut."""

    def __init__(self, text: str) -> None:
        self.text, self.folded = text, fold(text)
        self.tables = find_tables(text)
        self.layout = read_layout(self.folded, [(table.start, table.end) for table in self.tables])
        self.endings = read_endings(self.folded, self.layout)
        barred = [*self.endings.contents, *self.endings.lists, *((t.start, t.end) for t in self.tables)]
        self.marks = read_marks(self.folded, self.layout, barred, self.endings.annexes)
        self.table_starts = [table.start for table in self.tables]
        self.aside_ends = [end for _, end, _ in self.layout.aside]
        self.convention = convention_of(self.folded)
        self.brackets = self._responsible()
        self.bracket_starts = [start for start, _ in self.brackets]

    def _responsible(self) -> list[Span]:
        """Return brackets and lines of responsibility, in order."""
        spans = find_brackets(self.folded)
        taken = [start for start, _ in spans]
        numbers = [mark.start for mark in self.marks]
        for at in find_lines(self.folded):
            near = bisect_right(taken, at) - 1
            if near >= 0 and spans[near][0] <= at < spans[near][1]:
                continue
            start, end = self.layout.paragraph(at)
            if not start <= at < end:
                continue
            following = bisect_right(numbers, at)
            stop = min(end, numbers[following] if following < len(numbers) else end)
            full = self.folded.find("。", at, stop)
            stop = trim(self.folded, at, full + 1 if full >= 0 else stop)[1]
            spans.insert(near + 1, (at, stop))
            taken.insert(near + 1, at)
        return spans

    def visible(self, start: int, end: int) -> Span:
        """Return the span without white space, page numbers and the like at its ends."""
        start, end = trim(self.folded, start, end)
        at = bisect_left(self.aside_ends, end)
        while (
            start < end
            and at < len(self.aside_ends)
            and self.aside_ends[at] == end
            and self.layout.aside[at][0] > start
        ):
            start, end = trim(self.folded, start, self.layout.aside[at][0])
            at -= 1
        return start, end

    def tables_in(self, start: int, end: int) -> list[Table]:
        """Return the tables that begin in a span."""
        if not self.tables:
            return []
        return self.tables[bisect_left(self.table_starts, start) : bisect_left(self.table_starts, end)]


class Builder:
    """Collects the parts of one text."""

    def __init__(self, source: Prepared) -> None:
        self.source, self.text, self.folded, self.layout = source, source.text, source.folded, source.layout
        self.headings: list[Span] = []
        self.clauses: list[Clause] = []
        self.duties: list[Duty] = []
        self.omitted: list[Omission] = []
        self.leftover: list[Span] = []
        self.remarks: list[Remark] = []
        self.aside = list(self.layout.aside)
        self.aside_starts = [a for a, _, _ in self.aside]

    def add_clause(
        self,
        number: Span | None,
        path: tuple[str, ...],
        span: Span,
        kind: str,
        heading: int,
        skip: list[Span] | None = None,
    ) -> None:
        """Add the clause of `span`, whose heading ends at `heading`; `skip` is left out as a roster."""
        source = self.source
        start, end = source.visible(*span)
        if start >= end:
            return
        number = trim(self.folded, number[0], min(number[1], end)) if number else None
        gaps = [Omission(*number, "number")] if number else []
        said, brackets = self.responsible(start, end)
        gaps += brackets
        low, high = bisect_left(self.aside_starts, start), bisect_left(self.aside_starts, end)
        gaps += [Omission(a, b, reason) for a, b, reason in self.aside[low:high]]
        gaps += [Omission(a, b, "roster") for a, b in skip or ()]
        gaps += [
            Omission(*trim(self.folded, table.start, table.end), "table")
            for table in source.tables_in(start, end)
            if table.end <= end
        ]
        gaps.sort(key=lambda gap: gap.start)
        kept: list[Span] = []
        at = start
        for gap in gaps:
            if gap.start >= at:
                if at < gap.start:
                    kept.append((at, gap.start))
                at = gap.end
                self.omitted.append(gap)
        if at < end:
            kept.append((at, end))
        pieces = pieces_of(self.text, kept, self.layout.breaks)
        joined = join(self.text, pieces)
        body = 0
        for a, b in pieces:
            if a >= heading:
                break
            body += min(b, heading) - a
        while body < len(joined) and joined[body].isspace():
            body += 1
        if body >= len(joined):
            body = 0
        self.clauses.append(
            Clause(
                clause_id=f"c{len(self.clauses) + 1:03d}",
                number=squeeze(self.text[slice(*number)]).rstrip("：:") if number else None,
                path=path,
                heading=joined[:body].strip().rstrip("。：:！? ") or None,
                text=joined,
                kind=kind,
                lead=said.lead,
                cooperating=said.cooperating,
                deadline=said.deadline,
                start=start,
                end=end,
                pieces=pieces,
                body=body,
            )
        )

    def responsible(self, start: int, end: int) -> tuple[Responsibility, list[Omission]]:
        """Return what the brackets and lines of a span say together, and where they stand."""
        source = self.source
        low, high = bisect_left(source.bracket_starts, start), bisect_left(source.bracket_starts, end)
        if low == high:
            return NOBODY, []
        gaps: list[Omission] = []
        lines: list[str] = []
        found: list[Responsibility] = []
        for a, b in source.brackets[low:high]:
            if b > end:
                continue
            gaps.append(Omission(a, b, "responsibility"))
            inner = self.bare(a, b)
            if self.folded[a] in "([【〔" and self.folded[b - 1] in ")]】〕":
                found.append(read_responsibility(inner[1:-1], source.convention))
            else:
                lines.append(inner.lstrip("([【〔（［"))
        if lines:
            # 牵头单位：… and 责任单位：… on two lines are read as one bracket would be.
            found.append(read_responsibility(";".join(lines), source.convention))
        if len(found) == 1:
            return found[0], gaps
        lead = tuple(dict.fromkeys(unit for one in found for unit in one.lead))
        helpers = dict.fromkeys(unit for one in found for unit in one.cooperating if unit not in lead)
        deadline = next((one.deadline for one in reversed(found) if one.deadline), None)
        return Responsibility(lead, tuple(helpers), deadline), gaps

    def bare(self, start: int, end: int) -> str:
        """Return a stretch of text without page numbers."""
        out, at = "", start
        for a, b, _ in self.aside[
            bisect_left(self.aside_starts, start) : bisect_left(self.aside_starts, end)
        ]:
            out += self.text[at:a]
            at = b
        return out + self.text[at:end]

    def add_parts(self, parts: list[Part]) -> None:
        """Book what stands after the body."""
        for part in parts:
            if part.reason in ("footer", "copies"):
                self.leftover.append((part.start, part.end))
            elif part.reason == "title":
                self.headings.append((part.start, part.end))
            else:
                self.omitted.append(Omission(part.start, part.end, part.reason))

    def book_rest(self, header: Span) -> None:
        """Book every visible stretch that no part has claimed: page numbers as omitted, the rest as leftover."""
        claimed = [
            header, *self.headings, *((c.start, c.end) for c in self.clauses), *((d.start, d.end) for d in self.duties),
            *((gap.start, gap.end) for gap in self.omitted), *self.leftover,
        ]  # fmt: skip
        claimed.sort()
        at = 0
        gaps = []
        for start, end in (*claimed, (len(self.text), len(self.text))):
            if start > at:
                gaps.append((at, start))
            at = max(at, end)
        for start, end in gaps:
            low, high = bisect_left(self.aside_starts, start), bisect_left(self.aside_starts, end)
            for a, b, reason in self.aside[low:high]:
                self.omitted.append(Omission(a, b, reason))
                if self.folded[start:a].strip():
                    self.leftover.append(trim(self.folded, start, a))
                start = b
            if self.folded[start:end].strip():
                self.leftover.append(trim(self.folded, start, end))
