"""The truth about who followed whom."""

from __future__ import annotations

import dataclasses
import datetime

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


def test_a_document_of_2022_is_no_source_of_a_plan_of_2019(plan):
    for plan_id in ("pingluo-2019", "pingluo-table"):
        found = direction(plan(plan_id), plan("wuzhong-2023"))
        assert not any("2022" in name for name, by in found.common_sources if by == "cited_by_template")
        assert "2022" not in found.banner()
