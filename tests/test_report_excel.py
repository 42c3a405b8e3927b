"""The workbook: every row there, every text a text, readable by people and programs."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from itertools import product
from pathlib import Path

import hostile
import pytest

import policycmp as pc
from policycmp.labels import label
from policycmp.report.cells import Cells
from policycmp.report.excel import write_excel
from policycmp.report.html import write_html
from policycmp.report.view import ReportView
from policycmp.tables import read_table

openpyxl = pytest.importorskip("openpyxl")

SHEETS = ["summary", "clauses", "measures", "targets", "dropped", "evidence", "parameters", "codebook"]


@pytest.fixture(scope="module")
def xiji(comparison, tmp_path_factory):
    path = write_excel(comparison("xiji-2025"), tmp_path_factory.mktemp("excel") / "x.xlsx", lang="en")
    return openpyxl.load_workbook(path, rich_text=True)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    path = write_excel(hostile.comparison(), tmp_path_factory.mktemp("excel") / "h.xlsx", lang="zh")
    return openpyxl.load_workbook(path)


@cache
def _names(lang: str) -> dict[str, str]:
    return {
        row[lang].format(template=label("template", lang, neutral=True)): row["column"]
        for row in read_table("codebook")
    }


def _column(sheet, name: str, lang: str = "en") -> list[object]:
    headings = [_names(lang).get(cell.value) for cell in sheet[1]]
    at = headings.index(name)
    return [row[at].value for row in sheet.iter_rows(min_row=2)]


def test_sheets(xiji) -> None:
    assert xiji.sheetnames == SHEETS
    for name in SHEETS[1:]:
        assert xiji[name].freeze_panes is not None
    for name in SHEETS[1:-1]:
        assert xiji[name].auto_filter.ref is not None


def test_every_row_of_every_frame_is_there(xiji, comparison) -> None:
    made = comparison("xiji-2025")
    local = made.clauses["local_id"].notna()
    assert xiji["clauses"].max_row - 1 == local.sum()
    assert xiji["dropped"].max_row - 1 == (~local).sum()
    for name in ("measures", "targets", "evidence"):
        assert xiji[name].max_row - 1 == len(getattr(made, name))
    assert sorted(_column(xiji["targets"], "reason")) == sorted(
        pair.change.reason_en for pair in made.target_pairs
    )


def test_every_column_of_the_contract_is_there_and_in_the_codebook(xiji, comparison) -> None:
    made = comparison("xiji-2025")
    explained = {row[1].value for row in xiji["codebook"].iter_rows(min_row=2)}
    for name in ("clauses", "measures", "targets", "evidence"):
        shown = {_names("en").get(cell.value) for cell in xiji[name][1]}
        assert set(getattr(made, name).columns) <= shown
        assert shown <= explained


def test_relations_are_labelled_and_coloured(xiji, comparison) -> None:
    made = comparison("xiji-2025")
    frame = made.clauses[made.clauses["local_id"].notna()].sort_values(["local_start", "rank"])
    assert _column(xiji["clauses"], "relation") == [
        label(r, "en", neutral=made.neutral) for r in frame["relation"]
    ]
    fills = {}
    for row in xiji["clauses"].iter_rows(min_row=2, max_col=2):
        fills.setdefault(row[1].value, set()).add(row[1].fill.fgColor.rgb)
    assert all(len(colours) == 1 for colours in fills.values())
    assert len({next(iter(c)) for c in fills.values()}) == len(fills)


def test_redlines_are_rich_text_that_holds_both_sides(xiji, comparison) -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    made = comparison("xiji-2025")
    found = 0
    ids = zip(
        _column(xiji["clauses"], "local_id"),
        _column(xiji["clauses"], "template_id"),
        _column(xiji["clauses"], "redline"),
        strict=True,
    )
    for local_id, template_id, cell in ids:
        if not isinstance(cell, CellRichText):
            continue
        found += 1
        struck = "".join(b.text for b in cell if isinstance(b, TextBlock) and b.font.strike)
        lines = made.redline(local_id, template_id)
        assert struck == "".join(b.template_text for b in lines.blocks if b.op in ("delete", "replace"))
        kept = "".join(b.text for b in cell if isinstance(b, TextBlock) and not b.font.strike)
        assert kept == lines.local
    assert found > 20


def test_no_cell_is_a_formula_or_a_link(attacked) -> None:
    texts = []
    for sheet in attacked:
        assert not sheet._hyperlinks
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                texts.append(str(cell.value))
    for begin in ("=1+1", *hostile.FORMULAS):
        assert any(text.startswith(begin) for text in texts), begin


def test_control_characters_are_replaced(attacked) -> None:
    texts = _column(attacked["clauses"], "local_text", "zh")
    assert any("课程\ufffd\ufffd" in text for text in texts)


@pytest.fixture(scope="module")
def long() -> str:
    things = ["校舍", "课程", "教师", "食堂", "操场", "图书", "校车", "宿舍"]
    return "".join(f"{a}{b}{c}{d}，" for a, b, c, d in product(things, repeat=4))


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(tmp_path: Path, long: str) -> None:
    local = pc.parse_plan(f"一、任务\n(一)建设学校。{long}\n", plan_id="a")
    template = pc.parse_plan("一、任务\n(一)建设学校。全面完成。\n", plan_id="b")
    made = pc.compare(local, template, options=pc.CompareOptions(measures=False))
    book = openpyxl.load_workbook(write_excel(made, tmp_path / "long.xlsx", lang="zh"))
    (text,) = _column(book["clauses"], "local_text", "zh")
    assert len(text) <= 32_767 and text.endswith(label("sheet.too_long", "zh"))


def test_a_redline_too_long_for_a_cell_is_plain_text(tmp_path: Path, long: str) -> None:
    from openpyxl.cell.rich_text import CellRichText
    from xlsxwriter import Workbook

    with Workbook(tmp_path / "long.xlsx") as book:
        cells = Cells(book, ReportView(hostile.comparison(), "zh"))
        sheet = book.add_worksheet()
        cells.redline(sheet, 0, 0, pc.redline(f"建设学校。{long}", "建设幼儿园。"))
        cells.redline(sheet, 1, 0, pc.redline("建设学校。", "建设幼儿园。"))
    column = openpyxl.load_workbook(tmp_path / "long.xlsx", rich_text=True).active["A"]
    assert isinstance(column[0].value, str) and column[0].value.endswith(label("sheet.too_long", "zh"))
    assert isinstance(column[1].value, CellRichText)


def test_write_excel_refuses_what_it_should(tmp_path: Path) -> None:
    made = hostile.comparison()
    path = write_excel(made, tmp_path / "a.xlsx")
    with pytest.raises(FileExistsError):
        write_excel(made, path)
    write_excel(made, path, overwrite=True)
    with pytest.raises(ValueError, match="lang should be one of"):
        write_excel(made, tmp_path / "b.xlsx", lang="fr")
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.parametrize("name", ["to_excel", "to_html", "to_coding_sheet"])
@pytest.mark.parametrize("ending", ["codes.csv", "codes.xls", "codes"])
def test_a_name_that_belies_the_format_is_refused(comparison, tmp_path: Path, name, ending) -> None:
    with pytest.raises(ValueError, match=r"the name should end in \.(xlsx|html or \.htm)\. Got .*codes"):
        getattr(comparison("xiji-2025"), name)(tmp_path / ending)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on file sizes")
@pytest.mark.parametrize(("write", "name"), [(write_excel, "out.xlsx"), (write_html, "out.html")])
def test_a_disk_that_fills_up_leaves_the_old_file(tmp_path: Path, write, name) -> None:
    import resource

    made = hostile.comparison()
    path = tmp_path / name
    path.write_text("old", encoding="utf-8")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
    try:
        with pytest.raises(ValueError, match=r"could not write .*out"):
            write(made, path, overwrite=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_text(encoding="utf-8") == "old" and list(tmp_path.iterdir()) == [path]


@pytest.mark.check
def test_libreoffice_opens_it(comparison, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice")
    path = write_excel(comparison("xiji-2025"), tmp_path / "x.xlsx")
    command = [
        office,
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=180
    )
    pdfplumber = pytest.importorskip("pdfplumber")
    with pdfplumber.open(tmp_path / "x.pdf") as document:
        text = "".join(page.extract_text() for page in document.pages)
    for sheet in SHEETS:
        assert sheet in text  # in the footer of its pages
    assert "Err:" not in text and "#REF" not in text
