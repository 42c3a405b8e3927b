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

from policycmp.structure.responsibility_words import cooperates, due, label, leads, line_label, opening, says
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

_COLON = re.compile("[:∶︰]")


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
    return next((name for name in ("comma", "first") if says(name).search(plain)), "")


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
    return "长期" if says("goes_on").search(plain) else None


def _lists(sentence: str, convention: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return lead and cooperating units of one sentence without labels."""
    verb = leads().search(sentence)
    if verb:
        rest = says("by_duty").sub("", sentence[verb.end() :].strip(",、")).strip(",、")
        return units_of(sentence[: verb.start()]), units_of(rest)
    answers = re.search(r"负责(?:落实)?,", sentence)
    if answers:
        rest = sentence[answers.end() :]
        lead, more = _lists(sentence[: answers.end() - 1], convention)
        other = units_of(says("by_duty").sub("", rest))
        return (lead, more + other) if cooperates().search(rest) else (lead + other, more)
    units = says("by_duty").sub("", sentence)
    if cooperates().search(sentence) and not sentence.endswith("负责"):
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
    labels = list(label().finditer(folded))
    has_head = any(found["head"] for found in labels)
    edges = [found.start() for found in labels] + [len(folded)]
    segments: list[tuple[str, str]] = [("", printed[: edges[0]])] if labels and edges[0] > 1 else []
    for found, upto in zip(labels, edges[1:], strict=True):
        segments.append((found.lastgroup or "", printed[found.end() : upto]))
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
            when = due().search(fold(plain))
            if when:
                deadline = (
                    deadline_of(re.sub("(?:完成|落实|建成|到位|完成任务){1,4}$", "", when["when"]))
                    or deadline
                )
                plain = plain[: when.start()] + plain[when.end() :]
            if not plain or says("no_unit").search(fold(plain)):
                continue
            if name == "coop" or (name == "duty" and has_head):
                answers = re.search(r"[,，]([^,，]{2,40})负责(?:落实)?$", plain)
                if answers:
                    lead += units_of(answers[1])
                    plain = plain[: answers.start()]
                cooperating += units_of(
                    says("by_duty").sub("", fold(plain))
                    if fold(plain) == plain
                    else says("by_duty").sub("", plain)
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
    if opening().match(inner) or opening().match(re.sub(r"^[^:∶]{1,4}(?=牵头|责任|配合)", "", inner)):
        return True
    sentence = re.split(r"[。;]", inner)[0]
    sentence = re.sub(r",(?:下同|(?:排|列|逗号|首位|第一|以下)[^)]*)$", "", sentence)
    verb = leads().search(sentence) or says("by_duty").search(sentence)
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
        match = line_label().search(before)
        if match:
            found.append(colon.start() - len(match.group().lstrip()))
    return found
