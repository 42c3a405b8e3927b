"""Plan: frames, corrections, checks, and what a caller may tell."""

import pickle

import pandas as pd
import pytest

import policycmp as pc
from policycmp.plan import parse_plan

TEXT = "某县教育方案\n一、主要目标\n到2027年，入学率达到98%。\n二、办学。新建学校2所；改善条件。（责任单位：县教育局）"


@pytest.fixture
def county():
    return parse_plan(TEXT, plan_id="county")


def test_frames_have_their_columns_even_when_empty():
    empty = parse_plan("", plan_id="empty")
    assert empty.clauses.columns.tolist() == (
        [
            "clause_id",
            "number",
            "path",
            "heading",
            "text",
            "kind",
            "lead",
            "cooperating",
            "deadline",
            "start",
            "end",
        ]
    )
    assert empty.measures.columns.tolist() == ["measure_id", "clause_id", "text", "start", "end"]
    assert empty.duties.columns.tolist() == ["unit", "text", "start", "end"]
    assert len(empty.targets) == 0
    assert "comparator" in empty.targets.columns


def test_frames_are_built_once(county):
    assert county.clauses is county.clauses


def test_ids_and_links(county):
    assert county.clauses["clause_id"].tolist() == ["c001", "c002"]
    assert county.measures["measure_id"].tolist() == ["c001.m01", "c002.m01", "c002.m02"]
    assert county.measures["text"].tolist() == ["到2027年，入学率达到98%。", "新建学校2所；", "改善条件。"]


def test_known_fields_win(county):
    told = parse_plan(TEXT, plan_id="x", title="别名", adcode="640422")
    assert (told.title, told.adcode) == ("别名", "640422")


@pytest.mark.parametrize(
    ("arguments", "names"), [({"plan_id": ""}, "plan_id"), ({"plan_id": "x", "tilte": "t"}, "tilte")]
)
def test_wrong_arguments_are_named(arguments, names):
    with pytest.raises(ValueError, match=names):
        parse_plan(TEXT, **arguments)


def test_text_that_is_no_text_is_refused():
    with pytest.raises(ValueError, match="read_plan"):
        parse_plan(b"abc", plan_id="x")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises((ValueError, OSError), match="none"):
        pc.read_plan(tmp_path / "none.txt")


def test_the_same_clauses_given_back_change_nothing(county):
    assert county.with_clauses(county.clauses) == county
    assert county.with_clauses(county.clause_list) == county


def test_a_cut_can_be_moved(county):
    cut = TEXT.index("改善条件")
    rows = [
        {"start": 7, "end": TEXT.index("二、")},
        {"start": TEXT.index("二、"), "end": cut},
        {"start": cut, "end": len(TEXT)},
    ]
    redrawn = county.with_clauses(rows)
    assert [c.text for c in redrawn.clause_list] == [
        "主要目标\n到2027年，入学率达到98%。",
        "办学。新建学校2所；",
        "改善条件。",
    ]
    assert redrawn.clause_list[2].lead == ("县教育局",)
    assert [c.kind for c in redrawn.clause_list] == ["goal", "task", "task"]


def test_what_the_user_says_wins(county):
    frame = county.clauses.copy()
    frame.at[1, "kind"] = "safeguard"
    frame.at[1, "heading"] = "办学。新建学校2所"
    frame.at[1, "lead"] = ("县财政局",)
    clause = county.with_clauses(frame).clause_list[1]
    assert (clause.kind, clause.heading, clause.lead) == ("safeguard", "办学。新建学校2所", ("县财政局",))
    assert county.with_clauses(frame).measures["text"].tolist()[-1] == "改善条件。"


def test_a_dropped_clause_is_left_over_not_lost(county):
    redrawn = county.with_clauses(county.clauses.iloc[:1])
    assert [TEXT[a:b] for a, b in redrawn.leftover] == [TEXT[TEXT.index("二、") :]]


@pytest.mark.parametrize(
    "rows",
    [
        [{"start": 0, "end": 10**6}],
        [{"start": 9, "end": 9}],
        [{"start": 7, "end": 20}, {"start": 15, "end": 30}],
        [{"start": None, "end": 3}],
        [{"start": 6, "end": 7}],
    ],
)
def test_clauses_that_cannot_be_are_refused(county, rows):
    with pytest.raises(ValueError, match="clause"):
        county.with_clauses(rows)


def test_a_promise_later_than_its_completion_date_is_reported():
    text = "方案\n一、办学。争取到2026年建成；落实《2030年规划》。（责任单位：县教育局；完成时限：2024年）"
    (remark,) = parse_plan(text, plan_id="x").check()
    assert remark.kind == "contradiction"
    assert text[remark.start : remark.end] == "到2026年"


def test_missing_numbers_are_checked():
    plan = parse_plan("方案\n一、甲。子。\n三、丙。寅。", plan_id="x")
    assert [r.kind for r in plan.check()] == ["numbering"]


def test_damage_is_remarked_with_its_place():
    text = "方案\n一、目标。分别达到97%96%以上，确保学校()安全，2018年10月2019年12月完成。"
    found = [text[r.start : r.end] for r in parse_plan(text, plan_id="x").remarks if r.kind == "damage"]
    assert found == ["%96%", "()", "年10月2019年12月"]


def test_kangxi_radicals_are_read_as_ordinary_characters_and_remarked():
    plan = parse_plan("⽅案\n⼀、⽬标。建设绿⾊学校。\n⼆、任务。办学。", plan_id="x")
    assert [c.kind for c in plan.clause_list] == ["goal", "task"]
    assert [r.kind for r in plan.remarks if "radical" in r.text] == ["damage"]


def test_the_outline_can_be_looked_at(county):
    html = county._repr_html_()
    assert "主要目标" in html
    assert "县教育局" in html
    assert "<script" not in parse_plan("一、<script>。甲。乙。", plan_id="<b>")._repr_html_()


def test_plans_travel_between_processes_without_their_frames(county):
    county.clauses  # noqa: B018
    copy = pickle.loads(pickle.dumps(county))
    assert copy == county
    assert "clauses" not in vars(copy)
    pd.testing.assert_frame_equal(copy.clauses, county.clauses)
