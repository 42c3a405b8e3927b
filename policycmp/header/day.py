"""Which of the printed dates is the document's own.

成文日期 of the information table, then the last adoption of a statute, then the signature,
then a date under the title, then 印发 and 发布 dates. The others are remarks.
"""

from __future__ import annotations

import datetime as dt
import re

from policycmp.header.dates import find_dates
from policycmp.header.page import Page
from policycmp.model import Remark

__all__ = ["choose_date"]

_PRINTED = re.compile(
    r"^(?P<below>\(.{6,18}\))$|.{0,30}日(?P<issue>印发)$|^(?:\[[^\[\]]{2,30}\])?[•·-]?\s{0,3}(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
)
_TABLE = {"written": 0, "issued": 6, "published": 8}
_WEB = 8
"""From this rank on, a date may be the web page's."""


def choose_date(page: Page) -> tuple[dt.date | None, list[Remark]]:
    """Return the document's date and remarks on the others."""
    ranked = sorted(_candidates(page), key=lambda c: c[0])
    # A number's year is the document's; a page that was put up in another year tells its own date.
    number = page.number()
    year = re.search(r"〔(\d{4})〕", number.text) if number else None
    own = [c for c in ranked if not (c[0] >= _WEB and year and c[2].year != int(year[1]))]
    ranked = own + [c for c in ranked if c not in own]
    remarks = [
        Remark("damage", f"damaged date {s.printed!r} in the signature", s.start, s.end)
        for s in page.signatures
        if s.date is None
    ]
    seen: set[dt.date] = set()
    for k, (_, label, date, start, end) in enumerate(ranked):
        if (k or not own) and date not in seen:
            remarks.append(Remark("date", f"another date ({label}): {date}", start, end))
        seen.add(date)
    return (ranked[0][2] if own else None), remarks


def _candidates(page: Page) -> list[tuple[int, str, dt.date, int, int]]:
    """Every date with its rank of trust, what it is, and where it stands."""
    found = []
    for f in page.fields:
        dates = find_dates(f.value) if f.field in _TABLE else []
        if dates:
            found.append((_TABLE[f.field], f.label, dates[0].date, f.start, f.end))
    for a in reversed(page.history):
        found.append((1, "history", a.date.date, a.line.start, a.line.end))
    for rank, signatures in ((2, page.signatures), (4, page.tail_signatures)):
        for s in signatures:
            if s.date is not None:
                found.append((rank if s.bodies else rank + 1, "signature", s.date, s.start, s.end))
    for line in (*page.lines, *page.tail_lines):
        m = _PRINTED.search(line.text)
        dates = find_dates(line.text) if m else []
        if m and dates:
            rank = 5 if m["below"] else 7 if m["issue"] else 9
            found.append((rank, "printed", dates[0].date, line.start, line.end))
    return found
