"""Who took from whom, over the bundled plans and over a real family."""

from __future__ import annotations

import pytest

import policycmp as pc


def test_xiji_took_from_wuzhong_and_nobody_from_a_later_text(plan):
    found = pc.trace(
        [plan(p) for p in ("xiji-2025", "wuzhong-2023", "leshan-2021", "pingluo-2019")]
    ).set_index("plan_id")
    assert found.loc["xiji-2025", "source"] == "wuzhong-2023"
    assert found["source"].notna().sum() == 1
    assert list(found.index[-1:]) == ["xiji-2025"]


def test_two_plans_with_one_id_are_refused(plan):
    with pytest.raises(ValueError, match="xiji-2025"):
        pc.trace([plan("xiji-2025"), plan("xiji-2025")])


def test_a_real_family_leads_back_to_the_centre(corpus):
    files = [p for p in (corpus / "NDP").glob("*.txt") if p.name.split("、")[0] in {"1", "71", "481", "364"}]
    plans = [pc.read_plan(path, plan_id=path.name.split("、")[0]) for path in files]
    found = pc.trace(plans).set_index("plan_id")["source"].to_dict()
    assert found == {"1": None, "71": "1", "481": "71", "364": "1"}
