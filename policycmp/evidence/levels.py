"""Evidence from levels: whose award, which grade.

Two kinds. *Administrative* levels (``tables/level_ranks.csv``): 国家级 above 自治区级 above 市级 above
县级. Where each side names its own place's level (市级平台→县级平台) that is localisation and no
evidence. *Ordinal* grades: 三级→四级公路, Ⅲ类→Ⅱ类水, 三星→五星, 3A→5A, 乙级→甲级, 合格→优秀; whether
a lower number is better depends on what is graded (``tables/grades.csv``), by default it is, as
with most Chinese grades, while more stars or A's are always better.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from policycmp.evidence.model import Evidence
from policycmp.evidence.pair import Pair
from policycmp.evidence.segments import by_segment
from policycmp.evidence.weights import Weights
from policycmp.stretches import KEPT
from policycmp.tables import read_table
from policycmp.targets.number_signs import sign_pattern

__all__ = ["levels", "place_rank", "rank"]


@dataclass(frozen=True, slots=True)
class _Level:
    family: str
    rank: float
    """Higher is better."""
    start: int
    end: int


_AWARDED = r"[^，。；、]{0,14}?{}"
_DIGITS = "零一二三四五六七八九十"
_ROMAN = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "Ⅵ": 6}
_ORDINAL = re.compile(
    r"(?P<n>[一二三四五六七八九1-9ⅠⅡⅢⅣⅤⅥ]|特)(?:(?P<of>级|等)(?!市场|人员|别|教育|以上学校)(?:(?P<class>[特甲乙丙])等|(?P<sub>[ABC])(?=标准|排放|[，。；、,;]|$))?"
    r"|类(?=水|标准|以上|以内|园|幼儿园|[，。；、,;]|$))"
)
_MORE = re.compile(r"(?P<n>[一二三四五1-5])(?P<of>星级?|A级?(?![A-Za-z]))|(?P<as>A{1,5})级")
_STEMS = re.compile(r"(?<!级)(?P<n>[甲乙丙丁])(?P<of>级|等|类)")


@cache
def _verdicts() -> tuple[re.Pattern[str], dict[str, float]]:
    """Return a pattern for what is awarded or attained (合格等次, 推荐标准), and how high each word stands."""
    rows = sorted(read_table("verdicts"), key=lambda row: -len(row["word"]))
    words = "|".join(f"{row['word']}(?={row['before']})" for row in rows)
    return re.compile(words), {row["word"]: float(row["grade"]) for row in rows}


@cache
def _administrative() -> tuple[re.Pattern[str], dict[str, tuple[float, bool]]]:
    terms = {row["term"]: (float(row["rank"]), row["bare"] == "1") for row in read_table("level_ranks")}
    return re.compile("|".join(sorted(map(re.escape, terms), key=len, reverse=True))), terms


@cache
def _graded() -> dict[str, int]:
    return {row["noun"]: -1 if row["better"] == "lower" else 1 for row in read_table("grades")}


def _number(sign: str) -> int:
    return int(sign) if sign.isdigit() else _ROMAN.get(sign) or _DIGITS.index(sign)


def rank(term: str) -> float | None:
    """Return the rank of an administrative level (国家级 6 … 校级 1), None for any other word."""
    found = _administrative()[1].get(term)
    return None if found is None else found[0]


@by_segment
def _levels(folded: str) -> dict[str, list[_Level]]:
    """Return the levels a segment names, by family."""
    out = []
    pattern, terms = _administrative()
    for m in pattern.finditer(folded):
        height, bare = terms[m.group()]
        if not bare or sign_pattern("award", _AWARDED).match(folded, m.end()):
            out.append(_Level("administrative", height, m.start(), m.end()))
    sign = next((s for noun, s in _graded().items() if noun in folded), -1)
    for m in _ORDINAL.finditer(folded):
        # 三级乙等 is above 二级甲等: the class only tells apart what is of one grade.
        fine = {"特": 0.3, "甲": 0.2, "乙": 0.1, "A": 0.2, "B": 0.1}.get(m["class"] or m["sub"] or "", 0.0)
        height = (10.0 if sign > 0 else -0.5) if m["n"] == "特" else sign * float(_number(m["n"]))
        out.append(_Level(f"ordinal {m['of'] or '类'}", height + fine, m.start(), m.end()))
    for m in _MORE.finditer(folded):
        height = len(m["as"]) if m["as"] else _number(m["n"])
        out.append(_Level("star" if m["of"] and "星" in m["of"] else "A", float(height), m.start(), m.end()))
    for m in _STEMS.finditer(folded):
        out.append(_Level(f"stem {m['of']}", -float("甲乙丙丁".index(m["n"])), m.start(), m.end()))
    rated, height_of = _verdicts()
    for m in rated.finditer(folded):
        out.append(_Level("verdict", height_of[m[0]], m.start(), m.end()))
    families: dict[str, list[_Level]] = {}
    for level in out:
        families.setdefault(level.family, []).append(level)
    return families


def levels(pair: Pair, weights: Weights) -> Iterator[Evidence]:
    """Yield levels and grades that were raised or lowered."""
    named, named_there = _levels(pair.local.passage), _levels(pair.template.passage)
    for i, k in enumerate(pair.answer):
        if k is None or not named[i] or not named_there[k]:
            continue
        here, there = pair.local.segments[i], pair.template.segments[k]
        for family, mine in named[i].items():
            other = named_there[k].get(family, [])
            if len(mine) != 1 or len(other) != 1 or mine[0].rank == other[0].rank:
                continue
            one, two = mine[0], other[0]
            a, b = here.start + one.start, here.start + one.end
            c, d = there.start + two.start, there.start + two.end
            own = family == "administrative" and _own_levels(pair, one.rank, two.rank)
            direction = "neutral" if own else "sharpen" if one.rank > two.rank else "weaken"
            yield Evidence(
                "level",
                direction,
                0.0 if own else weights["level", "changed"],
                pair.local.passage.text[a:b],
                pair.template.passage.text[c:d],
                *(a, b, c, d),
                about=here.text[one.end :][:12],
            )


def _own_levels(pair: Pair, local: float, template: float) -> bool:
    """Tell whether both sides name the level of their own place, as far as that is known."""
    ranks = [place_rank(side.passage.place) for side in (pair.local, pair.template)]
    if None in ranks:
        return (local, template) in ((3.0, 4.0), (4.0, 3.0))
    return (local, template) == tuple(ranks)


@lru_cache(maxsize=KEPT)
def place_rank(place: str | None) -> float | None:
    """Return the rank of a jurisdiction's own level; None where the jurisdiction is not known."""
    if not place:
        return None
    from policycmp.places import resolve

    found = resolve(place)
    ranks = {"national": 6.0, "province": 5.0, "prefecture": 4.0, "county": 3.0, "township": 2.0}
    return None if found is None else ranks[found.level]
