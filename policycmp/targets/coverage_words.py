"""Commitments told without a number: coverage (结对帮扶全覆盖) and dates (2025年之前通过评估).

Coverage words (``tables/coverage_words.csv``) are rates of 100 %: what is covered, or wholly
removed (全面消除大班额), stands before or after the word. A date that governs no quantity makes a
target of kind ``deadline`` out of what its statement promises.
"""

from __future__ import annotations

import re
from functools import cache

from policycmp.tables import read_table
from policycmp.targets.indicator import clean, read_left
from policycmp.targets.mention import Mention
from policycmp.targets.noun_phrase import head_after
from policycmp.targets.statements import Statements, level_in

__all__ = ["coverage_mentions", "dated_mentions"]


@cache
def _words() -> tuple[re.Pattern[str], dict[str, tuple[str, float]]]:
    rows = {row["word"]: (row["place"], float(row["value"])) for row in read_table("coverage_words")}
    # 健全覆盖全县的网络 and 安全覆盖 hold no 全覆盖.
    words = "|".join(sorted(rows, key=len, reverse=True))
    return re.compile(rf"(?<![健安完齐])(?:{words})"), rows


_NUMBER_AFTER = re.compile(r"率|(?:达到?|为)?\s?\d")
_REACH = re.compile(r"(?<=.)(?:实现|达到|做到|达成)")


_BASIS = re.compile(r"\s*(?:根据|按照?|依据|依照|对照|参照|结合)")
_GROUND = re.compile(r"奠定|打下|提供.{0,8}(?:支撑|保障)")


def coverage_mentions(s: Statements) -> list[Mention]:
    """Return the coverage commitments of a text."""
    pattern, rows = _words()
    out = []
    for m in pattern.finditer(s.text):
        segment = s.segment(m.start()).around(m.start(), m.end())
        before, after = s.undated(segment.start, m.start()), s.text[m.end() : segment.end]
        if s.layout.title(m.start(), m.end()) is not None or _NUMBER_AFTER.match(after):
            continue
        place, value = rows[m[0]]
        if "覆盖" in m[0]:
            before = _by_means_of(before)
        words, verb, scope = clean(before if value else read_left(before).words)
        told = head_after(after) if place == "before" else ""
        if value == 0:
            indicator = (words or s.subject_before(segment)) + m[0][1:]
        elif "覆盖" in m[0]:
            indicator = (words or s.subject_before(segment)) + told if place == "before" else words
            indicator = indicator or head_after(after) or s.subject_before(segment)
            indicator += "" if indicator.endswith("覆盖") else "覆盖"
        else:
            indicator, verb = told or words or s.subject_before(segment), m[0][2:]
        if not indicator.strip("覆盖"):
            continue
        below = value == 0 and m[0].startswith("负")
        baseline = after.startswith("的基础上")
        marks = ["coverage_word", f"coverage_word:{m[0]}", *s.hedges(m.start())]
        marks += [f"scope:{w}" for w in scope] + ([f"action:{verb}"] if verb else [])
        marks += ["baseline"] if baseline else []
        marks += ["strict"] if below else []
        start, end = s.trimmed(segment.start, m.start()), m.end() + len(told)
        out.append(
            Mention(
                m.start(), start, end, indicator, None if below else value, value, "%", "<=" if below else "=", "rate", s.layout.at(m.start()),
                level=level_in(indicator, award=False), is_target=not baseline, qualifiers=marks,
            )
        )  # fmt: skip
    return out


def _by_means_of(before: str) -> str:
    """教育专网实现各级学校 keeps both sides of 实现; of 利用数字技术实现结对帮扶 only what is reached."""
    if re.match(r"(?:利用|通过|依托|运用|借助|推动|推进|加强|加大|深化|全面|逐步|加快)", before.strip()):
        return _REACH.split(before)[-1]
    return _REACH.sub("", before)


def dated_mentions(s: Statements, mentions: list[Mention], body: int) -> list[Mention]:
    """Return a target of kind deadline for every date from `body` on that governs no other target."""
    busy = set()
    for m in mentions:
        # What a threshold selects is not what is promised (近3年未调整的县在2023年底前予以调整).
        promised = m.is_target and "condition" not in m.qualifiers
        date = (m.date or s.governing(m.at)) if promised else None
        if date is not None and s.segment(date.start).sentence == s.segment(m.at).sentence:
            busy.add(id(date))
    told = {m.segment for m in mentions}  # 森林蓄积量达到2亿立方米,2030年前碳达峰: another statement
    out = []
    for date in s.binding:
        if date.start < body or id(date) in busy or s.joined(date):
            continue
        at = s.layout.at(date.start)
        segment = s.layout.segments[at].around(date.start, date.end)
        following = next(
            (
                n
                for n in s.layout.segments[at + 1 : at + 4]
                if n.sentence != segment.sentence or not _BASIS.match(s.text, n.start)
            ),
            None,
        )
        words, end = re.sub(r"^(?:起|开始|内|前)", "", s.text[date.end : segment.end]), segment.end
        start = date.start
        while start > segment.start and s.text[start - 1] in "到在至于":
            start -= 1
        subject = clean(s.text[segment.start : start], keep_verb=True, governed=False)[0]
        if (
            (_BASIS.match(words) or not clean(words)[0])
            and following is not None
            and following.sentence == segment.sentence
        ):
            words, end = s.text[following.start : following.end], following.end
        elif len(clean(words)[0]) < 4 and len(subject) < 4 and at - 1 not in told:
            words = s.subject_before(segment) + words  # 需要移交的,于6月底前完成
        indicator = clean(words, keep_verb=True, governed=False)[0]
        if len(subject) >= 4:
            indicator, start = subject + indicator, s.trimmed(segment.start, start)
        if len(indicator) < 3 or re.search(
            r"(?:以下|如下)(?:主要|具体|工作|总体)?(?:目标|指标|任务)?$", indicator
        ):
            continue  # 到2025年实现以下目标: the goals follow
        if "为" in s.text[segment.start : date.start] and _GROUND.search(indicator):
            continue  # 为实现2030年前碳达峰奠定基础
        year = float(date.when[:4]) if date.when else None
        out.append(
            Mention(
                date.start, start, end, indicator, None, year, "年", "<=", "deadline", at,
                level=level_in(indicator, award=False), qualifiers=s.hedges(end),
            )
        )  # fmt: skip
    return out
