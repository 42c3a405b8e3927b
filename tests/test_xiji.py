"""Xiji 2025: a county's plan, run-on tasks 1 to 26 over six sections."""


def test_goal_tasks_and_requirements(plan):
    clauses = plan("xiji-2025").clauses
    assert clauses["kind"].value_counts().to_dict() == {"task": 26, "safeguard": 5, "goal": 1}
    assert clauses.query("kind == 'task'")["number"].tolist() == [f"{n}." for n in range(1, 27)]


def test_the_bracket_becomes_units_and_leaves_the_text(plan):
    task = plan("xiji-2025").clauses.iloc[1]
    assert task["lead"] == ("县委宣传部", "教育体育局")
    assert "责任单位" not in task["text"]
    assert plan("xiji-2025").text[task["start"] : task["end"]].endswith("教育体育局)")


def test_only_the_footer_is_left_over(plan):
    xiji = plan("xiji-2025")
    assert [xiji.text[a:b][:4] for a, b in xiji.leftover] == [
        "附件下载",
        "扫一扫在",
        "主办:西",
        "电子信箱",
        "宁ICP",
    ]
    assert not xiji.check()


def test_measures_are_the_sentences_of_the_body(plan):
    xiji = plan("xiji-2025")
    first = xiji.measures.query("clause_id == 'c002'")
    assert first["text"].iloc[0].startswith("将习近平新时代中国特色社会主义思想")
    assert not xiji.measures["text"].str.contains("责任单位").any()
