"""The documents a plan names: title in 《》, number in 〔〕, and whether they are its basis.

A title and the number that follows it (in brackets, or directly) are one citation; a number
without a title and a title without a number are citations too. *Basis* means the plan says
so: between the verb (根据, 按照, 依据, 贯彻落实 …) and the citation there is no full stop, and
it stands in the preamble, before the first section.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from policycmp.header.numbers import DocumentNumber, find_numbers
from policycmp.model import Citation, Remark
from policycmp.text import squeeze

__all__ = ["find_citations"]

_TITLE = re.compile(r"《([^《》]{2,200})(?:《[^《》]{1,100}》([^《》]{0,100}))?》")
_PAGE_LINE = re.compile(r"\n\s{0,20}[-—–]?\s{0,4}\d{1,4}\s{0,4}[-—–]?\s{0,4}\n")
_PAGE = re.compile(r"[-—–]\d{1,4}[-—–]")
_BASIS = re.compile(r"根据|按照|依据|依照|遵照|贯彻|落实|按|参照|转发")


def find_citations(
    text: str, folded: str, *, preamble: int, own: frozenset[str] = frozenset()
) -> tuple[tuple[Citation, ...], tuple[Remark, ...]]:
    """Return the citations in `text` and remarks on damaged numbers among them.

    Parameters
    ----------
    text, folded : str
        The plan's text and its folded form (same length).
    preamble : int
        Where the preamble ends; basis is only looked for before it.
    own : frozenset of str
        Titles (without white space) and numbers of the plan itself: not citations.

    Examples
    --------
    >>> text = "根据《关于实施教育质量提升行动意见》(宁党办〔2022〕74号)精神，制定本方案。"
    >>> found, _ = find_citations(text, text, preamble=len(text))
    >>> found[0].title, found[0].number, found[0].basis
    ('关于实施教育质量提升行动意见', '宁党办〔2022〕74号', True)
    """
    numbers = find_numbers(folded)
    free = dict(enumerate(numbers))
    found: list[Citation] = []
    at = 0
    for m in _TITLE.finditer(folded):
        title, plain = _title(text, m), _title(folded, m)
        while at < len(numbers) and numbers[at].start < m.end():
            at += 1
        following = numbers[at] if at < len(numbers) and _follows(folded, m.end(), numbers[at]) else None
        if following is not None:
            free.pop(at, None)
        if plain in own and following is None:
            continue
        end = following.end if following else m.end()
        number = following.text if following else None
        if number in own:
            continue
        found.append(Citation(title, number, _is_basis(folded, m.start(), end, preamble), m.start(), end))
    starts = [c.start for c in found]  # titles stand in order and apart, numbers in order
    reached = -1
    for n in free.values():
        before = bisect_right(starts, n.start) - 1
        named = before >= 0 and n.start < found[before].end
        if n.text not in own and not named and n.start >= reached:
            found.append(Citation(None, n.text, _is_basis(folded, n.start, n.end, preamble), n.start, n.end))
            reached = n.end
    remarks = tuple(
        Remark("number", f"printed {n.printed.strip()!r}, read as {n.text}", n.start, n.end)
        for n in numbers
        if n.damaged
    )
    return tuple(sorted(found, key=lambda c: c.start)), remarks


def _title(text: str, m: re.Match[str]) -> str:
    """The title between 《》, without line breaks and a page number that fell into it."""
    return _PAGE.sub("", squeeze(_PAGE_LINE.sub("", text[m.start() + 1 : m.end() - 1])))


def _follows(folded: str, end: int, number: DocumentNumber) -> bool:
    between = folded[end : number.start]
    return len(between) <= 6 and not between.strip(" \n\t(〔[,")


def _is_basis(folded: str, start: int, end: int, preamble: int) -> bool:
    if start >= preamble:
        return False
    far = max(start - 400, 0)
    sentence = max(folded.rfind("。", far, start), folded.rfind("\n\n", far, start), far)
    return bool(_BASIS.search(folded, sentence, start) or _BASIS.search(folded, end, end + 1))
