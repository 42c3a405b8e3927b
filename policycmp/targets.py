"""Targets: every committed quantity or date of a plan, understood.

A text is read sentence by sentence. Each quantity (`policycmp.quantities`) is given its
indicator (`policycmp.indicator`), for whom or how often (`policycmp.per`), the date that governs
it (`policycmp.deadlines`) and a judgement whether it is a commitment (`policycmp.commitment`).
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
``share_of_base``      the number is a share or multiple of the base (降至2020年的30%)
``scope:全市``          the place it is counted over
``subject:…``          who is counted on (青铜峡市职业教育中心等4所中职学校)
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
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from policycmp.commitment import is_condition, judge_number
from policycmp.deadlines import LONG_TERM, When, find_dates, read_deadline
from policycmp.indicator import clean, head_after, read_left, share_modifier
from policycmp.model import Clause, Target
from policycmp.per import Per, find_per
from policycmp.quantities import Quantity, find_quantities
from policycmp.segments import Layout, Segment, read_layout
from policycmp.tables import read_table
from policycmp.text import fold, source_span

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.plan import Plan

__all__ = ["COLUMNS", "extract_targets", "plan_targets", "targets_in"]

COLUMNS = (
    "target_id", "clause_id", "measure_id", "indicator", "value_low", "value_high", "unit", "comparator", "kind",
    "per", "level", "deadline", "is_target", "qualifiers", "snippet", "start", "end",
)  # fmt: skip


@cache
def _levels() -> re.Pattern[str]:
    words = sorted((row["word"] for row in read_table("levels")), key=len, reverse=True)
    return re.compile("|".join(words))


@cache
def _level_of() -> dict[str, str]:
    return {row["word"]: row["level"] for row in read_table("levels")}


@cache
def _hedges() -> re.Pattern[str]:
    return re.compile("|".join(sorted((row["word"] for row in read_table("hedges")), key=len, reverse=True)))


@cache
def _coverage() -> re.Pattern[str]:
    return re.compile("|".join(sorted((row["word"] for row in read_table("coverage_words")), key=len, reverse=True)))


@cache
def _coverage_place() -> dict[str, str]:
    return {row["word"]: row["place"] for row in read_table("coverage_words")}


@dataclass(slots=True)
class _Mention:
    """A target while it is read: offsets into the folded text."""

    start: int
    end: int
    indicator: str
    low: float | None
    high: float | None
    unit: str
    comparator: str
    kind: str
    per: str | None = None
    level: str | None = None
    is_target: bool = True
    qualifiers: list[str] = field(default_factory=list)
    sentence: int = 0
    segment: int = 0
    at: int = 0
    """Where the number itself stands; what dates are looked up by."""
    action: str = ""


class _Reader:
    """Reads the targets of one text."""

    def __init__(self, text: str, date: datetime.date | None, deadline: str | None, carry: bool, body: int) -> None:
        self.text = fold(text)
        self.layout: Layout = read_layout(self.text)
        self.dates = [d for d in find_dates(self.text, date=date) if not self._titled(d.start, d.end)]
        self.deadline, self.carry, self.body = deadline, carry, body
        self.mentions: list[_Mention] = []

    def _titled(self, start: int, end: int) -> bool:
        return any(a <= start and end <= b for a, b in self.layout.titles)

    # ------------------------------------------------------------ reading

    def read(self) -> list[_Mention]:
        quantities = [q for q in find_quantities(self.text) if not any(d.start < q.end and q.start < d.end for d in self.dates)]
        previous: Quantity | None = None
        for i, q in enumerate(quantities):
            following = quantities[i + 1] if i + 1 < len(quantities) else None
            self._quantity(q, previous, following)
            previous = q
        self._share_heads()
        self._distribute()
        self._coverage_words()
        self.mentions.sort(key=lambda m: m.at)
        self._deadline_only()
        return self.mentions

    def _quantity(self, q: Quantity, previous: Quantity | None, following: Quantity | None) -> None:
        text, index = self.text, self.layout.at(q.start)
        segment = self.layout.segments[index]
        not_target = judge_number(text, q, self.layout, segment)
        if not_target is None:
            return
        in_list = previous is not None and previous.start >= segment.start
        begin = max(segment.start, previous.right if in_list and previous else segment.start)
        stop = min(segment.end, following.left if following else segment.end)
        raw_left, right = text[begin : q.left], text[q.right : stop]
        pers = find_per(text[segment.start : q.start])
        if self._is_interval(q, pers, segment.start):
            self._interval(q, segment, index)
            return
        left = read_left(raw_left)
        words, verb, scope = clean(left.words)
        mention = _Mention(q.left, q.right, "", q.low, q.high, q.unit, q.comparator, q.kind, sentence=segment.sentence, segment=index, at=q.start)
        mention.action = verb or (left.verb if left.role == "do" else "")
        self._indicate(mention, q, left.role, words, right, raw_left, segment, in_list)
        per = self._per(q, pers, mention)
        mention.per = per.text if per else None
        condition = not not_target and is_condition(text, q, segment, left.role)
        mention.qualifiers += list(not_target)
        mention.is_target = not not_target
        if condition:
            mention.qualifiers.append("condition")
        self._qualify(mention, q, left.role, left.to, left.base, scope, segment, begin)
        mention.kind = self._kind(q, mention, left.role, left.to, condition)
        mention.start = min(mention.start, self._phrase_start(begin, q, left.words))
        mention.end = max(mention.end, self._phrase_end(q, mention, stop))
        self.mentions.append(mention)

    def _phrase_start(self, begin: int, q: Quantity, words: str) -> int:
        at = begin
        while at < q.left and self.text[at] in " 、,，和及与或\n\t":
            at += 1
        for date in self.dates:
            if at <= date.start < q.left and date.role in ("deadline", "start") and date.start - at <= 4:
                at = date.end
        while at < q.left and self.text[at] in " 、,，\n\t":
            at += 1
        return at

    def _phrase_end(self, q: Quantity, mention: _Mention, stop: int) -> int:
        tail = self.text[q.right : stop]
        at = tail.find(mention.indicator) if mention.indicator else -1
        return q.right + at + len(mention.indicator) if 0 <= at <= 24 else q.right

    # ------------------------------------------------------------ indicator

    def _indicate(
        self, mention: _Mention, q: Quantity, role: str, words: str, right: str, raw_left: str, segment: Segment, in_list: bool
    ) -> None:
        classifier = q.kind == "count" and q.dimension in ("count", "person", "lesson", "course", "household", "visit") or q.dimension == "time"
        after = right.strip()
        follows = bool(re.match(r"(?:的)?[一-鿿“\"(A-Za-z]", after)) and not re.match(r"(?:和|与|及|并|以|用于|时|后|且|之)(?!上)", after)
        before = self.mentions[-1] if self.mentions and self.mentions[-1].sentence == segment.sentence else None
        if in_list and before is not None and self._bare_item(raw_left):
            mention.indicator = before.indicator
            mention.action, mention.qualifiers = before.action, ["list"]
            mention.per, mention.level = before.per, self._level(raw_left)
            if follows and not re.match(r"[、，]", after) and classifier:
                mention.indicator = head_after(after, q.heads) or before.indicator
            return
        if role in ("link", "up", "down"):
            mention.indicator = words or self._earlier(segment) or (head_after(after, q.heads) if follows else "")
        elif follows and (not words or role == "do" or classifier or raw_left.rstrip().endswith(("等", "的", "在", "对", "为"))):
            whole = q.dimension == "percent" or (not words and role == "" and not classifier)
            if words and not classifier and role != "do" and not raw_left.rstrip().endswith(("等", "在", "对", "为")):
                mention.indicator = words
            else:
                mention.indicator = head_after(after, q.heads, whole=whole)
        else:
            mention.indicator = words
        if not mention.indicator:
            mention.indicator = words or (head_after(after) if follows else "") or self._earlier(segment)
        if in_list and before is not None and before.segment == self.layout.at(q.start):
            mention.indicator = share_modifier(before.indicator, mention.indicator)
            mention.action = mention.action or before.action

    @staticmethod
    def _bare_item(raw_left: str) -> bool:
        bare = re.sub(r"^[\s、,，和及与或;；]+|(?:分别|达到|达|为|约|和|及)", "", raw_left)
        return bare == "" or (bool(_levels().fullmatch(bare)))

    def _earlier(self, segment: Segment) -> str:
        """The subject of the statement before, where this one has none of its own."""
        at = self.layout.segments.index(segment)
        for before in reversed(self.layout.segments[max(0, at - 2) : at]):
            if before.sentence != segment.sentence:
                break
            words = self.text[before.start : before.end]
            for date in self.dates:
                if before.start <= date.start and date.end <= before.end:
                    words = words.replace(self.text[date.start : date.end], "")
            phrase, _, _ = clean(words)
            if len(phrase) >= 2:
                return phrase
        return ""

    def _level(self, words: str) -> str | None:
        m = _levels().search(words)
        return _level_of()[m[0]] if m else None

    def _share_heads(self) -> None:
        """小学45人、初中50人标准班额: the noun after the last number belongs to all of the list."""
        for one, two in zip(self.mentions, self.mentions[1:], strict=False):
            gap = self.text[one.at : two.at]
            if one.segment == two.segment and one.unit == two.unit == "人" and "、" in gap and len(one.indicator) <= 4 and len(two.indicator) <= 4:
                tail = re.match(r"[一-鿿]{2,8}?(?=班额|校额|规模|标准)[一-鿿]{2}", self.text[two.end :])
                if tail:
                    one.indicator += tail[0]
                    two.indicator += tail[0]
                    two.end += len(tail[0])

    def _distribute(self) -> None:
        """Give the numbers of 分别达到10%、15%、20% their own item, and the comparator of the last."""
        at = 0
        while at < len(self.mentions):
            group = [self.mentions[at]]
            for m in self.mentions[at + 1 :]:
                if m.segment != group[0].segment or "list" not in m.qualifiers or m.unit != group[0].unit:
                    break
                group.append(m)
            if len(group) > 1:
                self._spread(group)
            at += len(group)

    def _spread(self, group: list[_Mention]) -> None:
        last = group[-1]
        if last.comparator != "=" and last.comparator != "range":
            for m in group[:-1]:
                if m.comparator == "=":
                    m.comparator = last.comparator
                    m.low, m.high = (m.low, None) if last.comparator == ">=" else (None, m.high) if last.comparator == "<=" else (m.low, m.high)
        indicator = group[0].indicator
        levels = re.match(r"(?:自治区|国家|省|区|市|州|县|乡|镇|村|校|、|和)+(?=[一二三四五]?级)", indicator)
        if levels:
            names = re.findall(r"自治区|国家|省|区|市|州|县|乡|镇|村|校", levels[0])
            if len(names) == len(group):
                rest = re.sub(r"^[一二三四五]?级", "", indicator[levels.end() :])
                for name, m in zip(names, group, strict=True):
                    m.level, m.indicator = f"{name}级", f"{name}级{rest}"
                return
        items = re.split(r"、|和(?!谐)|与|及(?!以)", indicator)
        if len(items) == len(group) and all(items):
            tail = items[-1]
            for n, m in enumerate(group):
                m.indicator = items[n] if items[n] == tail else _with_tail(items[n], tail)

    # ------------------------------------------------------------ fields

    def _per(self, q: Quantity, pers: tuple[Per, ...], mention: _Mention) -> Per | None:
        if mention.per:
            return Per(mention.per, 0, 0, False)
        segment = self.layout.segments[mention.segment]
        each = re.search(r"各(?:自)?(?:建设|配备|建成|建|设立|设|配|有|新建|打造)[^,，]{0,3}$", self.text[segment.start : q.start])
        if each and self.mentions:
            m = re.search(r"(学校|幼儿园|县|乡镇|村|社区|企业|园区|中心|基地)[^,，]{0,2}$", self.text[segment.start : segment.start + each.start()])
            if m:
                return Per(m[1], 0, 0, False)
        if not pers:
            return None
        if q.dimension == "time" or q.kind == "delta":
            periods = [p for p in pers if p.period]
            return (periods or list(pers))[-1]
        wholes = [p for p in pers if not p.period]
        return (wholes or list(pers))[-1]

    def _is_interval(self, q: Quantity, pers: tuple[Per, ...], base: int) -> bool:
        each = self.text[max(0, q.start - 2) : q.start]
        return each.endswith(("每", "每隔"))

    def _interval(self, q: Quantity, segment: Segment, index: int) -> None:
        """每三年评选表彰…: the interval is itself a frequency, unless a number of times follows."""
        rest = self.text[q.end : segment.end]
        if q.dimension != "duration" or re.match(r"[^,，。;；]{0,40}?(?:[一二两三四五六七八九十]|\d+)\s?(?:次|轮|遍|场)", rest) or q.value == 0.5:
            return
        indicator = head_after(rest, whole=True)
        indicator = re.split(r"[\d一二三四五六七八九十]+(?:名|个|所|次|项|家)", indicator)[0]
        mention = _Mention(
            q.start - 1, q.end + len(indicator), indicator, q.low, q.high, q.unit, q.comparator, "frequency",
            qualifiers=["interval"], sentence=segment.sentence, segment=index, at=q.start,
        )  # fmt: skip
        if not indicator:
            return
        if q.style == "chinese":
            mention.qualifiers.append("chinese_numeral")
        self.mentions.append(mention)

    def _kind(self, q: Quantity, mention: _Mention, role: str, to: bool, condition: bool) -> str:
        if condition and q.kind not in ("rate", "ratio"):
            return "threshold"
        if q.dimension == "time":
            return "frequency" if mention.per or q.unit not in ("届", "期", "场") else "count"
        if q.kind in ("rate", "count") and role in ("up", "down") and not to and q.dimension in ("percent",):
            return "delta"
        if q.kind == "count" and mention.comparator == "<=":
            return "threshold"
        return q.kind

    def _qualify(
        self, mention: _Mention, q: Quantity, role: str, to: bool, base: str, scope: tuple[str, ...], segment: Segment, begin: int
    ) -> None:
        marks = mention.qualifiers
        if role in ("up", "down"):
            marks.append(f"change:{role}")
            marks.append("change:to" if to else "change:by")
        elif q.style == "multiple":
            marks += ["change:up", "change:to"]
        if base:
            marks.append(f"base:{base.strip('的')}")
            if base.endswith("的"):
                marks.append("share_of_base")
        if self.mentions and role in ("up", "down") and "baseline" in self.mentions[-1].qualifiers and self.mentions[-1].segment == mention.segment:
            value = self.mentions[-1].low if self.mentions[-1].low is not None else self.mentions[-1].high
            marks.append(f"base:{value:g}{self.mentions[-1].unit}")
        for m in _hedges().finditer(self.text, segment.start, q.start):
            marks.append(f"hedge:{m[0]}")
        if q.strict:
            marks.append("strict")
        if q.approx:
            marks.append(f"approx:{q.approx}")
        if q.style != "arabic":
            marks.append("chinese_numeral")
        marks += [f"scope:{s}" for s in scope]
        if mention.action:
            marks.append(f"action:{mention.action}")
        mention.level = mention.level or self._level(mention.indicator) or self._level(self.text[begin : q.left][-12:])

    # ------------------------------------------------------------ coverage and dates

    def _coverage_words(self) -> None:
        for m in _coverage().finditer(self.text):
            index = self.layout.at(m.start())
            segment = self.layout.segments[index]
            before, after = self.text[segment.start : m.start()], self.text[m.end() : segment.end]
            if self._titled(m.start(), m.end()) or re.match(r"率|(?:\s?(?:率|达到|达))?\s?\d", after):
                continue
            baseline = bool(re.match(r"的基础上", after))
            words, verb, scope = clean(read_left(before).words if _coverage_place()[m[0]] == "after" else before)
            if "覆盖" in m[0]:
                indicator = re.sub(r"(?<=.)(?:实现|达到|做到|达成)", "", words)
                if _coverage_place()[m[0]] == "before":
                    indicator = (indicator or self._earlier(segment)) + head_after(after)
                    indicator = re.sub(r"^覆盖", "", indicator)
                indicator = (indicator or head_after(after) or self._earlier(segment)) + ("" if indicator.endswith("覆盖") else "覆盖")
            else:
                indicator = head_after(after) if _coverage_place()[m[0]] == "before" else words
                indicator = indicator or words or self._earlier(segment)
                verb = m[0][2:]
            if not indicator.strip("覆盖"):
                continue
            start = self._trimmed(segment.start, m.start())
            end = m.end() + (len(head_after(after)) if _coverage_place()[m[0]] == "before" else 0)
            marks = ["coverage_word", f"coverage_word:{m[0]}"]
            marks += [f"hedge:{h[0]}" for h in _hedges().finditer(self.text, segment.start, m.start())]
            marks += [f"scope:{s}" for s in scope] + ([f"action:{verb}"] if verb else [])
            if baseline:
                marks.append("baseline")
            self.mentions.append(
                _Mention(
                    start, end, indicator, 100.0, 100.0, "%", "=", "rate", level=self._level(indicator),
                    is_target=not baseline, qualifiers=marks, sentence=segment.sentence, segment=index, at=m.start(),
                )
            )  # fmt: skip

    def _trimmed(self, start: int, end: int) -> int:
        while start < end and self.text[start] in " 、,，\n\t":
            start += 1
        for date in self.dates:
            if start <= date.start < end and date.start - start <= 4 and date.role in ("deadline", "start"):
                start = date.end
        while start < end and self.text[start] in " 、,，\n\t":
            start += 1
        return start

    def governing(self, at: int) -> When | None:
        """The date that holds at a position: the last one begun in its sentence, or its paragraph's."""
        index = self.layout.at(at)
        segment = self.layout.segments[index]
        found = None
        for date in self.dates:
            if date.role not in ("deadline", "start"):
                continue
            home = self.layout.segments[self.layout.at(date.start)]
            if home.start > segment.start:
                break
            if home.sentence == segment.sentence or self.carry:
                found = date
        return found

    def _deadline_only(self) -> None:
        busy = {id(self.governing(m.at)) for m in self.mentions if m.is_target}
        added = []
        for date in self.dates:
            if date.role not in ("deadline", "start") or date.start < self.body or id(date) in busy or date.when is None:
                continue
            index = self.layout.at(date.start)
            segment = self.layout.segments[index]
            words = self.text[date.end : segment.end]
            start, end, at = date.start, segment.end, index
            if len(clean(words)[0]) < 4 and at + 1 < len(self.layout.segments) and self.layout.segments[at + 1].sentence == segment.sentence:
                following = self.layout.segments[at + 1]
                words, end = self.text[following.start : following.end], following.end
            subject = self.text[segment.start : date.start]
            indicator = clean(words, keep_verb=True)[0]
            if len(clean(subject)[0]) >= 4:
                indicator = clean(subject, keep_verb=True)[0] + indicator
                start = self._trimmed(segment.start, date.start)
            if len(indicator) < 4:
                continue
            marks = [f"hedge:{h[0]}" for h in _hedges().finditer(self.text, segment.start, end)]
            year = float(date.when[:4])
            added.append(
                _Mention(
                    start, end, indicator, None, year, "年", "<=", "deadline", level=self._level(indicator),
                    qualifiers=marks, sentence=segment.sentence, segment=index, at=date.start,
                )
            )  # fmt: skip
        self.mentions = sorted([*self.mentions, *added], key=lambda m: m.at)


def _with_tail(item: str, tail: str) -> str:
    """小学六年 … 初中三年巩固率 → 小学六年巩固率: the head of the last item belongs to all."""
    for size in range(min(len(tail) - 1, 8), 1, -1):
        head = tail[-size:]
        if item.endswith(head):
            return item
    m = re.search(r"[一-鿿]{0,6}(?:率|占比|比例|比重|面积|能力|总量|排放量|减排量|覆盖率|强度|数|规模)$", tail)
    return item + m[0] if m and m.start() > 0 else item


def _finish(reader: _Reader, text: str, number: str) -> list[Target]:
    out = []
    for n, m in enumerate(reader.mentions, 1):
        date = reader.governing(m.at)
        marks = list(m.qualifiers)
        deadline = date.when if date else None
        if date is not None:
            marks.append("deadline:own")
            if date.fine:
                marks.append(f"deadline_word:{date.word}")
            if date.role == "start":
                marks.append("start")
        elif reader.deadline == LONG_TERM:
            marks.append("long_term")
        elif reader.deadline:
            deadline = reader.deadline
            marks.append("deadline:inherited")
        end = max(m.end, m.start)
        out.append(
            Target(
                f"{number}t{n:02d}", None, None, m.indicator, m.low, m.high, m.unit, m.comparator, m.kind, m.per, m.level,
                deadline, m.is_target, tuple(dict.fromkeys(marks)), text[m.start : end], m.start, end,
            )
        )  # fmt: skip
    return out


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
    >>> [(t.indicator, t.value_low, t.unit, t.comparator, t.deadline) for t in targets_in("到2027年，普惠性幼儿园覆盖率达到93%以上。")]
    [('普惠性幼儿园覆盖率', 93.0, '%', '>=', '2027')]
    """
    reader = _Reader(text, date, deadline or read_deadline(heading), False, 0)
    reader.read()
    return tuple(_finish(reader, text, ""))


def plan_targets(plan: Plan) -> tuple[Target, ...]:
    """Return the targets of every clause of a plan, in the order of the source."""
    starts = [m.start for m in plan.measure_list]
    out: list[Target] = []
    for clause in plan.clause_list:
        inherited = clause.deadline or read_deadline(clause.heading) or _from_path(clause)
        reader = _Reader(clause.text, plan.date, inherited, clause.kind == "goal", clause.body)
        if not reader.read():
            continue
        for target in _finish(reader, clause.text, f"{clause.clause_id}."):
            start, end = source_span(clause.pieces, target.start, target.end)
            at = bisect_right(starts, start) - 1
            measure = plan.measure_list[at] if at >= 0 else None
            inside = measure is not None and measure.clause_id == clause.clause_id and start < measure.end
            out.append(
                replace(
                    target, clause_id=clause.clause_id, measure_id=measure.measure_id if inside and measure else None,
                    snippet=plan.text[start:end], start=start, end=end,
                )
            )  # fmt: skip
    return tuple(out)


def _from_path(clause: Clause) -> str | None:
    """The date of the section a clause stands under (实施创建阶段(2018年10月—2019年12月))."""
    return next((found for name in reversed(clause.path) if (found := read_deadline(name)) not in (None, LONG_TERM)), None)


def extract_targets(text: str | Plan) -> pd.DataFrame:
    """Return the targets of a text or plan as a table, one row a target.

    Examples
    --------
    >>> frame = extract_targets("新建幼儿园21所，新增学位5580个。")
    >>> frame[["indicator", "value_low", "unit"]].values.tolist()
    [['幼儿园', 21.0, '所'], ['学位', 5580.0, '个']]
    """
    import pandas as pd

    targets = targets_in(text) if isinstance(text, str) else text.target_list
    return pd.DataFrame([[getattr(t, c) for c in COLUMNS] for t in targets], columns=list(COLUMNS))
