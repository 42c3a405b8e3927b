"""What a document says about itself: title, issuer, number, date, place.

The evidence is scattered (information table of the page, title lines, the notice's
signature, the end of the document, the site's footer) and partly contradictory. Each field
has an order of trust: a date is the 成文日期 of the information table before the signature
before 印发 and 发布 dates; the issuer is who signed before who stands in the title before
what the table says; the place is the issuer's, confirmed or supplied by the codes in 索引号
and 网站标识码. What lost becomes a remark, so nothing printed is silently overruled. Values
the user knows win over everything.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from policycmp.header.citations import find_citations
from policycmp.header.dates import parse_date
from policycmp.header.day import choose_date
from policycmp.header.organs import expand
from policycmp.header.origin import choose_bodies, choose_place
from policycmp.header.page import Page
from policycmp.header.printed import as_printed
from policycmp.header.script import is_traditional, simplify
from policycmp.header.title_choice import choose_titles
from policycmp.header.titles import covered
from policycmp.model import Citation, Remark
from policycmp.places import LEVELS, division, resolve
from policycmp.text import Span, fold, squeeze

if TYPE_CHECKING:
    from policycmp.structure.outline import Outline

__all__ = ["KNOWN", "Header", "check_known", "read_header"]

KNOWN = ("title", "notice_title", "issuer", "jurisdiction", "level", "adcode", "doc_number", "date")
"""Fields a user can set."""
_HEAD, _LONGEST_HEAD, _TAIL = 4000, 20_000, 1500
"""Characters looked at: without an outline, with one, and at the end."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a document says about itself; missing fields are None.

    Attributes
    ----------
    title, notice_title : str or None
        The plan's own title; the title of the notice that covers it.
    issuer : str or None
        Issuing bodies, joined by 、.
    jurisdiction, level, adcode : str or None
        The place whose plan it is, its level of government and six-digit division code.
    doc_number : str or None
        The document's own number (发文字号).
    date : datetime.date or None
        The document's own date.
    cites : tuple of Citation
    remarks : tuple of Remark
    index_number, validity : str or None
        索引号 and 有效性 of the information table.
    """

    title: str | None = None
    notice_title: str | None = None
    issuer: str | None = None
    jurisdiction: str | None = None
    level: str | None = None
    adcode: str | None = None
    doc_number: str | None = None
    date: dt.date | None = None
    cites: tuple[Citation, ...] = ()
    remarks: tuple[Remark, ...] = ()
    index_number: str | None = None
    validity: str | None = None


def check_known(known: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the values a user knows, checked and completed, or raise ValueError.

    Examples
    --------
    >>> check_known({"date": "2025-05-14", "adcode": "640422"})["jurisdiction"]
    '西吉县'
    """
    values = {name: value for name, value in (known or {}).items() if value is not None}
    unknown = sorted(set(values) - set(KNOWN))
    if unknown:
        raise ValueError(
            f"known fields should be among {', '.join(KNOWN)}. Got {', '.join(map(str, unknown))}"
        )
    for name, value in values.items():
        if name == "date":
            values[name] = parse_date(value)
        elif not isinstance(value, str) or not value.strip():
            raise ValueError(f"{name} should be non-empty text. Got {value!r}")
    if "level" in values and values["level"] not in LEVELS:
        raise ValueError(f"level should be one of {', '.join(LEVELS)}. Got {values['level']!r}")
    if "adcode" in values and not re.fullmatch(r"\d{6}", values["adcode"]):
        raise ValueError(f"adcode should be six digits. Got {values['adcode']!r}")
    place = division(values["adcode"]) if "adcode" in values else resolve(values.get("jurisdiction"))
    if place is not None:
        values = {"adcode": place.code, "jurisdiction": place.name, "level": place.level, **values}
    return values


def read_header(text: str, outline: Outline | None = None, known: Mapping[str, Any] | None = None) -> Header:
    """Return what a document says about itself.

    Parameters
    ----------
    text : str
        The document.
    outline : Outline, optional
        Its outline; without one the first and last part of the text are searched.
    known : mapping, optional
        Values that win over what is found: title, notice_title, issuer, jurisdiction, level,
        adcode (six digits), doc_number, date (``datetime.date`` or ``"2025-05-14"``).

    Examples
    --------
    >>> header = read_header("西吉县人民政府办公室关于印发《西吉县教育方案》的通知\\n西政办发〔2025〕3号\\n")
    >>> header.title, header.doc_number, header.adcode
    ('西吉县教育方案', '西政办发〔2025〕3号', '640422')
    """
    values = check_known(known)
    head, tails = _zones(text, outline)
    traditional = is_traditional(text[: head[1]])
    folded = simplify(fold(text)) if traditional else fold(text)
    found = _choose(Page(folded, head, tails))
    inner = covered(found.notice_title) if found.notice_title else None
    own = {
        squeeze(simplify(fold(t))) for t in (found.title, found.notice_title, inner, found.doc_number) if t
    }
    cites, damage = find_citations(text, folded, preamble=head[1], own=frozenset(own))
    script = (Remark("script", "traditional characters were read as simplified"),) if traditional else ()
    printed = partial(as_printed, folded=folded[: head[1]], source=simplify(text[: head[1]]))
    found = replace(found, title=printed(found.title), notice_title=printed(found.notice_title))
    return replace(found, cites=cites, remarks=(*script, *found.remarks, *damage), **values)


def _choose(page: Page) -> Header:
    titles = choose_titles(page)
    number = page.number()
    bodies = choose_bodies(page, titles.first)
    place, level, about_place = choose_place(page, bodies, (titles.first, titles.own), number)
    date, about_date = choose_date(page)
    printed = [
        Remark("number", f"number also printed as {n.printed.strip()!r}", n.start, n.end)
        for n in page.numbers.values()
        if n.damaged and number is not None
    ]
    return Header(
        title=titles.own,
        notice_title=titles.notice,
        issuer="、".join(expand(name, place) for name in bodies) or None,
        jurisdiction=place.name if place else None,
        level=level,
        adcode=place.code if place else None,
        doc_number=number.text if number else None,
        date=date,
        remarks=(*titles.remarks, *about_place, *about_date, *printed),
        index_number=page.value("index_number"),
        validity=page.value("validity"),
    )


def _zones(text: str, outline: Outline | None) -> tuple[Span, tuple[Span, ...]]:
    """Where to look: the head, and of the tail its beginning and the document's end."""
    end = min(
        len(text), _HEAD if outline is None or outline.header[1] <= outline.header[0] else outline.header[1]
    )
    end = min(end, _LONGEST_HEAD)
    # The end of the text is looked at in any case: a signature may stand before or after the outline's tail.
    last = max(end, len(text) - _TAIL)
    if outline is None or outline.tail[1] <= outline.tail[0]:
        return (0, end), ((last, len(text)),)
    start = max(end, outline.tail[0])
    if start + 2 * _TAIL >= last:
        return (0, end), ((min(start, last), len(text)),)
    return (0, end), ((start, start + 2 * _TAIL), (last, len(text)))
