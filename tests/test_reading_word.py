"""Word files made with python-docx: numbers a reader sees, tables as cell text, clear refusals."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import _Cell
from hypothesis import given, settings
from hypothesis import strategies as st

import policycmp as pc
from policycmp.errors import PlanReadError
from policycmp.reading import ReadOptions, read_document
from policycmp.reading.list_numbers import han_number, number_text

DATA = Path(__file__).resolve().parent.parent / "data"


def numbering(document, *levels: tuple[str, str, str], number: int = 40) -> None:
    """Add a list with these levels (format, text, suffix) as ``w:num`` `number`."""
    root = document.part.numbering_part.element
    body = "".join(
        f'<w:lvl w:ilvl="{k}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for k, (style, text, suffix) in enumerate(levels)
    )
    first_num = root.find(qn("w:num"))
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{body}</w:abstractNum>')
    first_num.addprevious(abstract) if first_num is not None else root.append(abstract)
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
    )


def item(document, text: str, level: int, number: int = 40):
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )
    return paragraph


def text_of(document, tmp_path: Path) -> str:
    path = tmp_path / "plan.docx"
    document.save(path)
    return read_document(path).text


CHINESE = (
    ("chineseCountingThousand", "%1、", "nothing"),
    ("chineseCountingThousand", "（%2）", "nothing"),
    ("decimal", "%3.", "tab"),
)


def test_automatic_numbers_are_those_a_reader_sees(tmp_path: Path) -> None:
    document = docx.Document()
    numbering(document, *CHINESE)
    for text, level in (
        ("总体要求", 0),
        ("重点任务", 0),
        ("建设", 1),
        ("新建2所。", 2),
        ("改建1所。", 2),
        ("管理", 1),
        ("检查。", 2),
        ("保障", 0),
        ("经费", 1),
    ):
        item(document, text, level)
    assert text_of(document, tmp_path).split("\n")[:9] == [
        "一、总体要求",
        "二、重点任务",
        "（一）建设",
        "1.新建2所。",
        "2.改建1所。",
        "（二）管理",
        "1.检查。",
        "三、保障",
        "（一）经费",
    ]


def test_a_numbered_word_file_gives_the_clauses_of_its_text(tmp_path: Path) -> None:
    typed = (
        "彭阳县养老服务提升行动方案\n一、总体要求\n坚持以人民为中心，到2027年建成养老服务中心3个。\n二、重点任务\n（一）建设机构\n"
        "1.新建机构。新建养老机构2所。（责任单位：县民政局）\n2.改造机构。改造养老机构5所。\n（二）加强管理\n1.检查。每季度检查一次。\n"
    )
    document = docx.Document()
    numbering(document, *CHINESE)
    for line in typed.splitlines():
        for level, mark in ((0, "一、"), (0, "二、"), (1, "（一）"), (1, "（二）"), (2, "1."), (2, "2.")):
            if line.startswith(mark):
                item(document, line.removeprefix(mark), level)
                break
        else:
            document.add_paragraph(line)
    path = tmp_path / "plan.docx"
    document.save(path)
    by_word, by_text = pc.read_plan(path), pc.parse_plan(typed, plan_id="typed")
    assert [(c.number, c.text, c.lead) for c in by_word.clause_list] == [
        (c.number, c.text, c.lead) for c in by_text.clause_list
    ]
    assert len(by_word.clause_list) >= 4


def test_numbering_through_styles_and_restarts(tmp_path: Path) -> None:
    document = docx.Document()
    numbering(document, ("decimal", "%1.", "tab"), ("decimal", "%1.%2", "space"))
    document.part.numbering_part.element.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="41"><w:abstractNumId w:val="40"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )
    style = document.styles["Heading 1"].element
    style.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="40"/></w:numPr>'))
    document.add_paragraph("甲", style="Heading 1")
    item(document, "甲一", 1)
    document.add_paragraph("乙", style="Heading 1")
    item(document, "重新", 0, number=41)
    plain = document.add_paragraph("无号", style="Heading 1")
    plain._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="0"/></w:numPr>'))
    assert text_of(document, tmp_path).splitlines() == ["1.甲", "1.1 甲一", "2.乙", "1.重新", "无号"]


@pytest.mark.parametrize(
    ("style", "value", "shown"),
    [
        ("chineseCounting", 21, "二十一"),
        ("ideographDigital", 21, "二一"),
        ("decimalEnclosedCircleChinese", 3, "③"),
        ("decimalZero", 3, "03"),
        ("upperRoman", 14, "XIV"),
        ("lowerLetter", 28, "bb"),
        ("ideographTraditional", 2, "乙"),
        ("decimalFullWidth", 12, "１２"),
        ("unheard of", 7, "7"),
        ("none", 7, ""),
    ],
)
def test_number_formats(style: str, value: int, shown: str) -> None:
    assert number_text(style, value) == shown


@settings(deadline=None)
@given(st.integers(1, 9999))
def test_han_numbers_are_read_back(value: int) -> None:
    import cn2an

    assert cn2an.cn2an(han_number(value), "smart") == value


def test_deleted_hidden_and_field_text(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("保留")
    w = nsdecls("w")
    paragraph._p.append(
        parse_xml(f'<w:del {w} w:id="1" w:author="a"><w:r><w:delText>删去</w:delText></w:r></w:del>')
    )
    paragraph._p.append(parse_xml(f'<w:ins {w} w:id="2" w:author="a"><w:r><w:t>增加</w:t></w:r></w:ins>'))
    paragraph._p.append(parse_xml(f"<w:r {w}><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"))
    paragraph._p.append(parse_xml(f"<w:r {w}><w:instrText>PAGE</w:instrText></w:r>"))
    paragraph._p.append(parse_xml(f"<w:r {w}><w:tab/><w:t>域</w:t><w:br/><w:t>行</w:t></w:r>"))
    assert text_of(document, tmp_path) == "保留增加 域\n行\n"


def pingluo_as_word() -> docx.document.Document:
    """The Pingluo table as the Word table it once was, cells merged as in print."""
    head, _, body = (DATA / "plans/pingluo-table.txt").read_text(encoding="utf-8").partition("\n\t")
    rows = [[cell.rstrip("\n ") for cell in row.split("\n\t")] for row in body.split("\n\n\t")]
    rows = [
        row + [""] * (7 - len(row)) if k else row for k, row in enumerate(rows)
    ]  # the last row breaks off
    document = docx.Document()
    for line in head.splitlines():
        document.add_paragraph(line)
    table = document.add_table(rows=len(rows), cols=7)
    table.cell(0, 0).merge(table.cell(0, 2))
    for r, (row, tr) in enumerate(zip(rows, table._tbl.tr_lst, strict=True)):
        for k, (text, tc) in enumerate(zip(row, tr.tc_lst, strict=True)):
            if r and k < 2:  # the first two columns are merged downwards where the print is empty
                tc.vMerge = "restart" if text else "continue"
            _Cell(tc, table).text = text
    return document


def test_the_pingluo_table_as_word_gives_the_same_48_clauses(tmp_path: Path) -> None:
    path = tmp_path / "pingluo.docx"
    pingluo_as_word().save(path)
    by_word, by_text = pc.read_plan(path), pc.load_plan("pingluo-table")
    fields = ("number", "text", "lead", "cooperating", "deadline", "kind", "path")
    assert len(by_word.clause_list) == len(by_text.clause_list) == 48
    for word, text in zip(by_word.clause_list, by_text.clause_list, strict=True):
        assert [getattr(word, f) for f in fields] == [getattr(text, f) for f in fields]
    assert by_word.title == by_text.title


def test_tables_of_one_column_and_nested_tables(tmp_path: Path) -> None:
    document = docx.Document()
    frame = document.add_table(rows=1, cols=1)
    frame.cell(0, 0).text = "一、要求\n抓好落实。"
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "外"
    inner = outer.cell(0, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "内甲", "内乙"
    text = text_of(document, tmp_path)
    assert text.startswith("一、要求\n抓好落实。\n")
    assert text.count("\n\t") == 2
    assert "内甲" in text and "内乙" in text


def remade(data: bytes, **parts: bytes) -> bytes:
    """The archive with parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def test_hostile_and_broken_archives_are_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("一、要求")
    document.save(buffer)
    good = buffer.getvalue()
    path = tmp_path / "plan.docx"

    def refused(data: bytes, match: str, **options: int) -> None:
        path.write_bytes(data)
        with pytest.raises(PlanReadError, match=match):
            read_document(path, options=ReadOptions(**options))

    refused(remade(good, **{"word/media/x.xml": b"\x00" * 4_000_000}), "unpacks to")
    refused(good, "unpacks to", max_expanded_bytes=1000)
    evil = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document/>'
    refused(remade(good, **{"word/document.xml": evil}), "entities")
    refused(remade(good, **{"word/document.xml": b"<w:document"}), "damaged")
    refused(good[: len(good) // 2], "damaged")
    refused(good[:-30], "damaged")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 40_000), st.integers(0, 255))
def test_a_broken_byte_is_never_a_foreign_error(at: int, value: int) -> None:
    import tempfile

    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("一、要求")
    document.save(buffer)
    data = bytearray(buffer.getvalue())
    data[at % len(data)] = value
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.docx"
        path.write_bytes(bytes(data))
        try:
            read_document(path)
        except PlanReadError as error:
            assert error.todo
