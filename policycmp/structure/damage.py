"""Damage: places where a document lost characters on its way to us.

Copying from web pages and PDF layers loses separators (97%96%, 2018年10月2019年12月),
halves of brackets (〔2017245号), quotation marks and whole words (empty brackets), and turns
characters into look-alikes (Kangxi radicals) or rubbish. Nothing is repaired: a remark says
what seems lost and where, so that a reader of the figures knows.
"""

from __future__ import annotations

import re

from policycmp.model import Remark

__all__ = ["find_damage"]

_YEAR_SPAN = re.compile(r"年 ?\d{1,2} ?月 ?(?:\d{1,2} ?日)? ?(?:19|20)\d\d ?年 ?\d{1,2} ?月")
_PERCENTS = re.compile(r"% ?\d{1,3}(?:\.\d{1,2})? ?%")
_NUMBER = re.compile(
    r"〔 ?(?:19|20)\d{2} ?\d{1,5} ?号|〔 ?(?:19|20)\d{2} ?(?=[号)》,。])|(?<=[一-龥])(?:19|20)\d{2}〕 ?\d{1,5} ?号"
)
_EMPTY = re.compile(r"\( *\)|“ *”|《 *》|〔 *〕")
_RADICALS = re.compile("[\u2e80-\u2fdf]")
_RUBBISH = re.compile("[\ufffd\ue000-\uf8ff]")


def find_damage(text: str, folded: str, start: int = 0) -> list[Remark]:
    """Return remarks on damage from `start` on; characters that look wrong are reported wherever they stand.

    Examples
    --------
    >>> [remark.text for remark in find_damage("到97%96%以上", "到97%96%以上")]
    ['a separator seems lost between two values: 到97%96%以上']
    """
    found: list[Remark] = []
    for pattern, what in (
        (_PERCENTS, "a separator seems lost between two values"),
        (_YEAR_SPAN, "a separator seems lost between two dates"),
        (_NUMBER, "half of a bracket seems lost in a document number"),
        (_EMPTY, "what stood between these signs seems lost"),
    ):
        for match in pattern.finditer(folded, start):
            near = text[max(match.start() - 8, 0) : match.end() + 8].replace("\n", " ").strip()
            found.append(Remark("damage", f"{what}: {near}", match.start(), match.end()))
    for pattern, what in (
        (_RADICALS, "characters printed as Kangxi radicals (read as the ordinary ones)"),
        (_RUBBISH, "characters that could not be decoded"),
    ):
        first = pattern.search(text)
        if first:
            found.append(Remark("damage", f"{len(pattern.findall(text))} {what}", first.start(), first.end()))
    return sorted(found, key=lambda remark: remark.start or 0)
