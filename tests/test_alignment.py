"""Counterparts: found, none, several, moved; coded plans, laws renumbered, other subjects."""

from __future__ import annotations

import csv
import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policycmp as pc
from policycmp.alignment.align import align, align_measures
from policycmp.alignment.settings import AlignOptions, Weights
from policycmp.datasets import data_folder
from policycmp.language.passage import Passage


def clauses(plan):
    return [Passage.of_clause(plan, clause) for clause in plan.clause_list]


def measures(plan):
    ids = [clause.clause_id for clause in plan.clause_list]
    return (
        [Passage.of_measure(plan, measure) for measure in plan.measure_list],
        [ids.index(measure.clause_id) for measure in plan.measure_list],
    )


@pytest.fixture(scope="module")
def pair(plan):
    """Return ``pair(local)``: the clauses of a bundled plan aligned with Wuzhong's."""
    made = {}

    def aligned(local):
        if local not in made:
            made[local] = align(clauses(plan(local)), clauses(plan("wuzhong-2023")))
        return made[local]

    return aligned


def test_every_local_passage_has_a_main_row_and_every_template_one_or_is_dropped(pair):
    for local in ("xiji-2025", "pingluo-table", "leshan-2021", "pingluo-2019"):
        found = pair(local)
        rows, columns = found.score.shape
        first = [link.local for link in found.links if link.local is not None and link.rank == 1]
        assert first == list(range(rows))
        linked = {link.template for link in found.links if link.local is not None} - {None}
        dropped = [link.template for link in found.links if link.local is None]
        assert sorted([*linked, *dropped]) == list(range(columns))
        assert all(0 <= link.score <= 1 and 0 <= link.confidence <= 1 for link in found.links)


def test_xiji_draws_on_wuzhong_task_by_task(plan, pair):
    local, template = plan("xiji-2025").clause_list, plan("wuzhong-2023").clause_list
    main = pair("xiji-2025").main()
    same = [(i, j) for i, a in enumerate(local) for j, b in enumerate(template) if a.heading == b.heading]
    assert len(same) > 10
    assert all(main[i] == j for i, j in same)
    # The mental-health task of its own in Xiji is a part of Wuzhong's broad fourth task.
    (health,) = (i for i, clause in enumerate(local) if clause.heading == "培育阳光健康心理")
    assert template[main[health]].heading == "坚持五育并举促进学生全面发展"


@pytest.mark.parametrize(
    ("local", "least"), [("xiji-2025", 0.97), ("pingluo-table", 0.80), ("leshan-2021", 0.80)]
)
def test_main_counterparts_are_the_coders(plan, pair, local, least):
    rows = [row for row in _gold("clauses") if row["local_doc"] == local]
    if not rows:
        pytest.skip("no coded clauses in the data folder")
    here, there = plan(local), plan("wuzhong-2023")
    main = pair(local).main()
    hits = sum(
        main[_at(here.clause_list, here.text, row["local_snippet"])]
        in {None if s == "(none)" else _at(there.clause_list, there.text, s) for s in row["main"].split("|")}
        for row in rows
    )
    assert hits / len(rows) >= least


def test_sentences_follow_their_clauses_and_may_move(plan, pair):
    local, template = plan("xiji-2025"), plan("wuzhong-2023")
    (mine, my_clause), (theirs, their_clause) = measures(local), measures(template)
    found = align_measures(mine, theirs, my_clause, their_clause, pair("xiji-2025"))
    main = found.main()

    def of(texts, start):
        (index,) = (i for i, passage in enumerate(texts) if passage.text.startswith(start))
        return index

    assert main[of(mine, "全面实施时代新人培育工程")] == of(theirs, "全面实施时代新人培育工程")
    assert main[of(mine, "采取线上线下")] == of(theirs, "加强心理健康教育")
    assert main[of(mine, "聚焦全县高中教师结构性短缺现状")] is None


def _gold(name):
    path = data_folder() / "gold" / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def _at(objects, text, snippet):
    kept = [i for i, c in enumerate(text) if not c.isspace()]
    tight = "".join(text[i] for i in kept)
    at = kept[tight.index(re.sub(r"\s", "", snippet))]
    return min((o.end - o.start, i) for i, o in enumerate(objects) if o.start <= at < o.end)[1]


def test_safeguards_go_with_safeguards():
    local = [Passage.of("落实财政投入责任,优化支出结构。", heading="加强经费保障", kind="safeguard")]
    template = [
        Passage.of("优化支出结构,加大投入,新建校舍。", heading="扩大资源", kind="task"),
        Passage.of("优化支出结构,落实财政投入。", heading="加大保障", kind="safeguard"),
    ]
    assert align(local, template).main() == {0: 1}


LAWS = [
    "上海市社会救助条例",
    "农业技术推广法",
    "北京市制定地方性法规条例",
    "发票管理办法",
    "文物保护法",
    "科学技术普及法",
]


@pytest.mark.parametrize("law", LAWS)
def test_an_article_that_did_not_change_finds_itself_under_another_number(law, corpus):
    old, new = (pc.read_plan(path) for path in sorted((corpus / "V_REVISIONS").glob(f"{law}(*.md")))
    bare = [
        [re.sub(r"\s|^第[一二三四五六七八九十百]+条", "", c.text) for c in p.clause_list] for p in (old, new)
    ]
    once = {text for text, number in Counter(bare[0]).items() if number == 1}
    main = align(clauses(new), clauses(old)).main()
    unchanged = [i for i, text in enumerate(bare[1]) if text in once]
    assert unchanged
    assert [i for i in unchanged if bare[0][main[i] or 0] != bare[1][i]] == []


@pytest.mark.parametrize("number", ["317", "319", "557", "7"])
def test_a_plan_on_another_subject_has_no_counterparts(number, plan, corpus):
    (path,) = (corpus / "URB").glob(f"{number}、*.txt")
    xiji = plan("xiji-2025")
    main = align(clauses(xiji), clauses(pc.read_plan(path))).main()
    tasks = [i for i, clause in enumerate(xiji.clause_list) if clause.kind == "task"]
    assert sum(main[i] is None for i in tasks) >= 0.95 * len(tasks)


def test_provinces_follow_the_nation_on_another_subject(corpus):
    template = pc.read_plan(next((corpus / "URB").glob("7、*.txt")))
    local = pc.read_plan(next((corpus / "URB").glob("319、*.txt")))
    main = align(clauses(local), clauses(template)).main()
    headings = {clause.heading: j for j, clause in enumerate(template.clause_list)}
    same = [i for i, clause in enumerate(local.clause_list) if clause.heading in headings]
    assert len(same) >= 8
    assert all(main[i] == headings[local.clause_list[i].heading] for i in same)


def test_identical_items_go_to_their_own_section():
    def law(sections):
        return [
            Passage.of(text, path=(section,), kind="article") for section, texts in sections for text in texts
        ]

    first = ["有下列情形之一的,应当停止文物发掘:", "发现危险的;", "法律规定的其他情形。"]
    second = ["有下列情形之一的,不予办理发票登记:", "材料不全的;", "法律规定的其他情形。"]
    old = law([("文物发掘", first), ("发票登记", second)])
    new = law([("发票登记", second), ("文物发掘", first)])
    assert align(new, old).main() == {0: 3, 1: 4, 2: 5, 3: 0, 4: 1, 5: 2}


def test_two_sources_of_one_clause_are_both_named():
    local = [Passage.of("推进体育竞赛改革。推进心理健康普测。"), Passage.of("培育特色产业园区。")]
    template = [
        Passage.of("推进体育竞赛改革。"),
        Passage.of("推进心理健康普测。"),
        Passage.of("修建道路桥梁。"),
    ]
    links = [(link.template, link.rank) for link in align(local, template).links if link.local == 0]
    assert {template for template, _ in links} == {0, 1}
    assert [rank for _, rank in links] == [1, 2]


def test_runners_up_are_kept_for_review(pair):
    found = pair("pingluo-table")
    of_first = [link for link in found.candidates if link.local == 0]
    taken = [link for link in found.links if link.local == 0]
    assert len(of_first) == AlignOptions().candidates
    assert [link.rank for link in taken + of_first] == list(range(1, len(taken) + len(of_first) + 1))
    assert [link.confidence for link in of_first] == sorted(
        (link.confidence for link in of_first), reverse=True
    )


def test_an_encoder_is_asked_once_and_weighs_in():
    asked = []

    def encoder(texts):
        asked.append(texts)
        return np.array([[1.0, 0.0] if "甲" in text else [0.0, 1.0] for text in texts])

    local, template = [Passage.of("甲方案")], [Passage.of("乙文本"), Passage.of("甲文件")]
    options = AlignOptions(clauses=Weights(encoder=50), encoder=encoder)
    assert align(local, template, options).main() == {0: 1}
    assert asked == [["甲方案", "乙文本", "甲文件"]]
    with pytest.raises(ValueError, match="one vector a text"):
        align(local, template, AlignOptions(clauses=Weights(encoder=1), encoder=lambda texts: np.zeros(3)))


def test_an_encoder_without_weight_is_refused():
    with pytest.raises(ValueError, match=r"Weights\(encoder="):
        AlignOptions(encoder=lambda texts: np.zeros((len(texts), 2)))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: AlignOptions(new=0),
        lambda: AlignOptions(further=1.5),
        lambda: AlignOptions(candidates=-1),
        lambda: Weights(words=-1),
        lambda: Weights(none=float("nan")),
    ],
)
def test_wrong_options_are_refused_with_what_was_got(wrong):
    with pytest.raises(ValueError, match="Got"):
        wrong()


def test_nothing_to_align_is_a_result():
    some = [Passage.of("推进改革。")]
    assert align([], []).links == ()
    (new,) = align(some, []).links
    assert (new.local, new.template, new.rank) == (0, None, 1)
    (dropped,) = align([], some).links
    assert (dropped.local, dropped.template) == (None, 0)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text(alphabet="教育质量安全改革提升。,的5%", max_size=15), max_size=5), st.randoms())
def test_a_list_against_itself_or_shuffled_links_everything_once(texts, random):
    passages = [Passage.of(text) for text in texts]
    shuffled = passages.copy()
    random.shuffle(shuffled)
    found = align(passages, shuffled)
    assert [link.local for link in found.links if link.rank == 1 and link.local is not None] == list(
        range(len(texts))
    )
    for link in found.links:
        if (
            link.local is not None
            and link.template is not None
            and link.rank == 1
            and passages[link.local].norms
        ):
            top = found.support[link.local].max()
            assert found.support[link.local, link.template] == top
