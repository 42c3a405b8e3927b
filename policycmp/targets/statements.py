"""A text laid out for reading targets: its segments, its dates, and what governs a place in it.

A date governs from the comma it follows to the next date of its sentence; in a goal paragraph
(`carry`) across its sentences. A hedge governs the segment it stands in, and everything a date
governs that it precedes (力争到2025年，…).
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left, bisect_right
from functools import cache

from policycmp.tables import read_table
from policycmp.targets.deadlines import When, find_dates
from policycmp.targets.indicator import clean
from policycmp.targets.segments import Segment, read_layout
from policycmp.text import fold

__all__ = ["Statements", "level_in"]


@cache
def _hedges() -> re.Pattern[str]:
    rows = sorted(read_table("hedges"), key=lambda row: -len(row["word"]))
    return re.compile(
        "|".join(row["word"] + (f"(?!{row['not_before']})" if row["not_before"] else "") for row in rows)
    )


@cache
def _levels() -> tuple[re.Pattern[str], dict[str, str]]:
    level = {row["word"]: row["level"] for row in read_table("levels")}
    return re.compile("|".join(sorted(level, key=len, reverse=True))), level


def level_in(words: str, *, whole: bool = False, award: bool = True) -> str | None:
    """Return the level of award or body that `words` name, or None.

    A bare 国家, 省 or 自治区 is a level where something is awarded or counted (`award`), as in
    自治区示范校; in 国家下达的指标 it is none.

    Examples
    --------
    >>> level_in("自治区劳动教育示范学校"), level_in("国家下达的消费量削减比例", award=False)
    ('自治区级', None)
    """
    pattern, level = _levels()
    if whole:
        m = pattern.fullmatch(words)
        return level[m[0]] if m else None
    bare = award or _AWARDED.search(words) is not None
    return next((level[m[0]] for m in pattern.finditer(words) if bare or m[0].endswith("级")), None)


_AWARDED = re.compile(r"示范|认定|评估|命名|验收|均衡|创建|名师|试点|评定")
_TO_DATE = re.compile(r"(?:力争|争取|确保|计划)?(?:到|至|在|于|截至)?\s?")
_MOVES = re.compile(r"^(?:逐步|稳步|不断|持续)?(?:提高|提升|增加|扩大|降低|减少|压减|缩短|调整)(?=.{2})")
_GAP = " 、,，和及与或的\n\t"


class Statements:
    """One text with its segments and dates."""

    def __init__(
        self,
        text: str,
        *,
        date: datetime.date | None = None,
        year: str | None = None,
        carry: bool = False,
    ) -> None:
        self.text = fold(text)
        self.layout = read_layout(self.text)
        found = find_dates(self.text, date=date, year=year)
        self.year = next((d.year for d in reversed(found) if d.year), None)
        self.dates = tuple(d for d in found if self.layout.title(d.start, d.end) is None)
        self.binding = tuple(d for d in self.dates if d.role in ("deadline", "start"))
        self.carry = carry
        self._starts = [d.start for d in self.binding]
        self._homes = [self.layout.at(d.start) for d in self.binding]

    def segment(self, at: int) -> Segment:
        """The segment that holds a position."""
        return self.layout.segments[self.layout.at(at)]

    def quoted(self, start: int, end: int) -> bool:
        """Whether a span stands inside a short quotation or a title."""
        span = self.layout.quotation(start, end)
        return self.layout.title(start, end) is not None or (span is not None and span[1] - span[0] <= 16)

    def governing(self, at: int) -> When | None:
        """The date that holds at a position, or None."""
        here = self.layout.at(at)
        n = bisect_right(self._homes, here) - 1
        if n < 0:
            return None
        same = self.layout.segments[self._homes[n]].sentence == self.layout.segments[here].sentence
        return self.binding[n] if same or self.carry else None

    def _dates_in(self, start: int, end: int) -> tuple[When, ...]:
        return self.binding[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def hedges(self, at: int) -> list[str]:
        """The hedges that hold at a position, as qualifiers."""
        here = self.segment(at).around(at, at)
        found = [m[0] for m in _hedges().finditer(self.text, here.start, at)]
        date = self.governing(at)
        if date is not None and date.start < here.start:
            home = self.segment(date.start).around(date.start, date.start)
            if home.sentence == here.sentence:
                found += [m[0] for m in _hedges().finditer(self.text, home.start, date.start)]
        return [f"hedge:{word}" for word in dict.fromkeys(found)]

    def joined(self, date: When) -> bool:
        """Whether another date follows directly (到2025年、2030年)."""
        return any(
            self.text[date.end : other.start].strip() in ("、", "和", "及", "与")
            for other in self._dates_in(date.end + 1, date.end + 3)
        )

    def row_of_dates(self, date: When) -> tuple[When, ...]:
        """The dates joined in one row that ends with `date`, in order."""
        at = bisect_left(self._starts, date.start)
        first = at
        while first > max(0, at - 8) and self.joined(self.binding[first - 1]):
            first -= 1
        return self.binding[first : at + 1]

    def undated(self, start: int, end: int) -> str:
        """The text between two places without the dates that bind."""
        out, at = "", start
        for date in self._dates_in(start, end):
            if at <= date.start and date.end <= end:
                out += re.sub(r"(?:到|至|在|于|截至)$", "", self.text[at : date.start])
                rest = self.text[date.end : end]
                at = end - len(rest.lstrip(" ,，、"))
                if date.role == "start" and self.text.startswith("起", at):
                    at += 1
        return out + self.text[at:end]

    def trimmed(self, start: int, end: int) -> int:
        """Where a phrase begins that is looked for from `start`: after list signs and a date."""
        for _ in range(2):
            while start < end and self.text[start] in _GAP:
                start += 1
            for date in self._dates_in(start, min(end, start + 8)):
                if start <= date.start and _TO_DATE.fullmatch(self.text[start : date.start]):
                    start = min(end, date.end)
        return start

    def subject_before(self, segment: Segment) -> str:
        """The phrase of the statement before, for one that has no subject of its own."""
        at = self.layout.at(segment.start)
        for before in reversed(self.layout.segments[max(0, at - 2) : at]):
            if before.sentence != segment.sentence:
                break
            phrase, _, _ = clean(self.undated(max(before.start, before.end - 160), before.end))
            phrase = _MOVES.sub("", phrase)
            if len(phrase) >= 2:
                return phrase
        return ""
