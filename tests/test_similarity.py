"""The sides of similarity: bounded, symmetric where they should be, and seeing what they are for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from policycmp.alignment.fuzzy import fuzzy
from policycmp.alignment.similarity import SIDES, similarity
from policycmp.language.passage import Passage

BROAD = Passage.of(
    "坚持五育并举。深化体教融合,健全学校体育竞赛制度。加强美育工作,开展校园艺术活动。"
    "落实学生心理健康状况普测制度。学校普遍建立家长学校和家长委员会。",
    heading="坚持五育并举",
    kind="task",
)
OTHER = Passage.of("推进教育督导数字化,实现精准评估和智能督导。", heading="构建治理新模式", kind="task")
SAFE = Passage.of("加强组织领导,定期通报工作进展。", heading="加强组织领导", kind="safeguard")


def test_every_side_has_the_shape_and_the_bounds():
    found = similarity([BROAD, OTHER], [BROAD, OTHER, SAFE])
    assert set(found.sides) == set(SIDES)
    for name, side in found.sides.items():
        assert side.shape == (2, 3), name
        assert side.min() >= 0 and side.max() <= 1 + 1e-9, name


def test_a_passage_is_most_like_itself():
    found = similarity([BROAD, OTHER, SAFE], [BROAD, OTHER, SAFE])
    for name in ("words", "characters", "sentences", "fuzzy"):
        assert np.allclose(np.diag(found.sides[name]), 1), name
        assert (found.sides[name].argmax(axis=1) == [0, 1, 2]).all(), name


def test_a_part_of_a_broad_clause_is_supported_by_its_sentence():
    item = Passage.of("指导各校园建立家长学校和家长委员会。")
    found = similarity([item], [BROAD, OTHER])
    assert found.sides["sentences"][0, 0] > found.sides["words"][0, 0]
    assert found.sides["sentences"][0, 0] > 2 * found.sides["sentences"][0, 1]


def test_other_words_for_the_same_field_are_seen():
    found = similarity(
        [Passage.of("组织干部轮训。")], [Passage.of("开展人员研修。"), Passage.of("开展设备采购。")]
    )
    assert found.sides["words"][0, 0] > found.sides["words"][0, 1]


def test_kinds_and_order_look_at_the_document():
    found = similarity([BROAD, SAFE], [OTHER, BROAD, SAFE])
    assert found.sides["kinds"].tolist() == [[1, 1, 0], [0, 0, 1]]
    assert found.sides["order"].tolist() == [[1, 0.5, 0], [0, 0.5, 1]]


def test_headings_count_where_bodies_differ():
    local = Passage.of("围绕目标抓好落实。", heading="加强师德师风建设")
    template = [
        Passage.of("各校自查。", heading="强化师德师风建设"),
        Passage.of("各校自查。", heading="扩大优质资源"),
    ]
    assert similarity([local], template).sides["headings"].argmax() == 0


def test_sections_lend_their_subject():
    path = ("推动学前教育发展",)
    local = [Passage.of("扩大幼儿园学位。", path=path), Passage.of("按时完成任务。", path=path)]
    template = [
        Passage.of("发展学前教育,建设幼儿园。", path=("甲",)),
        Passage.of("加强高中教育。", path=("乙",)),
    ]
    assert similarity(local, template).sides["sections"][1].argmax() == 0


def test_plans_on_one_subject_are_told_from_others(plan):
    def passages(plan_id):
        return [Passage.of_clause(plan(plan_id), clause) for clause in plan(plan_id).clause_list]

    same = similarity(passages("leshan-2021"), passages("wuzhong-2023"), sides=["subject"]).sides["subject"]
    assert same.min() == same.max() == 1
    roads = [
        Passage.of(f"{name}公路桥梁养护,改造危桥{i}座,整治隧道病害。")
        for i, name in enumerate("甲乙丙丁戊己庚辛壬癸" * 3)
    ]
    assert similarity(passages("leshan-2021"), roads, sides=["subject"]).sides["subject"].max() < 0.9


def test_only_wanted_sides_are_computed():
    assert set(similarity([BROAD], [SAFE], sides=["order"]).sides) == {
        "words",
        "characters",
        "fuzzy",
        "order",
    }


@pytest.mark.parametrize(("local", "template"), [([], [SAFE]), ([SAFE], []), ([], [])])
def test_nothing_against_something_is_empty(local, template):
    found = similarity(local, template)
    assert found.tfidf.shape == found.fuzzy.shape == (len(local), len(template))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(alphabet="教育局推进安全。,;12%a ", max_size=12), min_size=1, max_size=4))
def test_any_text_gives_finite_numbers(texts):
    passages = [Passage.of(text, heading=text[:3]) for text in texts]
    found = similarity(passages, [*passages, Passage.of("")])
    assert all(np.isfinite(side).all() for side in found.sides.values())
    assert found.sides["words"].shape == (len(texts), len(texts) + 1)


_BAGS = st.lists(st.sampled_from(["加强", "家校", "协作", "教育", "a", "xy"]), max_size=7).map(" ".join)


@given(_BAGS, _BAGS)
def test_fuzzy_is_the_mean_of_rapidfuzzs_token_ratios(one, other):
    expected = (fuzz.token_sort_ratio(one, other) + fuzz.token_set_ratio(one, other)) / 200
    assert fuzzy(one, other) == pytest.approx(expected, abs=1e-12)


def test_what_a_plan_was_held_against_before_leaves_no_trace():
    local, template = (BROAD, OTHER), (SAFE, BROAD)
    alone = similarity(local, template).sides
    similarity((OTHER, SAFE), template)
    similarity(local, (SAFE,))
    for name, side in similarity(local, template).sides.items():
        assert np.array_equal(side, alone[name]), name
