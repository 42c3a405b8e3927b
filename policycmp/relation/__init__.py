"""The relation of a local passage to its template: one label, and how it came about."""

from policycmp.relation.clauses import ClauseFindings, examine_clause, judge_clause, weigh_clause
from policycmp.relation.decision import Relation
from policycmp.relation.options import RelationOptions
from policycmp.relation.pairs import judge, relate

__all__ = [
    "ClauseFindings",
    "Relation",
    "RelationOptions",
    "examine_clause",
    "judge",
    "judge_clause",
    "relate",
    "weigh_clause",
]
