"""Sheet out, filled, codes in, agreement, corrections."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

import policycmp as pc
from policycmp.datasets import data_folder


@pytest.fixture(scope="module")
def result():
    return pc.compare("xiji-2025", "wuzhong-2023")


@pytest.fixture
def sheet(result, tmp_path):
    return result.to_coding_sheet(tmp_path / "codes.xlsx", coders=2, sample=6)


def fill(path, codes):
    """Write {sheet: {row: (counterpart, relation)}} as a coder would."""
    book = openpyxl.load_workbook(path)
    for name, rows in codes.items():
        for row, (counterpart, relation) in rows.items():
            book[name].cell(row, 5).value, book[name].cell(row, 6).value = counterpart, relation
    book.save(path)


def ids(path):
    return [row[0].value for row in openpyxl.load_workbook(path)["coder 1"].iter_rows(min_row=2)]


def test_the_sheet_shows_no_machine_label_and_offers_lists(sheet, result):
    book = openpyxl.load_workbook(sheet)
    assert {"coder 1", "coder 2", "template", "guide", "plans"} == set(book.sheetnames)
    text = "\n".join(str(c.value) for row in book["coder 1"].iter_rows() for c in row if c.value)
    assert "machine" not in text
    assert not any(label in text for label in ("sharpen", "weaken"))
    lists = book["coder 1"].data_validations.dataValidation
    assert any("copy" in v.formula1 for v in lists) and any("template" in v.formula1 for v in lists)
    assert len(ids(sheet)) == 6


def test_the_same_plan_gives_the_same_sample(sheet, result, tmp_path):
    again = result.to_coding_sheet(tmp_path / "again.xlsx", sample=6)
    assert ids(again) == ids(sheet)


def test_round_trip_with_agreement(sheet):
    fill(sheet, {
        "coder 1": {2: ("c002", "copy"), 3: ("c003", "adapt"), 4: ("none", "new"), 5: ("c004", "weaken")},
        "coder 2": {2: ("c002", "copy"), 3: ("c003", "sharpen"), 4: ("none", "new"), 5: ("c005", "weaken")},
    })  # fmt: skip
    codes = pc.read_codes(sheet)
    assert len(codes) == 8
    assert codes["counterpart"].isna().sum() == 2
    found = pc.agreement(codes)
    assert found.table.loc["relation", "percent"] == pytest.approx(0.75)
    assert found.table.loc["counterpart", "percent"] == pytest.approx(0.75)
    assert len(found.disagreements) == 2


def test_agreement_figures_of_the_literature():
    """Krippendorff's nominal example (Hayes and Krippendorff 2007 data, four observers) and Cohen's kappa by hand."""
    data = {
        "a": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        "b": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        "c": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        "d": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    }
    rows = [
        {
            "coder": c,
            "local_plan": "x",
            "template_plan": "y",
            "local_id": f"c{i}",
            "counterpart": "t",
            "relation": str(v),
        }
        for c, values in data.items()
        for i, v in enumerate(values)
        if v is not None
    ]
    assert pc.agreement(pd.DataFrame(rows)).table.loc["relation", "alpha"] == pytest.approx(0.743, abs=0.001)
    two = [
        (x, y)
        for x, y, n in (("p", "p", 20), ("p", "n", 5), ("n", "p", 10), ("n", "n", 15))
        for _ in range(n)
    ]
    rows = [
        {
            "coder": c,
            "local_plan": "x",
            "template_plan": "y",
            "local_id": f"c{i}",
            "counterpart": "t",
            "relation": v,
        }
        for i, pair in enumerate(two)
        for c, v in zip("ab", pair, strict=True)
    ]
    assert pc.agreement(pd.DataFrame(rows)).table.loc["relation", "kappa"] == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("counterpart", "relation", "message"),
    [
        ("c002", "better", "'better' should be one of copy"),
        ("c999", "copy", "'c999' should be a clause_id"),
        ("none", "copy", "needs a counterpart"),
        ("c002", "new", "does not go with"),
    ],
)
def test_broken_rows_are_named(sheet, counterpart, relation, message):
    fill(sheet, {"coder 2": {3: (counterpart, relation)}})
    with pytest.raises(ValueError, match=r"sheet 'coder 2', row 3") as error:
        pc.read_codes(sheet)
    assert message in str(error.value)


def test_no_workbook_is_a_clear_error(tmp_path):
    (tmp_path / "codes.xlsx").write_text("no workbook")
    with pytest.raises(pc.PlanReadError, match=r"no \.xlsx workbook"):
        pc.read_codes(tmp_path / "codes.xlsx")
    with pytest.raises(pc.PlanReadError, match="no file"):
        pc.read_codes(tmp_path / "missing.xlsx")


def code(result, local_id, counterpart, relation, **changes):
    from policycmp.coding.sheet import text_hash

    clause = next(c for c in result.local.clause_list if c.clause_id == local_id)
    row = {
        "coder": "coder 1",
        "local_id": local_id,
        "text_hash": text_hash(clause.text),
        "counterpart": counterpart,
        "relation": relation,
    }
    return pd.DataFrame([{**row, **changes}])


def test_corrections_replace_the_machine_and_say_so(result):
    first = result.clauses.query("rank == 1 and template_id.notna() and local_id.notna()").iloc[3]
    better = result.with_corrections(code(result, first["local_id"], None, "new"))
    row = better.clauses.set_index("local_id").loc[first["local_id"]]
    assert (row["relation"], row["decided_by"]) == ("new", "coder 1")
    dropped = better.clauses.query("relation == 'dropped'")["template_id"].tolist()
    assert first["template_id"] in dropped
    assert result.clauses.set_index("local_id").loc[first["local_id"], "decided_by"] == "machine"
    assert (
        better.summary().query("unit == 'clause' and relation == 'new'")["count"].iloc[0]
        == result.summary().query("unit == 'clause' and relation == 'new'")["count"].iloc[0] + 1
    )


def test_a_correction_can_use_a_dropped_clause(result):
    dropped = result.clauses.query("relation == 'dropped'")["template_id"].iloc[0]
    local_id = result.local.clause_list[2].clause_id
    better = result.with_corrections(code(result, local_id, dropped, "adapt"))
    assert dropped not in better.clauses.query("relation == 'dropped'")["template_id"].tolist()
    assert "coder 1" in better.match(local_id).relation.explain()


def test_further_counterparts_stay_unless_the_coder_says_there_is_none(comparison):
    """Coders are asked for the main counterpart only; what else a clause draws on is not contradicted."""
    made = comparison("leshan-2021")
    several = made.clauses.query("local_id.notna() and rank > 1")
    local_id, further = several.iloc[0][["local_id", "template_id"]]
    main = made.clauses.query("local_id == @local_id and rank == 1")["template_id"].iloc[0]

    def rows(counterpart, relation):
        found = made.with_corrections(code(made, local_id, counterpart, relation)).clauses
        return found.query("local_id == @local_id").sort_values("rank")

    same = rows(main, "mixed")
    assert same["template_id"].tolist()[:2] == [main, further]
    assert same["decided_by"].tolist()[:2] == ["coder 1", "machine"]
    exchanged = rows(further, "mixed")
    assert exchanged["template_id"].tolist().count(further) == 1
    assert exchanged["rank"].tolist() == list(range(1, len(exchanged) + 1))
    assert rows(None, "new")["template_id"].isna().all()


def test_what_all_coders_agree_on_can_be_used_at_once(sheet, result):
    fill(sheet, {
        "coder 1": {2: ("c002", "copy"), 3: ("c003", "adapt"), 4: ("none", "new"), 5: ("c004", "weaken")},
        "coder 2": {2: ("c002", "copy"), 3: ("c003", "sharpen"), 4: ("none", "new")},
    })  # fmt: skip
    found = pc.agreement(pc.read_codes(sheet))
    first, _, third, fourth = ids(sheet)[:4]
    assert found.agreed["local_id"].tolist() == [first, third]
    assert set(found.agreed["coder"]) == {"coder 1 & coder 2"}
    decided = result.with_corrections(found.agreed).clauses.set_index("local_id")["decided_by"]
    assert decided[third] == "coder 1 & coder 2"
    assert decided[fourth] == "machine"


def test_confusion_of_two_coders_is_square_and_names_them(sheet):
    fill(sheet, {
        "coder 1": {2: ("c002", "mixed"), 3: ("c003", "copy"), 4: ("none", "new")},
        "coder 2": {2: ("c002", "copy"), 3: ("c003", "copy"), 4: ("none", "new")},
    })  # fmt: skip
    table = pc.agreement(pc.read_codes(sheet)).confusion
    assert list(table.index) == list(table.columns) == ["copy", "mixed", "new"]
    assert (table.index.name, table.columns.name) == ("coder 1", "coder 2")
    assert table.loc["mixed", "copy"] == 1
    assert table.to_numpy().sum() == 3


def test_the_bundled_filled_sheet_is_about_the_bundled_texts(comparison):
    """Two readings by language models, named as such; every text hash is that of the plan as it is read now."""
    folder = data_folder() / "coded"
    codes = pc.read_codes(folder / "leshan-2021.wuzhong-2023.xlsx")
    made = comparison("leshan-2021")
    assert codes.groupby("coder").size().to_dict() == dict.fromkeys(
        ("coder 1", "coder 2"), len(made.local.clause_list)
    )
    for _, one in codes.groupby("coder"):
        assert not pc.evaluate(made, one).unlocated
    found = pc.agreement(codes)
    assert len(found.agreed) + len(found.disagreements) == len(made.local.clause_list)
    assert found.disagreements["note"].notna().all(axis=None)
    checked = made.with_corrections(found.agreed)
    assert (checked.clauses["decided_by"] == "coder 1 & coder 2").sum() == len(found.agreed)
    about = (folder / "README.md").read_text(encoding="utf-8")
    assert "language models" in about
    assert "not validated by people" in about


def test_two_coders_under_one_name_are_not_mixed_up(sheet):
    fill(sheet, {"coder 1": {2: ("c002", "copy")}, "coder 2": {2: ("c002", "copy")}})
    codes = pc.read_codes(sheet)
    with pytest.raises(ValueError, match="coder 1 has several codes"):
        pc.agreement(pd.concat([codes, codes.query("coder == 'coder 1'")]))


def test_a_changed_text_keeps_the_machines_decision_and_warns(result):
    local_id = result.local.clause_list[2].clause_id
    with pytest.warns(pc.PolicycmpWarning, match=local_id):
        same = result.with_corrections(code(result, local_id, None, "new", text_hash="000000000000"))
    assert set(same.clauses["decided_by"]) == {"machine"}


def test_contradicting_codes_are_refused(result):
    local_id = result.local.clause_list[2].clause_id
    both = pd.concat(
        [code(result, local_id, None, "new"), code(result, local_id, "c003", "copy", coder="coder 2")]
    )
    with pytest.raises(ValueError, match="settle disagreements"):
        result.with_corrections(both)


def _codes(result, relation=None):
    own = result.clauses.query("rank == 1 and local_id.notna()")
    codes = own.assign(
        local_plan=result.local.plan_id, template_plan=result.template.plan_id, counterpart=own["template_id"]
    )
    return codes if relation is None else codes.assign(relation=codes["relation"].replace(relation))


def test_codes_that_agree_with_the_defaults_leave_them(result, comparison):
    both = [result, comparison("leshan-2021")]
    codes = pd.concat([_codes(c) for c in both])
    fit = pc.fit_options(both, codes)
    assert (fit.before, fit.units) == (1.0, len(codes))
    assert fit.options == result.options
    assert fit.table["setting"].iloc[0] == "as given"


def test_a_stricter_coder_moves_the_threshold(result, comparison):
    """A coder who accepts fewer counterparts is served better by more support for having none."""
    both = [result, comparison("leshan-2021")]
    weights = result.options.align.clauses
    strict = pc.CompareOptions(align=pc.AlignOptions(clauses=replace(weights, none=weights.none * 1.15)))
    codes = pd.concat([_codes(pc.compare(c.local, c.template, options=strict)) for c in both])
    fit = pc.fit_options(both, codes)
    assert fit.before < 1
    assert fit.after >= fit.before
    assert fit.options.align.clauses.none > weights.none


def test_fitting_refuses_what_is_too_little_or_foreign(result):
    with pytest.raises(ValueError, match="at least 40"):
        pc.fit_options([result], _codes(result))
    with pytest.raises(ValueError, match="not given"):
        pc.fit_options([result], _codes(result).assign(local_plan="elsewhere"))


@pytest.mark.parametrize("given", [None, "codes.xlsx"])
def test_what_is_no_table_of_codes_is_refused(comparison, given):
    made = comparison("xiji-2025")
    for use in (
        pc.agreement,
        made.with_corrections,
        lambda codes: pc.evaluate(made, codes),
        lambda codes: pc.sensitivity(made, codes),
        lambda codes: pc.fit_options([made], codes),
    ):
        with pytest.raises(TypeError, match=r"codes are a DataFrame \(see read_codes\)\. Got (NoneType|str)"):
            use(given)
    with pytest.raises(ValueError, match="lacks the columns"):
        pc.agreement(made.clauses)
