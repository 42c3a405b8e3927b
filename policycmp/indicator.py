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


_FILL_END = re.compile(
    r"(?:(?<![理自事])由|(?<![服随])从|\s|分别|均|都|全部|各|总体|平均|年均|累计|同比|累积|年度|再|又|宜|共|共计|合计|总计|每年|逐年|力争|争取|确保|至少|基本|一般|原则上|大致|普遍|总体上|最高|最低|最长|最短|按照|按|继续|不再|约|近|(?<![必])将|即|仅|为期|[、和及与或(（])$"
)
_MODAL_END = re.compile(
    r"(?:应当|必须|可以|不得|不|已|了|可|(?<![节产功性智热势电光风新储动职])能|(?<![主重需])要|(?<![适反效供响相对感])应|须|(?<![供刚内])需|(?<![拥国所公私共民占])有|由|以|每|就|进一步)$"
)
_BASE_END = re.compile(
    r"(?:(?:比|较|与|同|相比于?|相较于?|对比|在|以|由|从)\s?(?P<base>(?:[“]?十[一二三四五六]五[”]?(?:期?末|期间|时期)?|(?:19|20)\d\d\s?年?(?:底|末|初)?|上年度?|上一年度?|去年|基期|基准年|同期|现状)[^,，。;；]{0,16}?)(?:相比|的?基础上|为基数|为基准|水平)?[\s、,，]*|"
    r"(?P<of>(?:19|20)\d\d\s?年(?:底|末)?(?:的|水平的?)?))$"
)
_FILL_START = re.compile(
    r"(?:[—•●◆■★◇○※]|-(?=[一-鿿])|[\s、,，及与并且而(（)）”\"·]|和(?!谐|美)|或者?|但是?|其中|即(?!时)|的?基础上|同时|以及|还要|还|确保|保证|力争|争取|努力|逐步|基本|全面|继续|持续|着力|大力|积极|进一步|不断|加快|加强|稳步|有效(?!投|率|灌)|切实|严格(?!度)|实现|推动|推进|促进|使得?(?!用)|令|让|将|把|按照?|对于?|根据|通过|依托|在(?!校|园|岗|建|册|职|线|读|籍)|于|以(?!上|下)|到(?!位|期|达|校|岗)|至(?!少)|为(?!民)|要|应|须|需|务必|必须|原则上|年平均|年均(?=[一-鿿]{4})|巩固(?!率|提升|拓展)|落实好|拥有|保障(?!性|水平|能力|体系|房|率)|支持|鼓励|引导|开展|组织|完善|健全|落实|制定|深入|广泛|统筹|精心|认真|新一批|一批|年内|目前|全力|共|累计|每年|每学期|每季度|每半年|每月|每周|每天|每日|每学年|至少|最少|不少于|不低于|不超过|左右|以上|末|底前?|年底前|前|期间|，)"
)
_SCOPE_START = re.compile(
    r"(?:全市(?:域内?)?|全县(?:域内?)?|全省|全区|全州|全国|全自治区|我[市县省区州]|本[市县省区州]|(?:市|县|省)域内?|全镇|全乡|各县\(市、区\)|各市\(州\)|各市|各县|各区县|各地|各级|各学校|各校|我国)(?!级|直|属|重点|第)"
)
_GOVERNS = re.compile(
    r".{0,60}(?:确保|保证(?!率|金)|力争|争取|实现|使得?(?!用)|推动|促进|其中|将|把)(?=[一-鿿A-Za-z0-9“(])"
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
        m = _FILL_END.search(tail) or (_MODAL_END.search(tail) if role or bounded else None)
        if m and not (tail.endswith("共") and tail.endswith("公共")):
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
    m = _GOVERNS.match(phrase)
    if m and governed and len(phrase) - m.end() >= 2:
        phrase = phrase[m.end() :]
    for _ in range(24):
        m = _FILL_START.match(phrase)
        if m and len(phrase) > m.end():
            phrase = phrase[m.end() :]
            continue
        m = _SCOPE_START.match(phrase)
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
    return "" if whole or phrase in _EMPTY or _FILL_START.fullmatch(phrase) else phrase, verb, tuple(scope)


_EMPTY = frozenset(
    [
        "按照",
        "按",
        "以",
        "为",
        "在",
        "对",
        "于",
        "的",
        "其中",
        "根据",
        "从",
        "由",
        "将",
        "等",
        "上",
        "中",
        "内",
        "逐步",
        "力争",
        "每年",
        "每月",
        "分别",
        "并",
        "且",
        "新",
        "再",
    ]
)


_STOP_AFTER = re.compile(r"[，,。；;：:、!?！？\n]|以及|并(?!网|联)|(?<=.)(?:和|与|及)(?=\d)")
_OF = re.compile(r"^(?:的|之)")
_PREDICATE = re.compile(
    r"免费|实行|实施|进行|给予|提供|开展|实现(?!路径)|达到|纳入|享受|通过(?!率)|应当|必须|不得|可以|各(?=配|建|设|有|安排|创)|分别|全部|全面(?!发展)|应(?!用|急|届|对|聘|税)|均(?!衡|匀|质)|加强(?!型)|配备|并"
)


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
    m = _PREDICATE.search(masked, 2)
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
