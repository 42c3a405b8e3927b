"""A saved comparison comes back value for value, and says when it would not."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile

import pandas as pd
import pytest

import policycmp as pc
from policycmp.alignment.settings import Weights
from policycmp.cli import main
from policycmp.coding.sheet import text_hash
from policycmp.saved import FRAMES


@pytest.fixture
def saved(comparison, tmp_path):
    return comparison("xiji-2025").save(tmp_path / "xiji.zip")


def test_every_frame_comes_back(saved, comparison):
    loaded = pc.load_comparison(saved)
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(loaded, name), getattr(comparison("xiji-2025"), name))
    assert loaded.options == comparison("xiji-2025").options
    assert loaded.local.title == "西吉县教育质量提升行动实施方案"


def test_the_same_comparison_makes_the_same_file(saved, comparison, tmp_path):
    again = comparison("xiji-2025").save(tmp_path / "again.zip")
    assert again.read_bytes() == saved.read_bytes()


def test_options_and_corrections_are_kept(tmp_path):
    options = pc.CompareOptions(scale={"leshan-2021": 11, "wuzhong-2023": 5}, measures=False)
    made = pc.compare("leshan-2021", "wuzhong-2023", options=options)
    clause = made.local.clause_list[4]
    row = {
        "coder": "me",
        "local_id": clause.clause_id,
        "text_hash": text_hash(clause.text),
        "counterpart": None,
        "relation": "new",
    }
    path = made.with_corrections(pd.DataFrame([row])).save(tmp_path / "leshan.zip")
    loaded = pc.load_comparison(path)
    assert loaded.options == options
    assert loaded.clauses.set_index("local_id").loc[clause.clause_id, "decided_by"] == "me"
    assert pc.verify(path).empty


def _changed(path, target, change):
    with zipfile.ZipFile(path) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    name, edit = change
    value = json.loads(parts[name])
    edit(value)
    parts[name] = json.dumps(value).encode()
    with zipfile.ZipFile(target, "w") as archive:
        for n, data in parts.items():
            archive.writestr(n, data)
    return target


def test_a_value_that_would_come_out_differently_is_reported_and_the_saved_one_kept(saved, tmp_path):
    def edit(part):
        part["rows"][0][part["columns"].index("relation")] = "copy-by-hand"

    other = _changed(saved, tmp_path / "other.zip", ("frames/clauses.json", edit))
    found = pc.verify(other)
    assert found[["frame", "row", "column", "saved"]].values.tolist() == [
        ["clauses", 0, "relation", "copy-by-hand"]
    ]
    with pytest.warns(pc.PolicycmpWarning, match="1 values differently"):
        loaded = pc.load_comparison(other)
    assert loaded.clauses["relation"].iloc[0] == "copy-by-hand"


def test_a_text_changed_after_saving_is_reported(saved, tmp_path):
    def edit(part):
        part["text"] = part["text"].replace("95%", "96%")

    other = _changed(saved, tmp_path / "other.zip", ("local.json", edit))
    found = pc.verify(other)
    assert found[["frame", "column"]].values.tolist() == [["file", "local.json"]]
    with pytest.warns(pc.PolicycmpWarning, match=r"changed after it was saved: local\.json"):
        pc.load_comparison(other)


def test_a_missing_row_is_one_difference_and_not_every_row_after_it(saved, tmp_path):
    other = _changed(saved, tmp_path / "other.zip", ("frames/clauses.json", lambda p: p["rows"].pop(3)))
    found = pc.verify(other)
    assert found["column"].tolist() == ["number of rows", "row"]
    assert found["row"].tolist()[1] == 3 and found["saved"].isna().tolist() == [False, True]


def test_the_command_says_what_differs_and_by_how_much(saved, tmp_path, capsys):
    def edit(part):
        part["rows"][0][part["columns"].index("score")] = 0.0
        part["rows"][2][part["columns"].index("relation")] = "copy"

    other = _changed(saved, tmp_path / "other.zip", ("frames/clauses.json", edit))
    assert main(["verify", str(saved)]) == 0
    assert "every value is the same" in capsys.readouterr().out
    assert main(["verify", str(other)]) == 1
    said = capsys.readouterr()
    rows = pd.read_csv(io.StringIO(said.out))
    assert rows[["row", "column"]].values.tolist() == [[0, "score"], [2, "relation"]]
    assert "2 differences, 1 of them numbers, by at most 0." in said.err


@pytest.mark.check
@pytest.mark.parametrize("plan", ["xiji-2025", "pingluo-table"])
def test_another_process_computes_the_same_values(plan, comparison, tmp_path):
    """Other hash seed, number of threads, working directory and temporary folder (jieba's cache)."""
    path = comparison(plan).save(tmp_path / "saved.zip")
    (tmp_path / "elsewhere").mkdir()
    settings = {"PYTHONHASHSEED": "4711", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "policycmp", "verify", path],
        cwd=tmp_path / "elsewhere",
        env={**os.environ, **settings, "TMPDIR": str(tmp_path / "elsewhere")},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{path}: every value is the same\n"


def test_files_that_are_none_are_refused(tmp_path, saved):
    with pytest.raises(pc.PlanReadError, match="no file"):
        pc.load_comparison(tmp_path / "missing.zip")
    (tmp_path / "text.zip").write_text("hello")
    with pytest.raises(pc.PlanReadError, match="no saved comparison"):
        pc.load_comparison(tmp_path / "text.zip")
    older = _changed(saved, tmp_path / "older.zip", ("meta.json", lambda m: m.update(format=99)))
    with pytest.raises(pc.PlanReadError, match="format 99"):
        pc.verify(older)
    torn = _changed(saved, tmp_path / "torn.zip", ("local.json", lambda p: p.pop("title")))
    with pytest.raises(ValueError, match="title"):
        pc.verify(torn)


def test_a_function_among_the_options_cannot_be_saved(tmp_path):
    options = pc.CompareOptions(
        align=pc.AlignOptions(encoder=lambda texts: [[1.0] for _ in texts], clauses=Weights(encoder=1)),
        measures=False,
    )
    made = pc.compare("leshan-2021", "wuzhong-2023", options=options)
    with pytest.raises(ValueError, match="cannot be saved"):
        made.save(tmp_path / "x.zip")
    assert not (tmp_path / "x.zip").exists()
