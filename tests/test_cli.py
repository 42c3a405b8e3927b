"""The command: what it writes and prints, and how it says no."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import zipfile
from contextlib import redirect_stdout
from pathlib import Path

import hostile
import pytest

from policycmp.cli import main


@pytest.fixture(scope="module")
def documents(tmp_path_factory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("documents")
    local, template = folder / "我的 方案.txt", folder / "template.txt"
    local.write_text(hostile.LOCAL.replace("\x00", "").replace("\x0b", ""), encoding="utf-8")
    template.write_text(hostile.TEMPLATE, encoding="utf-8")
    return local, template


@pytest.fixture(scope="module")
def written(documents, tmp_path_factory) -> tuple[Path, str]:
    """Return the folder `compare` wrote to, and what it said."""
    out, said = tmp_path_factory.mktemp("out") / "结果", io.StringIO()
    with redirect_stdout(said):
        assert main(["compare", *map(str, documents), "--out", str(out), "--lang", "en"]) == 0
    return out, said.getvalue()


def test_plans_lists_the_bundled_plans(capsys) -> None:
    assert main(["plans"]) == 0
    told = capsys.readouterr().out
    assert "nan" not in told.lower() and "2025-05-14" in told
    listed = [line.split()[0] for line in told.splitlines()]
    assert listed == ["xiji-2025", "wuzhong-2023", "pingluo-2019", "pingluo-table", "leshan-2021"]


def test_compare_writes_everything(written) -> None:
    folder, _ = written
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {
        "report.html",
        "comparison.xlsx",
        "comparison.zip",
        "tables/clauses.csv",
        "tables/targets.csv",
    } <= files
    for chart in ("alignment", "relations", "targets"):
        assert {f"charts/{chart}.png", f"charts/{chart}.svg"} <= files
    assert not [name for name in files if Path(name).name.startswith(".")]
    assert (
        (folder / "report.html").read_text(encoding="utf-8").startswith('<!doctype html>\n<html lang="en">')
    )


def test_tables_hold_the_frames_and_no_formula(written, documents) -> None:
    folder, _ = written
    import policycmp as pc

    made = pc.compare(*documents)
    for name in ("clauses", "measures", "targets", "evidence"):
        rows = list(csv.DictReader(io.StringIO((folder / "tables" / f"{name}.csv").read_text("utf-8-sig"))))
        frame = getattr(made, name)
        assert len(rows) == len(frame)
        assert list(rows[0]) == list(frame.columns)
        assert not [
            cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@")) and cell != "="
        ]
        assert not [
            cell for row in rows for cell in row.values() if cell.startswith("-") and not _number(cell)
        ]


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_compare_says_where_to_look(written) -> None:
    folder, said = written
    assert str(folder / "report.html") in said


def test_verify_says_whether_the_values_come_out_the_same(written, tmp_path: Path, capsys) -> None:
    folder, _ = written
    assert main(["verify", str(folder / "comparison.zip")]) == 0
    assert "same" in capsys.readouterr().out
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(folder / "comparison.zip") as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(
                name, old.read(name).replace(b'"sharpen"', b'"weaken"').replace(b'"mixed"', b'"copy"')
            )
    assert main(["verify", str(changed)]) == 1
    assert capsys.readouterr().out.startswith("frame,row,column,saved,computed\n")
    assert main(["verify", str(folder / "report.html")]) == 2
    assert main(["verify", str(tmp_path / "missing.zip")]) == 2


def test_existing_files_are_kept_without_overwrite(documents, written, capsys) -> None:
    folder, _ = written
    before = (folder / "report.html").stat().st_mtime_ns
    assert main(["compare", *map(str, documents), "--out", str(folder)]) == 2
    told = capsys.readouterr().err
    assert "already exists" in told and "--overwrite" in told and "Traceback" not in told
    assert (folder / "report.html").stat().st_mtime_ns == before


def test_targets_prints_one_table_for_several_plans(documents, capsys) -> None:
    assert main(["targets", *map(str, documents)]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["plan_id"] for row in rows} == {path.stem for path in documents}
    assert any(row["value_low"] == "95.0" and row["unit"] == "%" for row in rows)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["compare", "no-such-plan", "wuzhong-2023", "--out", "x"], "Bundled plans: "),
        (["compare", "wuzhong-2023", "missing.docx", "--out", "x"], "missing.docx"),
        (["targets", "no-such-plan"], "no-such-plan"),
    ],
)
def test_bad_input_is_one_line_and_code_2(arguments, told: str, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert told in err and err.count("\n") == 1 and not out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [[], ["compare", "xiji-2025"], ["plans", "--colour"], ["report", "--out", "x", "--lang", "fr"]],
)
def test_bad_usage_is_code_2(arguments, capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2 and "usage:" in capsys.readouterr().err


def test_out_that_is_a_file(tmp_path: Path, capsys) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    for command in (["compare", "xiji-2025", "wuzhong-2023"], ["report"]):
        assert main([*command, "--out", str(tmp_path / "out")]) == 2
        assert "not a folder" in capsys.readouterr().err


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    done = subprocess.run(
        f"'{sys.executable}' -m policycmp targets wuzhong-2023 | head -n 1",
        shell=True, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.startswith("plan_id,") and "Traceback" not in done.stderr


def test_a_terminal_without_chinese_is_no_error() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "policycmp", "plans"],
        env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0 and "xiji-2025" in done.stdout and not done.stderr


def test_help_names_every_command(capsys) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    assert all(name in told for name in ("plans", "compare", "targets", "report", "verify"))


@pytest.mark.check
def test_report_over_all_plans(tmp_path: Path, capsys) -> None:
    assert main(["report", "--out", str(tmp_path)]) == 0
    assert str(tmp_path / "index.html") in capsys.readouterr().out
    for plan_id in ("xiji-2025", "pingluo-2019", "pingluo-table", "leshan-2021"):
        assert (tmp_path / plan_id / "report.html").stat().st_size < 2_000_000
        assert f'href="{plan_id}/report.html"' in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert main(["report", "--out", str(tmp_path)]) == 2
