"""Whose text is this: the true template first, strangers refused, later texts never a source."""

from __future__ import annotations

import dataclasses
import datetime

import pytest

import policycmp as pc


def test_xiji_was_written_from_wuzhong_and_not_from_leshan(plan):
    ranked = pc.rank_templates(
        plan("xiji-2025"), [plan("leshan-2021"), plan("wuzhong-2023"), plan("pingluo-2019")]
    )
    assert ranked["template"].iloc[0] == "wuzhong-2023"
    assert ranked["accepted"].tolist() == [True, False, False]
    assert ranked["score"].between(0, 1).all()


def test_a_later_text_is_never_the_source(plan):
    ranked = pc.rank_templates(plan("wuzhong-2023"), [plan("xiji-2025")])
    assert ranked["order"].tolist() == ["template_later"]
    assert not ranked["accepted"].any()
    assert ranked["raw_share"].iloc[0] > 0.2


def test_the_plan_itself_is_no_candidate_and_nothing_gives_an_empty_frame(plan):
    ranked = pc.rank_templates(plan("xiji-2025"), [plan("xiji-2025")])
    assert ranked.empty
    assert list(ranked.columns[:4]) == ["template", "score", "shared_chars", "accepted"]


def test_shared_passages_stand_where_they_say(plan):
    xiji, wuzhong = plan("xiji-2025"), plan("wuzhong-2023")
    passages = pc.shared_passages(xiji, wuzhong)
    assert passages["chars"].is_monotonic_decreasing
    for row in passages.head(20).itertuples():
        assert xiji.text[row.start : row.end] == row.text
        assert wuzhong.text[row.template_start] == row.text[0]


def test_a_passage_from_above_is_not_credited_to_a_sibling(plan):
    """A county plan shares text with its prefecture and with a sibling that copied the prefecture more fully."""
    wuzhong = plan("wuzhong-2023")
    above = dataclasses.replace(wuzhong, plan_id="prefecture", adcode="640400", jurisdiction="固原市")
    sibling = dataclasses.replace(
        wuzhong,
        plan_id="sibling",
        adcode="640423",
        jurisdiction="隆德县",
        level="county",
        date=datetime.date(2024, 1, 1),
    )
    ranked = pc.rank_templates(plan("xiji-2025"), [sibling, above]).set_index("template")
    assert ranked.index[0] == "prefecture"
    assert ranked.loc["sibling", "shared_chars"] == 0
    assert ranked.loc["sibling", "raw_share"] == pytest.approx(ranked.loc["prefecture", "raw_share"])


def test_options_are_validated():
    with pytest.raises(ValueError, match="min_share"):
        pc.SourceOptions(min_share=2)
