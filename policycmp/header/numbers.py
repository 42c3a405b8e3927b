"""Document numbers (发文字号): 宁党办〔2022〕74号, 国务院令第802号.

A number has a sign of the issuing body, the year in brackets and a serial. Sites damage
it: the closing bracket is lost (``教督〔20176号``, ``〔201742号``), 号 goes missing, brackets
become ``[2017]`` or ``(2017)``. Since a year has four digits, the lost bracket can be put
back without guessing; `DocumentNumber.damaged` says that it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from policycmp.text import squeeze

__all__ = ["DocumentNumber", "find_numbers"]


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document number as it should read, where it stands, and whether it was repaired."""

    text: str
    sign: str
    start: int
    end: int
    damaged: bool
    printed: str


_OPEN, _CLOSE = "〔\\[(【﹝", "〕\\])】﹞"
_YEARED = re.compile(
    rf"(?P<open>[{_OPEN}])\s{{0,2}}(?P<year>(?:19|20)\d\d)\s{{0,2}}(?P<close>[{_CLOSE}〔]?)\s{{0,2}}"
    r"(?P<di>第?)\s{0,2}(?P<serial>\d{1,5})\s{0,2}(?P<hao>[号號]?)"
)
_ORDER = re.compile(
    r"(?:令|公告)\s{0,3}(?:(?:19|20)\d\d\s?年\s?)?第\s{0,2}[\d一二三四五六七八九十百]{1,6}\s{0,2}[号號]"
)
_ORDERING = re.compile(r"[\u4e00-\u9fff]{1,24}$")
# The sign ends where running text begins: 根据国发〔2021〕33号.
_RUNNING = re.compile(
    r".*(?:根据|按照|依据|依照|依|贯彻|落实|执行|经|由|以|见|详见|对|和|及|与|的|了|文件|通知|附件|印发|转发|原|参照|遵照|引用)"
)
# In brackets, a hard-wrapped line may break the sign: (鲁建节科/字〔2021〕8号).
_SIGN = re.compile(
    r"(?:(?<=[(〔,、》])[\u4e00-\u9fff]{1,12}\s{0,3}\n\s{0,3})?[\u4e00-\u9fffA-Za-z]{1,24}\s{0,2}$|(?<=[(〔,、》])[\u4e00-\u9fff]{1,12}\s{0,3}\n\s{0,3}$"
)


def find_numbers(text: str, start: int = 0, end: int | None = None) -> list[DocumentNumber]:
    """Return the document numbers in folded `text`, in order.

    Examples
    --------
    >>> [(n.text, n.damaged) for n in find_numbers("(教督〔20176号)、根据国发〔2021〕33 号")]
    [('教督〔2017〕6号', True), ('国发〔2021〕33号', False)]
    """
    stop = len(text) if end is None else end
    found = [n for m in _YEARED.finditer(text, start, stop) if (n := _number(text, m, start)) is not None]
    found += [_order(text, m, start) for m in _ORDER.finditer(text, start, stop)]
    return sorted(found, key=lambda n: n.start)


def _order(text: str, m: re.Match[str], start: int) -> DocumentNumber:
    """中华人民共和国国务院令第802号: the body's name stands before 令 without a mark."""
    body = _ORDERING.search(text[max(start, m.start() - 24) : m.start()])
    begin = m.start() - len(body.group() if body else "")
    if text[begin] == "日" and text[max(begin - 1, 0)].isdigit():  # 12月18日国务院令第707号
        begin += 1
    printed = text[begin : m.end()]
    clean = squeeze(printed)
    return DocumentNumber(clean, clean.partition("第")[0], begin, m.end(), False, printed)


def _number(text: str, m: re.Match[str], start: int) -> DocumentNumber | None:
    whole = bool(m["close"]) and m["close"] != "〔"
    if m["open"] in "([" and not (whole and m["hao"]):
        return None  # (2025) and (2017-2020) are years in brackets
    if not whole and not (m["open"] in "〔﹝" and (m["hao"] or m["open"] == "〔")):
        return None
    before = text[max(start, m.start() - 26) : m.start()]
    sign = _SIGN.search(before)
    if sign is None:
        return None
    name = sign.group()
    running = _RUNNING.match(name)
    if "\n" in name:  # 《…》的通知 and the number on the next line: the line before is no part of the sign
        above = name.index("\n")
        lead = above + 1 if running and running.end() == len(name[:above].rstrip()) else 0
    else:
        lead = running.end() if running and running.end() < len(name.rstrip()) else 0
    lead += len(name[lead:]) - len(name[lead:].lstrip())
    sign_text = squeeze(name[lead:])
    begin = m.start() - len(name) + lead
    number = f"{sign_text}〔{m['year']}〕{m['di']}{m['serial']}号"
    damaged = not whole or not m["hao"]
    return DocumentNumber(number, sign_text, begin, m.end(), damaged, text[begin : m.end()])
