"""PDF files: lines in reading order, tables as cell text, page furniture out, scans refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_pages import Rule, Text, grid, make_pdf

import policycmp as pc
from policycmp.errors import PlanReadError
from policycmp.reading import Document, ReadOptions, read_document
from policycmp.text import squeeze

DATA = Path(__file__).resolve().parent.parent / "data"
BODY = "以习近平新时代中国特色社会主义思想为指导全面贯彻党的教育方针"


@pytest.fixture
def read(tmp_path: Path):
    def reader(pages: Sequence[tuple[Sequence[Text], Sequence[Rule]]], **made: object) -> Document:
        path = tmp_path / "plan.pdf"
        path.write_bytes(make_pdf(pages, **made))  # type: ignore[arg-type]
        return read_document(path)

    return reader


def lines(texts: Sequence[str], top: float = 100, left: float = 90) -> list[Text]:
    return [(left, top + 20 * k, text) for k, text in enumerate(texts)]


def test_lines_from_top_to_bottom_with_a_form_feed_between_pages(read) -> None:
    pages = [(list(reversed(lines(["一、总体要求", BODY]))), []), (lines(["二、重点任务", BODY]), [])]
    document = read(pages)
    assert document.text == f"一、总体要求\n{BODY}\n\f二、重点任务\n{BODY}\n"
    assert (document.source.format, document.source.encoding) == ("pdf", None)


def test_page_numbers_and_running_heads_go_with_a_remark(read) -> None:
    pages = [
        ([(90, 40, "某市人民政府公报"), *lines([f"第{k}页正文{BODY[k:]}", BODY]), (280, 800, f"— {k} —")], [])
        for k in range(1, 6)
    ]
    document = read(pages)
    assert "—" not in document.text
    assert document.text.count("某市人民政府公报") == 1
    assert all(f"第{k}页正文" in document.text for k in range(1, 6))
    said = " ".join(r.text for r in document.remarks)
    assert "5 page numbers" in said and "left out 4 times" in said


def test_a_number_that_is_no_page_number_stays(read) -> None:
    document = read([(lines(["指标", "2025", BODY, BODY]), [])])
    assert "2025" in document.text


X, Y = (80, 300, 400, 520), (100, 130, 160, 190)
CELLS = [
    ("任务", "单位", "时限"),
    ("1.加强家校协作", "教体局", "2025年"),
    ("2.推动场馆开放", "文广局", "长期"),
]


def table(rows: Sequence[Sequence[str]], tops: Sequence[float]) -> list[Text]:
    return [
        (x + 4, top + 5, cell)
        for row, top in zip(rows, tops, strict=False)
        for x, cell in zip(X, row, strict=False)
    ]


def test_a_ruled_table_becomes_cell_text_in_its_place(read) -> None:
    texts = [(90, 60, "责任分工"), *table(CELLS, Y), (90, 220, BODY)]
    document = read([(texts, grid(X, Y))])
    assert document.text == (
        f"责任分工\n\n\t任务\n\t单位\n\t时限\n\n\t1.加强家校协作\n\t教体局\n\t2025年\n\n\t2.推动场馆开放\n\t文广局\n\t长期\n\n{BODY}\n"
    )


def test_a_table_goes_on_over_the_page_break(read) -> None:
    first = ([(90, 60, BODY), *table(CELLS, Y)], grid(X, Y))
    second = (table([CELLS[0], ("3.提高质量", "教体局", "2026年")], Y), grid(X, Y[:3]))
    text = read([first, second]).text
    assert text.endswith("\n\t2.推动场馆开放\n\t文广局\n\t长期\n\n\t3.提高质量\n\t教体局\n\t2026年\n\n")
    assert "\f" not in text and text.count("单位") == 1


@pytest.mark.parametrize(
    ("lines_in_cell", "text"),
    [
        (["教体局", "人社局", "科协"], "教体局\n人社局\n科协"),
        (["市人力资源和社会保障", "局"], "市人力资源和社会保障局"),
        (["市发展改革委", "员会"], "市发展改革委员会"),
        (["2022", "年"], "2022年"),
        (["长期", "坚持"], "长期坚持"),
        (
            ["落实学校卫生工作条例加强", "医教协同联动配齐医护人员", "每年创建5所。"],
            "落实学校卫生工作条例加强医教协同联动配齐医护人员每年创建5所。",
        ),
    ],
)
def test_lines_of_a_cell(read, lines_in_cell: list[str], text: str) -> None:
    rules = grid((80, 280, 480), (100, 200, 300))
    texts = [(84, 105 + 20 * k, line) for k, line in enumerate(lines_in_cell)]
    found = read(
        [([*texts, (290, 105, "乙"), (84, 205, "丙"), (290, 205, "丁丁丁丁丁丁丁丁丁丁")], rules)]
    ).text
    assert found.startswith(f"\n\t{text}\n\t乙\n")


def test_a_box_round_text_is_no_table(read) -> None:
    document = read([(lines([BODY, BODY]), grid((80, 520), (90, 150)))])
    assert document.text == f"{BODY}\n{BODY}\n"


def test_two_columns_are_read_one_after_the_other(read) -> None:
    left = [f"左栏第{k:02d}行教育质量提升行动实施方案" for k in range(14)]
    right = [f"右栏第{k:02d}行教育质量提升行动实施方案" for k in range(14)]
    text = read([(lines(left, left=60) + lines(right, left=310), [])]).text
    assert text.split() == left + right


def test_bold_made_by_printing_twice_counts_once(read) -> None:
    doubled = [
        (x + shift, top, text) for x, top, text in lines(["二二、重点任务", BODY]) for shift in (0, 0.4)
    ]
    assert read([(doubled, [])]).text == f"二二、重点任务\n{BODY}\n"


def test_scans_passwords_bombs_and_many_pages_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"

    def refused(data: bytes, match: str, **options: int) -> None:
        path.write_bytes(data)
        with pytest.raises(PlanReadError, match=match):
            read_document(path, options=ReadOptions(**options))

    full = (lines([BODY, BODY]), [])
    refused(make_pdf([([], []), ([(90, 90, "1")], [])]), "without a text layer")
    refused(make_pdf([full], password=True), "password")
    refused(make_pdf([full], bomb=3_000_000), "unpacks to more than", max_expanded_bytes=1_000_000)
    refused(make_pdf([full] * 3), "max_pages", max_pages=2)
    refused(make_pdf([full])[:300], "PDF")
    circle = make_pdf([full]).replace(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"1 0 R                            "
    )
    refused(circle, "max_seconds", max_seconds=1)


def test_pages_without_text_are_named(read) -> None:
    document = read([(lines([BODY, BODY]), []), ([], []), (lines([BODY, BODY]), [])])
    assert any(r.text == "pages without text: 2" for r in document.remarks)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 3000), st.integers(0, 255))
def test_a_broken_byte_is_never_a_foreign_error(at: int, value: int) -> None:
    import tempfile

    data = bytearray(make_pdf([(lines([BODY, BODY]), grid(X, Y))]))
    data[at % len(data)] = value
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.pdf"
        path.write_bytes(bytes(data))
        try:
            read_document(path)
        except PlanReadError as error:
            assert error.todo


def test_pdf_and_text_layer_give_the_same_clauses(corpus: Path) -> None:
    """A sample of the PDF originals; docs/reading.md has the figures for all."""
    for path in sorted(corpus.glob("*/*.pdf"))[::5]:
        pdf, text = pc.read_plan(path), pc.read_plan(path.with_suffix(".txt"))
        assert abs(len(pdf.clause_list) - len(text.clause_list)) <= 0.05 * len(text.clause_list), path.name
        assert (pdf.title, pdf.date, pdf.doc_number) == (text.title, text.date, text.doc_number), path.name


EDGES = (20, 90, 165, 345, 405, 465, 525, 575)


def wrapped(text: str, width: float) -> list[str]:
    """The lines a cell of this width breaks a text into, 12 points a character."""
    size = int((width - 6) / 12)
    return [line[k : k + size] for line in text.split("\n") for k in range(0, max(len(line), 1), size)]


def pingluo_as_pdf() -> bytes:
    """The Pingluo table ruled over pages, cells of the first two columns merged as in print."""
    head, _, body = (DATA / "plans/pingluo-table.txt").read_text(encoding="utf-8").partition("\n\t")
    rows = [[cell.strip() for cell in row.split("\n\t")] for row in body.split("\n\n\t")]
    rows = [[rows[0][0], "", "", *rows[0][1:]], *(row + [""] * (7 - len(row)) for row in rows[1:])]
    pages: list[tuple[list[Text], list[Rule]]] = []
    texts: list[Text] = [(200, 40 + 20 * k, line) for k, line in enumerate(head.splitlines())]
    rules: list[Rule] = []
    top = first = 100.0
    for r, row in enumerate(rows):
        cells = [wrapped(text, b - a) for text, a, b in zip(row, EDGES, EDGES[1:], strict=False)]
        height = 18 * max(len(cell) for cell in cells[2:]) + 8
        for k in (0, 1):  # a merged cell's text may run on beside the rows below
            height = max(height, 18 * len(cells[k]) + 8) if r + 1 == len(rows) or rows[r + 1][k] else height
        if top + height > 780:
            rules += [(EDGES[0], top, EDGES[-1], top), *((x, first, x, top) for x in EDGES)]
            pages.append((texts, rules))
            texts, rules, top, first = [], [], 60.0, 60.0
        merged = 0 if r == 0 or top == first else next((k for k in (0, 1) if row[k]), 2)
        rules.append((EDGES[merged], top, EDGES[-1], top))
        for x, cell in zip(EDGES, cells, strict=False):
            texts += [(x + 3, top + 4 + 18 * k, line) for k, line in enumerate(cell) if line]
        top += height
    rules += [(EDGES[0], top, EDGES[-1], top), *((x, first, x, top) for x in EDGES)]
    return make_pdf([*pages, (texts, rules)])


def test_the_pingluo_table_as_pdf_gives_the_same_48_clauses(tmp_path: Path) -> None:
    path = tmp_path / "pingluo.pdf"
    path.write_bytes(pingluo_as_pdf())
    by_pdf, by_text = pc.read_plan(path), pc.load_plan("pingluo-table")
    assert len(by_pdf.clause_list) == len(by_text.clause_list) == 48
    for pdf, text in zip(by_pdf.clause_list, by_text.clause_list, strict=True):
        assert [getattr(pdf, f) for f in ("number", "lead", "cooperating", "deadline")] == [
            getattr(text, f) for f in ("number", "lead", "cooperating", "deadline")
        ]
        assert squeeze(pdf.text) == squeeze(text.text)
