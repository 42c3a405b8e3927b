"""From text to clauses: headings, lead-ins, tasks, duties, and what belongs to none of them.

The text is cut at its numbering marks. A numbered part with parts below it is a section:
its heading is a heading span, a lead-in sentence between heading and first part is a
clause of its own. A part with none below is a clause from its number to the next mark.
Before the first mark is the header (notice, title, preamble), after the last clause of a
document its ending (see `policycmp.structure.endings`). Rows of tables of responsibilities are
clauses, paragraphs of departments' duties are duties. Every visible character lies in
exactly one of header, headings, clauses, duties, omitted and leftover.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from policycmp.model import Clause, Duty, Measure, Omission, Remark
from policycmp.structure.building import Builder, Prepared
from policycmp.structure.closing import closing_start
from policycmp.structure.damage import find_damage
from policycmp.structure.duties import duty_of, duty_paragraphs, is_duty_section, roster
from policycmp.structure.endings import close
from policycmp.structure.nodes import Node, nodes_of
from policycmp.structure.numbering import Mark
from policycmp.structure.rows import Table, read_rows
from policycmp.structure.sections import heading_end, kind_of, kind_within
from policycmp.structure.sentences import measures_of
from policycmp.structure.unnumbered import read_unnumbered
from policycmp.text import Span, fold, squeeze, trim

__all__ = ["Outline", "finish", "read_outline"]


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


def _number(mark: Mark) -> Span | None:
    return (mark.start, mark.end) if mark.kind != "bare" else None


def _body(build: Builder, nodes: list[Node]) -> None:
    source, folded, layout = build.source, build.folded, build.layout
    path: list[str] = []
    kinds: list[str | None] = []
    article: int | None = None
    for at, node in enumerate(nodes):
        mark, start, end = node.mark, node.start, node.end
        del path[mark.depth :], kinds[mark.depth :]
        if mark.kind == "article":
            article = mark.depth
        elif article is not None and mark.depth <= article:
            article = None
        statute = article is not None
        paragraph_end = layout.paragraph(node.text)[1]
        heading = (
            node.text if statute else heading_end(folded, node.text, paragraph_end, end, section=node.parent)
        )
        words = squeeze(build.bare(node.text, heading)).rstrip("。：:!！")
        own = kind_of(fold(words))
        kind = "article" if statute else kind_within(tuple(kinds), own)
        number = _number(mark)
        parts = (
            close(folded, layout, source.endings, max(heading, node.text), end, last=at == len(nodes) - 1)
            if node.closes
            else []
        )
        stop = parts[0].start if parts else end
        rows = [table for table in source.tables_in(start, end) if table.columns]
        within = [table for table in rows if table.start < stop]  # the others are the annex's
        stop = min([stop, *(table.start for table in within)])
        duty_section = any(map(is_duty_section, path[-2:]))
        said = bool(folded[heading:stop].strip()) or statute
        if node.parent or (within and not said):  # its parts are numbered, or the rows of a table
            if said:
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
        inside = (*path, squeeze(build.text[mark.start : mark.end]) + words)
        for table in rows:
            _table(build, table, inside if table in within else ())
        if parts or rows:
            after = max([stop, *(table.end for table in rows)])
            build.add_parts(parts)
            if rows and not parts:
                build.add_clause(None, tuple(path), (after, end), "other", after)
        path.append(inside[-1])
        kinds.append(own)


def _table(build: Builder, table: Table, path: tuple[str, ...] = ()) -> None:
    clauses, headings, omitted = read_rows(build.text, build.folded, table, len(build.clauses) + 1)
    build.clauses += [replace(clause, path=(*path, *clause.path)) for clause in clauses]
    build.headings += headings
    build.omitted += omitted


def _leaf(
    build: Builder,
    nodes: list[Node],
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
    number = _number(node.mark)
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
        first = duties[0][0]
        edges = [a for a, _ in duties[1:]] + [stop]
        if folded[heading:first].strip():
            build.add_clause(
                number, path, (node.start, first), kind, heading, roster(folded, layout, heading, first)
            )
        else:
            build.headings.append(trim(folded, node.start, first))
        for (a, _), upto in zip(duties, edges, strict=True):
            duty = duty_of(build.text, folded, a, upto, layout)
            if duty:
                build.duties.append(duty)
        return
    closing = closing_start(source, nodes, at, heading, stop) if node.closes else stop
    heading = min(heading, closing)
    if closing < stop and not folded[heading:closing].strip():
        heading = node.text
    build.add_clause(
        number, path, (node.start, closing), kind, heading, roster(folded, layout, heading, closing)
    )
    for a, b in layout.within(closing, stop):
        build.add_clause(None, (), (a, b), "other", a)


_ODD = {
    "missing": "a number is missing before",
    "doubled": "a number appears twice:",
    "order": "numbers out of order:",
}


def _odd_numbers(source: Prepared) -> list[Remark]:
    return [
        Remark(
            "numbering",
            f"{_ODD[mark.remark]} {source.folded[mark.start : mark.end].strip()}",
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
    source = Prepared(text)
    build = Builder(source)
    size = len(text)
    tables = [table for table in source.tables if table.columns]
    if source.marks:
        nodes = nodes_of(source, size)
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
        header = read_unnumbered(build)
        if not build.clauses:
            build.remarks.append(Remark("outline", "no numbered part and no prose was found"))
    build.remarks += _odd_numbers(source)
    build.remarks += find_damage(text, source.folded, header[1])
    build.remarks += [
        Remark("damage", "the name of a unit seems lost before its duties", duty.start, duty.end)
        for duty in build.duties
        if not duty.unit
    ]
    return finish(build, header)


def finish(build: Builder, header: Span) -> Outline:
    """Return the outline of what a builder has collected."""
    build.book_rest(header)
    end = max([header[1], *(clause.end for clause in build.clauses), *(duty.end for duty in build.duties)])
    measures = tuple(measure for clause in build.clauses for measure in measures_of(clause))
    return Outline(
        header, (end, len(build.text)), tuple(sorted(build.headings)), tuple(build.clauses), measures,
        tuple(build.duties), tuple(sorted(build.omitted, key=lambda gap: gap.start)), tuple(sorted(build.leftover)),
        tuple(build.remarks),
    )  # fmt: skip
