"""The README is true: its Python runs and prints what it says, its commands exist, its links lead somewhere."""

from __future__ import annotations

import contextlib
import io
import re
import shutil

import pytest
from conftest import ROOT

READMES = ["README.md", "README.zh-CN.md"]
_BLOCK = re.compile(r"```python\n(.*?)```(?:\s*```text\n(.*?)```)?", re.S)


@pytest.mark.parametrize("name", READMES)
def test_python_runs_and_prints_what_it_says(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    blocks = _BLOCK.findall((ROOT / name).read_text(encoding="utf-8"))
    assert blocks
    names: dict[str, object] = {}
    for code, shown in blocks:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, name, "exec"), names)
        if shown:
            assert printed.getvalue().rstrip() == shown.rstrip()


@pytest.mark.parametrize("name", READMES)
def test_links_lead_to_files(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("name", READMES)
def test_make_targets_exist(name):
    targets = set(re.findall(r"^make (\w+)", (ROOT / name).read_text(encoding="utf-8"), re.M))
    assert targets <= set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


@pytest.mark.check
def test_the_lines_without_make_work(tmp_path):
    """The three shell lines, word for word, in a copy of the project without anything installed."""
    import subprocess

    copy = tmp_path / "project"
    skip = shutil.ignore_patterns(".git", ".venv", "out", "__pycache__", "_build", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, copy, ignore=skip)
    lines = re.search(
        r"```bash\n(python3 -m venv.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S
    )[1]
    done = subprocess.run(["bash", "-e", "-c", lines], cwd=copy, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (copy / "out" / "index.html").is_file()
