"""Calendar dates as Chinese documents print them.

``2022年3月7日``, ``2022 年3 月7 日`` (PDF layers), ``2019-01-24``, ``2024/8/17``, ``2022.3.7`` and
``二○一一年七月二十八日`` are dates; a run of digits on a signature line that lost its
separators (``2019115``) is recognised as a damaged date but not guessed at.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

__all__ = ["DATE", "DateFound", "find_dates", "parse_date"]

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "Ｏ": 0, "O": 0, "０": 0}
_YEAR = "〇○零O０一二三四五六七八九"

DATE = re.compile(
    rf"(?P<y>(?:19|20)\d\d)\s{{0,3}}年\s{{0,3}}(?P<m>\d{{1,2}})\s{{0,3}}月\s{{0,3}}(?P<d>\d{{1,2}})\s{{0,3}}日"
    rf"|(?P<hy>[一二][{_YEAR}]{{3}})\s{{0,3}}年\s{{0,3}}(?P<hm>[元一二三四五六七八九十]{{1,2}})\s{{0,3}}月\s{{0,3}}(?P<hd>[一二三四五六七八九十]{{1,3}})\s{{0,3}}日"
    r"|(?<![\d.])(?P<iy>(?:19|20)\d\d)(?P<sep>[-/.])(?P<im>\d{1,2})(?P=sep)(?P<id>\d{1,2})(?![\d.])"
)
"""One date; search it in folded text."""


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date and where it stands."""

    date: dt.date
    start: int
    end: int


def _han(text: str) -> int:
    if text == "元":
        return 1
    tens, _, units = text.rpartition("十")
    if "十" not in text:
        return _DIGITS.get(text, 0)
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(units, 0) if units else 0)


def _date(m: re.Match[str]) -> dt.date | None:
    if m["hy"]:
        year = int("".join(str(_DIGITS[c]) for c in m["hy"]))
        parts = (year, _han(m["hm"]), _han(m["hd"]))
    else:
        parts = (int(m["y"] or m["iy"]), int(m["m"] or m["im"]), int(m["d"] or m["id"]))
    try:
        found = dt.date(*parts)
    except ValueError:
        return None
    return found if 1949 <= found.year <= 2100 else None


def find_dates(text: str, start: int = 0, end: int | None = None) -> list[DateFound]:
    """Return the full dates in folded `text`, in order.

    Examples
    --------
    >>> [str(d.date) for d in find_dates("2022 年3 月7 日印发，自二〇二二年五月一日起施行")]
    ['2022-03-07', '2022-05-01']
    """
    found = []
    for m in DATE.finditer(text, start, len(text) if end is None else end):
        date = _date(m)
        if date is not None:
            found.append(DateFound(date, m.start(), m.end()))
    return found


def parse_date(value: str | dt.date) -> dt.date:
    """Return the one date `value` names, or raise ValueError.

    Examples
    --------
    >>> parse_date("2025-05-14")
    datetime.date(2025, 5, 14)
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    found = find_dates(str(value))
    if len(found) != 1:
        raise ValueError(f"date should be a datetime.date or text like '2025-05-14'. Got {value!r}")
    return found[0].date
