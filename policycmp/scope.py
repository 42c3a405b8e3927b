"""Is a template clause within the subject of the local plan?

A plan on compulsory education did not "drop" a template's clause on vocational education; it
never spoke of it. The subject of a plan is the narrowest subject term its title names
(``tables/subjects.csv``: terms, what each is part of, and the statute that divides them so); the
subject of a clause is what its heading names, or, without one, its first sentence. A clause is
out of scope when it names subjects and every one of them lies beside the plan's subject, that is,
neither within it nor around it. Where title or clause name no known subject the clause counts as
in scope: the table grows with the user's fields, and a wrong exclusion would hide a real gap.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from policycmp.tables import read_table

if TYPE_CHECKING:
    from policycmp.model import Clause
    from policycmp.plan import Plan

__all__ = ["beside", "in_scope", "plan_subjects", "subjects_of"]


@cache
def _broader() -> dict[str, str]:
    return {row["term"]: row["broader"] for row in read_table("subjects")}


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """Return (name as printed, subject term), longest first, so that 基础教育 is not read as 教育."""
    pairs = [
        (name, row["term"])
        for row in read_table("subjects")
        for name in (row["term"], *filter(None, row["synonyms"].split("|")))
    ]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _circle(term: str) -> frozenset[str]:
    """Return the term with everything above it."""
    out, at = [term], term
    while at := _broader().get(at, ""):
        out.append(at)
    return frozenset(out)


@lru_cache(maxsize=4096)
def _named(text: str) -> frozenset[str]:
    """Return the subject terms a text names; a name inside a longer name does not count."""
    found = set()
    for name, term in _names():
        if name in text:
            found.add(term)
            text = text.replace(name, "□" * len(name))
    return frozenset(found)


def _narrowest(terms: Iterable[str]) -> frozenset[str]:
    terms = frozenset(terms)
    return frozenset(t for t in terms if not any(t != other and t in _circle(other) for other in terms))


def subjects_of(text: str | None) -> frozenset[str]:
    """Return the narrowest subject terms a heading or phrase names.

    Examples
    --------
    >>> sorted(subjects_of("提高学前教育普惠水平"))
    ['学前教育']
    """
    return _narrowest(_named(text or ""))


@lru_cache(maxsize=16384)
def beside(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two sets of subjects have nothing to do with each other.

    Examples
    --------
    >>> beside(subjects_of("幼儿园学位"), subjects_of("普通高中学位")), beside(subjects_of("教育"), subjects_of("高中"))
    (True, False)
    """
    return bool(one and other) and not any(a in _circle(b) or b in _circle(a) for a in one for b in other)


def plan_subjects(plan: Plan) -> frozenset[str]:
    """Return the subject terms the plan's title names, the narrowest only.

    Examples
    --------
    >>> import policycmp as pc
    >>> sorted(plan_subjects(pc.load_plan("pingluo-2019")))
    ['义务教育']
    """
    return _narrowest(_named(plan.title or plan.notice_title or ""))


def in_scope(clause: Clause, subjects: frozenset[str]) -> bool:
    """Return whether a template clause lies within `subjects` (see `plan_subjects`)."""
    if not subjects:
        return True
    named = _named(clause.heading or clause.text.split("。")[0])
    return not named or any(s in _circle(n) or n in _circle(s) for n in named for s in subjects)
