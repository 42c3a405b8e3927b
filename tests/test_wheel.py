"""The wheel and the sdist hold what they should, and the command runs from an empty environment."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

pytestmark = pytest.mark.check


def run(*arguments: object, cwd: Path) -> str:
    done = subprocess.run([str(a) for a in arguments], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=folder)
    return folder


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_code_tables_and_data_and_nothing_else(built):
    held = names(next(built.glob("*.whl")))
    for needed in (
        "policycmp/py.typed",
        "policycmp/tables/divisions.csv",
        "policycmp/_data/sources.csv",
        "policycmp/_data/plans/xiji-2025.txt",
        "policycmp/_data/gold/GUIDE.md",
    ):
        assert needed in held
    assert any(name.startswith("policycmp/report/templates/") for name in held)
    tops = {name.split("/")[0] for name in held}
    assert {t for t in tops if not t.endswith(".dist-info")} == {"policycmp"}
    assert not any(name.endswith((".ipynb", ".pyc")) or "/docs/" in name for name in held)


def test_the_sdist_builds_the_same_wheel(built, tmp_path):
    run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "-w",
        tmp_path,
        next(built.glob("*.tar.gz")),
        cwd=tmp_path,
    )
    assert names(next(tmp_path.glob("*.whl"))) == names(next(built.glob("*.whl")))


@pytest.mark.parametrize(
    ("module", "arguments"), [("twine", ("check", "--strict")), ("check_wheel_contents", ())]
)
def test_the_checks_of_publishers_pass(built, module, arguments):
    pytest.importorskip(module, reason="needs the extra 'release'")
    files = sorted(built.glob("*.whl" if module == "check_wheel_contents" else "*"))
    assert files
    run(sys.executable, "-m", module, *arguments, *files, cwd=built)


def test_the_command_runs_from_an_empty_environment_in_another_folder(built, tmp_path):
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", f"{next(built.glob('*.whl'))}[readers]", cwd=tmp_path)
    run(home / "bin" / "policycmp", "report", "--out", "X", cwd=tmp_path)
    assert (tmp_path / "X" / "index.html").is_file()
    assert "xiji-2025" in run(home / "bin" / "policycmp", "plans", cwd=tmp_path)
