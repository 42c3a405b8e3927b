"""The words of responsibility (``tables/responsibility_words.csv``) as patterns over folded text."""

from __future__ import annotations

import re
from functools import cache, partial

from policycmp.tables import words_of

__all__ = ["cooperates", "due", "label", "leads", "line_label", "opening", "says"]

_words = partial(words_of, "responsibility_words")
_COLON = "[:∶︰]"


@cache
def says(part: str) -> re.Pattern[str]:
    """Return the pattern of a part that stands alone: ``by_duty``, ``no_unit``, ``goes_on``, ``comma``, ``first``."""
    return re.compile(_words(part))


@cache
def label() -> re.Pattern[str]:
    """Return the labels inside a bracket or cell: 牵头单位：, 配合单位：, 完成时限：, and others with a colon."""
    office = rf"(?:责任)?(?:{_words('office')}|地区)?"
    when = rf"(?:{_words('due')}|工作)?(?:{_words('limit')}|进度)"
    other = rf"(?:(?!(?:{_words('due')})?(?:{_words('limit')})|牵头|责任单位|配合)[^,;:、。]){{2,6}}"
    return re.compile(
        rf"(?P<head>(?:{_words('head')}){office})(?:{_COLON}|(?<=单位)为)"
        rf"|(?P<duty>(?:{_words('duty')}){office}){_COLON}"
        rf"|(?P<coop>(?:{_words('cooperating')}){office}){_COLON}"
        rf"|(?P<time>{when}(?:要求|安排|节点)?){_COLON}"
        rf"|(?P<other>(?:{_words('person')}|{other})){_COLON}"
    )


@cache
def opening() -> re.Pattern[str]:
    """Return what opens a bracket that names units: a label, or a date before a label."""
    return re.compile(
        rf"(?:(?:{_words('opening')})(?:责任)?(?:{_words('office')}|地区|人|领导)?|(?:完成|办结|落实|实施)时(?:限|间)){_COLON}"
        # A date comes first (时间节点：2025年底；牵头单位：…); alone it is the date of a phase.
        rf"|(?:{_words('due')})?(?:{_words('limit')})(?:节点|要求|安排)?{_COLON}[^;,。]{{2,24}}[;,。](?:牵头|责任|主办|配合)[^,;。]{{0,6}}{_COLON}"
    )


@cache
def line_label() -> re.Pattern[str]:
    """Return a label at the beginning of a line or sentence, up to its colon."""
    return re.compile(
        r"(?<=[。;)”\n]) {0,20}[(〔\[【]? ?"
        rf"(?:(?:{_words('opening')})(?:责任)?(?:{_words('office')})|完成时限|办结时限|责任(?:领导|人)) ?$"
    )


@cache
def leads() -> re.Pattern[str]:
    """Return the verb that names who leads."""
    return re.compile(rf"牵头(?!{_words('office')}|抓|组织|人)(?:负责|落实|实施|推进|组织实施)?")


@cache
def cooperates() -> re.Pattern[str]:
    """Return the verb at the end that says its units cooperate."""
    return re.compile(rf"(?:{_words('cooperates')})(?:落实|实施)?$")


@cache
def due() -> re.Pattern[str]:
    """Return a date, or that there is no end, between or behind the units."""
    year = r"(?:力争|确保|到|于|在)?20\d\d年[^,;、]{0,12}"
    return re.compile(rf"[,;](?P<when>{year}|(?:{_words('without_year')}))(?=[,;]|$)")
