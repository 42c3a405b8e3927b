"""Agreement with codes: figures one can check by hand, two forms of codes, charts, sensitivity."""

from __future__ import annotations

import math

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from chart_checks import every_glyph, outside, overlaps
from hypothesis import given, settings
from hypothesis import strategies as st

import policycmp as pc
from policycmp.charts.reliability import wilson
from policycmp.coding.sheet import text_hash
from policycmp.evaluation import Evaluation
from policycmp.labels import RELATIONS

LANGUAGES = ("zh", "en")
SIZES = ("column", "page", "slide")


@pytest.fixture(scope="module")
def made():
    return pc.compare("leshan-2021", "wuzhong-2023")


@pytest.fixture(scope="module")
def gold():
    return pc.load_gold("clauses")


@pytest.fixture(scope="module")
def found(made, gold):
    return pc.evaluate(made, gold)


def evaluation(pairs, confidence=0.8):
    """An evaluation of (coded, given) labels; counterparts agree where labels do."""
    rows = [
        {
            "counterpart_agrees": given in wanted.split("|"),
            "confidence": confidence,
            "relation_wanted": wanted,
            "relation": given,
            "relation_agrees": given in wanted.split("|"),
            "pairs_wanted": None,
            "pairs_found": None,
            "pairs_given": None,
            "pairs_right": None,
        }
        for wanted, given in pairs
    ]
    return Evaluation(pd.DataFrame(rows), ())


def machine_codes(made):
    """What a coder would have written who always agrees with the machine."""
    own = made.clauses.query("rank == 1 and local_id.notna()")
    texts = {c.clause_id: text_hash(c.text) for c in made.local.clause_list}
    return pd.DataFrame(
        {
            "coder": "coder 1",
            "local_plan": made.local.plan_id,
            "template_plan": made.template.plan_id,
            "local_id": own["local_id"],
            "text_hash": [texts[i] for i in own["local_id"]],
            "counterpart": own["template_id"],
            "relation": own["relation"],
        }
    )


def test_figures_by_hand():
    """Cohen's kappa of 20/5/10/15 is 0.4; precision, recall and F1 follow from the same table."""
    cells = {("copy", "copy"): 20, ("copy", "new"): 5, ("new", "copy"): 10, ("new", "new"): 15}
    result = evaluation([pair for pair, n in cells.items() for _ in range(n)])
    assert result.relation_agreement == pytest.approx(0.7)
    assert result.kappa == pytest.approx(0.4)
    line = result.per_label.loc["copy"]
    assert line["precision"] == pytest.approx(20 / 30)
    assert line["recall"] == pytest.approx(20 / 25)
    assert line["f1"] == pytest.approx(2 * 20 / 55)
    assert line["support"] == 25
    assert result.confusion.to_numpy().tolist() == [[20, 5], [10, 15]]
    assert math.isnan(result.pair_recall)


def test_any_acceptable_answer_is_right_and_the_first_counts_where_none_is_given():
    result = evaluation([("adapt|mixed", "mixed"), ("adapt|mixed", "copy")])
    assert result.relation_agreement == 0.5
    assert result.confusion.loc["mixed", "mixed"] == 1
    assert result.confusion.loc["adapt", "copy"] == 1


def test_only_one_label_on_both_sides_is_agreement():
    assert evaluation([("copy", "copy")] * 3).kappa == 1.0


@given(st.lists(st.tuples(st.sampled_from(RELATIONS), st.sampled_from(RELATIONS)), min_size=1, max_size=40))
@settings(max_examples=40, deadline=None)
def test_the_table_and_the_shares_tell_the_same(pairs):
    result = evaluation(pairs)
    table = result.confusion
    assert table.to_numpy().sum() == len(pairs)
    assert list(table.index) == list(table.columns) == [r for r in RELATIONS if r in {*sum(pairs, ())}]
    assert table.to_numpy().trace() / len(pairs) == pytest.approx(result.relation_agreement)
    assert result.per_label["support"].sum() == len(pairs)
    assert result.kappa <= result.relation_agreement + 1e-9


def test_reliability_puts_every_answer_in_one_range():
    answers = [(0.0, True), (0.49, False), (0.5, True), (0.95, True), (0.99, True), (1.0, False)]
    result = evaluation([("copy", "copy" if right else "new") for _, right in answers])
    result.codes["confidence"] = [sure for sure, _ in answers]
    table = result.reliability
    assert table["units"].tolist() == [2, 1, 1, 2]
    assert table["right"].tolist() == [0.5, 1.0, 1.0, 0.5]
    assert table["confidence"].tolist() == pytest.approx([0.245, 0.5, 0.95, 0.995])


def test_the_bundled_gold_is_evaluated_by_place(found, gold, made):
    rows = gold[gold["local_doc"] == "leshan-2021"]
    assert len(found.codes) == len(rows)
    assert not found.unlocated
    assert found.codes["local_id"].notna().all()
    assert 0 < found.pair_precision <= 1
    assert found.codes["pairs_given"].sum() == len(
        made.clauses[
            made.clauses["local_id"].isin(found.codes["local_id"]) & made.clauses["template_id"].notna()
        ]
    )


def test_a_snippet_that_is_nowhere_counts_as_disagreement(made, gold):
    coded = gold[gold["local_doc"] == "leshan-2021"].head(2).copy()
    coded.loc[coded.index[0], "local_snippet"] = "此文本中没有的话"
    result = pc.evaluate(made, coded)
    assert result.unlocated == ("此文本中没有的话",)
    assert result.codes["relation"].iloc[0] == "unlocated"
    assert not result.codes["counterpart_agrees"].iloc[0]


def test_codes_of_a_sheet_are_evaluated_by_id_and_hash(made):
    codes = machine_codes(made)
    same = pc.evaluate(made, codes)
    assert (same.counterpart_agreement, same.relation_agreement, same.kappa) == (1.0, 1.0, 1.0)
    codes.loc[codes.index[0], "text_hash"] = "000000000000"
    changed = pc.evaluate(made, codes)
    assert changed.unlocated == (codes["local_id"].iloc[0],)
    assert changed.relation_agreement == pytest.approx(1 - 1 / len(codes))


def test_several_coders_are_not_mixed(made):
    codes = machine_codes(made)
    with pytest.raises(ValueError, match="several coders are mixed"):
        pc.evaluate(made, pd.concat([codes, codes.assign(coder="coder 2")]))


def test_several_comparisons_are_taken_together(made, found, gold, comparison):
    other = comparison("xiji-2025")
    both = pc.evaluate([made, other], gold)
    alone = pc.evaluate(other, gold)
    assert len(both.codes) == len(found.codes) + len(alone.codes)
    assert both.codes["relation_agrees"].sum() == (
        found.codes["relation_agrees"].sum() + alone.codes["relation_agrees"].sum()
    )
    assert set(both.codes["local_plan"]) == {"leshan-2021", "xiji-2025"}


@pytest.mark.parametrize(
    ("coded", "unit", "message"),
    [
        (pd.DataFrame({"main": ["x"]}), "clauses", "lacks the columns"),
        (pd.DataFrame({"local_id": ["c001"]}), "clauses", "lacks the columns"),
        (pc.load_gold("clauses"), "sections", "unit should be"),
        (pc.load_gold("clauses").assign(local_doc="elsewhere"), "clauses", "no coded row is about"),
    ],
)
def test_what_cannot_be_evaluated_is_refused(made, coded, unit, message):
    with pytest.raises(ValueError, match=message):
        pc.evaluate(made, coded, unit=unit)


def test_sensitivity_tries_the_given_value_too_and_moves_one_option_at_a_time(made, gold):
    tried = {"align.new": [0.3, 0.99], "relation.copied": [0.8]}
    table = pc.sensitivity(made, gold, tried)
    assert table["option"].tolist() == ["align.new"] * 3 + ["relation.copied"]
    assert table["given"].tolist() == [False, True, False, True]
    base = table[table["given"]].drop(columns=["option", "value"])
    assert base.duplicated().tolist() == [False, True]
    found = pc.evaluate(made, gold)
    assert base["kappa"].iloc[0] == pytest.approx(found.kappa)
    # Nothing is new at 0.99 unless it is certain: more pairs are given, fewer of them right.
    assert table["pair_precision"].iloc[2] < base["pair_precision"].iloc[0]


@pytest.mark.parametrize(
    ("tried", "message"),
    [
        ({"align.newest": [0.5]}, "no option is called 'align.newest'"),
        ({"align.new.deeper": [0.5]}, "no option is called"),
        ({"align.background": [1]}, "no number to be moved"),
        ({"align.new": [2.0]}, "new should be above 0"),
    ],
)
def test_options_that_do_not_exist_or_refuse_are_named(made, gold, tried, message):
    with pytest.raises(ValueError, match=message):
        pc.sensitivity(made, gold, tried)


def test_wilson_intervals_of_the_literature():
    """Newcombe (1998), table I: 81 of 263 and 0 of 20."""
    assert wilson(81 / 263, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(0.0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)


CASES = {
    "whole": [(a, b) for a in RELATIONS for b in RELATIONS for _ in range(3)],
    "one": [("copy", "copy")],
    "lost": [("copy", "unlocated"), ("mixed", "weaken")],
}


def drawings(name, **how):
    result = evaluation(CASES[name])
    table = pd.DataFrame(
        [
            (option, value, value == 0.5, value, value, value, float("nan"), value)
            for option in ("align.new", "relation.clause_decisive")
            for value in (0.3, 0.5, 0.75)
        ],
        columns=[
            "option",
            "value",
            "given",
            "counterpart",
            "pair_recall",
            "pair_precision",
            "relation",
            "kappa",
        ],
    )
    yield pc.plot_confusion(result, **how)
    yield pc.plot_reliability(result, **how)
    yield pc.plot_sensitivity(table, "counterpart", **how)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_charts_have_every_glyph_and_nothing_overlaps(lang, size, caplog):
    for name in CASES:
        with every_glyph(caplog):
            for ax in drawings(name, lang=lang, size=size):
                figure = ax.figure
                figure.canvas.draw()
                assert overlaps(figure) == []
                assert outside(figure) == []
                plt.close(figure)


def test_charts_draw_on_the_users_axes():
    figure, axes = plt.subplots(1, 3)
    assert pc.plot_confusion(evaluation(CASES["one"]), ax=axes[0]) is axes[0]
    assert pc.plot_reliability(evaluation(CASES["one"]), ax=axes[1]) is axes[1]
    plt.close(figure)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_charts_of_nothing_say_so_and_texts_tell_the_figures(lang, found):
    empty = Evaluation(found.codes.head(0), ())
    for ax in (pc.plot_confusion(empty, lang=lang), pc.plot_reliability(empty, lang=lang)):
        assert any(t.get_text() for t in ax.texts)
        plt.close(ax.figure)
    assert f"{found.kappa:.2f}" in pc.chart_alt_text("confusion", found, lang)
    assert f"{found.counterpart_agreement:.0%}" in pc.chart_alt_text("reliability", found, lang)


def test_the_confusion_chart_shows_every_count_and_margin():
    ax = pc.plot_confusion(evaluation([("copy", "copy")] * 7 + [("copy", "new")] * 4))
    shown = [t.get_text() for t in ax.texts]
    assert "7" in shown
    assert "4" in shown
    assert "7/11" in shown
    plt.close(ax.figure)


def test_a_chart_of_two_coders_names_them():
    codes = pd.DataFrame(
        {
            "coder": ["王", "李"] * 2,
            "local_plan": "x",
            "template_plan": "y",
            "local_id": ["c1", "c1", "c2", "c2"],
            "counterpart": "t",
            "relation": ["copy", "copy", "adapt", "mixed"],
        }
    )
    ax = pc.plot_confusion(pc.agreement(codes))
    assert {ax.get_xlabel(), ax.get_ylabel()} == {"王", "李"}
    plt.close(ax.figure)


def test_an_unknown_measure_is_refused():
    with pytest.raises(ValueError, match="measure should be one of"):
        pc.plot_sensitivity(pd.DataFrame(), "speed")
