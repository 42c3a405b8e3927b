"""Who issued a document, and for which place.

The issuers are those who signed, before those in the title, the letterhead and the
information table. The place is the issuers'; where their names do not say it, the codes do
(网站标识码 and 索引号 begin with the division's code), the host of the page, or the sign of the
document number together with a bare 省.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from policycmp.header.numbers import DocumentNumber
from policycmp.header.organs import bare_level, is_central, organ_place, split_organs
from policycmp.header.page import Page
from policycmp.header.titles import title_prefix
from policycmp.model import Remark
from policycmp.places import Division, division, place_in
from policycmp.tables import read_table
from policycmp.text import fold

__all__ = ["choose_bodies", "choose_place"]

_LETTERHEAD = 12
"""Lines at the top that can be a letterhead."""
_BODY_AND_DATE = re.compile(r"\[([^\[\]]{4,40})\](?:19|20)\d\d")
_TOWNSHIP = re.compile(r"(?P<name>[^省市县区旗]{1,8}(?:镇|乡|街道))(?:人民政府|政府|党委|办事处|党工委)")
_CONGRESS = re.compile(
    r"日([\u4e00-\u9fff]{0,12}?)第[一二三四五六七八九十]{1,4}届(.{0,8}人民代表大会(?:常务委员会)?)"
)
_ORDER = re.compile(r"日(?:中华人民共和国)?([\u4e00-\u9fff]{2,20})令第")
_BY = re.compile(r"日《?([\u4e00-\u9fff]{2,20}?)(?:第[\d一二三四五六七八九十]+次|批准|令|公布|发布|关于修改)")


def choose_bodies(page: Page, title: str | None) -> tuple[str, ...]:
    """Return the issuing bodies, or ()."""
    if page.history:
        return _adopting(page.history[-1].line.tight)
    prefix = title_prefix(fold(title)) if title else None
    in_title = split_organs(prefix) if prefix else ()
    signed = [s.bodies for s in (*page.signatures, *reversed(page.tail_signatures)) if s.bodies]
    top = page.lines[:_LETTERHEAD]
    letterhead = [split_organs(re.sub(r"(?:文件)$", "", line.text)) for line in top]
    bracketed = [split_organs(m[1]) for line in top if (m := _BODY_AND_DATE.match(line.tight))]
    listed = [
        split_organs(re.sub(r"[\s,].*|\([^()]{0,60}\)$", "", f.value)) for f in page.all("body", "author")
    ]
    candidates = [
        *signed,
        in_title,
        _orderer(page),
        *listed,
        *bracketed,
        *(c for c in letterhead if c and _stands_alone(c[0])),
    ]
    return next((c for c in candidates if c), ())


def _orderer(page: Page) -> tuple[str, ...]:
    """杭州市人民政府令第330号 is of the 杭州市人民政府."""
    number = page.number()
    return split_organs(number.sign.removesuffix("令")) if number and number.sign.endswith("令") else ()


def _adopting(line: str) -> tuple[str, ...]:
    """Who adopted a statute: 上海市第十五届人民代表大会常务委员会第二次会议 is the standing committee."""
    last = line[max(0, max((m.start() for m in re.finditer(r"(?:19|20)\d\d年", line)), default=0)) :]
    order = _ORDER.search(last)
    if order:
        return (order[1],)
    congress = _CONGRESS.search(last)
    if congress:
        return (f"{congress[1]}{congress[2]}",)
    by = _BY.search(last)
    return (by[1],) if by else ()


def _stands_alone(name: str) -> bool:
    """A body whose name says whose it is can be a letterhead; 教育局 alone may be a table's cell."""
    return is_central(name) or organ_place(name) is not None


def choose_place(
    page: Page, bodies: tuple[str, ...], titles: tuple[str | None, ...], number: DocumentNumber | None
) -> tuple[Division | None, str | None, list[Remark]]:
    """Return the division whose document it is, its level, and remarks."""
    national = any(is_central(name) for name in bodies)
    if national or (not bodies and any(t and t.startswith("中华人民共和国") for t in titles)):
        return division("100000"), "national", []
    place = next((p for name in bodies if (p := organ_place(name))), None)
    if place is None and any(bare_level(name) == "province" for name in bodies):
        place = _signed_province(number) or _only_province(page)
    coded = _codes(page)
    if place is None:
        place = _place_in_title(*titles)
        hosts = (p for f in page.all("host", "body", "origin") if (p := organ_place(f.value)))
        place = place or next(iter(coded), None) or next(hosts, None)
    level = next((lv for name in bodies if (lv := bare_level(name))), None)
    if place is None:
        return None, level, []
    remarks = [
        Remark("place", f"the page's code {d.code} means {d.name}, the document is of {place.name}")
        for d in coded[:1]
        if place.code not in (d.code, d.now)
    ]
    town = next((m for name in bodies if (m := _TOWNSHIP.search(name))), None)
    if town is not None:
        # A township has no code here: the county's, with its own name and level.
        return replace(place, name=place.name + town["name"], level="township"), "township", remarks
    return place, place.level, remarks


def _codes(page: Page) -> list[Division]:
    codes = [m.group()[:6] for f in page.all("site_code") if (m := re.match(r"\d{10}", f.value))]
    for f in page.all("index_number"):
        # A unified social credit code (11 + division + body) or the division itself.
        m = re.match(r"1[1-9](\d{6})|(\d{6})\d{3,4}/", f.value)
        codes += [m[1] or m[2]] if m else []
    return [d for code in codes if (d := division(code)) is not None]


def _place_in_title(*titles: str | None) -> Division | None:
    """The first place a title names in full: 推动海南省重点领域…, 《阜阳市…方案》."""
    for title in titles:
        plain = re.sub(r"[\s《》]", "", title or "")
        for at in range(len(plain) - 2):
            found, length = place_in(plain[at : at + 40])
            if found is not None and length >= 3 and plain[at : at + length].endswith(found.name[-1]):
                return found
    return None


def _only_province(page: Page) -> Division | None:
    """省委办公厅 without a number: the province, if the head of the document names just one."""
    head = page.folded[page.lines[0].start : page.lines[-1].end] if page.lines else ""
    found = {code for name, code in _province_names() if name in head}
    return division(found.pop()) if len(found) == 1 else None


@cache
def _province_names() -> tuple[tuple[str, str], ...]:
    codes = {row["code"] for row in read_table("province_signs")}
    return tuple(
        (d.name[: 3 if d.name[:1] in "内黑" else 2], d.code) for c in sorted(codes) if (d := division(c))
    )


def _signed_province(number: DocumentNumber | None) -> Division | None:
    """鄂政发 with 省人民政府 as the issuer is of Hubei; a bare 宁政发 may be Nanjing's."""
    sign = number.sign if number is not None else ""
    code = next((r["code"] for r in read_table("province_signs") if sign.startswith(r["sign"])), None)
    return division(code) if code else None
