"""The relation of a clause to the clauses it draws on, by what was found and who else answers to them.

A narrow local item (美育 alone) does not drop what a broad template clause (五育并举) says about other
tasks, and where several local clauses share a template clause each loss is charged once. So clauses are
first examined (`examine_clause`), each by itself, and then weighed together (`weigh_clause`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from policycmp.evidence import Evidence, examine
from policycmp.evidence.breadth import Answered, answered_sentences
from policycmp.language.passage import Passage
from policycmp.relation.decision import Relation, decide
from policycmp.relation.options import RelationOptions
from policycmp.relation.pairs import word_for_word

__all__ = ["ClauseFindings", "examine_clause", "judge_clause", "weigh_clause"]


@dataclass(frozen=True, slots=True)
class ClauseFindings:
    """What was found between a clause and its main template clause, before it is weighed."""

    copied: float
    evidence: tuple[Evidence, ...] = ()
    carried: float = 1.0
    within: Answered = field(default_factory=lambda: Answered(1.0, ()))
    """The template sentences the clause answers to."""

    def has(self, dropped: Evidence) -> bool:
        """Tell whether this clause says what another one dropped: the same place otherwise, or its sentence whole."""
        start, end = dropped.template_start, dropped.template_end
        if start is None or end is None:
            return False
        there = self._cases(start, end)
        if there:
            return "dropped" not in there
        sentence = self.within.sentence(start)
        return self.within.holds(start) and "dropped" not in self._cases(*sentence)

    def _cases(self, start: int, end: int) -> set[str]:
        """Return what became of a span of the template clause: changed, dropped, or nothing."""
        return {
            e.case
            for e in self.evidence
            if e.template_start is not None
            and e.template_end is not None
            and e.template_start < end
            and start < e.template_end
        }


def examine_clause(
    local: Passage,
    templates: Sequence[Passage],
    options: RelationOptions | None = None,
    *,
    local_context: Sequence[Passage] = (),
    template_context: Sequence[Passage] = (),
) -> ClauseFindings:
    """Return the evidence between a clause and the template clauses it draws on (see `judge_clause`)."""
    template = templates[0]
    if word_for_word(local, template):
        whole = Answered(1.0, ((0, len(template.text)),), ((0, len(template.text), 1.0, 1.0),))
        return ClauseFindings(1.0, within=whole)
    options = options or RelationOptions()
    found = examine(
        local,
        template,
        weights=options.weights,
        same_scale=options.same_scale,
        scale_ratio=options.scale_ratio,
        local_context=local_context,
        template_context=[*templates[1:], *template_context],
    )
    within = answered_sentences(found.pair.template, found.pair.local, found.pair.partners[1])
    return ClauseFindings(found.pair.lines.copied, found.evidence, found.carried, within)


def weigh_clause(
    findings: ClauseFindings,
    options: RelationOptions | None = None,
    *,
    others: Sequence[ClauseFindings] | None = None,
    foremost: bool = True,
    named: bool = False,
) -> Relation:
    """Return the relation of a clause by what was found, and who else answers to its template clause.

    Parameters
    ----------
    findings : ClauseFindings
    options : RelationOptions, optional
    others : sequence of ClauseFindings, optional
        Those of the other local clauses that draw on the same template clause; none if this is its
        only answer. By default it is not known who else answers.
    foremost : bool
        Of all that answer to the template clause this one is the most like it: what none of them
        holds is for it to answer for.
    named : bool
        The two headings name one task (提高学前教育普惠水平, 实施学前教育普及普惠发展计划): what the local
        clause leaves out of it is lost, not left to others.
    """
    options = options or RelationOptions()
    within, rivals = findings.within, [o.within for o in others or ()]
    narrow = within.breadth < options.breadth
    # Nobody else could hold what the only answer leaves out, nor what belongs to the task both are named for.
    whole = named or not narrow or (others is not None and not rivals)

    def charged(e: Evidence) -> bool:
        if e.case != "dropped":
            return True
        if any(o.has(e) for o in others or ()):
            return False
        at = e.template_start
        if within.holds(at) or any(o.holds(at) for o in rivals):
            own, closest = within.share(at), max((o.share(at) for o in rivals), default=-1.0)
            return within.holds(at) and (own > closest or (own == closest and foremost))
        return foremost and whole

    evidence = [
        replace(e, weight=e.weight * options.clause_dropped) if e.case == "dropped" else e
        for e in findings.evidence
        if charged(e)
    ]
    notes: tuple[tuple[str, str], ...] = ()
    if len(evidence) < len(findings.evidence):
        rest = (
            ("其余由同样对应该条款的其他本地条款承担", "other local clauses answer for the rest")
            if rivals
            else ("其余句子不计在内", "its other sentences are left out of account")
        )
        notes = (
            (
                f"本地条款只对应对照条款的一部分（{within.breadth:.0%}），{rest[0]}",
                f"The local clause answers to part of the template clause only ({within.breadth:.0%}); {rest[1]}",
            ),
        )
    decisive = options.clause_decisive if findings.copied < options.reworded else options.decisive
    options = replace(options, minor=options.clause_minor)
    return decide(evidence, findings.copied, findings.carried, options, notes, decisive)


def judge_clause(
    local: Passage,
    templates: Sequence[Passage],
    options: RelationOptions | None = None,
    *,
    local_context: Sequence[Passage] = (),
    template_context: Sequence[Passage] = (),
    only: bool = False,
) -> Relation:
    """Return the relation of a clause to the template clauses it draws on, the first being the main one.

    A narrow local item (美育 alone) does not drop what a broad template clause (五育并举) says about
    other tasks: where the local clause answers to less than `RelationOptions.breadth` of the
    template clause, only the template sentences it answers to can lose anything. If it is the
    `only` local clause that answers, nobody else can hold the other sentences, and these are lost
    all the same. (Where several local clauses share a
    template clause, `weigh_clause` sees to it that each loss is charged once.)

    Parameters
    ----------
    local : Passage
    templates : sequence of Passage
    options : RelationOptions, optional
    local_context, template_context : sequence of Passage
        The counterparts of the two clauses' sentences wherever they stand, and other clauses that
        share the template clause: what moved to another clause is neither dropped nor added.
    only : bool
        Whether no other local clause answers to the template clause.
    """
    found = examine_clause(
        local, templates, options, local_context=local_context, template_context=template_context
    )
    return weigh_clause(found, options, others=() if only else None)
