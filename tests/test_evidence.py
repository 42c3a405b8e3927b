"""Evidence: every kind found, quoted where it stands, told in plain words."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from policycmp.evidence import KINDS, find_evidence
from policycmp.evidence.dates import due_dates
from policycmp.evidence.founding import founded
from policycmp.evidence.segments import segments
from policycmp.evidence.umbrella import answering
from policycmp.language.passage import Passage
from policycmp.language.words import cut
from policycmp.tables import read_table

PAIRS = list(csv.DictReader((Path(__file__).parent / "pairs" / "contrast.csv").open(encoding="utf-8")))


def evidence(template, local, **context):
    one, other = Passage.of(local), Passage.of(template)
    return find_evidence(one, other, **context)


@pytest.mark.parametrize(
    ("kind", "direction", "template", "local", "quotes"),
    [
        ("target", "sharpen", "污水处理率达到85%。", "污水处理率达到92%。", ("85%", "92%")),
        ("deadline", "weaken", "2025年底前建成投用。", "2026年底前建成投用。", ("2025年底前", "2026年底前")),
        ("frequency", "weaken", "每季度开展一次隐患排查。", "每年开展一次隐患排查。", ("每季度", "每年")),
        ("coverage", "weaken", "对所有水源地开展评估。", "对重点水源地开展评估。", ("所有", "重点")),
        ("modality", "sharpen", "各乡镇可以委托第三方评估。", "各乡镇应当委托第三方评估。", ("可以", "应当")),
        ("level", "weaken", "争创国家级示范园区。", "争创省级示范园区。", ("国家级", "省级")),
        (
            "scope",
            "sharpen",
            "为70周岁以上老年人免费体检。",
            "为65周岁以上老年人免费体检。",
            ("70周岁以上", "65周岁以上"),
        ),
        ("exception", "sharpen", "除教学点外，学校全部开齐课程。", "学校全部开齐课程。", ("除教学点外", "")),
        (
            "accountability",
            "weaken",
            "对落实不力的依法追究责任。",
            "对落实不力的及时提醒。",
            ("追究责任", "提醒"),
        ),
        (
            "commitment",
            "weaken",
            "完善追溯管理，建设县级追溯平台。",
            "完善追溯管理。",
            ("建设县级追溯平台", ""),
        ),
        # Fewer places get one, the larger the number that share it.
        (
            "coverage",
            "weaken",
            "每两个乡镇建设一所区域养老中心。",
            "每三个乡镇建设一所区域养老中心。",
            ("每两个", "每三个"),
        ),
        # Who is added may be named first as well as last.
        (
            "scope",
            "sharpen",
            "对失独家庭发放慰问金。",
            "对伤残家庭和失独家庭发放慰问金。",
            ("", "伤残家庭和"),
        ),
        # A day, a third and the end of one month come one after the other.
        (
            "deadline",
            "weaken",
            "6月15日前完成汛前检查。",
            "6月底前完成汛前检查。",
            ("6月15日前", "6月底前"),
        ),
        (
            "deadline",
            "sharpen",
            "6月中旬前完成汛前检查。",
            "6月上旬前完成汛前检查。",
            ("6月中旬前", "6月上旬前"),
        ),
        ("level", "sharpen", "争创一等奖。", "争创特等奖。", ("一等", "特等")),
        ("level", "weaken", "断面水质达到Ⅲ类。", "断面水质达到Ⅳ类。", ("Ⅲ类", "Ⅳ类")),
        # The third grade is the best of hospitals and below the second of roads.
        ("level", "sharpen", "建成二级医院。", "建成三级医院。", ("二级", "三级")),
        ("level", "weaken", "建设二级公路。", "建设三级公路。", ("二级", "三级")),
        ("level", "sharpen", "创建AAA级景区。", "创建4A级景区。", ("AAA", "4A")),
        ("frequency", "weaken", "定期开展河道巡查。", "适时开展河道巡查。", ("定期", "适时")),
        (
            "target",
            "weaken",
            "不动产登记1个月内办结。",
            "不动产登记45日内办结。",
            ("1个月内", "45日内"),
        ),
        # Of a maximum, the smaller is the stricter.
        (
            "frequency",
            "sharpen",
            "每学期考试不超过2次。",
            "每学期考试不超过1次。",
            ("不超过2次", "不超过1次"),
        ),
        (
            "frequency",
            "sharpen",
            "每学期开展两次疏散演练。",
            "每学期开展三次疏散演练。",
            ("两次", "三次"),
        ),
        # What both sides say of accountability is left aside: a reminder became an order.
        (
            "accountability",
            "sharpen",
            "对整改不力的通报批评，及时提醒。",
            "对整改不力的通报批评，限期整改。",
            ("提醒", "限期整改"),
        ),
        # A maximum where the template only hopes for less.
        (
            "target",
            "sharpen",
            "逐步降低大班额比例。",
            "大班额比例控制在5%以内。",
            ("", "5%以内"),
        ),
        # At least so long is no longer wait than at once.
        (
            "target",
            "sharpen",
            "评审结果当场公布。",
            "评审结果公布不少于5个工作日。",
            ("", "不少于5个工作日"),
        ),
        # A bare figure is told whatever other figures stand before it.
        (
            "target",
            "weaken",
            "建成车站5个，每万人公交车辆达到12标台。",
            "建成车站5个，每万人公交车辆达到8标台。",
            ("12", "8"),
        ),
        # The one number of two segments that answer to each other, under another name.
        (
            "target",
            "sharpen",
            "每所学校配备门卫2名。",
            "每所学校配备专职保安3名。",
            ("2名", "3名"),
        ),
        # A store is more than the system it belongs to, which answers to something else already.
        (
            "commitment",
            "weaken",
            "健全应急物资储备体系，建设县级应急物资储备库。",
            "健全应急物资储备体系。",
            ("建设县级应急物资储备库", ""),
        ),
        # Three firemen are not a share of the towns: a number was added.
        ("target", "sharpen", "所有乡镇配备消防员。", "乡镇配备消防员3名。", ("", "消防员3名")),
    ],
)
def test_every_kind(kind, direction, template, local, quotes):
    found = [e for e in evidence(template, local) if e.kind == kind]
    assert found, [e.text for e in evidence(template, local)]
    assert found[0].direction == direction and found[0].weight > 0
    assert quotes[0] in found[0].template_quote or not quotes[0]
    assert quotes[1] in found[0].local_quote or not quotes[1]


def test_quotations_stand_where_they_say():
    for pair in PAIRS:
        for e in evidence(pair["template"], pair["local"]):
            assert e.kind in KINDS and e.direction in ("sharpen", "weaken", "neutral")
            for quote, start, end, text in (
                (e.local_quote, e.local_start, e.local_end, pair["local"]),
                (e.template_quote, e.template_start, e.template_end, pair["template"]),
            ):
                assert (start is None) == (end is None)
                assert quote == ("" if start is None else text[start:end])


def test_lines_in_both_languages_and_neutral_words():
    (e,) = evidence("每季度开展一次隐患排查。", "每年开展一次隐患排查。")
    assert e.line() == e.text == "每季度→每年 隐患排查: 频次要求降低"
    assert e.line("en").endswith(": frequency asks for less")
    assert e.line("en", neutral=True).endswith(": frequency asks for less than benchmark")


def test_every_line_has_its_words():
    for pair in PAIRS:
        for e in evidence(pair["template"], pair["local"]):
            for lang in ("zh", "en"):
                assert e.line(lang) and e.line(lang, neutral=True)
                assert "删" not in e.line(lang, neutral=True).rpartition(":")[2]


def test_absolute_counts_of_unequal_places_are_neutral():
    (e,) = evidence("全市建设村史馆120个。", "全县建设村史馆9个。")
    assert (e.kind, e.direction, e.weight) == ("target", "neutral", 0)
    (e,) = evidence("全市建设村史馆120个。", "全县建设村史馆9个。", same_scale=True)
    assert e.direction == "weaken"
    (e,) = evidence("全市建设村史馆120个。", "全县建设村史馆9个。", scale_ratio=0.05)
    assert e.direction == "sharpen"


def test_amounts_in_another_measure_were_exchanged():
    found = evidence("新改扩建中小学25个。", "新建、改扩建校舍30369平方米。")
    assert [e.direction for e in found] == ["neutral"]


def test_the_neighbours_say_it():
    template, local = "开展心理健康教育，建立心理档案。", "开展心理健康教育。"
    assert [e.case for e in evidence(template, local)] == ["dropped"]
    beside = [Passage.of("为每名学生建立心理档案。")]
    assert evidence(template, local, local_context=beside) == ()


def test_rhetoric_is_no_commitment():
    found = evidence(
        "推进政务数据共享。", "坚持以人民为中心的发展思想，推进政务数据共享，为高质量发展提供有力支撑。"
    )
    assert found == ()


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2024年春季学期起", "2024年秋季学期起"),
        ("2025年6月底前", "2025年底前"),
        ("“十四五”末", "2030年底前"),
        ("两年内", "三年内"),
        ("3月底前", "9月底前"),
        ("2025年一季度", "2025年三季度"),
        ("2025年底前", "尽快"),
    ],
)
def test_dates_in_order(earlier, later):
    (one,), (other,) = due_dates(earlier + "完成"), due_dates(later + "完成")
    assert one.order < other.order
    assert one.scale == other.scale or other.scale == "vague"


@pytest.mark.parametrize(
    ("one", "other"), [("“十四五”末", "2025年底"), ("6月底前", "6月30日前"), ("2027年", "2027年底")]
)
def test_same_dates_in_other_words(one, other):
    assert due_dates(one)[0].order == due_dates(other)[0].order


def test_a_heading_commits_to_nothing():
    text = "建设智慧校园。推进网络升级。"
    one, other = Passage.of("推进网络升级。"), Passage.of(text, heading="建设智慧校园", body=7)
    assert find_evidence(one, other) == ()


def test_concrete_deeds_weigh_more_than_hopes():
    built, hoped, led = segments(Passage.of("新建幼儿园，不断提升办学水平，坚持问题导向。"))
    assert built.substance > hoped.substance > 0 and led.substance < 0.2


def test_weights_can_be_replaced():
    weights = {(r["kind"], r["case"]): 0.0 for r in read_table("evidence_weights")}
    assert all(e.weight == 0 for e in evidence("每月一次巡查。", "每年一次巡查。", weights=weights))


def test_no_words_no_evidence():
    assert evidence("", "") == evidence("。。", "，") == ()


@pytest.mark.parametrize(
    ("text", "objects"),
    [
        ("成立河湖治理领导小组", ("领导小组",)),
        ("设立专项资金用于古树名木保护", ("专项资金",)),
        ("编制学前教育专项规划和实施方案", ("专项规划", "实施方案")),
        ("建立健康管理机制", ()),
        ("加强专项资金管理", ()),
    ],
)
def test_what_a_segment_founds(text, objects):
    assert founded([w.text for w in cut(text)]) == objects


def test_an_instrument_does_not_lower_the_deed_that_follows():
    with_means, means_only = (
        segments(Passage.of(text))[0].substance
        for text in ("依托大数据平台建立企业信用档案", "依托大数据平台建立档案等方式")
    )
    assert with_means == segments(Passage.of("建立企业信用档案"))[0].substance > means_only


def test_a_list_answers_to_an_umbrella_term_of_its_class_only():
    listed = Passage.of("支持造纸、印染等行业节水")
    assert answering(listed, Passage.of("支持重点行业节水"))
    assert not answering(listed, Passage.of("会同有关部门推进节水"))


@pytest.mark.parametrize("pair", PAIRS[::4])
def test_every_piece_says_what_it_means_in_both_languages(pair):
    for piece in evidence(pair["template"], pair["local"]):
        zh, en = piece.line("zh"), piece.line("en")
        assert zh and en and zh.rpartition(": ")[2] != en.rpartition(": ")[2]
        assert any("a" <= sign <= "z" for sign in en.rpartition(": ")[2])


@pytest.mark.parametrize(
    ("template", "local", "quotes"),
    [
        ("对企业开办事项3个工作日内办结。", "材料齐全的，对企业开办事项当场办结。", ("3个工作日内", "当场")),
        ("材料齐全的，对企业开办事项即时办结。", "对企业开办事项3个工作日内办结。", ("即时", "3个工作日内")),
        ("争创全国四星级饭店，改善服务。", "争创全国二星级饭店，改善服务。", ("四星级", "二星级")),
        ("建成二级医院。", "建成三级医院。", ("二级", "三级")),
        ("消除大班额。", "大班额比例控制在5%以内。", ("消除", "控制在5%以内")),
    ],
)
def test_what_is_quoted_stands_where_it_says(template, local, quotes):
    (found,) = evidence(template, local)
    assert (found.template_quote, found.local_quote) == quotes
    assert template[found.template_start : found.template_end] == quotes[0]
    assert local[found.local_start : found.local_end] == quotes[1]


@pytest.mark.parametrize(
    ("template", "local"),
    [
        # The same in other words.
        ("污水处理覆盖率达到90%以上。", "污水处理覆盖率不低于90%。"),
        ("每个企业配备安全员。", "每家企业配备安全员。"),
        ("各学校每学期开展2次消防演练。", "各学校每学年开展4次消防演练。"),
        ("不动产登记1个月内办结。", "不动产登记30日内办结。"),
        # Two stages told in the other order, each with its date.
        (
            "到2025年，完成隐患排查。到2026年，完成危房改造。",
            "到2026年，完成危房改造。到2025年，完成隐患排查。",
        ),
        # The encouragement stands before the deed it speaks of, past a comma.
        ("鼓励学校开放体育场馆。", "支持资源共享，学校开放体育场馆。"),
        # A reminder holds nobody to account.
        ("完善考核办法。", "完善考核办法，对工作滞后的及时提醒。"),
    ],
)
def test_what_is_no_difference_in_demand(template, local):
    assert evidence(template, local) == evidence(local, template) == ()


def test_each_place_may_name_its_own_level_where_no_place_is_known():
    for template, local in (("市级", "县级"), ("县级", "市级")):
        (e,) = evidence(f"创建{template}示范村。", f"创建{local}示范村。")
        assert (e.kind, e.direction, e.weight) == ("level", "neutral", 0)


@pytest.mark.parametrize(
    ("template", "local", "told"),
    [
        # What is counted is the commitment itself.
        ("推进养老服务。", "推进养老服务，新建养老院5所。", [("target", "sharpen")]),
        # The date of a number went with the number.
        ("2025年底前新建养老院5所。", "新建养老院。", [("target", "weaken")]),
        # One figure for two rates says what a figure for each says.
        ("普及率达到90%，覆盖率达到90%。", "普及率、覆盖率达到90%。", []),
        ("普及率、覆盖率达到90%。", "普及率达到90%，覆盖率达到90%。", []),
        # A length of time that is what is promised is no deadline besides.
        ("办结时限缩短至1个月内。", "办结时限缩短至2个月内。", [("target", "weaken")]),
        # Each of two stages has a date of its own, one sooner and one later than the template's.
        (
            "到2025年，完成隐患排查，到2026年，完成危房改造。",
            "到2024年，完成隐患排查，到2027年，完成危房改造。",
            [("deadline", "sharpen"), ("deadline", "weaken")],
        ),
    ],
)
def test_each_thing_is_told_once(template, local, told):
    assert sorted((e.kind, e.direction) for e in evidence(template, local)) == told


@pytest.mark.parametrize(
    ("kind", "case", "template", "local"),
    [
        ("target", "changed", "污水处理率达到85%。", "污水处理率达到92%。"),
        ("target", "added", "推进养老服务。", "推进养老服务，新建养老院5所。"),
        ("deadline", "changed", "2025年底前建成投用。", "2026年底前建成投用。"),
        ("deadline", "added", "完成村庄规划编制。", "2025年底前完成村庄规划编制。"),
        ("frequency", "changed", "每季度开展一次隐患排查。", "每年开展一次隐患排查。"),
        ("frequency", "added", "开展河道巡查。", "每月开展河道巡查。"),
        ("coverage", "changed", "对所有水源地开展评估。", "对重点水源地开展评估。"),
        ("coverage", "added", "对水源地开展评估。", "对部分水源地开展评估。"),
        ("modality", "changed", "各乡镇可以委托第三方评估。", "各乡镇应当委托第三方评估。"),
        ("modality", "added", "学校开放体育场馆。", "鼓励学校开放体育场馆。"),
        ("level", "changed", "争创国家级示范园区。", "争创省级示范园区。"),
        ("scope", "added", "对失独家庭发放慰问金。", "对失独家庭和伤残家庭发放慰问金。"),
        ("exception", "added", "学校全部开齐课程。", "除教学点外，学校全部开齐课程。"),
        ("accountability", "changed", "对落实不力的依法追究责任。", "对落实不力的及时提醒。"),
        ("accountability", "added", "完善考核办法。", "完善考核办法，对工作滞后的严肃问责。"),
        ("commitment", "added", "完善追溯管理。", "完善追溯管理，建设县级追溯平台。"),
    ],
)
def test_each_kind_and_case_has_its_own_weight(kind, case, template, local):
    opposite = {"added": "dropped", "changed": "changed"}[case]
    directions = set()
    for sides, named in (((template, local), case), ((local, template), opposite)):
        without = {(r["kind"], r["case"]): 1.0 for r in read_table("evidence_weights")}
        without[kind, named] = 0.0
        (e,) = (e for e in evidence(*sides, weights=without) if e.kind == kind)
        assert (e.case, e.weight) == (named, 0)
        directions.add(e.direction)
        assert all(e.weight > 0 for e in evidence(*sides) if e.kind == kind)
    assert directions == {"sharpen", "weaken"}


def test_a_month_is_of_the_year_last_named_even_a_sentence_before():
    first, second = due_dates("2025年6月底前完成隐患排查。9月底前完成隐患整治。")
    assert (first.order[0], second.order[0]) == (2025, 2025) and first.order < second.order


def test_evidence_of_one_kind_and_weight_follows_the_local_text():
    found = evidence("入园率达到90%，巩固率达到95%。", "巩固率达到96%，入园率达到92%。")
    assert [e.local_quote for e in found] == ["96%", "92%"]
