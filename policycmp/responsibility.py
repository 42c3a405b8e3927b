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
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from policycmp.text import Span, fold, squeeze

__all__ = [
    "NOBODY",
    "Responsibility",
    "convention_of",
    "deadline_of",
    "find_brackets",
    "find_lines",
    "normalised",
    "read_responsibility",
    "units_in_cell",
    "units_of",
]

_SUFFIX = (
    "局|委|办|厅|部|院|会|室|府|处|行|社|团|司|署|组|站|校|园|所|队|库|店|中心|公司|集团|单位|部门|机构|企业|银行|联|关|台|馆|基地|联盟|镇|乡|街道|县|区|市|州|旗|盟|省|委员|党委|军|"
    "中央|地方|学院|大学|联合会|办事处|管委会|区县|高校|医院|平台|商会|协会|工委|党组|组委|林场|农场|中央|法院|检察院"
)
_UNIT = re.compile(rf"(?:{_SUFFIX})(?:等)?$")
_LABEL = re.compile(
    r"(?P<head>(?:牵头|主办|第一责任|主责)(?:责任)?(?:单位|部门|处室|主体|地区)?)(?:[:∶︰]|(?<=单位)为)"
    r"|(?P<duty>(?:责任|承办|主管|负责|落实|实施|执行)(?:责任)?(?:单位|部门|处室|主体|地区)?)[:∶︰]"
    r"|(?P<coop>(?:配合|协办|参与|协同|参加|协作|协助|支持)(?:责任)?(?:单位|部门|处室|地区)?)[:∶︰]"
    r"|(?P<time>(?:完成|办结|落实|实施|推进|整改|工作)?(?:时限|时间|期限|进度)(?:要求|安排|节点)?)[:∶︰]"
    r"|(?P<other>(?:(?:责任|牵头|分管|包抓|联系|负责)(?:领导|人)|适用范围|[^,;:、。]{2,6}))[:∶︰]"
)
_OPENS = re.compile(
    r"(?:(?:牵头|责任|主办|承办|配合|协办|主管|负责|落实|实施|参与)(?:责任)?(?:单位|部门|处室|主体|地区|人|领导)?|(?:完成|办结|落实|实施)时(?:限|间))[:∶︰]"
)
_LINE = re.compile(
    r"(?:^|(?<=[。;)”\n])) *(?=(?:(?:牵头|责任|主办|承办|配合|协办|主管|负责|落实|实施|参与)(?:责任)?(?:单位|部门|处室|主体)|完成时限|办结时限|责任(?:领导|人)) ?[:∶︰])",
    re.M,
)
_LEADS = re.compile(r"牵头(?!单位|部门|抓|组织|人)(?:负责|落实|实施|推进|组织实施)?")
_DUTY_VERB = re.compile(
    r"(?:等)?(?:有关部门|相关部门|有关单位|部门)?(?:按照?|依照?|根据|结合)?(?:各自)?(?:部门)?(?:职责|职能|责任|任务)(?:分工|要求|范围)?(?:(?:分别|共同|抓好|做好|组织|协同)?(?:负责|配合|落实|实施|推进|参与|落实工作|相关工作))*$"
    r"|(?:具体|分别|共同|分工|组织|统筹|协同|依法|参与|配合|共同参与)?(?:负责|落实|实施|承担|推进|配合|参与|协助|督促)(?:抓好)?(?:落实|实施|推进|指导|督办)?$"
)
_COOPERATES = re.compile(r"(?:配合|参与|协助|协同)(?:落实|实施)?$")
_DROP = re.compile(
    r"^(?:以下|下同|下列|排|列|逗号|全文|其中|未注明|各项|首位|第一)|下同$|不再(?:一一)?(?:列出|列明|标注)$|适用(?:范围|于)|为牵头(?:单位|部门)"
)
_NO_UNIT = re.compile(
    r"(?:(?:各|其他|其它|及|和|会同|以及|等)?(?:各)?(?:有关|相关|责任|成员|各)?(?:有关|相关)?(?:部门|单位|方面|地方)(?:[和及](?:有关|相关)?(?:单位|部门))?|会同.{0,12}|等|各(?:有关|相关).{0,2}|下同|负责|分工负责|[一-龥])"
)
_GEO = re.compile(
    r"[<(〈‹«\[]?(?:[省市县区州盟旗乡镇、,/和或含及]|自治[县州旗]|街道|园区|地区|开发区|新区|林区|团场|管委会){1,20}[>)〉›»\]]?"
)
_ALL_OF = re.compile(
    r"各(?:有关)?(?:省|市|州|县|区|盟|旗|乡|镇|地|\([^()]{1,12}\)|<[^<>]{1,12}>){1,3}(?:、(?:市|州|县|区|盟|旗|乡|镇|自治[县州旗]|\([^()]{1,12}\)){1,3}(?=[、,;)人政党]|$)){1,4}(?:人民政府|政府|党委)?"
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
_OPEN, _SHUT = "(<〈‹«[《“【〔", ")>〉›»]》”】〕"


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


def _split(folded: str) -> list[Span]:
    """Return the spans of a list's items; separators inside brackets do not count."""
    spans = []
    depth = at = 0
    keep = [match.span() for match in _ALL_OF.finditer(folded)]
    index = 0
    while index <= len(folded):
        char = folded[index] if index < len(folded) else ","
        if keep and index == keep[0][0]:
            index = keep.pop(0)[1]
            continue
        if char in _OPEN:
            depth += 1
        elif char in _SHUT:
            depth = max(depth - 1, 0)
        elif (depth == 0 or index == len(folded)) and char in "、,;/|":
            spans.append((at, index))
            at = index + 1
        index += 1
    out = []
    for start, end in spans:
        joint = next(
            (
                m
                for m in re.finditer(r"等?(?:和|及|以及|与)", folded[start:end])
                if _UNIT.search(folded[start : start + m.start()] + ("等" if m.group()[0] == "等" else ""))
                and _UNIT.search(folded[start + m.end() : end])
                and start + m.end() < end - 1
                and folded[start : start + m.start()].count("(")
                == folded[start : start + m.start()].count(")")
            ),
            None,
        )
        if joint:
            out += [(start, start + joint.start()), (start + joint.end(), end)]
        else:
            out.append((start, end))
    return out


def _bare(printed: str) -> str:
    """Return a unit's name without notes in brackets; （市、区） is part of the name."""
    folded = fold(printed)
    out, at = "", 0
    for match in re.finditer(
        r"\((?:[^()]|\([^()]{0,40}\)){0,80}\)|<[^<>]{0,20}>|〈[^〈〉]{0,20}〉|‹[^‹›>]{0,20}[›>]|\[[^\[\]]{0,20}\]",
        folded,
    ):
        if not _GEO.fullmatch(match.group()):
            out += printed[at : match.start()]
            at = match.end()
    return out + printed[at:]


def units_of(words: str) -> tuple[str, ...]:
    """Return the units of a list, as printed without notes in brackets.

    Examples
    --------
    >>> units_of("市教育局、市住房和城乡建设局（市人防办）等部门和各县（市、区）政府")
    ('市教育局', '市住房和城乡建设局', '各县（市、区）政府')
    """
    printed = squeeze(words)
    folded = fold(printed)
    found: list[str] = []
    for start, end in _split(folded):
        unit = _bare(printed[start:end]).strip("。.:：-—·")
        unit = re.sub(r"^(?:由|会同|以及|及|和)(?=..)", "", unit)
        unit = re.sub(
            r"等(?:有关|相关|各|成员)?(?:部门|单位|企业|机构|方面|地区)?(?:[和及](?:单位|部门))?$", "", unit
        )
        if unit and len(unit) <= 40 and not _NO_UNIT.fullmatch(unit) and unit not in found:
            found.append(unit)
    return tuple(found)


def units_in_cell(words: str) -> tuple[str, ...]:
    """Return the units of a table cell, where a line or a space may part them, or break one.

    Examples
    --------
    >>> units_in_cell("教育工委\\n自然资源\\n局、残联 科协")
    ('教育工委', '自然资源局', '残联', '科协')
    """
    joined = ""
    for part in words.split():
        joined += ("、" if _UNIT.search(fold(joined)) and len(part) > 1 else "") + part
    return units_of(joined)


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


def _lists(sentence: str, convention: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return lead and cooperating units of one sentence without labels."""
    verb = _LEADS.search(sentence)
    if verb:
        rest = _DUTY_VERB.sub("", sentence[verb.end() :].strip(",、")).strip(",、")
        return units_of(sentence[: verb.start()]), units_of(rest)
    answers = re.search(r"(?<!分工)负责(?:落实)?,", sentence)
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
        return ("由" not in names and bool(_UNIT.search(re.split(r"[、,]", names)[0]))) or names.startswith(
            "各"
        )
    before = folded[max(start - 2, 0) : start].rstrip()
    if before[-1:] not in tuple("。;!?”)"):
        return False
    items = [_bare(x) for x in re.split(r"[、,]", sentence)]
    return all(2 < len(item) <= 24 and _UNIT.search(item) for item in items) and "等" not in items


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
    """Return where a line or sentence begins that names units after a label, without a bracket."""
    return [match.end() for match in _LINE.finditer(folded)]


def normalised(units: Iterable[str]) -> tuple[str, ...]:
    """Return units with the level a list states once: 市教育局、财政局 are both 市.

    Examples
    --------
    >>> normalised(("市教育局", "财政局", "各县（市、区）"))
    ('市教育局', '市财政局', '各县（市、区）')
    """
    level = ""
    out = []
    for unit in units:
        prefix = re.match(r"(?:自治区|自治州|[省市县区州旗])(?=[一-龥]{2})", unit)
        if prefix:
            level = prefix.group()
        bare = (
            not prefix
            and re.search(r"[局委办厅院联会]$|团委$", unit)
            and not unit.startswith(("各", "中", "国", "团", "人行"))
        )
        out.append(level + unit if level and bare else unit)
    return tuple(out)
