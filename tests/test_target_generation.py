"""Numbers are never invented: sentences put together from parts give back what was put in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policycmp.model import Target
from policycmp.targets.find import targets_in

_DIGITS = "零一二三四五六七八九"


def in_words(number: int) -> str:
    """A number up to 9999 as it is read out."""
    out, zero = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            out += ("零" if zero and out else "") + _DIGITS[digit] + name
            zero = False
        elif out:
            zero = True
    return out.removeprefix("一") if out.startswith("一十") else out


def full_width(number: str) -> str:
    return number.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})


STYLES = {
    "arabic": lambda n: f"{n}",
    "full_width": lambda n: full_width(f"{n}"),
    "words": in_words,
    "spaced": lambda n: f"{n} ",
    "thousands": lambda n: f"{n:,}",
}
COUNTED = [
    ("省级示范性幼儿园", "所"),
    ("劳动教育实践基地", "个"),
    ("县级骨干教师", "名"),
    ("劳动教育精品课", "节"),
    ("专精特新企业", "家"),
    ("居家养老服务站点", "处"),
    ("新能源公交车", "辆"),
]
MEASURED = [
    ("高标准农田面积", "万亩"),
    ("森林蓄积量", "亿立方米"),
    ("污水日处理能力", "万吨"),
    ("可再生能源装机容量", "万千瓦"),
    ("农村公路里程", "公里"),
    ("数字经济核心产业投资额", "亿元"),
]
RATES = [
    "普惠性幼儿园覆盖率",
    "九年义务教育巩固率",
    "主要农作物良种覆盖率",
    "护理型床位占比",
    "城市污泥无害化处置率",
    "非化石能源消费比重",
]
BOUNDS = [
    ("", "", "="),
    ("", "以上", ">="),
    ("", "及以上", ">="),
    ("不少于", "", ">="),
    ("不低于", "", ">="),
    ("超过", "", ">="),
    ("", "左右", "approx"),
    ("约", "", "approx"),
    ("不超过", "", "<="),
    ("", "以下", "<="),
]
DATES = [
    ("", None),
    ("到2027年，", "2027"),
    ("2025年底前，", "2025"),
    ("力争到２０３０年，", "2030"),
    ("“十四五”末，", "2025"),
]

numbers = st.integers(2, 9899)
bounds = st.sampled_from(BOUNDS)
dates = st.sampled_from(DATES)
styles = st.sampled_from(sorted(STYLES))


def ends(value: float, comparator: str) -> tuple[float | None, float | None]:
    return (None if comparator == "<=" else value, None if comparator == ">=" else value)


def only(text: str) -> Target:
    found = [t for t in targets_in(text) if t.is_target]
    assert len(found) == 1, (text, found)
    return found[0]


def check(text: str, indicator: str, value: float, unit: str, comparator: str, deadline: str | None) -> None:
    target = only(text)
    assert target.indicator == indicator, text
    assert (target.value_low, target.value_high) == ends(value, comparator), text
    assert (target.unit, target.comparator, target.deadline) == (unit, comparator, deadline), text
    assert text[target.start : target.end] == target.snippet


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(COUNTED), numbers, styles, bounds, dates, st.booleans())
def test_counts(
    what: tuple[str, str], number: int, style: str, bound: tuple[str, str, str], date: tuple[str, str | None], first: bool
) -> None:  # fmt: skip
    (noun, unit), (before, after, comparator) = what, bound
    amount = f"{before}{STYLES[style](number)}{unit}{after}"
    text = f"{date[0]}全市建成{amount}{noun}。" if first else f"{date[0]}全市建成{noun}{amount}。"
    check(text, noun, number, unit, comparator, date[1])


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(RATES),
    st.integers(1, 100),
    st.sampled_from(["{}%", "{}％", "{} %", "百分之{}"]),
    bounds,
    dates,
    st.sampled_from(["达到", "达", "稳定在", "提高到", "", "力争达到"]),
)
def test_rates(
    noun: str, number: int, style: str, bound: tuple[str, str, str], date: tuple[str, str | None], verb: str
) -> None:
    before, after, comparator = bound
    amount = style.format(in_words(number) if style.startswith("百") else number)
    text = f"{date[0]}{noun}{verb if not before else ''}{before}{amount}{after}。"
    check(text, noun, number, "%", comparator, date[1])


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(MEASURED),
    st.decimals(min_value="0.1", max_value="9899", places=1),
    bounds,
    dates,
    st.sampled_from(["达到", "稳定在", "增加到"]),
)
def test_measures(
    what: tuple[str, str],
    number: object,
    bound: tuple[str, str, str],
    date: tuple[str, str | None],
    verb: str,
) -> None:
    (noun, unit), (before, after, comparator) = what, bound
    text = f"{date[0]}{noun}{verb if not before else ''}{before}{number}{unit}{after}；"
    check(text, noun, float(str(number)), unit, comparator, date[1])


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(COUNTED),
    st.integers(1, 9),
    st.integers(1, 9),
    st.sampled_from(["-", "—", "～", "至", "到"]),
    st.booleans(),
)
def test_ranges(what: tuple[str, str], low: int, more: int, sign: str, words: bool) -> None:
    noun, unit = what
    low, high = min(low, 9), min(low, 9) + more
    said = [in_words(n) if words and sign in "至到" else str(n) for n in (low, high)]
    target = only(f"每个乡镇培育{said[0]}{sign}{said[1]}{unit}{noun}。")
    assert (target.value_low, target.value_high, target.comparator) == (low, high, "range")
    assert (target.indicator, target.unit, target.per) == (noun, unit, "乡镇")


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(
        [
            ("能耗强度", "下降", "down"),
            ("万元工业增加值用水量", "降低", "down"),
            ("粮食综合生产能力", "提高", "up"),
        ]
    ),
    st.integers(1, 90),
    st.sampled_from(["比2020年", "较2020年", "在2020年的基础上", "与2020年相比"]),
    bounds,
)
def test_changes(what: tuple[str, str, str], number: int, base: str, bound: tuple[str, str, str]) -> None:
    (noun, verb, way), (before, after, comparator) = what, bound
    target = only(f"到2025年，{noun}{base}{verb}{before}{number}%{after}。")
    assert (target.value_low, target.value_high) == ends(number, comparator)
    assert (target.indicator, target.kind, target.deadline) == (noun, "delta", "2025")
    assert {f"change:{way}", "change:by"} <= set(target.qualifiers)
    assert any(q.startswith("base:2020年") for q in target.qualifiers)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["年", "学期", "学年", "季度", "半年", "月", "周"]),
    st.integers(1, 9),
    st.booleans(),
    st.sampled_from([("", "="), ("至少", ">="), ("不少于", ">=")]),
    st.sampled_from(["安全隐患排查", "应急疏散演练", "工作汇报"]),
)
def test_frequencies(period: str, number: int, words: bool, bound: tuple[str, str], what: str) -> None:
    said = in_words(number) if words and number != 2 else str(number)
    target = only(f"各学校每{period}开展{bound[0]}{said}次{what}。")
    assert (target.kind, target.unit, target.per, target.comparator) == ("frequency", "次", period, bound[1])
    assert (target.value_low, target.indicator) == (number, what)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(COUNTED), numbers), min_size=2, max_size=5, unique_by=lambda item: item[0]
    )
)
def test_lists(items: list[tuple[tuple[str, str], int]]) -> None:
    text = "到2027年，培育" + "、".join(f"{noun}{number}{unit}" for (noun, unit), number in items) + "。"
    found = [(t.indicator, t.value_low, t.unit, t.deadline) for t in targets_in(text)]
    assert found == [(noun, number, unit, "2027") for (noun, unit), number in items]


@given(
    st.text(
        alphabet="到比不低于以上内达每的、，。；：“”（）《》一二两三十百万亿半零2025年%个所名次第、-—至 \n覆盖全部",
        max_size=80,
    )
)
@settings(max_examples=80, deadline=None)
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    targets = targets_in(text)
    for t in targets:
        assert 0 <= t.start <= t.end <= len(text)
        assert t.snippet == text[t.start : t.end]
        assert t.value_low is None or t.value_high is None or t.value_low <= t.value_high
        assert t.comparator in {">=", "<=", "=", "range", "approx"}
    assert len({t.target_id for t in targets}) == len(targets)


@pytest.mark.parametrize(
    ("number", "words"), [(10, "十"), (15, "十五"), (105, "一百零五"), (1020, "一千零二十")]
)
def test_numbers_in_words(number: int, words: str) -> None:
    assert in_words(number) == words
