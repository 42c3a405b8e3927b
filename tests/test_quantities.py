"""Quantities: numeral, unit, comparator, range, ratio, and what is none of these."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycmp.tables import read_table
from policycmp.targets.quantities import find_quantities
from policycmp.targets.units import match_unit, unit_names


def read(text: str) -> list[tuple[float | None, float | None, str, str]]:
    return [(q.low, q.high, q.unit, q.comparator) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("覆盖率达到93%以上", (93, None, "%", ">=")),
        ("覆盖率达到９３％", (93, 93, "%", "=")),
        ("班额不超过50人", (None, 50, "人", "<=")),
        ("辍学率控制在1.5%以内", (None, 1.5, "%", "<=")),
        ("规模不足100人的学校", (None, 100, "人", "<=")),
        ("利用率达到60%左右", (60, 60, "%", "approx")),
        ("覆盖率接近90%", (90, 90, "%", "approx")),
        ("每年选派3-5名", (3, 5, "名", "range")),
        ("比例为50%—70%", (50, 70, "%", "range")),
        ("任期为三至六年", (3, 6, "年", "range")),
        ("每平方公里0.6 万至1 万人", (0.6, 1, "万人", "range")),
        ("处五千元以上五万元以下的罚款", (0.5, 5, "万元", "range")),
        ("生师比不高于13.5:1", (None, 13.5, ":1", "<=")),
        ("按1:19配备", (19, 19, "1:", "=")),
        ("绩效工资调控线的2.5倍", (2.5, 2.5, "倍", "=")),
        ("新增校舍2万平方米", (2, 2, "万平方米", "=")),
        ("处理能力2000 万立方米/日", (2000, 2000, "万立方米/日", "=")),
        ("每学期至少组织开展一次", (1, None, "次", ">=")),
        ("至少上1节公开课", (1, None, "节", ">=")),
        ("降低0.5个百分点以上", (0.5, None, "个百分点", ">=")),
        ("差异系数不高于0.50", (None, 0.5, "", "<=")),
        ("不低于公用经费预算总额5%", (5, None, "%", ">=")),
        ("5万吨标准煤及以上", (5, None, "万吨标准煤", ">=")),
        ("超过2 亿千瓦", (2, None, "亿千瓦", ">=")),
        ("经到会人员的过半数通过", (50, None, "%", ">=")),
        ("50多所学校", (50, None, "所", ">=")),
        ("产值1万亿元", (1, 1, "万亿元", "=")),
        ("在30分钟内启动", (None, 30, "分钟", "<=")),
    ],
)
def test_reads(text: str, expected: tuple[float | None, float | None, str, str]) -> None:
    assert read(text)[-1] == expected


@pytest.mark.parametrize(
    "text",
    [
        "2025年12月31日",
        "（宁党办〔2022〕74号）",
        "依照第二十三条的规定",
        "县第三中学",
        "一体化推进，统一部署",
        "5G、PM2.5、AI大模型3D打印",
        "十九届五中全会",
        "2016-2020年",
        "每家一次性奖励",
        "零部件、元器件",
        "构建“1+16+23”政策体系",
    ],
)
def test_dates_numbers_of_documents_and_words_are_no_quantities(text: str) -> None:
    assert read(text) == []


def test_strictness_and_approximation_are_kept() -> None:
    below, above, near = find_quantities("不足100人，超过30%，约20所")
    assert (below.strict, above.strict, near.strict) == (True, True, False)
    assert near.approx == "约"


def test_the_same_amount_in_other_words_has_the_same_base_value() -> None:
    pairs = [
        ("30万元", "500000元", 0.6),
        ("1.2亿元", "12000万元", 1),
        ("半小时", "30分钟", 1),
        ("两万平方米", "20000平方米", 1),
        ("1公顷", "15亩", 1),
    ]
    for one, two, ratio in pairs:
        a, b = find_quantities(one)[0], find_quantities(two)[0]
        assert a.dimension == b.dimension
        assert a.value * a.factor / (b.value * b.factor) == pytest.approx(ratio, rel=1e-4)


def test_every_unit_of_the_table_is_matched_whole_and_sourced() -> None:
    for row in read_table("units"):
        found = match_unit(row["unit"], 0)
        assert found is not None and found[0].text == row["unit"], row
        assert row["source"] and float(row["factor"]) > 0
    assert unit_names()["名"].dimension == unit_names()["人"].dimension == "person"


@given(
    st.text(alphabet="0123456789.,%万亿元名所个年月一二三十半:-—至约不低于超过以上内/ 平方米", max_size=60)
)
def test_quantities_stand_in_order_inside_the_text(text: str) -> None:
    found = find_quantities(text)
    assert all(0 <= q.left <= q.start < q.end <= q.right <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("分别下降20个、10个百分点", [(20, "个百分点"), (10, "个百分点")]),
        ("分别提高5、3和2个百分点", [(5, "个百分点"), (3, "个百分点"), (2, "个百分点")]),
        ("分别新增20万、10万立方米/日", [(20, "万立方米/日"), (10, "万立方米/日")]),
        ("收费下降20元、10元/吨", [(20, "元/吨"), (10, "元/吨")]),
        ("培训教师100人、200人次", [(100, "人"), (200, "人次")]),
        ("新建学校3所、幼儿园5个百分点", [(3, "所"), (5, "个百分点")]),
        ("1、2所学校", [(2, "所")]),
    ],
)
def test_the_last_number_of_a_list_prints_the_unit(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(q.low, q.unit) for q in find_quantities(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("千人以上供水工程", [(1000, None, "人", ">=")]),
        ("百户以下的村庄", [(None, 100, "户", "<=")]),
        ("万人以上的镇", [(10000, None, "人", ">=")]),
        ("三千人以上的镇", [(3000, None, "人", ">=")]),
        ("5万人以上的县", [(5, None, "万人", ">=")]),
        ("百姓满意，千家万户受益，万人评议", []),
    ],
)
def test_a_bare_power_of_ten_counts_where_it_bounds(
    text: str, expected: list[tuple[float | None, float | None, str, str]]
) -> None:
    assert read(text) == expected
