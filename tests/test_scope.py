"""A clause on another subject was not dropped; a clause whose subject is unknown counts."""

from __future__ import annotations

import dataclasses

import pytest

from policycmp.scope import in_scope, plan_subjects


@pytest.mark.parametrize(
    ("plan_id", "subjects"),
    [
        ("pingluo-2019", {"义务教育"}),
        ("leshan-2021", {"基础教育"}),
        ("xiji-2025", {"教育"}),
        ("wuzhong-2023", {"教育"}),
    ],
)
def test_subject_of_the_title(plan, plan_id, subjects):
    assert plan_subjects(plan(plan_id)) == subjects


def test_vocational_education_is_outside_compulsory_education_but_within_education(plan):
    clause = next(c for c in plan("wuzhong-2023").clause_list if "职业教育" in (c.heading or ""))
    assert not in_scope(clause, frozenset({"义务教育"}))
    assert not in_scope(clause, frozenset({"基础教育"}))
    assert in_scope(clause, frozenset({"教育"}))
    assert in_scope(clause, frozenset())


def test_a_clause_that_names_no_subject_is_in_scope(plan):
    clause = plan("wuzhong-2023").clause_list[0]
    bare = dataclasses.replace(clause, heading="强化组织领导")
    assert in_scope(bare, frozenset({"义务教育"}))


def test_other_fields_than_education():
    from policycmp.model import Clause

    clause = Clause("c1", "1.", (), "推进交通运输节能", "", "task", (), (), None, 0, 1, ())
    assert not in_scope(clause, frozenset({"工业节能"}))
    assert in_scope(clause, frozenset({"节能"}))
