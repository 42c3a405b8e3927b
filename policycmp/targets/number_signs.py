"""Words that tell what a number beside them is: ``tables/number_signs.csv`` as patterns.

Each word is a *sign*: of a named plan (三年行动), of schooling (小学六年), of the past (目前),
of rhetoric (一支队伍), of building (新建一所), of a benefit (罚款) and so on.
"""

from __future__ import annotations

import re
from functools import cache

from policycmp.tables import read_table

__all__ = ["sign", "sign_after", "sign_before", "sign_pattern"]


@cache
def sign(name: str) -> str:
    """Return the words of a sign as one alternative, the longest first.

    Examples
    --------
    >>> sign("schooling").split("|")[0]
    '幼儿园'
    """
    rows = sorted((r for r in read_table("number_signs") if r["sign"] == name), key=lambda r: -len(r["word"]))
    return "|".join(r["word"] + (f"(?!{r['not_before']})" if r["not_before"] else "") for r in rows)


@cache
def sign_pattern(name: str, frame: str = "{}") -> re.Pattern[str]:
    """Return a pattern for the words of a sign, in the place of ``{}`` in `frame`.

    Examples
    --------
    >>> bool(sign_pattern("schooling", r"{}$").search("完成小学"))
    True
    """
    return re.compile(frame.replace("{}", f"(?:{sign(name)})"))


def sign_before(name: str) -> re.Pattern[str]:
    """Return a pattern for text that ends with a word of the sign (at most 好, 了, 并 or 达 between)."""
    return sign_pattern(name, r"{}\s?(?:好|了|并|达|到|在)?\s?$")


def sign_after(name: str, gap: int = 0) -> re.Pattern[str]:
    """Return a pattern for text that begins with a word of the sign, `gap` characters on at most."""
    return sign_pattern(name, rf"\s?[^，。；,;]{{0,{gap}}}?{{}}")
