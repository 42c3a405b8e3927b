"""Matching: what a template clause loses is told once, and what was taken over is not dropped."""

from __future__ import annotations

import policycmp as pc
from policycmp.language.passage import Passage
from policycmp.plan import parse_plan
from policycmp.relation import judge_clause


def plan(place: str, *clauses: str) -> pc.Plan:
    body = "".join(f"（{'一二三四五六'[n]}）{clause}\n" for n, clause in enumerate(clauses))
    return parse_plan(f"{place}绿色低碳建设实施方案\n\n一、重点任务\n{body}", plan_id=place)


DATA = (
    "推动数据中心绿色发展。鼓励企业利用绿色数据中心实现节能降耗。"
    "新建大型数据中心电能利用效率不超过1.3。建立数据中心能耗在线监测平台。"
    "组织开展机房散热系统改造。每季度公布能效排名。"
)
NARROW = "推动数据中心绿色发展。鼓励企业利用绿色数据中心实现节能降耗，优先在沿海地区布局。"


def test_the_only_answer_loses_figures_and_deeds_whatever_its_breadth():
    here, there = Passage.of(NARROW), Passage.of(DATA)
    assert judge_clause(here, [there]).label != "weaken"
    found = judge_clause(here, [there], only=True)
    assert found.label == "weaken"
    lost = [e.template_quote for e in found.evidence if e.case == "dropped"]
    assert any("1.3" in quote for quote in lost)


SURVEYED = "各地组织开展企业能效情况调查，认真排查在建项目，科学评估拟建项目，逐一登记造册。"
LISTED = "经企业申辩和专家评审，建立企业能效清单目录，向社会公开，接受群众监督。"
PRAISED = "发布行业能效领跑者名单。"
SPLIT = f"建立企业清单。{SURVEYED}{LISTED}{PRAISED}"
SURVEY = f"开展企业调查。{SURVEYED}经企业申辩和专家评审。"
LIST = f"建立企业清单。逐一登记造册。{LISTED}"
OTHER = "加强绿色建筑推广。新建民用建筑全面执行绿色建筑标准，推广装配式施工。"


def losses(comparison: pc.Comparison) -> list[tuple[str, str]]:
    return [
        (m.local.clause_id, e.template_quote)
        for m in comparison.clause_matching.matches
        if m.local is not None and m.relation is not None
        for e in m.relation.evidence
        if e.case == "dropped"
    ]


def test_a_clause_split_in_two_loses_each_thing_once():
    comparison = pc.compare(plan("甲县", SURVEY, LIST, OTHER), plan("乙市", SPLIT, OTHER))
    pairs = comparison.clauses.dropna(subset=["local_id", "template_id"])
    assert {"c001", "c002"} <= set(pairs.loc[pairs["template_id"] == "c001", "local_id"])
    lost = [quote for _, quote in losses(comparison)]
    assert not [quote for quote in lost if any(word in quote for word in ("清单目录", "排查", "监督"))]
    assert len([quote for quote in lost if "领跑者" in quote]) == 1


def test_a_repeated_clause_is_answered_by_one_answer():
    repeated = SPLIT.replace("在建项目", "拟建项目")
    comparison = pc.compare(plan("甲县", SPLIT, OTHER), plan("乙市", SPLIT, OTHER, repeated))
    assert "dropped" not in set(comparison.clauses["relation"])


SPREAD = "控制建设密度。县城建设应疏密有度、错落有致、合理布局，既防止盲目进行高密度高强度开发。县城人口密度应控制在每平方公里1万人以内。"
HOLDER = (
    "限制民用建筑高度。县城民用建筑高度要与消防救援能力相匹配，新建住宅以6层为主，最高不超过18层。"
    "确需建设18层以上居住建筑的，应充分论证，确保消防应急能力匹配到位。"
    "县城建设应疏密有度、错落有致、合理布局，既防止盲目进行高密度高强度开发。"
)
HEIGHT = "限制民用建筑高度。县城民用建筑高度要与消防救援能力相匹配，新建住宅以6层为主，最高不超过18层。确需建设18层以上居住建筑的，应充分论证，确保消防应急能力匹配到位。"


def test_sentences_taken_over_keep_a_clause_from_being_dropped():
    local, template = plan("甲县", HOLDER, OTHER), plan("乙市", HEIGHT, OTHER, SPREAD)
    rows = pc.compare(local, template).clauses
    row = rows[rows["template_id"] == "c003"].iloc[0]
    assert row["local_id"] == "c001" and row["rank"] > 1 and row["relation"] != "dropped"

    strict = pc.CompareOptions(align=pc.AlignOptions(answered=1.0, part=1.0))
    rows = pc.compare(local, template, options=strict).clauses
    row = rows[rows["template_id"] == "c003"].iloc[0]
    assert row["relation"] == "dropped" and row["evidence"] == "部分内容见于c001"

    alone = pc.CompareOptions(measures=False, align=pc.AlignOptions(part=1.0))
    rows = pc.compare(local, template, options=alone).clauses
    row = rows[rows["template_id"] == "c003"].iloc[0]
    assert row["relation"] == "dropped" and row["evidence"] == ""


def test_ranks_go_on_counting_and_runners_up_were_not_chosen():
    comparison = pc.compare(plan("甲县", HOLDER, OTHER), plan("乙市", HEIGHT, OTHER, SPREAD))
    rows = comparison.clauses.dropna(subset=["local_id", "template_id"])
    for _, group in rows.groupby("local_id"):
        assert list(group["rank"]) == list(range(1, len(group) + 1))
    chosen = set(zip(rows["local_id"], rows["template_id"], strict=True))
    runners = comparison.candidates
    assert not chosen & set(zip(runners["local_id"], runners["template_id"], strict=True))


def test_a_clause_named_like_the_template_clause_answers_for_all_of_it():
    longer = DATA.replace("推动数据中心绿色发展。", "推动数据中心绿色发展。完善机房建设标准。")
    named = plan("甲县", NARROW, "推广散热技术。组织开展机房散热系统改造。", OTHER)
    lost = {
        quote for clause, quote in losses(pc.compare(named, plan("乙市", longer, OTHER))) if clause == "c001"
    }
    assert any("1.3" in quote for quote in lost)
    assert not any("散热" in quote for quote in lost)  # the other answer holds it
    other_name = plan(
        "甲县",
        NARROW.replace("推动数据中心绿色发展", "鼓励企业节能"),
        "推广散热技术。组织开展机房散热系统改造。",
        OTHER,
    )
    assert not any("1.3" in quote for _, quote in losses(pc.compare(other_name, plan("乙市", longer, OTHER))))


def test_milestones_and_joint_values_are_neither_lowered_nor_added():
    found = pc.relate("2023年，卫生厕所普及率达到80%，到2025年达到90%。", "到2025年，卫生厕所普及率达到90%。")
    assert found.label == "sharpen" and not [e for e in found.evidence if e.direction == "weaken"]
    apart = "自来水普及率达到90%以上，规模化供水覆盖率达到90%以上。"
    assert pc.relate(apart, "自来水普及率、规模化供水覆盖率均达到90%以上。").label in ("copy", "adapt")


def test_order_and_department_make_no_difference():
    assert (
        pc.relate(
            "由县水务局牵头，县农业农村局配合，推进水价改革。",
            "由市农业农村局牵头，市水务局配合，推进水价改革。",
        ).label
        == "copy"
    )
    assert (
        pc.relate(
            "加强学生睡眠、作业、体质、读物、手机管理。", "加强学生作业、睡眠、手机、读物、体质管理。"
        ).label
        == "copy"
    )


def test_a_match_shows_itself_in_a_line(comparison):
    result = comparison("xiji-2025")
    for match in (*result.clause_matching.matches[:3], *result.measure_matching.matches[:3]):
        assert repr(match).startswith("<Match ") and match.label in repr(match) and len(repr(match)) < 90
    assert repr(result.clause_matching.matches[1]).startswith("<Match c002 ~ c003: copy")
