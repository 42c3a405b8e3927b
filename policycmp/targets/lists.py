"""Numbers in a row: what the items of a list share.

县级600名、市级400名 share the indicator; 小学45人、初中50人标准班额 the head after the last number;
氨氮、氮氧化物减排量分别达到1万吨、2万吨 give each number its own item; and in 97%、96%以上 the
comparator of the last number holds for all.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, pairwise

from policycmp.tables import read_table
from policycmp.targets.mention import Mention
from policycmp.targets.statements import Statements

__all__ = ["date_each", "share_head", "spread"]

_HEAD = re.compile(r"(?:标准|规模|最大)?(?:班额|校额|办学规模|服务半径|床位数?)")
_LEVELS = re.compile(r"(?:自治区|国家|省|区|市|州|县|乡|镇|村|校|、|和)+(?=[一二两三四五]?级)")
_LEVEL = re.compile(r"(?:国家|自治区|省|市|区|县|乡|镇|村|校)级")
_ONLY_REACHES = re.compile(r"[\s,，]*(?:累计|力争|总数|数量)?(?:均|分别)(?:达到?|增加到|提高到|达到了)?\s*")
_PLACE = re.compile(r"自治区|国家|省|区|市|州|县|乡|镇|村|校")
_SUMMED = re.compile(r"等\s?(?:\d{1,2}|[二三四五六七八九十])?\s?(?:大?[项种类个])?")
_ITEM = re.compile(r"、|和(?!谐|美|睦)|与(?!会|家)|及(?!以|时|其)")
_MEASURE = re.compile(
    r"[一-鿿]{0,8}(?:率|占比|比例|比重|面积|能力|总量|排放量|减排量|强度|数|规模|用量|消耗|能耗|水耗|浓度)$"
)


def share_head(text: str, mentions: list[Mention]) -> None:
    """Give the noun after the last number of a list to all of it (小学45人、初中50人标准班额)."""
    for m in mentions:
        tail = _HEAD.match(text, m.right) if m.right else None
        words = text[m.start : m.at].strip()
        if tail and 0 < len(words) <= 8 and m.indicator.startswith(tail[0]):
            m.indicator, m.end = words + tail[0], max(m.end, tail.end())
    for one, two in pairwise(reversed(mentions)):
        tail = _HEAD.match(text, one.right) or _HEAD.search(one.indicator)
        between = text[two.right : one.start] if two.right else "-"
        if (
            one.segment == two.segment
            and one.unit == two.unit
            and between.strip() in ("、", "和", "")
            and tail
        ):
            two.indicator += "" if two.indicator.endswith(tail[0]) or len(two.indicator) > 6 else tail[0]


def share_level(mentions: list[Mention]) -> None:
    """3个国家级、10个省级、30个市级产业园: the head stands after the last level only."""
    for one, two in pairwise(reversed(mentions)):
        head = two.segment == one.segment and one.unit == two.unit and _LEVEL.fullmatch(two.indicator)
        rest = _LEVEL.match(one.indicator)
        if head and rest and rest.end() < len(one.indicator):
            two.indicator += one.indicator[rest.end() :]


def echo(s: Statements, mentions: list[Mention]) -> None:
    """示范场20家、示范社10家；2024年，分别达到30家、15家: the second row names nothing of its own."""
    for at, m in enumerate(mentions):
        start = s.layout.segments[m.segment].start
        if "list" in m.qualifiers or not _ONLY_REACHES.fullmatch(s.undated(start, m.at)):
            continue
        row = [
            m,
            *(n for n in mentions[at + 1 : at + 8] if n.segment == m.segment and "list" in n.qualifiers),
        ]
        source = [n for n in mentions[max(0, at - len(row)) : at] if n.is_target]
        same = len(source) == len(row) and all(a.unit == b.unit for a, b in zip(source, row, strict=True))
        if same and s.segment(source[0].at).sentence == s.segment(m.at).sentence:
            for a, b in zip(source, row, strict=True):
                b.indicator, b.level, b.action = a.indicator, a.level, a.action


def spread(mentions: list[Mention]) -> None:
    """Distribute the items and the comparator of each list over its numbers."""
    at = 0
    while at < len(mentions):
        group = [mentions[at]]
        for m in islice(mentions, at + 1, at + 40):
            if m.segment != group[0].segment or "list" not in m.qualifiers:
                break
            group.append(m)
        if len(group) > 1:
            _comparator(group)
            _items(group)
        at += len(group)


def date_each(s: Statements, mentions: list[Mention]) -> None:
    """Give each number of 到2025年、2030年分别达到20%、25% its own date."""
    for at, m in enumerate(mentions):
        date = s.governing(m.at)
        dates = s.row_of_dates(date) if date is not None else ()
        if len(dates) < 2 or "list" in m.qualifiers:
            continue
        group = mentions[at : at + len(dates)]
        rest = mentions[at + len(dates) : at + len(dates) + 1]
        if (
            len(group) == len(dates)
            and all("list" in g.qualifiers for g in group[1:])
            and not any("list" in g.qualifiers for g in rest)
        ):
            for g, own in zip(group, dates, strict=True):
                g.date = own


def _comparator(group: list[Mention]) -> None:
    last = group[-1].comparator
    if any(m.comparator != "=" for m in group[:-1]):
        return
    for m in group[:-1]:
        if m.comparator == "=" and last in (">=", "<=", "approx") and m.unit == group[-1].unit:
            m.comparator = last
            m.low = None if last == "<=" else m.low
            m.high = None if last == ">=" else m.high


def _items(group: list[Mention]) -> None:
    indicator = _SUMMED.sub("", group[0].indicator).replace("分别", "")
    levels = _LEVELS.match(indicator)
    if levels:
        names = _PLACE.findall(levels[0])
        if len(names) == len(group):
            rest = re.sub(r"^[一二两三四五]?级", "", indicator[levels.end() :])
            for name, m in zip(names, group, strict=True):
                m.level, m.indicator = f"{name}级", f"{name}级{rest}"
            return
    items = indicator.split("、")
    if len(items) != len(group):
        items = _ITEM.split(indicator)
    if len(items) == len(group) and all(items):
        for item, m in zip(items, group, strict=True):
            m.indicator = _complete(item, items[-1])
            m.per = m.per if "均" in m.indicator or "均" not in indicator else None


@cache
def _heads() -> tuple[str, ...]:
    return tuple(row["word"] for row in read_table("measure_words"))


def _complete(item: str, last: str) -> str:
    """氨氮 of 氨氮、氮氧化物减排量 becomes 氨氮减排量."""
    if item == last or _MEASURE.search(item):
        return item
    at = last.rfind(item[-2:])
    if at >= 0 and last[at + 2 :]:
        return item + last[at + 2 :]
    heads = [head for head in _heads() if last.endswith(head)]
    if heads:
        return item + max(heads, key=len)
    at = last.rfind(item[-1:])
    return item + last[at + 1 :] if at > 0 else item
