"""What charts read out of a comparison: clauses in plan order, their links, names to print.

Everything here is looked up in the comparison's frames; nothing is judged. A clause is
named by its number and heading, a plan by its place and year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from policycmp.labels import RELATIONS

if TYPE_CHECKING:
    from policycmp.comparison import Comparison
    from policycmp.plan import Plan

__all__ = [
    "Link",
    "Row",
    "Section",
    "comparisons",
    "links",
    "main_links",
    "pair_name",
    "plan_name",
    "rows",
    "sections",
]


@dataclass(frozen=True, slots=True)
class Row:
    """A clause as a chart shows it; `keep` is its number, which is never cut."""

    clause_id: str
    keep: str
    heading: str
    section: str
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
    out = []
    for record in plan.clauses.to_dict("records"):
        number = text_of(record["number"])
        heading = text_of(record["heading"]) or text_of(record["text"])
        path = tuple(record["path"] or ())
        keep = f"{number} " if number and number[-1].isalnum() else number
        out.append(
            Row(str(record["clause_id"]), keep, heading, str(path[-1]) if path else "", str(record["kind"]))
        )
    return out


def sections(clauses: Sequence[Row]) -> list[Section]:
    """Return the runs of clauses under one section heading; clauses under none belong to no run."""
    out: list[Section] = []
    for at, row in enumerate(clauses):
        number, name = _split(row.section)
        if out and out[-1].last == at - 1 and clauses[at - 1].section == row.section:
            out[-1] = Section(number, name, out[-1].first, at)
        elif row.section:
            out.append(Section(number, name, at, at))
    return out


def _split(heading: str) -> tuple[str, str]:
    """Cut a section heading into its number and its name."""
    for at, char in enumerate(heading[:8]):
        if char in "、)）.．" or (char.isspace() and at):
            return heading[: at + 1], heading[at + 1 :].strip()
    return "", heading


def links(comparison: Comparison) -> list[Link]:
    """Return the rows of ``comparison.clauses``."""
    return [
        Link(
            text_of(r["local_id"]) or None,
            text_of(r["template_id"]) or None,
            int(r["rank"]),
            str(r["relation"]),
            0.0 if pd.isna(r["score"]) else float(r["score"]),
            bool(r["in_scope"]) if not pd.isna(r["in_scope"]) else True,
        )
        for r in comparison.clauses.to_dict("records")
    ]


def main_links(comparison: Comparison) -> dict[str, Link]:
    """Return the first-ranked link of every local clause."""
    return {link.local: link for link in reversed(links(comparison)) if link.local and link.rank == 1}


def from_template(comparison: Comparison) -> dict[str, Link]:
    """Return for every template clause the best link it is in, or the row that says it was dropped."""
    best: dict[str, Link] = {}
    for link in links(comparison):
        if not link.template:
            continue
        known = best.get(link.template)
        if known is None or (link.local is not None, -link.rank, link.score) > (
            known.local is not None,
            -known.rank,
            known.score,
        ):
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
    return f"{local} 对照 {template}" if lang == "zh" else f"{local} compared with {template}"


def comparisons(given: Any) -> list[Comparison]:
    """Return the comparisons in `given`: one, several, or a set of them."""
    if hasattr(given, "clauses") and hasattr(given, "template"):
        return [given]
    found = list(getattr(given, "comparisons", given))
    if not found:
        raise ValueError("no comparison given: pass one comparison, a list of them or a ComparisonSet")
    return found
