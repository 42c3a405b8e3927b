"""The information table of a government page: labels with values.

Sites print the same dozen fields in many layouts: ``索引号: …`` in pairs on a line, a label on
one line and its value on the next, ``[ 发文字号 ] …``, ``| 文 号 | … |``, table cells. All are a
*label* of the table ``metadata_labels`` (spaces between its characters allowed) followed by
a separator; the value runs to the next label or the end of the line, and is the next line
where nothing follows the label. 字号 is also the label of the font size button, so a value
has to look like what its field holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from policycmp.header.dates import DATE
from policycmp.header.numbers import find_numbers
from policycmp.header.organs import is_organ
from policycmp.tables import read_table
from policycmp.text import Span

__all__ = ["Field", "read_metadata"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the information table: what it is, its printed label, its value and place.

    ``start`` and ``end`` cover label and value.
    """

    field: str
    label: str
    value: str
    start: int
    end: int


@cache
def _labels() -> tuple[re.Pattern[str], dict[str, str]]:
    fields = {row["label"]: row["field"] for row in read_table("metadata_labels")}
    names = "|".join(r"\s{0,8}".join(label) for label in sorted(fields, key=len, reverse=True))
    pattern = re.compile(
        rf"[\[【]\s{{0,3}}(?P<bracketed>{names})\s{{0,3}}[\]】][ \t]{{0,3}}[:|]?"
        rf"|(?<=\t)(?P<cell>{names})(?=\s{{0,4}}\n)"
        rf"|(?<![\w])(?P<plain>{names})[ \t]{{0,4}}[:|]"
        rf"|(?<=\n)(?P<lone>{names})(?=[ \t]{{0,4}}\n)"
    )
    return pattern, fields


_LONE = 3
"""So many labels alone on their lines, without a colon, make a table; one may be a heading."""

# What a value has to contain to be believed.
_HOLDS = {
    "written": DATE,
    "issued": DATE,
    "published": DATE,
    "index_number": re.compile(r"\w{3}"),
    "site_code": re.compile(r"\d{6}"),
    "body": re.compile(r"[\u4e00-\u9fff]{2}"),
    "title": re.compile(r"[\u4e00-\u9fff]{4}"),
    "validity": re.compile(r"[\u4e00-\u9fff]"),
}


def _believable(field: str, value: str) -> bool:
    if field == "number":
        return bool(find_numbers(value))
    need = _HOLDS.get(field)
    return bool(value) and (need is None or bool(need.search(value)))


def read_metadata(folded: str, zones: tuple[Span, ...]) -> tuple[Field, ...]:
    """Return the fields printed in these zones of a folded text, in order.

    Examples
    --------
    >>> text = "索 引 号 | 640422001/2025-00019 | 发文时间 | 2025-05-14 |\\n文 号 | | 字号: 大 中 小"
    >>> [(f.field, f.value) for f in read_metadata(text, ((0, len(text)),))]
    [('index_number', '640422001/2025-00019'), ('issued', '2025-05-14')]
    """
    found: list[Field] = []
    for start, end in zones:
        found.extend(_read_zone(folded, start, end))
    return tuple(found)


def _read_zone(folded: str, start: int, end: int) -> list[Field]:
    pattern, fields = _labels()
    marks = list(pattern.finditer(folded, start, end))
    if sum(bool(m["lone"]) for m in marks) < _LONE:
        marks = [m for m in marks if not m["lone"]]
    found = []
    for k, m in enumerate(marks):
        label = re.sub(r"\s", "", m["bracketed"] or m["cell"] or m["plain"] or m["lone"])
        stop = marks[k + 1].start() if k + 1 < len(marks) else end
        kind = fields[label]
        value, value_end = _inline(folded, m.end(), stop)
        if not value and _opens_line(folded, m.start(), start):
            value, value_end = _below(folded, value_end, stop)
            if kind == "other" and (len(value) > 40 or is_organ(value) or re.search("关于|印发", value)):
                value, value_end = "", m.end()
        if kind == "other" or _believable(kind, value):
            found.append(Field(kind, label, value, m.start(), value_end))
    return found


def _opens_line(folded: str, at: int, start: int) -> bool:
    """The label stands at the beginning of its line, so its value may stand on the next one."""
    line = max(folded.rfind("\n", start, at) + 1, start)
    return not folded[line:at].strip(" \t•·|-")


def _inline(folded: str, at: int, stop: int) -> tuple[str, int]:
    end = folded.find("\n", at, stop)
    end = stop if end < 0 else end
    return folded[at:end].strip(" |\t•·;,"), end


def _below(folded: str, at: int, stop: int) -> tuple[str, int]:
    rest = re.compile(r"[\s•·|]*").match(folded, at, stop)
    return _inline(folded, rest.end() if rest else at, stop)
