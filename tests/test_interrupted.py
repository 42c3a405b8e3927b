"""A run killed at any moment is continued by the same call, and ends as if nothing had happened."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT

import policycmp as pc

sys.path.insert(0, str(ROOT / "benchmarks"))

pytest.importorskip("pyarrow")
generate = pytest.importorskip("generate", reason="the generator of plans is in the repository only")

pytestmark = [
    pytest.mark.check,
    pytest.mark.skipif(not hasattr(os, "killpg"), reason="process groups are POSIX"),
]

NUMBER, TRIALS = 40, 5
FRAMES = ("clauses", "measures", "targets", "evidence", "summary")
RUN = """
import sys
from pathlib import Path
import policycmp as pc
paths = sorted(Path(sys.argv[1]).glob("*.txt"))
done = pc.compare_many(paths, "wuzhong-2023", n_jobs=2, progress=False, out=sys.argv[2])
assert done.failures.empty
"""


def _start(plans: Path, out: Path) -> subprocess.Popen[bytes]:
    """Start a run in a process group of its own."""
    return subprocess.Popen([sys.executable, "-c", RUN, str(plans), str(out)], start_new_session=True)


def _markers(out: Path) -> list[Path]:
    return list((out / "done").glob("*.json"))


def _content(out: Path) -> dict[str, pd.DataFrame]:
    """Return each frame as anybody reads the folder: every file of the name, whatever wrote it."""
    frames = {}
    for name in FRAMES:
        frame = pd.concat([pd.read_parquet(path) for path in sorted((out / name).glob("*.parquet"))])
        frames[name] = frame.sort_values(list(frame.columns), ignore_index=True, key=lambda c: c.astype(str))
    return frames


def _written(files) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in files}


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plans")
    generate.write_counties(folder, NUMBER)
    return folder


@pytest.fixture(scope="module")
def undisturbed(plans, tmp_path_factory):
    """Return the content of a run that nothing happened to."""
    out = tmp_path_factory.mktemp("undisturbed")
    assert _start(plans, out).wait() == 0
    return _content(out)


@pytest.mark.parametrize("trial", range(TRIALS))
def test_killed_and_run_again_gives_the_same_content_without_doing_it_twice(
    plans, undisturbed, tmp_path, trial
):
    chance = random.Random(trial)
    number, moment = chance.randint(1, NUMBER - 15), chance.uniform(0, 0.5)
    run = _start(plans, tmp_path)
    while run.poll() is None and len(_markers(tmp_path)) < number:
        time.sleep(0.02)
    time.sleep(moment)
    os.killpg(run.pid, signal.SIGKILL)
    assert run.wait() == -signal.SIGKILL
    markers = _written(_markers(tmp_path))
    assert 0 < len(markers) < NUMBER
    finished = {path.stem for path in markers}
    parts = _written(p for p in tmp_path.rglob("*.parquet") if p.stem in finished)
    assert len(parts) == len(FRAMES) * len(finished)

    assert _start(plans, tmp_path).wait() == 0
    assert _written(markers) == markers
    assert _written(parts) == parts
    again = _content(tmp_path)
    for name in FRAMES:
        pd.testing.assert_frame_equal(again[name], undisturbed[name])


def test_the_rows_of_every_plan_are_there(undisturbed):
    for name in FRAMES:
        assert undisturbed[name]["plan_id"].nunique() == NUMBER


PLANS = ["xiji-2025", "leshan-2021"]
DIES = """
import os, signal, sys
replace, parts = os.replace, 0
def die(source, target, **options):
    global parts
    parts += str(target).endswith(".parquet")
    if parts == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    replace(source, target, **options)
os.replace = die
import policycmp as pc
options = pc.CompareOptions(measures=sys.argv[2] == "measures")
pc.compare_many(sys.argv[3:], "wuzhong-2023", progress=False, out=sys.argv[1], options=options)
"""


def _dies_at_the_seventh_part(out: Path, measures: str = "measures") -> None:
    """Run and be killed when the seventh part is written and not yet named: the first plan is done."""
    run = subprocess.run([sys.executable, "-c", DIES, str(out), measures, *PLANS], check=False)
    assert run.returncode == -signal.SIGKILL


def _rows(out: Path) -> dict[str, dict[str, int]]:
    return {name: frame.groupby("plan_id").size().to_dict() for name, frame in _content(out).items()}


def test_killed_between_writing_a_part_and_naming_it_leaves_nothing_that_is_read(tmp_path):
    _dies_at_the_seventh_part(tmp_path / "killed")
    for out in ("killed", "whole"):
        pc.compare_many(PLANS, "wuzhong-2023", progress=False, out=tmp_path / out)
    assert _rows(tmp_path / "killed") == _rows(tmp_path / "whole")


def test_a_run_killed_while_it_overwrites_another_leaves_no_part_that_passes_for_the_others(tmp_path):
    pc.compare_many(PLANS, "wuzhong-2023", progress=False, out=tmp_path)
    _dies_at_the_seventh_part(tmp_path, "no measures")
    again = pc.compare_many(PLANS, "wuzhong-2023", progress=False, out=tmp_path)
    whole = pc.compare_many(PLANS, "wuzhong-2023", progress=False)
    for name in FRAMES:
        one, other = (r.summary() if name == "summary" else getattr(r, name) for r in (again, whole))
        pd.testing.assert_frame_equal(one, other, check_dtype=False)
