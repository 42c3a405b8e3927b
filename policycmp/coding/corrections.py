"""Human decisions in place of the machine's.

A correction names a local clause by id and text hash and says what its main counterpart and relation
are. The corrected comparison keeps the machine's evidence and scores where the pair is the same, and
says in ``decided_by`` who decided each row. Further counterparts the coder was not asked about stay
the machine's, unless the coder says that there is none at all. Template clauses that lost their only
counterpart become dropped, those that gained one no longer are.
"""

from __future__ import annotations

import warnings
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from policycmp.alignment.align import Link
from policycmp.coding.sheet import text_hash
from policycmp.coding.units import check_codes
from policycmp.errors import PolicycmpWarning
from policycmp.labels import RELATIONS
from policycmp.matching import Match
from policycmp.relation import Relation
from policycmp.scope import in_scope, plan_subjects

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.comparison import Comparison
    from policycmp.model import Clause

__all__ = ["with_corrections"]


def with_corrections(comparison: Comparison, codes: pd.DataFrame) -> Comparison:
    """Return `comparison` with human decisions; see `Comparison.with_corrections`."""
    check_codes(codes)
    decided = _decisions(comparison, codes)
    if not decided:
        return comparison
    matching = comparison.clause_matching
    local_index = {c.clause_id: i for i, c in enumerate(comparison.local.clause_list)}
    template_index = {c.clause_id: i for i, c in enumerate(comparison.template.clause_list)}
    matches: list[Match[Clause]] = []
    ranks: Counter[str] = Counter()
    for match in matching.matches:
        if match.local is None or match.local.clause_id not in decided:
            matches.append(match)
            continue
        counterpart, relation, coder = decided[match.local.clause_id]
        j = None if counterpart is None else template_index[counterpart]
        if match.link.rank == 1:
            matches.append(
                _corrected(comparison, match, local_index[match.local.clause_id], j, relation, coder)
            )
        elif j is not None and match.link.template != j:
            ranks[match.local.clause_id] += 1
            matches.append(replace(match, link=replace(match.link, rank=1 + ranks[match.local.clause_id])))
    used = {m.link.template for m in matches if m.local is not None}
    matches = [m for m in matches if m.local is not None or m.link.template not in used]
    gone = {m.link.template for m in matches if m.local is None}
    subjects = plan_subjects(comparison.local)
    for j, clause in enumerate(comparison.template.clause_list):
        if j not in used and j not in gone:
            link = Link(None, j, 1, 0.0, 0.0, 0.0, 1.0)
            matches.append(Match(None, clause, link, None, in_scope(clause, subjects), "correction"))
    hashes = {c.clause_id: text_hash(c.text) for c in comparison.local.clause_list}
    applied = tuple(
        {
            "coder": coder,
            "local_id": i,
            "text_hash": hashes[i],
            "counterpart": counterpart,
            "relation": relation,
        }
        for i, (counterpart, relation, coder) in decided.items()
    )
    return replace(
        comparison,
        clause_matching=replace(matching, matches=tuple(matches)),
        corrections=(*comparison.corrections, *applied),
    )


def _corrected(
    comparison: Comparison, match: Match[Clause], i: int, j: int | None, relation: str, coder: str
) -> Match[Clause]:
    scores = comparison.similarity
    if j is None:
        return Match(match.local, None, Link(i, None, 1, 0.0, 0.0, 0.0, 1.0), None, True, coder)
    link = Link(i, j, 1, float(scores.score[i, j]), float(scores.tfidf[i, j]), float(scores.fuzzy[i, j]), 1.0)
    same = match.relation if match.link.template == j else None
    step = (f"由{coder}编码为{relation}", f"coded {relation} by {coder}")
    judged = (
        replace(same, label=relation, steps=(*same.steps, step))
        if same
        else Relation(relation, 0.0, 0.0, (), (step,))
    )
    return Match(match.local, comparison.template.clause_list[j], link, judged, True, coder)


def _decisions(comparison: Comparison, codes: pd.DataFrame) -> dict[str, tuple[str | None, str, str]]:
    """Return local_id → (counterpart, relation, coder) for the codes that are about these texts."""
    missing = {"coder", "local_id", "text_hash", "counterpart", "relation"} - set(codes.columns)
    if missing:
        raise ValueError(f"codes lack the columns {sorted(missing)}; read_codes gives them")
    hashes = {c.clause_id: text_hash(c.text) for c in comparison.local.clause_list}
    by_hash = {text: clause_id for clause_id, text in hashes.items()}
    known = {c.clause_id for c in comparison.template.clause_list}
    decided: dict[str, tuple[str | None, str, str]] = {}
    changed = []
    for code in codes.to_dict("records"):
        for column, plan in (("local_plan", comparison.local), ("template_plan", comparison.template)):
            given = code.get(column)
            if isinstance(given, str) and given != plan.plan_id:
                raise ValueError(
                    f"code for {code['local_id']} is about {column} {given!r}, not {plan.plan_id!r}"
                )
        local_id, seen, coder, relation = (
            str(code[name]) for name in ("local_id", "text_hash", "coder", "relation")
        )
        # A clause that moved is found by its text; one whose text changed is not corrected.
        clause_id = local_id if hashes.get(local_id) == seen else by_hash.get(seen)
        if clause_id is None:
            changed.append(local_id)
            continue
        counterpart = code["counterpart"] if isinstance(code["counterpart"], str) else None
        if counterpart is not None and counterpart not in known:
            raise ValueError(
                f"counterpart {counterpart!r} of {local_id} is no clause of {comparison.template.plan_id}"
            )
        if relation not in RELATIONS or (relation == "new") != (counterpart is None):
            raise ValueError(
                f"relation {relation!r} of {local_id} does not go with counterpart {counterpart!r}"
            )
        earlier = decided.get(clause_id)
        if earlier is not None and earlier[:2] != (counterpart, relation):
            raise ValueError(
                f"{clause_id} is coded differently by {earlier[2]} and {coder}: settle disagreements first (see agreement)"
            )
        decided[clause_id] = (counterpart, relation, coder)
    if changed:
        warnings.warn(
            f"{len(changed)} codes are about a text that has changed and were left out: {', '.join(changed[:10])}",
            PolicycmpWarning,
            stacklevel=4,
        )
    return decided
