"""Evidence from deadlines: what is due earlier or later, what is dated and what is not.

A date governs the segments from its own to the next date or the end of the sentence. Where two
segments answer to each other, the dates that govern them are compared, as finely as they are
printed: 春季学期 before 秋季学期, 6月底 before 年底, 两年内 before 三年内. A date that is written
differently but is the same (“十四五”末, 2025年底) is no change. Where both sides have both dates
(到2025年 …。到2030年 …), segments that answer to each other across them changed their place and
neither date did.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from policycmp.evidence.model import Evidence
from policycmp.evidence.pair import Pair, Side
from policycmp.evidence.segments import segments
from policycmp.evidence.weights import Weights
from policycmp.language.passage import Passage, of_passage
from policycmp.model import Target
from policycmp.stretches import KEPT, stretches
from policycmp.targets.deadlines import find_dates
from policycmp.targets.number_signs import sign_pattern
from policycmp.targets.numerals import chinese_value
from policycmp.text import fold

__all__ = ["Due", "dates", "due_dates", "dues", "same_dates"]


@dataclass(frozen=True, slots=True)
class Due:
    """A date that binds. Two dates of one `scale` can be compared by `order`."""

    scale: str
    """year (a date in a year), month (6月底前, of any year), span (三年内), vague (尽快)."""
    order: tuple[int, int, int]
    role: str
    start: int
    end: int

    def moved(self, by: int) -> Due:
        """Return the same date that many characters on."""
        return Due(self.scale, self.order, self.role, self.start + by, self.end + by)


_Key = tuple[str, tuple[int, int, int]]
_PARTS = (
    (re.compile(r"上半年|年中"), (6, 31)),
    (re.compile(r"下半年"), (12, 31)),
    (re.compile(r"第?一季度"), (3, 31)),
    (re.compile(r"第?二季度"), (6, 31)),
    (re.compile(r"第?三季度"), (9, 31)),
    (re.compile(r"第?四季度"), (12, 31)),
    (re.compile(r"春季"), (3, 1)),
    (re.compile(r"秋季"), (9, 1)),
    (re.compile(r"年初|\d初"), (1, 31)),
)
_MONTH = re.compile(
    r"(?<![年\d])(?P<each>每年)?(?P<m>1[0-2]|[1-9])月(?:份)?(?:(?P<d>[0-3]?\d)日|(?P<third>[上中下]旬))?(?P<due>底?之?前|底|末|起|以前)"
)
_PART = re.compile(
    r"(?<!\d年)(?<!年)(?P<each>每年)?(?P<part>上半年|下半年|第?[一二三四]季度|年底|年末|年内|月底|季度末|学期末|学年末)(?P<due>之?前|内|完成)?"
)
_SPAN = re.compile(
    r"(?P<n>\d{1,3}|[一二两三四五六七八九十半]{1,3})个?(?P<unit>年|学年|学期|季度|月)(?:(?:左右)?(?:的)?时间(?!节点)|(?:之内|以内|内)(?!容))"
)
_TIME_SIGN = re.compile("[年月季期]")
"""One of these stands in whatever month, part of a year or span there is."""
_ALIKE = 0.5
"""Likeness of two segments from which a date that only one of them has counts."""
_SURELY = 0.8
"""Likeness from which two segments are the same commitment, whatever dates stand around them."""
_MONTHS = {"年": 12, "学年": 12, "学期": 6, "季度": 3, "月": 1}


def due_dates(text: str) -> tuple[Due, ...]:
    """Return the dates in `text` that bind, in order.

    Examples
    --------
    >>> [(due.scale, due.order) for due in due_dates("2025年6月底前完成，三年内建成，尽快推广")]
    [('year', (2025, 6, 31)), ('span', (36, 0, 0)), ('vague', (9999, 0, 0))]
    """
    return _due_dates(fold(text))


def _due_dates(folded: str) -> tuple[Due, ...]:
    out: list[Due] = []
    year = None
    for at, stretch in stretches(folded):
        found, last = _due_in(stretch, year if "月" in stretch else None)
        out += [due.moved(at) for due in found] if at else found
        year = last or year
    return tuple(out)


@lru_cache(maxsize=KEPT)
def _due_in(folded: str, year: str | None) -> tuple[tuple[Due, ...], str | None]:
    """Return the dates of one stretch, months being of the `year` last named, and the year it names last."""
    out = []
    taken: list[tuple[int, int]] = []
    dated = find_dates(folded, year=year)

    def free(start: int, end: int) -> bool:
        return not any(a < end and start < b for a, b in taken)

    for when in dated:
        taken.append((when.start, when.end))
        if when.when is None or when.role not in ("deadline", "start"):
            if when.when is None:
                taken.pop()
            continue
        out.append(Due("year", _fine(when.when, when.word, when.role), when.role, when.start, when.end))
    timed = _TIME_SIGN.search(folded) is not None
    for m in _SPAN.finditer(folded) if timed else ():
        number = (
            0.5
            if m["n"] == "半"
            else float(m["n"])
            if m["n"].isdigit()
            else float(chinese_value(m["n"]) or 0)
        )
        if (
            number
            and free(m.start(), m.end())
            and not folded[: m.start()].endswith(("近", "过去", "每", "第", "任期", "前"))
        ):
            taken.append((m.start(), m.end()))
            out.append(
                Due("span", (round(number * _MONTHS[m["unit"]]), 0, 0), "deadline", m.start(), m.end())
            )
    for m in _MONTH.finditer(folded) if timed else ():
        if free(m.start(), m.end()):
            taken.append((m.start(), m.end()))
            day = int(m["d"]) if m["d"] else {"上旬": 10, "中旬": 20}.get(m["third"] or "", 31)
            role = "start" if m["due"] == "起" else "deadline"
            out.append(Due("month", (0, int(m["m"]), _last(day)), role, m.start(), m.end()))
    for m in _PART.finditer(folded) if timed else ():
        if free(m.start(), m.end()) and (
            m["due"] or m["each"] or m["part"] in ("年内", "年底", "年末", "上半年")
        ):
            taken.append((m.start(), m.end()))
            month, day = next((p for pattern, p in _PARTS if pattern.search(m["part"])), (12, 31))
            scale = (
                "month"
                if "月底" not in m["part"] and "学" not in m["part"] and m["part"] != "季度末"
                else "term"
            )
            out.append(Due(scale, (0, month, day), "deadline", m.start(), m.end()))
    for m in sign_pattern("some_day").finditer(folded):
        if free(m.start(), m.end()):
            out.append(Due("vague", (9999, 0, 0), "deadline", m.start(), m.end()))
    last = next((when.year for when in reversed(dated) if when.year), None)
    return tuple(sorted(out, key=lambda due: due.start)), last


def _last(day: int) -> int:
    """Return 31 for the last days of any month, so that 6月30日 and 6月底 are one date."""
    return 31 if day >= 30 else day


def _fine(when: str, word: str, role: str) -> tuple[int, int, int]:
    year, *rest = (int(part) for part in when.split("-"))
    if len(rest) == 2:
        return year, rest[0], _last(rest[1])
    if rest:
        return year, rest[0], 31 if role == "deadline" else 1
    for pattern, (month, day) in _PARTS:
        if pattern.search(word):
            return year, month, day
    return (year, 12, 31) if role == "deadline" else (year, 1, 1)


@of_passage
def dues(passage: Passage) -> tuple[Due, ...]:
    """Return the dates in a passage that bind (see `due_dates`), kept with it."""
    return _due_dates(passage.folded)


@of_passage
def _governing(passage: Passage) -> tuple[Due | None, ...]:
    """Return for each segment the date that governs it; a span that is itself a target (1个月内办结) is none."""
    lengths = [(t.start, t.end) for t in passage.targets if t.kind not in ("deadline", "frequency")]
    found = [
        due
        for due in dues(passage)
        if due.scale != "span" or not any(a <= due.start and due.end <= b for a, b in lengths)
    ]
    text = passage.text
    out: list[Due | None] = []
    current: Due | None = None
    at, before = 0, 0
    for segment in segments(passage):
        if any(c in "。；;\n" for c in text[before : segment.start]):
            current = None
        own = None
        while at < len(found) and found[at].start < segment.end:
            if found[at].start >= segment.start and (own is None or own.scale == "vague"):
                own = found[at]
            at += 1
        if own is not None:
            current = own
        out.append(current if current is None or current.scale != "vague" or own is current else None)
        before = segment.end
    return tuple(out)


def _couples(pair: Pair) -> Iterator[tuple[int, int, Due | None, Due | None]]:
    """Yield segments that answer to each other, one of them dated, with their dates."""
    mine, theirs = _governing(pair.local.passage), _governing(pair.template.passage)
    for i, k in enumerate(pair.answer):
        if k is None or (mine[i] is None and theirs[k] is None):
            continue
        if not pair.local.heading(i) and not pair.template.heading(k):
            yield i, k, mine[i], theirs[k]


def same_dates(pair: Pair) -> Iterator[tuple[int, int]]:
    """Yield local spans of dates that say the same as the template's in other words."""
    for _, _, one, other in _couples(pair):
        if one and other and _same(one, other):
            yield one.start, one.end


def _same(one: Due, other: Due) -> bool:
    return _key(one) == _key(other)


def _key(due: Due) -> _Key:
    return due.scale, due.order


def _on_both_sides(pair: Pair) -> tuple[set[_Key], set[_Key]]:
    """Return the dates both sides have, and those of them that govern nothing answering to each other."""
    mine, theirs = ({_key(due) for due in dues(side.passage)} for side in (pair.local, pair.template))
    kept = {_key(one) for _, _, one, other in _couples(pair) if one and other and _same(one, other)}
    return mine & theirs, (mine & theirs) - kept


def dates(pair: Pair, weights: Weights, lone: Collection[Target] = ()) -> Iterator[Evidence]:
    """Yield deadlines brought forward, postponed, added or dropped.

    The date of a target in `lone`, which only one side has, came or went with the target.
    """
    alone = {(t.start, t.end) for t in lone}

    def with_target(side: Side, at: int) -> bool:
        part = side.segments[at]
        return any(part.start <= start < part.end for start, _ in alone)

    both, moved = _on_both_sides(pair)
    seen: set[tuple[int | None, int | None]] = set()
    # A segment that is but a date is like any other date: what it governs says which date answers to it.
    for i, k, one, other in sorted(_couples(pair), key=lambda c: not pair.local.segments[c[0]].characters):
        key = (one.start if one else None, other.start if other else None)
        if key in seen:
            continue
        if not pair.local.segments[i].characters and any(key[0] == a or key[1] == b for a, b in seen):
            continue
        if (one is None or other is None) and (
            pair.likeness[i][k] < _ALIKE or with_target(pair.local, i) or with_target(pair.template, k)
        ):
            continue
        seen.add(key)
        if one is not None and other is not None:
            if _same(one, other):
                continue
            if {_key(one), _key(other)} <= both and pair.likeness[i][k] < _SURELY:
                continue
            if one.scale == other.scale or "vague" in (one.scale, other.scale):
                rises, case = one.order < other.order, "changed"
            else:
                continue
        elif one is not None:
            if one.scale == "vague" or _key(one) in moved:
                continue
            rises, case = True, "added"
        else:
            assert other is not None
            if other.scale == "vague" or _key(other) in moved:
                continue
            rises, case = False, "dropped"
        local, template = pair.local.passage.text, pair.template.passage.text
        part = pair.local.segments[i]
        about = part.text if one is None or one.end < part.start else local[one.end : part.end]
        yield Evidence(
            "deadline",
            "sharpen" if rises else "weaken",
            weights["deadline", case],
            local[one.start : one.end] if one else "",
            template[other.start : other.end] if other else "",
            one.start if one else None,
            one.end if one else None,
            other.start if other else None,
            other.end if other else None,
            case,
            about.strip(" ，。、,前底末")[:16],
        )
