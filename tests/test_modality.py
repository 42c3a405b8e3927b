"""How binding sentences are, and a whole plan."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from policycmp.modality import modality_band, modality_profile


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("严禁挤占、截留、挪用教育经费", "5"),
        ("各地必须落实主体责任，加强领导", "5"),
        ("推进城乡义务教育一体化发展", "3"),
        ("力争到2027年全部达标", "2"),
        ("鼓励社会力量参与养老服务", "1"),
        ("必须落实责任，鼓励探索", "5"),
        ("", "3"),
    ],
)
def test_a_sentence_takes_its_wording_farthest_from_plain(text, band):
    assert modality_band(text) == band


def test_every_sentence_is_counted_once(plan):
    xiji = plan("xiji-2025")
    profile = modality_profile(xiji)
    assert profile["band"].tolist() == ["5", "4", "3", "2", "1"]
    assert profile["count"].sum() == len(xiji.measures)
    assert profile["share"].sum() == pytest.approx(1)


def test_a_plan_without_sentences_has_no_shares():
    bare = SimpleNamespace(measures=pd.DataFrame({"text": []}))
    assert modality_profile(bare)[["count", "share"]].to_numpy().sum() == 0
