"""Pinyin in brackets behind characters: 貫徹(chè)落實(shí), the noise of mirror sites.

Copies made to look different from their original carry the reading of some characters in
brackets. No document prints that, so where a text is full of it (units like (km) are few and
always the same) it is taken out and counted.
"""

from __future__ import annotations

import re

from policycmp.model import Remark

__all__ = ["without_pinyin"]

_PINYIN = re.compile(r"(?<=[\u4e00-\u9fff)])[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜɡ]{1,6}[)）]")
_MANY, _DISTINCT = 20, 10


def without_pinyin(text: str) -> tuple[str, tuple[Remark, ...]]:
    """Return the text without pinyin in brackets, and a remark if there was any to take out.

    Examples
    --------
    >>> without_pinyin("占地(km)和产量(kg)")
    ('占地(km)和产量(kg)', ())
    """
    found = _PINYIN.findall(text)
    if len(found) < _MANY or len(set(found)) < _DISTINCT:
        return text, ()
    remark = Remark(
        "left_out", f"{len(found)} times pinyin in brackets behind a character was left out (a copy's noise)"
    )
    return _PINYIN.sub("", text), (remark,)
