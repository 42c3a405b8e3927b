"""Reuse over a corpus: planted copies are found, strangers are not, boilerplate is told apart."""

from __future__ import annotations

import pytest

import policycmp as pc

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
    assert pc.find_reuse([]).pairs.empty


def test_options_are_validated():
    with pytest.raises(ValueError, match="cosine"):
        pc.ReuseOptions(cosine=0)
