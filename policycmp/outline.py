"""From text to clauses: headings, lead-ins, tasks, duties, and what belongs to none of them.

The text is cut at its numbering marks. A numbered part with parts below it is a section:
its heading is a heading span, a lead-in sentence between heading and first part is a
clause of its own. A part with none below is a clause from its number to the next mark.
Before the first mark is the header (notice, title, preamble), after the last clause the
tail (signature, list of attachments, footer of the site). Every visible character lies in
exactly one of header, headings, clauses, duties, omitted and leftover.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from policycmp.layout import Layout, pieces_of, read_layout
from policycmp.model import Clause, Duty, Measure, Omission, Remark
from policycmp.numbering import Mark, read_marks
from policycmp.responsibility import Responsibility, is_responsibility, read_responsibility
from policycmp.rows import has_rows, read_rows
from policycmp.sentences import measures_of
from policycmp.text import Span, fold, trim

__all__ = ["Outline", "read_outline"]

_TAIL = re.compile(
    r"(?:附件|附表|附:|抄送|抄报|主办|承办|扫一扫|网站标识码|电子信箱|相关(?:文件|链接|附件)|【|责任编辑|编辑|来源|打印|分享"
    r"|\((?:此件|本文|信息公开)|.{0,6}ICP备|\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日$|[二一]?[○〇零一二三四五六七八九O]{3,4}年)"
)
_SIGNER = re.compile(r"[^。;,:!?]{2,30}(?:办公室|办公厅|政府|委员会|委|局|厅|部|会|院|组|办)$")
_GLUED = re.compile(r"(?<=[。)])[^。;,:]{0,40}\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日(?:\([^()]{2,20}\))?$")
_HEADING = re.compile(r"[^。;:!?]{1,40}?(?:。|:)")
_DUTY = re.compile(r"(?P<unit>[^,。;:、()]{0,14}(?:局|委|办|厅|部|院|会|室|镇|乡|区|县|社|组|团县委|银行|公司|中心|大队|支队| )|) ?:")
_KINDS = (
    ("principle", "指导思想|总体要求|总体思路|基本原则|工作原则|主要原则"),
    ("goal", "目标"),
    ("step", "步骤|阶段|进度|时间安排|工作安排"),
    ("safeguard", "保障|要求|组织领导|组织实施|监督|领导"),
)


@dataclass(frozen=True, slots=True)
class Outline:
    """What a text is made of; spans are offsets into it."""

    header: Span
    tail: Span
    headings: tuple[Span, ...]
    clauses: tuple[Clause, ...]
    measures: tuple[Measure, ...]
    duties: tuple[Duty, ...]
    omitted: tuple[Omission, ...]
    leftover: tuple[Span, ...]
    remarks: tuple[Remark, ...]


def _kind(heading: str) -> str | None:
    plain = re.sub(r"\s", "", heading)
    return next((kind for kind, words in _KINDS if re.search(words, plain)), None)


def _section_kind(depth: int, own: str | None, above: str | None) -> str:
    if depth == 0:
        return own or "task"
    if above in ("principle", "goal"):
        return own if own in ("principle", "goal") else above
    return above or "task"


class _Builder:
    """Collects the parts of one text."""

    def __init__(self, text: str) -> None:
        self.text, self.folded = text, fold(text)
        self.layout: Layout = read_layout(self.folded)
        self.headings: list[Span] = []
        self.clauses: list[Clause] = []
        self.duties: list[Duty] = []
        self.omitted: list[Omission] = []
        self.remarks: list[Remark] = []
        self.convention = bool(re.search("逗号前为牵头|排(?:在)?第一位的?为牵头", self.folded))

    def heading_end(self, start: int, end: int) -> int:
        """Return where the heading that begins at `start` ends, `start` if there is none."""
        match = _HEADING.match(self.folded, start, end)
        stop = next((b for a, b in self.layout.paragraphs if a <= start < b), end)
        if match and match.end() <= stop:
            if match.group().endswith(":") and match.end() - start > 16:
                return start
            return match.end() if self.folded[match.end() : end].strip() else start
        if stop < end and stop - start <= 60:
            return stop
        return start

    def clause(self, number: Span | None, path: tuple[str, ...], span: Span, kind: str, heading: int) -> None:
        """Add the clause of `span`, whose heading ends at `heading`."""
        start, end = span
        text = self.text
        left_out: list[Omission] = []
        if number:
            left_out.append(Omission(*number, "number"))
        duty = Responsibility()
        inside = [(a, b) for a, b in self.brackets if start <= a and b <= end]
        lead: list[str] = []
        cooperating: list[str] = []
        deadline = None
        for a, b in inside:
            duty = read_responsibility(text[a + 1 : b - 1], comma=self.convention)
            lead += [u for u in duty.lead if u not in lead]
            cooperating += [u for u in duty.cooperating if u not in cooperating]
            deadline = duty.deadline or deadline
            left_out.append(Omission(a, b, "responsibility"))
        left_out += [Omission(a, b, "page") for a, b in self.layout.pages if start <= a and b <= end]
        left_out.sort(key=lambda o: o.start)
        spans, at = [], start
        for gap in left_out:
            spans.append((at, gap.start))
            at = gap.end
        spans.append((at, end))
        pieces = pieces_of(text, [s for s in spans if s[0] < s[1]], self.layout.breaks)
        body = sum(min(b, heading) - a for a, b in pieces if a < heading)
        joined = "".join(text[a:b] for a, b in pieces)
        while body < len(joined) and joined[body].isspace():
            body += 1
        title = joined[:body].strip().rstrip("。：: ") or None
        self.omitted += left_out
        self.clauses.append(
            Clause(
                f"c{len(self.clauses) + 1:03d}",
                re.sub(r"\s", "", text[number[0] : number[1]]) if number else None,
                path, title, joined, kind, tuple(lead), tuple(u for u in cooperating if u not in lead),
                deadline, start, end, pieces, body,
            )
        )  # fmt: skip

    @property
    def brackets(self) -> list[Span]:
        if not hasattr(self, "_brackets"):
            self._brackets = []
            stack: list[int] = []
            for match in re.finditer(r"[()〔〕]", self.folded):
                if match.group() in "(〔":
                    stack.append(match.start())
                elif stack:
                    a = stack.pop()
                    inner = re.sub(r"\s", "", self.folded[a + 1 : match.start()])
                    if is_responsibility(inner):
                        self._brackets.append((a, match.end()))
            self._brackets = [s for s in self._brackets if not any(o[0] < s[0] and s[1] < o[1] for o in self._brackets)]
        return self._brackets

    def body(self, marks: tuple[Mark, ...], end: int) -> None:
        """Turn the marked text up to `end` into headings and clauses."""
        path: list[str] = []
        kinds: list[str | None] = []
        article_depth = None
        for at, mark in enumerate(marks):
            following = marks[at + 1] if at + 1 < len(marks) else None
            start, stop = trim(self.text, mark.start, following.start if following else end)
            first = trim(self.text, mark.end, stop)[0]
            if mark.kind == "article":
                article_depth = mark.depth
            statute = article_depth is not None and mark.depth >= article_depth
            heading = first if statute else self.heading_end(first, stop)
            parent = following is not None and following.depth > mark.depth
            del path[mark.depth :], kinds[mark.depth :]
            words = re.sub(r"\s", "", self.text[first:heading]).rstrip("。：:")
            own = _kind(words)
            above = next((k for k in reversed(kinds) if k), None)
            kind = "article" if statute else _section_kind(mark.depth, own, above)
            if parent:
                if not statute and self.heading_end(first, stop) == first and not re.search("[。;:].", self.folded[first:stop]):
                    heading = stop
                if self.folded[heading:stop].strip():
                    self.clause((mark.start, mark.end), tuple(path), (start, stop), kind, heading)
                else:
                    self.headings.append((start, stop))
            else:
                self.leaf(mark, tuple(path), (start, stop), kind, heading)
            path.append(re.sub(r"\s", "", self.text[mark.start : mark.end]) + words)
            kinds.append(own)

    def leaf(self, mark: Mark, path: tuple[str, ...], span: Span, kind: str, heading: int) -> None:
        """Add a clause, or, where it ends in a list of departments' duties, both."""
        inside = [(a, b) for a, b in self.layout.paragraphs if span[0] < a < span[1]]
        listed = [(a, b, m) for a, b in inside if (m := _DUTY.match(self.folded, a, min(b, a + 24)))]
        stop = span[1]
        if len(listed) >= 4:
            stop = trim(self.text, span[0], listed[0][0])[1]
            edges = [a for a, _, _ in listed] + [span[1]]
            for (a, _, match), upto in zip(listed, edges[1:], strict=True):
                a, b = trim(self.text, a, upto)
                spans = pieces_of(self.text, [(match.end(), b)], self.layout.breaks)
                self.duties.append(Duty(self.text[a : match.end("unit")].strip() or None, "".join(self.text[i:j] for i, j in spans), a, b))
        self.clause((mark.start, mark.end), path, (span[0], stop), kind, heading)

    def tail(self, start: int) -> int:
        """Return where the tail begins in the text after the last mark."""
        found = len(self.text)
        for a, b in reversed(self.layout.paragraphs):
            if a <= start:
                glued = _GLUED.search(self.folded, start, min(b, found))
                return glued.start() if glued and found >= b else found
            if _TAIL.match(self.folded, a, b) or _SIGNER.fullmatch(self.folded, a, b):
                found = a
            elif found == len(self.text):
                return found
        return found


def read_outline(text: str) -> Outline:
    """Return the outline of a text."""
    build = _Builder(text)
    if has_rows(build.folded):
        rows = read_rows(text, build.folded)
        return Outline(rows.header, (len(text), len(text)), rows.headings, rows.clauses, tuple(m for c in rows.clauses for m in measures_of(c)), (), rows.omitted, (), ())
    marks = read_marks(build.folded, build.layout)
    if not marks:
        return Outline((0, len(text)), (len(text), len(text)), (), (), (), (), (), (), (Remark("outline", "no numbered part was found"),))
    tail = build.tail(marks[-1].start)
    build.body(marks, tail)
    build.omitted += [Omission(*trim(text, tail, len(text)), "tail")] if text[tail:].strip() else []
    measures = tuple(m for clause in build.clauses for m in measures_of(clause))
    return Outline(
        (0, marks[0].start), (tail, len(text)), tuple(build.headings), tuple(build.clauses), measures,
        tuple(build.duties), tuple(build.omitted), (), tuple(build.remarks),
    )  # fmt: skip
