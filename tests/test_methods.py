"""The methods section: true of the comparison it is about, in both languages."""

from __future__ import annotations

import re

import pandas as pd
import pytest

import policycmp as pc
from policycmp.alignment.settings import Weights
from policycmp.coding.sheet import text_hash
from policycmp.tables import fingerprint

CLAUSES = "一、任务\n（一）普及教育。到2027年毛入园率达到95%以上。\n（二）改善条件。新建学校2所。\n"


@pytest.fixture(scope="module")
def made():
    return pc.compare("xiji-2025", "wuzhong-2023")


def small(**options):
    local = pc.parse_plan("甲县教育方案\n" + CLAUSES, plan_id="one")
    template = pc.parse_plan("乙县教育方案\n" + CLAUSES.replace("95", "93"), plan_id="two")
    return pc.compare(local, template, options=pc.CompareOptions(**options))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_names_both_texts_their_counts_versions_and_hashes(made, lang):
    text = made.methods(lang)
    for plan in (made.local, made.template):
        assert plan.title in text
        assert plan.date.isoformat() in text
        assert plan.source.sha256[:12] in text
        assert all(issuer in text for issuer in plan.issuer.split("、"))
        counts = len(plan.clause_list), len(plan.measure_list), sum(t.is_target for t in plan.target_list)
        assert re.search(r"{}\D+{}\D+{}\D".format(*counts), text)
    for name, version in made.params["versions"].items():
        assert f"{name} {version}" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tables_are_named_by_the_hashes_the_comparison_keeps(made, lang):
    text = made.methods(lang)
    assert made.params["dictionary"][:12] in text
    assert fingerprint("evidence_weights")[:12] in text


def test_every_threshold_of_the_label_rules_is_stated():
    """Moved to values of their own, all of them are found in the paragraph about labels."""
    thresholds = {"copied": 0.811, "reworded": 0.322, "breadth": 0.533, "minor": 0.444, "clause_minor": 0.255}
    numbers = {
        "decisive": 0.566,
        "clause_decisive": 1.077,
        "unchanged": 0.388,
        "named": 0.499,
        "clause_dropped": 0.911,
    }
    options = pc.CompareOptions(relation=pc.RelationOptions(**thresholds, **numbers))
    labels = pc.compare("leshan-2021", "wuzhong-2023", options=options).methods("zh").split("\n\n")[3]
    assert all(f"{value:.0%}" in labels for value in thresholds.values())
    assert all(str(value) in labels for value in numbers.values())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("options", [{}, {"measures": False}, {"scale": {"one": 5.0, "two": 20.0}}])
def test_nothing_is_left_open(lang, options):
    """A plan without issuer and date, without sentences, with sizes: no field unfilled, no None printed."""
    text = small(**options).methods(lang)
    assert not re.search(r"[{}]|\bNone\b|\bnan\b|\bmethods\.", text)
    assert ("未载明" if lang == "zh" else "not stated") in text


def test_the_two_languages_state_the_same_figures(made):
    def figures(text):
        return sorted(re.findall(r"\d+(?:\.\d+)?%?|[0-9a-f]{12}", text))

    zh, en = (made.methods(lang).split("\n\n") for lang in ("zh", "en"))
    assert len(zh) == len(en)
    for here, there in zip(zh, en, strict=True):
        # The hash function and the count of its digits are named once a language in another order.
        assert set(figures(here)) == set(figures(there))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"align": pc.AlignOptions(new=0.41)}, "align.new = 0.41"),
        ({"align": pc.AlignOptions(clauses=Weights(words=3.5))}, "align.clauses.words = 3.5"),
        ({"align": pc.AlignOptions(background=False)}, "align.background = False"),
        ({"relation": pc.RelationOptions(copied=0.77)}, "relation.copied = 0.77"),
        (
            {"relation": pc.RelationOptions(weights={("deadline", "changed"): 0.25})},
            "relation.weights[deadline.changed] = 0.25",
        ),
        ({"scale": {"one": 5.0, "two": 20.0}}, "scale = one 5"),
        ({"measures": False}, "measures = False"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_differs_from_the_defaults_is_named(options, said, lang):
    text = small(**options).methods(lang)
    assert said in text
    assert ("全部参数均为默认值" if lang == "zh" else "All parameters have their default values") not in text


@pytest.mark.parametrize(
    ("options", "before", "after"),
    [
        ({"align": pc.AlignOptions(new=0.41)}, "不低于 0.5 者", "不低于 0.41 者"),
        ({"align": pc.AlignOptions(clauses=Weights(words=3.5))}, "余弦，6）", "余弦，3.5）"),
        ({"align": pc.AlignOptions(clauses=Weights(headings=0))}, "标题（4.7）", "章节"),
        (
            {"align": pc.AlignOptions(background=False)},
            "乘以 jieba 通用语料的逆文档频率。没",
            "逆文档频率。没",
        ),
        ({"relation": pc.RelationOptions(copied=0.77)}, "不低于 80%", "不低于 77%"),
        ({"measures": False}, "语句以同样方法对应", "语句未作对应"),
        ({"scale": {"one": 5.0, "two": 20.0}}, "绝对数量随辖区规模而异", "one 5、two 20"),
        (
            {"relation": pc.RelationOptions(same_scale=True)},
            "绝对数量随辖区规模而异",
            "按研究者的设定直接比较",
        ),
        ({"relation": pc.RelationOptions(scale_ratio=0.25)}, "绝对数量随辖区规模而异", "0.25）折算"),
    ],
)
def test_the_sentences_state_the_options_in_use(options, before, after):
    usual, own = small().methods(), small(**options).methods()
    assert before in usual
    assert before not in own.replace("默认 ", "")
    assert after in own


def test_an_encoder_is_named_only_where_one_is_given():
    def letters(texts):
        return [[text.count("学") + 1.0, text.count("教") + 1.0] for text in texts]

    own = pc.AlignOptions(encoder=letters, clauses=Weights(encoder=2.0))
    assert "编码器" in small(align=own).methods()
    assert "letters" in small(align=own).methods("en")
    assert (
        "encoder"
        not in small(align=pc.AlignOptions(clauses=Weights(encoder=2.0)))
        .methods("en")
        .split("These parameters")[0]
    )


def test_human_decisions_are_counted_by_coder(made):
    clauses = [c for c in made.local.clause_list if c.kind == "task"][:3]
    codes = pd.DataFrame(
        {
            "coder": ["甲", "甲", "乙"],
            "local_id": [c.clause_id for c in clauses],
            "text_hash": [text_hash(c.text) for c in clauses],
            "counterpart": [None] * 3,
            "relation": ["new"] * 3,
        }
    )
    text = made.with_corrections(codes).methods()
    assert f"本地 {len(made.local.clause_list)} 条条款中有 3 条" in text
    assert "甲：2 条、乙：1 条" in text
    assert "未经人工逐条核定" in made.methods()
    assert "未经人工逐条核定" not in text


def test_words_for_a_benchmark_only_where_nothing_was_handed_down(made):
    assert "对照文本" in made.methods()
    assert "模板" not in made.methods()
    assert "template" not in made.methods("en")
    down = pc.compare(
        pc.parse_plan("西吉县方案\n" + CLAUSES, plan_id="a", jurisdiction="西吉县", date="2025-01-01"),
        pc.parse_plan("固原市方案\n" + CLAUSES, plan_id="b", jurisdiction="固原市", date="2024-01-01"),
    )
    assert not down.neutral
    assert "模板" in down.methods()
    assert "对照文本" not in down.methods()
    assert "benchmark" not in down.methods("en")


def test_an_unknown_language_is_refused(made):
    with pytest.raises(ValueError, match="lang should be one of"):
        made.methods("fr")
