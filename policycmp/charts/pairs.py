"""What charts read out of a comparison: clauses in plan order, their links, names to print.

Everything here is looked up in the comparison's frames; nothing is judged. A clause is
named by its number and heading, a plan by its place and year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from policycmp.charts.given import check_given
from policycmp.labels import RELATIONS, label

if TYPE_CHECKING:
    from policycmp.comparison import Comparison
    from policycmp.corpus.many import ComparisonSet
    from policycmp.plan import Plan

__all__ = [
    "Link",
    "Profile",
    "Row",
    "Section",
    "counts",
    "from_template",
    "join",
    "links",
    "main_links",
    "pair_name",
    "plan_name",
    "profiles",
    "rows",
    "sections",
    "text_of",
]


@dataclass(frozen=True, slots=True)
class Row:
    """A clause as a chart shows it; `keep` is its number, which is never cut."""

    clause_id: str
    keep: str
    heading: str
    section: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Section:
    """A run of clauses under one heading: `number` as printed, `name`, first and last position."""

    number: str
    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Link:
    """A row of ``comparison.clauses``: None on one side for new and dropped clauses."""

    local: str | None
    template: str | None
    rank: int
    relation: str
    score: float
    in_scope: bool


def text_of(value: Any) -> str:
    """Return a cell as text, a missing one as ``""``."""
    return "" if value is None or (not isinstance(value, list | tuple) and pd.isna(value)) else str(value)


def rows(plan: Plan) -> list[Row]:
    """Return the plan's clauses in order."""
    records = plan.clauses.to_dict("records")
    depth = _depth([tuple(r["path"] or ()) for r in records])
    out = []
    for record in records:
        number = text_of(record["number"])
        heading = text_of(record["heading"]) or text_of(record["text"])
        path = tuple(str(part) for part in record["path"] or ())
        keep = _number(number, path[depth:])
        path = path[:depth]
        out.append(Row(str(record["clause_id"]), keep, heading, path, str(record["kind"])))
    return out


def _number(number: str, hidden: Sequence[str]) -> str:
    """Return the number to print; numbers of sections that are not shown go before it, so that no two are alike."""
    above = [part.rstrip("、.．") for heading in hidden if (part := _split(heading)[0])]
    if above and number:
        return re.sub(r"(?<=[)）])\.", "", ".".join([*above, number.rstrip("、.．")])) + " "
    return f"{number} " if number and number[-1].isalnum() else number


def _depth(paths: Sequence[tuple[Any, ...]]) -> int:
    """Return how deep sections are shown: as deep as leaves about three clauses or more to a section."""
    deepest = max(map(len, paths), default=0)
    for depth in range(deepest, 1, -1):
        cut = [path[:depth] for path in paths]
        if 1 + sum(a != b for a, b in pairwise(cut)) <= max(6, len(paths) / 3.5):
            return depth
    return 1


def sections(clauses: Sequence[Row]) -> list[Section]:
    """Return the runs of clauses under one section heading; clauses under none belong to no run."""
    out: list[Section] = []
    for at, row in enumerate(clauses):
        if out and out[-1].last == at - 1 and clauses[at - 1].section == row.section:
            out[-1] = replace(out[-1], last=at)
        elif row.section:
            out.append(Section(*_split(row.section[-1]), at, at))
    return out


def _split(heading: str) -> tuple[str, str]:
    """Cut a section heading into its number and its name."""
    for at, char in enumerate(heading[:8]):
        if char in "、)）.．" or (char.isspace() and at):
            return heading[: at + 1], heading[at + 1 :].strip()
    return "", heading


def links(comparison: Comparison) -> list[Link]:
    """Return the rows of ``comparison.clauses``."""
    return _links(comparison.clauses)


def _links(frame: pd.DataFrame) -> list[Link]:
    return [
        Link(
            text_of(r["local_id"]) or None,
            text_of(r["template_id"]) or None,
            int(r["rank"]),
            str(r["relation"]),
            0.0 if pd.isna(r["score"]) else float(r["score"]),
            bool(r["in_scope"]) if not pd.isna(r["in_scope"]) else True,
        )
        for r in frame.to_dict("records")
    ]


def main_links(found: Iterable[Link]) -> dict[str, Link]:
    """Return the first-ranked link of every local clause."""
    out: dict[str, Link] = {}
    for link in found:
        if link.local and link.rank == 1:
            out.setdefault(link.local, link)
    return out


def from_template(found: Iterable[Link]) -> dict[str, Link]:
    """Return for every template clause the best link it is in, or the row that says it was dropped."""

    def worth(link: Link) -> tuple[bool, int, float]:
        return (link.local is not None, -link.rank, link.score)

    best: dict[str, Link] = {}
    for link in found:
        if link.template and (link.template not in best or worth(link) > worth(best[link.template])):
            best[link.template] = link
    return best


def counts(found: Iterable[Link]) -> dict[str, int]:
    """Return how many links there are of each relation, in the order charts show them."""
    seen = [link.relation for link in found]
    return {relation: seen.count(relation) for relation in RELATIONS if relation in seen}


def plan_name(plan: Plan, lang: str) -> str:
    """Return the plan's name for a chart: place and year in Chinese, the plan id in English."""
    place, date = text_of(plan.jurisdiction), plan.date
    if lang == "en" or not place:
        return str(plan.plan_id)
    return f"{place}（{date.year}）" if date is not None else place


def pair_name(comparison: Comparison, lang: str) -> str:
    """Return the names of both plans."""
    local, template = plan_name(comparison.local, lang), plan_name(comparison.template, lang)
    return label("chart_versus", lang).format(local=local, template=template)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a chart of several plans needs of each; `plan` is None in a ComparisonSet, which keeps frames only."""

    plan_id: str
    plan: Plan | None
    template: Plan
    found: tuple[Link, ...]
    neutral: bool
    caution: str

    def name(self, lang: str) -> str:
        """Return the plan's name for a chart."""
        return self.plan_id if self.plan is None else plan_name(self.plan, lang)


def profiles(given: Comparison | Sequence[Comparison] | ComparisonSet, lang: str) -> list[Profile]:
    """Return what charts of several plans show of a comparison, a list of them or a set.

    Raises
    ------
    ValueError
        If there is none.
    """
    if isinstance(given, str) or not isinstance(given, Iterable):
        check_given(given, ["Comparison", "ComparisonSet"], lang)
    if hasattr(given, "local"):
        given = [cast("Comparison", given)]
    if hasattr(given, "clauses"):
        many = cast("ComparisonSet", given)
        caution = label("chart_neutral_set", lang) if many.neutral else ""
        groups = many.clauses.groupby("plan_id", sort=False)
        out = [
            Profile(str(k), None, many.template, tuple(_links(g)), many.neutral, caution) for k, g in groups
        ]
    else:
        given = list(cast("Iterable[Comparison]", given))
        for one in given:
            check_given(one, ["Comparison"], lang)
        out = [
            Profile(str(c.local.plan_id), c.local, c.template, tuple(links(c)), c.neutral, c.banner(lang))
            for c in given
        ]
    if not out:
        raise ValueError("no comparison given: pass one comparison, a list of them or a ComparisonSet")
    return out


def join(words: Sequence[str], lang: str) -> str:
    """Return words as a list in a sentence; the word for none where there is none."""
    return ("，" if lang == "zh" else ", ").join(words) or label("chart_none", lang)
