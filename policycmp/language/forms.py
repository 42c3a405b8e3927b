"""The forms localisation exchanges: names of places, agencies, levels and what is written two ways.

They are tables (``divisions``, ``agencies``, ``localised_forms``, ``synonyms``). What a plan calls
its own depends on its level (市, 县) and on the names of its place and of those above it; the first
is shared by all plans of a level, the names matter only in a text that holds them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from policycmp.places import division, resolve, short_name
from policycmp.tables import read_table

__all__ = ["Forms", "Naming", "forms", "naming", "own_units"]


@dataclass(frozen=True, slots=True)
class Naming:
    """What a plan calls its own place: words of its level, and names."""

    levels: tuple[str, ...]
    names: tuple[str, ...]

    def within(self, folded: str) -> Naming:
        """Return the naming without the names that are not in the text: most texts of a level have the same."""
        names = tuple([name for name in self.names if name in folded])
        return self if names == self.names else Naming(self.levels, names)


@dataclass(frozen=True, slots=True)
class Forms:
    """Norms of localised forms."""

    shared: dict[str, str]
    """Of all plans of the level."""
    own: dict[str, str]
    """Those with a name of the place itself."""
    places: frozenset[str]
    """Names and levels that may stand before a school's name."""
    reach: dict[str, int]
    """First character of a form to the length of the longest that begins so."""

    def norm(self, form: str) -> str | None:
        """Return the norm of a form, None where it is none."""
        return self.shared.get(form) or self.own.get(form)


@lru_cache(maxsize=1024)
def naming(place: str | None) -> Naming:
    """Return what a plan of this place calls its own; every level where the place is not known."""
    return Naming(_level_words(place) or _ALL_LEVELS, _family(place))


def own_units(units: Collection[str], place: str | None) -> dict[str, str]:
    """Return for each unit a plan names its name without the plan's own place, where it is named so too.

    Examples
    --------
    >>> own_units({"县教育局", "教育局", "县委政法委", "政法委", "县公安局"}, "西吉县")["县教育局"]
    '教育局'
    """
    own = naming(place)
    prefixes = (*own.names, *(f"{level}委" for level in own.levels), *own.levels)
    return {
        unit: next(
            (rest for p in prefixes if unit.startswith(p) and (rest := unit.removeprefix(p)) in units), unit
        )
        for unit in units
    }


@lru_cache(maxsize=1024)
def forms(own: Naming) -> Forms:
    """Return the forms of a naming."""
    if not own.names:
        shared = _shared(own.levels)
        return Forms(shared, {}, frozenset(_letters(own.levels)), _reach(shared))
    base = forms(Naming(own.levels, ()))
    mine = dict.fromkeys(own.names, "〈地〉")
    for row in read_table("agencies"):
        mine.update(
            (name + agency, f"〈{row['key']}〉") for agency in row["names"].split("|") for name in own.names
        )
    for row in read_table("localised_forms"):
        if _of_level(row["levels"], own.levels) and row["norm"] in ("〈党委〉", "〈政府〉"):
            mine.update((name + row["form"], row["norm"]) for name in own.names)
    longest = {first: max(size, base.reach.get(first, 0)) for first, size in _reach(mine).items()}
    return Forms(base.shared, mine, base.places.union(own.names), {**base.reach, **longest})


def _shared(levels: tuple[str, ...]) -> dict[str, str]:
    norms = dict(_everywhere())
    for row in read_table("synonyms"):
        if row["after_figure"] != "1":
            norms[row["word"]] = norms[row["norm"]] = row["norm"]
    prefixes = ["", "国家", *(level for level in levels if level != "国")]
    for row in read_table("agencies"):
        for name in row["names"].split("|"):
            norms.update((prefix + name, f"〈{row['key']}〉") for prefix in prefixes)
    for row in read_table("localised_forms"):
        if _of_level(row["levels"], levels):
            norms[row["form"]] = row["norm"] or row["form"]
    if levels == ("自治区", "区"):
        norms["区级"] = "省级"
    return norms


def _of_level(given: str, levels: tuple[str, ...]) -> bool:
    return not given or not set(given.split("|")).isdisjoint(levels)


def _letters(levels: tuple[str, ...]) -> Iterable[str]:
    return (level for level in levels if len(level) == 1 and level != "国")


def _reach(norms: dict[str, str]) -> dict[str, int]:
    reach: dict[str, int] = {}
    for form in norms:
        reach[form[0]] = max(reach.get(form[0], 0), len(form))
    return reach


@lru_cache(maxsize=1)
def _everywhere() -> dict[str, str]:
    """Every division by its full name, provinces by their short name too."""
    names: dict[str, str] = {}
    for row in read_table("divisions"):
        called = _called(row["name"])
        if row["level"] != "province":
            called.remove(short_name(row["name"]))  # 和平, 新城 and 长安 are words too
        names.update((name, "〈地〉") for name in called if len(name) > 1 and row["level"] != "national")
    return names


def _level_words(place: str | None) -> tuple[str, ...] | None:
    """Return what a plan of this place calls itself (市; 县; 自治区 and 区), None where unknown."""
    if not place:
        return None
    for rank, words in _RANKS:
        if place.endswith(rank):
            return words
    return None


_RANKS = (
    ("自治区", ("自治区", "区")),
    ("自治州", ("州",)),
    ("自治县", ("县",)),
    ("地区", ("市", "地区")),
    ("国家", ("国",)),
    ("全国", ("国",)),
    ("省", ("省",)),
    ("市", ("市",)),
    ("州", ("州",)),
    ("盟", ("盟",)),
    ("县", ("县",)),
    ("旗", ("旗",)),
    ("区", ("区",)),
    ("镇", ("乡镇",)),
    ("乡", ("乡镇",)),
)
_ALL_LEVELS = ("省", "自治区", "市", "州", "盟", "县", "旗", "区", "国", "乡镇")


def _family(place: str | None) -> tuple[str, ...]:
    """Return the names of the place itself and of those above it, full and short."""
    if not place:
        return ()
    names = _called(place)
    found = resolve(place)
    while found is not None and found.level != "national":
        names += _called(found.name)
        found = division(found.parent) if found.parent else None
    return tuple(dict.fromkeys(name for name in names if len(name) >= 2))


def _called(name: str) -> list[str]:
    """Return what people call a place: 恩施土家族苗族自治州, 恩施州, 恩施."""
    short = short_name(name)
    return [name, short, short + name[-1]] if name.endswith(("自治州", "自治县", "自治旗")) else [name, short]
