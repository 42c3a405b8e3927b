"""Rows: tables of responsibilities in cell text become one clause a row."""

from policycmp.reading.cells import cell_text
from policycmp.structure.outline import read_outline
from policycmp.text import join

HEAD = (
    "附件\n某县重点任务责任分工表\n\n\t序号\n\t重点任务\n\t具体措施\n\t牵头单位\n\t责任单位\n\t完成时限\n\n"
)


def rows(text):
    return read_outline(text).clauses


def test_one_clause_a_row_with_its_fields():
    text = (
        HEAD
        + "\t1\n\t扩大学位\n\t新建小学1所。\n\t教体局\n\t发改局\n财政局\n\t2025年底\n\n\t2\n\t\n\t改扩建幼儿园2所。\n\t教体局\n\t自然资源\n局 住建局\n\t2024年6月\n"
    )
    first, second = rows(text)
    assert (first.number, first.text, first.kind, first.path) == ("1", "新建小学1所。", "row", ("扩大学位",))
    assert (first.lead, first.cooperating, first.deadline) == (("教体局",), ("发改局", "财政局"), "2025年底")
    assert second.cooperating == ("自然资源局", "住建局")
    assert second.path == ("扩大学位",)


def test_without_a_column_of_leads_the_responsible_units_lead():
    text = (
        "表\n\n\t任务\n\t责任单位\n\t时限\n\n\t建站。\n\t民政局\n\t持续推进\n\n\t管站。\n\t民政局\n\t长期\n"
    )
    assert [(c.lead, c.cooperating, c.deadline) for c in rows(text)] == [
        (("民政局",), (), "长期"),
        (("民政局",), (), "长期"),
    ]


def test_two_full_columns_of_text_are_heading_and_body():
    text = "表\n\n\t工作任务\n\t工作措施\n\t责任单位\n\n\t稳岗\n\t发放补贴500万元。\n\t人社局\n\n\t扩岗\n\t培训1000人次。\n\t人社局\n"
    first, second = rows(text)
    assert (first.heading, first.text[first.body :]) == ("稳岗", "发放补贴500万元。")
    assert second.heading == "扩岗"


def test_text_comes_from_the_span_and_fields_are_omitted():
    text = (
        HEAD
        + "\t1\n\t扩大学位\n\t1.新建小学\n1所。\n\t教体局\n\t\n\t2025年\n\n\t2\n\t\n\t2.扩建。\n\t教体局\n"
    )
    outline = read_outline(text)
    clause = outline.clauses[0]
    assert join(text, clause.pieces) == clause.text == "新建小学1所。"
    inside = {gap.reason for gap in outline.omitted if clause.start <= gap.start < clause.end}
    assert inside == {"number", "responsibility", "deadline"}


def test_a_heading_row_repeated_on_the_next_page_is_no_task():
    head = "\t任务\n\t责任单位\n\n"
    text = "表\n\n" + head + "\t建站。\n\t民政局\n\n" + head + "\t管站。\n\t民政局\n"
    assert [c.text for c in rows(text)] == ["建站。", "管站。"]


def test_a_table_of_figures_is_left_out_and_said_so():
    text = "规划\n一、主要目标\n主要指标如下。\n\n\t指标\n\t2020年\n\t2025年\n\n\t床位数\n\t100\n\t200\n\n\t站点数\n\t5\n\t9\n\n二、任务\n建设站点。"
    outline = read_outline(text)
    assert [c.number for c in outline.clauses] == ["一、", "二、"]
    assert "床位数" not in outline.clauses[0].text
    assert "table" in {gap.reason for gap in outline.omitted}


def test_a_table_after_the_body_gives_rows_besides_the_clauses():
    text = (
        "方案\n一、办学。新建2所。\n"
        + HEAD
        + "\t1\n\t扩大学位\n\t新建小学1所。\n\t教体局\n\t发改局\n\t2025年\n"
    )
    outline = read_outline(text)
    assert [c.kind for c in outline.clauses] == ["task", "row"]
    assert not outline.leftover


def test_paragraphs_indented_by_tabs_are_no_table():
    text = "方案\n\t一、办学。新建2所。\n\t二、育人。立德树人。\n\t三、保障。加强领导。"
    assert [c.number for c in rows(text)] == ["一、", "二、", "三、"]


def test_a_table_copied_from_a_spreadsheet():
    text = "某县任务清单\n序号\t工作任务\t牵头单位\t配合单位\t完成时限\n1\t新建小学2所。\t县教体局\t\t2025年\n2\t招聘教师30名。\t县人社局\t县教体局、县财政局\t2024年"
    first, second = rows(text)
    assert (first.number, first.text, first.lead, first.cooperating) == (
        "1",
        "新建小学2所。",
        ("县教体局",),
        (),
    )
    assert (second.cooperating, second.deadline) == (("县教体局", "县财政局"), "2024年")
    assert [c.text for c in rows(text.replace("\n", "\r\n"))] == [first.text, second.text]


def test_figures_with_tabs_stay_text():
    text = "方案\n一、目标。如下：\n指标\t2020年\t2025年\n床位\t100\t200\n二、任务。建设。"
    assert [c.number for c in rows(text)] == ["一、", "二、"]
    assert "床位" in rows(text)[0].text


def test_a_heading_right_above_a_table_is_its_section_and_no_empty_clause():
    table = cell_text(
        [["任务", "牵头单位"], ["加强教师培训，提升质量。", "县教育局"], ["建成学校。", "县财政局"]]
    )
    text = f"某县方案\n一、任务\n(一)提升质量{table}\n(二)落实责任。按下表分工。{table}\n二、保障措施\n(一)加强领导。要负责。\n"
    outline = read_outline(text)
    assert [(c.number, c.path) for c in outline.clauses] == [
        (None, ("一、任务", "(一)提升质量")),
        (None, ("一、任务", "(一)提升质量")),
        ("(二)", ("一、任务",)),
        (None, ("一、任务", "(二)落实责任")),
        (None, ("一、任务", "(二)落实责任")),
        ("(一)", ("二、保障措施",)),
    ]
    assert "(一)提升质量" in [text[a:b] for a, b in outline.headings]


def test_rows_of_an_annex_are_not_under_the_last_section():
    table = cell_text([["任务", "牵头单位"], ["建成学校。", "县财政局"], ["加强培训。", "县教育局"]])
    text = f"某县方案\n一、任务\n办好学校。\n二、保障措施\n加强领导。\n\n某县人民政府\n2025年5月1日\n\n附件1\n任务分工表{table}"
    rows = [c for c in read_outline(text).clauses if c.number is None]
    assert [c.path for c in rows] == [(), ()]
