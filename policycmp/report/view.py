"""What a page shows, taken from a comparison and put into the order of reading.

Templates should not know about data frames, missing values or offsets. A *view* is the
same comparison as small plain objects: the pairs of each local clause under its section,
with evidence and the two sides of the redline cut into runs; the targets; the clauses
nobody took up; the shares. Nothing is judged here, only gathered and counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from policycmp.labels import label
from policycmp.report.parts import Ground, Pair, Share
from policycmp.report.values import records

if TYPE_CHECKING:
    from policycmp.comparison import Comparison
    from policycmp.model import Clause
    from policycmp.plan import Plan
    from policycmp.relation import Relation

__all__ = ["TARGET_CHANGES", "ReportView"]

TARGET_CHANGES = ("sharpen", "weaken", "mixed", "none", "scale_dependent", "added", "removed")
"""What a target row can be filed under, in the order pages show it."""


class ReportView:
    """A comparison in the order a page shows it; the parts are made when they are asked for."""

    def __init__(self, comparison: Comparison, lang: str) -> None:
        self.comparison, self.lang, self.neutral = comparison, lang, bool(comparison.neutral)
        self.local: Plan = comparison.local
        self.template: Plan = comparison.template

    def label(self, key: str, /, **values: object) -> str:
        """Return the word for `key` in this comparison's wording, with `values` filled in."""
        return label(key, self.lang, neutral=self.neutral).format(**values)

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        return records(self.comparison.clauses)

    @cached_property
    def targets(self) -> list[dict[str, Any]]:
        """Target rows in the reader's language with `change`, the word each is filed under."""
        from policycmp.target_pairs.pairs import pairs_frame

        # The frame may be a saved one; only its words are taken from the other language.
        said = {_mention(row): row for row in records(pairs_frame(self.comparison.target_pairs, self.lang))}
        worded = ("local_value", "template_value", "reason")
        return [
            row | {"change": _target_change(row)} | {key: said.get(_mention(row), row)[key] for key in worded}
            for row in records(self.comparison.targets)
        ]

    @cached_property
    def pairs(self) -> list[Pair]:
        """One pair per local clause in document order; its further counterparts are in `others`."""
        by_local: dict[str, list[Pair]] = defaultdict(list)
        for row in self.rows:
            if row["local_id"] is not None:
                by_local[row["local_id"]].append(self._pair(row))
        sentences: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for measure in self.measures:
            if measure["rank"] == 1:
                sentences[measure["local_clause_id"]].append(measure)
        out = []
        for local_id, group in by_local.items():
            first, *others = sorted(group, key=lambda p: p.row["rank"])
            out.append(replace(first, measures=tuple(sentences[local_id]), others=tuple(others)))
        return sorted(out, key=lambda p: p.row["local_start"])

    @cached_property
    def measures(self) -> list[dict[str, Any]]:
        """Every sentence row with the words of both sides and its evidence in words, in document order."""
        local = {m.measure_id: m.text for m in self.local.measure_list}
        template = {m.measure_id: m.text for m in self.template.measure_list}
        rows = [
            row
            | {
                "local_text": local.get(row["local_id"]),
                "template_text": template.get(row["template_id"]),
                "evidence": self._said(self._relations.get(("measure", row["local_id"], row["template_id"]))),
            }
            for row in records(self.comparison.measures)
        ]
        return sorted(rows, key=_position)

    @cached_property
    def dropped(self) -> list[Pair]:
        """The template's clauses without counterpart, those within scope first, in document order."""
        rows = [row for row in self.rows if row["relation"] == "dropped"]
        rows.sort(key=lambda row: (not row["in_scope"], row["template_start"] or 0))
        return [Pair(row, None, self._template_clauses.get(row["template_id"])) for row in rows]

    @cached_property
    def shares(self) -> list[Share]:
        """Clauses by relation; every relation is there, even with none."""
        out = []
        for row in records(self.comparison.summary()):
            if row["unit"] == "clause":
                count, of = row["count"] + row["out_of_scope"], row["of"] + row["out_of_scope"]
                out.append(
                    Share(row["relation"], count, count / of if of else None, row["count"], row["share"])
                )
        return out

    @cached_property
    def target_counts(self) -> dict[str, int]:
        counts = dict.fromkeys(TARGET_CHANGES, 0)
        for row in self.targets:
            counts[row["change"]] += 1
        return counts

    @property
    def dropped_in_scope(self) -> int:
        return next(share.in_scope for share in self.shares if share.relation == "dropped")

    @property
    def finding(self) -> str:
        shares = {share.relation: share for share in self.shares}
        local = len(self.local.clause_list)
        return self.label(
            "report.finding",
            local=local,
            matched=local - shares["new"].count,
            new=shares["new"].count,
            template=len(self.template.clause_list),
            dropped=shares["dropped"].count,
            in_scope=shares["dropped"].in_scope,
        )

    @cached_property
    def look_first(self) -> list[tuple[Pair, Ground]]:
        """The heaviest piece of evidence of each of the five clauses that changed most."""
        changed = sorted((p for p in self.pairs if p.weight), key=lambda p: -p.weight)[:5]
        return [(p, max(p.grounds, key=lambda ground: ground.directed_weight)) for p in changed]

    @cached_property
    def evidence(self) -> list[dict[str, Any]]:
        """Evidence rows with their line in the reader's language."""
        lines = {
            (unit, local, template, e.text): e.line(self.lang, neutral=self.neutral)
            for (unit, local, template), relation in self._relations.items()
            for e in relation.evidence
        }
        return [
            row
            | {
                "text": lines.get(
                    (row["unit"], row["local_id"], row["template_id"], row["text"]), row["text"]
                )
            }
            for row in records(self.comparison.evidence)
        ]

    def anchor(self, pair: Pair) -> str:
        """Return the name a link goes to; from the position, since ids may be any string."""
        side, start = ("c", "local_start") if pair.local else ("t", "template_start")
        return f"{side}{pair.row[start] or 0}"

    @cached_property
    def _local_clauses(self) -> dict[str, Clause]:
        return {clause.clause_id: clause for clause in self.local.clause_list}

    @cached_property
    def _template_clauses(self) -> dict[str, Clause]:
        return {clause.clause_id: clause for clause in self.template.clause_list}

    @cached_property
    def _relations(self) -> dict[tuple[str, str | None, str | None], Relation]:
        """What was judged, by unit and ids: it knows how to speak in both languages."""
        compared = self.comparison
        return {
            (unit, getattr(m.local, name, None), getattr(m.template, name, None)): m.relation
            for unit, name, matching in (
                ("clause", "clause_id", compared.clause_matching),
                ("measure", "measure_id", compared.measure_matching),
            )
            for m in (matching.matches if matching else ())
            if m.relation is not None
        }

    def _pair(self, row: dict[str, Any]) -> Pair:
        ids = row["local_id"], row["template_id"]
        local, template = self._local_clauses.get(ids[0]), self._template_clauses.get(ids[1])
        relation = self._relations.get(("clause", *ids))
        grounds, steps = self._grounds(relation), self._steps(relation)
        row = row | {"evidence": self._said(relation)}
        lines = self.comparison.redline(*ids) if local and template else None
        return Pair(row, local, template, grounds, steps, lines)

    def _grounds(self, relation: Relation | None) -> tuple[Ground, ...]:
        found = [
            Ground(
                e.kind,
                e.direction,
                e.weight,
                e.line(self.lang, neutral=self.neutral),
                e.local_quote,
                e.template_quote,
            )
            for e in (relation.evidence if relation else ())
        ]
        return tuple(sorted(found, key=lambda ground: -ground.directed_weight))

    def _steps(self, relation: Relation | None) -> tuple[str, ...]:
        return tuple(step[self.lang == "en"] for step in relation.steps) if relation else ()

    def _said(self, relation: Relation | None) -> str:
        return "\n".join(ground.text for ground in self._grounds(relation))


def _position(row: Mapping[str, Any]) -> tuple[bool, int, int]:
    """Sort what has a local side by it, and what has none after that."""
    return (row["local_start"] is None, row["local_start"] or row["template_start"] or 0, row["rank"])


def _mention(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what tells one target row from every other."""
    return (row["local_target_id"], row["template_target_id"])


def _target_change(row: Mapping[str, Any]) -> str:
    """Return the one word a target row is filed under.

    A count whose size depends on the place is not "unchanged": nothing is said about it.
    """
    if row["direction"] in ("added", "removed"):
        return str(row["direction"])
    if row["effect"] == "none" and row["direction"] != "same" and row["comparable"] == "scale_dependent":
        return "scale_dependent"
    return str(row["effect"] or "none")
