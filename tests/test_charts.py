"""Charts: what is drawn, that nothing is cut, and that the user's matplotlib is left alone."""

from __future__ import annotations

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from chart_cases import CASES, make_comparison
from chart_checks import every_glyph, outside, overlaps
from matplotlib.patches import PathPatch, Rectangle

import policycmp as pc
from policycmp import charts
from policycmp.charts.palette import colour

LOOKS = [
    ("neutral", "en", "column"),
    ("empty", "zh", "slide"),
    ("unmatched", "en", "page"),
]
GRID = [(case, lang, size) for case in CASES for lang in ("zh", "en") for size in charts.SIZES]


def check_look(name, comparison, lang, size, caplog):
    draw, tell = charts.CHARTS[name]
    with every_glyph(caplog):
        figure = draw(comparison, lang=lang, size=size).figure
        figure.canvas.draw()
    assert figure.get_size_inches()[0] == pytest.approx(charts.SIZES[size].width)
    assert figure.get_size_inches()[1] <= charts.SIZES[size].height + 0.01
    assert overlaps(figure) == []
    assert outside(figure) == []
    assert "{" not in tell(comparison, lang)


@pytest.mark.parametrize(("case", "lang", "size"), LOOKS)
@pytest.mark.parametrize("name", charts.CHARTS)
def test_nothing_is_cut_overlapping_or_missing(name, case, lang, size, caplog):
    check_look(name, CASES[case](), lang, size, caplog)


@pytest.mark.check
@pytest.mark.parametrize(("case", "lang", "size"), GRID)
@pytest.mark.parametrize("name", charts.CHARTS)
def test_nothing_is_cut_anywhere(name, case, lang, size, caplog):
    check_look(name, CASES[case](), lang, size, caplog)


@pytest.mark.parametrize("name", charts.CHARTS)
def test_the_users_matplotlib_is_left_alone(name, monkeypatch, caplog):
    monkeypatch.setattr(plt, "show", lambda *_: pytest.fail("plt.show() was called"))
    with matplotlib.rc_context(
        {"axes.facecolor": "black", "font.family": ["DejaVu Sans"], "axes.grid": True}
    ):
        before = dict(matplotlib.rcParams)
        figure, ax = plt.subplots(figsize=(8, 8))
        other = figure.add_axes((0.9, 0.9, 0.1, 0.1))
        with every_glyph(caplog):
            assert charts.CHARTS[name][0](make_comparison(neutral=True), ax=ax) is ax
            figure.canvas.draw()
        assert dict(matplotlib.rcParams) == before
    assert figure.axes == [ax, other] and figure.get_layout_engine() is None
    assert list(figure.get_size_inches()) == [8, 8]


@pytest.mark.parametrize("name", charts.CHARTS)
def test_unknown_choices_are_refused_by_name(name):
    draw = charts.CHARTS[name][0]
    open_figures = plt.get_fignums()
    with pytest.raises(ValueError, match="'zh', 'en'"):
        draw(make_comparison(), lang="fr")
    with pytest.raises(ValueError, match=r"column.*page.*slide"):
        draw(make_comparison(), size="poster")
    with pytest.raises(TypeError, match=r"'colour'.*title"):
        draw(make_comparison(), colour="red")
    assert plt.get_fignums() == open_figures


def shown(figure):
    return " ".join(t.get_text() for t in figure.findobj(matplotlib.text.Text))


@pytest.mark.parametrize("name", [name for name in charts.__all__ if name.startswith("plot_")])
@pytest.mark.parametrize("given", ["xiji-2025", ["xiji-2025"], None])
def test_what_is_no_comparison_is_told_by_its_type(name, given):
    with pytest.raises(TypeError, match=r"a chart is drawn from an? .*Got (str|list|NoneType)"):
        getattr(charts, name)(given)


def test_a_table_that_is_not_sensitivitys_is_refused():
    with pytest.raises(ValueError, match=r"lacks the columns \['relation'"):
        charts.plot_sensitivity(pd.DataFrame({"option": ["align.new"], "value": [0.5], "given": [True]}))


@pytest.mark.parametrize("name", charts.CHARTS)
def test_a_benchmark_is_worded_neutrally_and_says_so(name):
    figure = charts.CHARTS[name][0](make_comparison(neutral=True)).figure
    words = shown(figure).replace("\n", "")
    assert "不是其上级方案" in words
    assert not any(word in words for word in ("删除", "弱化", "加强", "照搬", "模板"))
    assert "不是其上级方案" not in shown(charts.CHARTS[name][0](make_comparison()).figure)


def test_title_and_footnote_can_be_left_to_the_caption():
    figure = charts.plot_relations(
        make_comparison(neutral=True), title="", footnote=False, legend=False
    ).figure
    assert not figure.texts and not figure.legends
    assert "自己的题目" in shown(charts.plot_relations(make_comparison(), title="自己的题目").figure)


def test_notebooks_show_head_and_foot_although_they_crop():
    figure = charts.plot_similarity(make_comparison(neutral=True)).figure
    figure.canvas.draw()
    shown = figure.get_tightbbox(figure.canvas.get_renderer()).transformed(figure.dpi_scale_trans)
    for artist in (*figure.texts, *figure.legends):
        box = artist.get_window_extent()
        assert shown.padded(1).contains(box.x0, box.y0) and shown.padded(1).contains(box.x1, box.y1)


def test_relation_shares_add_up():
    comparison = make_comparison(12, 13)
    ax = charts.plot_relations(comparison)
    first = [p for p in ax.patches if isinstance(p, Rectangle) and p.get_y() < 1]
    assert sum(p.get_width() for p in first) == pytest.approx(100)
    counts = comparison.clauses.query("rank == 1 and local_id == local_id")["relation"].value_counts()
    assert first[0].get_width() == pytest.approx(100 * counts["copy"] / 12)


def test_several_comparisons_have_two_bars_each():
    ax = charts.plot_relations([make_comparison(), make_comparison(20, 22, neutral=True)])
    assert len(ax.get_yticks()) == 4


def test_comparisons_may_come_from_an_iterator():
    made = [make_comparison(), make_comparison(20, 22)]
    one, other = (charts.plot_relations(given) for given in (made, iter(made)))
    assert [t.get_text() for t in one.get_yticklabels()] == [t.get_text() for t in other.get_yticklabels()]


def test_every_link_is_a_ribbon_in_its_colour():
    comparison = make_comparison()
    linked = comparison.clauses.dropna(subset=["local_id", "template_id"])
    ribbons = [p for p in charts.plot_alignment(comparison).patches if isinstance(p, PathPatch)]
    assert len(ribbons) == len(linked)
    drawn = sorted(matplotlib.colors.to_hex(p.get_facecolor()).upper() for p in ribbons)
    assert drawn == sorted(colour(r) for r in linked["relation"])


def test_heatmap_shows_the_scores():
    comparison = make_comparison()
    image = charts.plot_similarity(comparison).images[0]
    assert np.allclose(image.get_array(), comparison.similarity.score)


def test_target_rows_leave_out_repeats_and_one_sided_targets():
    comparison = make_comparison()
    paired = comparison.targets.query("mention == 'main' and direction not in ['added', 'removed']")
    assert len(charts.plot_targets(comparison).get_yticks()) == len(paired)
    assert len(charts.plot_targets(comparison, rows=3).get_yticks()) == 3


def test_counts_are_never_coloured_as_stronger_or_weaker():
    comparison = make_comparison()
    comparison.targets = comparison.targets[comparison.targets["comparable"] == "scale_dependent"]
    ax = charts.plot_targets(comparison)
    used = {matplotlib.colors.to_hex(p.get_facecolor()).upper() for p in ax.patches}
    assert used.isdisjoint({colour("sharpen"), colour("weaken"), colour("mixed")})


def test_strength_bars_are_the_weights():
    comparison = make_comparison()
    ax = charts.plot_strength(comparison)
    right = sum(p.get_width() for p in ax.patches if p.get_width() > 0)
    assert right == pytest.approx(comparison.evidence.query("direction == 'sharpen'")["weight"].sum())


def test_deadlines_that_moved_have_a_row_each():
    comparison = make_comparison()
    moved = comparison.targets.query("mention == 'main' and deadline_direction == 'earlier'")
    names = [t.get_text() for t in charts.plot_timeline(comparison).get_yticklabels()]
    assert set(moved["indicator"]) <= set(names)


def test_redline_bars_cover_every_clause():
    comparison = make_comparison()
    widths = sum(p.get_width() for p in charts.plot_redline(comparison).patches)
    assert widths == comparison.local.clauses["text"].str.len().sum()


def test_a_timeline_of_one_year_has_one_tick():
    text = "{}实施方案\n\n一、工作目标\n到2025年，水质优良比例达到{}%。\n二、重点任务\n1.治理污水。污水处理率达到{}%。"
    local, template = (
        pc.parse_plan(text.format(*v), plan_id=v[0]) for v in (("甲县", 90, 95), ("乙市", 85, 90))
    )
    ax = charts.plot_timeline(pc.compare(local, template))
    ax.figure.canvas.draw()
    low, high = ax.get_xlim()
    shown = [
        t.get_text() for t, at in zip(ax.get_xticklabels(), ax.get_xticks(), strict=True) if low <= at <= high
    ]
    assert shown == ["2025"]


def test_matrix_takes_few_plans_as_columns_and_many_as_rows():
    assert len(charts.plot_matrix([make_comparison()] * 3).get_xticks()) == 3
    many = charts.plot_matrix([make_comparison()] * 20)
    assert many.images[0].get_array().shape == (20, 13)


def test_matrix_refuses_two_templates():
    other = make_comparison()
    other.template.plan_id = "another"
    with pytest.raises(ValueError, match="one template"):
        charts.plot_matrix([make_comparison(), other])
    with pytest.raises(ValueError, match="no comparison"):
        charts.plot_matrix([])


@pytest.mark.parametrize("name", charts.CHARTS)
def test_alt_text_is_a_sentence_with_figures(name):
    told = charts.chart_alt_text(name, make_comparison(), "en")
    assert any(c.isdigit() for c in told) and told.endswith(".")
    assert charts.chart_alt_text(name, make_comparison()).endswith("。")


def test_alt_text_of_an_unknown_chart():
    with pytest.raises(ValueError, match="relations"):
        charts.chart_alt_text("pie", make_comparison())


@pytest.mark.parametrize("name", charts.CHARTS)
def test_xiji_in_chinese_on_a_page(name, comparison, caplog):
    check_look(name, comparison("xiji-2025"), "zh", "page", caplog)


@pytest.mark.check
@pytest.mark.parametrize("size", charts.SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("plan_id", ["xiji-2025", "pingluo-table", "pingluo-2019", "leshan-2021"])
@pytest.mark.parametrize("name", charts.CHARTS)
def test_bundled_plans_at_every_size(name, plan_id, lang, size, comparison, caplog):
    check_look(name, comparison(plan_id), lang, size, caplog)


def test_the_four_plans_beside_each_other(comparison, caplog):
    many = [comparison(p) for p in ("xiji-2025", "pingluo-table", "pingluo-2019", "leshan-2021")]
    for draw in (charts.plot_matrix, charts.plot_relations):
        with every_glyph(caplog):
            figure = draw(many, lang="en", size="column").figure
            figure.canvas.draw()
        assert overlaps(figure) == [] and outside(figure) == []


def test_alt_text_of_several_plans_names_each():
    many = [make_comparison(), make_comparison(neutral=True)]
    many[1].local.plan_id = "pingluo"
    for name in ("relations", "matrix"):
        told = charts.chart_alt_text(name, many, "en")
        assert "xiji" in told and "pingluo" in told


def test_a_unit_named_with_and_without_its_county_is_one(comparison):
    comparison = comparison("xiji-2025", "wuzhong-2023")
    ax = charts.plot_responsibility(comparison)
    first = ax.get_yticklabels()[0].get_text()
    names = [{name.removeprefix("县") for name in lead or ()} for lead in comparison.local.clauses["lead"]]
    led = sum(first in name for name in names)
    assert (first, led) == ("教育体育局", 26)
    assert str(led) in [t.get_text() for t in ax.texts]
    assert "县教育体育局" not in [t.get_text() for t in ax.get_yticklabels()]


def test_of_counts_that_depend_on_the_place_the_table_judges_only_the_date():
    text = "{}实施方案\n\n一、重点任务\n1.治理污水。{}年底前建成农村生活污水处理设施{}座。"
    local, template = (
        pc.parse_plan(text.format(*values), plan_id=values[0])
        for values in (("甲县", 2024, 30), ("乙市", 2025, 120))
    )
    told = [t.get_text() for t in charts.plot_target_table(pc.compare(local, template)).texts]
    assert "时限更紧" in told
    assert not {"高于对照", "低于对照", "规模相关"}.intersection(told)
