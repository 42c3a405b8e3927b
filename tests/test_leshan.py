"""Leshan 2021: another province; a number in the middle of a line, a bracket on a line of its own."""


def test_two_goals_twenty_three_tasks_three_guarantees(plan):
    clauses = plan("leshan-2021").clauses
    assert clauses["kind"].value_counts().to_dict() == {"task": 23, "safeguard": 3, "principle": 1, "goal": 1}


def test_the_task_in_the_middle_of_a_line_is_found(plan):
    clauses = plan("leshan-2021").clauses
    at = clauses.index[clauses["heading"] == "合理配置教师资源"][0]
    assert clauses.loc[at, "number"] == "2."
    assert clauses.loc[at - 1, "heading"] == "突出师德师风建设"
    assert clauses.loc[at - 1, "text"].endswith("完善教师荣誉制度。")


def test_units_before_the_comma_lead(plan):
    clauses = plan("leshan-2021").clauses
    tasks = clauses[clauses["lead"].map(len) > 0]
    assert (tasks["lead"].map(len) == 1).all()
    assert clauses.iloc[2]["cooperating"][0] == "市发展改革委"


def test_a_bracket_on_the_next_line_belongs_to_the_task_above(plan):
    clauses = plan("leshan-2021").clauses
    task = clauses[clauses["heading"] == "提升校长教师能力水平"].iloc[0]
    assert task["cooperating"] == ("市财政局", "市人力资源社会保障局")


def test_a_telephone_number_is_no_part_of_the_last_clause(plan):
    assert "联系电话" not in plan("leshan-2021").clauses["text"].iloc[-1]
