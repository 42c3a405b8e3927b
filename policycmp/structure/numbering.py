"""Numbering: which numbers number a part of the text, and how deep.

Whether a numeral numbers a part or only looks so (2025.3, 1.5倍, 一、二、三产业, 第三条规定)
is judged by where it stands and by the sequence it would belong to. At the start of a
paragraph it may open a sequence, continue one (a number may be missing or doubled), or run
on from an earlier section. At the start of a wrapped line, after a full stop in the middle
of a line, or behind a heading without any sign of its own it must be the very number that is
due; and a sequence that opens in the middle of a line must go on. A short line without
punctuation right before a number 1 is a heading without number and counts as a part above it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from policycmp.structure.layout import Layout
from policycmp.structure.mark_shapes import RANKS, Candidate, candidates
from policycmp.text import Span

__all__ = ["Mark", "read_marks"]

_SECTION = re.compile(
    r"(?:总体要求|总体思路|指导思想|(?:基本|工作|主要)原则|(?:主要|总体|工作|发展|行动)?目标(?:任务)?|(?:重点|主要|工作)(?:任务|内容)"
    r"|(?:工作|主要|重点|具体|政策)?(?:措施|举措)|(?:保障|组织)(?:措施|实施|保障|领导)|工作要求|有关要求|工作步骤|实施步骤|进度安排|职责分工)"
)
_PLAIN = re.compile(r"[一-龥“”《》A-Za-z0-9 ·\-—]{2,24}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A number of a part of the text, or the place of a heading that has none."""

    start: int
    end: int
    kind: str
    value: int
    depth: int
    """How many marks are open above it."""
    remark: str = ""
    """missing, doubled, order: what is odd about the sequence here."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A sequence that is open, and how far it has come."""

    kind: str
    value: int
    name: str
    rank: float


@dataclass(slots=True)
class _Sequences:
    """The sequences open at a place of the text, outermost first."""

    open: list[_Open] = field(default_factory=list)
    last: dict[str, int] = field(default_factory=dict)
    """The latest value of each kind, for numbers that run on over sections."""

    def place(self, one: Candidate, ahead: bool) -> tuple[int, str] | None:
        """Return depth and remark if the candidate numbers a part, else None."""
        if one.kind == "decimal":
            return self._below(one)
        same = next((at for at, here in enumerate(self.open) if here.kind == one.kind), None)
        if same is None:
            rank = RANKS[one.kind]
            level = next((at for at, here in enumerate(self.open) if here.rank > rank), len(self.open))
            fits, remark = _opens(one, self.last.get(one.kind, 0), ahead)
        else:
            level = same
            fits, remark = _continues(one, self.open[same].value, ahead)
        return (level, remark) if fits else None

    def _below(self, one: Candidate) -> tuple[int, str] | None:
        """Return where 2.3 belongs: below 2 as its next part, or nowhere."""
        for at, here in enumerate(self.open):
            if here.name == one.prefix:
                below = self.open[at + 1] if at + 1 < len(self.open) else None
                due = 1 if below is None or below.kind != "decimal" else below.value + 1
                return (at + 1, "") if one.value == due else None
        return None

    def enter(self, one: Candidate, level: int) -> None:
        del self.open[level:]
        name = f"{one.prefix}.{one.value}" if one.kind == "decimal" else str(one.value)
        self.open.append(_Open(one.kind, one.value, name, RANKS[one.kind]))
        self.last[one.kind] = one.value

    def enter_bare(self, level: int, rank: float) -> int:
        """Open a part that has a heading but no number above the level of `rank`; return its depth."""
        if level and self.open[level - 1].kind == "bare":
            level -= 1
        del self.open[level:]
        self.open.append(_Open("bare", 0, "", rank))
        return level


def _opens(one: Candidate, last: int, ahead: bool) -> tuple[bool, str]:
    """Say whether a candidate may open a sequence (or run on from `last`)."""
    due = one.value in (1, last + 1)
    if one.strength == 3:
        main = one.kind in ("part", "chapter", "section", "article", "cn", "cn_bracket")
        return due or last < one.value <= last + 3 or (main and last == 0), "" if due else "missing"
    return due and (one.value > 1 or one.strength != 1 or ahead), ""


def _continues(one: Candidate, before: int, ahead: bool) -> tuple[bool, str]:
    """Say whether a candidate continues the sequence that stands at `before`, or starts it anew."""
    if one.value == before + 1:
        return True, ""
    if one.strength < 3:
        return one.strength == 2 and one.value == 1 and ahead, ""
    if one.value in (1, before):
        return True, "" if one.value == 1 else "doubled"
    if before < one.value <= before + 3:
        return True, "missing"
    return one.kind in ("cn", "cn_bracket", "article") and abs(one.value - before) <= 5, "order"


def _goes_on(found: list[Candidate]) -> list[bool]:
    """Return for each candidate whether the next number of its kind comes later."""
    later: set[tuple[str, int]] = set()
    out = [False] * len(found)
    for at in range(len(found) - 1, -1, -1):
        one = found[at]
        out[at] = (one.kind, one.value + 1) in later
        later.add((one.kind, one.value))
    return out


def _bare_heading(folded: str, layout: Layout, start: int, *, first: bool) -> int | None:
    """Return where a heading without number stands right before `start`, None if there is none."""
    at = bisect_left(layout.starts, start) - 1
    if at < 1:
        return None
    a, b = layout.paragraphs[at]
    above = folded[layout.paragraphs[at - 1][1] - 1]
    if first:
        return a if _SECTION.fullmatch(folded, a, b) else None
    closed = above in "。;:)”" or _SECTION.fullmatch(folded, a, b)
    return a if closed and _PLAIN.fullmatch(folded, a, b) else None


def _section_lines(folded: str, layout: Layout) -> list[int]:
    """Return where lines stand that hold nothing but the name of a section, if a text has several."""
    lines = [a for a, b in layout.paragraphs if b - a <= 10 and _SECTION.fullmatch(folded, a, b)]
    return lines if len(lines) >= 2 else []


def read_marks(
    folded: str, layout: Layout, barred: Iterable[Span] = (), restarts: Iterable[int] = ()
) -> tuple[Mark, ...]:
    """Return the marks that number parts of the text, in order.

    Nothing in `barred` (a table of contents, a list of annexes) is a mark; at each of `restarts`
    (an annex begins) all sequences end.

    Examples
    --------
    >>> from policycmp.structure.layout import read_layout
    >>> text = "一、目标\\n到2025.3万人，增长1.5倍。\\n二、任务\\n（一）办学。（二）育人。"
    >>> [text[m.start : m.end] for m in read_marks(text.translate({65288: 40, 65289: 41}), read_layout(text))]
    ['一、', '二、', '（一）', '（二）']
    """
    found = list(candidates(folded, layout, barred))
    ahead = _goes_on(found)
    main = any(one.strength == 3 and RANKS[one.kind] <= RANKS["cn"] for one in found)
    sections = iter((*([] if main else _section_lines(folded, layout)), len(folded) + 1))
    fresh = iter((*sorted(restarts), len(folded) + 1))
    section, restart = next(sections), next(fresh)
    marks: list[Mark] = []
    now = _Sequences()
    for one, goes_on in zip(found, ahead, strict=True):
        while one.start >= restart:
            now = _Sequences()
            restart = next(fresh)
        while one.start > section:
            if not marks or marks[-1].start < section:
                marks.append(Mark(section, section, "bare", 0, now.enter_bare(0, -1.0)))
            section = next(sections)
        if marks and one.start < marks[-1].end:
            continue
        placed = now.place(one, goes_on)
        if placed is None:
            continue
        level, remark = placed
        if one.strength == 3 and one.value == 1 and one.kind != "decimal":
            heading = _bare_heading(folded, layout, one.start, first=not marks)
            if heading is not None and (not marks or marks[-1].start < heading):
                level = now.enter_bare(level, RANKS[one.kind] - 0.5)
                marks.append(Mark(heading, heading, "bare", 0, level))
                level += 1
            elif heading is not None and marks[-1].start == heading:
                level = len(now.open)
        now.enter(one, level)
        marks.append(Mark(one.start, one.end, one.kind, one.value, level, remark))
    while section < len(folded):
        if not marks or marks[-1].start < section:
            marks.append(Mark(section, section, "bare", 0, now.enter_bare(0, -1.0)))
        section = next(sections)
    return tuple(marks)
