"""Targets: every committed quantity or date of a plan, understood.

A text is read sentence by sentence (`policycmp.targets.reader`). Each quantity
(`policycmp.targets.quantities`) is given its indicator (`policycmp.targets.indicator`), for whom or how often
(`policycmp.targets.per`), the date that governs it (`policycmp.targets.deadlines`, `policycmp.targets.statements`) and a
judgement whether it is a commitment (`policycmp.targets.commitment`).
Coverage words (结对帮扶全覆盖, 全面消除大班额) are rates of 100 %. A sentence that is dated but holds
no quantity is a target of kind ``deadline``. An interval told without a number of times
(每三年评选) is a frequency whose value is the interval.

Qualifiers, stable, as ``word`` or ``word:value``:

=====================  ==================================================================
``condition``          says for whom an obligation holds (规模不足100人的学校, 70周岁以上)
``baseline``           a number of the past or the base of a change; not a target
``name`` ``grade`` ``cycle``  part of a name, a grade (4星级), a cycle (5年一周期); not a target
``citation``           inside a title; not a target
``hedge:力争``          softened by this word (tables/hedges.csv)
``strict``             the bound itself is excluded (不足, 超过, 低于, 高于)
``approx:左右``         printed as approximate by this word (左右, 约, 接近, 近, 上, 数, 余, 多)
``coverage_word:全覆盖``  a rate of 100 % told by this word (``coverage_word`` stands beside it)
``action:新建``         the verb of doing
``change:down`` ``change:up``  the number belongs to a fall or rise
``change:by`` ``change:to``    how far it goes (下降18%) or where it ends (降至30%, 增长到1.5倍)
``base:2020年``         what the change starts from, year or value as printed (60%)
``of:教师总数``         what the share is a share of, where the text says so between comparator and number
``share_of_base``      the number is a share or multiple of the base (降至2020年的30%)
``scope:全市``          the place it is counted over
``deadline_word:…``    the date as printed, where it is finer than the year or told in words
``deadline:own`` ``deadline:inherited``  printed in the sentence, or taken from paragraph, heading, cell
``start``              the date is when it begins (2024年秋季学期起), not when it ends
``long_term``          the table says 长期坚持
``list``               shares its indicator with the other numbers of its list
``interval``           the value is the interval (每三年)
``chinese_numeral``    printed in words
=====================  ==================================================================

``start`` and ``end`` hold the phrase the target was read from, ``snippet`` is that text.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from policycmp.model import Clause, Target
from policycmp.stretches import KEPT, stretches
from policycmp.targets.deadlines import LONG_TERM, read_deadline
from policycmp.targets.mention import Mention
from policycmp.targets.reader import read_mentions
from policycmp.targets.statements import Statements
from policycmp.text import fold, source_span

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.plan import Plan

__all__ = ["COLUMNS", "extract_targets", "plan_targets", "targets_in"]

COLUMNS = (
    "target_id", "clause_id", "measure_id", "indicator", "value_low", "value_high", "unit", "comparator", "kind",
    "per", "level", "deadline", "is_target", "qualifiers", "snippet", "start", "end",
)  # fmt: skip


def targets_in(
    text: str, *, date: datetime.date | None = None, deadline: str | None = None, heading: str = ""
) -> tuple[Target, ...]:
    """Return the targets of a passage, with offsets into it.

    Parameters
    ----------
    text : str
        A sentence, clause or paragraph.
    date : datetime.date, optional
        The plan's own date, from which 三年内 counts.
    deadline : str, optional
        The date that holds where the text gives none (a table's 完成时限).
    heading : str, optional
        The heading the text stands under; a date in it holds like `deadline`.

    Examples
    --------
    >>> [t] = targets_in("到2027年，普惠性幼儿园覆盖率达到93%以上。")
    >>> t.indicator, t.value_low, t.value_high, t.unit, t.comparator, t.deadline
    ('普惠性幼儿园覆盖率', 93.0, None, '%', '>=', '2027')
    """
    inherited = deadline or read_deadline(heading)
    out = []
    for n, (at, target) in enumerate(_targets_of(fold(text), date), 1):
        start, end = target.start + at, target.end + at
        out.append(
            _placed(target, inherited, target_id=f"t{n:02d}", snippet=text[start:end], start=start, end=end)
        )
    return tuple(out)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one stretch of text holds, with offsets into it."""

    targets: tuple[Target, ...]
    year: str | None
    """The year it names last."""
    until: str | None
    """The last date that binds in it."""


@lru_cache(maxsize=KEPT)
def _read(stretch: str, date: datetime.date | None, year: str | None, carry: bool, body: int) -> _Reading:
    statements, mentions = read_mentions(stretch, date=date, year=year, carry=carry, body=body)
    dates = statements.binding
    return _Reading(
        tuple(_target(m, statements) for m in mentions),
        statements.year,
        (dates[-1].when or "") if dates else None,
    )


def _targets_of(text: str, date: datetime.date | None, body: int = 0) -> Iterator[tuple[int, Target]]:
    """Yield the targets of folded `text`, each with where the stretch it was read in begins."""
    year = None
    for at, stretch in stretches(text):
        # A month alone is of the year named last; the plan's own date is asked for only by words like 三年内.
        named = year if "月" in stretch else None
        own = date if "月" in stretch or _FROM_TODAY.search(stretch) else None
        found = _read(stretch, own, named, False, min(max(body - at, 0), len(stretch)))
        year = found.year or year
        for target in found.targets:
            yield at, target


_FROM_TODAY = re.compile("年[底末]|内|时间")


def plan_targets(plan: Plan) -> tuple[Target, ...]:
    """Return the targets of every clause of a plan, in the order of the source."""
    starts = [m.start for m in plan.measure_list]
    out: list[Target] = []
    leads: dict[tuple[str, ...], str] = {}
    for clause in plan.clause_list:
        goal = _is_goal(clause)
        inherited = read_deadline(clause.heading) or read_deadline(clause.deadline) or _section_date(clause)
        text = fold(clause.text)
        if goal:
            # A date holds across the sentences of a goal: they are read together.
            whole = _read(text, plan.date, None, True, clause.body)
            found = [(0, target) for target in whole.targets]
            if whole.until is not None:
                # 发展目标 到2025年：(一)… (二)…: the year at the head holds for the goals under it.
                leads[(*clause.path, f"{clause.number or ''}{clause.heading or ''}")] = whole.until
            else:
                inherited = inherited or leads.get(clause.path)
        else:
            found = list(_targets_of(text, plan.date, clause.body))
        for n, (offset, read) in enumerate(found, 1):
            start, end = source_span(clause.pieces, read.start + offset, read.end + offset)
            at = bisect_right(starts, start) - 1
            measure = plan.measure_list[at] if at >= 0 else None
            inside = measure is not None and measure.clause_id == clause.clause_id and start < measure.end
            out.append(
                _placed(
                    read,
                    inherited,
                    target_id=f"{clause.clause_id}.t{n:02d}",
                    clause_id=clause.clause_id,
                    measure_id=measure.measure_id if inside and measure is not None else None,
                    snippet=plan.text[start:end],
                    start=start,
                    end=end,
                )
            )
    return tuple(out)


def _is_goal(clause: Clause) -> bool:
    """Whether a date holds across the clause's sentences, as in goals and in an unnumbered opening."""
    return clause.kind in ("goal", "principle", "other") or "目标" in (clause.heading or "")


def _section_date(clause: Clause) -> str | None:
    """The date of a section the clause stands under (实施创建阶段(2018年10月—2019年12月))."""
    dates = (read_deadline(name) for name in reversed(clause.path))
    return next((date for date in dates if date and date != LONG_TERM), None)


def _target(m: Mention, statements: Statements) -> Target:
    date = m.date or statements.governing(m.at)
    marks = list(m.qualifiers)
    if date is not None:
        marks.append("deadline:own")
        marks += [f"deadline_word:{date.word}"] if date.fine else []
        marks += ["start"] if date.role == "start" else []
    return Target(
        "", None, None, m.indicator, m.low, m.high, m.unit, m.comparator, m.kind, m.per, m.level,
        date.when if date else None, m.is_target, tuple(dict.fromkeys(marks)), "", m.start, m.end,
    )  # fmt: skip


def _placed(target: Target, inherited: str | None, **place: Any) -> Target:
    """Return a target of a stretch as one of a text: dated by what stands above it, and with its `place`."""
    marks, deadline = target.qualifiers, target.deadline
    if inherited and "deadline:own" not in marks:
        lasting = inherited == LONG_TERM
        marks = (*marks, "long_term" if lasting else "deadline:inherited")
        deadline = None if lasting else inherited
    return replace(target, deadline=deadline, qualifiers=marks, **place)


def extract_targets(text: str | Plan) -> pd.DataFrame:
    """Return the targets of a text or plan as a table, one row a target.

    Examples
    --------
    >>> frame = extract_targets("新建幼儿园21所，新增学位5580个。")
    >>> frame[["indicator", "value_low", "unit"]].values.tolist()
    [['幼儿园', 21.0, '所'], ['新增学位', 5580.0, '个']]
    """
    if not isinstance(text, str):
        return text.targets
    import pandas as pd

    found = targets_in(text)
    return pd.DataFrame(
        {
            name: pd.Series([getattr(t, name) for t in found], dtype=_TYPES.get(name, "object"))
            for name in COLUMNS
        }
    )


# As in the frame of a plan: text is str or None.
_TYPES = {
    "value_low": "float64",
    "value_high": "float64",
    "is_target": "bool",
    "start": "int64",
    "end": "int64",
}
