"""Targets of two plans side by side: what corresponds, what stands alone, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policycmp as pc
from policycmp.plan import Plan
from policycmp.target_pairs.mentions import commitments_of, plan_end
from policycmp.target_pairs.pairs import TargetOptions, TargetPair, pair_targets, pairs_frame

TEMPLATE = """某市教育质量提升实施方案
一、主要目标
到2027年,教育体系更加完善,普惠性幼儿园覆盖率达到93%以上,残疾儿童少年义务教育入学率达到98%以上。
二、重点任务
1.提高学前教育普惠水平。新改扩建幼儿园21所,新增学位5580个。到2027年,普惠性幼儿园覆盖率达到93%以上。
2.加强劳动教育。培育自治区劳动教育示范学校60所,使每位学生掌握1-2项劳动技能。
3.提高普通高中教育质量。新增学位3000个。全面化解大班额。
4.加强数字资源建设。到2027年,形成具有特色的数字资源服务生态,打造200节以上精品课程。
5.推进学前教育普及普惠。到2027年,5个县(市、区)实现学前教育普及普惠县创建目标。
6.培养骨干教师。到2027年,培养骨干教师县级600名、市级400名。
三、保障措施
(一)加强组织领导。每半年至少听取1次工作汇报。
"""

LOCAL = """某县教育质量提升实施方案
一、主要目标
到2027年,普惠性幼儿园覆盖率达到90%以上。
二、重点任务
1.提高学前教育普惠水平。到2026年,普惠性幼儿园覆盖率达到90%以上。争取在2025年前学前教育普及普惠县通过认定。
2.加强劳动教育。培育劳动教育示范校6所,使每名学生掌握1-2项劳动技能,每年选派5名教师参加培训。
3.加强数字资源建设。到2027年,形成具有特色的数字资源服务生态。
4.培养骨干教师。到2027年,培养县级骨干教师100名、市级骨干教师50名。
三、保障措施
(一)加强组织领导。每年至少听取1次工作汇报。
"""

Pairs = tuple[TargetPair, ...]


def plans() -> tuple[Plan, Plan]:
    local = pc.parse_plan(LOCAL, plan_id="county", jurisdiction="某县")
    template = pc.parse_plan(TEMPLATE, plan_id="city", jurisdiction="某市")
    return local, template


def linked(local: Plan, template: Plan) -> list[tuple[str, str, float]]:
    """Link clauses with equal headings."""
    return [
        (a.clause_id, b.clause_id, 1.0)
        for a in local.clause_list
        for b in template.clause_list
        if a.heading and a.heading == b.heading
    ]


@pytest.fixture(scope="module")
def pairs() -> Pairs:
    local, template = plans()
    return pair_targets(local, template, linked(local, template))


def both(pairs: Pairs, indicator: str) -> list[TargetPair]:
    return [p for p in pairs if p.local and p.template and indicator in p.local.indicator]


def alone(pairs: Pairs, side: str, indicator: str) -> list[TargetPair]:
    found = [p.local or p.template for p in pairs if p.change.direction == side]
    return [
        p
        for p in pairs
        if p.change.direction == side and indicator in ((p.local or p.template) or found[0]).indicator
    ]


def test_a_target_said_twice_is_one_commitment() -> None:
    local, template = plans()
    rate = [c for c in commitments_of(template) if "覆盖率" in c.mentions[0].indicator]
    assert len(rate) == 1
    assert rate[0].in_goal == (True, False)
    # The same words with another value are another target.
    assert [len(c.mentions) for c in commitments_of(local) if "覆盖率" in c.mentions[0].indicator] == [2]


def test_mentions_pair_goal_with_goal_and_task_with_task(pairs: Pairs) -> None:
    rows = both(pairs, "覆盖率")
    places = {(p.local.clause_id, p.template.clause_id): p.mention for p in rows if p.local and p.template}
    assert places == {("c002", "c002"): "main", ("c001", "c001"): "repeat"}
    assert {p.change.direction for p in rows} == {"lower"}


def test_counts_pair_by_what_is_counted_and_are_scale_dependent(pairs: Pairs) -> None:
    (school,) = both(pairs, "劳动教育示范校")
    assert school.template and school.template.value_low == 60
    assert (school.change.comparable, school.change.value_effect) == ("scale_dependent", "none")


def test_grades_are_not_mixed_up(pairs: Pairs) -> None:
    values = {
        (p.local.value_low, p.template.value_low) for p in both(pairs, "骨干教师") if p.local and p.template
    }
    assert values == {(100, 600), (50, 400)}


def test_what_each_pupil_learns_is_compared_directly(pairs: Pairs) -> None:
    (skill,) = both(pairs, "劳动技能")
    assert (skill.change.direction, skill.change.comparable) == ("same", "direct")


def test_a_rarer_report_is_weaker(pairs: Pairs) -> None:
    (report,) = both(pairs, "工作汇报")
    assert (report.change.direction, report.change.effect) == ("lower", "weaken")


def test_a_county_due_earlier_is_compared_by_date(pairs: Pairs) -> None:
    (status,) = both(pairs, "普及普惠")
    assert (status.change.direction, status.change.effect) == ("earlier", "sharpen")
    assert "只比期限" in status.change.reason


def test_a_dated_aim_the_template_states_beside_numbers_is_not_new(pairs: Pairs) -> None:
    (aim,) = both(pairs, "数字资源服务生态")
    assert aim.change.direction == "same"
    template = plans()[1]
    assert aim.template and template.text[aim.template.start : aim.template.end] == aim.template.snippet
    assert "数字资源服务生态" in aim.template.snippet


def test_unpaired_targets_are_rows_with_reasons(pairs: Pairs) -> None:
    (teachers,) = alone(pairs, "added", "教师")
    assert "「加强劳动教育」" in teachers.change.reason
    (kindergartens,) = alone(pairs, "removed", "幼儿园")
    assert "「提高学前教育普惠水平」" in kindergartens.change.reason
    (crowded,) = alone(pairs, "removed", "大班额")
    assert "整条无对应条款" in crowded.change.reason
    assert crowded.change.effect == "weaken"


def test_places_of_kindergartens_and_of_high_schools_are_two_indicators() -> None:
    local = pc.parse_plan(
        "某县教育方案\n一、重点任务\n1.提高普通高中教育质量。增加学位800个。\n",
        plan_id="a",
        jurisdiction="某县",
    )
    template = plans()[1]
    for links in ([], [(local.clause_list[-1].clause_id, "c002", 1.0)]):
        found = pair_targets(local, template, links)
        assert all(p.template is None or p.template.value_low != 5580 for p in found if p.local)


def test_targets_outside_the_local_subject_are_no_weakening() -> None:
    local = pc.parse_plan(
        "某县义务教育优质均衡发展实施方案\n一、主要目标\n到2025年,九年义务教育巩固率达到96%以上。\n",
        plan_id="a",
        jurisdiction="某县",
    )
    found = pair_targets(local, plans()[1], [])
    kindergarten = [p for p in found if p.template and "幼儿园" in p.template.indicator]
    assert kindergarten
    assert all(p.change.effect == "none" and "主题" in p.change.reason for p in kindergarten)


def test_given_sizes_compare_counts_per_size() -> None:
    local, template = plans()
    options = TargetOptions(scale={"county": 1.0, "city": 5.0})
    found = both(pair_targets(local, template, linked(local, template), options), "劳动教育示范校")
    assert (found[0].change.direction, found[0].change.effect) == ("lower", "weaken")
    assert "0.50倍" in found[0].change.reason


@pytest.mark.parametrize("wrong", [{"linked": 0}, {"unlinked": 1.5}, {"scale": {"a": 0}}])
def test_options_are_checked(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="should"):
        TargetOptions(**wrong)


def test_of_two_years_each_goes_with_its_own() -> None:
    text = "某{0}碳达峰方案\n一、主要目标\n到2025年,非化石能源消费比重达到{1}%以上。到2030年,非化石能源消费比重达到{2}%以上。\n"
    local = pc.parse_plan(text.format("市", 8, 12), plan_id="a", jurisdiction="某市")
    template = pc.parse_plan(text.format("省", 13, 19), plan_id="b", jurisdiction="某省")
    found = pair_targets(local, template, [])
    years = [(p.local.deadline, p.template.deadline) for p in found if p.local and p.template]
    assert years == [("2025", "2025"), ("2030", "2030")]


def test_the_end_of_a_plan_is_the_last_year_of_its_goals() -> None:
    assert [plan_end(plan) for plan in plans()] == ["2027", "2027"]


def test_frame_has_the_promised_columns_also_when_empty(pairs: Pairs) -> None:
    frame, empty = pairs_frame(pairs), pairs_frame(())
    sides = [
        f"{side}_{name}"
        for side in ("local", "template")
        for name in [
            "low",
            "high",
            "unit",
            "comparator",
            "deadline",
            "level",
            "per",
            "snippet",
            "start",
            "end",
            "target_id",
            "clause_id",
        ]
    ]
    expected = ["indicator", "mention", "local_value", "template_value", *sides]
    expected += ["direction", "deadline_direction", "effect", "comparable", "reason", "reason_en"]
    assert list(frame.columns) == list(empty.columns) == expected
    assert len(empty) == 0 and len(frame) == len(pairs)
    assert list(frame.dtypes) == list(empty.dtypes)
    english = pairs_frame(pairs, "en")
    assert not english["reason"].str.contains("对照").any()


def _spans(pairs: Pairs, local: Plan, template: Plan) -> Iterator[tuple[str, str]]:
    for pair in pairs:
        for side, plan in ((pair.local, local), (pair.template, template)):
            if side is not None:
                yield plan.text[side.start : side.end], side.snippet


def test_snippets_stand_where_they_say(pairs: Pairs) -> None:
    assert all(text == snippet for text, snippet in _spans(pairs, *plans()))


def test_every_target_is_in_a_row_and_commitments_pair_once(pairs: Pairs) -> None:
    local, template = plans()
    for plan, side in ((local, "local"), (template, "template")):
        seen = {t.target_id for p in pairs if (t := getattr(p, side))}
        assert {t.target_id for t in plan.target_list if t.is_target} <= seen


def test_a_plan_compared_with_itself_changes_nothing(plan: Callable[[str], Plan]) -> None:
    wuzhong = plan("wuzhong-2023")
    same = [(c.clause_id, c.clause_id, 1.0) for c in wuzhong.clause_list]
    for pair in pair_targets(wuzhong, wuzhong, same):
        assert pair.change.direction == "same"
        assert pair.local and pair.template and pair.local.indicator == pair.template.indicator


# ------------------------------------------------------------------ the bundled plans, as read by hand


@pytest.mark.parametrize(
    ("local", "here", "there", "direction", "comparable"),
    [
        ("xiji-2025", "示范课10堂", "示范课100节", "lower", "scale_dependent"),
        ("xiji-2025", "自治区级体育特色学校10所", "体育特色学校25所", "lower", "scale_dependent"),
        ("xiji-2025", "适龄残疾儿童入学率达到98%以上", "残疾儿童少年义务教育入学率达到98%以上", "same", "direct"),
        ("xiji-2025", "培养骨干校(园)长30名", "骨干校(园)长100名", "lower", "scale_dependent"),
        ("xiji-2025", "每年开展一次隐患排查整治", "每季度开展一次隐患排查整治", "lower", "direct"),
        ("xiji-2025", "三至六年", "三至六年", "same", "direct"),
        ("pingluo-table", "适龄残疾儿童少年入学率达到95%以上", "残疾儿童少年义务教育入学率达到98%以上", "lower", "direct"),
        ("pingluo-2019", "接受九年义务教育的比例保持在95%以上", "残疾儿童少年义务教育入学率达到98%以上", "lower", "direct"),
        ("leshan-2021", "普惠性幼儿园覆盖率达到85%以上", "普惠性幼儿园覆盖率达到93%以上", "lower", "direct"),
        ("leshan-2021", "高中阶段毛入学率达96%", "高中阶段教育毛入学率达到95%以上", "higher", "direct"),
    ],
)  # fmt: skip
def test_pairs_of_the_bundled_plans(
    comparison: Callable[[str, str], pc.Comparison],
    local: str,
    here: str,
    there: str,
    direction: str,
    comparable: str,
) -> None:
    rows = comparison(local, "wuzhong-2023").targets
    found = rows[
        rows["local_snippet"].fillna("").str.contains(here, regex=False)
        & rows["template_snippet"].fillna("").str.contains(there, regex=False)
    ]
    assert len(found), (here, there)
    assert set(found["direction"]) == {direction}
    assert set(found["comparable"]) == {comparable}


@pytest.mark.parametrize(
    ("local", "snippet"),
    [
        ("xiji-2025", "每年选派3-5名骨干校(园)长"),  # a yearly posting, not the 100 to be trained
        ("xiji-2025", "增加学位3000个"),  # at high schools, not at kindergartens
        ("xiji-2025", "择优选取5所学校"),
        ("pingluo-table", "劳动教育精品课"),
        ("leshan-2021", "适龄儿童少年入学率达100%"),  # of all children, not of disabled ones
        ("leshan-2021", "省级示范性幼儿园20所"),
    ],
)
def test_what_only_the_bundled_local_plans_commit_to(
    comparison: Callable[[str, str], pc.Comparison], local: str, snippet: str
) -> None:
    rows = comparison(local, "wuzhong-2023").targets
    found = rows[rows["local_snippet"].fillna("").str.contains(snippet, regex=False)]
    assert set(found["direction"]) == {"added"}


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["巩固率达到95%以上", "示范校10所", "班额不超过50人", "每学期开展2次演练", "培养名师30名"]
        ),
        min_size=1,
        max_size=4,
        unique=True,
    ),
    st.lists(
        st.sampled_from(
            ["巩固率达到97%以上", "示范校4所", "班额不超过45人", "每学年开展2次演练", "新建幼儿园3所"]
        ),
        min_size=1,
        max_size=4,
        unique=True,
    ),
)
def test_no_commitment_is_paired_twice(mine: list[str], theirs: list[str]) -> None:
    text = "某地实施方案\n一、重点任务\n1.加强管理。{}。\n"
    local = pc.parse_plan(text.format("，".join(mine)), plan_id="a")
    template = pc.parse_plan(text.format("，".join(theirs)), plan_id="b")
    found = pair_targets(
        local, template, [(local.clause_list[-1].clause_id, template.clause_list[-1].clause_id, 1.0)]
    )
    for side in ("local", "template"):
        ids = [t.target_id for p in found if (t := getattr(p, side))]
        assert len(ids) == len(set(ids))
    there = pair_targets(
        template, local, [(template.clause_list[-1].clause_id, local.clause_list[-1].clause_id, 1.0)]
    )
    key = {(p.local and p.local.snippet, p.template and p.template.snippet) for p in found}
    assert key == {(p.template and p.template.snippet, p.local and p.local.snippet) for p in there}


# ------------------------------------------------------------------ other subjects and provinces, where the corpus is


def _real(corpus: Path, local: str, template: str) -> pd.DataFrame:
    plans = [pc.read_plan(next(corpus.glob(name)), plan_id=name) for name in (local, template)]
    return pc.compare(*plans, options=pc.CompareOptions(measures=False)).targets


def _row(frame: pd.DataFrame, indicator: str, year: str | None = None) -> pd.Series:
    """Return the pair of quantities with this indicator; rows of bare dates are left out."""
    here = frame["indicator"].str.contains(indicator, regex=False) & (frame["local_unit"] != "年")
    found = frame[here & frame["template_value"].notna()]
    if year:
        found = found[found["local_deadline"] == year]
    assert len(found) == 1, indicator
    return found.iloc[0]


def test_anhui_against_the_state_council_on_saving_energy(corpus: Path) -> None:
    frame = _real(corpus, "ESER/485*.txt", "ESER/5、*.txt")
    expected = {
        "单位生产总值能耗": ("下降14%", "下降13.5%", "higher", "sharpen"),
        "规模以上工业单位增加值能耗": ("下降15%", "下降13.5%", "higher", "sharpen"),
        "万元工业增加值用水量": ("下降16%", "下降16%", "same", "none"),
        "农村生活污水治理率": ("30%以上", "40%", "lower", "weaken"),
        "秸秆综合利用率": ("95%", "86%以上", "higher", "sharpen"),
        "非化石能源占能源消费总量比重": ("15.5%以上", "20%左右", "lower", "weaken"),
        "污水收集管网": ("4000公里", "8万公里", "lower", "none"),
    }
    for indicator, values in expected.items():
        found = _row(frame, indicator)
        assert tuple(found[["local_value", "template_value", "direction", "effect"]]) == values
    alone = frame[frame["direction"] == "added"]
    assert alone["indicator"].str.contains("装配式建筑").any()


def test_shijiazhuang_against_hebei_on_carbon(corpus: Path) -> None:
    frame = _real(corpus, "NDP/481*.txt", "NDP/71*.txt")
    for year, here, there in (("2025", "8%以上", "13%以上"), ("2030", "12%以上", "19%以上")):
        found = _row(frame, "非化石能源消费比重", year)
        assert (found["local_value"], found["template_value"], found["effect"]) == (here, there, "weaken")
        forest = _row(frame, "森林蓄积量", year)
        assert (forest["comparable"], forest["effect"]) == ("scale_dependent", "none")


def _heights(rule: str) -> Plan:
    text = f"某省方案\n一、重点任务\n（一）控制县城建筑高度\n{rule}\n（二）节约用水\n推广节水器具。\n"
    return pc.parse_plan(text, plan_id=rule[:4])


def _floors(local: str, template: str) -> list[tuple[str | None, str | None]]:
    one, two = _heights(local), _heights(template)
    found = pair_targets(one, two, linked(one, two))
    return [(p.local and p.local.snippet, p.template and p.template.snippet) for p in found]


def test_a_limit_goes_with_the_limit_and_its_exception_with_the_exception() -> None:
    found = _floors(
        "在县城宜建设多层住宅，最高不超过18层。确需建设18层以上住宅的，应严格论证。",
        "县城新建住宅最高不超过18层。确需建设18层以上居住建筑的，应严格论证。",
    )
    assert len(found) == 2
    for here, there in found:
        assert here is not None and there is not None
        assert ("不超过" in here) == ("不超过" in there)


def test_a_limit_is_no_pair_of_a_condition() -> None:
    found = _floors("县城新建住宅最高不超过18层。", "县城新建住宅18层以上的，应严格论证。")
    assert sorted(here is None for here, _ in found) == [False, True]


def test_bounds_from_two_sides_pair_only_where_nothing_else_fits() -> None:
    alone = _floors("住宅高度不超过54米。", "住宅高度不低于54米。")
    assert len(alone) == 1
    found = _floors("住宅高度不超过54米。", "住宅高度不低于54米。住宅高度不超过60米。")
    assert ["60" in (there or "") for here, there in found if here] == [True]
