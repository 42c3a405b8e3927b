"""Names of units in a list, as printed.

A list is cut at its separators outside brackets, and at 和 between two names. Notes in
brackets are dropped, but 各县（市、区） is one name and keeps its bracket; 等, 有关部门 and the
like are no names. A list may state the level once (市教育局、财政局): `normalised` gives every
name its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from policycmp.tables import read_table
from policycmp.text import Span, fold, squeeze

__all__ = ["is_unit", "normalised", "units_in_cell", "units_of", "without_notes"]

_NO_UNIT = re.compile(
    r"(?:(?:各|其他|其它|及|和|会同|以及|等)?(?:各)?(?:有关|相关|责任|成员|各)?(?:有关|相关)?(?:部门|单位|方面|地方)(?:[和及](?:有关|相关)?(?:单位|部门))?|会同.{0,12}|等|各(?:有关|相关).{0,2}|下同|负责|分工负责|[一-龥])"
)
_GEO = re.compile(
    r"[<(〈‹«\[]?(?:[省市县区州盟旗乡镇、,/和或含及]|自治[县州旗]|街道|园区|地区|开发区|新区|林区|团场|管委会){1,20}[>)〉›»\]]?"
)
_ALL_OF = re.compile(
    r"各(?:有关)?(?:省|市|州|县|区|盟|旗|乡|镇|地|\([^()]{1,12}\)|<[^<>]{1,12}>){1,3}(?:、(?:市|州|县|区|盟|旗|乡|镇|自治[县州旗]|\([^()]{1,12}\)){1,3}(?=[、,;)人政党]|$)){1,4}(?:人民政府|政府|党委)?"
)
_OPEN, _SHUT = "(<〈‹«[《“【〔", ")>〉›»]》”】〕"


def _split(folded: str) -> list[Span]:
    """Return the spans of a list's items; separators inside brackets do not count."""
    spans = []
    depth = at = 0
    keep = [match.span() for match in _ALL_OF.finditer(folded)]
    index = 0
    while index <= len(folded):
        char = folded[index] if index < len(folded) else ","
        if keep and index == keep[0][0]:
            index = keep.pop(0)[1]
            continue
        if char in _OPEN:
            depth += 1
        elif char in _SHUT:
            depth = max(depth - 1, 0)
        elif (depth == 0 or index == len(folded)) and char in "、,;/|":
            spans.append((at, index))
            at = index + 1
        index += 1
    out = []
    for start, end in spans:
        joint = next(
            (
                m
                for m in re.finditer(r"等?(?:和|及|以及|与)", folded[start:end])
                if _unit().search(folded[start : start + m.start()] + ("等" if m.group()[0] == "等" else ""))
                and _unit().search(folded[start + m.end() : end])
                and start + m.end() < end - 1
                and folded[start : start + m.start()].count("(")
                == folded[start : start + m.start()].count(")")
            ),
            None,
        )
        if joint:
            out += [(start, start + joint.start()), (start + joint.end(), end)]
        else:
            out.append((start, end))
    return out


def without_notes(printed: str) -> str:
    """Return a unit's name without notes in brackets; （市、区） is part of the name."""
    folded = fold(printed)
    out, at = "", 0
    for match in re.finditer(
        r"\((?:[^()]|\([^()]{0,40}\)){0,80}\)|<[^<>]{0,20}>|〈[^〈〉]{0,20}〉|‹[^‹›>]{0,20}[›>]|\[[^\[\]]{0,20}\]",
        folded,
    ):
        if not _GEO.fullmatch(match.group()):
            out += printed[at : match.start()]
            at = match.end()
    return out + printed[at:]


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(row['suffix'] for row in read_table('unit_suffixes'))})(?:等)?$")


def is_unit(name: str) -> bool:
    """Say whether a name (folded, without spaces) ends like that of a unit."""
    return bool(_unit().search(name))


def units_of(words: str) -> tuple[str, ...]:
    """Return the units of a list, as printed without notes in brackets.

    Examples
    --------
    >>> units_of("市教育局、市住房和城乡建设局（市人防办）等部门和各县（市、区）政府")
    ('市教育局', '市住房和城乡建设局', '各县（市、区）政府')
    """
    printed = squeeze(words)
    folded = fold(printed)
    found: list[str] = []
    for start, end in _split(folded):
        unit = without_notes(printed[start:end]).strip("。.:：-—·")
        unit = re.sub(r"^(?:由|会同|以及|及|和)(?=..)|会同(?:有关|相关|各).*$", "", unit)
        unit = re.sub(
            r"等(?:有关|相关|各|成员)?(?:部门|单位|企业|机构|方面|地区)?(?:[和及](?:单位|部门))?$", "", unit
        )
        if unit and len(unit) <= 40 and not _NO_UNIT.fullmatch(unit) and unit not in found:
            found.append(unit)
    return tuple(found)


def units_in_cell(words: str) -> tuple[str, ...]:
    """Return the units of a table cell, where a line or a space may part them, or break one.

    Examples
    --------
    >>> units_in_cell("教育工委\\n自然资源\\n局、残联 科协")
    ('教育工委', '自然资源局', '残联', '科协')
    """
    joined = ""
    for part in words.split():
        joined += ("、" if _unit().search(fold(joined)) and len(part) > 1 else "") + part
    return units_of(joined)


def normalised(units: Iterable[str]) -> tuple[str, ...]:
    """Return units with the level a list states once: 市教育局、财政局 are both 市.

    Examples
    --------
    >>> normalised(("市教育局", "财政局", "各县（市、区）"))
    ('市教育局', '市财政局', '各县（市、区）')
    """
    level = ""
    out = []
    for unit in units:
        prefix = re.match(r"(?:自治区|自治州|[省市县区州旗])(?=[一-龥]{2})", unit)
        if prefix:
            level = prefix.group()
        bare = (
            not prefix
            and re.search(r"[局委办厅院联会]$|团委$", unit)
            and not unit.startswith(("各", "中", "国", "团", "人行"))
        )
        out.append(level + unit if level and bare else unit)
    return tuple(out)
