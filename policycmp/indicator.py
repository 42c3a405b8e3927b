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

from policycmp.per import find_per
from policycmp.tables import read_table

__all__ = ["Left", "action_before", "clean", "head_after", "read_left", "share_modifier"]


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


@cache
def _roles() -> dict[str, str]:
    roles: dict[str, str] = {}
    for row in read_table("actions"):
        roles.setdefault(row["word"], row["role"])  # 增加 before a number is first a change, then a deed
    return roles


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def _verb_at_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any(list(_roles()))})$")


@cache
def _verb_at_start() -> re.Pattern[str]:
    deeds = [row["word"] for row in read_table("actions") if row["role"] in ("do", "fill")]
    words = [w for w in deeds if len(w) > 1 and w not in ("完成", "实现")]
    # 建设用地, 培训合格率, 新增学位: the verb is part of a noun and stays.
    not_noun = r"(?!用地|标准|面积|规模|水平|率|合格|资金|投资|经费|成本|强度|占比|比例|的|总|量|人数|次数|时间|能力|任期|目标|收入|周期|后|区|投|本|中(?!小|学|职|医|心|等)|力)"
    return re.compile(rf"(?:{_any(words)}){not_noun}|完成|实现")


_REACHES = re.compile(r"(?:确保|实现|完成|力争|推动|保持)(?=[一-鿿])")


@cache
def _words(place: str) -> str:
    """The words of ``tables/phrase_words.csv`` for a place, as one alternative; 约 is a word, 节约 is not."""
    rows = sorted(
        (row for row in read_table("phrase_words") if row["place"] == place),
        key=lambda row: -len(row["word"]),
    )
    return "|".join(
        (f"(?<![{row['not_after']}])" if row["not_after"] else "")
        + re.escape(row["word"])
        + (f"(?!{row['not_before']})" if row["not_before"] else "")
        for row in rows
    )


@cache
def _fill_end() -> re.Pattern[str]:
    return re.compile(rf"(?:\s|[、和及与或(（]|{_words('end')})$")


@cache
def _modal_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words('modal')})$")


@cache
def _fill_start() -> re.Pattern[str]:
    return re.compile(rf"(?:[—•●◆■★◇○※\s、,，(（)）”\"·]|-(?=[一-鿿])|{_words('start')})")


@cache
def _scope_start() -> re.Pattern[str]:
    return re.compile(_words("scope"))


@cache
def _governs() -> re.Pattern[str]:
    return re.compile(rf".{{0,60}}(?:{_words('governs')})(?=[一-鿿A-Za-z0-9“(])")


@cache
def _predicate() -> re.Pattern[str]:
    return re.compile(rf"{_words('predicate')}|各(?=配|建|设|有|安排|创)")


_BASE_END = re.compile(
    r"(?:(?:比|较|与|同|相比于?|相较于?|对比|在|以|由|从)\s?(?P<base>(?:[“]?十[一二三四五六]五[”]?(?:期?末|期间|时期)?|(?:19|20)\d\d\s?年?(?:底|末|初)?|上年度?|上一年度?|去年|基期|基准年|同期|现状)[^,，。;；]{0,16}?)(?:相比|的?基础上|为基数|为基准|水平)?[\s、,，]*|"
    r"(?P<of>(?:19|20)\d\d\s?年(?:底|末)?(?:的|水平的?)?))$"
)
_TRAIL = re.compile(r"(?:[\s、,，的占比]|所占|所占的)$")


def action_before(words: str) -> tuple[str, str]:
    """Return the verb that ends `words` and its role, or two empty strings.

    Examples
    --------
    >>> action_before("培育创建"), action_before("巩固率达到"), action_before("示范校")
    (('培育创建', 'do'), ('达到', 'link'), ('', ''))
    """
    m = _verb_at_end().search(words[-8:])
    return (m[0], _roles()[m[0]]) if m else ("", "")


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
            _verb_at_end().search(tail[-8:])
            if role in ("", "link") and (not base or base.endswith("的"))
            else None
        )
        if m and not _noun_like(tail, m[0]):
            found = _roles()[m[0]]
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


def _noun_like(tail: str, verb: str) -> bool:
    """Whether the word at the end only looks like a verb (排放量提升 is one, 行为 is not)."""
    before = tail[: len(tail) - len(verb)][-1:]
    pairs = {
        "为": "行作认",
        "占": "",
        "在": "所存潜现",
        "到": "",
        "达": "发",
        "升": "提上",
        "降": "下",
        "上": "以网线晚早加础会身之",
        "建": "",
        "减": "",
        "提": "前",
        "压": "高低电水气血",
        "至": "甚",
        "增": "",
    }
    return before != "" and before in pairs.get(verb, "")


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
        m = (_REACHES if keep_verb else _verb_at_start()).match(phrase)
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


_STOP_AFTER = re.compile(r"[，,。；;：:、!?！？\n]|以及|并(?!网|联)|(?<=.)(?:和|与|及)(?=\d)")
_OF = re.compile(r"^(?:的|之)")


def head_after(words: str, heads: str = "", *, whole: bool = False) -> str:
    """Return the noun phrase that begins `words`; `heads` says what the classifier counts.

    Examples
    --------
    >>> head_after("试点学校德育、综合素质等评价", "学校|幼儿园")
    '试点学校'
    >>> head_after("在全区有一定影响力的教育家型教师", "教师")
    '教育家型教师'
    """
    words = _OF.sub("", words.strip())
    masked = _mask(words)
    m = _STOP_AFTER.search(masked)
    chunk = words[: m.start()] if m else ""
    if m and masked[m.start()] == "、" and heads and not whole and not re.search(heads, chunk):
        # 引领改革发展、在全市有影响力的校长: the list is inside the modifier.
        far = re.match(rf"[^,，。;；:：\d]{{0,40}}的[^,，。;；:：、\d]{{0,10}}(?:{heads})", words)
        m = re.compile(r"[,，。;；:：、]").search(masked, far.end()) if far else m
    elif m and masked[m.start()] == "、" and not whole and not heads:
        # 生态优美、功能完善的示范县城: so long as no item begins with a verb of its own.
        far = re.match(r"[^,，。;；:：\d]{0,80}的(?=[^,，。;；:：、的\d]{2,16}(?:[,，。;；:：]|$))", masked)
        if far and not any(_verb_at_start().match(item) for item in far[0].split("、")[1:]):
            m = re.compile(r"[,，。;；:：]").search(masked, far.end())
    if m and m.start() > 1:
        words, masked = words[: m.start()], masked[: m.start()]
    if whole:
        return words.strip()
    m = _predicate().search(masked, 2)
    if m:
        words, masked = words[: m.start()], masked[: m.start()]
    last = masked.rfind("的")
    if 0 < last < len(words) - 2:
        words = words[last + 1 :]
    if heads:
        found = list(re.finditer(rf"(?:{heads})(?:\([^)]{{1,6}}\))?", words))
        if found:
            end = found[0].end()
            for nxt in found[1:]:
                if nxt.start() != end:
                    break
                end = nxt.end()
            words = words[:end]
    words = words.strip().rstrip("和与及、") if len(words) > 3 else words.strip()
    return words + "”" if words.count("“") > words.count("”") else words


def _mask(words: str) -> str:
    """The words with what stands in brackets and quotation marks blotted out."""
    return re.sub(r"\([^()]{0,20}\)|“[^“”]{0,40}”", lambda m: "〇" * len(m[0]), words)


def share_modifier(first: str, item: str) -> str:
    """Return `item` with the modifier it shares with the first of its list.

    Examples
    --------
    >>> share_modifier("“三进”工作示范县", "示范校")
    '“三进”工作示范校'
    """
    if len(item) < 3 or len(first) <= len(item):
        return item
    at = first.find(item[:2])
    return first[:at] + item if at > 0 else item
