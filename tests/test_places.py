"""Divisions, kinship and order of documents."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycmp.places import division, kinship, order, place_in, resolve
from policycmp.tables import read_table


@dataclass
class Doc:
    adcode: str | None = None
    jurisdiction: str | None = None
    level: str | None = None
    date: dt.date | None = None


XIJI = Doc("640422", "西吉县", "county", dt.date(2025, 5, 14))
WUZHONG = Doc("640300", "吴忠市", "prefecture", dt.date(2023, 3, 2))
GUYUAN = Doc("640400", "固原市", "prefecture")
NINGXIA = Doc("640000", "宁夏回族自治区", "province")
NATION = Doc("100000", "国家", "national")
PINGLUO = Doc("640221", "平罗县", "county", dt.date(2019, 1, 24))
LESHAN = Doc("511100", "乐山市", "prefecture", dt.date(2021, 11, 11))


@pytest.mark.parametrize(
    ("local", "template", "expected"),
    [
        (XIJI, WUZHONG, "sibling"),
        (XIJI, GUYUAN, "superior"),
        (GUYUAN, XIJI, "subordinate"),
        (XIJI, NINGXIA, "superior"),
        (XIJI, PINGLUO, "sibling"),
        (PINGLUO, WUZHONG, "sibling"),
        (LESHAN, WUZHONG, "unrelated"),
        (XIJI, NATION, "superior"),
        (LESHAN, NATION, "superior"),
        (NATION, LESHAN, "subordinate"),
        (XIJI, XIJI, "same"),
        (XIJI, Doc(), "unknown"),
        (Doc(jurisdiction="盐池县"), WUZHONG, "superior"),
        (Doc(jurisdiction="奉贤区"), Doc(jurisdiction="上海市"), "superior"),
        (Doc(jurisdiction="朝阳区"), Doc(jurisdiction="北京市"), "unknown"),
        (Doc(level="national"), XIJI, "subordinate"),
    ],
)
def test_kinship(local: Doc, template: Doc, expected: str) -> None:
    assert kinship(local, template) == expected


def test_renamed_units_are_the_units_of_today() -> None:
    assert kinship(Doc(adcode="420600", jurisdiction="襄樊市"), Doc(jurisdiction="襄阳市")) == "same"
    # 梁平县 had another code than 梁平区; 莱芜 became a district of 济南.
    assert kinship(Doc(adcode="500228"), Doc(jurisdiction="重庆市梁平区")) == "same"
    assert kinship(Doc(jurisdiction="芜湖市"), Doc(adcode="340221")) == "subordinate"


def test_a_township_stands_under_the_county_whose_code_it_has() -> None:
    town = Doc("500155", "梁平区曲水镇", "township")
    assert kinship(town, Doc("500155", "梁平区", "county")) == "superior"
    assert kinship(town, Doc("500155", "梁平区礼让镇", "township")) == "sibling"
    assert kinship(town, town) == "same"


def test_order_compares_dates() -> None:
    assert order(PINGLUO, WUZHONG) == "template_later"
    assert order(XIJI, WUZHONG) == "template_earlier"
    assert order(XIJI, Doc()) == "unknown"
    assert order(XIJI, XIJI) == "unknown"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("吴忠市", "640300"),
        ("西吉", "640422"),
        ("平罗县人民政府办公室", "640221"),
        ("中共吴忠市委员会办公室", "640300"),
        ("四川省乐山市", "511100"),
        ("内蒙古自治区鄂尔多斯市", "150600"),
        ("恩施州", "422800"),
        ("伊犁州", "654000"),
        ("吉林", "220000"),
        ("吉林市", "220200"),
        ("广安市广安区", "511602"),
        ("重庆市梁平区曲水镇人民政府", "500155"),
        ("国家", "100000"),
        ("襄樊市", "420600"),
        ("城关区", None),
        ("兰州市城关区", "620102"),
        ("市人民政府", None),
        ("", None),
    ],
)
def test_names_resolve(name: str, code: str | None) -> None:
    found = resolve(name)
    assert (found.code if found else None) == code


def test_place_in_says_how_much_of_a_text_is_the_place() -> None:
    found, length = place_in("宁夏吴忠市教育局")
    assert found is not None
    assert (found.name, length) == ("吴忠市", 5)


def test_the_table_is_a_tree_with_sources() -> None:
    rows = read_table("divisions")
    codes = {row["code"] for row in rows}
    today = [row for row in rows if not row["last_seen"]]
    assert len({row["code"] for row in today}) == len(today) > 3100
    assert sum(row["level"] == "prefecture" for row in today) > 330
    for row in rows:
        assert row["source"]
        assert row["parent"] in codes or row["level"] == "national"
        assert not row["now"] or row["now"] in codes
        assert len(row["code"]) == 6 and row["code"].isdigit()


@given(st.sampled_from([row["code"] for row in read_table("divisions")]))
def test_every_division_is_the_nation_s_and_its_parents_superior(code: str) -> None:
    found = division(code)
    assert found is not None
    me = Doc(adcode=code, jurisdiction=found.name, level=found.level)
    assert kinship(me, me) == "same"
    if found.parent:
        assert kinship(me, NATION) == "superior"
        above = Doc(adcode=found.parent)
        assert kinship(me, above) in ("superior", "same", "sibling")  # 巢湖市 is 合肥's today
        assert kinship(above, me) in ("subordinate", "same", "sibling")


@given(st.text(max_size=30))
def test_resolve_answers_any_text(text: str) -> None:
    found = resolve(text)
    assert found is None or division(found.code) is not None
