"""What is counted or measured, in the text's own words.

The words before a number and after it are read like this. What stands before is stripped
from the right: comparators, adverbs (分别, 年均), the base of a change (比2020年, 在2018年的基础上)
and the verb (达到, 下降, 新建), which says where the indicator is:

* after a verb of state or change (巩固率达到97%, 能耗下降13%) it is the subject before the verb;
* after a verb of doing (打造10节精品课), or with nothing before (60%县实现…), it follows the number;
* with a noun before and nothing after (示范校10所), it is that noun;
* with both (小学45人标准班额), it is the two together.

What is left is stripped from the left: dates, hedges, 确保, 全市, and of whatever governs it
(使, 将, 推动). Lists share what their items leave out: the modifier (“三进”工作示范县2个、示范校10所),
the head (小学45人、初中50人标准班额), or the whole indicator (县级600名、市级400名).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from policycmp.targets.per import find_per
from policycmp.targets.phrase_words import deed_at_start, little_words, verb_at_end, verb_roles

__all__ = ["Left", "clean", "read_left"]


@dataclass(frozen=True, slots=True)
class Left:
    """What stands before a number: the words left over, the verb and its role, how far a change is told."""

    words: str
    verb: str
    role: str
    """link, up, down, do or empty."""
    to: bool
    """The verb names where a change ends (降至, 提高到)."""
    base: str
    """The base of a change as printed (2020年, 2018年的基础上)."""


_REACHES = re.compile(r"(?:确保|实现|完成|力争|推动|保持)(?=[一-鿿])")


@cache
def _fill_end() -> re.Pattern[str]:
    return re.compile(rf"(?:\s|[、和及与或(（]|{little_words('end')})$")


@cache
def _modal_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{little_words('modal')})$")


@cache
def _fill_start() -> re.Pattern[str]:
    return re.compile(rf"(?:[—•●◆■★◇○※\s、,，的(（)）”\"·]|-(?=[一-鿿])|{little_words('start')})")


@cache
def _scope_start() -> re.Pattern[str]:
    return re.compile(little_words("scope"))


@cache
def _governs() -> re.Pattern[str]:
    return re.compile(rf".{{0,60}}(?:{little_words('governs')})(?=[一-鿿A-Za-z0-9“(])")


_BASE_END = re.compile(
    r"(?:(?:比|较|与|同|相比于?|相较于?|对比|在|以|由|从)\s?(?P<base>(?:[“]?十[一二三四五六]五[”]?(?:期?末|期间|时期)?|(?:19|20)\d\d\s?年?(?:底|末|初)?|上年度?|上一年度?|去年|基期|基准年|同期|现状)[^,，。;；]{0,16}?)(?:相比|的?基础上|为基数|为基准|水平)?[\s、,，]*|"
    r"(?P<of>(?:19|20)\d\d\s?年(?:底|末)?(?:的|水平的?)?))$"
)
_TRAIL = re.compile(r"(?:[\s、,，的占比]|所占|所占的)$")


def read_left(words: str, *, bounded: bool = False) -> Left:
    """Strip what stands before a number down to the words that may name it; `bounded`: a comparator followed."""
    end, verb, role, to, base = len(words), "", "", False, ""
    for _ in range(16):
        tail = words[max(0, end - 48) : end]
        if not tail:
            break
        m = _fill_end().search(tail) or (_modal_end().search(tail) if role or bounded else None)
        if m:
            end -= len(m[0])
            continue
        m = (
            verb_at_end().search(tail[-8:])
            if role in ("", "link") and (not base or base.endswith("的"))
            else None
        )
        if m:
            found = verb_roles()[m[0]]
            if role == "link" and found == "do":
                break
            if role == "" or found in ("up", "down"):
                to = to or (role == "link" and verb in ("到", "至", "为", "在", "达到", "达"))
                verb, role = m[0], found
            end -= len(m[0])
            continue
        m = _BASE_END.search(tail)
        if m:
            base = base or (m["base"] or m["of"] or "")
            end -= len(m[0])
            continue
        break
    return Left(words[:end], verb, role, to, base)


def clean(words: str, *, keep_verb: bool = False, governed: bool = True) -> tuple[str, str, tuple[str, ...]]:
    """Return the bare phrase, the verb of doing it began with, and the scope words taken off.

    Examples
    --------
    >>> clean("确保全市九年义务教育巩固率")
    ('九年义务教育巩固率', '', ('全市',))
    >>> clean("培育创建自治区劳动教育示范学校")
    ('自治区劳动教育示范学校', '培育创建', ())
    """
    phrase, verb, scope = words.strip(), "", []
    m = _governs().match(phrase)
    if m and governed and len(phrase) - m.end() >= 2:
        phrase = phrase[m.end() :]
    for _ in range(24):
        m = _fill_start().match(phrase)
        if m and len(phrase) > m.end():
            phrase = phrase[m.end() :]
            continue
        m = _scope_start().match(phrase)
        if m and len(phrase) - m.end() >= 2:
            scope.append(m[0])
            phrase = phrase[m.end() :].lstrip("的")
            continue
        pers = find_per(phrase[:24])
        if pers and pers[0].start == 0 and phrase.startswith("每") and len(phrase) - pers[0].end >= 2:
            phrase = phrase[pers[0].end :]
            continue
        m = (_REACHES if keep_verb else deed_at_start()).match(phrase)
        if m and len(phrase) - m.end() >= 2:
            verb = verb or m[0]
            if len(phrase) - m.end() <= 2 and not keep_verb:
                break  # 新增学位: two characters say too little alone
            phrase = phrase[m.end() :]
            continue
        break
    for _ in range(6):
        m = _TRAIL.search(phrase)
        if not m or len(phrase) <= 2 or phrase.endswith(("占比", "目的", "对比", "比")):
            break
        phrase = phrase[: m.start()]
    phrase = phrase.strip(" 、,，:：;；")
    if phrase.startswith("(") and ")" not in phrase:
        phrase = phrase[1:]
    pers = find_per(phrase)
    whole = bool(pers) and phrase.startswith("每") and pers[0].end == len(phrase)
    return "" if whole or phrase in _EMPTY or _fill_start().fullmatch(phrase) else phrase, verb, tuple(scope)


_EMPTY = {"等", "上", "中", "内", "的", "新", "每月", "逐步", "力争", "分别"}
