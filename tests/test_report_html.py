"""The report: whole, self-contained, true to the comparison, and deaf to what a text orders it to do."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from functools import cache
from pathlib import Path

import hostile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from PIL import Image

import policycmp as pc
from policycmp.charts.palette import colour
from policycmp.labels import label
from policycmp.model import Clause
from policycmp.report.html import render_html, write_html
from policycmp.report.index import folder_name, write_index
from policycmp.report.parts import Pair
from policycmp.report.sides import split_numbers
from policycmp.report.values import flat
from policycmp.report.view import ReportView


@cache
def _tree(page: str) -> html.HtmlElement:
    return html.document_fromstring(page)


@pytest.fixture(scope="module")
def xiji(comparison) -> str:
    return render_html(comparison("xiji-2025"), "zh")


@pytest.fixture(scope="module")
def attacked() -> str:
    return render_html(hostile.comparison(), "en")


def test_one_file_that_asks_for_nothing(xiji: str) -> None:
    tree = _tree(xiji)
    assert not tree.xpath("//link | //iframe | //object | //embed | //base | //script[@src]")
    for url in tree.xpath("//@src | //@href | //@action | //@srcset"):
        assert url.startswith(("data:image/png;base64,", "#"))
    assert "url(" not in xiji and "@import" not in xiji
    assert len(xiji.encode()) < 2_000_000


def test_every_clause_has_its_pair_and_every_dropped_clause_its_place(xiji: str, comparison) -> None:
    frame = comparison("xiji-2025").clauses
    tree = _tree(xiji)
    pairs = tree.xpath("//*[@id='clauses']//details[@data-relation]")
    main = frame[(frame["rank"] == 1) & frame["local_id"].notna()].sort_values("local_start")
    assert [p.get("data-relation") for p in pairs] == main["relation"].tolist()
    assert len(tree.xpath("//*[@id='dropped']//details")) == (frame["relation"] == "dropped").sum()
    assert len(tree.xpath("//*[@id='target-rows']/tbody/tr")) == len(comparison("xiji-2025").targets)


def test_both_sides_of_a_redline_hold_the_whole_text(xiji: str, comparison) -> None:
    made = comparison("xiji-2025")
    texts = {
        side: {c.clause_id: "".join(c.text.split()) for c in plan.clause_list}
        for side, plan in (("local", made.local), ("template", made.template))
    }
    rows = made.clauses[(made.clauses["rank"] == 1) & made.clauses["local_id"].notna()].sort_values(
        "local_start"
    )
    pairs = _tree(xiji).xpath("//*[@id='clauses']//details[@data-relation]")
    for pair, row in zip(pairs, rows.itertuples(), strict=True):
        for side in ("local", "template") if row.relation != "new" else ("local",):
            runs = pair.xpath(
                f"./div/div[@class='columns']/div[@class='text {side}']/p[contains(@class, 'run')]"
            )
            shown = "".join(
                text
                for run in runs
                for text in run.xpath(
                    ".//text()[not(ancestor::sup) and not(ancestor::span[@class='number'])]"
                )
            )
            assert "".join(shown.split()) == texts[side][getattr(row, f"{side}_id")]


def test_deletions_stand_on_the_template_side_and_insertions_on_the_local_one(xiji: str) -> None:
    tree = _tree(xiji)
    assert tree.xpath("//div[@class='text template']//del") and tree.xpath("//div[@class='text local']//ins")
    assert not tree.xpath("//div[@class='text local']//del | //div[@class='text template']//ins")
    moved = [
        set(pair.xpath(f".//div[@class='text {side}']//span[@class='move']/sup/span[2]/text()"))
        for pair in tree.xpath("//div[@class='columns']")
        for side in ("local", "template")
    ]
    assert any(moved) and moved[0::2] == moved[1::2]


def test_embedded_charts_keep_the_colours_of_the_labels(comparison) -> None:
    """A relation with one small square among many ribbons has the colour the page gives it."""
    from policycmp.report.figures import figures

    made = comparison("leshan-2021")
    uri = figures(made, "zh", str)["alignment"].uri
    image = Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2]))).convert("RGB")
    there = {pixel for _, pixel in image.getcolors(1 << 20)}
    for relation in ("sharpen", "weaken", "new"):
        assert tuple(bytes.fromhex(colour(relation)[1:])) in there


def test_shares_are_those_of_the_summary(xiji: str, comparison) -> None:
    summary = comparison("xiji-2025").summary().query("unit == 'clause'")
    rows = _tree(xiji).xpath("//table[contains(@class, 'shares')][1]/tbody/tr")
    shown = [int(row.xpath("string(td[1])")) for row in rows]
    assert shown == (summary["count"] + summary["out_of_scope"]).tolist()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_neutral_words_and_banner_where_the_template_was_not_given(lang: str, comparison) -> None:
    made = comparison("pingluo-2019")
    assert made.neutral
    page = render_html(made, lang)
    tree = _tree(page)
    assert made.banner(lang) in tree.xpath("string(//aside)")
    own_words = " ".join(
        tree.xpath("//body//text()[not(ancestor::*[@lang='zh-CN'] or ancestor::script or ancestor::q)]")
    )
    if lang == "zh":
        own_words = re.sub(r"不表示[^。]*。", "", own_words)  # the banner itself says what is not claimed
    for relation in ("weaken", "dropped", "sharpen", "copy"):
        assert not re.search(rf"(?<![\w-]){label(relation, lang)}(?![\w-])", own_words), relation


def test_document_has_landmarks_names_and_languages(xiji: str) -> None:
    tree = _tree(xiji)
    assert tree.get("lang") == "zh-CN"
    for mark in ("header", "nav", "main", "footer"):
        assert len(tree.xpath(f"//{mark}")) == 1
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(href[1:] in ids for href in tree.xpath("//a/@href"))
    assert all(image.get("alt") for image in tree.xpath("//img"))
    assert all(section.get("aria-labelledby") in ids for section in tree.xpath("//section"))


def test_policy_names_the_only_script_and_style(xiji: str) -> None:
    tree = _tree(xiji)
    policy = tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert "default-src 'none'" in policy and "unsafe" not in policy
    for kind in ("script", "style"):
        (element,) = tree.xpath(f"//{kind}")
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert not tree.xpath("//@style")


def test_hostile_text_stays_text(attacked: str) -> None:
    tree = _tree(attacked)
    assert len(tree.xpath("//script")) == 1 and len(tree.xpath("//style")) == 1
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    assert not tree.xpath("//img[not(starts-with(@src, 'data:image/png;base64,'))]")
    assert not tree.xpath("//b[@onclick] | //svg[@onload]")
    assert hostile.ATTACK in tree.xpath("string(//main)")
    assert "{{ 7*7 }}" in tree.xpath("string(//main)")


def test_characters_html_refuses_are_replaced(attacked: str) -> None:
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", attacked)
    assert "课程\ufffd\ufffd" in _tree(attacked).xpath("string(//main)")


def test_a_plan_without_any_counterpart_or_target() -> None:
    local = pc.parse_plan("一、任务\n(一)养老服务。建设养老院。\n", plan_id="a")
    template = pc.parse_plan("一、任务\n(一)义务教育。改善学校。\n", plan_id="b")
    tree = _tree(render_html(pc.compare(local, template), "en"))
    assert tree.xpath("//*[@id='clauses']//details/@data-relation") == ["new"]
    assert len(tree.xpath("//*[@id='dropped']//details")) == 1
    assert not tree.xpath("//table[@id='target-rows']")


def test_same_comparison_same_page(attacked: str) -> None:
    assert render_html(hostile.comparison(), "en") == attacked


def test_write_html(tmp_path: Path) -> None:
    made = hostile.comparison()
    path = write_html(made, tmp_path / "new folder" / "报告.html", lang="en")
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    with pytest.raises(FileExistsError):
        write_html(made, path)
    with pytest.raises(ValueError, match="lang should be one of"):
        write_html(made, tmp_path / "b.html", lang="fr")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["new folder"]


def test_index_links_to_what_exists(tmp_path: Path) -> None:
    made = hostile.comparison()
    folder = tmp_path / folder_name(made.local.plan_id)
    write_html(made, folder / "report.html", lang="en")
    page = write_index([made], tmp_path, "en")
    tree = _tree(page.read_text(encoding="utf-8"))
    links = set(tree.xpath("//main//a/@href"))
    assert links and all((tmp_path / href).exists() for href in links)
    assert len(tree.xpath("//script")) == 1
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    counts = ReportView(made, "en").shares
    assert sum(share.count for share in counts) == sum(
        int(text.rsplit(" ", 1)[1]) for text in tree.xpath("//ul[@class='key'][1]/li/text()")
    )
    with pytest.raises(FileExistsError):
        write_index([made], tmp_path, "en")


@pytest.mark.parametrize(
    "plan_id", ["../../etc", "a/b", "..", ".", "表 一", "x" * 300, "con:nul*?", "\ud800"]
)
def test_folder_names_are_plain_and_distinct(plan_id: str) -> None:
    name = folder_name(plan_id)
    assert name == Path(name).name and name not in (".", "..") and len(name) < 80
    assert folder_name(plan_id + "/") != name


def test_numbers_are_set_apart() -> None:
    assert split_numbers("到2027年达到95.5%以上") == (
        ("到", False), ("2027", True), ("年达到", False), ("95.5%", True), ("以上", False),
    )  # fmt: skip


def test_parameters_are_shown_flat() -> None:
    assert flat({"a": {"b": {"c": 1}}, "d": {}}) == [("a.b.c", "1"), ("d", "—")]


def test_every_word_exists_in_both_languages(xiji: str, attacked: str) -> None:
    for page in (xiji, attacked):
        assert "report." not in _tree(page).xpath("string(//body/*[not(self::script)])")


def test_a_human_decision_is_shown_as_one() -> None:
    import pandas as pd

    from policycmp.coding.sheet import text_hash

    made = hostile.comparison()
    clause = made.local.clause_list[1]
    code = (f"Wang {hostile.ATTACK}", clause.clause_id, text_hash(clause.text), None, "new")
    corrected = made.with_corrections(
        pd.DataFrame([code], columns=["coder", "local_id", "text_hash", "counterpart", "relation"])
    )
    pairs = _tree(render_html(corrected, "en")).xpath("//*[@id='clauses']//details[@data-relation]")
    assert pairs[1].get("data-relation") == "new"
    told = [" ".join(pair.xpath(".//summary//text()")) for pair in pairs]
    assert [f"decided by Wang {hostile.ATTACK}" in text for text in told] == [
        n == 1 for n in range(len(told))
    ]


def _clause(text: str, body: int) -> Clause:
    return Clause("c", None, (), None, text, "task", (), (), None, 0, len(text), ((0, len(text)),), body)


_TEXTS = st.text(alphabet="教育质量提升95%2027年、，。<>& \n县", max_size=60)


@settings(max_examples=60, deadline=None)
@given(_TEXTS, _TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_sides_hold_their_whole_text_cut_at_the_body(
    local: str, template: str, here: int, there: int
) -> None:
    one, other = _clause(local, min(here, len(local))), _clause(template, min(there, len(template)))
    pair = Pair({"relation": "adapt"}, one, other, redline=pc.redline(local, template))
    for side, clause in (("local", one), ("template", other)):
        heading, body = (
            "".join(piece for run in runs for piece, _ in run.parts)
            for runs in (pair.sides[side].heading, pair.sides[side].body)
        )
        assert heading == clause.text[: clause.body]
        assert body == clause.text[clause.body :]
    moved = [
        {run.number for runs in (side.heading, side.body) for run in runs if run.op == "move"}
        for side in pair.sides.values()
    ]
    assert moved[0] == moved[1]
