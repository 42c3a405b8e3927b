"""Numerals with their place and value."""

from __future__ import annotations

import itertools

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycmp.targets.numerals import chinese_value, scan_numerals


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "printed"),
    [
        ("百分之九十五", 95, 95, "%", "百分之九十五"),
        ("千分之三", 3, 3, "‰", "千分之三"),
        ("三分之二以上", 66.666667, 66.666667, "%", "三分之二"),
        ("九成五以上", 95, 95, "%", "九成五"),
        ("八成以上", 80, 80, "%", "八成"),
        ("翻一番", 2, 2, "倍", "翻一番"),
        ("翻两番", 4, 4, "倍", "翻两番"),
        ("标准课时工作量一半计算", 50, 50, "%", "一半"),
        ("半小时内", 0.5, 0.5, "", "半"),
        ("30,369平方米", 30369, 30369, "", "30,369"),
        ("1.2亿元", 1.2, 1.2, "", "1.2"),
        ("两万平方米", 2, 2, "", "两"),
        ("二十五名", 25, 25, "", "二十五"),
        ("上百所学校", 100, 100, "", "上百"),
        ("数千名教师", 1000, 10000, "", "数千"),
        ("两三年", 2, 3, "", "两三"),
    ],
)
def test_value_and_place(text: str, low: float, high: float, unit: str, printed: str) -> None:
    numeral = next(scan_numerals(text))
    assert (numeral.low, numeral.high, numeral.unit) == (low, high, unit)
    assert text[numeral.start : numeral.end] == printed


def test_a_tenth_that_is_a_word_is_none() -> None:
    assert [n.style for n in scan_numerals("一成不变的做法")] == ["chinese"]
    assert [n.low for n in scan_numerals("建成十一所")] == [11]


def test_what_is_read_here_is_read_as_cn2an_reads_it() -> None:
    def known(words: str) -> float | None:
        try:
            return float(cn2an.cn2an(words, "smart"))
        except (ValueError, KeyError, IndexError):
            return None

    for length in (1, 2, 3, 4):
        for signs in itertools.product("零一二九十百千", repeat=length):
            words = "".join(signs)
            assert chinese_value(words) == known(words), words


@pytest.mark.parametrize(
    ("words", "value"), [("十", 10), ("一百零五", 105), ("三点五", 3.5), ("两", 2), ("百", None)]
)
def test_bare_chinese_numerals(words: str, value: float | None) -> None:
    assert chinese_value(words) == value


@given(st.text(alphabet="零一二三十百千万亿分之成半翻番两点0123456789,.上数几", max_size=40))
def test_numerals_stand_in_order_and_never_overlap(text: str) -> None:
    found = list(scan_numerals(text))
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(n.low <= n.high for n in found)
