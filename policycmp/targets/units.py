"""What numbers are counted or measured in: ``tables/units.csv`` as one matcher.

A unit has a *dimension* (person, area, percent, …) and a *factor* to the dimension's base
unit, so that 30万元 and 500000元 or 半小时 and 30分钟 can be compared. Plans print 万 and 亿
with the unit (2万平方米), and rates of flow as a fraction (万立方米/日, 元/吨): both are read
here as one unit, the second with a compound dimension.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from policycmp.tables import read_table

__all__ = ["SCALES", "Unit", "match_unit", "unit_names"]

SCALES = {
    "百": 1e2,
    "千": 1e3,
    "万": 1e4,
    "百万": 1e6,
    "千万": 1e7,
    "亿": 1e8,
    "百亿": 1e10,
    "千亿": 1e11,
    "万亿": 1e12,
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed, and what it measures."""

    text: str
    canonical: str
    dimension: str
    factor: float
    kind: str
    heads: str = ""
    """What this classifier counts, as alternatives: 学校|幼儿园 for 所."""
    loose: bool = False
    """Also used to enumerate without counting (两个, 三级, 五项)."""
    scale: str = ""
    per: str | None = None


@cache
def unit_names() -> dict[str, Unit]:
    """Return the units of the table by name.

    Examples
    --------
    >>> unit_names()["公顷"].factor
    10000.0
    """
    return {
        row["unit"]: Unit(
            row["unit"],
            row["canonical"],
            row["dimension"],
            float(row["factor"]),
            row["kind"],
            row["heads"],
            row["loose"] == "1",
        )
        for row in read_table("units")
    }


def _longest_of(names: Iterable[str]) -> str:
    """Return a pattern for the longest of `names` that stands at a place; common beginnings are tried once.

    A hard-wrapped line may leave a space inside a unit (个 百分点).
    """
    endings: dict[str, list[str]] = {}
    for name in names:
        endings.setdefault(name[0], []).append(name[1:])
    branches = []
    for first, rest in endings.items():
        longer = [ending for ending in rest if ending]
        tail = rf"(?:\s?{_longest_of(longer)})" if longer else ""
        branches.append(re.escape(first) + tail + ("?" if longer and "" in rest else ""))
    return f"(?:{'|'.join(branches)})"


@cache
def _pattern() -> re.Pattern[str]:
    words = _longest_of(unit_names())
    # 千 and 百 scale a unit only where they are not its own first character (千瓦, 百分点).
    return re.compile(
        rf"\s?(?:(?P<plain>{words})|(?P<scale>万亿|[百千]?[万亿]|[百千](?=[元吨人户亩]|公里|公顷|平方|立方))(?:\s?(?P<scaled>{words}))?)"
        r"(?:(?P<per>/(?:[万亿百])?(?:平方公里|平方米|立方米|千瓦时|工作日|小时|公里|公顷|[年月日天时吨人户亩台米元升套辆次]))"
        r"|(?=(?P<after>[a-zA-Z])))?"
    )


@cache
def _scaled(name: str, scale: str, per: str) -> Unit:
    unit = unit_names().get(name) or Unit("", "", "count", 1.0, "count")
    per = "" if "/" in name else per
    return Unit(
        scale + name + per,
        unit.canonical + per,
        unit.dimension + per,
        unit.factor * SCALES.get(scale, 1.0),
        unit.kind,
        unit.heads,
        unit.loose and not scale,
        scale,
        per.removeprefix("/") or None,
    )


def match_unit(text: str, at: int) -> tuple[Unit, int] | None:
    """Return the unit that stands at `at` in folded text and where it ends, or None.

    Examples
    --------
    >>> unit, end = match_unit("2万平方米", 1)
    >>> unit.text, unit.dimension, unit.factor, end
    ('万平方米', 'area', 10000.0, 5)
    """
    m = _pattern().match(text, at)
    if not m or (m["after"] and (m["plain"] or m["scaled"] or "")[-1:].isascii()):
        return None
    name = "".join((m["plain"] or m["scaled"] or "").split())
    return _scaled(name, m["scale"] or "", m["per"] or ""), m.end()
