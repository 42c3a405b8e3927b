"""Copy measures: bounds, direction, known answers."""

from __future__ import annotations

import pytest

from policycmp.copy_measures import clause_copy_measures, copy_measures


def test_a_localised_copy_is_a_copy():
    found = copy_measures("全县推广节水灌溉，每年开展培训。", "全市推广节水灌溉，每年开展培训。")
    assert found.copied == found.kept == 1
    assert found.cosine == pytest.approx(1) and found.reproduction == pytest.approx(1)
    assert found.reinvention == pytest.approx(0) and found.intensity_difference == 0


def test_a_shortened_text_reproduces_less_and_invents_nothing():
    whole = "推广节水灌溉，每年开展培训，建设示范基地，发放节水设备补贴。"
    found = copy_measures("推广节水灌溉，每年开展培训。", whole)
    assert found.copied == 1 and found.kept < 0.7
    assert 0 < found.reproduction < 0.8 and found.reinvention == pytest.approx(0)


def test_unlike_texts():
    found = copy_measures("保护传统村落。", "扩大医保报销范围。")
    assert found.copied == found.cosine == found.reproduction == 0 and found.reinvention == 1


def test_softer_wording_shows_in_the_intensity():
    assert copy_measures("鼓励公开信息。", "必须公开信息。").intensity_difference < -3


def test_empty_texts():
    found = copy_measures("", "")
    assert (found.copied, found.cosine, found.reproduction, found.reinvention) == (0, 0, 0, 0)


def test_clauses_of_a_comparison(comparison):
    frame = clause_copy_measures(comparison("xiji-2025"))
    assert (
        len(frame)
        and frame[["copied", "kept", "cosine", "reproduction", "reinvention"]].stack().between(0, 1).all()
    )
    copies = frame[frame["relation"] == "copy"]["cosine"]
    assert copies.mean() > frame[frame["relation"] != "copy"]["cosine"].mean()
