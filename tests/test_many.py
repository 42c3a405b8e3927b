"""Many plans with one template: same results however it is run, resumable, failures recorded."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import policycmp as pc
from policycmp import tables

PLANS = ["xiji-2025", "leshan-2021", "pingluo-table"]


@pytest.fixture(scope="module")
def results():
    return pc.compare_many(PLANS, "wuzhong-2023", progress=False)


def test_frames_are_those_of_the_single_comparisons(results, comparison):
    for plan_id in PLANS:
        for name in ("clauses", "measures", "targets", "evidence"):
            mine = getattr(results, name)
            mine = mine[mine["plan_id"] == plan_id].drop(columns="plan_id").reset_index(drop=True)
            pd.testing.assert_frame_equal(mine, getattr(comparison(plan_id), name))


def test_matrix_has_a_row_a_template_clause_and_a_column_a_plan(results):
    matrix = results.matrix()
    assert list(matrix.index) == [c.clause_id for c in results.template.clause_list]
    assert set(matrix.columns) == set(PLANS)
    with pytest.raises(ValueError, match="values"):
        results.matrix("colour")


def test_a_plan_that_fails_is_recorded_and_the_rest_goes_on(tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    done = pc.compare_many([empty, "xiji-2025"], "wuzhong-2023", progress=False)
    assert done.failures["plan"].tolist() == [str(empty)]
    assert done.summary()["plan_id"].unique().tolist() == ["xiji-2025"]


def test_parquet_parts_equal_the_run_in_memory_and_are_not_made_twice(results, tmp_path):
    pytest.importorskip("pyarrow")
    streamed = pc.compare_many(PLANS, "wuzhong-2023", progress=False, out=tmp_path)
    for name in ("clauses", "targets"):
        pd.testing.assert_frame_equal(getattr(streamed, name), getattr(results, name), check_dtype=False)
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*.parquet")}
    marker = next((tmp_path / "done").glob("leshan*.json"))
    marker.unlink()
    pc.compare_many(PLANS, "wuzhong-2023", progress=False, out=tmp_path)
    changed = {p.name.split("-")[0] for p, t in before.items() if p.stat().st_mtime_ns != t}
    assert changed == {"leshan"}
    assert json.loads(marker.read_text(encoding="utf-8"))["plan_id"] == "leshan-2021"


def test_other_options_make_the_parts_anew(tmp_path):
    pytest.importorskip("pyarrow")
    pc.compare_many(["leshan-2021"], "wuzhong-2023", progress=False, out=tmp_path)
    lean = pc.CompareOptions(measures=False)
    again = pc.compare_many(["leshan-2021"], "wuzhong-2023", progress=False, out=tmp_path, options=lean)
    assert again.measures.empty


def test_other_tables_of_rules_make_the_parts_anew(tmp_path, monkeypatch):
    pytest.importorskip("pyarrow")
    pc.compare_many(["leshan-2021"], "wuzhong-2023", out=tmp_path, progress=False)
    [part] = (tmp_path / "clauses").iterdir()
    first = part.stat().st_mtime_ns
    monkeypatch.setattr(tables, "fingerprint", lambda *names: "of a changed table")
    pc.compare_many(["leshan-2021"], "wuzhong-2023", out=tmp_path, progress=False)
    assert part.stat().st_mtime_ns > first


def test_two_plans_with_one_id_are_refused():
    with pytest.raises(ValueError, match="xiji-2025"):
        pc.compare_many(["xiji-2025", "xiji-2025"], "wuzhong-2023", progress=False)


@pytest.mark.parametrize("one", ["xiji-2025", 3, None])
def test_one_plan_in_place_of_several_is_refused(one):
    with pytest.raises(ValueError, match="several plans are due"):
        pc.compare_many(one, "wuzhong-2023", progress=False)
    with pytest.raises(ValueError, match="several plans are due"):
        pc.rank_templates("xiji-2025", one)


@pytest.mark.parametrize("search", [pc.trace, pc.find_reuse])
def test_a_corpus_may_be_named_but_must_be_several(search):
    search(["xiji-2025", "wuzhong-2023"])
    for one in ("xiji-2025", None):
        with pytest.raises(ValueError, match="several plans are due here"):
            search(one)


def test_measures_is_yes_or_no():
    with pytest.raises(ValueError, match="measures should be True or False"):
        pc.CompareOptions(measures="no")
