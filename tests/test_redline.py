"""Redlines: nothing lost, moves recognised, localisation no change."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policycmp as pc
from policycmp.language.passage import Passage
from policycmp.redlines import redline

WORDS = [
    "学校",
    "每年",
    "开展",
    "安全",
    "演练",
    "，",
    "。",
    "3",
    "所",
    "《",
    "<b>",
    "教师",
    "培训",
    "全市",
    "\n",
    "的",
]
texts = st.lists(st.sampled_from(WORDS), max_size=40).map("".join)


def side(lines, name):
    other = {"local": "delete", "template": "insert"}[name]
    blocks = [b for b in lines.blocks if b.op != other]
    return "".join(
        getattr(b, f"{name}_text") for b in sorted(blocks, key=lambda b: getattr(b, f"{name}_start"))
    )


@settings(max_examples=150, deadline=None)
@given(texts, texts)
def test_blocks_cover_both_texts_once(local, template):
    lines = redline(local, template)
    if any(w.norm for w in Passage.of(local).words):
        assert side(lines, "local") == local
    if any(w.norm for w in Passage.of(template).words):
        assert side(lines, "template") == template
    for b in lines.blocks:
        assert local[b.local_start : b.local_end] == b.local_text
        assert template[b.template_start : b.template_end] == b.template_text


@settings(max_examples=100, deadline=None)
@given(texts, texts)
def test_shares_are_shares_and_change_places_with_the_sides(local, template):
    there, back = redline(local, template), redline(template, local)
    assert 0 <= there.copied <= 1 and 0 <= there.kept <= 1
    assert there.copied == pytest.approx(back.kept) and there.kept == pytest.approx(back.copied)


def test_a_text_is_its_own_copy():
    text = "每学期组织两次应急疏散演练，并向社会公开结果。"
    lines = redline(text, text)
    assert lines.copied == lines.kept == 1
    assert {b.op for b in lines.blocks} == {"equal"}


def test_a_copy_with_the_places_exchanged_is_a_copy():
    local = Passage.of("县教育体育局、县财政局负责，在全县推广西吉县经验。", place="西吉县")
    template = Passage.of("市教育局、市财政局负责，在全市推广吴忠市经验。", place="吴忠市")
    assert redline(local, template).copied >= 0.8


def test_reordered_clauses_are_moves_not_changes():
    lines = redline(
        "完善教师荣誉制度，维护教师合法权益，加强师德师风建设。",
        "加强师德师风建设，完善教师荣誉制度，维护教师合法权益。",
    )
    assert lines.copied == 1
    assert [b.local_text for b in lines.blocks if b.op == "move"] == ["加强师德师风建设。"]


def test_punctuation_and_width_are_no_change():
    lines = redline('推进"互联网＋政务服务",实现"一网通办"。', "推进“互联网+政务服务”，实现“一网通办”。")
    assert {b.op for b in lines.blocks} == {"equal"}


def test_a_single_common_word_is_not_copied():
    assert redline("扩大就业", "扩大绿地面积").copied == 0


def test_html_is_escaped_and_shows_numbers():
    html = redline("培育<script>5所学校", "培育<script>3所学校")._repr_html_()
    assert "<script>" not in html and "&lt;script&gt;" in html
    assert "<ins" in html and "<b>5</b>" in html and "<b>3</b>" in html
    assert "Noto Sans SC" in html


def test_html_speaks_both_languages():
    lines = redline("每年一次", "每月一次")
    assert "新增" in lines.to_html() and "inserted" in lines.to_html(lang="en")
    with pytest.raises(ValueError, match="lang"):
        lines.to_html(lang="fr")


def test_text_that_repeats_itself_is_compared_whole():
    lines = redline("推进学校建设" * 400, "推进学校建设" * 380)
    assert lines.copied > 0.9


def test_the_package_offers_the_function_under_its_name():
    pc.relate("每年一次", "每月一次")
    assert callable(pc.redline)
    assert repr(pc.redline("甲乙", "甲乙")).startswith("Redline(")
