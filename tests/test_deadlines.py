"""Dates: deadlines, starts, baselines and mere mentions."""

from __future__ import annotations

import datetime

import pytest

from policycmp.targets.deadlines import find_dates, read_deadline
from policycmp.targets.find import targets_in


@pytest.mark.parametrize(
    ("text", "when", "role"),
    [
        ("到2027年，建成", "2027", "deadline"),
        ("到2030 年，建成", "2030", "deadline"),
        ("2023年底前予以调整", "2023", "deadline"),
        ("在2025年之前通过评估", "2025", "deadline"),
        ("2022年3月底前，制定方案", "2022-03", "deadline"),
        ("于2022 年2 月建立", "2022-02", "deadline"),
        ("“十四五”末，全部达标", "2025", "deadline"),
        ("“十四五”期间年均下降", "2025", "deadline"),
        ("到十三五末", "2020", "deadline"),
        ("2021—2025年，累计", "2025", "deadline"),
        ("2024年，全市新建", "2024", "deadline"),
        ("2021年各县编制完成", "2021", "deadline"),
        ("力争三年内，使", "2022", "deadline"),
        ("2024年秋季学期起，实施", "2024", "start"),
        ("自2023年起，每年", "2023", "start"),
        ("比2020年下降", "2020", "baseline"),
        ("在2018年的基础上", "2018", "baseline"),
        ("毛入园率2025年达到90%", "2025", "deadline"),
        ("2023年底前印发实施方案", "2023", "deadline"),
        ("2023年6月底前出台细则", "2023-06", "deadline"),
        ("2018年底印发的实施方案", "2018", "mention"),
        ("毛入园率2018年已达到88%", "2018", "mention"),
        ("由2020年的60%提高", "2020", "baseline"),
        ("低于2020年水平", "2020", "baseline"),
        ("2005年前建成的老旧小区", "2005", "mention"),
        ("2030年前碳达峰行动方案", "2030", "mention"),
        ("（2019 年本）", "2019", "mention"),
        ("《方案》（2016-2020年）", "2020", "mention"),
    ],
)
def test_role_of_a_date(text: str, when: str, role: str) -> None:
    [date] = find_dates(text, date=datetime.date(2019, 1, 24))
    assert (date.when, date.role) == (when, role)


@pytest.mark.parametrize("text", ["近3年未调整", "每年12月底前报送", "任期三年内一般不调离", "第三年"])
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text, date=datetime.date(2019, 1, 24)) == ()


@pytest.mark.parametrize(
    ("cell", "deadline"),
    [
        ("2023年", "2023"),
        ("2022年4月", "2022-04"),
        ("长期坚持", "长期"),
        ("持续推进", "长期"),
        ("(一)准备启动阶段(2018年3月—2018年9月)", "2018-09"),
        ("备注", None),
        (None, None),
    ],
)
def test_cells_and_headings(cell: str | None, deadline: str | None) -> None:
    assert read_deadline(cell) == deadline


def test_a_date_holds_from_its_comma_to_the_next_date_of_the_sentence() -> None:
    text = "新建幼儿园5所，到2025年，覆盖率达到85%，巩固率达到96%；到2030年，覆盖率达到95%。配备校医10名。"
    assert [t.deadline for t in targets_in(text)] == [None, "2025", "2025", "2030", None]


def test_a_date_after_a_condition_governs_it() -> None:
    condition, promise = targets_in("近3年未调整的县在2023年底前予以调整。")
    assert (promise.kind, promise.deadline) == ("deadline", "2023")
    assert (condition.deadline, condition.qualifiers[0]) == ("2023", "condition")


def test_two_dates_in_a_row_are_given_to_the_numbers_in_order() -> None:
    found = targets_in("到2025年、2030年，非化石能源消费占比分别达到20%、25%。")
    assert [(t.value_low, t.deadline) for t in found] == [(20, "2025"), (25, "2030")]


def test_terms_are_kept_in_words() -> None:
    spring, autumn = (targets_in(f"2024年{s}季学期起，全面实施免费午休服务。")[0] for s in "春秋")
    assert spring.deadline == autumn.deadline == "2024"
    assert "deadline_word:2024年春季学期" in spring.qualifiers
    assert {"deadline_word:2024年秋季学期", "start"} <= set(autumn.qualifiers)


def test_the_date_of_the_heading_is_inherited() -> None:
    assert targets_in("新建幼儿园5所。", heading="实施阶段（2018年10月—2019年12月）")[0].deadline == "2019-12"
    assert targets_in("新建幼儿园5所。", deadline="2022")[0].deadline == "2022"
    [lasting] = targets_in("实现教师培训全覆盖。", deadline="长期")
    assert (lasting.deadline, "long_term" in lasting.qualifiers) == (None, True)


def test_a_month_alone_falls_in_the_year_last_named() -> None:
    dates = find_dates("2024年6月30日前完成方案，9月底前完成排查，每年12月底前报送。")
    assert [d.when for d in dates] == ["2024-06-30", "2024-09"]
    assert find_dates("9月底前完成排查。") == ()
    assert find_dates("9月底前完成排查。", date=datetime.date(2023, 3, 2))[0].when == "2023-09"
