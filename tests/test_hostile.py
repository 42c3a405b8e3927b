"""Input that is broken or means harm, from the outside: what `docs/security.md` promises.

Single readers and writers have their own tests; here the promises are held against the public
functions, one test a promise, and every one fails without its guard.
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import threading
import zipfile
from pathlib import Path

import hostile
import pytest

import policycmp as pc
from policycmp.reading import read_document

docx = pytest.importorskip("docx")
openpyxl = pytest.importorskip("openpyxl")
lxml_html = pytest.importorskip("lxml.html")

LONE = "\ud800"
BROKEN = (
    f"某县方案{LONE}\n一、重点任务\n(一)提升质量\x00\x1b。{LONE}新增校舍10所{LONE}，巩固率达到95%以上。\n"
)


@pytest.fixture(scope="module")
def attacked() -> pc.Comparison:
    return hostile.comparison()


@pytest.fixture(scope="module")
def broken() -> pc.Comparison:
    """Two plans with control characters and halves of surrogate pairs in text and metadata."""
    local = pc.parse_plan(BROKEN, plan_id=f"a{LONE}", title=f"方案\x00{LONE}", issuer=f"县{LONE}")
    template = pc.parse_plan(BROKEN.replace("10", "30"), plan_id=f"b\x07{LONE}", title=f"方案{LONE}")
    return pc.compare(local, template)


@pytest.fixture(scope="module")
def saved(attacked: pc.Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return attacked.save(tmp_path_factory.mktemp("saved") / "x.zip")


@pytest.fixture(scope="module")
def sheet(attacked: pc.Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return attacked.to_coding_sheet(tmp_path_factory.mktemp("sheet") / "codes.xlsx")


def _with_part(archive: Path, target: Path, name: str, content: bytes) -> Path:
    """Copy a zip with one part replaced or added."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry.filename, old.read(entry))
        new.writestr(name, content)
    return target


# -- text that would act --------------------------------------------------------------------


def _shown(attacked: pc.Comparison) -> dict[str, str]:
    first = attacked.local.clause_list[0]
    renamed = pc.Plan(**{**attacked.local.__getstate__(), "clause_list": (_renamed(first),)})
    return {
        "plan": attacked.local._repr_html_(),
        "template": attacked.template._repr_html_(),
        "ids": renamed._repr_html_(),
        "comparison": attacked._repr_html_(),
        "redline": pc.redline(hostile.LOCAL, hostile.TEMPLATE)._repr_html_(),
        "frame": attacked.clauses._repr_html_(),
    }


def _renamed(clause):
    from dataclasses import replace

    return replace(clause, clause_id='"><img src=x onerror=alert(1)>', number="<script>1</script>")


def test_nothing_a_notebook_shows_can_act(attacked: pc.Comparison) -> None:
    for name, page in _shown(attacked).items():
        tree = lxml_html.document_fromstring(page)
        assert not tree.xpath("//script | //img | //svg | //iframe | //object | //a"), name
        assert not [a for element in tree.iter() for a in element.attrib if a.startswith("on")], name


def test_a_set_of_comparisons_shows_its_names_as_text() -> None:
    plan = pc.parse_plan(hostile.LOCAL, plan_id=hostile.ATTACK)
    made = pc.compare_many([plan], plan, progress=False, options=pc.CompareOptions(measures=False))
    # No HTML of its own: a notebook escapes a plain representation.
    assert not hasattr(made, "_repr_html_") and hostile.ATTACK in repr(made)
    assert "<img" not in made.matrix()._repr_html_()


# -- cells that would count -----------------------------------------------------------------


def test_no_cell_of_a_coding_sheet_is_a_formula(sheet: Path) -> None:
    texts = []
    for page in openpyxl.load_workbook(sheet):
        assert not page._hyperlinks
        for row in page.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
            texts += [str(cell.value) for cell in row]
    for begin in ("=1+1", "+1+cmd", "-1+1"):
        assert any(begin in text for text in texts), begin


def test_no_cell_of_a_csv_is_a_formula() -> None:
    import pandas as pd

    from policycmp.cli import _csv

    frame = pd.DataFrame({"text": [*hostile.FORMULAS, "\t=1", "\r=1", "平\r=1"], "n": [-1, 1, 2, 3, 4, 5, 6]})
    rows = pd.read_csv(io.StringIO(_csv(frame)), keep_default_na=False)
    assert not [t for t in rows["text"] if t[:1] in ("=", "+", "-", "@", "\t")]
    assert "\r" not in _csv(frame)
    assert rows["n"].tolist() == [-1, 1, 2, 3, 4, 5, 6]


# -- charts ---------------------------------------------------------------------------------


def test_a_chart_sets_no_formula_it_was_not_given(tmp_path: Path) -> None:
    text = hostile.LOCAL.replace("提升质量", r"提升$\frac{$质量")
    plan = pc.parse_plan(text, plan_id=r"$\x{$", title=r"$\frac{$方案")
    made = pc.compare(plan, plan, options=pc.CompareOptions(measures=False))
    for draw in (pc.plot_alignment, pc.plot_relations):
        draw(made).figure.savefig(tmp_path / "x.svg")
        assert (tmp_path / "x.svg").stat().st_size > 1000


# -- characters no text has -----------------------------------------------------------------


def test_lone_surrogates_and_control_characters_go_through(broken: pc.Comparison, tmp_path: Path) -> None:
    assert len(broken.clauses) and LONE in broken.local.text
    html = broken.to_html(tmp_path / "x.html").read_text(encoding="utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", html) and "质量\ufffd\ufffd" in html
    for path in (broken.to_excel(tmp_path / "x.xlsx"), broken.to_coding_sheet(tmp_path / "codes.xlsx")):
        texts = [
            str(c.value) for page in openpyxl.load_workbook(path) for row in page.iter_rows() for c in row
        ]
        assert any("质量\ufffd\ufffd" in text for text in texts)
    for shown in (broken.local._repr_html_(), broken._repr_html_(), pc.redline(BROKEN, "一")._repr_html_()):
        assert "\x00" not in shown and shown.encode("utf-8")


def test_a_saved_comparison_keeps_every_character(broken: pc.Comparison, tmp_path: Path) -> None:
    path = broken.save(tmp_path / "x.zip")
    assert pc.load_comparison(path).local.text == BROKEN
    assert len(pc.verify(path)) == 0


def test_mixed_encodings_are_refused_or_counted(tmp_path: Path) -> None:
    path = tmp_path / "mixed.txt"
    line = "一、加强全县教育工作，提高教育质量，推进学校建设。\n"
    path.write_bytes(line.encode("utf-8") * 20 + line.encode("gb18030") * 20)
    with pytest.raises(pc.PlanReadError):
        read_document(path)
    path.write_bytes(line.encode("utf-8") * 200 + "质".encode("gb18030") + line.encode("utf-8"))
    document = read_document(path)
    assert [r.kind for r in document.remarks if "could not be decoded" in r.text] == ["damage"]


def test_bytes_that_make_no_readable_text_are_refused(tmp_path: Path) -> None:
    """Every byte of it means a character in GB 18030, and no text is made of such characters."""
    path = tmp_path / "noise.txt"
    path.write_bytes("丂丄丅丆丏丒丗丟丠両丣並丩丮丯丱丳".encode("gb18030") * 20)
    with pytest.raises(pc.PlanReadError, match="not readable text"):
        read_document(path)


# -- files that are none --------------------------------------------------------------------


@pytest.mark.parametrize("read", [pc.read_plan, pc.load_comparison, pc.verify, pc.read_codes])
def test_missing_empty_and_folder(read, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    for path in (tmp_path / "none.txt", tmp_path, empty):
        with pytest.raises(pc.PlanReadError) as caught:
            read(path)
        assert caught.value.todo and str(path) in str(caught.value)


def test_a_plan_that_is_no_file_says_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"\xef\xbb\xbf \n\x00")
    for path, found in (("none.txt", "no such file"), (".", "a folder"), ("empty.txt", "an empty file")):
        with pytest.raises(pc.PlanReadError, match=f"found {found}"):
            pc.read_plan(tmp_path / path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_without_end_is_no_file(tmp_path: Path) -> None:
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    caught: list[BaseException] = []

    def read() -> None:
        try:
            read_document(path)
        except BaseException as error:
            caught.append(error)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    thread.join(10)
    if thread.is_alive():  # let the reader go before failing
        path.open("wb").close()
    assert caught and "pipe or device" in str(caught[0])


@pytest.mark.parametrize("change", [b"", "一、方案。".encode(), "一、方案。二、任务。".encode()])
def test_a_file_that_changes_while_it_is_read(
    change: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes("一、原文。".encode())
    os.utime(path, ns=(0, 0))
    real = os.fstat
    seen: list[int] = []

    def fstat(file: int) -> os.stat_result:
        found = real(file)
        if not seen and found.st_size == 15:
            seen.append(file)
            path.write_bytes(change)  # somebody writes right after the size was looked at
        return found

    monkeypatch.setattr("policycmp.reading.os.fstat", fstat)
    with pytest.raises(pc.PlanReadError, match="changed while it was read"):
        read_document(path)
    assert seen


def test_no_more_is_read_than_the_limit_allows(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:  # a sparse file: a gibibyte that takes no room
        file.truncate(2**30)
    with pytest.raises(pc.PlanReadError, match=r"limit of 67,108,864.*max_bytes"):
        read_document(path)


@pytest.mark.parametrize(
    "name", ["表 1.txt", "a'b\"c.txt", "-rf.txt", "<img src=x onerror=alert(1)>.txt", "a\nb.txt", "$(x).txt"]
)
def test_odd_names_of_plans(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    text = hostile.LOCAL.replace("\x00", "").partition("\n\n")[2]  # no title: the name stands for it
    path.write_text(text, encoding="utf-8")
    plan = pc.read_plan(path)
    assert plan.plan_id == name.removesuffix(".txt") and plan.title is None
    assert "<img" not in plan._repr_html_()
    made = pc.compare(plan, plan, options=pc.CompareOptions(measures=False))
    assert made.save(tmp_path / "out" / f"{name}.zip").exists()


# -- archives and nesting -------------------------------------------------------------------

BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "'
    + b"a" * 50
    + b'">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 20) for i in range(6))
    + b"]>"
)


def test_a_word_file_that_unpacks_without_end(tmp_path: Path) -> None:
    buffer = tmp_path / "good.docx"
    docx.Document().save(str(buffer))
    zeros = _with_part(buffer, tmp_path / "zeros.docx", "word/media/x.bin", b"\x00" * 4_000_000)
    with pytest.raises(pc.PlanReadError, match="unpacks to"):
        read_document(zeros)
    late = BOMB.replace(b"?><", b"?><!--" + b"-" * 9000 + b"--><", 1)
    for bomb in (BOMB, late, BOMB.decode().encode("utf-16")):
        entities = _with_part(buffer, tmp_path / "bomb.docx", "word/document.xml", bomb + b"<x>&g;</x>")
        with pytest.raises(pc.PlanReadError, match="entities"):
            read_document(entities)


def test_a_workbook_that_unpacks_without_end(sheet: Path, tmp_path: Path) -> None:
    zeros = _with_part(sheet, tmp_path / "zeros.xlsx", "xl/media/x.bin", b"\x00" * 4_000_000)
    with pytest.raises(pc.PlanReadError, match="unpacks to"):
        pc.read_codes(zeros, max_expanded_bytes=1_000_000)
    assert len(pc.read_codes(zeros)) == 0
    for text in (BOMB, BOMB.decode().encode("utf-16")):
        bomb = _with_part(sheet, tmp_path / "bomb.xlsx", "xl/sharedStrings.xml", text)
        with pytest.raises(pc.PlanReadError, match="entities"):
            pc.read_codes(bomb)


def test_a_sheet_with_one_cell_at_its_far_corner(sheet: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(sheet)
    book["coder 1"]["XFD1048576"] = "x"
    book.save(tmp_path / "corner.xlsx")
    with pytest.raises(pc.PlanReadError, match="more than 20,000 rows"):
        pc.read_codes(tmp_path / "corner.xlsx")


def test_a_saved_file_that_unpacks_without_end(saved: Path, tmp_path: Path) -> None:
    zeros = _with_part(saved, tmp_path / "zeros.zip", "more.json", b" " * 4_000_000)
    for read in (pc.load_comparison, pc.verify):
        with pytest.raises(pc.PlanReadError, match=r"unpacks to .*max_expanded_bytes"):
            read(zeros, max_expanded_bytes=1_000_000)


@pytest.mark.parametrize("part", ["meta.json", "local.json", "corrections.json", "frames/clauses.json"])
def test_a_deeply_nested_saved_file(part: str, saved: Path, tmp_path: Path) -> None:
    deep = _with_part(saved, tmp_path / "deep.zip", part, b"[" * 200_000 + b"]" * 200_000)
    with pytest.raises(pc.PlanReadError, match="no saved comparison"):
        pc.verify(deep)


WRONG = (None, 1, "x", [], {}, [1], {"x": 1}, {"format": 1}, {"columns": 1, "rows": 1})


@pytest.mark.parametrize("part", ["meta", "local", "options", "frames/clauses"])
@pytest.mark.parametrize("value", WRONG, ids=repr)
def test_a_saved_file_of_other_shape_is_a_clear_error(
    part: str, value: object, saved: Path, tmp_path: Path
) -> None:
    path = tmp_path / "odd.zip"
    _with_part(saved, path, f"{part}.json", json.dumps(value).encode())
    with pytest.raises(ValueError):
        pc.verify(path)


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_archive_is_never_a_foreign_error(
    seed: int, saved: Path, sheet: Path, tmp_path: Path
) -> None:
    import random

    draw = random.Random(seed)
    for source, read in ((saved, _unpack), (sheet, pc.read_codes)):
        data = bytearray(source.read_bytes())
        for _ in range(20):
            data[draw.randrange(len(data))] = draw.randrange(256)
        path = tmp_path / source.name
        path.write_bytes(data if seed % 2 else data[: draw.randrange(len(data))])
        try:
            read(path)
        except ValueError as error:
            assert str(path) in str(error) or "sheet" in str(error)


def _unpack(path: Path) -> None:
    from policycmp.saved import MAX_EXPANDED, _read

    _read(path, MAX_EXPANDED)


# -- places that cannot be written to -------------------------------------------------------


def _writers(made: pc.Comparison):
    return {
        "to_html": lambda path: made.to_html(path / "x.html"),
        "to_excel": lambda path: made.to_excel(path / "x.xlsx"),
        "to_coding_sheet": lambda path: made.to_coding_sheet(path / "x.xlsx"),
        "save": lambda path: made.save(path / "x.zip"),
        "save_charts": lambda path: pc.save_charts(made, path, formats=["svg"]),
        "compare_many": lambda path: pc.compare_many(
            [made.local], made.template, out=path, progress=False, options=pc.CompareOptions(measures=False)
        ),
    }


WRITERS = ("to_html", "to_excel", "to_coding_sheet", "save", "save_charts", "compare_many")


@pytest.mark.parametrize("name", WRITERS)
def test_a_folder_that_cannot_be_written_to(
    name: str, attacked: pc.Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = _writers(attacked)[name]
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ValueError, match="not a folder"):
        write(tmp_path / "file")

    def refuse(self: Path, *args: object, **kwargs: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "touch", refuse)  # whoever runs the tests may be allowed everything
    with pytest.raises(ValueError, match=r"cannot write into the folder .*Permission denied"):
        write(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on file sizes")
@pytest.mark.parametrize("name", WRITERS)
def test_a_full_disk_leaves_no_half_written_file(name: str, attacked: pc.Comparison, tmp_path: Path) -> None:
    import resource

    write = _writers(attacked)[name]
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        if name == "compare_many":  # one plan that fails is recorded, the rest would go on
            pytest.importorskip("pyarrow")
            assert "could not write" in write(tmp_path).failures["error"].iloc[0]
        else:
            with pytest.raises(ValueError, match="could not write"):
                write(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]
