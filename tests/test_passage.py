"""Passages: analysed once, traceable to the source."""

from __future__ import annotations

import dataclasses
import pickle

import pytest

from policycmp.language.passage import Passage, of_passage
from policycmp.text import join


def test_a_passage_is_frozen_and_equal_by_content():
    one = Passage.of("全市推进", place="吴忠市")
    assert one == Passage.of("全市推进", place="吴忠市")
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.text = "其他"


def test_words_are_made_once():
    one = Passage.of("全市推进教育发展。")
    assert one.words is one.words
    assert one.norms == ("〈全域〉", "推进", "教育", "发展")


def test_what_is_made_of_a_passage_is_made_once_and_stays_with_it():
    made = []

    @of_passage
    def length(passage):
        made.append(passage)
        return len(passage.text)

    one, other = Passage.of("全市推进"), Passage.of("全市推进")
    assert length(one) == length(one) == length(other) == 4
    assert [p is q for p, q in zip(made, (one, other), strict=True)] == [True, True]
    again = pickle.loads(pickle.dumps(one))
    assert again == one and hash(again) == hash(one) and set(vars(again)) <= {*vars(Passage.of("")), "_hash"}


def test_sentences_split_the_norms():
    one = Passage.of("加强管理；配齐校医。确保质量")
    assert one.sentences == (("加强", "管理"), ("配齐", "校医"), ("确保", "质量"))
    assert sum(one.sentences, ()) == one.norms


def test_targets_are_found_in_the_passage():
    (target,) = Passage.of("到2027年，毛入园率达到95%以上").targets
    assert (target.value_low, target.unit, target.deadline) == (95, "%", "2027")


def test_offsets_lead_back_to_the_source():
    source = "普惠性幼\n儿园覆盖率达到93%"
    pieces = ((0, 4), (5, len(source)))
    one = Passage.of(join(source, pieces), pieces=pieces)
    at = one.text.index("幼儿园")
    assert source[slice(*one.span(at, at + 3))] == "幼\n儿园"
    assert Passage.of("甲乙丙").span(1, 2) == (1, 2)


@pytest.mark.parametrize("plan_id", ["xiji-2025", "pingluo-table"])
def test_passages_of_a_plan_quote_its_text(plan, plan_id):
    it = plan(plan_id)
    by_id = {clause.clause_id: clause for clause in it.clause_list}
    for clause in it.clause_list:
        one = Passage.of_clause(it, clause)
        assert (one.text, one.place, one.kind, one.path) == (
            clause.text,
            it.jurisdiction,
            clause.kind,
            clause.path,
        )
        for word in one.words[:3]:
            start, end = one.span(word.start, word.end)
            assert "".join(it.text[start:end].split()) == "".join(word.text.split())
    for measure in it.measure_list[:20]:
        one = Passage.of_measure(it, measure)
        assert one.heading == (by_id[measure.clause_id].heading or "")
        assert one == Passage.of_measure(it, measure, by_id[measure.clause_id])
