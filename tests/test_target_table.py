"""One table over many plans: indicators as rows, plans as columns."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

import policycmp as pc
from policycmp.plan import Plan

BUNDLED = ["wuzhong-2023", "xiji-2025", "pingluo-table", "leshan-2021"]


@pytest.fixture(scope="module")
def table(plan: Callable[[str], Plan]) -> pd.DataFrame:
    return pc.compare_targets([plan(name) for name in BUNDLED], sources=True)


def row(table: pd.DataFrame, indicator: str) -> pd.Series:
    found = table[table["indicator"].str.contains(indicator, regex=False)]
    assert len(found) == 1, list(found["indicator"])
    return found.iloc[0]


def test_plans_are_columns_with_their_sources(table: pd.DataFrame) -> None:
    expected = ["indicator", "level", "comparable", "plans"]
    for name in BUNDLED:
        expected += [name, f"{name} source"]
    assert list(table.columns) == expected


def test_one_indicator_is_one_row_whatever_it_is_called(table: pd.DataFrame) -> None:
    disabled = row(table, "残疾儿童少年义务教育入学率")
    assert disabled["plans"] == 3
    assert disabled["wuzhong-2023"] == "98%以上（2027年）"
    assert disabled["xiji-2025"].startswith("98%以上")
    assert disabled["pingluo-table"] == "95%以上（2025年）"
    assert disabled["leshan-2021"] is None
    assert disabled["comparable"] == "direct"


def test_counts_are_marked_as_depending_on_size(table: pd.DataFrame) -> None:
    schools = row(table, "劳动教育示范学校")
    values = [schools[name] for name in BUNDLED]
    assert values[0] == "60所" and values[1] == "11所" and values[2].startswith("6所") and values[3] is None
    assert schools["comparable"] == "scale_dependent"


def test_a_bare_noun_is_shown_with_its_verb(table: pd.DataFrame) -> None:
    assert row(table, "新改扩建幼儿园")["wuzhong-2023"] == "21所"


def test_sources_say_where_a_value_stands(table: pd.DataFrame, plan: Callable[[str], Plan]) -> None:
    place = row(table, "校长任期")["xiji-2025 source"]
    words, span = place.rsplit(" [", 1)
    start, end = map(int, span.rstrip("]").split(":"))
    assert plan("xiji-2025").text[start:end] in words
    assert "提高校(园)长办学治校能力" in words


def test_every_commitment_of_every_plan_is_somewhere(
    table: pd.DataFrame, plan: Callable[[str], Plan]
) -> None:
    for name in BUNDLED:
        shown = "\n".join(table[f"{name} source"].dropna())
        for target in plan(name).target_list:
            if target.is_target:
                assert f"[{target.start}:{target.end}]" in shown


def test_values_of_one_plan_stand_in_different_rows(table: pd.DataFrame) -> None:
    assert (table["plans"] == table[BUNDLED].notna().sum(axis=1)).all()


def test_order_of_the_plans_does_not_change_the_groups(plan: Callable[[str], Plan]) -> None:
    names = ["xiji-2025", "wuzhong-2023"]
    there, back = (pc.compare_targets([plan(n) for n in order]) for order in (names, names[::-1]))
    pairs = [
        {(a, b) for a, b in zip(t["xiji-2025"], t["wuzhong-2023"], strict=True) if a and b}
        for t in (there, back)
    ]
    assert pairs[0] == pairs[1] and pairs[0]


def test_plans_need_different_ids(plan: Callable[[str], Plan]) -> None:
    with pytest.raises(ValueError, match="plan ids"):
        pc.compare_targets([plan("xiji-2025"), plan("xiji-2025")])


def test_no_plans_no_rows() -> None:
    empty = pc.compare_targets([])
    assert list(empty.columns) == ["indicator", "level", "comparable", "plans"] and len(empty) == 0


def test_english_values(plan: Callable[[str], Plan]) -> None:
    table = pc.compare_targets([plan("wuzhong-2023")], lang="en")
    assert "≥93% (2027)" in set(table["wuzhong-2023"])
