"""Targets: what counts, read from sentences and from the five bundled plans."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import policycmp as pc
from policycmp.model import Target
from policycmp.targets.find import COLUMNS, extract_targets, targets_in


def one(text: str) -> Target:
    found = [t for t in targets_in(text) if t.is_target]
    assert len(found) == 1, found
    return found[0]


@cache
def plan(plan_id: str) -> pc.Plan:
    return pc.load_plan(plan_id)


def in_plan(plan_id: str, snippet: str, *, value: float | None = None) -> Target:
    """The target of a plan whose snippet holds the words given."""
    found = [t for t in plan(plan_id).target_list if snippet in t.snippet.replace("\n", "")]
    found = [t for t in found if value is None or value in (t.value_low, t.value_high)]
    assert len(found) == 1, [(t.indicator, t.snippet) for t in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("九年义务教育巩固率达到97%以上。", "九年义务教育巩固率"),
        ("公办幼儿园在园幼儿占比55%以上。", "公办幼儿园在园幼儿占比"),
        ("打造10节劳动教育精品课。", "劳动教育精品课"),
        ("打造200节以上全国一流的中小学精品课程。", "中小学精品课程"),
        ("培养造就3-5名在全区有一定影响力的教育家型教师。", "教育家型教师"),
        ("培养造就2-3名引领改革发展、在全市有一定影响力的教育家型校(园)长。", "教育家型校(园)长"),
        ("60%县(市、区)实现优质均衡发展目标评估认定。", "县(市、区)实现优质均衡发展目标评估认定"),
        ("力争5个县(市、区)通过国家评估认定。", "县(市、区)通过国家评估认定"),
        ("确保优质普通高中招生名额分配到初中的比例不低于60%。", "优质普通高中招生名额分配到初中的比例"),
        ("县城内部道路红线宽度应不超过40米。", "县城内部道路红线宽度"),
        ("完成既有建筑节能改造5000万平方米。", "既有建筑节能改造"),
        ("运营企业应在半小时内启动应急接驳。", "运营企业启动应急接驳"),
        ("中小学校按照不低于年度公用经费预算总额5%的比例安排教师培训经费。", "教师培训经费"),
        ("新能源汽车新车销售量达到汽车新车销售总量的20%以上。", "新能源汽车新车销售量"),
        ("按照1000:1的生师比配备专职教师。", "生师比"),
        ("城镇新建建筑100%执行节能强制性标准。", "城镇新建建筑执行节能强制性标准"),
        ("培育30个生态优美、功能完善、特色突出的低碳示范县城。", "低碳示范县城"),
        ("规模以上工业单位增加值能耗下降13.5%。", "规模以上工业单位增加值能耗"),
        ("溶剂型工业涂料使用比例降低20个百分点。", "溶剂型工业涂料使用比例"),
        ("新增学位5580个。", "新增学位"),
        ("建筑垃圾排放量每万平方米不高于300吨。", "建筑垃圾排放量"),
    ],
)
def test_indicator_in_the_words_of_the_text(text: str, indicator: str) -> None:
    assert one(text).indicator == indicator


def test_lists_share_what_their_items_leave_out() -> None:
    assert [t.indicator for t in targets_in("创建“三进”工作示范县2个、示范校10所、示范课100节。")] == [
        "“三进”工作示范县",
        "“三进”工作示范校",
        "“三进”工作示范课",
    ]
    levels = targets_in("遴选中小学骨干教师县级600名、市级400名、自治区级200名。")
    assert [(t.indicator, t.level, t.value_low) for t in levels] == [
        ("中小学骨干教师", "县级", 600),
        ("中小学骨干教师", "市级", 400),
        ("中小学骨干教师", "自治区级", 200),
    ]
    heads = targets_in("逐步实现小学45人、初中50人标准班额办学。")
    assert [(t.indicator, t.value_low) for t in heads] == [("小学标准班额", 45), ("初中标准班额", 50)]
    shares = [t for t in targets_in("区市县三级骨干教师比例达到10%、15%、20%。") if t.is_target]
    assert [(t.indicator, t.value_low) for t in shares] == [
        ("区级骨干教师比例", 10),
        ("市级骨干教师比例", 15),
        ("县级骨干教师比例", 20),
    ]
    each = targets_in("氨氮、氮氧化物排放总量比2020年分别下降8%、10%以上。")
    assert [(t.indicator, t.kind) for t in each] == [("氨氮排放总量", "delta"), ("氮氧化物排放总量", "delta")]


def test_the_comparator_of_the_last_number_holds_for_all_that_have_none() -> None:
    both = [t for t in targets_in("小学六年、初中三年巩固率分别达到97%、96%以上。") if t.is_target]
    assert [(t.indicator, t.value_low, t.comparator) for t in both] == [
        ("小学六年巩固率", 97, ">="),
        ("初中三年巩固率", 96, ">="),
    ]
    mixed = targets_in("排放总量分别下降8%、8%、10%以上、10%以上。")
    assert [t.comparator for t in mixed] == ["=", "=", ">=", ">="]


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("每学期组织两次应急疏散演练。", "学期"),
        ("每半年至少听取1次工作汇报。", "半年"),
        ("每名学生至少掌握1项运动技能。", "学生"),
        ("每2个乡镇至少建成1个农机服务中心。", "2个乡镇"),
        ("每百名学生拥有教室不低于2.3间。", "百名学生"),
        ("城市人均公园绿地面积达到14平方米。", "人"),
        ("近视率每年降低0.5个百分点以上。", "年"),
        ("原则上每3年调整一次布局规划。", "3年"),
    ],
)
def test_for_whom_or_how_often(text: str, per: str) -> None:
    assert one(text).per == per


def test_an_interval_without_a_number_of_times_is_a_frequency() -> None:
    interval, prize = targets_in("县政府每三年评选表彰名师50名。")
    assert (interval.kind, interval.value_low, interval.unit) == ("frequency", 3, "年")
    assert (prize.value_low, prize.per, prize.indicator) == (50, "三年", "评选表彰名师")


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("用水量较2020年下降18%。", {"change:down", "change:by", "base:2020年"}),
        ("死亡人数降至2020年的30%。", {"change:down", "change:to", "share_of_base"}),
        ("供给能力比2022年增长1倍。", {"change:up", "change:by"}),
        ("供给能力增长到2022年的1.5倍。", {"change:up", "change:to", "share_of_base"}),
        ("接待人次在2022年基础上翻一番。", {"change:up", "change:to", "base:2022年"}),
        ("规模化养殖比重由2020年的60%提高到75%。", {"change:up", "change:to", "base:60%"}),
        ("项目管理费不超过补助资金的2%。", {"of:补助资金"}),
        ("力争到2025年，覆盖率达到90%。", {"hedge:力争"}),
        ("建成学校约20所。", {"approx:约"}),
    ],
)
def test_qualifiers(text: str, marks: set[str]) -> None:
    assert marks <= set(one(text).qualifiers)


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("稳妥撤并规模不足100人的农村小规模学校。", "农村小规模学校"),
        ("为70周岁以上老年人免费提供乘车服务。", "老年人"),
        ("化解2000人以上大校额。", "大校额"),
        ("为接收5名以上残疾学生随班就读的普通学校建设资源教室。", "残疾学生"),
        ("加强年综合能耗5万吨标准煤及以上的“两高”项目管理。", "“两高”项目管理"),
        ("推动30户以上具备条件的自然村通硬化路。", "自然村通硬化路"),
    ],
)
def test_a_threshold_of_whom_an_obligation_holds_for_is_a_condition(text: str, head: str) -> None:
    target = one(text)
    assert "condition" in target.qualifiers and target.kind == "threshold"
    assert target.indicator == head


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("当好“四个引路人”。", "name"),
        ("应急处置全面应用“5个100%”。", "name"),
        ("建立问题、任务、责任、时限四个清单。", "name"),
        ("实施三年行动计划。", "name"),
        ("开展5年一周期的全员轮训。", "cycle"),
        ("达到四级公路技术标准。", "grade"),
        ("落实《能力提升工程2.0实施方案》和《“五项管理”实施意见》。", "citation"),
        ("建设15分钟生活圈。", "name"),
        ("化学需氧量、氨氮等4项主要污染物。", "name"),
        ("在城乡学校合作体全覆盖的基础上。", "baseline"),
        ("目前覆盖率为60%。", "baseline"),
    ],
)
def test_numbers_that_are_no_targets(text: str, mark: str) -> None:
    found = targets_in(text)
    assert found and not any(t.is_target for t in found)
    assert any(mark in t.qualifiers for t in found)


@pytest.mark.parametrize(
    "text",
    [
        "打造一支政治过硬的教师队伍。",
        "形成一套工作机制。",
        "一体化推进。",
        "党的二十大精神。",
        "健全覆盖全县的网络。",
        "九年义务教育。",
    ],
)
def test_figures_of_speech_are_left_out(text: str) -> None:
    assert targets_in(text) == ()


def test_coverage_words_are_rates_of_a_hundred_per_cent() -> None:
    target = one("实现优质学校与薄弱学校结对帮扶全覆盖。")
    assert (target.indicator, target.value_low, target.value_high, target.unit, target.kind) == (
        "优质学校与薄弱学校结对帮扶覆盖", 100, 100, "%", "rate",
    )  # fmt: skip
    assert "coverage_word" in target.qualifiers
    assert one("全面消除劣Ⅴ类水体。").indicator == "劣Ⅴ类水体"
    assert one("教育专网实现各级各类学校全覆盖。").indicator == "教育专网各级各类学校覆盖"
    assert one("实现化肥使用量零增长。").value_high == 0


def test_a_commitment_whose_only_number_is_its_date() -> None:
    target = one("争取在2025年之前学前教育普及普惠县通过自治区评估认定。")
    assert (target.kind, target.value_low, target.value_high, target.unit, target.comparator) == (
        "deadline", None, 2025, "年", "<=",
    )  # fmt: skip
    assert "hedge:争取" in target.qualifiers
    assert one("确保年底前完成全部除险加固任务。").deadline is None


# ---------------------------------------------------------------- the bundled plans, read line by line


def test_wuzhong_goals_inherit_the_year_of_their_paragraph() -> None:
    goals = [t for t in plan("wuzhong-2023").target_list if t.kind == "rate" and t.start < 2200]
    assert [(t.indicator, t.value_low, t.deadline) for t in goals] == [
        ("普惠性幼儿园覆盖率", 93, "2027"),
        ("九年义务教育巩固率", 97, "2027"),
        ("残疾儿童少年义务教育入学率", 98, "2027"),
        ("高中阶段教育毛入学率", 95, "2027"),
    ]


def test_wuzhong_pay_of_vocational_schools() -> None:
    pay = in_plan("wuzhong-2023", "2.5倍")
    assert pay.indicator == "公办中职学校绩效工资水平"
    assert {"of:事业单位绩效工资调控线", "hedge:逐步"} <= set(pay.qualifiers)


def test_leshan_goals_and_myopia() -> None:
    assert in_plan("leshan-2021", "普惠性幼儿园覆盖率").deadline == "2025"
    myopia = in_plan("leshan-2021", "0.5个百分点")
    assert (myopia.indicator, myopia.kind, myopia.per, myopia.deadline) == (
        "儿童青少年总体近视率",
        "delta",
        "年",
        "2023",
    )
    assert "base:2018年" in myopia.qualifiers
    assert in_plan("leshan-2021", "一半").indicator == "班主任工作量"
    assert in_plan("leshan-2021", "力争建成3个").indicator == "劳动教育实践基地"
    assert in_plan("leshan-2021", "2000人").kind == "threshold"


def test_pingluo_2019_stages_give_their_dates() -> None:
    first = in_plan("pingluo-2019", "巩固率均达到95%以上")
    second = in_plan("pingluo-2019", "小学不低于2.3间")
    assert (first.deadline, second.deadline) == ("2018-09", "2019-12")
    middle = in_plan("pingluo-2019", "中学不低于2.4间")
    assert (middle.indicator, middle.per) == ("网络多媒体教室中学", "百名学生")


def test_pingluo_table_takes_the_dates_of_its_column() -> None:
    assert in_plan("pingluo-table", "区级德育示范校3所").deadline == "2023"
    assert in_plan("pingluo-table", "教师培训全覆盖").deadline is None
    room = in_plan("pingluo-table", "VR教室")
    assert (room.per, room.deadline, room.value_low) == ("学校", "2022", 1)


def test_xiji_counts() -> None:
    assert in_plan("xiji-2025", "30369平方米").kind == "area"
    star = in_plan("xiji-2025", "4星级智慧校园示范校5所")
    assert star.unit == "所"
    assert in_plan("xiji-2025", "三至六年").comparator == "range"


@pytest.mark.parametrize(
    "plan_id", ["xiji-2025", "wuzhong-2023", "pingluo-2019", "pingluo-table", "leshan-2021"]
)
def test_every_target_says_where_it_stands(plan_id: str) -> None:
    document = plan(plan_id)
    clauses = {c.clause_id: c for c in document.clause_list}
    measures = {m.measure_id: m for m in document.measure_list}
    assert len({t.target_id for t in document.target_list}) == len(document.target_list) > 0
    for t in document.target_list:
        assert document.text[t.start : t.end] == t.snippet
        assert (
            t.clause_id is not None
            and clauses[t.clause_id].start <= t.start < t.end <= clauses[t.clause_id].end
        )
        assert t.indicator
        if t.measure_id is not None:
            assert measures[t.measure_id].clause_id == t.clause_id


def test_the_table_has_the_same_columns_even_when_empty() -> None:
    assert list(extract_targets("加强组织领导。").columns) == list(COLUMNS)
    frame = extract_targets(plan("wuzhong-2023"))
    assert list(frame.columns) == list(COLUMNS) and len(frame) == len(plan("wuzhong-2023").target_list)


# ---------------------------------------------------------------- other subjects and provinces


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("养老服务床位总量达到3.5万张以上。", [("养老服务床位总量", 3.5, "万张")]),
        ("孕产妇死亡率控制在14.5/10万以下。", [("孕产妇死亡率", 14.5, "/10万")]),
        ("婴儿死亡率控制在5.2‰以内。", [("婴儿死亡率", 5.2, "‰")]),
        ("农田灌溉水有效利用系数提高到0.57。", [("农田灌溉水有效利用系数", 0.57, "")]),
        ("人均预期寿命提高到77.5岁。", [("人均预期寿命", 77.5, "岁")]),
        ("公交站点500米覆盖率达到95%。", [("公交站点500米覆盖率", 95, "%")]),
        ("PM2.5浓度下降到30微克/立方米。", [("PM2.5浓度", 30, "微克/立方米")]),
        ("小区按每百户不低于20平方米的标准配建社区养老设施。", [("社区养老设施", 20, "平方米")]),
        ("新开工保障性租赁住房5000套（间）。", [("新开工保障性租赁住房", 5000, "套")]),
        ("推动80%以上的行政村达到“五星”标准。", [("行政村达到“五星”标准", 80, "%")]),
        ("全市单位GDP能耗下降15%，力争下降16%。", [("单位GDP能耗", 15, "%"), ("单位GDP能耗", 16, "%")]),
        (
            "建成3个国家级、10个省级、30个市级现代农业产业园。",
            [("国家级现代农业产业园", 3, "个"), ("省级现代农业产业园", 10, "个"), ("市级现代农业产业园", 30, "个")],
        ),
        (
            "培育示范场20家、示范社10家，累计分别达到30家、15家。",
            [("示范场", 20, "家"), ("示范社", 10, "家"), ("示范场", 30, "家"), ("示范社", 15, "家")],
        ),
        ("综合利用率达到50%，较2020年提高5个百分点。", [("综合利用率", 50, "%"), ("综合利用率", 5, "个百分点")]),
        ("初中生、高中生每天睡眠时间分别达到9小时、8小时。", [("初中生每天睡眠时间", 9, "小时"), ("高中生每天睡眠时间", 8, "小时")]),
        ("每个县建成1—2所以失能照护为主的供养服务机构。", [("供养服务机构", 1, "所")]),
        ("处五千元以上五万元以下的罚款。", [("罚款", 0.5, "万元")]),
    ],
)  # fmt: skip
def test_sentences_of_other_fields(text: str, expected: list[tuple[str, float, str]]) -> None:
    found = [t for t in targets_in(text) if t.is_target]
    assert [
        (t.indicator, t.value_low if t.value_low is not None else t.value_high, t.unit) for t in found
    ] == expected


def test_the_year_at_the_head_of_the_goals_holds_for_the_goals_under_it() -> None:
    document = pc.parse_plan(
        "某县教育发展方案\n一、发展目标\n到2025年，实现以下目标：\n（一）普惠性幼儿园覆盖率达到85%以上。新建幼儿园10所。\n"
        "（二）巩固率达到96%。\n二、重点任务\n（一）扩大资源。到2024年，新建学校2所。改造食堂5个。\n"
        "（二）加强培训。培训教师100名。\n",
        plan_id="x",
    )
    assert [(t.value_low, t.deadline) for t in document.target_list] == [
        (85, "2025"),
        (10, "2025"),
        (96, "2025"),
        (2, "2024"),
        (5, None),
        (100, None),
    ]


def test_pingluo_2019_its_indicators_are_not_counted() -> None:
    counted = [t for t in plan("pingluo-2019").target_list if t.unit in ("大类", "项", "类")]
    assert len(counted) >= 4 and not any(t.is_target for t in counted)
    assert {t.value_low for t in counted} >= {3, 31}


# ---------------------------------------------------------------- a national plan as its PDF prints it


def test_energy_plan_with_hard_wrapped_lines(corpus: Path) -> None:
    [path] = (corpus / "ESER").glob("5、*.txt")
    found = {
        (t.indicator, t.value_low, t.unit): t
        for t in pc.read_plan(path, plan_id="eser").target_list
        if t.is_target
    }
    energy = found["单位国内生产总值能源消耗", 13.5, "%"]
    assert (energy.kind, energy.deadline) == ("delta", "2025") and "base:2020年" in energy.qualifiers
    assert [k[1] for k in found if k[0].endswith("排放总量") and k[2] == "%"] == [8, 8, 10, 10, 5]
    assert found["污水处理能力", 2000, "万立方米/日"].value_high == 2000
    assert found["绿色防控覆盖率", 55, "%"] and found["统防统治覆盖率", 45, "%"]
    assert ("新能源汽车新车销售量", 20, "%") in found


@pytest.mark.parametrize(
    ("text", "per", "indicator"),
    [
        ("每年牵头开展全省县城建设年度评估。", "年", "县城建设年度评估"),
        ("每季度通报工作进展。", "季度", "通报工作进展"),
        ("各地每月调度进展情况。", "月", "调度进展情况"),
        ("每年12月底前向省政府报送工作总结。", "年", "向省政府报送工作总结"),
        ("每年组织开展一次评估。", "年", "评估"),
    ],
)
def test_a_period_before_a_verb_of_reporting_is_once_a_period(text: str, per: str, indicator: str) -> None:
    t = one(text)
    assert (t.kind, t.value_low, t.unit, t.per) == ("frequency", 1, "次", per)
    assert t.indicator == indicator


@pytest.mark.parametrize(
    "text", ["每年召开的会议要简化。", "以每年植树节为契机开展宣传。", "每年新增用地从严控制。"]
)
def test_a_period_that_tells_no_frequency(text: str) -> None:
    assert targets_in(text) == ()


def test_a_number_of_its_own_is_the_frequency() -> None:
    assert one("每年至少开展两次检查。").value_low == 2


@pytest.mark.parametrize(
    "text",
    [
        "确需建设18层以上住宅的，应严格论证。",
        "如需建设高度超过50米的住宅，应报省级批准。",
        "完成率低于90%的，予以通报。",
        "建设千人以上供水工程。",
        "年用电量超过500万千瓦时的，应开展审计。",
    ],
)
def test_the_case_before_its_consequence_is_a_condition(text: str) -> None:
    assert "condition" in one(text).qualifiers


def test_a_statement_that_is_no_case_promises() -> None:
    assert "condition" not in one("完成率达到90%以上，予以保持。").qualifiers


@pytest.mark.parametrize(
    ("text", "base", "value"),
    [
        ("覆盖率由75%提高到80%。", 75, 80),
        ("覆盖率从60%提高到75%。", 60, 75),
        ("覆盖率在75%的基础上提高5个百分点。", 75, 5),
    ],
)
def test_where_a_change_starts_is_a_baseline(text: str, base: float, value: float) -> None:
    first, second = targets_in(text)
    assert not first.is_target and "baseline" in first.qualifiers and first.value_low == base
    assert second.is_target and second.value_low == value and second.indicator == "覆盖率"
    assert f"base:{base}%" in second.qualifiers


def test_floors_are_the_height_of_what_may_be_built() -> None:
    assert one("在县城宜建设多层住宅，最高不超过18层。").indicator == "多层住宅层数"


def test_a_date_names_its_own_segment_only() -> None:
    found = targets_in("到2025年，森林蓄积量达到2.2亿立方米，2030年前实现碳达峰。")
    assert [(t.indicator, t.deadline) for t in found] == [("森林蓄积量", "2025"), ("碳达峰", "2030")]


def test_what_a_dated_duty_rests_on_is_not_its_name() -> None:
    assert one("2022年3月前，根据国家发布的实施指南，制定技术改造方案。").indicator == "技术改造方案"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("形成“一带三区”总体布局。", []),
        ("组织济南等12市开展绿色出行创建行动。", ["12市开展绿色出行创建行动"]),
        ("落实公安联网的“四个”100%工作任务。", ["四个", "100%工作任务"]),
        ("六大领域实现零碳化。", ["六大领域"]),
        ("补助资金分3年拨付到位。", ["3年拨付到位"]),
    ],
)
def test_names_with_numbers_in_them_are_given_as_printed(text: str, names: list[str]) -> None:
    found = targets_in(text)
    assert [t.indicator for t in found] == names
    assert not any(t.is_target for t in found)


def test_floors_of_a_case_are_the_height_of_what_is_built_there() -> None:
    (found,) = targets_in("确需建设18层以上居住建筑的，应严格充分论证。")
    assert found.indicator == "居住建筑层数" and "condition" in found.qualifiers


def test_years_behind_a_comparison_are_not_its_number() -> None:
    found = targets_in("明显低于全市收费标准且近3年未调整的县在2023年底前予以调整。")
    assert not any("strict" in t.qualifiers for t in found)


def test_every_segment_has_its_own_indicator_after_a_ratio() -> None:
    found = targets_in(
        "在校学生人数在1200人及以上的农村学校,按照1000:1的生师比配备专职教师,实施全市中小学班主任心理健康教育全覆盖培训。"
    )
    assert [t.indicator for t in found] == ["农村学校", "生师比", "中小学班主任心理健康教育覆盖"]


def test_a_dated_coverage_word_is_due_with_its_whole_statement() -> None:
    (found,) = targets_in("2023年底各重点领域能效低于基准水平的实现应改尽改。")
    assert (found.indicator, found.deadline) == ("各重点领域能效低于基准水平的实现应改尽改", "2023")
