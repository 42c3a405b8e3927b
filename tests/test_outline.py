"""Outline: which parts a text has, on small texts that each show one habit of real documents."""

import pytest

from policycmp.plan import parse_plan
from policycmp.structure.outline import read_outline


def numbers(text):
    return [clause.number for clause in read_outline(text).clauses]


def headings(text):
    outline = read_outline(text)
    return [text[a:b] for a, b in outline.headings]


def test_sections_are_headings_and_tasks_are_clauses():
    text = "某县方案\n一、总体要求\n（一）指导思想。坚持优先。\n（二）主要目标。到2027年建成。\n二、重点任务\n（三）办学。新建2所。"
    assert numbers(text) == ["（一）", "（二）", "（三）"]
    assert headings(text) == ["一、总体要求", "二、重点任务"]


def test_a_lead_in_is_a_clause_of_its_own_and_ends_where_the_first_part_begins():
    text = "方案\n一、任务\n围绕三个方面开展工作：\n（一）办学。新建2所。\n（二）育人。立德树人。"
    first = read_outline(text).clauses[0]
    assert (first.number, first.heading) == ("一、", "任务")
    assert text[first.start : first.end] == "一、任务\n围绕三个方面开展工作："


def test_a_heading_sentence_of_a_section_is_no_clause():
    text = "方案\n（一）统筹协调，完善机制。\n1.理顺体制。县级统筹。\n2.落实职责。乡镇负责。"
    assert numbers(text) == ["1.", "2."]
    assert headings(text) == ["（一）统筹协调，完善机制。"]


@pytest.mark.parametrize(
    "text",
    [
        "方案\n一、办学。到2025.3万人。\n二、育人。增长1.5倍。",
        "方案\n一、办学。推进一、二、三产业融合。\n二、育人。3.15活动。",
        "方案\n一、办学。按照\n第三条规定办理。\n二、育人。立德。",
        "方案\n一、办学。单位GDP能耗下降\n13.5%以上。\n二、育人。立德。",
        "方案\n一、办学。落实（一）、（二）项要求。\n二、育人。立德。",
    ],
)
def test_numbers_that_number_nothing(text):
    assert numbers(text) == ["一、", "二、"]


def test_numbers_run_on_over_sections():
    text = "意见\n一、甲\n（一）子。丑。\n（二）寅。卯。\n二、乙\n（三）辰。巳。\n（四）午。未。"
    assert numbers(text) == ["（一）", "（二）", "（三）", "（四）"]
    assert read_outline(text).clauses[2].path == ("二、乙",)


def test_a_number_in_the_middle_of_a_line_continues_the_sequence():
    text = "方案\n1.突出师德。完善制度。2.配置资源。推行改革。\n3.保障待遇。抓好落实。"
    assert numbers(text) == ["1.", "2.", "3."]


def test_one_line_without_any_break():
    text = "某市意见各区县：现提出如下意见。一、指导思想以习近平新时代中国特色社会主义思想为指导。二、基本原则（一）聚集重点，统筹兼顾。把握重点。（二）政府引导。发挥作用。三、保障措施（一）强化领导。落实责任。某市人民政府办公室2021年8月23日"
    outline = read_outline(text)
    assert [c.number for c in outline.clauses] == ["一、", "（一）", "（二）", "（一）"]
    assert outline.clauses[0].heading == "指导思想"
    assert outline.clauses[-1].text.endswith("落实责任。")


def test_missing_and_doubled_numbers_are_accepted_and_reported():
    text = "方案\n一、甲。子。\n二、乙。丑。\n二、丙。寅。\n五、丁。卯。"
    assert numbers(text) == ["一、", "二、", "二、", "五、"]
    assert [r.text for r in read_outline(text).remarks] == [
        "a number appears twice: 二、",
        "a number is missing before 五、",
    ]


def test_a_number_broken_over_lines():
    text = (
        "意见\n"
        + "\n".join(f"{n}、任务{n}。内容。" for n in "一二三四五六七八九十")
        + "  十\n一、健全制度。完善法规。"
    )
    assert numbers(text)[-1] == "十一、"


def test_unusual_shapes_of_numbers():
    text = "方案\n㈠整治环境。清理垃圾。\n⑴路旁。种树。\n⑵水旁。种草。\n㈡严格考核。⒈每月一次。⒉每年一次。"
    assert numbers(text) == ["㈠", "⑴", "⑵", "⒈", "⒉"]


def test_decimal_numbers_of_an_emergency_plan():
    text = "预案\n1 总则\n1.1 编制目的\n为提高能力。\n1.2 适用范围\n适用于本县。\n2 组织体系\n2.1 领导机构\n成立指挥部。"
    assert numbers(text) == ["1.1", "1.2", "2.1"]
    assert headings(text) == ["1 总则", "2 组织体系"]


def test_decimal_numbers_without_spaces():
    text = "预案\n1总则\n1.1编制目的\n为提高能力。\n1.2适用范围\n适用于本县，\n3个乡镇除外。\n2组织体系\n2.1领导机构\n成立指挥部。"
    assert numbers(text) == ["1.1", "1.2", "2.1"]
    assert headings(text) == ["1总则", "2组织体系"]


def test_chapters_and_boxes_of_a_five_year_plan():
    text = "规划\n第一章 总体要求\n第一节 发展目标\n到2025年建成。\n第二章 主要任务\n第一节 基本服务\n一、建立清单。各县制定。\n专栏1 重点工程\n1.床位建设：新增500张。\n2.改造工程：改造20处。\n二、完善救助。应保尽保。"
    assert numbers(text) == ["第一节", "一、", "1.", "2.", "二、"]
    assert headings(text) == ["第一章 总体要求", "第二章 主要任务", "第一节 基本服务", "专栏1 重点工程"]


def test_a_table_of_contents_is_no_outline():
    text = "规划\n目  录\n第一章 总体要求 …… 1\n第二章 主要任务 …… 3\n第一章 总体要求\n坚持优先发展。\n第二章 主要任务\n建设学校。"
    outline = read_outline(text)
    assert [c.number for c in outline.clauses] == ["第一章", "第二章"]
    assert outline.header[1] == text.rindex("第一章")


def test_stages_are_steps():
    text = "方案\n一、工作步骤\n第一阶段：动员部署（2023年1月）。召开动员会。\n第二阶段：组织实施。全面推进。"
    clauses = read_outline(text).clauses
    assert [(c.number, c.heading, c.kind) for c in clauses] == [
        ("第一阶段", "动员部署（2023年1月）", "step"),
        ("第二阶段", "组织实施", "step"),
    ]


def test_headings_without_numbers():
    text = "某县方案\n各乡镇：\n为促进就业，制定本方案。\n总体要求\n坚持就业优先。\n重点任务\n1.稳岗。惠及企业500家。\n2.扩岗。培训1万人。\n保障措施\n1.领导。成立专班。"
    outline = read_outline(text)
    assert [(c.number, c.heading, c.kind) for c in outline.clauses] == [
        (None, "总体要求", "principle"),
        ("1.", "稳岗", "task"),
        ("2.", "扩岗", "task"),
        ("1.", "领导", "safeguard"),
    ]
    assert outline.clauses[2].path == ("重点任务",)


def test_a_statute_has_a_clause_for_every_article_and_item():
    text = "某条例\n第一章 总则\n第一条 为了规范，制定本条例。\n第二条 有下列情形之一的，依照第一条处理：\n（一）逾期；\n（二）拒绝。\n情节严重的，从重处理。\n第三条 自2025年1月1日起施行。"
    outline = read_outline(text)
    assert [c.number for c in outline.clauses] == ["第一条", "第二条", "（一）", "（二）", None, "第三条"]
    assert {c.kind for c in outline.clauses} == {"article"}
    assert outline.clauses[2].path == ("第一章总则", "第二条")


def test_a_closing_paragraph_is_a_clause_where_parts_are_single_paragraphs():
    text = "意见\n一、甲。子。\n二、乙。丑。\n各地区要认真落实，重大事项及时报告。\n某某办公厅\n2018年12月11日\n（此件公开发布）"
    outline = read_outline(text)
    assert [c.number for c in outline.clauses] == ["一、", "二、", None]
    assert [gap.reason for gap in outline.omitted if gap.reason != "number"] == [
        "signature",
        "signature",
        "note",
    ]


def test_paragraphs_below_a_heading_stay_together():
    text = "意见\n一、目标\n到2025年，建成。\n到2035年，全面建成。\n二、要求\n各地区要重视。\n各部门要配合。"
    assert [c.number for c in read_outline(text).clauses] == ["一、", "二、"]


def test_annexes_begin_afresh_and_their_list_is_no_outline():
    text = "通知\n各科室：\n一、传达。认真学习。\n二、落实。抓好执行。\n附件：1.实施方案\n2.任务清单\n某局\n2023年5月4日\n附件1\n实施方案\n为做好工作，制定本方案。\n一、目标。建成3个站。\n二、任务。\n（一）建站。年内建成。\n附件2\n任务清单\n1.建站。3个。\n2.培训。100人。"
    outline = read_outline(text)
    assert [c.number for c in outline.clauses] == ["一、", "二、", "一、", "（一）", "1.", "2."]
    assert "实施方案" in [text[a:b] for a, b in outline.headings]
    assert not outline.leftover


def test_the_footer_of_a_website_is_left_over():
    text = (
        "方案\n一、办学。新建2所。\n附件下载：\n扫一扫在手机上查看当前页面\n主办：某县人民政府 承办：某办公室"
    )
    outline = read_outline(text)
    assert outline.clauses[-1].text == "办学。新建2所。"
    assert len(outline.leftover) == 3


def test_departments_duties_are_kept_apart():
    text = "方案\n一、任务。办学。\n二、职责分工\n（一）市卫生健康委：牵头协调。\n（二）市教育局：学校健康教育。\n（三）各县（市、区）政府：落实属地责任。\n三、要求。落实。"
    outline = read_outline(text)
    assert [duty.unit for duty in outline.duties] == ["市卫生健康委", "市教育局", "各县（市、区）政府"]
    assert [c.number for c in outline.clauses] == ["一、", "三、"]


def test_a_section_of_nothing_but_duties_is_a_heading():
    text = "方案\n一、任务。办学。\n二、责任分工\n县农业农村局：组织实施。\n县财政局：筹措资金。\n县水务局：保障水源。\n各乡镇：做群众工作。\n三、要求。落实。"
    outline = read_outline(text)
    assert [duty.unit for duty in outline.duties] == ["县农业农村局", "县财政局", "县水务局", "各乡镇"]
    assert headings(text) == ["二、责任分工"]
    assert [c.number for c in outline.clauses] == ["一、", "三、"]


def test_a_text_without_numbers_has_a_clause_for_every_paragraph():
    text = "某县人民政府关于命名的通知\n各乡镇人民政府：\n根据有关规定，经研究，现公布如下：\n梦家园：位于泰和北路以西。\n此名称自公告之日起使用。\n某县人民政府\n2013年12月2日"
    outline = read_outline(text)
    assert [c.heading for c in outline.clauses] == ["梦家园", None]
    assert outline.header[1] == text.index("梦家园：")


@pytest.mark.parametrize("text", ["", " \n\t\n", "标题", "\ufeff", "（（（", "一、", "1.", "附件", "\t\n\t"])
def test_almost_nothing_is_an_outline_too(text):
    outline = read_outline(text)
    assert outline.header[0] == 0
    assert len(outline.clauses) <= 1


def test_wrapped_lines_are_joined_and_page_numbers_left_out():
    body = "一、主要目标\n到2025 年，全省重点领域能效全部达到基准水平，达到标杆水平\n的企业数量比例超过30%，整体能效水平和碳排放强度达到国\n\n\x0c \n—  4  —\n际先进水平，为如期实现碳达峰目标提供有力支撑，推动重点行\n业绿色转型升级。\n二、重点任务\n（一）明确行业领域。对全省五行业一中心能效水平组织开展摸\n底调查，认真排查现有项目、在建项目，科学评估拟建项目，逐\n一登记造册。（责任单位：省\n发展改革委）"
    outline = read_outline(body)
    goal, task = outline.clauses
    assert "达到标杆水平的企业" in goal.text
    assert "达到国际先进水平" in goal.text
    assert "到2025年" in goal.text
    assert task.lead == ("省发展改革委",)
    assert [body[gap.start : gap.end] for gap in outline.omitted if gap.reason == "page"] == ["—  4  —"]


def test_a_long_heading_of_its_own_line_is_a_heading():
    plan = parse_plan(
        "意见\n三、优化专用号牌的核发范围和管理以及车辆外观要素与政策保障\n对车辆免征购置税。", plan_id="x"
    )
    assert plan.clause_list[0].heading == "优化专用号牌的核发范围和管理以及车辆外观要素与政策保障"


def test_a_long_first_sentence_is_no_heading():
    text = "规定\n（一）国有文化企业依照相关规定定期报告财务状况、生产经营状况、国有资产保值增值状况和社会效益情况。加强考核。"
    assert read_outline(text).clauses[0].heading is None


def _with_safeguards(last: str) -> str:
    return (
        "某省实施方案\n一、重点任务\n（一）建设改造\n完成改造项目10个。\n二、保障措施\n（一）强化政策支持\n落实节能政策。\n"
        f"（二）强化宣传解读\n加强舆论引导，营造良好氛围。\n{last}\n"
    )


def test_a_call_on_all_closes_the_plan_not_its_last_item() -> None:
    clauses = read_outline(_with_safeguards("各地方要深刻认识节能降碳的意义，抓实抓好抓出成效。")).clauses
    assert clauses[-2].heading == "强化宣传解读" and clauses[-2].text.endswith("营造良好氛围。")
    assert (clauses[-1].number, clauses[-1].kind, clauses[-1].path) == (None, "other", ())
    assert clauses[-1].text.startswith("各地方要")


@pytest.mark.parametrize(
    "last",
    ["各地方要加大宣传力度，办好宣传周。", "及时总结经验，各地方要相互学习。"],
    ids=["on the item's own matter", "no call at its beginning"],
)
def test_a_paragraph_that_goes_on_stays_with_its_item(last: str) -> None:
    clauses = read_outline(_with_safeguards(last)).clauses
    assert clauses[-1].heading == "强化宣传解读" and clauses[-1].text.endswith(last)


def test_a_section_that_only_calls_on_all_keeps_its_text() -> None:
    text = "某省通知\n一、主要目标\n到2025年全部达标。\n二、工作要求\n各市要深刻认识节能降碳的重要性，细化举措。\n"
    assert [c.heading for c in read_outline(text).clauses] == ["主要目标", "工作要求"]


@pytest.mark.parametrize(
    "heading",
    [
        "充分认识严格能效约束推动重点领域节能降碳的重要意义",
        "提高站位，深刻认识消费帮扶的重大意义",
        "重大意义",
    ],
)
def test_why_it_matters_is_no_task(heading: str) -> None:
    text = f"某省方案\n一、{heading}\n推动发展十分重要。\n二、重点任务\n（一）办学\n新建学校2所。\n"
    assert [c.kind for c in read_outline(text).clauses] == ["principle", "task"]
