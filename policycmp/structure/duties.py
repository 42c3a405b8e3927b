"""Who sits in the leading group, and what each department has to do.

Plans list the duties of departments (成员单位职责) below or instead of tasks: paragraphs
that open with a unit and a colon, or numbered ones under a heading that says so. They are
kept apart from the clauses, since they are compared with other duties, not with tasks.
The members of a leading group (组长 副组长 成员) are nobody's task and are left out.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policycmp.model import Duty
from policycmp.structure.layout import Layout, pieces_of
from policycmp.text import Span, join, squeeze, trim

__all__ = ["duty_of", "duty_paragraphs", "is_duty_section", "roster"]

_SECTION = re.compile(
    r"(?:成员单位|部门|单位|机构|各方)(?:工作)?(?:职责|责任|任务)?(?:分工|职责)|职责分工|责任分工|任务分工|工作职责"
)
_UNIT = re.compile(
    r"(?P<unit>(?:各[^。;:、,()]{1,8}(?:\([^()]{1,12}\)[^。;:、,()]{0,6})?|[^。,;:、()\d]{0,16}(?:局|委|办|厅|部|院|会|室|镇|乡|区|县|社|组|联|行|公司|中心|队|团|站|政府)(?:、[^。,;:、()\d]{2,14}(?:局|委|办|厅|部|院|会|室|联|行|中心|队)){0,6}(?:\([^()]{1,20}\))?)| ?) ?:(?=[^\n])"
)
_MEMBER = re.compile(
    r" ?(?:(?:第一|常务|执行)?(?:副|总)?(?:组 ?长|主 ?任|指 ?挥 ?长?|召集人|秘书长|总指挥)|(?:组 ?)?成 ?员|[组成]? ?[长员](?= ?:)) ?[::]"
)
_NAMED = re.compile(r"[一-龥]{1,2} ?[一-龥]{1,2}(?:  +| )(?=[一-龥])[一-龥、()]{4,40}")


@lru_cache(1024)
def is_duty_section(name: str) -> bool:
    """Say whether a section's number and heading announce duties of departments."""
    return bool(_SECTION.search(name))


def duty_of(text: str, folded: str, start: int, end: int, layout: Layout) -> Duty | None:
    """Return the duty ``text[start:end]`` states, None if it does not open with a unit."""
    match = _UNIT.match(folded, start, end)
    if not match:
        return None
    a, b = trim(text, start, end)
    unit = squeeze(text[match.start("unit") : match.end("unit")]) or None
    return Duty(
        unit,
        join(text, pieces_of(text, [trim(text, match.end(), b)], layout.breaks)),
        min(a, match.start()),
        b,
    )


def duty_paragraphs(folded: str, layout: Layout, start: int, end: int) -> list[Span]:
    """Return the run of paragraphs that each open with a unit and a colon; at least four, else none."""
    found: list[Span] = []
    for a, b in layout.within(start, end):
        # A unit lost to damage leaves the colon with the space before it.
        match = _UNIT.match(folded, a, min(b, a + 100))
        if match and not _MEMBER.match(folded, a):
            found.append((a, b))
    return found if len(found) >= 4 else []


def roster(folded: str, layout: Layout, start: int, end: int) -> list[Span]:
    """Return the paragraphs that name the members of a leading group."""
    out: list[Span] = []
    for a, b in layout.within(start, end):
        if _MEMBER.match(folded, a, b) or (
            out and b - a <= 60 and _NAMED.match(folded, a, b) and "。" not in folded[a:b]
        ):
            out.append((a, b))
    return out
