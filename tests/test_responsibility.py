"""Responsibility: who leads, who cooperates, until when."""

import pytest

from policycmp.plan import parse_plan
from policycmp.structure.outline import read_outline
from policycmp.structure.responsibility import convention_of, deadline_of, find_brackets, read_responsibility
from policycmp.targets.unit_names import normalised, units_in_cell, units_of
from policycmp.text import fold


@pytest.mark.parametrize(
    ("inner", "lead", "cooperating"),
    [
        ("责任单位：市教育局、市财政局", ["市教育局", "市财政局"], []),
        ("责任单位∶自治区教育厅、财政厅", ["自治区教育厅", "财政厅"], []),
        ("牵头单位：市教育局；配合单位：市财政局、市妇联", ["市教育局"], ["市财政局", "市妇联"]),
        ("牵头单位：市教育局；责任单位：市财政局", ["市教育局"], ["市财政局"]),
        ("负责部门：自然资源部；适用范围：所有自贸试验区", ["自然资源部"], []),
        ("市商务局牵头，市财政局、市文旅局等按职责分工负责", ["市商务局"], ["市财政局", "市文旅局"]),
        ("合肥海关牵头，省贸促会按职责分工配合", ["合肥海关"], ["省贸促会"]),
        ("市教育局负责，市财政局配合", ["市教育局"], ["市财政局"]),
        ("体育总局、教育部等有关部门和单位负责", ["体育总局", "教育部"], []),
        ("扶贫办、全国总工会等和各省级人民政府负责", ["扶贫办", "全国总工会", "各省级人民政府"], []),
        ("财政厅等按职责分工负责，各市人民政府负责落实。以下均需各市人民政府落实，不再列出", ["财政厅", "各市人民政府"], []),
        ("市级帮扶集团牵头单位和有关区县政府具体负责", ["市级帮扶集团牵头单位", "有关区县政府"], []),
        ("责任单位：各有关部门", [], []),
        ("责任科室：养老服务科、财务科", ["养老服务科", "财务科"], []),
        ("省直有关部门按职责分工负责", ["省直有关部门"], []),
        ("有关部门按职责分工负责", [], []),
        ("国家发展改革委会同有关部门负责", ["国家发展改革委"], []),
        ("中央和国家机关工委、教育部负责", ["中央和国家机关工委", "教育部"], []),
        ("责任单位：市住房和城乡建设局、市文化和旅游局", ["市住房和城乡建设局", "市文化和旅游局"], []),
    ],
)  # fmt: skip
def test_who_leads_and_who_cooperates(inner, lead, cooperating):
    found = read_responsibility(inner)
    assert (list(found.lead), list(found.cooperating)) == (lead, cooperating)


def test_widths_of_signs_do_not_matter_but_names_stay_as_printed():
    wide, narrow = "责任单位：市教育局，各县（市、区）", "责任单位:市教育局,各县(市、区)"
    assert read_responsibility(wide).lead == ("市教育局", "各县（市、区）")
    assert read_responsibility(narrow).lead == ("市教育局", "各县(市、区)")


@pytest.mark.parametrize(
    ("statement", "convention"),
    [
        ("（责任单位：市教育局,市财政局。逗号前为牵头单位,下同）", "comma"),
        ("（税务总局、财政部负责，排在第一位的部门为牵头部门，下同）", "first"),
        ("（财政部负责。列第一位者为牵头单位，下同）", "first"),
        ("（市教育局牵头，市财政局配合）", ""),
    ],
)
def test_a_stated_convention_is_found(statement, convention):
    assert convention_of(fold(statement)) == convention


def test_a_convention_holds_for_the_whole_document():
    text = "方案\n一、甲。子。（责任单位：市教育局，市财政局、市妇联。逗号前为牵头单位，下同）\n二、乙。丑。（责任单位：市人社局，市财政局）"
    clauses = read_outline(text).clauses
    assert [(c.lead, c.cooperating) for c in clauses] == [
        (("市教育局",), ("市财政局", "市妇联")),
        (("市人社局",), ("市财政局",)),
    ]


@pytest.mark.parametrize(
    ("listed", "units"),
    [
        ("各县（市、区）党委和政府", ["各县（市、区）党委", "政府"]),
        ("市教育局（市语委办）", ["市教育局"]),
        ("各市、州、县人民政府", ["各市、州、县人民政府"]),
        ("市发改委、各县(市)区、开发区", ["市发改委", "各县(市)区", "开发区"]),
        ("各县<市、区>", ["各县<市、区>"]),
        ("各对口区县（自治县，以下简称区县）政府", ["各对口区县政府"]),
        ("市“双减”工作协调小组成员单位", ["市“双减”工作协调小组成员单位"]),
    ],
)
def test_names_of_units(listed, units):
    assert list(units_of(listed)) == units


def test_a_cell_parts_units_by_lines_and_joins_broken_names():
    assert units_in_cell("教育工委\n自然资源\n局") == ("教育工委", "自然资源局")


def test_the_level_stated_once_holds_for_the_list():
    assert normalised(("县教育局", "财政局", "团县委", "各乡镇")) == (
        "县教育局",
        "县财政局",
        "团县委",
        "各乡镇",
    )


@pytest.mark.parametrize(
    ("words", "deadline"),
    [
        ("2022 年4 月", "2022年4月"),
        ("到2025年底", "2025年底"),
        ("持续推进", "长期"),
        ("长期坚持", "长期坚持"),
        ("另行通知", None),
    ],
)
def test_completion_dates(words, deadline):
    assert deadline_of(words) == deadline


def test_a_bare_list_of_units_counts_only_behind_a_full_stop():
    text = fold("完善（市发展改革委、市能源局）机制。（市发展改革委、市能源局）")
    assert [text[a:b] for a, b in find_brackets(text)] == ["(市发展改革委、市能源局)"]
    assert find_brackets(text)[0][0] > text.index("。")


@pytest.mark.parametrize(
    "text",
    [
        "技工院校（由人力资源社会保障部门负责）享受政策。",
        "尺寸（单位：毫米）见图。",
        "建设（含改扩建）学校。",
        "义务教育（以下简称义教）。",
    ],
)
def test_other_brackets_stay_in_the_text(text):
    assert find_brackets(fold(text)) == []


def test_several_brackets_of_a_clause_are_united():
    text = "意见\n一、创业。优化服务。（市场监管总局负责）支持孵化。（体育总局、教育部负责）"
    (clause,) = read_outline(text).clauses
    assert clause.lead == ("市场监管总局", "体育总局", "教育部")
    assert clause.text == "创业。优化服务。支持孵化。"


def test_lines_without_brackets():
    text = "方案\n一、消费。开展活动。\n牵头单位：市商务局\n配合单位：市财政局\n完成时限：2024年12月底前\n二、外贸。支持出海。责任单位：市贸促会"
    first, second = read_outline(text).clauses
    assert (first.lead, first.cooperating, first.deadline) == (("市商务局",), ("市财政局",), "2024年12月底前")
    assert first.text == "消费。开展活动。"
    assert second.lead == ("市贸促会",)


def test_a_bracket_that_was_never_closed():
    text = "方案\n一、外资。落实清单。（责任单位：市商务局、市发展改革委\n二、外贸。支持出海。"
    first, second = read_outline(text).clauses
    assert first.lead == ("市商务局", "市发展改革委")
    assert first.text == "外资。落实清单。"
    assert second.text == "外贸。支持出海。"


def test_a_date_inside_the_bracket_is_the_deadline():
    found = read_responsibility("市民政局牵头，市财政局配合，2025年底前完成")
    assert (found.lead, found.cooperating, found.deadline) == (("市民政局",), ("市财政局",), "2025年底前")


@pytest.mark.parametrize(
    "inner",
    [
        "责任单位：省发展改革委；完成时限：2022年4月",
        "责任单位：省发展改革委 完成时限：2022年4月",
        "完成时限：2022年4月；责任单位：省发展改革委",
        "时间节点：2022年4月；牵头单位：省发展改革委",
    ],
)
def test_a_bracket_of_responsibility_dates_its_task_and_its_targets(inner: str) -> None:
    plan = parse_plan(
        f"某省方案\n一、重点任务\n（一）摸清底数\n评估项目20个。（{inner}）\n（二）其他\n做好总结。\n",
        plan_id="a",
    )
    clause = next(c for c in plan.clause_list if c.heading == "摸清底数")
    assert clause.lead == ("省发展改革委",) and clause.deadline == "2022年4月"
    (target,) = plan.target_list
    assert target.deadline == "2022-04" and "deadline:inherited" in target.qualifiers


def test_the_time_of_a_phase_names_nobody() -> None:
    assert find_brackets("（一）动员阶段（时间：2018年10月—12月）") == []
