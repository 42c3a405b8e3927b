"""Texts in stretches that can be read by themselves, each read once.

Plans of a family share most of their sentences, and a clause has all of its measures'. What is looked
for inside one sentence at a time (numbers, dates, graded words) is therefore looked for in *stretches*:
what stands between two full stops, a full stop inside a quotation or title parting nothing. A
reader of stretches is a pure function of the stretch and of what it is told besides, its offsets
count from the stretch's first character, and it is kept under just these arguments
(``functools.lru_cache``, bounded); whoever puts the stretches of a text together moves what was
found to where the stretch begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, Protocol, Self, TypeVar

from policycmp.text import Span

__all__ = ["KEPT", "in_stretches", "quotations", "stretches", "titles"]

KEPT = 8192
"""Stretches whose readings are kept: some plans' worth of sentences, a few megabytes for each reader."""

_QUOTE = re.compile(r"“[^“”\n]{1,80}”|‘[^‘’\n]{1,40}’|\"[^\"\n]{1,40}\"|「[^「」\n]{1,40}」")
_TITLE = re.compile(r"《[^《》\n]{1,120}》|〔[^〔〕\n]{1,8}〕")


def quotations(text: str) -> tuple[Span, ...]:
    """Return where something stands in quotation marks, marks included."""
    return tuple(m.span() for m in _QUOTE.finditer(text))


def titles(text: str) -> tuple[Span, ...]:
    """Return where titles in 《》 and years in 〔〕 stand."""
    return tuple(m.span() for m in _TITLE.finditer(text))


@lru_cache(maxsize=64)
def stretches(text: str) -> tuple[tuple[int, str], ...]:
    """Return where each stretch of folded `text` begins, and the stretch with its full stop.

    Examples
    --------
    >>> stretches("新建5所。坚持“一校一策。”的办法。")
    ((0, '新建5所。'), (5, '坚持“一校一策。”的办法。'))
    """
    out = []
    begin, stop, last = 0, text.find("。"), len(text) - 1
    if -1 < stop < last:
        whole = sorted((a, b) for a, b in (*quotations(text), *titles(text)) if text.find("。", a, b) > -1)
        at = until = 0
        while -1 < stop < last:
            while at < len(whole) and whole[at][0] < stop:
                until = max(until, whole[at][1])
                at += 1
            if stop >= until:
                out.append((begin, text[begin : stop + 1]))
                begin = stop + 1
            stop = text.find("。", stop + 1)
    if begin < len(text):
        out.append((begin, text[begin:]))
    return tuple(out)


class _Found(Protocol):
    def moved(self, by: int) -> Self: ...


Item = TypeVar("Item", bound=_Found)
Told = ParamSpec("Told")


def in_stretches(
    find: Callable[Concatenate[str, Told], tuple[Item, ...]],
) -> Callable[Concatenate[str, Told], tuple[Item, ...]]:
    """Make of what finds things in one stretch what finds them in any folded text, each stretch read once."""
    kept: Any = lru_cache(maxsize=KEPT)(find)

    @wraps(find)
    def found(text: str, /, *told: Told.args, **named: Told.kwargs) -> tuple[Item, ...]:
        out: list[Item] = []
        for at, stretch in stretches(text):
            here = kept(stretch, *told, **named)
            out += [item.moved(at) for item in here] if at else here
        return tuple(out)

    return found
