"""Wuzhong 2023: the prefecture's plan, 总体要求 and 主要目标 besides 26 tasks."""


def test_requirements_goals_tasks_and_guarantees(plan):
    clauses = plan("wuzhong-2023").clauses
    assert clauses["heading"].iloc[:2].tolist() == ["总体要求", "主要目标"]
    assert clauses["kind"].value_counts().to_dict() == {"task": 26, "safeguard": 5, "principle": 1, "goal": 1}


def test_counties_and_districts_in_angle_brackets_are_one_unit(plan):
    task = plan("wuzhong-2023").clauses.iloc[2]
    assert [unit[:2] for unit in task["lead"]] == ["市委", "市教", "团市", "各县"]


def test_what_is_left_over_is_the_website(plan):
    wuzhong = plan("wuzhong-2023")
    assert [wuzhong.text[a:b] for a, b in wuzhong.leftover] == [
        "【编辑】:",
        "【来源】:中共吴忠市委员会办公室",
    ]
