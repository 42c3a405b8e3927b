"""Reuse over a corpus: planted copies are found, strangers are not, boilerplate is told apart."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

import policycmp as pc
from policycmp.corpus import wordings

STOCK = "各级各部门要高度重视，加强组织领导，明确责任分工，细化工作措施，狠抓任务落实，确保各项工作取得实效。"
OWN = [
    "新建乡镇养老服务中心十二所，为失能老人提供日间照料、康复护理和送餐上门服务，床位补贴每张每年三千元。",
    "推广水肥一体化技术三万亩，建立智能灌溉示范区，对购置节水设备的合作社给予百分之三十的购机补贴。",
    "组织企业赴省外招才引智，对全职引进的博士给予安家费三十万元，子女可在全县任选公办学校就读入学。",
    "改造老旧小区供热管网四十公里，实行分户计量和按热收费，冬季室温投诉必须在二小时内上门处理。",
]


def _plan(name: str, *bodies: str) -> pc.Plan:
    lines = [f"{name}实施方案", "一、重点任务"] + [f"{i}.任务{i}。{body}" for i, body in enumerate(bodies, 1)]
    return pc.parse_plan("\n".join(lines), plan_id=name)


@pytest.fixture(scope="module")
def reuse():
    plans = [
        _plan("甲", STOCK, OWN[0]),
        _plan("乙", STOCK, OWN[0].replace("十二所", "八所")),
        _plan("丙", STOCK, OWN[1]),
        _plan("丁", STOCK, OWN[2]),
        _plan("戊", STOCK, OWN[3]),
    ]
    return pc.find_reuse(plans)


def test_the_copied_task_is_found_between_the_two_plans_that_share_it(reuse):
    some = reuse.shared_by_some()
    assert set(some["plan_id"]) == {"甲", "乙"}
    assert (some["plans"] == 2).all()


def test_what_everybody_says_is_boilerplate(reuse):
    stock = reuse.clusters[reuse.clusters["boilerplate"]]
    assert set(stock["plan_id"]) == {"甲", "乙", "丙", "丁", "戊"}


def test_pairs_are_of_different_plans_and_given_once(reuse):
    pairs = reuse.pairs
    assert (pairs["plan_id"] != pairs["other_plan_id"]).all()
    assert not pairs.duplicated(["plan_id", "clause_id", "other_plan_id", "other_clause_id"]).any()
    assert pairs["fuzzy"].between(0.6, 1).all()


def test_nothing_shared_gives_empty_frames_with_their_columns():
    found = pc.find_reuse([_plan("丙", OWN[1]), _plan("丁", OWN[2])])
    assert found.pairs.empty and "cosine" in found.pairs
    assert found.clusters.empty and "boilerplate" in found.clusters
    nothing, something = pc.find_reuse([]), pc.find_reuse([_plan("甲", STOCK), _plan("乙", STOCK)])
    assert nothing.pairs.empty
    assert nothing.pairs.dtypes.equals(something.pairs.dtypes)
    assert nothing.clusters.dtypes.equals(something.clusters.dtypes)


def test_options_are_validated():
    with pytest.raises(ValueError, match="cosine"):
        pc.ReuseOptions(cosine=0)


PARTS = [sentence for text in (STOCK, *OWN) for sentence in text.rstrip("。").split("，")]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(PARTS), min_size=3, max_size=5, unique=True), min_size=2, max_size=8)
)
def test_pairs_are_those_of_comparing_all_with_all(bodies):
    plans = [_plan(f"plan-{i}", "，".join(body) + "。") for i, body in enumerate(bodies)]
    options = pc.ReuseOptions(cosine=0.0001, min_chars=1, top=20)
    found = pc.find_reuse(plans, options=options).pairs
    letters = {p.plan_id: "".join(c for c in p.clause_list[0].text if c.isalnum()) for p in plans}
    expected = {
        (a, b): fuzz.ratio(letters[a], letters[b]) / 100
        for a, b in combinations(letters, 2)
        if fuzz.ratio(letters[a], letters[b]) >= 60
        # Texts that share single letters only are not looked at.
        and any(
            letters[a][i : i + options.run] in letters[b] for i in range(len(letters[a]) - options.run + 1)
        )
    }
    assert dict(
        zip(zip(found["plan_id"], found["other_plan_id"], strict=True), found["fuzzy"], strict=True)
    ) == (pytest.approx(expected))


def _variants(number: int) -> list[pc.Plan]:
    """Plans that say the same, each with another number and another closing word."""
    endings = ["实效", "成效", "见效", "有效", "长效"]
    return [
        _plan(
            f"plan-{i}", OWN[0].replace("三千元", f"{1000 + 7 * i}元"), STOCK.replace("实效", endings[i % 5])
        )
        for i in range(number)
    ]


def test_a_cluster_is_whole_however_few_neighbours_are_kept():
    few, many = (pc.find_reuse(_variants(60), options=pc.ReuseOptions(top=top)).clusters for top in (1, 100))
    assert few["cluster"].nunique() == 2
    assert (few["plans"] == 60).all()
    assert few.equals(many)


def test_what_is_held_word_for_word_by_many_gives_few_pairs_that_lead_to_the_first():
    plans = [_plan(f"plan-{i:02d}", STOCK) for i in range(40)]
    pairs = pc.find_reuse(plans, options=pc.ReuseOptions(top=3)).pairs
    assert set(pairs["plan_id"]) <= {"plan-00", "plan-01", "plan-02", "plan-03"}
    assert set(pairs["other_plan_id"]) | {"plan-00"} == {p.plan_id for p in plans}
    assert (pairs["cosine"] == 1).all() and (pairs["fuzzy"] == 1).all()


def test_a_plan_that_repeats_itself_is_no_reuse():
    found = pc.find_reuse([_plan("甲", STOCK, STOCK, OWN[0]), _plan("乙", OWN[0])])
    assert set(found.clusters["clause_id"]) == set(found.pairs["clause_id"]) | set(
        found.pairs["other_clause_id"]
    )
    assert len(found.pairs) == 1


def test_wordings_are_the_same_in_whatever_portions_they_are_hashed(monkeypatch):
    whole = pc.find_reuse(_variants(9))
    monkeypatch.setattr(wordings, "_CHUNK", 100)
    assert pc.find_reuse(_variants(9)).pairs.equals(whole.pairs)
