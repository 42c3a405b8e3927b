"""Pingluo 2019: phases, tasks under five headings, a list of departments' duties, and much damage."""


def test_phases_tasks_goals_and_requirements(plan):
    clauses = plan("pingluo-2019").clauses
    assert clauses.query("kind == 'step'")["number"].tolist() == ["(一)", "(二)", "(三)"]
    assert (clauses["kind"] == "task").sum() == 14
    assert clauses["heading"].iloc[-3:].tolist() == [
        "统一思想,凝聚共识",
        "明确职责,分工协作",
        "强化责任,加强督导",
    ]


def test_departments_duties_are_apart_and_lost_names_stay_lost(plan):
    duties = plan("pingluo-2019").duties
    assert len(duties) == 16
    assert duties["unit"].isna().sum() == 3
    lost = duties[duties["unit"].isna()].iloc[0]
    assert lost["text"].startswith("加强机构编制管理工作")
    assert duties["unit"].iloc[-1] == "各乡镇"


def test_the_leading_group_is_not_text_of_a_clause(plan):
    pingluo = plan("pingluo-2019")
    assert not pingluo.clauses["text"].str.contains("马莉方").any()
    assert [pingluo.text[o.start : o.end][:4] for o in pingluo.omitted if o.reason == "roster"][
        1
    ] == "副组长:"


def test_damage_is_remarked(plan):
    found = " ".join(r.text for r in plan("pingluo-2019").remarks if r.kind == "damage")
    for trace in ("97%96%", "2018年10月2019年12月", "学校()食品", "the name of a unit"):
        assert trace in found
