"""Which of the printed titles is the plan's, which the notice's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policycmp.header.numbers import find_numbers
from policycmp.header.organs import split_organs
from policycmp.header.page import Page, without_number
from policycmp.header.titles import TitleFound, covered, find_titles, has_verb, tidy, title_prefix
from policycmp.model import Remark
from policycmp.text import fold, squeeze

__all__ = ["Titles", "choose_titles"]

_NO_TITLE = re.compile(
    r"^\((?:[^()]*日|(?![^()]*(?:年|试行|暂行|稿|草案|修订))[^()]*)\)$|首页|当前的?位置|>>|上一[篇页]|下一[篇页]|打印|关闭|微信|二维码|收藏|字号:|(?:文件|公报|令)·?$|^第\d+号$|^[\x00-\x7f]+$|^Page|^.{2,30}发布$"
)


@dataclass(frozen=True, slots=True)
class Titles:
    """The plan's own title, the covering notice's, the first one printed, and remarks."""

    own: str | None = None
    notice: str | None = None
    first: str | None = None
    remarks: tuple[Remark, ...] = ()


_ANNEX = re.compile(r"^附(?:件|表)\d{0,2}:?(?=[^\d]{2})")
"""A plan published as an annex has its title on the line that says so."""
_NOTICE = ("的通知", "的函", "的公告", "的通告", "的公示")
_NOTICE_ENDS = 1200
_ISSUES = re.compile(
    r"现将《(?P<before>[^《》]{6,140})》(?:\([^()]{1,20}\))?(?:印发|转发)|《(?P<after>[^《》]{6,140})》(?:已经|业经|经)[^《》。]{2,80}现(?:予以?)?(?:印发|转发)"
)


def choose_titles(page: Page) -> Titles:
    """Choose among the printed titles.

    The first title that says what it is about is the document's. If it covers a plan
    (…关于印发《…》的通知), the plan's own title is the one printed after the notice's signature,
    or, where none is, the one the notice announces.
    """
    printed = _printed(page)
    listed = next((_bare(f.value) for f in page.all("title")), None)
    first = _first(page, printed, listed)
    inner = covered(first) if first else None
    if first is None:
        return Titles(own=_announced(page))
    if inner is None:
        return Titles(own=first, first=first)
    signed = max((s.start for s in page.signatures), default=-1)
    own = [
        t
        for t in printed
        if _alike(t.text, inner) and covered(t.text) is None and not _is_shortened(t.text, inner)
    ]
    own = [t for t in own if page.lines[t.first].start > signed] or own
    notice = first if has_verb(first.replace(inner, "")) else None
    if not own:
        return Titles(_whole(page, tidy(inner)), notice, first)
    title = _spaced(page, own[0])
    if len(title) < len(inner) and squeeze(fold(inner)).endswith(squeeze(fold(title))):
        return Titles(tidy(inner), notice, first)  # the first line of the printed title was lost
    if squeeze(fold(title)) != squeeze(fold(inner)):
        remark = Remark("title", f"the covering notice calls the plan {tidy(inner)}")
        return Titles(title, notice, first, (remark,))
    return Titles(title, notice, first)


def _printed(page: Page) -> list[TitleFound]:
    fields = [(f.start, f.end) for f in page.fields]
    signed = {
        k
        for s in page.signatures
        for k in range(s.first_line, len(page.lines))
        if page.lines[k].start <= s.start and (s.bodies or page.lines[k].start == s.start)
    } | {
        k + 1
        for s in page.signatures
        for k, line in enumerate(page.lines[:-1])
        if line.start == s.start and split_organs(page.lines[k + 1].text)
    }
    lines = []
    for k, line in enumerate(page.lines):
        rest = squeeze(without_number(line, page.numbers.get(k)))
        blank = (
            any(a < line.end and line.start < b for a, b in fields)
            or k in signed
            or _NO_TITLE.search(line.tight)
        )
        lines.append("" if blank else _ANNEX.sub("", rest.lstrip("#")))
    return find_titles(lines)


def _spaced(page: Page, found: TitleFound) -> str:
    return _ANNEX.sub(
        "", tidy("\n".join(without_number(line) for line in page.lines[found.first : found.last + 1]))
    )


def _first(page: Page, printed: list[TitleFound], listed: str | None) -> str | None:
    with_verb = [t for t in printed if has_verb(t.text)]
    best = with_verb[0] if with_verb else printed[0] if printed else None
    if best is None:
        return tidy(listed) if listed else None
    # The page's heading may be a shortened form of the full title printed below it.
    fuller = [t for t in with_verb[:4] if len(t.text) > len(best.text) and _alike(t.text, best.text, 60)]
    best = next((t for t in fuller if split_organs(title_prefix(t.text) or "")), best)
    text = _spaced(page, best)
    # The issuers may stand on lines of their own above the rest of the title.
    above = best.first
    while (
        above > 0
        and split_organs(page.lines[above - 1].text)
        and not _NO_TITLE.search(page.lines[above - 1].tight)
    ):
        above -= 1
    if above < best.first and (
        text.startswith(("关于", "印发", "贯彻")) or split_organs(title_prefix(text) or "")
    ):
        names = [name for line in page.lines[above : best.first] for name in split_organs(line.text)]
        text = (
            "、".join(dict.fromkeys(n for n in names if n not in text))
            + ("" if text.startswith(("关于", "印发", "贯彻")) else "、")
            + text
        )
    if listed and len(squeeze(listed)) > len(squeeze(text)) and _alike(listed, text, 70):
        return tidy(listed)
    return text.lstrip("、")


def _is_shortened(text: str, inner: str) -> bool:
    """A page's heading that drops 关于印发 but keeps 的通知 is the notice's title, not the plan's."""
    return text.endswith(_NOTICE) and not squeeze(inner).endswith(_NOTICE)


def _whole(page: Page, inner: str) -> str:
    """The announced title, or the fuller form the notice's text gives it (a clipped page loses characters)."""
    head = page.folded[: page.lines[-1].end] if page.lines else ""
    for m in re.finditer(r"《([^《》\n]{6,140})》", head):
        if len(m[1]) > len(inner) and inner not in m[1] and _alike(m[1], inner, 90):
            return tidy(m[1])
    return inner


def _announced(page: Page) -> str | None:
    """Without a printed title: what the notice's first sentence says it issues."""
    # The outline may count a notice without sections as its text, so look a little further than the head.
    m = _ISSUES.search(page.folded, 0, max(_NOTICE_ENDS, page.lines[-1].end if page.lines else 0))
    return squeeze(m["before"] or m["after"]) if m else None


def _bare(value: str) -> str:
    n = next(iter(find_numbers(value)), None)
    return value[n.end :].strip() if n is not None and n.start <= 1 else value


def _alike(a: str, b: str, least: int = 55) -> bool:
    from rapidfuzz import fuzz

    a, b = squeeze(fold(a)), squeeze(fold(b))
    return a in b or b in a or fuzz.ratio(a, b) >= least
