"""Every guard of `docs/security.md` is taken away once, and the test that is named for it must fail.

A copy of the library without the guard stands before the real one on the path, and the named tests
run against it. A guard that was rewritten is not found any more: give its new words here.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import cache_from_source
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import ROOT

pytestmark = pytest.mark.check


class Guard(NamedTuple):
    """What is taken away (in pairs: text, what stands there instead), and the test that should miss it."""

    name: str
    module: str
    changes: tuple[str, ...]
    test: str


GUARDS = (
    Guard("report escapes", "report/page.py", ("autoescape=True", "autoescape=False"), "test_report_html.py::test_hostile_text_stays_text"),
    Guard("report policy", "report/page.py", ("script-src {_hash(script)}", "script-src 'unsafe-inline'"), "test_report_html.py::test_policy_names_the_only_script_and_style"),
    Guard("report characters", "report/page.py", ("    return clean(\n        page.render(", "    return str(\n        page.render("), "test_report_html.py::test_characters_html_refuses_are_replaced"),
    Guard("plan in a notebook", "plan_view.py", ("return escape(plain", "return (plain"), "test_hostile.py::test_nothing_a_notebook_shows_can_act"),
    Guard("ids in a notebook", "plan_view.py", ("{escape(clause.clause_id)}", "{clause.clause_id}"), "test_hostile.py::test_nothing_a_notebook_shows_can_act"),
    Guard("comparison in a notebook", "comparison_view.py", ("title = escape(", "title = str("), "test_hostile.py::test_nothing_a_notebook_shows_can_act"),
    Guard("redline in a notebook", "redlines/page.py", ("part = escape(text[at:end])", "part = text[at:end]"), "test_hostile.py::test_nothing_a_notebook_shows_can_act"),
    Guard("set in a notebook", "corpus/many.py", ("    def __repr__(self)", "    def _repr_html_(self) -> str:\n        return repr(self)\n\n    def __repr__(self)"), "test_hostile.py::test_a_set_of_comparisons_shows_its_names_as_text"),
    Guard("formulas in Excel", "report/cells.py", ("sheet.write_string(row, at, self.fit(text), self.text)", "sheet.write_formula(row, at, text) if text.startswith('=') else sheet.write_string(row, at, text)"), "test_report_excel.py::test_no_cell_is_a_formula_or_a_link"),
    Guard("formulas in a coding sheet", "coding/sheet.py", ("sheet.write_string(row, column, clean(value), text)", "sheet.write(row, column, clean(value), text)", '"strings_to_formulas": False, ', ""), "test_hostile.py::test_no_cell_of_a_coding_sheet_is_a_formula"),
    Guard("formulas in CSV", "cli.py", ('return f"\'{value}" if risky else value', "return value"), "test_hostile.py::test_no_cell_of_a_csv_is_a_formula"),
    Guard("carriage returns in CSV", "cli.py", ('.replace("\\r", "\\n")', ""), "test_hostile.py::test_no_cell_of_a_csv_is_a_formula"),
    Guard("TeX in charts", "fonts.py", ('"text.parse_math": False', '"text.parse_math": True'), "test_fonts.py::test_context_gives_the_users_settings_back"),
    Guard("control characters", "text.py", ('return _UNPRINTABLE.sub("\\ufffd", text)', "return text"), "test_hostile.py::test_lone_surrogates_and_control_characters_go_through"),
    Guard("surrogates in a saved file", "saved.py", ('ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")', 'ensure_ascii=False, indent=1).encode("utf-8", "replace")'), "test_hostile.py::test_a_saved_comparison_keeps_every_character"),
    Guard("two encodings", "reading/encodings.py", ("if lost <= _LOST * len(text) else None", ""), "test_hostile.py::test_mixed_encodings_are_refused_or_counted"),
    Guard("no text", "reading/encodings.py", ("if _score(data, best) >= _READABLE else None", ""), "test_hostile.py::test_bytes_that_make_no_readable_text_are_refused"),
    Guard("a folder", "reading/__init__.py", ("if path.is_dir():", "if False:"), "test_hostile.py::test_a_plan_that_is_no_file_says_what_it_is"),
    Guard("a missing file", "reading/__init__.py", ("except FileNotFoundError:", "except ZeroDivisionError:"), "test_hostile.py::test_a_plan_that_is_no_file_says_what_it_is"),
    Guard("an empty file", "reading/__init__.py", ("if not data.strip(", "if data is None and not data.strip("), "test_hostile.py::test_a_plan_that_is_no_file_says_what_it_is"),
    Guard("a missing saved file", "saved.py", ("if not path.is_file():", "if False:"), "test_saved.py::test_files_that_are_none_are_refused"),
    Guard("a pipe", "reading/__init__.py", ("if path.exists() and not path.is_file():", "if False:"), "test_hostile.py::test_a_pipe_without_end_is_no_file"),
    Guard("size", "reading/__init__.py", ("if before.st_size > options.max_bytes:", "if False:"), "test_hostile.py::test_no_more_is_read_than_the_limit_allows"),
    Guard("change while read", "reading/__init__.py", ("if (len(data), after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):", "if False:"), "test_hostile.py::test_a_file_that_changes_while_it_is_read"),
    Guard("odd names", "plan_view.py", ("{escape(plan.title or plan.plan_id)}", "{plan.title or plan.plan_id}"), "test_hostile.py::test_odd_names_of_plans"),
    Guard("zip bomb, Word", "reading/word.py", ("if total > options.max_expanded_bytes or dense:", "if False:"), "test_hostile.py::test_a_word_file_that_unpacks_without_end"),
    Guard("zip bomb, workbook", "coding/codes.py", ("if size > limit:", "if False:"), "test_hostile.py::test_a_workbook_that_unpacks_without_end"),
    Guard("zip bomb, saved file", "saved.py", ("if size > limit:", "if False:"), "test_hostile.py::test_a_saved_file_that_unpacks_without_end"),
    Guard("far corner of a sheet", "coding/codes.py", ("if len(rows) > MAX_ROWS", "if False"), "test_hostile.py::test_a_sheet_with_one_cell_at_its_far_corner"),
    Guard("entities, Word", "reading/word.py", ("if any(mark in content for mark in _DECLARATIONS):", "if False:"), "test_hostile.py::test_a_word_file_that_unpacks_without_end"),
    Guard("entities, workbook", "coding/codes.py", ("    if declares:", "    if False:"), "test_hostile.py::test_a_workbook_that_unpacks_without_end"),
    Guard("nesting, HTML", "reading/html.py", ("if len(_HANS.findall(root.text_content())) <", "if 0 * len(_HANS.findall(root.text_content())) >"), "test_reading_html.py::test_hostile_pages_are_refused_with_a_reason"),
    Guard("nesting, saved file", "saved.py", ("        RuntimeError,  # a RecursionError among them\n", ""), "test_hostile.py::test_a_deeply_nested_saved_file"),
    Guard("shape of a saved file", "saved.py", ("except (KeyError, TypeError, AttributeError) as error:", "except ZeroDivisionError as error:"), "test_hostile.py::test_a_saved_file_of_other_shape_is_a_clear_error"),
    Guard("changed text of a saved file", "saved.py", ("if said != hashes.get(name)", "if False and said != hashes.get(name)"), "test_saved.py::test_a_text_changed_after_saving_is_reported"),
    Guard("damaged archive", "saved.py", ("        zipfile.BadZipFile,\n        zlib.error,\n        struct.error,\n", ""), "test_hostile.py::test_a_damaged_archive_is_never_a_foreign_error"),
    Guard("damaged Word file", "reading/word.py", ("archive = (zipfile.BadZipFile, zlib.error, struct.error, lxml.etree.LxmlError)", "archive = ()"), "test_reading_word.py::test_hostile_and_broken_archives_are_refused"),
    Guard("PDF in circles", "reading/pdf.py", ("document = within(options.max_seconds, lambda: _open(data))", "document = _open(data)"), "test_reading_pdf.py::test_scans_passwords_bombs_and_many_pages_are_refused"),
    Guard("PDF bomb", "reading/pdf.py", ("    _check_streams(data, path, options)\n    try:", "    try:"), "test_reading_pdf.py::test_scans_passwords_bombs_and_many_pages_are_refused"),
    Guard("pages of a PDF", "reading/pdf.py", ("if len(document.pages) > options.max_pages:", "if False:"), "test_reading_pdf.py::test_scans_passwords_bombs_and_many_pages_are_refused"),
    Guard("cells", "reading/cells.py", ("if len(cells) + rows * columns > self.limit:", "if False:"), "test_reading_html.py::test_hostile_pages_are_refused_with_a_reason"),
    Guard("patterns", "header/titles.py", ("〈((?:《[^《》]*》|[^〈〉])++)〉", "〈((?:《[^《》]*》|[^〈〉])+)〉"), "test_patterns.py::test_every_pattern_is_linear"),
    Guard("folder one cannot write to", "files.py", ('        _temporary(folder, "").unlink()\n', ""), "test_hostile.py::test_a_folder_that_cannot_be_written_to"),
    Guard("full disk: an error", "files.py", ("    except OSError as error:\n        raise ValueError(f\"could not write", "    except ZeroDivisionError as error:\n        raise ValueError(f\"could not write"), "test_hostile.py::test_a_full_disk_leaves_no_half_written_file"),
    Guard("full disk: nothing stays", "files.py", ("    finally:\n        temporary.unlink(missing_ok=True)\n", ""), "test_hostile.py::test_a_full_disk_leaves_no_half_written_file"),
    Guard("full disk: the old file stays", "files.py", ("        yield temporary\n", "        temporary = path\n        yield path\n"), "test_files.py::test_a_failed_write_leaves_what_was_there"),
    Guard("a file that exists", "files.py", ("if not overwrite and os.path.exists(path):", "if False:"), "test_files.py::test_an_existing_file_is_kept_unless_told"),
)  # fmt: skip


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the library and its tests, the data linked."""
    folder = tmp_path_factory.mktemp("guards")
    skip = shutil.ignore_patterns("__pycache__", ".hypothesis")
    for name in ("policycmp", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=skip)
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "data").symlink_to(ROOT / "data")
    return folder


def _run(tree: Path, test: str) -> tuple[int, str]:
    settings = {"PYTHONPATH": str(tree)}
    command = [sys.executable, "-m", "pytest", "-x", "-m", "", "-p", "no:cacheprovider", f"tests/{test}"]
    try:
        done = subprocess.run(
            command, cwd=tree, env={**os.environ, **settings}, capture_output=True, text=True, timeout=100
        )
    except subprocess.TimeoutExpired:
        return 1, "it did not end"
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_without_its_guard_the_test_fails(guard: Guard, tree: Path) -> None:
    path = tree / "policycmp" / guard.module
    whole = path.read_text(encoding="utf-8")
    without = whole
    for old, new in zip(guard.changes[::2], guard.changes[1::2], strict=True):
        assert old in without, "the guard was rewritten"
        without = without.replace(old, new)
    compiled = Path(cache_from_source(str(path)))
    compile(without, path.name, "exec")
    path.write_text(without, encoding="utf-8")
    compiled.unlink(missing_ok=True)  # two versions of a second and a size look the same to it
    try:
        code, said = _run(tree, guard.test)
    finally:
        path.write_text(whole, encoding="utf-8")
        compiled.unlink(missing_ok=True)
    assert code == 1, said  # 1: tests ran and failed; anything else is no answer
    assert "NameError" not in said and "ImportError" not in said


def test_the_security_page_names_tests_that_exist() -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`?(test_\w+\.py)::(test_\w+)", page))
    assert len(named) > 20
    for file, test in named:
        assert f"def {test}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), test
