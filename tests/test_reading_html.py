"""Web pages: the document stays, scripts and navigation go, tables become cell text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policycmp as pc
from policycmp.errors import PlanReadError
from policycmp.reading import Document, ReadOptions, read_document

DATA = Path(__file__).resolve().parent.parent / "data"


@pytest.fixture
def read(tmp_path: Path):
    def reader(html: str | bytes, name: str = "page.html", **options: int) -> Document:
        path = tmp_path / name
        path.write_bytes(html if isinstance(html, bytes) else html.encode("utf-8"))
        return read_document(path, options=ReadOptions(**options))

    return reader


def test_blocks_end_lines_and_source_line_breaks_do_not(read) -> None:
    text = read(
        "<p>一、总体\n   要求</p><p><b>(一)指导</b>思想。<br>第二行 <span>A</span>\nB</p><div>二、任务</div>"
    ).text
    assert text == "一、总体要求\n(一)指导思想。\n第二行 A B\n二、任务\n"


def test_scripts_navigation_and_hidden_parts_go_with_a_remark(read) -> None:
    html = """<html><head><title>x</title><script>var a='机密';</script><style>p{}</style></head><body>
    <div class="nav"><a>首页</a> <a>政务公开</a></div>
    <div><ul><li><a>关于甲的通知</a></li><li><a>关于乙的通知</a></li><li><a>关于丙的通知</a></li></ul></div>
    <!-- 成文日期：2020-01-01 --><p style="display: none">藏</p><noscript>请开启</noscript>
    <div class="content"><p>一、要求。正文 <a>链接</a>。</p></div><img src="x.png">
    <div class="footer">主办:西吉县人民政府 网站标识码:6404220001</div></body></html>"""
    document = read(html)
    assert document.text == "一、要求。正文 链接。\n主办:西吉县人民政府 网站标识码:6404220001\n"
    assert [r.kind for r in document.remarks] == ["left_out", "left_out"]


def test_an_information_table_becomes_fields(read) -> None:
    html = """<table><tr><td><b>索 引 号：</b></td><td>640422001/2025-00019</td><td>主题分类：</td><td></td></tr>
    <tr><td>标　题：</td><td colspan="3">西吉县方案</td></tr></table><p>正文。</p>"""
    assert read(html).text == "索 引 号：640422001/2025-00019\n主题分类：\n标　题：西吉县方案\n正文。\n"


def test_a_table_of_tasks_becomes_cell_text(read) -> None:
    html = """<p>分工</p><table><tr><th colspan="2">任务</th><th>单位</th></tr>
    <tr><td rowspan="2">一、实施</td><td>1.甲</td><td><p>教育局</p><p>财政局</p></td></tr>
    <tr><td>2.乙</td><td>公安局</td></tr></table><p>附注</p>"""
    assert read(html).text == (
        "分工\n\n\t任务\n\t\n\t单位\n\n\t一、实施\n\t1.甲\n\t教育局\n财政局\n\n\t\n\t2.乙\n\t公安局\n\n附注\n"
    )


def test_layout_tables_are_just_their_text(read) -> None:
    html = "<table><tr><td><table><tr><td>一、要求</td></tr><tr><td>二、任务</td></tr></table></td><td></td></tr></table>"
    assert read(html).text.split() == ["一、要求", "二、任务"]


def test_lists_get_the_numbers_a_reader_sees(read) -> None:
    assert (
        read("<ol start=3><li>甲</li><li>乙</li><li value=9>丙</li></ol><ul><li>丁</li></ul>").text
        == "3.甲\n4.乙\n9.丙\n• 丁\n"
    )


def test_a_declared_encoding_is_believed_if_it_reads(read) -> None:
    body = "<p>关于印发实施方案的通知,全县教育工作</p>"
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>{body}</body></html>'
    document = read(page.encode("gb18030"))
    assert (document.source.encoding, document.remarks) == ("gb18030", ())
    wrong = read(page.encode("utf-8"))
    assert (wrong.source.encoding, wrong.text) == ("utf-8", "关于印发实施方案的通知,全县教育工作\n")


def test_meta_tags_fill_in_what_the_page_does_not_print(read) -> None:
    html = '<meta name="ArticleTitle" content="某县方案"><meta name="PubDate" content="2020-08-02 09:00"><body><p>一、要求。</p></body>'
    assert read(html).text == "标题：某县方案\n发布日期：2020-08-02 09:00\n一、要求。\n"


def test_saved_pages_are_recognised_whatever_their_name(read) -> None:
    for name in ("page.txt", "page.doc", "page.shtml", "page"):
        assert read('<p style="x">一、要求。</p>', name).source.format == "html"
    assert read("<附件> 一、要求。", "plan.txt").source.format == "text"


def test_hostile_pages_are_refused_with_a_reason(read) -> None:
    try:  # Newer parsers drop what lies too deep: that must not pass unnoticed. Older ones read it.
        deep = read("<div>" * 20_000 + "全县教育工作" + "</div>" * 20_000).text
    except PlanReadError as error:
        assert "nested too deeply" in str(error)
    else:
        assert "全县教育工作" in deep
    with pytest.raises(PlanReadError, match="max_cells"):
        read("<table><tr><td rowspan=900 colspan=900>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>")
    with pytest.raises(PlanReadError, match="without any text"):
        read("<html><body><script>1</script></body></html>")
    entities = "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><p>&b;教育</p>"
    assert len(read(entities).text) < 40


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>/ptabledivrsn=\"'&;! -一二教育\n", max_size=200))
def test_no_chinese_character_of_a_page_is_lost(body: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.html"
        path.write_text(f"<p>始</p>{body}", encoding="utf-8")
        try:
            assert "始" in read_document(path).text
        except PlanReadError as error:
            assert error.todo


def test_pages_of_the_state_council(corpus: Path) -> None:
    for path in sorted((corpus / "GOVCN").glob("*.html")):
        text = read_document(path).text
        lines = text.splitlines()
        assert lines[0].startswith("索 引 号：0000143") and lines[2].startswith("发文机关：国务院")
        assert not any(line.endswith(");") for line in lines)
        assert "。" in text and "\n\t" not in text, path.name


def test_the_pingluo_table_as_a_web_page_gives_the_same_48_clauses(tmp_path: Path) -> None:
    head, _, body = (DATA / "plans/pingluo-table.txt").read_text(encoding="utf-8").partition("\n\t")
    first, *rows = [[cell.strip() for cell in row.split("\n\t")] for row in body.split("\n\n\t")]
    rows = [row + [""] * (7 - len(row)) for row in rows]
    html = "".join(f"<p>{line}</p>" for line in head.splitlines()) + '<table border="1"><tr><td colspan="3">'
    html += "</td><td>".join(first) + "</td></tr>"
    for r, row in enumerate(rows):
        html += "<tr>"
        for k, cell in enumerate(row):
            if k < 2 and not cell:
                continue  # covered by the rowspan above
            down = next((n for n in range(r + 1, len(rows)) if rows[n][k]), len(rows)) - r if k < 2 else 1
            html += f'<td rowspan="{down}"><p>' + cell.replace("\n", "</p><p>") + "</p></td>"
        html += "</tr>"
    path = tmp_path / "pingluo.html"
    path.write_text(f"<html><body>{html}</table></body></html>", encoding="utf-8")
    by_page, by_text = pc.read_plan(path), pc.load_plan("pingluo-table")
    fields = ("number", "text", "lead", "cooperating", "deadline", "path")
    assert len(by_page.clause_list) == 48
    assert [[getattr(c, f) for f in fields] for c in by_page.clause_list] == [
        [getattr(c, f) for f in fields] for c in by_text.clause_list
    ]
