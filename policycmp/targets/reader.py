"""Reading one text: every quantity gets its name, its 每, its qualifiers and a judgement.

The order matters only inside a list (县级600名、市级400名), where an item without words of its own
takes them from the one before.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left

from policycmp.targets.commitment import judge_number
from policycmp.targets.conditions import is_condition
from policycmp.targets.coverage_words import coverage_mentions, dated_mentions
from policycmp.targets.lists import date_each, echo, share_head, share_level, spread
from policycmp.targets.mention import Mention
from policycmp.targets.naming import Phrase, give_name, read_phrase
from policycmp.targets.per import Per, find_per
from policycmp.targets.periodic import periodic_mentions
from policycmp.targets.quantities import Quantity, find_quantities
from policycmp.targets.segments import Segment
from policycmp.targets.statements import Statements, level_in

__all__ = ["read_mentions"]

_EACH_OF = re.compile(r"各(?:自)?(?:建设|配备|建成|建|设立|设|配|有|新建|打造|创建)[^,，]{0,3}$")
_WHOLE = re.compile(r"(?P<whole>学校|幼儿园|县|乡镇|村|社区|企业|园区|中心|基地)(?:\([^()]{1,8}\))?$")
_TIMES_FOLLOW = re.compile(r"[^,，。;；]{0,40}?(?:[一二两三四五六七八九十]|\d+)\s?(?:次|轮|遍|场)")
_APART = {"name", "interval", "citation"}


def read_mentions(
    text: str,
    *,
    date: datetime.date | None = None,
    year: str | None = None,
    carry: bool = False,
    body: int = 0,
) -> tuple[Statements, tuple[Mention, ...]]:
    """Return the text laid out and its targets, in order; `body` is where dated commitments begin."""
    s = Statements(text, date=date, year=year, carry=carry)
    dated = [d.start for d in s.dates]
    quantities = []
    for q in find_quantities(s.text):
        at = bisect_left(dated, q.end) - 1
        if at < 0 or s.dates[at].end <= q.start:
            quantities.append(q)
    mentions: list[Mention] = []
    previous: Quantity | None = None
    for i, q in enumerate(quantities):
        following = next(
            (n.left for n in quantities[i + 1 : i + 4] if not s.quoted(n.start, n.end)), len(text)
        )
        mention = _read(s, q, previous, following, mentions)
        if mention is not None and (mention.indicator or q.unit):
            mentions.append(mention)
            previous = q if _APART.isdisjoint(mention.qualifiers) else previous
    share_head(s.text, mentions)
    share_level(mentions)
    spread(mentions)
    echo(s, mentions)
    date_each(s, mentions)
    mentions += coverage_mentions(s)
    mentions += periodic_mentions(s, mentions)
    mentions += dated_mentions(s, mentions, body)
    mentions.sort(key=lambda m: m.at)
    return s, tuple(mentions)


def _read(
    s: Statements, q: Quantity, previous: Quantity | None, following: int, mentions: list[Mention]
) -> Mention | None:
    index = s.layout.at(q.start)
    segment = s.layout.segments[index].around(q.start, q.end)
    not_target = judge_number(s.text, q, s.layout, segment)
    if not_target is None:
        return None
    if s.text[segment.start : q.start].rstrip().endswith(("每", "每隔")):
        return _interval(s, q, segment, index)
    last = mentions[-1] if mentions else None
    if last is not None and "name" in last.qualifiers and last.right == q.start:
        not_target = ("name",)  # 三大类31项
    before = last if last is not None and s.segment(last.at).sentence == segment.sentence else None
    in_list = previous is not None and previous.start >= segment.start
    # An item begins where the phrase of the one before ends: 1000万吨以下常减压、150万吨以下催化裂化.
    begin = segment.start
    if previous is not None and in_list:
        ends = before is not None and before.end <= q.left and s.text[before.end] in "、和及与"
        begin = max(previous.right, before.end if before is not None and ends else 0)
    phrase = read_phrase(s, q, segment, begin, min(segment.end, max(following, q.right)))
    m = Mention(
        q.start, s.trimmed(begin, q.left), q.right, "", q.low, q.high, q.unit, q.comparator, q.kind, index
    )
    m.right, m.level = q.right, phrase.level
    m.is_target, m.qualifiers = not not_target, list(not_target)
    condition = m.is_target and is_condition(s.text, q, segment, phrase.left.role)
    m.qualifiers += ["condition"] if condition else []
    m.action = phrase.left.verb if phrase.left.role == "do" else phrase.verb
    give_name(s, m, q, phrase, segment, before, in_list=in_list)
    pers = find_per(s.text[segment.start : q.start])
    m.per = None if condition or not m.is_target else m.per or _per(s, q, pers, segment)
    periods = [p.text for p in pers if p.period]
    if m.per and periods and m.per not in periods:
        # 每人每月200元: for whom, and how often.
        m.qualifiers.append(f"period:{periods[-1]}")
    _qualify(s, m, q, phrase, before)
    m.kind = _kind(q, m, condition)
    m.level = (
        m.level or level_in(m.indicator, award=m.kind == "count") or level_in(phrase.raw[-12:], award=False)
    )
    return m


# ------------------------------------------------------------ 每


def _per(s: Statements, q: Quantity, pers: tuple[Per, ...], segment: Segment) -> str | None:
    before = s.text[segment.start : q.start]
    each = _EACH_OF.search(before)
    if each:
        whole = _WHOLE.search(before[: each.start()])
        if whole:
            return whole["whole"]
    if not pers:
        return None
    wanted = [p for p in pers if p.period == (q.dimension == "time" or q.kind == "delta")]
    return (wanted or list(pers))[-1].text


def _interval(s: Statements, q: Quantity, segment: Segment, index: int) -> Mention | None:
    """每三年评选表彰…: the interval is itself a frequency, unless a number of times follows it."""
    rest = s.text[q.end : segment.end]
    if q.dimension != "duration" or q.value == 0.5 or _TIMES_FOLLOW.match(rest):
        return None
    indicator = re.sub(
        r"(?:\d{1,9}|[一二三四五六七八九十]{1,9})(?:名|个|所|次|项|家|位|人|届|期)", "", rest
    ).strip(" 、")
    if not indicator:
        return None
    start = s.text.rfind("每", segment.start, q.start)
    m = Mention(
        q.start,
        start,
        q.end + len(indicator),
        indicator,
        q.low,
        q.high,
        q.unit,
        q.comparator,
        "frequency",
        index,
    )
    m.qualifiers = ["interval", *s.hedges(q.start), *(["chinese_numeral"] if q.style == "chinese" else [])]
    return m


# ------------------------------------------------------------ fields


def _kind(q: Quantity, m: Mention, condition: bool) -> str:
    if condition and q.kind not in ("rate", "ratio"):
        return "threshold"
    if q.dimension == "time":
        return "frequency" if m.per or q.unit not in ("届", "期", "场") else "count"
    if q.dimension == "percent" and "change:by" in m.qualifiers:
        return "delta"
    return "threshold" if q.kind == "count" and m.comparator == "<=" else q.kind


def _qualify(s: Statements, m: Mention, q: Quantity, phrase: Phrase, before: Mention | None) -> None:
    marks, left = m.qualifiers, phrase.left
    if left.role in ("up", "down"):
        marks += [f"change:{left.role}", "change:to" if left.to else "change:by"]
    elif q.style == "multiple":
        marks += ["change:up", "change:to"]
    if left.base:
        marks.append(f"base:{left.base.rstrip('的')}")
        if left.base.endswith("的"):
            marks.append("share_of_base")
    if before is not None and "baseline" in before.qualifiers and before.segment == m.segment:
        marks.append(f"base:{before.low if before.low is not None else before.high:g}{before.unit}")
    of = q.of or phrase.of
    marks += [f"of:{of}"] if of else []
    marks += s.hedges(q.start)
    marks += ["strict"] if q.strict else []
    marks += [f"approx:{q.approx}"] if q.approx else []
    marks += ["chinese_numeral"] if q.style != "arabic" else []
    marks += [f"scope:{word}" for word in phrase.scope]
    marks += [f"action:{m.action}"] if m.action else []
