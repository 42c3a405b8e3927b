"""The comparison object: frames of the contract, scope, redlines, sizes, neutral words."""

from __future__ import annotations

import pytest

import policycmp as pc

CLAUSES = [
    "local_id",
    "template_id",
    "rank",
    "score",
    "tfidf",
    "fuzzy",
    "copied",
    "relation",
    "evidence",
    "confidence",
    "in_scope",
    "local_heading",
    "template_heading",
    "local_start",
    "local_end",
    "template_start",
    "template_end",
]
EVIDENCE = [
    "local_id",
    "template_id",
    "unit",
    "kind",
    "direction",
    "weight",
    "local_quote",
    "template_quote",
    "text",
]


@pytest.mark.parametrize("plan_id", ["xiji-2025", "pingluo-2019", "pingluo-table", "leshan-2021"])
def test_every_unit_of_both_plans_has_its_row(comparison, plan_id):
    result = comparison(plan_id)
    assert set(CLAUSES) <= set(result.clauses.columns)
    for frame, local, template, name in (
        (result.clauses, result.local.clause_list, result.template.clause_list, "clause_id"),
        (result.measures, result.local.measure_list, result.template.measure_list, "measure_id"),
    ):
        assert set(frame["local_id"].dropna()) == {getattr(u, name) for u in local}
        assert set(frame["template_id"].dropna()) == {getattr(u, name) for u in template}
        first = frame[frame["local_id"].notna() & (frame["rank"] == 1)]
        assert first["local_id"].is_unique
        assert (frame["template_id"].isna() == (frame["relation"] == "new")).all()
        assert (frame["local_id"].isna() == (frame["relation"] == "dropped")).all()


def test_evidence_quotes_stand_where_they_say(comparison):
    result = comparison("xiji-2025")
    assert set(EVIDENCE) <= set(result.evidence.columns)
    checked = 0
    for row in result.evidence.to_dict("records"):
        for side, plan in (("local", result.local), ("template", result.template)):
            if row[f"{side}_start"] == row[f"{side}_start"] and row[f"{side}_quote"]:
                source = plan.text[int(row[f"{side}_start"]) : int(row[f"{side}_end"])]
                letters = iter("".join(source.split()))
                quote = "".join(c for c in row[f"{side}_quote"] if not c.isspace() and c != "…")
                assert all(c in letters for c in quote), (row[f"{side}_quote"], source)
                checked += 1
    assert checked > 100


def test_neutral_comparisons_never_speak_of_dropping_or_weakening(comparison):
    for plan_id in ("xiji-2025", "leshan-2021"):
        result = comparison(plan_id)
        assert result.neutral
        words = " ".join([*result.clauses["evidence"], *result.evidence["text"]])
        for word in ("删去", "删除", "弱化", "减弱", "降低了"):
            assert word not in words


def test_summary_counts_within_scope(comparison):
    summary = comparison("pingluo-2019").summary().set_index(["unit", "relation"])
    dropped = summary.loc[("clause", "dropped")]
    assert dropped["out_of_scope"] > 0
    rows = comparison("pingluo-2019").clauses.query("relation == 'dropped'")
    assert dropped["count"] == rows["in_scope"].sum()
    locals_ = summary.loc["clause"].drop("dropped")
    assert locals_["count"].sum() == len(comparison("pingluo-2019").local.clause_list)
    assert locals_["share"].sum() == pytest.approx(1)


def test_redline_of_clause_measure_and_new_unit(comparison):
    result = comparison("pingluo-table")
    for frame in (result.clauses, result.measures):
        for relation in ("adapt", "new"):
            rows = frame[frame["relation"] == relation]
            assert len(rows)
            lines = result.redline(rows["local_id"].iloc[0])
            if relation == "new":
                assert {block.op for block in lines.blocks} == {"insert"}
    with pytest.raises(ValueError, match="c999"):
        result.redline("c999")


def test_sizes_make_counts_comparable():
    sizes = {"xiji-2025": 1, "wuzhong-2023": 5}
    sized = pc.compare("xiji-2025", "wuzhong-2023", options=pc.CompareOptions(scale=sizes)).targets
    counts = "comparable == 'scale_dependent' and direction not in ['added', 'removed']"
    plain = pc.compare("xiji-2025", "wuzhong-2023").targets.query(counts)
    assert len(plain) and set(plain["effect"]) == {"none"}
    schools = sized.query(counts).set_index("indicator").loc["“三进”工作示范校"]
    assert (schools["effect"], schools["direction"]) == ("sharpen", "higher")  # 5 in one county, 10 in five
    with pytest.raises(ValueError, match="positive"):
        pc.CompareOptions(scale={"xiji-2025": 0})


def test_a_plan_is_a_copy_of_itself(plan):
    same = pc.compare(plan("xiji-2025"), plan("xiji-2025"))
    first = same.clauses[same.clauses["rank"] == 1]
    assert set(first["relation"]) == {"copy"}
    assert (first["local_id"] == first["template_id"]).all()
    assert not same.neutral
    assert set(same.targets["direction"]) <= {"same"}


def test_what_is_neither_plan_nor_file_is_refused():
    with pytest.raises(ValueError, match=r"neither a file nor a bundled plan.*wuzhong-2023"):
        pc.compare("no-such-plan", "wuzhong-2023")


def test_the_display_escapes_and_counts(comparison):
    shown = comparison("xiji-2025")._repr_html_()
    assert "高于对照" in shown and "<script" not in shown
    assert repr(comparison("xiji-2025")).startswith("<Comparison xiji-2025 with wuzhong-2023:")


def test_params_tell_what_is_needed_to_repeat(comparison):
    params = comparison("xiji-2025").params
    assert params["local"]["sha256"] == pc.list_plans().set_index("plan_id").loc["xiji-2025", "sha256"]
    assert set(params["versions"]) >= {"policycmp", "jieba", "rapidfuzz", "scikit-learn", "pandas"}
    assert params["options"]["relation"]["copied"] == comparison("xiji-2025").options.relation.copied


def test_every_reason_is_told_in_english_too(comparison):
    result = comparison("xiji-2025")
    for frame, zh, en in ((result.evidence, "text", "text_en"), (result.targets, "reason", "reason_en")):
        assert len(frame) and frame[en].notna().all() and (frame[zh] != frame[en]).all()
        assert frame[en].str.contains("[a-z]{3}").all()


def test_provenance_changes_with_the_tables_and_nothing_else(comparison):
    from policycmp.tables import fingerprint

    params = comparison("xiji-2025").params
    assert params["dictionary"] == fingerprint("policy_words") != params["tables"] == fingerprint()
    assert {"numpy", "scipy", "jieba"} <= params["versions"].keys()
