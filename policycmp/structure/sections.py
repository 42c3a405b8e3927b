"""Headings: where one ends, and what kind of section it opens.

A numbered part begins with a heading if its first sentence is short, or if its first
paragraph is short and has no full stop. Where a text lost its line breaks, a heading known
from practice (指导思想, 主要目标 …) may run into its text without any mark. What a section
is (goal, principle, step, safeguard, task) is told by the words of ``tables/section_kinds.csv``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from policycmp.tables import read_table
from policycmp.text import squeeze

__all__ = ["heading_end", "kind_of", "kind_within"]

_LONGEST = 45
_LONGEST_OF_TASK = 32
"""A task's own first sentence is a heading only if it is short; a section's may be longer."""
_FIRST = re.compile(
    rf"[^。;:!?]{{1,{_LONGEST}}}?(?:(?P<stop>[。!?])|(?P<colon>:)|(?P<gap>(?<=[一-龥”)])  +(?=[一-龥“])))"
)
_RUN_IN = re.compile(
    r"(?:[一-龥]{0,4}(?:指导思想|总体要求|总体思路|基本原则|工作原则|总体目标|主要目标|工作目标|发展目标|目标任务|主要任务|重点任务|工作措施|工作要求))"
    r"(?=以|深入|全面|坚持|认真|紧紧|按照|围绕|到\d|到“|\d{4}|通过|力争|确保|牢固|贯彻|加快|高举|立足|本)"
)


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], re.compile(row["words"])) for row in read_table("section_kinds"))


@lru_cache(4096)
def kind_of(heading: str) -> str | None:
    """Return the kind of section a heading opens, None if its words do not tell.

    Examples
    --------
    >>> kind_of("保障措施"), kind_of("发展目标"), kind_of("建设智慧校园")
    ('safeguard', 'goal', None)
    """
    plain = squeeze(heading)
    for kind, words in _kinds():
        found = words.search(plain)
        # In a long heading a word is one of many: the whole has to be such a heading.
        if found and (len(plain) <= 20 or found[0] == plain):
            return kind
    return None


def kind_within(above: tuple[str | None, ...], own: str | None) -> str:
    """Return the kind of a clause below sections of the kinds `above` (outermost first)."""
    section = next((kind for kind in above if kind), None)
    if section in ("principle", "goal"):
        return own if own in ("principle", "goal") else next(kind for kind in reversed(above) if kind)
    if section:
        return section
    return "task" if above and own not in ("goal",) else own or "task"


def heading_end(folded: str, start: int, paragraph_end: int, end: int, *, section: bool) -> int:
    """Return where the heading that begins at `start` ends; `start` if there is none.

    `paragraph_end` is the end of the paragraph `start` lies in, `end` of the part; `section`
    says that numbered parts follow.
    """
    stop = min(paragraph_end, end)
    match = _FIRST.match(folded, start, stop)
    if match and match["gap"] and (match.start("gap") - start < 4 or stop - match.end() < 20):
        match = None  # 总　则: spaces inside a short heading, not behind it
    run_in = _RUN_IN.match(folded, start, stop)
    if run_in and (match is None or match.end() - run_in.end() > 12):
        return run_in.end()
    if match:
        cut = match.start("gap") if match["gap"] else match.end()
        if not section and cut - start > (16 if match["colon"] else _LONGEST_OF_TASK):
            return start
        if cut < stop or section or folded[cut:end].strip():
            return cut
        return start
    if stop - start <= 70 and not any(mark in folded[start:stop] for mark in "。;!?"):
        return stop if section or folded[stop:end].strip() else start
    return start
