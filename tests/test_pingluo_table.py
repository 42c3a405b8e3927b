"""The Pingluo table: 48 items in 22 groups, printed as a flattened Word table."""


def test_forty_eight_items_in_twenty_two_groups(plan):
    clauses = plan("pingluo-table").clauses
    assert len(clauses) == 48
    assert clauses["path"].map(lambda path: path[1]).nunique() == 22
    assert clauses["path"].map(lambda path: path[0]).nunique() == 5
    assert set(clauses["kind"]) == {"row"}


def test_lead_cooperating_and_deadline_are_fields(plan):
    row = plan("pingluo-table").clauses.iloc[1]
    assert (row["lead"], row["cooperating"], row["deadline"]) == (
        ("教育工委", "教体局"),
        ("团县委",),
        "长期坚持",
    )
    assert "教体局" not in row["text"]


def test_units_in_one_cell_by_line_and_by_comma(plan):
    row = plan("pingluo-table").clauses.query("clause_id == 'c017'").iloc[0]
    assert row["cooperating"] == ("发改局", "住建局", "财政局", "审批局", "自然资源局")


def test_every_completion_date_starts_with_a_year_or_goes_on(plan):
    deadlines = plan("pingluo-table").clauses["deadline"]
    assert deadlines.str.match(r"20\d\d年|长期").all()


def test_the_items_that_contradict_their_completion_date(plan):
    table = plan("pingluo-table")
    found = [r.text for r in table.check()]
    assert found == [
        "c013: the text says 2025, its completion date is 2024年",
        "c016: the text says 2025, its completion date is 2024年",
    ]
    assert not table.leftover
