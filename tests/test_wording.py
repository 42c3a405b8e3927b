"""Graded wording: found where it is said, not inside other words, negation told apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policycmp.language.wording import PLAIN, SCALES, cues, intensity, strength
from policycmp.tables import read_table


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [
        ("学校必须公开收费标准", "学校应当公开收费标准"),
        ("学校应当公开收费标准", "学校公开收费标准"),
        ("学校公开收费标准", "学校逐步公开收费标准"),
        ("学校逐步公开收费标准", "鼓励学校公开收费标准"),
        ("鼓励学校公开收费标准", "学校可以不公开收费标准"),
        ("一律公开", "原则上公开"),
        ("确保按期完工", "力争按期完工"),
        ("严禁占用耕地", "严格控制占用耕地"),
        ("不再保留危房", "危房可保留"),
        ("纳入考核", "暂不纳入考核"),
        ("予以问责", "不予问责"),
    ],
)
def test_modality_scale(stronger, weaker):
    assert strength(stronger) > strength(weaker)


@pytest.mark.parametrize(
    "text",
    [
        "健全应急响应机制",
        "供应链金融",
        "可持续发展",
        "缴存工资保证金",
        "不得低于5%",
        "提供技术支持",
        "深化教育科学研究",
        "群众支持率",
    ],
)
def test_words_that_only_look_graded(text):
    assert strength(text) == PLAIN


def test_longest_term_wins():
    assert [c.term for c in cues("可以不接收", "modality")] == ["可以不"]
    assert [c.term for c in cues("一律不再审批", "modality")] == ["一律不再"]


def test_coverage_and_accountability():
    wide, narrow = cues("所有学校开展试点", "coverage")
    assert (wide.term, narrow.term) == ("所有", "试点") and wide.grade > narrow.grade
    assert cues("试点学校", "coverage") == ()
    assert max(c.grade for c in cues("依法追究责任", "accountability")) > max(
        c.grade for c in cues("予以提醒", "accountability")
    )
    assert cues("不予处分", "accountability") == ()


def test_offsets_hold_in_full_width_text():
    text = "（一）各地　必须落实；鼓励创新"
    for cue in cues(text, "modality"):
        assert text[cue.start : cue.end] == cue.term


def test_unknown_scale():
    with pytest.raises(ValueError, match="scale"):
        cues("必须", "mood")


def test_intensity_is_a_mean_of_segments():
    assert intensity("必须落实责任，鼓励探索") == pytest.approx((5 + 1.2) / 2)
    assert intensity("") == PLAIN


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="必须应当鼓励可以不得一律原则上逐步的学校，。（）不再暂 1", max_size=60))
def test_any_text_is_read(text):
    for scale in SCALES:
        for cue in cues(text, scale):
            assert text[cue.start : cue.end] == cue.term
    assert 0 <= intensity(text) <= 5


@pytest.mark.parametrize(
    "table",
    [
        "modality",
        "coverage",
        "accountability",
        "deeds",
        "rhetoric",
        "frames",
        "exceptions",
        "level_ranks",
        "grades",
        "rhythm",
        "generic_words",
        "evidence_weights",
        "founded",
        "founding_verbs",
        "umbrellas",
    ],
)
def test_every_row_names_its_source(table):
    rows = read_table(table)
    assert rows and all(row["source"] for row in rows)
    key = next(iter(rows[0]))
    keys = [
        tuple(row[k] for k in ("kind", "case")) if table == "evidence_weights" else row[key] for row in rows
    ]
    assert len(keys) == len(set(keys)), [k for k in keys if keys.count(k) > 1]
