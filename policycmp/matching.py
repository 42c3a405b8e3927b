"""From two plans to matches: the stages of a comparison in their order.

Clauses are aligned, then their sentences (inside aligned clauses first); every pair is judged;
a clause's relation follows from its own pair and from what became of the sentences. The result
is a list of frozen matches for clauses and one for measures: one match for each counterpart, for
each local unit without one (``new``) and each template unit without one (``dropped``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from policycmp.alignment.align import Alignment, Link, align_measures
from policycmp.alignment.further import further_links
from policycmp.alignment.settings import AlignOptions
from policycmp.language.passage import Passage
from policycmp.model import Clause, Measure
from policycmp.relation import ClauseFindings, Relation, RelationOptions, examine_clause, judge, weigh_clause
from policycmp.scope import in_scope, plan_subjects

if TYPE_CHECKING:
    from policycmp.plan import Plan

__all__ = ["Match", "Matching", "clause_passages", "match_clauses", "match_measures"]

U = TypeVar("U", Clause, Measure)


@dataclass(frozen=True, slots=True, repr=False)
class Match(Generic[U]):
    """A local unit beside a template unit, or one of them alone."""

    local: U | None
    template: U | None
    link: Link
    relation: Relation | None
    """None where a side is missing."""
    in_scope: bool = True
    decided_by: str = "machine"
    """machine, or the coder whose decision this is (see `policycmp.coding`)."""
    partly_at: tuple[str, ...] = ()
    """Local clauses that hold some sentences of a dropped template clause."""

    def __repr__(self) -> str:
        ids = (_id(unit) if unit is not None else "-" for unit in (self.local, self.template))
        return f"<Match {' ~ '.join(ids)}: {self.label}, rank {self.link.rank}, score {self.link.score:.2f}>"

    @property
    def label(self) -> str:
        """copy, adapt, sharpen, weaken or mixed; new or dropped where a side is missing."""
        if self.local is None:
            return "dropped"
        return "new" if self.relation is None or self.template is None else self.relation.label


def _id(unit: Clause | Measure) -> str:
    return unit.measure_id if isinstance(unit, Measure) else unit.clause_id


@dataclass(frozen=True, slots=True)
class Matching(Generic[U]):
    """The matches of one kind of unit, with the alignment they came from."""

    matches: tuple[Match[U], ...]
    alignment: Alignment
    local: tuple[Passage, ...]
    template: tuple[Passage, ...]


@lru_cache(maxsize=4)
def clause_passages(plan: Plan) -> tuple[Passage, ...]:
    """Return the passages of a plan's clauses, in plan order; of the last few plans they are kept."""
    return tuple(Passage.of_clause(plan, clause) for clause in plan.clause_list)


def match_clauses(
    local: Plan,
    template: Plan,
    alignment: Alignment,
    passages: tuple[tuple[Passage, ...], tuple[Passage, ...]],
    measures: Matching[Measure] | None,
    relation_options: RelationOptions | None = None,
    align_options: AlignOptions | None = None,
) -> Matching[Clause]:
    """Judge the aligned clauses of two plans, with what became of their sentences if that is known."""
    mine, theirs = passages
    held: dict[int, dict[int, float]] = {}
    if measures:
        held = _held(local, template, measures)
        alignment = further_links(alignment, theirs, held, (align_options or AlignOptions()).answered)
    # The counterparts of each clause's sentences, by index.
    parts: dict[str, list[int]] = {}
    kept: dict[str, list[int]] = {}
    for match in measures.matches if measures else ():
        if match.local is not None and match.link.template is not None:
            parts.setdefault(match.local.clause_id, []).append(match.link.template)
        if match.template is not None and match.link.local is not None:
            kept.setdefault(match.template.clause_id, []).append(match.link.local)
    counterparts: dict[int, list[int]] = {}
    answering: dict[int, list[Link]] = {}
    for link in alignment.links:
        if link.local is not None and link.template is not None:
            counterparts.setdefault(link.local, []).append(link.template)
            answering.setdefault(link.template, []).append(link)
    subjects = plan_subjects(local)

    def findings_of(link: Link) -> ClauseFindings:
        assert link.local is not None and link.template is not None
        # The main row speaks of the clause against all it draws on, a further row of that pair alone.
        drawn_on = counterparts[link.local] if link.rank == 1 else [link.template]
        own = parts.get(local.clause_list[link.local].clause_id, [])
        # What moved between clauses is neither dropped nor added: the counterparts, wherever they stand,
        # and the other clauses the template clause was split into.
        moved_here = [measures.template[i] for i in own] if measures else []
        moved_away = [
            measures.local[i]
            for j in drawn_on
            for i in kept.get(template.clause_list[j].clause_id, ())
            if measures
        ]
        sisters = [mine[o.local] for o in answering[link.template] if o.local not in (None, link.local)]
        return examine_clause(
            mine[link.local],
            [theirs[j] for j in drawn_on],
            relation_options,
            local_context=[*moved_away, *sisters],
            template_context=moved_here,
        )

    found = {(link.local, link.template): findings_of(link) for links in answering.values() for link in links}

    headings = alignment.similarity.sides.get("headings")

    def relation_of(link: Link) -> Relation | None:
        if link.local is None or link.template is None:
            return None
        all_links = answering[link.template]
        return weigh_clause(
            found[link.local, link.template],
            relation_options,
            others=[found[o.local, o.template] for o in all_links if o is not link],
            foremost=max(all_links, key=lambda o: o.score) is link,
            named=headings is not None
            and bool(headings[link.local, link.template] >= (relation_options or RelationOptions()).named),
        )

    matches = [
        Match(
            None if link.local is None else local.clause_list[link.local],
            None if link.template is None else template.clause_list[link.template],
            link,
            relation_of(link),
            link.local is not None
            or link.template is None
            or in_scope(template.clause_list[link.template], subjects),
            partly_at=tuple(
                local.clause_list[i].clause_id
                for i in sorted(held.get(link.template, ()) if link.template is not None else ())
                if link.local is None
            ),
        )
        for link in alignment.links
    ]
    return Matching(tuple(matches), alignment, mine, theirs)


def _held(local: Plan, template: Plan, measures: Matching[Measure]) -> dict[int, dict[int, float]]:
    """Return, for each template clause, which local clauses hold what share of its sentences' text."""
    here = {clause.clause_id: i for i, clause in enumerate(local.clause_list)}
    there = {clause.clause_id: j for j, clause in enumerate(template.clause_list)}
    length = Counter[str]()
    for measure in template.measure_list:
        length[measure.clause_id] += len(measure.text)
    closest: dict[int, Match[Measure]] = {}
    for match in sorted(measures.matches, key=lambda m: (m.link.rank, -m.link.score)):
        if match.local is not None and match.link.template is not None:
            closest.setdefault(match.link.template, match)
    out: dict[int, dict[int, float]] = {}
    for match in closest.values():
        assert match.local is not None and match.template is not None
        holders = out.setdefault(there[match.template.clause_id], {})
        i = here[match.local.clause_id]
        part = len(match.template.text) / length[match.template.clause_id]
        holders[i] = holders.get(i, 0.0) + part
    return out


@lru_cache(maxsize=4)
def _measure_passages(plan: Plan) -> tuple[tuple[Passage, ...], tuple[int, ...]]:
    """Return the passages of a plan's measures and the index of each one's clause."""
    place = {clause.clause_id: i for i, clause in enumerate(plan.clause_list)}
    homes = tuple(place[m.clause_id] for m in plan.measure_list)
    passages = (
        Passage.of_measure(plan, measure, plan.clause_list[home])
        for measure, home in zip(plan.measure_list, homes, strict=True)
    )
    return tuple(passages), homes


def match_measures(
    local: Plan,
    template: Plan,
    clauses: Alignment,
    *,
    align_options: AlignOptions | None = None,
    relation_options: RelationOptions | None = None,
) -> Matching[Measure]:
    """Align and judge the sentences of two plans whose clauses are aligned."""
    (mine, my_clauses), (theirs, their_clauses) = _measure_passages(local), _measure_passages(template)
    alignment = align_measures(mine, theirs, my_clauses, their_clauses, clauses, align_options)
    subjects = plan_subjects(local)
    clause_of = {clause.clause_id: clause for clause in template.clause_list}
    closest: dict[int, Link] = {}
    for link in sorted(alignment.links, key=lambda link: (link.rank, -link.score)):
        if link.local is not None and link.template is not None:
            closest.setdefault(link.template, link)
    beside = (_by_clause(mine, my_clauses), _by_clause(theirs, their_clauses))
    matches = [
        Match(
            None if link.local is None else local.measure_list[link.local],
            None if link.template is None else template.measure_list[link.template],
            link,
            None
            if link.local is None or link.template is None
            else judge(
                mine[link.local],
                theirs[link.template],
                relation_options,
                local_context=beside[0][my_clauses[link.local]],
                template_context=beside[1][their_clauses[link.template]],
                in_part=closest[link.template] is not link,
            ),
            link.local is not None
            or link.template is None
            or in_scope(clause_of[template.measure_list[link.template].clause_id], subjects),
        )
        for link in alignment.links
    ]
    return Matching(tuple(matches), alignment, mine, theirs)


def _by_clause(passages: Sequence[Passage], clauses: Sequence[int]) -> dict[int, list[Passage]]:
    """Return the sentences of each clause: what one of them does not say, its neighbour may."""
    out: dict[int, list[Passage]] = {}
    for passage, clause in zip(passages, clauses, strict=True):
        out.setdefault(clause, []).append(passage)
    return out
