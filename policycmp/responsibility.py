"""Who is responsible: brackets, lines and cells that name units.

A bracket names units if it opens with a label (责任单位： 牵头单位：) or closes with a
verb of responsibility (负责, 牵头, 落实). Units are given as printed; notes in brackets
inside a unit are dropped; 等, 会同有关部门 and 按职责分工 are no units; 各县（市、区）
is one unit. ``X牵头，Y配合`` gives X the lead, a bare list gives all units the lead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from policycmp.text import fold

__all__ = ["Responsibility", "is_responsibility", "read_responsibility", "units_of"]

_LABEL = re.compile(
    r"(?P<lead>(?:责任|牵头|主办|承办|主管|主责|落实|实施)(?:责任)?(?:单位|部门|领导|处室|人)?)[:： ]"
    r"|(?P<coop>(?:配合|协办|参与|协同|参加)(?:责任)?(?:单位|部门)?)[:：]"
    r"|(?P<time>(?:完成|办结|落实)?(?:时限|时间)(?:要求)?)[:：]"
)
_CLOSES = re.compile(r"(?:负责|牵头|配合|落实|实施)(?:落实|实施|推进)?$")
_NOTE = re.compile(r"\([^()]{0,60}\)")
_NO_UNIT = re.compile(r"^(?:等|等部门|等单位|等有关部门|有关部门|相关部门|会同.*|按职责分工.*|按照职责分工.*|依职责.*|分工负责|分别负责|负责|下同)$")


@dataclass(frozen=True, slots=True)
class Responsibility:
    """What one bracket says."""

    lead: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    deadline: str | None = None


def is_responsibility(inner: str) -> bool:
    """Say whether the inside of a bracket (folded, without spaces) names who is responsible."""
    return bool(_LABEL.match(inner)) or (bool(_CLOSES.search(inner.rstrip("。;"))) and len(inner) > 3)


def units_of(words: str) -> tuple[str, ...]:
    """Return the units of a list, as printed without notes in brackets."""
    bare = _NOTE.sub("", fold(words))
    found = []
    for part in re.split(r"[、,;/\s]|(?<=[局委办厅部])和", bare):
        unit = re.sub(r"(?:等部门|等单位|等)$", "", part.strip(" 。.:"))
        if unit and not _NO_UNIT.match(unit) and unit not in found:
            found.append(unit)
    return tuple(found)


def read_responsibility(inner: str, *, comma: bool = False) -> Responsibility:
    """Return the units and the deadline a bracket names.

    With `comma`, units before the first comma lead and the others cooperate.

    Examples
    --------
    >>> read_responsibility("牵头单位：市教育局；配合单位：市财政局、各县（市、区）")
    Responsibility(lead=('市教育局',), cooperating=('市财政局', '各县'), deadline=None)
    """
    text = re.sub(r"\s", "", fold(inner))
    lead: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    deadline = None
    marks = list(_LABEL.finditer(text))
    if not marks:
        head, _, rest = text.partition("牵头")
        if rest:
            return Responsibility(units_of(head), units_of(_CLOSES.sub("", re.sub("按?照?职责分工|配合", "", rest))))
        return Responsibility(units_of(re.sub(r"(?:按?照?职责分工)?(?:具体|分别)?负责(?:落实)?$", "", text)))
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        part = text[mark.end() : following.start() if following else len(text)].strip(";,。")
        if mark["time"]:
            deadline = part or deadline
        elif mark["coop"]:
            cooperating += units_of(part)
        elif comma and "," in part:
            first, _, others = part.partition(",")
            lead, cooperating = lead + units_of(first), cooperating + units_of(others)
        else:
            lead += units_of(part)
    return Responsibility(lead, tuple(u for u in cooperating if u not in lead), deadline)
