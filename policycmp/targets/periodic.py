"""How often, told without a number: 每年开展年度评估, 每季度通报进展, 每月调度.

A period before a verb of holding or reporting (``tables/number_signs.csv``, sign *recurs*) is one
time per period. Where the statement holds a number of its own (每年开展两次, 每年培训200人), that
number is the commitment; and 每年的, 每年新增, 以每年 tell a rate, a share or a time, not how often.
"""

from __future__ import annotations

import re
from functools import cache

from policycmp.targets.indicator import clean
from policycmp.targets.mention import Mention
from policycmp.targets.number_signs import sign
from policycmp.targets.statements import Statements, level_in

__all__ = ["periodic_mentions"]

_PERIOD = re.compile(
    r"(?<![以从自按对近])每(?P<period>半年|学年|学期|季度|季|年度?|个?月度?|周|星期|旬)(?![的均增新])"
)
_WHEN = r"(?:(?:[年月季]?[底末初]|\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?[底末]?)之?[前后]?)?"
_WAY = (
    r"(?:[一-鿿]{0,10}?(?:牵头|负责|组织))?(?:会同[一-鿿、]{2,14}?)?"
    r"(?:至少|都|均|要|应|须|将|定期|集中|统一|动态|及时|适时|全面|认真|共同){0,2}"
)
_WHOM = r"(?P<whom>[对向][一-鿿、()]{2,24}?)?(?:进行)?"
_NAMES = {"季": "季度", "年度": "年", "个月": "月", "月度": "月", "个月度": "月", "星期": "周"}


@cache
def _deed() -> re.Pattern[str]:
    return re.compile(rf"{_WHEN}{_WAY}{_WHOM}(?P<deed>{sign('recurs')})(?!的|情况)")


def periodic_mentions(s: Statements, mentions: list[Mention]) -> list[Mention]:
    """Return a frequency of one time for every period that stands before a verb of holding or reporting."""
    told = {m.segment for m in mentions}
    out = []
    for m in _PERIOD.finditer(s.text):
        at = s.layout.at(m.start())
        segment = s.layout.segments[at].around(m.start(), m.end())
        deed = _deed().match(s.text, m.end(), segment.end)
        if deed is None or at in told or s.quoted(m.start(), m.end()):
            continue
        told.add(at)
        words = s.text[deed.start("deed") : segment.end]
        indicator = (deed["whom"] + words).strip() if deed["whom"] else clean(words)[0]
        if len(indicator) < 2:
            continue
        out.append(
            Mention(
                m.start(), m.start(), segment.end, indicator, 1.0, 1.0, "次", "=", "frequency", at,
                per=_NAMES.get(m["period"], m["period"]), level=level_in(indicator, award=False),
                qualifiers=[*s.hedges(m.start()), f"action:{deed['deed']}"],
            )
        )  # fmt: skip
    return out
