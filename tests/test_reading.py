"""Files of every kind become one text, or an error that says what to do."""

from __future__ import annotations

import builtins
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policycmp.errors import PlanReadError
from policycmp.reading import ReadOptions, read_document
from policycmp.reading.cells import Grid, cell_text
from policycmp.reading.encodings import decode, readability

TEXT = (
    "西吉县教育质量提升行动实施方案\n一、主要目标\n到2027年,全县学前教育更加普惠优质,教育保障能力进一步提升。\n"
    * 3
)
TRADITIONAL = (
    "上海市人民政府關於加強政務誠信建設的實施意見,各區人民政府,市政府各委、辦、局:請認真按照執行。\n" * 3
)


@pytest.mark.parametrize(
    ("text", "encoding", "recorded", "guessed"),
    [
        (TEXT, "utf-8", "utf-8", False),
        (TEXT, "utf-8-sig", "utf-8-sig", False),
        (TEXT, "utf-16", "utf-16", False),
        (TEXT, "utf-16-le", "utf-16-le", True),
        (TEXT, "utf-16-be", "utf-16-be", True),
        (TEXT, "gb18030", "gb18030", True),
        (TEXT, "gb2312", "gb18030", True),
        (TRADITIONAL, "big5", "big5hkscs", True),
    ],
)
def test_encodings(tmp_path: Path, text: str, encoding: str, recorded: str, guessed: bool) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(text.encode(encoding))
    document = read_document(path)
    assert document.text == text
    assert document.source.encoding in (recorded, "big5") and document.source.format == "text"
    assert any(r.kind == "encoding" for r in document.remarks) == guessed


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet="的一是在和人有中国工作发展政府通知实施年月日市县区教育,。0123456789%〔〕\n",
        min_size=8,
        max_size=200,
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
)
def test_what_is_decoded_is_what_was_written(text: str, encoding: str) -> None:
    if readability(text) < 0.3 or not any(c > "\x7f" for c in text):
        return
    found = decode(text.encode(encoding))
    assert found is not None
    assert found.text == text


def test_mojibake_is_refused_and_single_broken_bytes_are_counted(tmp_path: Path) -> None:
    broken = tmp_path / "noise.txt"
    broken.write_bytes(bytes((i * 197 + 91) % 256 for i in range(5000)))
    with pytest.raises(PlanReadError, match="not readable text"):
        read_document(broken)
    dented = tmp_path / "dented.txt"
    data = bytearray((TEXT * 4).encode("utf-8"))
    data[300] = 0xFF
    dented.write_bytes(bytes(data))
    document = read_document(dented)
    assert document.source.encoding == "utf-8"
    assert any(r.kind == "damage" and document.text[r.start] == "\ufffd" for r in document.remarks)


def test_line_ends_are_evened_and_page_breaks_kept(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes("一、目标\r\n二、任务\r三、保障\u2028四、\f五、".encode())
    assert read_document(path).text == "一、目标\n二、任务\n三、保障\n四、\f五、"


def test_pinyin_of_mirror_sites_goes_with_a_remark(tmp_path: Path) -> None:
    clean = "关于加强政务诚信建设的实施意见,全县教育工作要认真落实,提高质量。"
    syllables = ["guān", "yú", "jiā", "qiáng", "zhèng", "wù", "chéng", "xìn", "jiàn", "shè"]
    noisy = "".join(f"{c}({syllables[k % 10]})" if c > "\u4e00" else c for k, c in enumerate(clean))
    path = tmp_path / "plan.txt"
    path.write_text(noisy, encoding="utf-8")
    document = read_document(path)
    assert document.text == clean
    assert [r.kind for r in document.remarks] == ["left_out"]
    path.write_text("面积(km)产量(kg)" * 30, encoding="utf-8")
    assert read_document(path).text == "面积(km)产量(kg)" * 30


def test_source_says_where_the_text_came_from(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text("# 办法\n\n第一条 内容。\n", encoding="utf-8")
    source = read_document(path).source
    assert (source.path, source.format) == (str(path), "markdown")
    assert len(source.sha256) == 64


@pytest.mark.parametrize(
    ("name", "data", "found", "todo"),
    [
        (
            "plan.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
            "old Word or WPS",
            "save it as .docx",
        ),
        (
            "plan.wps",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
            "old Word or WPS",
            "save it as .docx",
        ),
        (
            "plan.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
            "password",
        ),
        ("plan.rtf", b"{\\rtf1 abc}", "RTF", "save it as .docx"),
        ("scan.png", b"\x89PNG\r\n\x1a\n123", "picture", "OCR"),
        ("plan.txt", b"\xff\xd8\xff\xe0 123", "picture", "OCR"),
        ("plan.ofd", b"PK\x03\x04 OFD.xml ", "OFD", ".pdf"),
        ("plan.xlsx", b"PK\x03\x04 xl/workbook.xml ", "spreadsheet", ".html"),
        ("plan.zip", b"PK\x03\x04 nothing", "archive", "Unpack"),
        ("plan.docx", b"PK\x03\x04 nothing", "damaged Word file", "Save it again"),
        ("plan.docx", b"hello", "no Word document", "Save or download"),
        ("plan.pdf", b"hello", "no PDF", "Download"),
        ("plan.caj", b"CAJ123", "CAJ", "CAJViewer"),
        ("plan.xyz", "内容".encode(), "unknown type", "Save it as"),
        ("plan.mht", b"MIME-Version: 1.0", "web archive", "browser"),
        ("plan.txt", b"", "empty file", "Save or download"),
        ("plan.txt", b"\xef\xbb\xbf \n\r\n", "empty file", "Save or download"),
        ("plan.pdf", b"%PDF-1.7 nothing else", "damaged PDF", "Print it"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(
    tmp_path: Path, name: str, data: bytes, found: str, todo: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(PlanReadError) as caught:
        read_document(path)
    assert found in caught.value.found
    assert todo in caught.value.todo
    assert caught.value.path == str(path)


def test_missing_files_folders_and_large_files(tmp_path: Path) -> None:
    with pytest.raises(PlanReadError, match="no such file"):
        read_document(tmp_path / "none.txt")
    with pytest.raises(PlanReadError, match="a folder"):
        read_document(tmp_path)
    with pytest.raises(PlanReadError, match="cannot be opened"):
        read_document("a\x00b.txt")
    path = tmp_path / "large.txt"
    path.write_text("一" * 1000, encoding="utf-8")
    with pytest.raises(PlanReadError, match="max_bytes"):
        read_document(path, options=ReadOptions(max_bytes=100))


@pytest.mark.parametrize(
    "field", ["max_bytes", "max_expanded_bytes", "max_expansion", "max_pages", "max_cells", "max_seconds"]
)
@pytest.mark.parametrize("value", [0, -1, 1.5, True, "9"])
def test_options_are_checked(field: str, value: object) -> None:
    with pytest.raises(ValueError, match=field):
        ReadOptions(**{field: value})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "data", "library"),
    [
        ("plan.html", b"<p>x</p>", "lxml"),
        ("plan.pdf", b"%PDF-1.4", "pdfplumber"),
        ("plan.docx", b"", "docx"),
    ],
)
def test_a_missing_library_names_the_install_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, library: str
) -> None:
    path = tmp_path / name
    if name.endswith("docx"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("word/document.xml", "<x/>")
    else:
        path.write_bytes(data)
    real = builtins.__import__

    def without(module: str, *args: object, **kwargs: object) -> object:
        if module.split(".")[0] == library:
            raise ImportError(module)
        return real(module, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(PlanReadError, match=r"pip install 'policycmp\[readers\]'"):
        read_document(path)


def test_plain_text_needs_no_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    real = builtins.__import__

    def without(module: str, *args: object, **kwargs: object) -> object:
        if module.split(".")[0] == "charset_normalizer":
            raise ImportError(module)
        return real(module, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    assert read_document(path).text == TEXT


@given(
    st.lists(
        st.lists(st.text(alphabet="一1.、\n ", max_size=6), min_size=3, max_size=3), min_size=1, max_size=6
    )
)
def test_cell_text_has_one_tab_a_cell(rows: list[list[str]]) -> None:
    text = cell_text(rows)
    assert text.count("\n\t") == 3 * len(rows)
    assert text.endswith("\n\n")


def test_merged_cells_are_empty_below_and_right() -> None:
    grid = Grid(limit=50)
    grid.put(0, "甲", rows=2, columns=2)
    grid.put(0, "乙")
    grid.put(1, "丙")
    assert grid.rows() == [["甲", "", "乙"], ["", "", "丙"]]
    with pytest.raises(OverflowError):
        grid.put(2, "丁", rows=10, columns=10)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([".txt", ".md", ".html", ".docx", ".pdf", ".doc", ""]))
def test_any_bytes_are_read_or_refused(data: bytes, suffix: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{suffix}"
        path.write_bytes(data)
        try:
            document = read_document(path)
        except PlanReadError:
            return
        assert document.text.strip()


def test_corpus_text_is_read_as_it_is(corpus: Path) -> None:
    for path in sorted((*corpus.glob("*/*.md"), *corpus.glob("NDP/*.txt"))):
        data = path.read_bytes()
        assert read_document(path).text == io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig").read()
