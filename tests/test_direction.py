"""The truth about who followed whom."""

from __future__ import annotations

import dataclasses
import datetime

import policycmp as pc
from policycmp.direction import direction


def test_xiji_is_not_under_wuzhong(plan):
    found = direction(plan("xiji-2025"), plan("wuzhong-2023"))
    assert (found.kinship, found.order, found.neutral) == ("sibling", "template_earlier", True)
    assert "互不隶属" in found.banner("zh")
    assert "neither above the other" in found.banner("en")


def test_older_plans_have_a_later_benchmark(plan):
    for plan_id in ("pingluo-2019", "leshan-2021"):
        found = direction(plan(plan_id), plan("wuzhong-2023"))
        assert found.order == "template_later"
        assert found.neutral


def test_a_common_source_is_named_only_with_who_cites_it(plan):
    found = direction(plan("xiji-2025"), plan("wuzhong-2023"))
    assert ("宁党办〔2022〕74号", "cited_by_template") in found.common_sources
    assert "宁党办〔2022〕74号（仅由对照文本引用）" in found.banner("zh")


def test_a_plan_from_above_and_before_needs_no_banner(plan):
    above = dataclasses.replace(
        plan("wuzhong-2023"), adcode="640400", jurisdiction="固原市", date=datetime.date(2023, 3, 2)
    )
    found = direction(plan("xiji-2025"), above)
    assert (found.kinship, found.neutral, found.banner()) == ("superior", False, "")


NOTICE = "云岭市养老服务实施方案\n云政办发〔2023〕18号\n一、任务\n（一）发展养老。新建养老院5所。\n"
OWN = "清溪县养老服务实施方案\n{}一、任务\n（一）发展养老。新建养老院2所。\n"
BASIS = "为贯彻落实《云岭市养老服务实施方案》（云政办发〔2023〕18号）精神，制定本方案。\n"


def test_places_not_known_leave_open_whether_the_template_was_given():
    above = pc.parse_plan(NOTICE, plan_id="above")
    found = direction(pc.parse_plan(OWN.format(""), plan_id="own"), above)
    assert (found.kinship, found.neutral) == ("unknown", True)
    assert "是否为本地所依据的文件不明" in found.banner() and "is not known" in found.banner("en")
    assert "并非" not in found.banner()


def test_a_plan_that_names_the_template_as_its_basis_was_given_it():
    above = pc.parse_plan(NOTICE, plan_id="above")
    found = direction(pc.parse_plan(OWN.format(BASIS), plan_id="own"), above)
    assert (found.kinship, found.cited, found.neutral, found.banner()) == ("unknown", True, False, "")


def test_a_document_of_2022_is_no_source_of_a_plan_of_2019(plan):
    for plan_id in ("pingluo-2019", "pingluo-table"):
        found = direction(plan(plan_id), plan("wuzhong-2023"))
        assert not any("2022" in name for name, by in found.common_sources if by == "cited_by_template")
        assert "2022" not in found.banner()
