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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from policycmp.citations import find_citations
from policycmp.dates import find_dates, parse_date
from policycmp.document_numbers import DocumentNumber, find_numbers
from policycmp.metadata import Field, read_metadata
from policycmp.model import Citation, Remark
from policycmp.organs import expand, is_central, organ_place, split_organs
from policycmp.places import LEVELS, Division, division, place_in, resolve
from policycmp.signatures import Line, Signature, find_signatures, lines_of
from policycmp.tables import read_table
from policycmp.text import Span, fold
from policycmp.titles import TitleFound, covered, find_titles, has_verb, tidy, title_prefix

if TYPE_CHECKING:
    from policycmp.outline import Outline

__all__ = ["KNOWN", "Header", "check_known", "read_header"]

KNOWN = ("title", "notice_title", "issuer", "jurisdiction", "level", "adcode", "doc_number", "date")
"""Fields a user can set."""


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
    head, tail = _zones(text, outline)
    folded = fold(text)
    found = _Reader(folded, head, tail).header()
    inner = covered(found.notice_title) if found.notice_title else None
    own = {
        re.sub(r"\s", "", fold(t)) for t in (found.title, found.notice_title, inner, found.doc_number) if t
    }
    cites, damage = find_citations(text, folded, preamble=head[1], own=frozenset(own))
    return replace(found, cites=cites, remarks=(*found.remarks, *damage), **values)


def _zones(text: str, outline: Outline | None) -> tuple[Span, Span]:
    if outline is not None and outline.header[1] > outline.header[0]:
        return outline.header, outline.tail
    return (0, min(len(text), 4000)), (max(0, len(text) - 1500), len(text))


class _Reader:
    """Gathers the evidence in the head and tail of one document."""

    def __init__(self, folded: str, head: Span, tail: Span) -> None:
        self.folded = folded
        self.remarks: list[Remark] = []
        self.fields = read_metadata(folded, (head, tail))
        self.lines = list(_split_title(lines_of(folded, head)))
        self.tail_lines = lines_of(folded, tail)
        self.numbers = {k: n for k, line in enumerate(self.lines) if (n := _own_number(line)) is not None}
        self.signatures = find_signatures(self.lines)
        self.tail_signatures = [s for s in find_signatures(self.tail_lines) if s.date is not None or s.bodies]

    def header(self) -> Header:
        title, notice = self._titles()
        number = self._number()
        bodies = self._bodies(notice or title)
        place, level = self._place(bodies, title, notice, number)
        issuer = "、".join(expand(name, place) for name in bodies) or None
        date = self._date()
        self._damage(number)
        return Header(
            title=title,
            notice_title=notice,
            issuer=issuer,
            jurisdiction=place.name if place else None,
            level=level,
            adcode=place.code if place else None,
            doc_number=number.text if number else None,
            date=date,
            remarks=tuple(self.remarks),
            index_number=self._field("index_number"),
            validity=self._field("validity"),
        )

    def _all(self, *names: str) -> Iterator[Field]:
        return (f for f in self.fields if f.field in names and f.value)

    def _field(self, name: str) -> str | None:
        return next((f.value for f in self._all(name)), None)

    # titles

    def _printed_titles(self) -> list[TitleFound]:
        spans = [(f.start, f.end) for f in self.fields]
        signed = {
            k
            for s in self.signatures
            for k in range(s.first_line, len(self.lines))
            if self.lines[k].start <= s.start
        }
        lines = []
        for k, line in enumerate(self.lines):
            covered_by_field = any(a < line.end and line.start < b for a, b in spans)
            only_number = k in self.numbers and _without_number(line, self.numbers[k]) == ""
            blank = covered_by_field or only_number or k in signed or _NAVIGATION.search(line.tight)
            lines.append("" if blank else _without_number(line, self.numbers.get(k)).lstrip("#"))
        return find_titles(lines)

    def _titles(self) -> tuple[str | None, str | None]:
        printed = self._printed_titles()
        listed = next((_bare_title(f.value) for f in self._all("title")), None)
        first = self._first_title(printed, listed)
        if first is None:
            return None, None
        inner = covered(first)
        if inner is None:
            return first, None
        signed = max((s.start for s in self.signatures), default=-1)
        own = [t for t in printed if _alike(t.text, inner) and covered(t.text) is None]
        after = [t for t in own if self.lines[t.first].start > signed] or own
        title = self._spaced(after[0]) if after else tidy(inner)
        if len(title) < len(inner) and re.sub(r"\s", "", inner).endswith(re.sub(r"\s", "", title)):
            title = tidy(inner)  # the first line of a printed title was lost
        elif re.sub(r"\s", "", title) != re.sub(r"\s", "", fold(inner)):
            self.remarks.append(Remark("title", f"the covering notice calls the plan {tidy(inner)}"))
        return title, first

    def _spaced(self, found: TitleFound) -> str:
        return tidy(
            "\n".join(
                _without_number(line, None, tight=False) for line in self.lines[found.first : found.last + 1]
            )
        )

    def _first_title(self, printed: list[TitleFound], listed: str | None) -> str | None:
        with_verb = [t for t in printed if has_verb(t.text)]
        best = with_verb[0] if with_verb else printed[0] if printed else None
        if best is None:
            return tidy(listed) if listed else None
        # The page's heading may be a shortened form of the full title printed below it.
        fuller = [t for t in with_verb[:4] if len(t.text) > len(best.text) and _alike(t.text, best.text, 60)]
        best = next(
            (t for t in fuller if title_prefix(t.text) and split_organs(title_prefix(t.text) or "")), best
        )
        text = self._spaced(best)
        above = self.lines[best.first - 1] if best.first > 0 else None
        if text.startswith(("关于", "印发")) and above is not None and split_organs(above.text):
            text = "、".join(split_organs(above.text)) + text
        if (
            listed
            and len(re.sub(r"\s", "", listed)) > len(re.sub(r"\s", "", text))
            and _alike(listed, text, 70)
        ):
            return tidy(listed)
        return text

    # number

    def _number(self) -> DocumentNumber | None:
        listed = [n for f in self._all("number", "title") for n in find_numbers(f.value)[:1]]
        printed = list(self.numbers.values())
        whole = [n for n in (*listed, *printed) if not n.damaged]
        return next(iter(whole), None) or next(iter((*listed, *printed)), None)

    def _damage(self, number: DocumentNumber | None) -> None:
        for n in self.numbers.values():
            if n.damaged and number is not None and n.text != number.text:
                self.remarks.append(
                    Remark("number", f"number also printed as {n.printed.strip()!r}", n.start, n.end)
                )

    # date

    def _dates(self) -> list[tuple[int, str, dt.date, int, int]]:
        """Every date with its rank of trust, what it is, and where it stands."""
        ranked = []
        for f in self.fields:
            rank = {"written": 0, "issued": 5, "published": 7}.get(f.field)
            found = find_dates(f.value) if rank is not None else []
            if found and rank is not None:
                ranked.append((rank, f.label, found[0].date, f.start, f.end))
        for rank, signatures in ((1, self.signatures), (3, self.tail_signatures)):
            for s in signatures:
                if s.date is not None:
                    ranked.append((rank if s.bodies else rank + 1, "signature", s.date, s.start, s.end))
        for line in (*self.lines, *self.tail_lines):
            m = _PRINTED_DATE.search(line.tight)
            found = find_dates(line.tight) if m else []
            if m and found:
                ranked.append(
                    (
                        4 if m["below"] else 6 if m["issue"] else 8,
                        "printed",
                        found[0].date,
                        line.start,
                        line.end,
                    )
                )
        return sorted(ranked, key=lambda r: r[0])

    def _date(self) -> dt.date | None:
        history = [
            (line, d[-1])
            for line in self.lines
            if _ADOPTED.search(line.tight) and (d := find_dates(line.tight)[:1])
        ]
        if history:
            for line, found in history[:-1]:
                self.remarks.append(Remark("date", f"earlier version: {found.date}", line.start, line.end))
            return history[-1][1].date
        ranked = self._dates()
        for s in self.signatures:
            if s.date is None:
                self.remarks.append(
                    Remark("damage", f"damaged date {s.printed!r} in the signature", s.start, s.end)
                )
        if not ranked:
            return None
        chosen = ranked[0][2]
        seen = {chosen}
        for _, label, date, start, end in ranked[1:]:
            if date not in seen:
                seen.add(date)
                self.remarks.append(Remark("date", f"another date ({label}): {date}", start, end))
        return chosen

    # issuer and place

    def _bodies(self, title: str | None) -> tuple[str, ...]:
        prefix = title_prefix(fold(title)) if title else None
        in_title = split_organs(prefix) if prefix else ()
        adopted = [m for line in self.lines if (m := _ADOPTED.search(line.tight))]
        if adopted:
            return _adopting(adopted[-1].string)
        signed = [s.bodies for s in (*self.signatures, *reversed(self.tail_signatures)) if s.bodies]
        letterhead = [split_organs(line.text) for line in self.lines[:12]]
        candidates = [*signed, in_title, *(c for c in letterhead if c and _stands_alone(c[0]))]
        candidates += [split_organs(_BRACKETED_BODY.sub("", f.value)) for f in self._all("body", "author")]
        candidates += [
            split_organs(m[1]) for line in self.lines[:12] if (m := _BODY_AND_DATE.match(line.tight))
        ]
        return next((c for c in candidates if c), ())

    def _codes(self) -> list[Division]:
        codes = [m.group()[:6] for f in self._all("site_code") if (m := re.match(r"\d{10}", f.value))]
        for f in self._all("index_number"):
            m = re.match(r"1[1-9](\d{6})|(\d{6})\d{3,4}/", f.value)
            codes += [m[1] or m[2]] if m else []
        return [d for code in codes if (d := division(code)) is not None]

    def _place(
        self, bodies: tuple[str, ...], title: str | None, notice: str | None, number: DocumentNumber | None
    ) -> tuple[Division | None, str | None]:
        if any(is_central(name) for name in bodies):
            return division("100000"), "national"
        named = next((p for name in bodies if (p := organ_place(name))), None) or _place_in_title(
            notice, title
        )
        coded = self._codes()
        hosts = [p for f in self._all("host", "body", "origin") if (p := organ_place(f.value))]
        place = named or next(iter((*coded, *hosts)), None)
        sign = _signed_province(number, bodies)
        if place is None or (sign is not None and named is None):
            place = sign or place
        for d in coded[:1]:
            if place is not None and d.code != place.code and d.now != place.code:
                self.remarks.append(
                    Remark("place", f"the page's code {d.code} means {d.name}, the issuer is of {place.name}")
                )
        if place is None:
            return None, None
        return place, "township" if any(_TOWNSHIP.search(name) for name in bodies) else place.level


_NAVIGATION = re.compile(
    r"^\([^()]*\)$|首页|当前的?位置|>>|上一[篇页]|下一[篇页]|打印|关闭|微信|二维码|收藏|字号:"
)
_PRINTED_DATE = re.compile(
    r"^(?P<below>\(.{6,14}\))$|.{0,30}日(?P<issue>印发)$|^(?:\[[^\[\]]{2,30}\])?[•·-]?(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
)
_ADOPTED = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日.{2,120}(?:通过|批准|公布|发布|修订|修正|施行)\)?$")
_BODY_AND_DATE = re.compile(r"\[([^\[\]]{4,40})\](?:19|20)\d\d")
_BRACKETED_BODY = re.compile(r"[\s,].*|\(.*?\)$")
_TOWNSHIP = re.compile(r"(?:镇|乡|街道)(?:人民政府|政府|党委|办事处|党工委)")


def _stands_alone(name: str) -> bool:
    """A body whose name says whose it is can be a letterhead; 教育局 alone may be a table's cell."""
    return is_central(name) or organ_place(name) is not None


def _split_title(lines: list[Line]) -> Iterator[Line]:
    """Cut a line that runs title, number and addressee together (text without line breaks)."""
    for line in lines:
        n = next(iter(find_numbers(line.text)), None)
        if (
            n is None
            or len(line.tight) < 60
            or not re.fullmatch(r"[^。;:,(]{8,120}", line.text[: n.start].strip())
        ):
            yield line
            continue
        cuts = [0, n.start, n.end, len(line.text)]
        for a, b in zip(cuts, cuts[1:], strict=False):
            part = line.text[a:b]
            if part.strip():
                yield Line(part.strip(), re.sub(r"\s", "", part), line.start + a, line.start + b)


def _own_number(line: Line) -> DocumentNumber | None:
    """The document number if the line holds just it, or a title that begins or ends with it."""
    found = find_numbers(line.text)
    if len(found) != 1 or len(line.tight) > 140:
        return None
    n = found[0]
    before = re.sub(r"[\s(〔]", "", line.text[: n.start])
    after = re.sub(r"[\s)〕]", "", line.text[n.end :])
    place = replace(n, start=line.start + n.start, end=line.start + n.end)
    if not before and not after:
        return place
    if _ADOPTED.search(line.tight):
        return place
    if before and after or re.search(r"根据|按照|依据|规定|收悉|[。;]", before + after):
        return None
    return place if not before or find_titles([before]) else None


def _without_number(line: Line, number: DocumentNumber | None, *, tight: bool = True) -> str:
    text = line.text
    for n in (
        find_numbers(text)
        if number is None
        else [replace(number, start=number.start - line.start, end=number.end - line.start)]
    ):
        if re.sub(r"[\s(〔]", "", text[: n.start]) == "" or re.sub(r"[\s)〕]", "", text[n.end :]) == "":
            text = (text[: n.start].rstrip("( ") + text[n.end :].lstrip(") ")).strip()
            break
    return re.sub(r"\s", "", text) if tight else text


def _bare_title(value: str) -> str:
    n = next(iter(find_numbers(value)), None)
    return value[n.end :].strip() if n is not None and n.start <= 1 else value


def _alike(a: str, b: str, least: int = 55) -> bool:
    from rapidfuzz import fuzz

    a, b = re.sub(r"\s", "", fold(a)), re.sub(r"\s", "", fold(b))
    return a in b or b in a or fuzz.ratio(a, b) >= least


def _adopting(line: str) -> tuple[str, ...]:
    """Who adopted a statute: 上海市第十五届人民代表大会常务委员会第二次会议 is the standing committee."""
    order = re.search(r"日(?:中华人民共和国)?([\u4e00-\u9fff]{2,20})令第", line)
    if order:
        return (order[1],)
    m = re.search(
        r"日([\u4e00-\u9fff]{0,12}?)第[一二三四五六七八九十]{1,4}届(.{0,8}人民代表大会(?:常务委员会)?)", line
    )
    if m:
        return (f"{m[1]}{m[2]}",)
    m = re.search(r"日([\u4e00-\u9fff]{2,20}?)(?:第[\d一二三四五六七八九十]+次|批准|令|公布|发布)", line)
    return (m[1],) if m else ()


def _place_in_title(*titles: str | None) -> Division | None:
    """The first place a title names in full: 推动海南省重点领域…, 《阜阳市…方案》."""
    for title in titles:
        plain = re.sub(r"[\s《》]", "", title or "")
        for at in range(len(plain) - 2):
            found, length = place_in(plain[at : at + 40])
            if found is not None and length >= 3 and plain[at : at + length].endswith(found.name[-1]):
                return found
    return None


def _signed_province(number: DocumentNumber | None, bodies: tuple[str, ...]) -> Division | None:
    """鄂政发 with 省人民政府 as the issuer is of Hubei; a bare 宁政发 may be Nanjing's."""
    if number is None or not any(re.match(r"(?:中共)?(?:省|自治区)", name) for name in bodies):
        return None
    code = next((r["code"] for r in read_table("province_signs") if number.sign.startswith(r["sign"])), None)
    return division(code) if code else None
