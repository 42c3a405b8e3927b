"""Reading one text: every quantity gets its indicator, its 每, its qualifiers and a judgement.

The order matters only inside a list (县级600名、市级400名), where an item without words of its own
takes them from the one before.
"""

from __future__ import annotations

import datetime
import re

from policycmp.commitment import is_condition, judge_number
from policycmp.coverage_words import coverage_mentions, dated_mentions
from policycmp.indicator import Left, clean, head_after, read_left, share_modifier
from policycmp.mention import Mention
from policycmp.per import Per, find_per
from policycmp.quantities import Quantity, find_quantities
from policycmp.segments import Segment
from policycmp.statements import Statements, level_in
from policycmp.target_lists import share_head, spread

__all__ = ["read_mentions"]

_CLASSIFIED = {"count", "person", "lesson", "course", "household", "visit", "time"}
_FOLLOWS = re.compile(r"(?:的)?[一-鿿“\"(A-Za-z]")
_JOINS = re.compile(r"(?:和|与|及|并|以(?!上)|用于|时|后|且|之|等|其中|(?:提高|提升|增加|下降|降)(?:到|至))")
_OPENS = ("等", "在", "对", "为", "给", "向")
_ALLOTTED = re.compile(
    r"的(?:比例|标准|幅度|额度)\s?(?:安排|配备|提取|计提|预留|配置|配套|落实|设立|列支|给予|奖励|补助)?(?P<what>[一-鿿]{2,20})"
)
_EACH_OF = re.compile(r"各(?:自)?(?:建设|配备|建成|建|设立|设|配|有|新建|打造|创建)[^,，]{0,3}$")
_WHOLE = re.compile(r"(?P<whole>学校|幼儿园|县|乡镇|村|社区|企业|园区|中心|基地)[^,，]{0,2}$")
_TIMES_FOLLOW = re.compile(r"[^,，。;；]{0,40}?(?:[一二两三四五六七八九十]|\d+)\s?(?:次|轮|遍|场)")


def read_mentions(
    text: str, *, date: datetime.date | None = None, carry: bool = False, body: int = 0
) -> tuple[Statements, list[Mention]]:
    """Return the text laid out and its targets, in order; `body` is where dated commitments begin."""
    s = Statements(text, date=date, carry=carry)
    quantities = [
        q for q in find_quantities(s.text) if not any(d.start < q.end and q.start < d.end for d in s.dates)
    ]
    mentions: list[Mention] = []
    previous: Quantity | None = None
    for i, q in enumerate(quantities):
        following = quantities[i + 1].left if i + 1 < len(quantities) else len(text)
        mention = _read(s, q, previous, following, mentions)
        if mention is not None:
            if mentions and "name" in mentions[-1].qualifiers and mentions[-1].right == q.start:
                mention.is_target, mention.qualifiers = False, ["name", *mention.qualifiers]  # 三大类31项
            mentions.append(mention)
            previous = (
                q if "name" not in mention.qualifiers and "interval" not in mention.qualifiers else previous
            )
    share_head(s.text, mentions)
    spread(mentions)
    mentions += coverage_mentions(s)
    mentions += dated_mentions(s, mentions, body)
    mentions.sort(key=lambda m: m.at)
    return s, mentions


def _read(
    s: Statements, q: Quantity, previous: Quantity | None, following: int, mentions: list[Mention]
) -> Mention | None:
    index = s.layout.at(q.start)
    segment = s.layout.segments[index]
    not_target = judge_number(s.text, q, s.layout, segment)
    if not_target is None:
        return None
    if s.text[segment.start : q.start].rstrip().endswith(("每", "每隔")):
        return _interval(s, q, segment, index)
    in_list = previous is not None and previous.start >= segment.start
    begin = previous.right if in_list and previous is not None else segment.start
    stop = min(segment.end, max(following, q.right))
    raw, right = s.undated(begin, q.left), s.text[q.right : stop]
    raw = _after_period(raw)
    left = read_left(raw)
    keep = left.role in ("link", "up", "down") or q.kind == "rate"
    words, verb, scope = clean(left.words, keep_verb=keep)
    words, of = _share(q, raw, words, keep)
    m = Mention(q.start, q.left, q.right, "", q.low, q.high, q.unit, q.comparator, q.kind, index)
    m.right = q.right
    m.action = left.verb if left.role == "do" else verb
    m.qualifiers += not_target
    m.is_target = not not_target
    before = mentions[-1] if mentions and s.segment(mentions[-1].at).sentence == segment.sentence else None
    condition = m.is_target and is_condition(s.text, q, segment, left.role)
    if condition:
        m.qualifiers.append("condition")
    m.start = s.trimmed(begin, q.left)
    _name(s, m, q, left, words, raw, right, segment, before if in_list else None)
    if of and not words:
        m.indicator = s.subject_before(segment) or of
    if not m.indicator and before is not None and m.is_target:
        m.indicator = s.subject_before(segment)
    pers = find_per(s.text[segment.start : q.start])
    m.per = None if condition or not m.is_target else m.per or _per(s, q, pers, segment)
    if before is not None and not in_list:
        _parallel(m, q, words, before)
    _qualify(s, m, q, left, scope, before)
    m.qualifiers += [f"of:{of}"] if of else []
    m.kind = _kind(q, m, left, condition)
    m.level = m.level or level_in(m.indicator) or level_in(raw[-12:])
    m.end = max(m.end, _phrase_end(s.text, q, m.indicator, stop))
    return m


# ------------------------------------------------------------ indicator


def _name(
    s: Statements, m: Mention, q: Quantity, left: Left, words: str, raw: str, right: str, segment: Segment, before: Mention | None
) -> None:  # fmt: skip
    """Find what the number counts or measures (see `policycmp.indicator`)."""
    after = right.strip()
    if len(after) <= 8 and not re.search(r"[、,，]", after):
        # 3个可容纳2000人的基地: a number inside the modifier does not end the phrase.
        longer = s.text[q.right : segment.end].strip()
        if re.match(r"[^、,，]{1,20}的[一-鿿]{2}", longer):
            after = longer
    follows = bool(_FOLLOWS.match(after)) and not _JOINS.match(after)
    if "name" in m.qualifiers:
        quote = next((s.text[a + 1 : b - 1] for a, b in s.layout.quotes if a <= q.start and q.end <= b), "")
        m.indicator = quote or s.text[q.start : q.end] + head_after(after, q.heads)[:12]
        if s.text.startswith(m.indicator, q.start):
            m.end = q.start + len(m.indicator)
        return
    allotted = _ALLOTTED.match(after)
    if allotted and re.search(r"(?:按照?|以)\s?$", raw):
        m.indicator = allotted["what"]
    elif before is not None and "baseline" in before.qualifiers and len(words) < 4:
        m.indicator, m.start = before.indicator, min(m.start, before.start)
    elif before is not None and _is_bare(raw):
        m.indicator, m.action, m.per, m.level = before.indicator, before.action, before.per, level_in(raw)
        m.qualifiers.append("list")
        m.qualifiers += [mark for mark in before.qualifiers if mark.startswith(("change:", "base:"))]
        if follows and q.dimension in _CLASSIFIED and not m.level:
            m.indicator = head_after(after, q.heads) or before.indicator
    elif (
        q.dimension in ("duration", "workday")
        and q.comparator == "<="
        and follows
        and s.text[q.end : q.right].endswith("内")
    ):
        doing = head_after(after, whole=True)
        m.indicator = words + doing if len(words + doing) <= 18 else doing
    elif "condition" in m.qualifiers and follows:
        m.indicator = _concerned(after, q) or words
    elif left.role in ("link", "up", "down") and not (follows and left.verb in ("在", "为") and not words):
        m.indicator = words or s.subject_before(segment) or (head_after(after, q.heads) if follows else "")
    elif q.dimension == "money" and left.role == "do" and not follows:
        m.indicator = words + left.verb
    elif follows and (
        not words or left.role == "do" or q.dimension in _CLASSIFIED or raw.rstrip().endswith(_OPENS)
    ):
        subject = not words and not left.role and before is None
        m.indicator = head_after(after, q.heads, whole=q.dimension == "percent" or subject)
    else:
        m.indicator = words or (s.subject_before(segment) if raw.rstrip().endswith("的") else "")
    m.indicator = m.indicator or words or (head_after(after) if follows else "")
    if before is not None and "list" not in m.qualifiers and before.is_target:
        m.indicator = share_modifier(before.indicator, m.indicator)
        m.action = m.action or before.action


def _after_period(raw: str) -> str:
    """县委和县政府每三年评选表彰名师: what is done each period stands after it."""
    periods = [p for p in find_per(raw) if p.period and raw[p.start] == "每"]
    if not periods:
        return raw
    rest = raw[periods[-1].end :]
    return (
        rest
        if len(rest.strip()) >= 3 and not re.match(r"\s?(?:不|至少|提高|降低|下降|增长|增加|减少|提升)", rest)
        else raw
    )


def _concerned(after: str, q: Quantity) -> str:
    """Whom or what a threshold selects: 残疾学生 of 5名以上残疾学生随班就读的普通学校."""
    near = re.match(rf"[一-鿿]{{0,8}}?(?:{q.heads})", after) if q.heads else None
    if near and q.dimension == "person":
        return near[0].removeprefix("的")
    if q.dimension == "duration":
        relative = re.match(r"[^,，。;；]{1,24}?的[一-鿿()、]{2,12}?(?=[在应要须,，。;；]|$)", after)
        return relative[0] if relative else head_after(after, q.heads)
    return head_after(after, q.heads)


_OF = re.compile(
    r"(?:达到|达|占到?|相当于|调整到|提高到|按照?|为|不低于|不超过|到)(?P<of>[一-鿿(),、“”A-Z]{3,24}?)的?\s?$"
)


def _share(q: Quantity, raw: str, words: str, keep: bool) -> tuple[str, str]:
    """Part 销售量达到销售总量的20% into what is measured and what it is a share of."""
    if (
        q.of
        or q.dimension not in ("percent", "multiple")
        or not (raw.rstrip().endswith("的") or q.style == "half")
    ):
        return words, ""
    m = _OF.search(raw)
    if not m or re.fullmatch(r"(?:19|20)\d\d年.*", m["of"]):
        return words, ""
    return clean(read_left(raw[: m.start()]).words, keep_verb=keep)[0], m["of"]


def _parallel(m: Mention, q: Quantity, words: str, before: Mention) -> None:
    """每百名学生拥有教室小学不低于2.3间,中学不低于2.4间: the second says only what differs."""
    if (
        len(words) > 3
        or before.unit != m.unit
        or before.comparator != m.comparator
        or before.segment + 1 != m.segment
    ):
        return
    if words and words[-1] == before.indicator[-1:] and len(before.indicator) > len(words) + 2:
        m.indicator = before.indicator[: -len(words)] + words
        m.per = m.per or before.per


def _is_bare(raw: str) -> bool:
    """Whether an item of a list has no words of its own, or only a level (市级400名)."""
    bare = re.sub(r"^[\s、,，和及与或;；]+|分别|达到|达|为|约|和|及", "", raw)
    return bare == "" or level_in(bare, whole=True) is not None


def _phrase_end(text: str, q: Quantity, indicator: str, stop: int) -> int:
    at = text[q.right : stop].find(indicator) if indicator else -1
    return q.right + at + len(indicator) if 0 <= at <= 24 else q.right


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
    indicator = re.sub(r"(?:\d+|[一二三四五六七八九十]+)(?:名|个|所|次|项|家|位|人)", "", rest).strip(" 、")
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


def _kind(q: Quantity, m: Mention, left: Left, condition: bool) -> str:
    if condition and q.kind not in ("rate", "ratio"):
        return "threshold"
    if q.dimension == "time":
        return "frequency" if m.per or q.unit not in ("届", "期", "场") else "count"
    if q.dimension == "percent" and "change:by" in m.qualifiers:
        return "delta"
    return "threshold" if q.kind == "count" and m.comparator == "<=" else q.kind


def _qualify(
    s: Statements, m: Mention, q: Quantity, left: Left, scope: tuple[str, ...], before: Mention | None
) -> None:
    marks = m.qualifiers
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
    if q.of:
        marks.append(f"of:{q.of}")
    marks += s.hedges(q.start)
    marks += ["strict"] if q.strict else []
    marks += [f"approx:{q.approx}"] if q.approx else []
    marks += ["chinese_numeral"] if q.style != "arabic" else []
    marks += [f"scope:{word}" for word in scope]
    marks += [f"action:{m.action}"] if m.action else []
