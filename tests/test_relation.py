"""Relations: labels by rules that can be followed, with options that are checked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policycmp as pc
from policycmp.evidence import examine
from policycmp.labels import RELATIONS
from policycmp.language.passage import Passage
from policycmp.relation import RelationOptions, examine_clause, judge, judge_clause, weigh_clause


def test_the_label_and_its_grounds():
    found = pc.relate("每年开展一次隐患排查整治。", "每季度开展一次隐患排查整治。")
    assert found.label == "weaken" and found.score < 0
    assert [e.kind for e in found.evidence] == ["frequency"]


def test_explain_can_be_followed():
    found = pc.relate("鼓励企业公开环境信息，覆盖率达到95%。", "企业应当公开环境信息，覆盖率达到80%。")
    assert found.label == "mixed"
    zh, en = found.explain(), found.explain(lang="en")
    assert "应当→鼓励" in zh and "80%→95%" in zh and zh.endswith("结论：有增有减（mixed）")
    assert "softer wording" in en and en.endswith("Label: mixed")
    total = sum(e.weight for e in found.evidence if e.direction == "sharpen")
    assert f"{total:.2f}" in en
    assert "低于对照" in pc.relate("每年一次排查。", "每月一次排查。").explain(neutral=True)


def test_identical_and_empty_texts():
    text = "各乡镇每月开展一次河道巡查，发现问题限期整改。"
    found = pc.relate(text, text)
    assert (found.label, found.copied, found.score) == ("copy", 1, 0)
    assert found.explain(lang="en").count("100%") == 2
    assert pc.relate("", "").label in RELATIONS
    assert pc.relate(text, "").label in ("new", "sharpen")


@pytest.mark.parametrize(
    ("template", "local", "label"),
    [
        # what only one side says is held against what both say
        ("新建小区应当配建养老服务设施。", "新建小区原则上应当配建养老服务设施。", "weaken"),
        ("不得新建排污口。", "原则上不得新建排污口。", "weaken"),
        ("原则上每个乡镇建成1个养老服务中心。", "每个乡镇建成1个养老服务中心。", "sharpen"),
        # once a limit is lifted, more is less demanding
        ("每学期考试不超过1次。", "每学期考试2次。", "weaken"),
        ("每学期考试2次。", "每学期考试不超过1次。", "sharpen"),
        ("每学期考试不超过2次。", "每学期考试不超过1次。", "sharpen"),
        ("每二十天巡查一次。", "每十五天巡查一次。", "sharpen"),
        ("发现隐患立即上报。", "发现隐患7日内上报。", "weaken"),
        ("2023年底前出台养老服务条例实施细则。", "2024年底前出台养老服务条例实施细则。", "weaken"),
    ],
)
def test_what_a_reader_would_say(template, local, label):
    assert pc.relate(local, template).label == label


def test_what_is_no_text_is_refused():
    with pytest.raises(TypeError, match=r"relate compares two texts. Got NoneType"):
        pc.relate(None, "加强管理。")


def test_boilerplate_alone_is_no_common_task():
    frame = "坚持问题导向，加强组织领导，压实工作责任，"
    assert pc.relate(frame + "推进智慧法院建设。", frame + "推进农村厕所革命。").label == "new"


def test_options_change_the_label():
    local, template = "每年开展一次排查。", "每季度开展一次排查。"
    deaf = RelationOptions(weights={("frequency", "changed"): 0.0})
    assert pc.relate(local, template, options=deaf).label != "weaken"
    counts = ("全县培育示范园3个。", "全市培育示范园30个。")
    assert pc.relate(*counts).label in ("copy", "adapt")
    assert pc.relate(*counts, options=RelationOptions(same_scale=True)).label == "weaken"
    assert pc.relate(*counts, options=RelationOptions(scale_ratio=0.05)).label == "sharpen"


@pytest.mark.parametrize(
    "wrong",
    [
        {"copied": 1.2},
        {"copied": "x"},
        {"minor": float("nan")},
        {"decisive": None},
        {"same_scale": "yes"},
        {"scale_ratio": "2"},
        {"weights": {("target", "changed"): "much"}},
        {"minor": -0.1},
        {"decisive": 0},
        {"decisive": float("inf")},
        {"scale_ratio": float("inf")},
        {"clause_decisive": -1},
        {"scale_ratio": 0},
        {"breadth": 2},
        {"weights": {("mood", "changed"): 1.0}},
        {"weights": {("target", "changed"): -1.0}},
    ],
)
def test_options_are_checked(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        RelationOptions(**wrong)


BROAD = (
    "促进学生全面发展。深化体教融合，健全体育竞赛制度，培育体育特色学校25所。"
    "加强美育工作，广泛开展校园艺术活动。强化劳动教育实践，培育劳动教育基地20个。"
    "加强心理健康教育，建立学生心理档案。"
)


def test_a_narrow_item_does_not_drop_other_tasks():
    local = Passage.of("加强美育工作，广泛开展校园艺术活动。")
    template = Passage.of(BROAD)
    assert judge(local, template).label == "weaken"
    found = judge_clause(local, [template])
    assert found.label in ("copy", "adapt")
    assert any("一部分" in zh for zh, _ in found.steps)


def test_a_broad_clause_answers_for_all_of_it():
    local = Passage.of(BROAD.replace("加强心理健康教育，建立学生心理档案。", ""))
    assert judge_clause(local, [Passage.of(BROAD)]).label == "weaken"
    elsewhere = [Passage.of("加强心理健康教育，建立学生心理档案。")]
    assert judge_clause(local, [Passage.of(BROAD)], local_context=elsewhere).label == "copy"


def test_what_a_closer_sentence_answers_for():
    local, template = Passage.of("开展送教下乡。"), Passage.of("开展送教下乡，新建教师培训基地。")
    assert judge(local, template).label == "weaken"
    assert judge(local, template, in_part=True).label in ("copy", "adapt")


PIECES = [
    "每年",
    "每月",
    "开展",
    "培训",
    "2次",
    "95%",
    "到2025年",
    "鼓励",
    "必须",
    "学校",
    "，",
    "。",
    "除…外",
    "所有",
]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=16).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=16).map("".join),
)
def test_any_two_texts_get_a_label(local, template):
    found = pc.relate(local, template)
    assert found.label in RELATIONS and 0 <= found.copied <= 1
    assert found.explain() and found.explain(lang="en")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=16).map("".join))
def test_no_text_is_stricter_than_itself(text):
    assert pc.relate(text, text).label in ("copy", "adapt", "new")


def test_what_stands_around_is_asked_of_each_pair_anew():
    local, template = Passage.of("建设学校5所。"), Passage.of("建设学校5所，设立校园安全专项资金。")
    around = [Passage.of("设立校园安全专项资金。")]
    alone, beside = judge(local, template), judge(local, template, local_context=around)
    assert [e.case for e in alone.evidence] == ["dropped"] and not beside.evidence
    assert judge(local, template).evidence == alone.evidence


def test_pairs_that_read_the_same_but_for_the_level_of_their_place_are_judged_apart():
    texts = "建设市级示范学校。", "建设自治区级示范学校。"
    template = Passage.of(texts[1], "宁夏回族自治区")
    city, county = (judge(Passage.of(texts[0], place), template) for place in ("吴忠市", "西吉县"))
    assert [e.direction for e in city.evidence if e.kind == "level"] == ["neutral"]
    assert [e.direction for e in county.evidence if e.kind == "level"] == ["weaken"]


def test_the_same_words_of_another_level_are_no_copy():
    assert pc.relate("争创省级示范园区。", "争创国家级示范园区。").label == "weaken"
    assert pc.relate("争创国家级示范园区。", "争创省级示范园区。").label == "sharpen"
    assert pc.relate("争创全市文明村镇。", "争创全国文明村镇。").label == "weaken"


def test_a_frequency_in_other_words_counts_as_taken_over():
    template = Passage.of("各学校每学期开展2次消防演练。")
    same, more = (
        examine(Passage.of(f"各学校每学年开展{times}次消防演练。"), template) for times in ("4", "6")
    )
    assert same.carried == 1 > more.carried


ART = "加强美育工作，广泛开展校园艺术活动。"
LABOUR = "强化劳动教育实践，培育劳动教育基地20个。"


def test_each_item_answers_for_its_own_sentence_of_a_broad_clause():
    template = Passage.of(BROAD.replace("校园艺术活动。", "校园艺术活动，新建美育实践基地。"))
    art, labour = (examine_clause(Passage.of(text), [template]) for text in (ART, LABOUR))
    lost = weigh_clause(art, others=[labour], foremost=False)
    assert lost.label == "weaken"
    assert [e.template_quote for e in lost.evidence] == ["新建美育实践基地"]
    kept = weigh_clause(labour, others=[art])
    assert kept.label in ("copy", "adapt") and not kept.evidence


def test_what_a_clause_drops_can_be_left_out_of_account():
    local = Passage.of(BROAD.replace("加强心理健康教育，建立学生心理档案。", "新建少年科技馆。"))
    deaf = RelationOptions(clause_dropped=0.0)
    assert judge_clause(local, [Passage.of(BROAD)]).label == "mixed"
    assert judge_clause(local, [Passage.of(BROAD)], deaf).label == "sharpen"


def test_the_theme_of_a_clause_makes_no_sentence_answered():
    template = Passage.of(
        "健全特殊教育体系，新建特殊教育学校3所。加强特殊教育师资，配备特殊教育教师50名。"
        "完善特殊教育保障，提高特殊教育经费标准。普及特殊教育康复，建立特殊教育资源中心。"
    )
    found = judge_clause(Passage.of("加强特殊教育师资，培训特殊教育教师。"), [template])
    assert [e.template_quote for e in found.evidence] == ["配备特殊教育教师50名"]
