"""Evidence from frequencies: how often something is to be done.

每学期2次, 每半年, 按季度, 一年两次, 一月一调度 are put on one scale, times a year, so that 每学期2次 and
每学年2次 differ although the digit does not. A cap (每学期考试不超过1次) demands more the lower it
is. Words without a number (定期 above 不定期, 适时) are less than any number. An amount by the
year (每年选派10名) is a target and no frequency.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from policycmp.evidence.model import Evidence
from policycmp.evidence.pair import Pair
from policycmp.evidence.segments import by_segment
from policycmp.evidence.weights import Weights
from policycmp.tables import read_table
from policycmp.target_pairs.value import per_year
from policycmp.targets.number_signs import sign
from policycmp.targets.numerals import chinese_value

__all__ = ["rhythm", "same_rhythms"]


@dataclass(frozen=True, slots=True)
class _Rhythm:
    rate: float | None
    """Times a year; None where only a word says so."""
    grade: float
    start: int
    end: int
    period_end: int
    """Where the period alone ends (每季度 in 每季度开展一次)."""
    cap: bool = False


@cache
def _period() -> re.Pattern[str]:
    """Return a pattern for periods, and for what is kept up by the month or week (月调度, 一月两研判)."""
    kept = sign("kept_up")
    return re.compile(
        r"(?:每隔?|按)(?P<period>(?:\d{1,2}|[一二两三四五六七八九十]{1,3})?个?(?:半年|学年|学期|季度|季|年度|年|半月|旬|月|周|星期|工作日|日|天))(?!级|龄|均|人|产)"
        r"|(?P<one>[一二两三四五六七八九十\d]{1,2}年|一个?(?:学期|学年|季度|月|周))(?=(?:[^，。；\d一二两三]{0,6}|(?:至少|不少于|不低于))[一二两三四五六七八九十\d]{1,2}次)"
        rf"|一(?P<by>[日天周旬月季年]|季度|学期|学年)(?:一(?![个小大中步])|(?P<times>[两二三四])(?={kept}))"
        rf"|(?<![\d一二三四五六七八九十每今上下本当逐])(?P<short>日|周|旬|月|季度?|半年|年)(?:度)?(?={kept})"
    )


_TIMES = re.compile(
    r"(?P<cap>不(?:得)?(?:超过|多于|高于)|至多|最多)?(?:至少|不(?:得)?(?:少于|低于)|最少)?[^\d一二两三四五六七八九十，。；]{0,3}"
    r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,2})(?:[-—~至](?:\d{1,3}|[一二两三四五六七八九十]))?(?P<of>次|轮|场次?|遍|回|期|届|批次)"
)
_FIGURE = re.compile(
    r"(?:\d|[一二两三四五六七八九十]{1,2}(?:名|位|个|所|人|家|项|堂|节|门|篇|本|小时|%|个百分点|万|元))(?!\d{0,9}(?:月|日|[年级]|周?岁|[+＋]))"
)
_DATE = re.compile(r"\d{1,2}月(?:\d{1,2}日)?")


def _value(number: str) -> float:
    return float(number) if number.isdigit() else float(chinese_value(number) or 1)


@cache
def _words() -> tuple[re.Pattern[str], dict[str, float]]:
    terms = {row["term"]: float(row["grade"]) for row in read_table("rhythm")}
    return re.compile("|".join(sorted(map(re.escape, terms), key=len, reverse=True))), terms


@by_segment
def _rhythms(folded: str) -> _Rhythm | None:
    """Return how often a segment says something is to be done."""
    for m in _period().finditer(folded):
        rate = per_year((m["period"] or m["one"] or m["by"] or m["short"]).removesuffix("度"))
        if rate is None:
            continue
        if m["times"]:
            return _Rhythm(rate * _value(m["times"]), 3.0, m.start(), m.end(), m.end())
        rest = _DATE.sub(lambda d: "某" * len(d.group()), folded[m.end() :])
        times = _TIMES.search(rest)
        figure = _FIGURE.search(rest)
        if times and (figure is None or figure.start() >= times.start("n")):
            end = m.end() + times.end() if times.start() < 8 else m.end()
            return _Rhythm(rate * _value(times["n"]), 3.0, m.start(), end, m.end(), times["cap"] is not None)
        before = re.search(r"(?P<n>\d{1,2}|[一二两三四五六七八九十])次$", folded[: m.start()])
        if before or figure is None:
            return _Rhythm(rate, 3.0, m.start(), m.end(), m.end())
    pattern, terms = _words()
    found = pattern.search(folded)
    return (
        None
        if found is None
        else _Rhythm(None, terms[found.group()], found.start(), found.end(), found.end())
    )


def same_rhythms(pair: Pair) -> Iterator[tuple[int, int]]:
    """Yield local spans of frequencies that say the same as the template's in other words."""
    mine, theirs = _rhythms(pair.local.passage), _rhythms(pair.template.passage)
    for i, k in enumerate(pair.answer):
        if k is not None:
            one, other = mine[i], theirs[k]
            if one and other and one.rate is not None and one.rate == other.rate and one.cap == other.cap:
                start = pair.local.segments[i].start
                yield start + one.start, start + one.end


def rhythm(pair: Pair, weights: Weights) -> Iterator[Evidence]:
    """Yield what is to be done more or less often."""
    mine, theirs = _rhythms(pair.local.passage), _rhythms(pair.template.passage)
    for i, k in enumerate(pair.answer):
        if k is None or (mine[i] is None and theirs[k] is None):
            continue
        here, there = pair.local.segments[i], pair.template.segments[k]
        one, other = mine[i], theirs[k]
        a = (here.start + one.start, here.start + one.end) if one else None
        b = (there.start + other.start, there.start + other.end) if other else None
        case, step, weight = "changed", 0.0, weights["frequency", "changed"]
        if one and other:
            if one.rate is not None and other.rate is not None:
                step = one.rate - other.rate
                if one.cap or other.cap:  # what one side limits: more often is less demanding
                    step = -step
            else:
                step = one.grade - other.grade
        else:
            found, span, side = (one, a, pair.local) if one else (other, b, pair.template)
            assert found is not None and span is not None
            if found.rate is None or not side.changed(*span):
                continue
            step = 1.0 if one else -1.0
            case = "added" if one else "dropped"
            weight = weights["frequency", case]
        if abs(step) < 1e-9:
            continue
        if (
            one
            and other
            and here.text[one.start : one.period_end] != there.text[other.start : other.period_end]
        ):
            # 每季度开展一次→每年开展一次: the period tells it.
            tails = here.text[one.period_end : one.end], there.text[other.period_end : other.end]
            if tails[0] == tails[1]:
                a = (here.start + one.start, here.start + one.period_end)
                b = (there.start + other.start, there.start + other.period_end)
        local, template = pair.local.passage.text, pair.template.passage.text
        rest = here.text[one.end :] if one else there.text[other.end :] if other else ""
        yield Evidence(
            "frequency",
            "sharpen" if step > 0 else "weaken",
            weight,
            local[a[0] : a[1]] if a else "",
            template[b[0] : b[1]] if b else "",
            a[0] if a else None,
            a[1] if a else None,
            b[0] if b else None,
            b[1] if b else None,
            case,
            rest.strip(" ，。、")[:12],
        )
