"""Two targets about the same thing: which is higher, which demands more, and is it fair to say."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycmp.model import Target
from policycmp.target_pairs.change import change
from policycmp.target_pairs.dates import compare_deadlines
from policycmp.target_pairs.display import show_value
from policycmp.target_pairs.growth import each_year
from policycmp.target_pairs.polarity import polarity
from policycmp.target_pairs.value import per_year, standing
from policycmp.targets.find import targets_in

KIND_OF_UNIT = {
    "%": "rate",
    "人": "count",
    "次": "frequency",
    "元": "money",
    "年": "duration",
    "倍": "multiplier",
}


def target(
    indicator: str, comparator: str, low: float, unit: str = "%", high: float | None = None, **more: object
) -> Target:
    """A target as extraction would give it."""
    values = {
        ">=": (low, None),
        "<=": (None, low),
        "range": (low, high),
    }.get(comparator, (low, low))
    given_fields = {
        "kind": KIND_OF_UNIT.get(unit, "count"),
        "per": None,
        "level": None,
        "deadline": None,
        "qualifiers": (),
        "snippet": f"{indicator}{low}{unit}",
        **more,
    }
    return Target(
        target_id="t", clause_id=None, measure_id=None, indicator=indicator, value_low=values[0], value_high=values[1],
        unit=unit, comparator=comparator, is_target=True, start=0, end=1, **given_fields,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("local", "template", "direction", "effect"),
    [
        # a floor: more demands more
        (target("巩固率", ">=", 97), target("巩固率", ">=", 95), "higher", "sharpen"),
        (target("巩固率", "=", 96), target("巩固率", ">=", 97), "lower", "weaken"),
        # a ceiling: less demands more
        (target("班额", "<=", 45, "人"), target("班额", "<=", 50, "人"), "lower", "sharpen"),
        (target("万元地区生产总值能耗", "=", 0.5, "吨标准煤"), target("万元地区生产总值能耗", "=", 0.6, "吨标准煤"), "lower", "sharpen"),
        (target("企业开办时间", "<=", 2, "个工作日", kind="duration"), target("企业开办时间", "<=", 1, "个工作日", kind="duration"), "higher", "weaken"),
        # declines: the larger fall demands more; falling to 30 % is a fall by 70 %
        (
            target("用水量", "=", 15, kind="delta", qualifiers=("change:down", "change:by")),
            target("用水量", "=", 18, kind="delta", qualifiers=("change:down", "change:by")),
            "lower", "weaken",
        ),
        (
            target("死亡人数", "=", 30, qualifiers=("change:down", "change:to", "share_of_base")),
            target("死亡人数", "=", 30, kind="delta", qualifiers=("change:down", "change:by")),
            "higher", "sharpen",
        ),
        # growth: 翻两番 is four times, 增长1倍 is twice, 增长到1.5倍 is half as much again
        (target("接待人次", "=", 4, "倍", qualifiers=("change:up", "change:to")), target("接待人次", "=", 2, "倍", qualifiers=("change:up", "change:to")), "higher", "sharpen"),
        (target("能力", "=", 1.5, "倍", qualifiers=("change:up", "change:to")), target("能力", "=", 1, "倍", qualifiers=("change:up", "change:by")), "lower", "weaken"),
        (target("产值", "=", 100, kind="delta", qualifiers=("change:up", "change:by")), target("产值", "=", 2, "倍", qualifiers=("change:up", "change:to")), "same", "none"),
        # a cap on the growth of something bad
        (
            target("能耗", "<=", 2, kind="delta", qualifiers=("change:up", "change:by")),
            target("能耗", "<=", 3, kind="delta", qualifiers=("change:up", "change:by")),
            "lower", "sharpen",
        ),
        # comparators around the same number
        (target("利用率", ">=", 60), target("利用率", "approx", 60), "higher", "sharpen"),
        (target("利用率", "approx", 90), target("利用率", "=", 90), "lower", "weaken"),
        (target("利用率", ">=", 95), target("利用率", "=", 95), "same", "none"),
        # ranges
        (target("派出比例", "range", 18, high=20), target("派出比例", "range", 15, high=20), "higher", "sharpen"),
        (target("运动技能", ">=", 1, "项", per="学生"), target("运动技能", "range", 1, "项", 2, per="学生"), "range_shift", "none"),
        (target("占比", "range", 14, high=21), target("占比", "range", 15, high=20), "range_shift", "none"),
        (target("任期", "range", 3, "年", 6), target("任期", "range", 3, "年", 5), "higher", "none"),
        # conditions: who is meant
        (
            target("学校学生人数", ">=", 5, "名", kind="threshold", qualifiers=("condition",)),
            target("学校学生人数", ">=", 3, "名", kind="threshold", qualifiers=("condition",)),
            "higher", "weaken",
        ),
        (
            target("小规模学校人数", "<=", 120, "人", kind="threshold", qualifiers=("condition",)),
            target("小规模学校人数", "<=", 100, "人", kind="threshold", qualifiers=("condition",)),
            "higher", "sharpen",
        ),
        # how often
        (target("讲座", ">=", 2, "次", per="学年"), target("讲座", ">=", 2, "次", per="学期"), "lower", "weaken"),
        (target("排查", "=", 1, "次", per="年"), target("排查", "=", 1, "次", per="季度"), "lower", "weaken"),
        (target("评选", "=", 3, "年", kind="frequency"), target("评选", "=", 1, "次", per="2年"), "lower", "weaken"),
        (target("评选", "=", 1, "次", per="3年"), target("评选", "=", 3, "年", kind="frequency"), "same", "none"),
        # ratios
        (target("初中生师比", "<=", 12.5, ":1", kind="ratio"), target("初中生师比", "<=", 13.5, ":1", kind="ratio"), "lower", "sharpen"),
        # a benefit's ceiling is the benefit
        (target("一次性奖励", "<=", 50, "万元", kind="money", per="家"), target("一次性奖励", "<=", 30, "万元", kind="money", per="家"), "higher", "sharpen"),
        # units
        (target("每家奖励", "=", 500000, "元", per="家"), target("每家奖励", "=", 30, "万元", kind="money", per="家"), "higher", "sharpen"),
        (target("活动时间", ">=", 30, "分钟", kind="duration"), target("活动时间", ">=", 0.5, "小时", kind="duration"), "same", "none"),
    ],
)  # fmt: skip
def test_direction_and_effect(local: Target, template: Target, direction: str, effect: str) -> None:
    found = change(local, template)
    assert (found.direction, found.effect, found.comparable) == (direction, effect, "direct")
    assert found.reason and found.reason_en


def test_absolute_counts_are_no_evidence_between_places_of_different_size() -> None:
    few, many = target("示范学校", "=", 3, "所"), target("示范学校", "=", 10, "所")
    found = change(few, many)
    assert (found.direction, found.effect, found.comparable) == ("lower", "none", "scale_dependent")
    assert "规模" in found.reason


def test_given_sizes_make_counts_comparable() -> None:
    found = change(target("示范学校", "=", 3, "所"), target("示范学校", "=", 10, "所"), scale_ratio=0.2)
    assert (found.direction, found.effect, found.comparable) == ("higher", "sharpen", "scale_dependent")
    assert "1.50倍" in found.reason


def test_counts_of_one_place_at_two_dates_are_compared() -> None:
    found = change(target("示范学校", "=", 3, "所"), target("示范学校", "=", 10, "所"), same_scale=True)
    assert (found.effect, found.comparable) == ("weaken", "direct")


@pytest.mark.parametrize(
    "indicator, unit, more",
    [
        ("每个行政村护林员", "名", {"per": "行政村"}),
        ("人均公园绿地面积", "平方米", {"kind": "area"}),
        ("生均公用经费", "元", {}),
        ("班额", "人", {}),
        ("居住建筑", "层", {"snippet": "确需建设18 层以上居住建筑的"}),
        ("可容纳学生", "人", {"snippet": "可容纳2000人"}),
        ("须配备校医的学校学生人数", "人", {"qualifiers": ("condition",), "kind": "threshold"}),
    ],
)
def test_norms_do_not_depend_on_the_size_of_the_place(
    indicator: str, unit: str, more: dict[str, object]
) -> None:
    a, b = target(indicator, "=", 12, unit, **more), target(indicator, "=", 10, unit, **more)
    assert change(a, b).comparable == "direct"


def test_a_count_for_each_county_meets_the_same_count_of_a_county() -> None:
    each = target("冷链集配中心", ">=", 3, "个", per="县")
    one = target("冷链集配中心", ">=", 1, "个", snippet="全县至少建成1个")
    found = change(one, each)
    assert (found.direction, found.effect, found.comparable) == ("lower", "weaken", "direct")
    # By the level of the plan where the words do not say it; a prefecture's total is another matter.
    bare = target("冷链集配中心", ">=", 5, "个")
    assert change(bare, each, local_level="county").comparable == "direct"
    assert change(bare, each, local_level="prefecture").comparable == "scale_dependent"
    assert change(bare, each).comparable == "scale_dependent"


def test_what_all_pupils_learn_is_what_each_pupil_learns() -> None:
    each, every = target("运动技能", "=", 1, "项", per="学生"), target("运动技能", "=", 2, "项")
    assert change(every, each).comparable == "direct"


def test_deadlines_are_compared_where_values_cannot_be() -> None:
    dated = target("学前教育普及普惠县", "<=", 2025, "年", kind="deadline", deadline="2025")
    counted = target("学前教育普及普惠县", "=", 5, "个", deadline="2027")
    found = change(dated, counted)
    assert (found.direction, found.deadline_direction, found.effect) == ("earlier", "earlier", "sharpen")


def test_a_higher_value_later_is_mixed() -> None:
    found = change(target("占比", ">=", 80, deadline="2028"), target("占比", ">=", 60, deadline="2025"))
    assert (found.value_effect, found.deadline_effect, found.effect) == ("sharpen", "weaken", "mixed")


def test_the_end_of_the_plan_stands_in_for_a_missing_date() -> None:
    dated, undated = target("消除率", ">=", 100, deadline="2021"), target("消除率", ">=", 100)
    assert change(dated, undated).deadline_direction == "added"
    assert change(undated, dated).deadline_direction == "removed"
    found = change(dated, undated, template_horizon="2027")
    assert found.deadline_direction == "earlier"
    assert "方案期" in found.reason
    # A date at the end of the plan tells the two no further apart, and a plan's end gives nobody credit.
    for horizon in ("2021", "2020"):
        found = change(dated, undated, template_horizon=horizon)
        assert (found.deadline_direction, found.deadline_effect) == ("added", "none")


@pytest.mark.parametrize(
    "local, template, expected",
    [
        ("2025", "2027", "earlier"),
        ("2025-12", "2025", "same"),
        ("2025-06", "2025-12", "earlier"),
        (None, None, None),
        (None, "2025", "removed"),
        ("长期", "2025", None),
    ],
)
def test_deadlines(local: str | None, template: str | None, expected: str | None) -> None:
    assert compare_deadlines(local, template) == expected


@pytest.mark.parametrize("size", [0, -1, math.inf, math.nan])
def test_sizes_must_make_sense(size: float) -> None:
    with pytest.raises(ValueError, match="scale_ratio"):
        change(target("示范校", "=", 1, "所"), target("示范校", "=", 1, "所"), scale_ratio=size)


@pytest.mark.parametrize(
    "indicator, expected",
    [
        ("儿童青少年总体近视率", -1),
        ("近视率年降幅", None),
        ("劣Ⅴ类水体比例", -1),
        ("黑臭水体消除比例", 1),
        ("各类督查检查评比考核进校园事项", -1),
        ("校长任期", 0),
        ("普惠性幼儿园覆盖率", None),
        ("事故隐患整改率", None),
        ("单位GDP能耗", -1),
    ],
)
def test_polarity_follows_the_head_of_the_phrase(indicator: str, expected: int | None) -> None:
    assert polarity(indicator) == expected


@pytest.mark.parametrize(
    "period, expected",
    [
        ("年", 1),
        ("每半年", 2),
        ("学期", 2),
        ("季度", 4),
        ("3年", 1 / 3),
        ("两个月", 6),
        ("每周", 52),
        ("学校", None),
        (None, None),
    ],
)
def test_periods(period: str | None, expected: float | None) -> None:
    assert per_year(period) == (None if expected is None else pytest.approx(expected))


def test_values_are_shown_as_a_reader_expects() -> None:
    assert show_value(target("覆盖率", ">=", 93)) == "93%以上"
    assert show_value(target("覆盖率", ">=", 93), "en") == "≥93%"
    assert show_value(target("排查", "=", 1, "次", per="季度")) == "每季度1次"
    assert show_value(target("面积", "=", 2, "万平方米", kind="area")) == "2万平方米"


# ------------------------------------------------------------------ what holds whatever the numbers

numbers = st.integers(1, 10_000).map(lambda n: n / 10)
shapes = st.sampled_from([">=", "<=", "=", "approx"])
indicators = st.sampled_from(["巩固率", "辍学率", "班额", "示范校", "办理时限", "校长任期"])
FLIPPED = {
    "higher": "lower", "lower": "higher", "sharpen": "weaken", "weaken": "sharpen", "earlier": "later",
    "later": "earlier", "added": "removed", "removed": "added",
}  # fmt: skip


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Target, Target]:
    indicator, unit = draw(indicators), draw(st.sampled_from(["%", "人", "次", "元", "年"]))
    per = draw(st.sampled_from([None, "年", "学期"])) if unit == "次" else None
    dates = st.sampled_from([None, "2022", "2025", "2027"])

    def one() -> Target:
        low = draw(numbers)
        comparator = draw(st.one_of(shapes, st.just("range")))
        return target(indicator, comparator, low, unit, low + draw(numbers), per=per, deadline=draw(dates))

    return one(), one()


years = st.sampled_from([None, "2020", "2025", "2030"])


@given(pairs(), st.sampled_from([None, True]), years, years)
def test_swapping_the_sides_turns_every_direction_round(
    both: tuple[Target, Target], same: bool | None, here: str | None, ends: str | None
) -> None:
    a, b = both
    there = change(a, b, same_scale=same, local_horizon=here, template_horizon=ends)
    back = change(b, a, same_scale=same, local_horizon=ends, template_horizon=here)
    for name in ("direction", "deadline_direction", "effect"):
        assert getattr(back, name) == FLIPPED.get(getattr(there, name), getattr(there, name))
    assert there.comparable == back.comparable


@given(
    indicators,
    shapes,
    st.integers(1, 9999),
    st.sampled_from([("元", "万元"), ("元", "亿元"), ("平方米", "万平方米"), ("米", "公里")]),
)
def test_the_same_amount_in_another_unit_is_the_same(
    indicator: str, comparator: str, value: int, units: tuple[str, str]
) -> None:
    factor = {"万元": 1e4, "亿元": 1e8, "万平方米": 1e4, "公里": 1e3}[units[1]]
    small = target(indicator, comparator, value * factor, units[0], kind="money")
    large = target(indicator, comparator, value, units[1], kind="money")
    found = change(small, large)
    assert (found.direction, found.effect) == ("same", "none")


@given(pairs())
def test_a_target_never_differs_from_itself(both: tuple[Target, Target]) -> None:
    one = both[0]
    found = change(one, one)
    assert (found.direction, found.effect) == ("same", "none")


@given(indicators, numbers, numbers, st.floats(0.01, 100))
def test_sizes_scale_counts_linearly(indicator: str, a: float, b: float, ratio: float) -> None:
    local, template = target("示范校", "=", a * ratio, "所"), target("示范校", "=", a, "所")
    assert change(local, template, scale_ratio=ratio).direction == "same"


def test_a_date_has_no_standing() -> None:
    assert standing(target("评估", "<=", 2025, "年", kind="deadline")) is None


# ------------------------------------------------------------------ sentences of other subjects, read from their text


@pytest.mark.parametrize(
    ("effect", "template", "local"),
    [
        ("sharpen", "到2025年，单位地区生产总值能耗比2020年下降13.5%。", "到2025年，单位地区生产总值能耗比2020年下降14%。"),
        ("sharpen", "细颗粒物年均浓度降至35微克/立方米以下。", "细颗粒物年均浓度降至30微克/立方米以下。"),
        ("sharpen", "森林火灾受害率控制在0.9‰以内。", "森林火灾受害率控制在0.8‰以内。"),
        ("weaken", "到2025年，化肥使用量减少5%。", "到2025年，化肥使用量减少3%。"),
        ("none", "市财政每年安排专项资金1.2亿元。", "市财政每年安排专项资金12000万元。"),
        ("weaken", "养老机构护理型床位占比不低于55%。", "养老机构护理型床位占比达到一半以上。"),
        ("sharpen", "一般事项办理时限压缩50%以上。", "一般事项办理时限压缩60%以上。"),
        ("weaken", "审批时限压缩至60个工作日以内。", "审批时限压缩至80个工作日以内。"),
        ("weaken", "每千人口执业（助理）医师数达到3.2人。", "每千人口执业（助理）医师数达到3.0人。"),
        ("none", "粮食产量稳定在20亿斤以上。", "粮食产量稳定在1.5亿斤以上。"),
        ("sharpen", "规模以上工业增加值年均增长6%左右。", "规模以上工业增加值年均增长7%以上。"),
        ("weaken", "每周开展一次食品安全检查。", "每月开展一次食品安全检查。"),
        ("none", "每年开展不少于3次培训。", "每年开展3次以上培训。"),
        ("weaken", "高血压患者规范管理率达到70%以上。", "高血压患者规范管理率达到三分之二以上。"),
        ("sharpen", "城镇调查失业率控制在5.5%以内。", "城镇调查失业率控制在5%左右。"),
        ("sharpen", "城镇生活污水集中处理率提高5个百分点。", "城镇生活污水集中处理率提高8个百分点。"),
        ("sharpen", "生产安全事故死亡人数下降10%。", "生产安全事故死亡人数下降15%。"),
        ("sharpen", "对新认定的企业给予最高20万元奖励。", "对新认定的企业给予最高30万元奖励。"),
        ("sharpen", "社区养老服务设施覆盖率达到90%。", "社区养老服务设施实现全覆盖。"),
        ("sharpen", "劣Ⅴ类水体比例控制在5%以内。", "全面消除劣Ⅴ类水体。"),
        ("sharpen", "旅游总收入增长10%。", "旅游总收入翻一番。"),
        ("weaken", "政务服务事项网上可办率达到95%以上。", "政务服务事项网上可办率达到九成以上。"),
        ("sharpen", "煤炭消费占比降至60%以下。", "煤炭消费占比降至55%以下。"),
        ("sharpen", "非化石能源占能源消费总量比重达到20%左右。", "非化石能源占能源消费总量比重达到24%左右。"),
        ("none", "能耗每年下降2.6%。", "能耗下降12.5%。"),  # a year's fall and a plan's are not compared
        ("none", "建成高标准农田100万亩。", "建成高标准农田10万亩。"),
        ("none", "企业开办时间压缩至半天。", "企业开办时间压缩至0.5天。"),
        ("weaken", "2024年春季学期起，全面实施免费午休服务。", "2024年秋季学期起，全面实施免费午休服务。"),
        ("sharpen", "三年内，实现乡镇卫生院标准化建设全覆盖。", "两年内，实现乡镇卫生院标准化建设全覆盖。"),
    ],
)  # fmt: skip
def test_sentences_of_other_subjects(effect: str, template: str, local: str) -> None:
    (there,) = [t for t in targets_in(template) if t.is_target]
    (here,) = [t for t in targets_in(local) if t.is_target]
    assert change(here, there).effect == effect


def one(text: str) -> Target:
    return next(t for t in targets_in(text) if t.kind != "deadline")


@pytest.mark.parametrize(
    ("local", "template", "effect"),
    [
        # what each gets a month and a year
        ("每人每年发放补贴2000元。", "每人每月发放补贴200元。", "weaken"),
        ("每人每年发放补贴2400元。", "每人每月发放补贴200元。", "none"),
        ("按每生1200元拨付公用经费。", "按每生每年1000元拨付公用经费。", "sharpen"),
        # a change in all and a change each year, compounded over the years named
        ("到2025年，产值年均增长6%。", "到2025年，产值比2020年增长30%。", "sharpen"),
        ("到2025年，产值年均增长5%。", "到2025年，产值比2020年增长30%。", "weaken"),
        ("到2025年，单位能耗年均下降3.1%。", "到2025年，单位能耗比2020年下降14%。", "sharpen"),
        # where a fall ends and how far it goes
        ("碳排放较2020年下降20%。", "碳排放较2020年下降至85%。", "sharpen"),
        ("化肥使用量实现负增长。", "化肥使用量实现零增长。", "sharpen"),
        # a ceiling on a fine deters the more the higher it is, whatever the size of the place
        ("罚款不超过2000元。", "罚款不超过5000元。", "weaken"),
        ("处五万元以上二十万元以下的罚款。", "处二万元以上十万元以下的罚款。", "sharpen"),
        # how long support lasts, how far the park is, who may apply
        ("连续18个月减免租金。", "连续3年减免租金。", "weaken"),
        ("按照居民出行500米见绿的要求布局绿地。", "按照居民出行300米见绿的要求布局绿地。", "weaken"),
        ("申领条件放宽至参加失业保险2年以上。", "申领条件放宽至参加失业保险1年以上。", "weaken"),
        ("补贴范围扩展至16—35岁失业青年。", "补贴范围扩展至16—24岁失业青年。", "sharpen"),
    ],
)
def test_values_told_in_other_ways(local, template, effect):
    assert change(one(local), one(template)).effect == effect


@given(total=st.floats(-60, 300), years=st.integers(1, 15))
def test_yearly_changes_compound_to_the_total(total, years):
    sign, size = (1, total) if total >= 0 else (-1, -total)
    yearly = sign * each_year(size, years, sign)
    assert math.isclose((1 + yearly / 100) ** years, 1 + total / 100, rel_tol=1e-9)


def test_a_total_without_its_years_is_not_compounded():
    found = change(one("产值年均增长5%。"), one("产值增长30%。"))
    assert found.effect == "none" and "不能比较" in found.reason
