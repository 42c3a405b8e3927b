"""compare_many on a dask cluster: the frames of a serial run, also when a worker is killed on the way."""

from __future__ import annotations

import os
import signal
import sys

import joblib
import pandas as pd
import pytest
from conftest import ROOT

import policycmp as pc

sys.path.insert(0, str(ROOT / "benchmarks"))

distributed = pytest.importorskip("distributed", reason="dask.distributed is in the scale extra")
generate = pytest.importorskip("generate", reason="the generator of plans is in the repository only")

pytestmark = pytest.mark.check

NUMBER = 16


@pytest.fixture
def cluster():
    """Return a cluster of two worker processes, and its client."""
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield cluster, client


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    return generate.write_counties(tmp_path_factory.mktemp("plans"), NUMBER)


@pytest.fixture(scope="module")
def serial(paths):
    return pc.compare_many(paths, "wuzhong-2023", progress=False)


def _assert_same(results: pc.ComparisonSet, serial: pc.ComparisonSet) -> None:
    assert results.failures.empty
    for name in ("clauses", "measures", "targets", "evidence"):
        pd.testing.assert_frame_equal(getattr(results, name), getattr(serial, name), check_dtype=False)
    pd.testing.assert_frame_equal(results.summary(), serial.summary(), check_dtype=False)


def test_two_workers_give_the_frames_of_a_serial_run(cluster, paths, serial, tmp_path):
    _, client = cluster
    with distributed.get_task_stream(client=client) as tasks, joblib.parallel_config(backend="dask"):
        kept = pc.compare_many(paths, "wuzhong-2023", progress=False)
        streamed = pc.compare_many(paths, "wuzhong-2023", progress=False, out=tmp_path)
    assert len({task["worker"] for task in tasks.data}) == 2
    _assert_same(kept, serial)
    _assert_same(streamed, serial)


def test_a_plan_that_fails_on_a_worker_is_recorded(cluster, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    with joblib.parallel_config(backend="dask"):
        done = pc.compare_many([empty, pc.load_plan("xiji-2025")], "wuzhong-2023", progress=False)
    assert done.failures["plan"].tolist() == [str(empty)]
    assert done.summary()["plan_id"].unique().tolist() == ["xiji-2025"]


@pytest.mark.parametrize("streamed", [False, True], ids=["kept", "streamed"])
def test_a_worker_killed_on_the_way_loses_nothing(cluster, paths, serial, tmp_path, streamed):
    cluster, _ = cluster
    victim = next(iter(cluster.workers.values())).pid
    killed = []

    def plans_with_a_murder():
        # Plans are drawn as workers get free: by the tenth some are done, some under way, some to come.
        for i, path in enumerate(paths):
            if i == 10:
                os.kill(victim, signal.SIGKILL)
                killed.append(victim)
            yield path

    with joblib.parallel_config(backend="dask"):
        results = pc.compare_many(
            plans_with_a_murder(), "wuzhong-2023", progress=False, out=tmp_path if streamed else None
        )
    assert killed == [victim]
    _assert_same(results, serial)
