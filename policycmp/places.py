"""Where a plan comes from, and who stands above whom.

Whether one plan can have followed another depends on two facts this room establishes:
the *kinship* of two jurisdictions and the *order* of two dates. Kinship is read from the
six-digit division codes of GB/T 2260: every code has a parent in `tables/divisions.csv`,
so "above" means "an ancestor of". Names resolve to codes from the longest division name
at their beginning, level by level (四川省 › 乐山市), and a name that several places share
(城关区, 朝阳区) resolves only with its province or city before it. Renamed and abolished
units are in the table too; ``now`` says which unit of today they became.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, Protocol

from policycmp.tables import read_table

__all__ = [
    "LEVELS",
    "Division",
    "Kinship",
    "Order",
    "Placed",
    "division",
    "kinship",
    "order",
    "place_in",
    "resolve",
    "short_name",
]

Kinship = Literal["same", "superior", "subordinate", "sibling", "unrelated", "unknown"]
Order = Literal["template_earlier", "template_later", "unknown"]

LEVELS = ("national", "province", "prefecture", "county", "township")
"""Levels of government, highest first; a township has no code of its own here."""


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division: code, full name, level, and the code of the one above it.

    Examples
    --------
    >>> division("640422")
    Division(code='640422', name='西吉县', level='county', parent='640400', last_seen=None, now=None)
    """

    code: str
    name: str
    level: str
    parent: str | None
    last_seen: str | None = None
    """Year of the last list that has it, or None if it exists today."""
    now: str | None = None
    """Code of the division it became, where known."""


class Placed(Protocol):
    """What `kinship` and `order` look at: a `Plan`, a `Header` or anything with these fields."""

    @property
    def adcode(self) -> str | None: ...
    @property
    def jurisdiction(self) -> str | None: ...
    @property
    def level(self) -> str | None: ...
    @property
    def date(self) -> dt.date | None: ...


@cache
def _by_code() -> dict[str, Division]:
    # Current rows come first in the file, so a reused code means the division of today.
    table: dict[str, Division] = {}
    for d in _divisions():
        table.setdefault(d.code, d)
    return table


@cache
def _divisions() -> tuple[Division, ...]:
    return tuple(
        Division(
            r["code"], r["name"], r["level"], r["parent"] or None, r["last_seen"] or None, r["now"] or None
        )
        for r in read_table("divisions")
    )


# 恩施土家族苗族自治州 is called 恩施州, 内蒙古自治区 内蒙古: the name without its peoples and its rank.
@cache
def _peoples() -> re.Pattern[str]:
    names = sorted((r["name"] for r in read_table("peoples")), key=len, reverse=True)
    return re.compile(f"(?<=..)(?:{'|'.join(names)}){{1,8}}(?=自治)")


_RANKS = (
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "林区",
    "特区",
    "省",
    "市",
    "盟",
    "州",
    "县",
    "旗",
    "区",
)


def short_name(name: str) -> str:
    """Return the name as people say it, without rank.

    Examples
    --------
    >>> short_name("吴忠市"), short_name("内蒙古自治区"), short_name("恩施土家族苗族自治州")
    ('吴忠', '内蒙古', '恩施')
    """
    bare = name if name.endswith("自治区") and name[1:3] == "蒙古" else _peoples().sub("", name)
    for rank in _RANKS:
        if bare.endswith(rank) and len(bare) - len(rank) >= 2:
            return bare[: -len(rank)]
    return bare


@cache
def _names() -> dict[str, tuple[Division, ...]]:
    """Every name and short name to its divisions, today's before yesterday's."""
    found: dict[str, list[Division]] = {}
    for d in _divisions():
        forms = {d.name}
        short = short_name(d.name)
        if short != d.name and len(short) >= 2:
            forms.add(short)
            if d.name.endswith(("自治州", "自治县")):
                forms.add(short + d.name[-1])
        for form in forms:
            found.setdefault(form, []).append(d)
    return {form: tuple(sorted(ds, key=lambda d: d.last_seen is not None)) for form, ds in found.items()}


@cache
def _longest() -> int:
    return max(map(len, _names()))


def division(code: str) -> Division | None:
    """Return the division with this six-digit code (12-digit codes are cut), or None.

    Examples
    --------
    >>> division("420600").name
    '襄阳市'
    """
    return _by_code().get(str(code).strip()[:6])


def _ancestors(d: Division) -> tuple[str, ...]:
    """Codes above a division, nearest first."""
    codes: list[str] = []
    parent = d.parent
    while parent and parent not in codes:
        codes.append(parent)
        above = _by_code().get(parent)
        parent = above.parent if above else None
    return tuple(codes)


def _candidates(form: str, within: Division | None) -> tuple[Division, ...]:
    found = _names().get(form, ())
    return found if within is None else tuple(d for d in found if within.code in _ancestors(d))


def _choose(form: str, candidates: tuple[Division, ...]) -> Division | None:
    """The division that `form` means, or None where several could be meant."""
    exact = tuple(d for d in candidates if d.name == form) or candidates
    today = tuple(d for d in exact if d.last_seen is None) or exact
    # 吉林 the province before 吉林 the city; two places of one rank stay undecided.
    top = min(LEVELS.index(d.level) for d in today)
    best = tuple(d for d in today if LEVELS.index(d.level) == top)
    return best[0] if len({(d.now or d.code) for d in best}) == 1 else None


@lru_cache(maxsize=16384)
def place_in(text: str, within: Division | None = None) -> tuple[Division | None, int]:
    """Return the most exact division named at the beginning of `text` and how many characters name it.

    Examples
    --------
    >>> found, length = place_in("四川省乐山市人民政府办公室")
    >>> found.name, length
    ('乐山市', 6)
    """
    at = 0
    while at < len(text):
        longest = min(_longest(), len(text) - at)
        forms = (text[at : at + size] for size in range(longest, 1, -1))
        named = next(((form, c) for form in forms if (c := _candidates(form, within))), None)
        found = _choose(*named) if named else None
        if named is None or found is None:
            break  # a name several places share says no more than what stands before it
        within, at = found, at + len(named[0])
    return (within, at) if at else (None, 0)


def resolve(name: str | None) -> Division | None:
    """Return the division a name means, or None if there is none or several share the name.

    Full names, short names, names with their province or city before them, and bodies
    named after their place (``西吉县人民政府办公室``) resolve.

    Examples
    --------
    >>> resolve("吴忠市").code, resolve("平罗县").code, resolve("襄樊市").now
    ('640300', '640221', '420600')
    >>> resolve("朝阳区") is None, resolve("北京市朝阳区").code
    (True, '110105')
    """
    if not name:
        return None
    text = re.sub(r"\s", "", name)
    if text in ("国家", "全国", "中国", "中华人民共和国"):
        return division("100000")
    return place_in(text.removeprefix("中国共产党").removeprefix("中共"))[0]


def _place_of(document: Placed) -> Division | None:
    found = (division(document.adcode) if document.adcode else None) or resolve(document.jurisdiction)
    if found is None and document.level == "national":
        found = division("100000")
    return _today(found)


def _today(d: Division | None) -> Division | None:
    """The division of today that `d` is or became."""
    return _by_code().get(d.now, d) if d is not None and d.now else d


def kinship(local: Placed, template: Placed) -> Kinship:
    """Return how the template's jurisdiction stands to the local one.

    ``superior``: above it; ``subordinate``: below it; ``sibling``: same province, neither
    above the other; ``unrelated``: another province; ``unknown``: a place is not known.

    Examples
    --------
    >>> from types import SimpleNamespace as Place
    >>> xiji = Place(adcode="640422", jurisdiction="西吉县", level="county")
    >>> kinship(xiji, Place(adcode="640300", jurisdiction="吴忠市", level="prefecture"))
    'sibling'
    >>> kinship(xiji, Place(adcode="640400", jurisdiction="固原市", level="prefecture"))
    'superior'
    """
    a, b = _place_of(local), _place_of(template)
    if a is None or b is None:
        return "unknown"
    if a.code == b.code:
        towns = (local.level == "township", template.level == "township")
        if towns == (True, True) and local.jurisdiction != template.jurisdiction:
            return "sibling"
        return "superior" if towns == (True, False) else "subordinate" if towns == (False, True) else "same"
    if b.code in _ancestors(a):
        return "superior"
    if a.code in _ancestors(b):
        return "subordinate"
    return "sibling" if a.code[:2] == b.code[:2] else "unrelated"


def order(local: Placed, template: Placed) -> Order:
    """Return whether the template is earlier or later than the local plan; one day or no date: unknown.

    Examples
    --------
    >>> import datetime as dt
    >>> from types import SimpleNamespace as Dated
    >>> order(Dated(date=dt.date(2019, 1, 24)), Dated(date=dt.date(2023, 3, 2)))
    'template_later'
    """
    if local.date is None or template.date is None or local.date == template.date:
        return "unknown"
    return "template_earlier" if template.date < local.date else "template_later"
