"""Titles: the covering notice's and the plan's own.

A title ends in the name of a kind of document (``genres``: 方案, 意见, 通知, 条例 …), perhaps with
(试行) behind it, and has no sentence punctuation outside 《》. It is printed over one to six
lines, so lines are joined until a kind ends them and no 《 is open. A *covering* title
(…关于印发《…》的通知) holds the plan's own title; the plan itself, further down, usually prints it
again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from policycmp.places import place_in
from policycmp.tables import read_table

__all__ = ["TitleFound", "covered", "find_titles", "has_verb", "is_title", "tidy", "title_prefix"]

_LINES = 6
_LONGEST = 160
_SCRAP = 6
"""Lines up to this length are no line of a wrapped title: those fill the page's width."""
_NOTE = r"(?:\([^()]{1,24}\)|〔[^〔〕]{1,12}〕|\[[^\[\]]{1,12}\])?"
_CLOSED = ("》", "通知", "公告", "通告", "函", "决定", "令", "批复", "意见", ")")
_VERB = re.compile(r"关于|印发|转发|批转|发布|公布|下发|出台|贯彻|实施")
_COVER = re.compile(
    r"^(?P<before>.{0,120}?)(?:关于)?(?P<verb>印发|转发|批转|下发|发布|公布|颁布|出台)(?P<inner>.{4,140}?)"
    r"(?:等\S{0,6}?)?(?:的)?(?P<kind>通知|公告|通告|函|决定|令|批复)?$"
)
_SHOWN = re.compile(
    r"^(?:.{2,60}?(?=关于|《))?(?:关于)?(?:对|征求)?《(?P<inner>[^《》]{4,140})(?:》|$)(?:\([^()]{2,12}\))?"
    r"(?:公开)?(?:征求)?(?:修改|社会|公众)?(?:意见|建议)?(?:的?(?:公示|公告|函|通知|通告))?$"
)
"""A body's name or a public notice around the plan's title: 关于《…方案》的公示, 中共某市委《…方案》."""
_PREFIX = re.compile(
    r"^(?P<bodies>.{2,110}?)(?=关于|《|印发|转发|批转|下发|出台|公布|发布|贯彻落实|贯彻|对(?=全国|十|第|政协))"
)


@dataclass(frozen=True, slots=True)
class TitleFound:
    """A title and the lines (indexes) it was printed on."""

    text: str
    first: int
    last: int


@cache
def _genre() -> re.Pattern[str]:
    genres = sorted((row["genre"] for row in read_table("genres")), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(genres)}){_NOTE}{_NOTE}》?$")


def tidy(title: str) -> str:
    """Return a title without layout: no line breaks, letter-spacing, outer 《》 or Markdown mark.

    Examples
    --------
    >>> tidy("《临沂市推进绿色低碳\\n县城建设实施方案》 ")
    '临沂市推进绿色低碳县城建设实施方案'
    """
    # Blanks first, then line breaks, each in one pass: a run of blanks is never scanned twice.
    title = re.sub(r" ?\n ?", "", re.sub(r"[^\S\n]+", " ", title))
    title = _mended(re.sub(r"\n+", "", title)).strip(" \t\u3000\xa0#*")
    title = re.sub(r"(?<=[^\x00-\x7f])\s(?=[\x00-\x7f])|(?<=[\x00-\x7f])\s(?=[^\x00-\x7f])", "", title)
    # A space between two phrases is printed on purpose; between single characters it is letter-spacing.
    title = re.sub(r"(?<![\u4e00-\u9fff》]{4})\s+|\s+(?![\u4e00-\u9fff《]{4})", "", title)
    inner = re.fullmatch(r"《([^《》]+)》?", title)
    return inner[1] if inner else title


def is_title(text: str) -> bool:
    """Return whether joined lines (folded, no white space) read as a title.

    Examples
    --------
    >>> is_title("西吉县教育质量提升行动实施方案"), is_title("请认真抓好贯彻落实")
    (True, False)
    """
    if not 6 <= len(text) <= _LONGEST or _stops(text) or text.count("《") > text.count("》"):
        return False
    if re.match(r"为|根据|按照|依据|现将|现就|经|近日|日前|《[^《》]*》(?:已|主要|经)|请|各", text):
        return False
    if "《" not in text and re.match(
        r"[(〔]?(?:附件?|注|第?[一二三四五六七八九十\d]{1,3}[、.)章条]|首页|当前|您)", text
    ):
        return False
    return bool(_genre().search(text))


def _stops(text: str) -> bool:
    """A sentence ends here, or is broken after the last 》; a name may hold colons and commas."""
    return bool(re.search("[。;!?]", text) or re.search("[:,]", text[text.rfind("》") + 1 :]))


def _mended(text: str) -> str:
    """Close a 《 that was closed with 〉: 印发《关于…实施意见〉的通知."""
    if text.count("《") == text.count("》") + 1 and text.count("〉") == text.count("〈") + 1:
        at = text.rindex("〉")
        return f"{text[:at]}》{text[at + 1 :]}"
    return text


def find_titles(lines: Sequence[str]) -> list[TitleFound]:
    """Return the titles among printed lines, in order; a blank entry ends a title.

    `lines` are folded and without white space; lines that cannot be part of a title
    (fields of the information table, dates, numbers) should be blank.

    Examples
    --------
    >>> find_titles(["关于印发《严格能效约束推动海南省重点领域", "节能降碳技术改造实施方案》的通知"])[0].text
    '关于印发《严格能效约束推动海南省重点领域节能降碳技术改造实施方案》的通知'
    """
    found: list[TitleFound] = []
    i = 0
    while i < len(lines):
        best = _from(lines, i)
        if best is not None and len(lines[i]) <= _SCRAP and _starts_anew(lines[i + 1 :]):
            best = None  # a word of the page's furniture above the title
        if best is None:
            i += 1
        else:
            found.append(best)
            i = best.last + 1
    return found


def _starts_anew(lines: Sequence[str]) -> bool:
    """A whole title begins here, and says so by beginning with a place or a body."""
    below = _from(lines, 0) if lines else None
    return below is not None and (len(lines[0]) <= _SCRAP or place_in(below.text)[1] >= 2)


def _from(lines: Sequence[str], first: int) -> TitleFound | None:
    joined, best = "", None
    for last in range(first, min(first + _LINES, len(lines))):
        line = lines[last]
        if not line or len(joined) + len(line) > _LONGEST:
            break
        if last > first and best is not None and not (_continues(line) or _unfinished(best.text)):
            break
        joined = _mended(joined + line)
        if _stops(joined) and joined.count("《") <= joined.count("》"):
            break
        if is_title(joined):
            best = TitleFound(joined, first, last)
    return best


def _continues(line: str) -> bool:
    """A title that could end goes on if the next line begins with its end: 》的通知, (试行), 的意见."""
    return bool(re.match(r"[》)、]|[的和及与][^。;,:]{1,40}$|\([^()]{1,20}\)$", line))


def _unfinished(text: str) -> bool:
    """关于印发…规划 goes on to …的通知; so far it only ends a line with the name of a kind."""
    return bool(re.search(r"关于(?:印发|转发|批转|下发)", text)) and not text.endswith(_CLOSED)


def title_prefix(title: str) -> str | None:
    """Return the bodies a title begins with (before 关于, 印发 …), or None.

    Examples
    --------
    >>> title_prefix("国务院办公厅关于加快发展体育竞赛表演产业的指导意见")
    '国务院办公厅'
    """
    m = _PREFIX.match(title)
    return m["bodies"] if m else None


def covered(title: str) -> str | None:
    """Return the title of the plan a covering title announces, or None if it covers nothing.

    Examples
    --------
    >>> covered("县人民政府办公室关于印发平罗县工作实施方案的通知")
    '平罗县工作实施方案'
    """
    tight = title.strip()
    m = _COVER.match(tight)
    if m is None:
        shown = _SHOWN.match(re.sub(r"\s", "", tight))
        return shown["inner"] if shown else None
    inner = re.sub(r"\s+", "", m["inner"])
    whole = re.match(r"《((?:[^《》]|《[^《》]*》)+)》", inner) or re.match(
        r"〈((?:《[^《》]*》|[^〈〉])++)〉", inner
    )
    if whole:
        return whole[1]
    # Without 《》 the announced title has to be one: 发布 may also be an ordinary verb.
    return inner if m["kind"] and is_title(inner.removeprefix("关于")) else None


def has_verb(title: str) -> bool:
    """Return whether a title says what it is about (关于, 印发 …)."""
    return bool(_VERB.search(title))
