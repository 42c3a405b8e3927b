"""From text to clauses: headings, lead-ins, tasks, duties, and what belongs to none of them.

The text is cut at its numbering marks. A numbered part with parts below it is a section:
its heading is a heading span, a lead-in sentence between heading and first part is a
clause of its own. A part with none below is a clause from its number to the next mark.
Before the first mark is the header (notice, title, preamble), after the last clause of a
document its ending (see `policycmp.endings`). Rows of tables of responsibilities are
clauses, paragraphs of departments' duties are duties. Every visible character lies in
exactly one of header, headings, clauses, duties, omitted and leftover.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from policycmp.duties import DUTY_SECTION, duty_of, duty_paragraphs, roster
from policycmp.endings import Part, close, read_endings
from policycmp.layout import pieces_of, read_layout
from policycmp.model import Clause, Duty, Measure, Omission, Remark
from policycmp.numbering import RANKS, Mark, read_marks
from policycmp.responsibility import convention_of, find_brackets, find_lines, read_responsibility
from policycmp.rows import Table, find_tables, read_rows
from policycmp.sections import heading_end, kind_of, kind_within
from policycmp.sentences import measures_of
from policycmp.text import Span, fold, join, trim

__all__ = ["Outline", "read_outline"]

_FORMAL = re.compile(
    r"本(?:方案|意见|办法|通知|措施|规划|计划|细则|行动)|以上|上述|此前|有效期|特此|自.{2,30}起(?:施行|实施|执行)|未尽"
)
_CLOSING = re.compile(rf"{_FORMAL.pattern}|各(?:地|省|市|县|区|乡|镇|有关|级|部门|单位|相关)|请各|未纳入")
_SECTION_LINE = re.compile(
    r"(?:总体要求|指导思想|基本原则|工作原则|(?:主要|总体|工作|发展|行动)目标|(?:重点|主要|工作)任务|(?:重点|主要|工作)?措施|(?:保障|组织)(?:措施|实施|保障)|工作要求|组织领导)"
)
_ADDRESS = re.compile(r"[^。;!?]{2,200}:")


@dataclass(frozen=True, slots=True)
class Outline:
    """What a text is made of; spans are offsets into it."""

    header: Span
    tail: Span
    """From the end of the body on: signature, annexes, footer."""
    headings: tuple[Span, ...]
    clauses: tuple[Clause, ...]
    measures: tuple[Measure, ...]
    duties: tuple[Duty, ...]
    omitted: tuple[Omission, ...]
    leftover: tuple[Span, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class _Node:
    """A mark with its part of the text."""

    mark: Mark
    start: int
    end: int
    text: int
    """Where the text after the number begins."""
    parent: bool
    closes: bool
    """No part of the same document follows."""


class _Text:
    """One text and what is known about it before it is cut."""

    def __init__(self, text: str) -> None:
        self.text, self.folded = text, fold(text)
        self.tables = find_tables(text)
        self.layout = read_layout(self.folded, [(table.start, table.end) for table in self.tables])
        self.endings = read_endings(self.folded, self.layout)
        barred = [*self.endings.contents, *self.endings.lists, *((t.start, t.end) for t in self.tables)]
        self.marks = read_marks(self.folded, self.layout, barred, self.endings.annexes)
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
        while True:
            start, end = trim(self.folded, start, end)
            at = bisect_left(self.aside_ends, end)
            if start < end and at < len(self.aside_ends) and self.aside_ends[at] == end and self.layout.aside[at][0] > start:
                end = self.layout.aside[at][0]
            else:
                return start, end

    def clause_text(self, spans: list[Span]) -> tuple[tuple[Span, ...], str]:
        pieces = pieces_of(self.text, spans, self.layout.breaks)
        return pieces, join(self.text, pieces)


class _Builder:
    """Collects the parts of one text."""

    def __init__(self, source: _Text) -> None:
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
        start, end = self.source.visible(*span)
        if start >= end:
            return
        gaps = [Omission(*number, "number")] if number else []
        lead: list[str] = []
        cooperating: list[str] = []
        deadline = None
        source = self.source
        lines: list[str] = []
        for a, b in source.brackets[
            bisect_left(source.bracket_starts, start) : bisect_left(source.bracket_starts, end)
        ]:
            if b > end:
                continue
            gaps.append(Omission(a, b, "responsibility"))
            inner = self.bare(a, b)
            if self.folded[a] in "([【〔":
                found = read_responsibility(inner[1:-1], source.convention)
                lead += found.lead
                cooperating += found.cooperating
                deadline = found.deadline or deadline
            else:
                lines.append(inner)
        if lines:
            found = read_responsibility(";".join(lines), source.convention)
            lead += found.lead
            cooperating += found.cooperating
            deadline = found.deadline or deadline
        low, high = bisect_left(self.aside_starts, start), bisect_left(self.aside_starts, end)
        gaps += [Omission(a, b, reason) for a, b, reason in self.aside[low:high]]
        gaps += [Omission(a, b, "roster") for a, b in skip or ()]
        gaps += [
            Omission(*trim(self.folded, t.start, t.end), "table")
            for t in source.tables
            if start <= t.start and t.end <= end
        ]
        gaps.sort(key=lambda gap: gap.start)
        kept: list[Span] = []
        at = start
        for gap in gaps:
            if gap.start < at:
                continue
            if at < gap.start:
                kept.append((at, gap.start))
            at = gap.end
            self.omitted.append(gap)
        if at < end:
            kept.append((at, end))
        pieces, joined = source.clause_text(kept)
        body = sum(min(b, heading) - a for a, b in pieces if a < heading)
        while body < len(joined) and joined[body].isspace():
            body += 1
        if body >= len(joined):
            body = 0
        title = joined[:body].strip().rstrip("。：:！? ") or None
        leads = tuple(dict.fromkeys(lead))
        self.clauses.append(
            Clause(
                f"c{len(self.clauses) + 1:03d}", re.sub(r"\s", "", self.text[slice(*number)]) if number else None, path,
                title, joined, kind, leads, tuple(u for u in dict.fromkeys(cooperating) if u not in leads), deadline,
                start, end, pieces, body,
            )
        )  # fmt: skip

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
            elif part.reason in ("title", "annex"):
                self.headings.append(
                    (part.start, part.end)
                ) if part.reason == "title" else self.omitted.append(Omission(part.start, part.end, "annex"))
            else:
                self.omitted.append(Omission(part.start, part.end, part.reason))


def _nodes(source: _Text, end: int) -> list[_Node]:
    marks = source.marks
    out = []
    for at, mark in enumerate(marks):
        following = marks[at + 1] if at + 1 < len(marks) else None
        start, stop = source.visible(mark.start, following.start if following else end)
        fresh = following is None or (
            following.depth == 0
            and (
                following.value == 1
                or any(mark.start < annex <= following.start for annex in source.endings.annexes)
            )
        )
        parent = following is not None and following.depth > mark.depth
        out.append(_Node(mark, start, stop, trim(source.folded, mark.end, stop)[0], parent, fresh))
    return out


def _closing(source: _Text, nodes: list[_Node], at: int, heading: int, end: int) -> int:
    """Return where unnumbered closing paragraphs begin in the last part of a document, `end` if there are none."""
    node = nodes[at]
    own = source.layout.within(max(heading, node.text + 1), end)
    if heading < end and (not own or own[0][0] > heading):
        own = ((heading, source.layout.paragraph(heading)[1]), *own)
    if len(own) < 2:
        return end
    peers = [
        len(source.layout.within(other.text + 1, other.end)) + 1
        for other in nodes[max(at - 40, 0) : at]
        if other.mark.kind == node.mark.kind and not other.parent
    ]
    mine = len(source.layout.within(node.text + 1, end)) + 1
    inline = heading == node.text or source.layout.paragraph(node.text)[1] > heading
    if peers and max(peers) == 1:
        return own[len(own) - mine + 1][0] if len(own) >= mine else own[1][0]
    closing = end
    for a, b in reversed(own[1:]):
        if not (_CLOSING if inline else _FORMAL).match(source.folded, a, b):
            break
        closing = a
    return closing


def _body(build: _Builder, nodes: list[_Node]) -> None:
    source, folded, layout = build.source, build.folded, build.layout
    path: list[str] = []
    kinds: list[str | None] = []
    article: int | None = None
    tables = [table for table in source.tables if table.columns]
    for at, node in enumerate(nodes):
        mark, start, end = node.mark, node.start, node.end
        del path[mark.depth :], kinds[mark.depth :]
        if mark.kind == "article":
            article = mark.depth
        elif article is not None and mark.depth < article:
            article = None
        statute = article is not None and mark.depth >= article
        paragraph_end = layout.paragraph(node.text)[1]
        heading = (
            node.text if statute else heading_end(folded, node.text, paragraph_end, end, section=node.parent)
        )
        words = re.sub(r"\s", "", build.bare(node.text, heading)).rstrip("。：:!！")
        own = kind_of(words)
        kind = "article" if statute else kind_within(tuple(kinds), own)
        number = (mark.start, mark.end)
        parts = (
            close(folded, layout, source.endings, max(heading, node.text), end, last=at == len(nodes) - 1)
            if node.closes
            else []
        )
        stop = parts[0].start if parts else end
        rows = [table for table in tables if start <= table.start < end]
        stop = min([stop, *(table.start for table in rows)])
        duty_section = any(name and DUTY_SECTION.search(name) for name in path[-2:])
        if node.parent:
            if folded[heading:stop].strip() or statute:
                build.add_clause(
                    number, tuple(path), (start, stop), kind, heading, roster(folded, layout, heading, stop)
                )
            else:
                build.headings.append(trim(build.folded, start, stop))
        elif duty_section and not statute and (duty := duty_of(build.text, folded, node.text, stop, layout)):
            build.omitted.append(Omission(mark.start, trim(build.folded, mark.end, stop)[0], "number"))
            build.duties.append(replace(duty, start=node.text))
        else:
            _leaf(build, nodes, at, tuple(path), stop, kind, heading, statute=statute)
        for table in rows:
            _table(build, table)
        if parts or rows:
            after = max([stop, *(table.end for table in rows)])
            build.add_parts([part for part in parts if part.start >= after or not rows])
            if rows and not parts:
                build.add_clause(None, tuple(path), (after, end), "other", after)
        path.append(re.sub(r"\s", "", build.text[mark.start : mark.end]) + words)
        kinds.append(own)


def _table(build: _Builder, table: Table) -> None:
    clauses, headings, omitted = read_rows(build.text, build.folded, table, len(build.clauses) + 1)
    build.clauses += clauses
    build.headings += headings
    build.omitted += omitted


def _leaf(
    build: _Builder,
    nodes: list[_Node],
    at: int,
    path: tuple[str, ...],
    stop: int,
    kind: str,
    heading: int,
    *,
    statute: bool,
) -> None:
    """Add the clause of a part without parts, and what paragraphs below it are besides."""
    source, folded, layout = build.source, build.folded, build.layout
    node = nodes[at]
    number = (node.mark.start, node.mark.end)
    if statute:
        # Paragraphs after the last item of an article are the article's, not the item's.
        item = node.mark.kind != "article"
        after = layout.within(node.text + 1, stop) if item else ()
        first = after[0][0] if after else stop
        build.add_clause(number, path, (node.start, first), kind, heading)
        build.add_clause(None, path[: node.mark.depth], (first, stop), kind, first)
        return
    duties = duty_paragraphs(folded, layout, heading, stop)
    if duties:
        edges = [a for a, _ in duties[1:]] + [stop]
        build.add_clause(
            number,
            path,
            (node.start, duties[0][0]),
            kind,
            heading,
            roster(folded, layout, heading, duties[0][0]),
        )
        for (a, _), upto in zip(duties, edges, strict=True):
            duty = duty_of(build.text, folded, a, upto, layout)
            if duty:
                build.duties.append(duty)
        return
    closing = _closing(source, nodes, at, heading, stop) if node.closes else stop
    heading = min(heading, closing)
    if closing < stop and not folded[heading:closing].strip():
        heading = node.text
    build.add_clause(
        number, path, (node.start, closing), kind, heading, roster(folded, layout, heading, closing)
    )
    for a, b in layout.within(closing, stop):
        build.add_clause(None, (), (a, b), "other", a)


def _unnumbered(build: _Builder) -> Span:
    """Turn the paragraphs of a text without numbers into clauses; return the header's span."""
    folded, layout = build.folded, build.layout
    paragraphs = layout.paragraphs
    prose = [b - a > 25 and ("。" in folded[a:b] or "," in folded[a:b]) for a, b in paragraphs]
    first = next(
        (
            at + 1
            for at, (a, b) in enumerate(paragraphs[:-1])
            if prose[at + 1] and b - a > 4 and _ADDRESS.fullmatch(folded, a, b)
        ),
        next(
            (at for at, words in enumerate(prose) if words and folded[paragraphs[at][1] - 1] in "。;:"),
            len(paragraphs),
        ),
    )
    while first < len(paragraphs) - 1 and folded[paragraphs[first][1] - 3 : paragraphs[first][1]] in (
        "如下:",
        "如下。",
    ):
        first += 1
    if first >= len(paragraphs):
        return (0, len(build.text))
    start = paragraphs[first][0]
    parts = close(folded, layout, build.source.endings, start, len(folded), last=True)
    stop = parts[0].start if parts else len(folded)
    for a, b in layout.within(start, stop):
        prose = folded[b - 1] in "。;:!?)”" or "。" in folded[a:b]
        if prose:
            cut = heading_end(folded, a, b, b, section=False)
            build.add_clause(None, (), (a, b), "task" if cut > a else "other", cut)
        else:
            build.headings.append((a, b))
    build.add_parts(parts)
    return (0, start)


def _odd_numbers(source: _Text) -> list[Remark]:
    words = {
        "missing": "a number is missing before",
        "doubled": "a number appears twice:",
        "order": "numbers out of order:",
    }
    return [
        Remark(
            "numbering",
            f"{words[mark.remark]} {re.sub(chr(92) + 's', '', source.text[mark.start : mark.end])}",
            mark.start,
            mark.end,
        )
        for mark in source.marks
        if mark.remark
    ]


def read_outline(text: str) -> Outline:
    """Return the outline of a text.

    Examples
    --------
    >>> outline = read_outline("某县方案\\n一、主要目标\\n到2027年，入学率达到98%。\\n二、重点任务\\n（一）办学。新建学校2所。")
    >>> [(clause.number, clause.heading, clause.kind) for clause in outline.clauses]
    [('一、', '主要目标', 'goal'), ('（一）', '办学', 'task')]
    """
    source = _Text(text)
    build = _Builder(source)
    size = len(text)
    tables = [table for table in source.tables if table.columns]
    if source.marks:
        nodes = _nodes(source, size)
        header: Span = (0, source.marks[0].start)
        before = [table for table in tables if table.start < header[1]]
        if before:
            header = (0, before[0].start)
            for table in before:
                _table(build, table)
        _body(build, nodes)
    elif tables:
        header = (0, tables[0].start)
        for table in tables:
            _table(build, table)
    else:
        header = _unnumbered(build)
        if not build.clauses:
            build.remarks.append(Remark("outline", "no numbered part and no prose was found"))
    build.remarks += _odd_numbers(source)
    _book_rest(build, header)
    end = max([header[1], *(clause.end for clause in build.clauses), *(duty.end for duty in build.duties)])
    measures = tuple(measure for clause in build.clauses for measure in measures_of(clause))
    return Outline(
        header, (end, size), tuple(sorted(build.headings)), tuple(build.clauses), measures, tuple(build.duties),
        tuple(sorted(build.omitted, key=lambda gap: gap.start)), tuple(sorted(build.leftover)), tuple(build.remarks),
    )  # fmt: skip


def _book_rest(build: _Builder, header: Span) -> None:
    """Book every visible stretch that no part has claimed: page numbers as omitted, the rest as leftover."""
    claimed = [
        header, *build.headings, *((c.start, c.end) for c in build.clauses), *((d.start, d.end) for d in build.duties),
        *((gap.start, gap.end) for gap in build.omitted), *build.leftover,
    ]  # fmt: skip
    claimed.sort()
    at = 0
    gaps = []
    for start, end in (*claimed, (len(build.text), len(build.text))):
        if start > at:
            gaps.append((at, start))
        at = max(at, end)
    for start, end in gaps:
        low, high = bisect_left(build.aside_starts, start), bisect_left(build.aside_starts, end)
        for a, b, reason in build.aside[low:high]:
            build.omitted.append(Omission(a, b, reason))
            if build.folded[start:a].strip():
                build.leftover.append(trim(build.folded, start, a))
            start = b
        if build.folded[start:end].strip():
            build.leftover.append(trim(build.folded, start, end))
