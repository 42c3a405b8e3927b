"""Who is responsible: brackets, lines and cells that name units.

A bracket names units if it opens with a label (责任单位： 牵头单位：), closes with a verb of
responsibility (负责, 牵头, 落实), or holds nothing but names of units behind a full stop. A line
does if it opens with a label. Units are given as printed; notes in brackets are dropped, 等, 会同
有关部门 and 按职责分工 are no units, 各县（市、区） is one. 牵头 names the lead, what follows it
cooperates; without it all units lead, unless the document states a convention (逗号前为牵头单位,
排在第一位的为牵头单位), which then holds for all its brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from policycmp.targets.unit_names import is_unit, units_of, without_notes
from policycmp.text import Span, fold, squeeze

__all__ = [
    "NOBODY",
    "Responsibility",
    "convention_of",
    "deadline_of",
    "find_brackets",
    "find_lines",
    "read_responsibility",
]

_LABEL = re.compile(
    r"(?P<head>(?:牵头|主办|第一责任|主责)(?:责任)?(?:单位|部门|[处科股]室|主体|地区)?)(?:[:∶︰]|(?<=单位)为)"
    r"|(?P<duty>(?:责任|承办|主管|负责|落实|实施|执行)(?:责任)?(?:单位|部门|[处科股]室|主体|地区)?)[:∶︰]"
    r"|(?P<coop>(?:配合|协办|参与|协同|参加|协作|协助|支持)(?:责任)?(?:单位|部门|[处科股]室|地区)?)[:∶︰]"
    r"|(?P<time>(?:完成|办结|落实|实施|推进|整改|工作)?(?:时限|时间|期限|进度)(?:要求|安排|节点)?)[:∶︰]"
    r"|(?P<other>(?:(?:责任|牵头|分管|包抓|联系|负责)(?:领导|人)|适用范围|(?:(?!(?:完成|办结|落实|实施|推进|整改)?(?:时限|时间|期限)|牵头|责任单位|配合)[^,;:、。]){2,6}))[:∶︰]"
)
_OPENS = re.compile(
    r"(?:(?:牵头|责任|主办|承办|配合|协办|主管|负责|落实|实施|参与)(?:责任)?(?:单位|部门|[处科股]室|主体|地区|人|领导)?|(?:完成|办结|落实|实施)时(?:限|间))[:∶︰]"
    # A date comes first (时间节点：2025年底；牵头单位：…); alone it is the date of a phase.
    r"|(?:完成|办结|落实|实施|推进|整改)?(?:时限|时间|期限)(?:节点|要求|安排)?[:∶︰][^;,。]{2,24}[;,。](?:牵头|责任|主办|配合)[^,;。]{0,6}[:∶︰]"
)
_LINE = re.compile(
    r"(?<=[。;)”\n]) {0,20}[(〔\[【]? ?(?:(?:牵头|责任|主办|承办|配合|协办|主管|负责|落实|实施|参与)(?:责任)?(?:单位|部门|[处科股]室|主体)"
    r"|完成时限|办结时限|责任(?:领导|人)) ?$"
)
_COLON = re.compile("[:∶︰]")
_LEADS = re.compile(r"牵头(?!单位|部门|抓|组织|人)(?:负责|落实|实施|推进|组织实施)?")
_DUTY_VERB = re.compile(
    r"(?:等(?:有关|相关|各)?(?:部门|单位)?)?(?:按照?|依照?|根据|结合)?(?:各自)?(?:部门)?(?:职责|职能|责任|任务)(?:分工|要求|范围)?(?:(?:分别|共同|抓好|做好|组织|协同)?(?:负责|配合|落实|实施|推进|参与|落实工作|相关工作))*$"
    r"|(?:具体|分别|共同|分工|组织|统筹|协同|依法|参与|配合|共同参与)?(?:负责|落实|实施|承担|推进|配合|参与|协助|督促)(?:抓好)?(?:落实|实施|推进|指导|督办)?$"
)
_COOPERATES = re.compile(r"(?:配合|参与|协助|协同)(?:落实|实施)?$")
_DROP = re.compile(
    r"^(?:以下|下同|下列|排|列|逗号|全文|其中|未注明|各项|首位|第一)|下同$|不再(?:一一)?(?:列出|列明|标注)$|适用(?:范围|于)|为牵头(?:单位|部门)"
)
_CONVENTIONS = (
    ("comma", re.compile(r"逗号(?:之)?前(?:面)?(?:的)?(?:单位|部门)?为(?:牵头|主办|主责)")),
    (
        "first",
        re.compile(
            r"(?:排|列)(?:名|在|序)?(?:在)?(?:第一|首)位?(?:的|者)?(?:单位|部门)?(?:为|是|系)(?:牵头|主办|主责)|(?:第一|首)(?:个|位)?(?:责任)?(?:单位|部门|位)(?:为|是)(?:牵头|主办)"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Responsibility:
    """What one bracket, line or cell says."""

    lead: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    deadline: str | None = None


NOBODY = Responsibility()


def convention_of(folded: str) -> str:
    """Return the convention a document states for its brackets: ``comma``, ``first`` or none."""
    if "牵头" not in folded and "主办" not in folded:
        return ""
    plain = squeeze(folded)
    return next((name for name, words in _CONVENTIONS if words.search(plain)), "")


def deadline_of(words: str) -> str | None:
    """Return a completion date as printed from its year on; 长期 for what goes on.

    Examples
    --------
    >>> deadline_of("2025年底前"), deadline_of("力争2023年"), deadline_of("持续推进"), deadline_of("长期坚持")
    ('2025年底前', '2023年', '长期', '长期坚持')
    """
    plain = squeeze(fold(words)).strip("。;,")
    year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", plain)
    if year:
        return plain[year.start() :]
    if plain.startswith("长期"):
        return plain
    return "长期" if re.search("长期|持续|常态|常年|每年|全年|经常|坚持", plain) else None


_WHEN = re.compile(
    r"[,;](?P<when>(?:力争|确保|到|于|在)?20\d\d年[^,;、]{0,12}|(?:长期坚持|持续推进|常态化推进|长期推进|长期|持续实施|持续开展|每年[^,;、]{0,8}))(?=[,;]|$)"
)


def _lists(sentence: str, convention: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return lead and cooperating units of one sentence without labels."""
    verb = _LEADS.search(sentence)
    if verb:
        rest = _DUTY_VERB.sub("", sentence[verb.end() :].strip(",、")).strip(",、")
        return units_of(sentence[: verb.start()]), units_of(rest)
    answers = re.search(r"负责(?:落实)?,", sentence)
    if answers:
        rest = sentence[answers.end() :]
        lead, more = _lists(sentence[: answers.end() - 1], convention)
        other = units_of(_DUTY_VERB.sub("", rest))
        return (lead, more + other) if _COOPERATES.search(rest) else (lead + other, more)
    units = _DUTY_VERB.sub("", sentence)
    if _COOPERATES.search(sentence) and not sentence.endswith("负责"):
        return (), units_of(units)
    if convention == "comma" and "," in units:
        first, _, others = units.partition(",")
        return units_of(first), units_of(others)
    found = units_of(units)
    return (found[:1], found[1:]) if convention == "first" else (found, ())


@lru_cache(4096)
def read_responsibility(inner: str, convention: str = "") -> Responsibility:
    """Return the units and the deadline a bracket or line names.

    Examples
    --------
    >>> read_responsibility("牵头单位：市教育局；配合单位：市财政局、各县（市、区）")
    Responsibility(lead=('市教育局',), cooperating=('市财政局', '各县（市、区）'), deadline=None)
    >>> read_responsibility("省住建厅牵头，省水利厅等按照职责分工负责").cooperating
    ('省水利厅',)
    """
    printed = squeeze(inner)
    folded = fold(printed)
    lead: list[str] = []
    cooperating: list[str] = []
    deadline = None
    labels = list(_LABEL.finditer(folded))
    has_head = any(label["head"] for label in labels)
    edges = [label.start() for label in labels] + [len(folded)]
    segments: list[tuple[str, str]] = [("", printed[: edges[0]])] if labels and edges[0] > 1 else []
    for label, upto in zip(labels, edges[1:], strict=True):
        segments.append((label.lastgroup or "", printed[label.end() : upto]))
    if not labels:
        segments = [("", printed)]
    for name, words in segments:
        if name == "time":
            deadline = deadline_of(words) or deadline
            continue
        if name == "other":
            continue
        for sentence in re.split(r"[。;；]", words):
            plain = re.sub(r"[,，]下同$", "", sentence.strip(",，、"))
            tail = re.search(r"[,，](?:下同|(?:排|列|逗号|首位|第一|以下)[^)）]*)$", plain)
            plain = plain[: tail.start()] if tail else plain
            when = _WHEN.search(fold(plain))
            if when:
                deadline = (
                    deadline_of(re.sub("(?:完成|落实|建成|到位|完成任务){1,4}$", "", when["when"]))
                    or deadline
                )
                plain = plain[: when.start()] + plain[when.end() :]
            if not plain or _DROP.search(fold(plain)):
                continue
            if name == "coop" or (name == "duty" and has_head):
                answers = re.search(r"[,，]([^,，]{2,40})负责(?:落实)?$", plain)
                if answers:
                    lead += units_of(answers[1])
                    plain = plain[: answers.start()]
                cooperating += units_of(
                    _DUTY_VERB.sub("", fold(plain)) if fold(plain) == plain else _DUTY_VERB.sub("", plain)
                )
            else:
                # Widths matter for names only; verbs and commas are read from the folded form.
                first, others = _printed(_lists(fold(plain), "" if name == "head" else convention), plain)
                lead += first
                cooperating += others
    lead = list(dict.fromkeys(lead))
    return Responsibility(
        tuple(lead), tuple(u for u in dict.fromkeys(cooperating) if u not in lead), deadline
    )


def _printed(found: tuple[tuple[str, ...], tuple[str, ...]], printed: str) -> tuple[list[str], list[str]]:
    """Give units found in folded text the widths in which they were printed."""
    names = {fold(unit): unit for unit in units_of(printed)}
    folded = fold(printed)

    def name(unit: str) -> str:
        if unit in names:
            return names[unit]
        at = folded.find(unit)
        return printed[at : at + len(unit)] if at >= 0 else unit

    return [name(u) for u in found[0]], [name(u) for u in found[1]]


def _names_units(folded: str, start: int, end: int) -> bool:
    """Say whether the bracket ``folded[start:end]`` names who is responsible."""
    inner = squeeze(folded[start + 1 : end - 1]).rstrip("。;,")
    if len(inner) < 3:
        return False
    if _OPENS.match(inner) or _OPENS.match(re.sub(r"^[^:∶]{1,4}(?=牵头|责任|配合)", "", inner)):
        return True
    sentence = re.split(r"[。;]", inner)[0]
    sentence = re.sub(r",(?:下同|(?:排|列|逗号|首位|第一|以下)[^)]*)$", "", sentence)
    verb = _LEADS.search(sentence) or _DUTY_VERB.search(sentence)
    if verb and verb.start() > 0:
        names = sentence[: verb.start()]
        return ("由" not in names and (is_unit(re.split(r"[、,]", names)[0]))) or names.startswith("各")
    before = folded[max(start - 2, 0) : start].rstrip()
    if before[-1:] not in tuple("。;!?”)"):
        return False
    items = [without_notes(x) for x in re.split(r"[、,]", sentence)]
    return all(2 < len(item) <= 24 and is_unit(item) for item in items) and "等" not in items


def find_brackets(folded: str) -> list[Span]:
    """Return the brackets that name who is responsible, in order, none inside another."""
    found: list[Span] = []
    stack: list[int] = []
    for match in re.finditer(r"[(〔\[【)〕\]】]", folded):
        at = match.start()
        if match.group() in "(〔[【":
            if stack and (at - stack[0] > 1500 or len(stack) > 3):
                stack.clear()  # one was never closed
            stack.append(at)
        elif stack:
            start = stack.pop()
            if at - start <= 1500 and _names_units(folded, start, at + 1):
                while found and found[-1][0] > start:
                    found.pop()
                found.append((start, at + 1))
    return found


def find_lines(folded: str) -> list[int]:
    """Return where a line or sentence begins that names units after a label, without a bracket or in an unclosed one."""
    found = []
    for colon in _COLON.finditer(folded):
        low = max(colon.start() - 36, 0)
        before = folded[low : colon.start()] if low else "\n" + folded[: colon.start()]
        match = _LINE.search(before)
        if match:
            found.append(colon.start() - len(match.group().lstrip()))
    return found
