"""Contradictions inside one plan, for a person to look at.

Three kinds: a completion date in a table or bracket that is earlier than the year the same
clause's text promises; one indicator with two values for the same year; numbers that are
missing or doubled in the outline. A check reports, it never changes the plan.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from policycmp.model import Clause, Remark, Target
from policycmp.text import fold, source_span

if TYPE_CHECKING:
    from policycmp.plan import Plan

__all__ = ["check_plan"]

_PROMISED = re.compile(r"(?:到|至|在|力争|争取|确保|于)(?P<year>20\d\d)年")
_NAMED = re.compile(r"《[^《》]{0,80}》")


def _late(clause: Clause) -> list[Remark]:
    """Return where a clause promises something for later than its own completion date."""
    year = re.match(r"20\d\d", clause.deadline or "")
    if not year:
        return []
    # Names of documents hold years that promise nothing; blanked, so that offsets stay.
    said = _NAMED.sub(lambda match: " " * len(match.group()), fold(clause.text))
    return [
        Remark(
            "contradiction",
            f"{clause.clause_id}: the text says {match['year']}, its completion date is {clause.deadline}",
            *source_span(clause.pieces, match.start(), match.end()),
        )
        for match in _PROMISED.finditer(said)
        if match["year"] > year.group()
    ]


def _two_values(targets: tuple[Target, ...]) -> list[Remark]:
    """Return pairs of targets that give one indicator two values for one year."""
    known: dict[tuple[str, str, str, str | None], list[Target]] = defaultdict(list)
    for target in targets:
        plain = re.sub(r"\s|的|全[省市县区]", "", target.indicator)
        if target.is_target and target.deadline and len(plain) >= 4 and not target.qualifiers:
            known[plain, target.unit, target.deadline[:4], target.per].append(target)
    found = []
    for same in known.values():
        first = same[0]
        for other in same[1:]:
            if (other.value_low, other.value_high) != (first.value_low, first.value_high):
                found.append(
                    Remark(
                        "contradiction",
                        f"{first.indicator} ({first.deadline}): {first.snippet} ({first.clause_id}) and {other.snippet} ({other.clause_id})",
                        other.start,
                        other.end,
                    )
                )
    return found


def check_plan(plan: Plan) -> tuple[Remark, ...]:
    """Return what contradicts itself in a plan, in the order of the text."""
    found = [remark for clause in plan.clause_list for remark in _late(clause)]
    found += _two_values(plan.target_list)
    found += [remark for remark in plan.remarks if remark.kind == "numbering"]
    return tuple(sorted(found, key=lambda remark: remark.start or 0))
