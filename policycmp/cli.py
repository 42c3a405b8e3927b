"""The ``policycmp`` command: compare plans and write what people look at, without writing Python.

Bad usage and bad input end with one line on stderr and exit code 2; nothing is written over
unless ``--overwrite`` is given, and every file is whole or not there.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp.text import clean

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.comparison import Comparison

__all__ = ["main"]

_BENCHMARK = "wuzhong-2023"
"""The bundled plan ``report`` holds the others against: the prefectural template."""
_FRAMES = ("clauses", "measures", "targets", "evidence")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins like this for a formula."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0, 1 if `verify` found differences, 2 for bad usage or input.

    Examples
    --------
    >>> main(["compare", "no-such-plan", "wuzhong-2023", "--out", "out"])
    2
    """
    arguments = _parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without Chinese should not end the work
            stream.reconfigure(errors="backslashreplace")
    try:
        with warnings.catch_warnings():
            warnings.showwarning = _tell
            code: int = arguments.run(arguments) or 0
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (ValueError, FileExistsError, FileNotFoundError, PermissionError, IsADirectoryError) as error:
        hint = str(error).replace("set overwrite=True", "add --overwrite")
        print(f"policycmp: {hint}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return code


def _tell(message: Warning | str, *_: object, **__: object) -> None:
    """Say a warning as a sentence, without the line of code it came from."""
    print(f"policycmp: note: {message}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    from importlib.metadata import version

    parser = argparse.ArgumentParser(
        prog="policycmp", description="Compare local government plans with the plan they are held against."
    )
    parser.add_argument("--version", action="version", version=f"policycmp {version('policycmp')}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Any, text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(run=run)
        return made

    def writes(made: argparse.ArgumentParser) -> None:
        made.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write to")
        made.add_argument(
            "--lang", choices=("zh", "en"), default="zh", help="language of headings (default zh)"
        )
        made.add_argument("--overwrite", action="store_true", help="replace files that exist")

    command("plans", _plans, "List the bundled plans.")
    one = command(
        "compare", _compare, "Compare one plan with a template: report, workbook, charts and tables."
    )
    one.add_argument(
        "local", metavar="LOCAL", help="id of a bundled plan, or a document (.txt .html .docx .pdf)"
    )
    one.add_argument("template", metavar="TEMPLATE", help="the plan to compare with")
    writes(one)
    targets = command("targets", _targets, "Print the targets of plans as CSV.")
    targets.add_argument("plans", nargs="+", metavar="PLAN", help="id of a bundled plan, or a document")
    writes(
        command("report", _report, f"Compare every other bundled plan with {_BENCHMARK} and write an index.")
    )
    check = command("verify", _verify, "Compute a saved comparison anew and print every value that differs.")
    check.add_argument("saved", type=Path, metavar="ZIP", help="a comparison.zip")
    return parser


def _plans(_: argparse.Namespace) -> None:
    from policycmp.datasets import list_plans

    for plan in list_plans().itertuples():
        date = plan.date if isinstance(plan.date, str) else ""
        print(f"{plan.plan_id:<16}{date:<12}{plan.title}")


def _targets(arguments: argparse.Namespace) -> None:
    from policycmp.datasets import as_plan

    header = True
    for plan in [as_plan(source) for source in arguments.plans]:
        frame = plan.targets.copy()
        frame.insert(0, "plan_id", plan.plan_id)
        sys.stdout.write(_csv(frame, header=header))
        header = False


def _compare(arguments: argparse.Namespace) -> None:
    from policycmp.comparing import compare
    from policycmp.datasets import as_plan

    local, template = as_plan(arguments.local), as_plan(arguments.template)
    _check_free(arguments.out, "report.html", overwrite=arguments.overwrite)
    steps = _watched(["compare", "write"], "policycmp compare", 2)
    next(steps)
    comparison = compare(local, template)
    next(steps)
    _write(comparison, arguments.out, arguments.lang, overwrite=arguments.overwrite)
    list(steps)
    _say_where(arguments.out / "report.html", arguments.out)


def _report(arguments: argparse.Namespace) -> None:
    from joblib import Parallel, cpu_count, delayed

    from policycmp.datasets import list_plans
    from policycmp.report.index import folder_name, write_index

    out = arguments.out
    _check_free(out, "index.html", overwrite=arguments.overwrite)
    plans = [plan_id for plan_id in list_plans()["plan_id"] if plan_id != _BENCHMARK]
    jobs = Parallel(n_jobs=min(cpu_count(), len(plans)), return_as="generator")(
        delayed(_one)(plan_id, out / folder_name(plan_id), arguments.lang, arguments.overwrite)
        for plan_id in plans
    )
    comparisons = list(_watched(jobs, "policycmp report", len(plans)))
    index = write_index(comparisons, out, arguments.lang, overwrite=arguments.overwrite)
    _say_where(index, out)


def _check_free(folder: Path, page: str, *, overwrite: bool) -> None:
    """Raise before any work is done if the folder cannot be written to or holds an earlier result."""
    from policycmp.files import make_folder

    if (make_folder(folder) / page).exists() and not overwrite:
        raise FileExistsError(f"{folder / page} already exists: choose another folder, or set overwrite=True")


def _one(plan_id: str, folder: Path, lang: str, overwrite: bool) -> Comparison:
    from policycmp.comparing import compare

    comparison = compare(plan_id, _BENCHMARK)
    _write(comparison, folder, lang, overwrite=overwrite)
    return comparison


def _verify(arguments: argparse.Namespace) -> int:
    from policycmp.saved import verify

    differences = verify(arguments.saved)
    if differences.empty:
        print(f"{arguments.saved}: every value is the same")
        return 0
    sys.stdout.write(_csv(differences))
    numbers = [
        abs(a - b) for a, b in zip(differences["saved"], differences["computed"], strict=True) if _both(a, b)
    ]
    largest = f", {len(numbers)} of them numbers, by at most {max(numbers):.2g}" if numbers else ""
    print(f"policycmp: {arguments.saved}: {len(differences)} differences{largest}", file=sys.stderr)
    return 1


def _both(a: Any, b: Any) -> bool:
    return all(isinstance(x, int | float) and not isinstance(x, bool) for x in (a, b))


def _write(comparison: Comparison, folder: Path, lang: str, *, overwrite: bool) -> None:
    """Write report, workbook, saved comparison, charts and tables."""
    from policycmp.charts import save_charts
    from policycmp.files import write_text
    from policycmp.report.index import PARTS

    comparison.to_html(folder / PARTS["report"], lang=lang, overwrite=overwrite)
    comparison.to_excel(folder / PARTS["workbook"], lang=lang, overwrite=overwrite)
    comparison.save(folder / PARTS["saved"], overwrite=overwrite)
    save_charts(comparison, folder / PARTS["charts"], formats=("png", "svg"), lang=lang, overwrite=overwrite)
    for name in _FRAMES:
        # The mark at the front tells Excel that the file is UTF-8.
        text = "\ufeff" + _csv(getattr(comparison, name))
        write_text(folder / PARTS["tables"] / f"{name}.csv", text, overwrite=overwrite)


def _csv(frame: pd.DataFrame, *, header: bool = True) -> str:
    """Return the frame as CSV in which no cell is a formula: an apostrophe goes before what looks like one."""
    shown = frame.copy()
    for column in shown.columns:
        shown[column] = shown[column].map(_shown, na_action="ignore")
    return shown.to_csv(index=False, header=header, lineterminator="\n")


def _shown(value: Any) -> Any:
    if isinstance(value, tuple):
        value = "、".join(map(str, value))
    if isinstance(value, str):
        # A bare carriage return is not quoted, and would begin a row of its own.
        value = clean(value.replace("\r\n", "\n").replace("\r", "\n"))
    # A comparator "=" alone is no formula, and scripts look for it.
    risky = isinstance(value, str) and len(value) > 1 and value.startswith(_FORMULA)
    return f"'{value}" if risky else value


def _watched(items: Iterable[Any], name: str, total: int) -> Iterator[Any]:
    """Return the items, with a progress bar on stderr if it takes longer than two seconds."""
    from tqdm import tqdm

    return iter(tqdm(items, desc=name, total=total, delay=2, leave=False, disable=None))


def _say_where(page: Path, folder: Path) -> None:
    print(f"Wrote everything into {folder}. Look at {page} first.")
