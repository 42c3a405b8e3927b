"""Names of issuing bodies: is this one, where does one end and the next begin.

A body's name ends in one of the words of ``organ_endings`` (人民政府, 委员会, 厅, 局 …) and holds
no sentence punctuation. Titles and letterheads print several without a mark between them
(``中共江苏省委江苏省人民政府``, ``安徽省发展改革委安徽省经济和信息化厅``); a new name begins where, after
an ending, a place, 中共 or a bare level (省政府) begins another one. A bare level
(``县人民政府办公室``) takes the name of the place.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from policycmp.places import Division, place_in
from policycmp.tables import read_table

__all__ = ["bare_level", "expand", "is_central", "is_organ", "organ_place", "split_organs"]

_LONGEST = 45
_FORBIDDEN = re.compile(r"[。;:!?,<>〈〉《》|@=\d]")
_BARE = re.compile(
    r"(?:中共)?(?:(?:省|市|县|区|州|盟|旗|自治区|自治州|自治县)(?=委|政府|人民政府|人大|政协|[\u4e00-\u9fff]{2,12}(?:局|厅|委|办)))"
)
_GOVERNMENT = re.compile(r"(?:人民政府|政府)(?:办公厅|办公室|办)?$")


@cache
def _endings() -> tuple[str, ...]:
    return tuple(sorted((row["ending"] for row in read_table("organ_endings")), key=len, reverse=True))


@cache
def _central() -> tuple[str, ...]:
    return tuple(sorted((row["name"] for row in read_table("central_bodies")), key=len, reverse=True))


def is_organ(name: str) -> bool:
    """Return whether `name` (no white space) can be the name of an issuing body.

    Examples
    --------
    >>> is_organ("平罗县人民政府办公室"), is_organ("认真组织实施")
    (True, False)
    """
    bare = re.sub(r"\([^()]{1,12}\)$", "", name)
    return 2 < len(bare) <= _LONGEST and bare.endswith(_endings()) and not _FORBIDDEN.search(bare)


def is_central(name: str) -> bool:
    """Return whether a body is one of the centre: 国务院, 教育部, 中共中央办公厅 …

    Examples
    --------
    >>> is_central("国家发展改革委"), is_central("西吉县人民政府")
    (True, False)
    """
    if name.startswith(("国务院", "中共中央", "中央", "全国人", "中华人民共和国")) or name in _central():
        return True
    # 农业农村部办公厅, 国家能源局综合司: a part of one that speaks for it.
    return name.startswith(_central()) and any(
        name.startswith(body) and name[len(body) :].endswith(("办公厅", "办公室", "司"))
        for body in _central()
    )


def organ_place(name: str) -> Division | None:
    """Return the division whose body this is, or None.

    Examples
    --------
    >>> organ_place("中共吴忠市委员会办公室").name
    '吴忠市'
    """
    bare = re.sub(r"^(?:中国共产党|中共|共青团)", "", name)
    found, length = place_in(bare)
    # Below the provinces a name comes with its rank: 太湖流域管理局 is not of 太湖县.
    return (
        found
        if found is not None and (found.level == "province" or bare[:length].endswith(found.name[-1]))
        else None
    )


@lru_cache(maxsize=4096)
def split_organs(text: str) -> tuple[str, ...]:
    """Return the bodies a run of names holds, or () if a part of it is no body's name.

    Examples
    --------
    >>> split_organs("中共江苏省委江苏省人民政府")
    ('中共江苏省委', '江苏省人民政府')
    >>> split_organs("四川省住房城乡建设厅等17部门")
    ('四川省住房城乡建设厅等17部门',)
    """
    names = [name for part in _parts(text) for name in _unglue(part)]
    if not names or not all(_counted(name) or is_organ(name) for name in names):
        return ()
    return tuple(dict.fromkeys(names))


def _parts(text: str) -> list[str]:
    """The names a line separates; a letter-spaced name (国 管 局) is one."""
    parts: list[str] = []
    for chunk in re.split(r"[、,]|\s{3,}" if re.search(r"\S\S", text) else "[、,]", text.strip()):
        words = chunk.split()
        parts += ["".join(words)] if all(len(word) == 1 for word in words) else words
    return [part for part in parts if part]


def _counted(name: str) -> bool:
    m = re.fullmatch(r"(.{3,40})等(?:[\d一二三四五六七八九十]{0,3}个?(?:部门|单位|厅局|委局))?", name)
    return bool(m) and is_organ(m[1])  # type: ignore[index]


def _unglue(part: str) -> list[str]:
    for at in range(3, len(part) - 2):
        if not part[:at].endswith(_endings()):
            continue
        rest = part[at:]
        # 省委办公厅 goes on after 委; 吴忠市委员会 too.
        begins = (
            rest.startswith(("中共", "中国共产党", "国务院", "中央军委"))
            or _BARE.match(rest)
            or (
                rest.startswith("人民政府")
                and part[:at].endswith(("办公厅", "办公室", "委员会", "市委", "省委", "县委", "区委"))
            )
        )
        if not begins:
            _, length = place_in(rest)
            begins = length >= 3 and len(rest) > length + 1
        if begins and (rest.endswith(_endings()) or _counted(rest)):
            return [part[:at], *_unglue(rest)]
    return [part]


def expand(name: str, place: Division | None) -> str:
    """Return `name` with its place where it only says the level.

    Examples
    --------
    >>> from policycmp.places import resolve
    >>> expand("县人民政府办公室", resolve("西吉县"))
    '西吉县人民政府办公室'
    """
    if place is None or organ_place(name) is not None or is_central(name):
        return name
    party, bare = ("中共", name[2:]) if name.startswith("中共") else ("", name)
    m = re.match(
        r"(?:自治区|自治州|自治县|省|市|县|区|州|盟|旗)(?=委|政府|人民政府|[\u4e00-\u9fff]{2})", bare
    )
    if m:
        return f"{party}{place.name}{bare[m.end() :]}"
    return f"{place.name}{name}" if _GOVERNMENT.match(bare) else name


_LEVELS = {
    "省": "province",
    "自治区": "province",
    "市": "prefecture",
    "州": "prefecture",
    "盟": "prefecture",
    "县": "county",
    "旗": "county",
    "区": "county",
}


def bare_level(name: str) -> str | None:
    """Return the level a name begins with where it does not say the place: 省委办公厅.

    Examples
    --------
    >>> bare_level("省委办公厅"), bare_level("县人民政府"), bare_level("西吉县人民政府")
    ('province', 'county', None)
    """
    m = re.match(r"(?:中共)?(自治区|省|市|州|盟|县|旗|区)(?=委|政府|人民政府|[\u4e00-\u9fff]{2})", name)
    return _LEVELS[m[1]] if m and organ_place(name) is None else None
