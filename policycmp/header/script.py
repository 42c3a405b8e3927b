"""Traditional characters read as simplified ones, one for one, so that offsets hold.

Mirrors publish mainland documents in converted script (關於印發…的通知). The table ``traditional``
(OpenCC's, Apache-2.0) holds the characters that simplified text never uses (those outside
GB 2312), so simplified text passes unchanged.
"""

from __future__ import annotations

from functools import cache

from policycmp.tables import read_table

__all__ = ["is_traditional", "simplify"]


@cache
def _table() -> dict[int, str]:
    return {ord(row["traditional"]): row["simplified"] for row in read_table("traditional")}


def simplify(text: str) -> str:
    """Return `text` with traditional characters simplified; same length, same offsets.

    Examples
    --------
    >>> simplify("關於印發實施方案的通知")
    '关于印发实施方案的通知'
    """
    return text.translate(_table())


def is_traditional(text: str) -> bool:
    """Return whether `text` holds a character only traditional script has.

    Examples
    --------
    >>> is_traditional("關於印發"), is_traditional("关于印发")
    (True, False)
    """
    return any(ord(c) in _table() for c in set(text))
