"""Why a target stands alone: what faces its clause in the other plan, and whether the local plan speaks of it.

A template's target on vocational schools is no loss in a plan on compulsory education. Where the clause
of an unpaired target has a counterpart, the reason names it: the counterpart lacks the target. Where it
has none, the clause itself is new or was dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from policycmp.labels import label
from policycmp.model import Clause, Target
from policycmp.scope import beside, in_scope, plan_subjects
from policycmp.target_pairs.phrase import Phrase

if TYPE_CHECKING:
    from policycmp.plan import Plan

__all__ = ["Surroundings"]


class Surroundings:
    """What the reason of an unpaired target needs: facing clauses and the local plan's subject."""

    def __init__(
        self, local: Plan, template: Plan, linked: Mapping[tuple[str | None, str | None], float]
    ) -> None:
        self.plans = {"added": (local, template), "removed": (template, local)}
        self._subjects = plan_subjects(local)
        self._clauses = {side: {c.clause_id: c for c in p.clause_list} for side, (p, _) in self.plans.items()}
        ranked = sorted(linked.items(), key=lambda kv: -kv[1])
        self._facing: dict[str, dict[str | None, list[str]]] = {"added": {}, "removed": {}}
        for (a, b), _ in ranked:
            for side, own, other in (("added", a, b), ("removed", b, a)):
                clause = self._clauses["removed" if side == "added" else "added"].get(other or "")
                if clause is not None:
                    self._facing[side].setdefault(own, []).append(_name(clause))

    def reason(
        self, target: Target, phrase: Phrase, side: Literal["added", "removed"]
    ) -> tuple[str, str, bool]:
        """Return why `target` stands alone, in Chinese and English, and whether it is within the subject."""
        clause = self._clauses[side].get(target.clause_id or "")
        facing = self._facing[side].get(target.clause_id, [])
        outside = side == "removed" and (
            beside(phrase.subjects, self._subjects)
            or (not facing and clause is not None and not in_scope(clause, self._subjects))
        )
        key = f"change.{side}_" + ("outside" if outside else "within" if facing else "clause")
        values = {"clause": "、".join(f"「{name}」" for name in facing[:3])}
        zh, en = (label(key, lang).format(**values) for lang in ("zh", "en"))
        return zh, en, not outside


def _name(clause: Clause) -> str:
    # A table row has no heading of its own; its first words tell more than its number.
    return clause.heading or (clause.text if len(clause.text) <= 20 else f"{clause.text[:20]}…")
