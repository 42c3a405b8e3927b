"""Fixtures shared by the suite: the bundled plans and their comparisons, made once."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import matplotlib
import pytest

matplotlib.use("Agg")

ROOT = Path(__file__).resolve().parent.parent


def corpus_folder() -> Path | None:
    """Return the folder of real documents outside the project, if this machine has it."""
    folder = Path(os.environ.get("POLICYCMP_CORPUS", ROOT.parent / "shared" / "corpus"))
    return folder if folder.is_dir() else None


@cache
def _plan(plan_id: str):
    import policycmp as pc

    return pc.load_plan(plan_id)


@cache
def _comparison(local: str, template: str):
    import policycmp as pc

    return pc.compare(_plan(local), _plan(template))


@pytest.fixture(scope="session")
def plan():
    """Return ``plan(plan_id)``, a bundled plan parsed once a session."""
    return _plan


@pytest.fixture(scope="session")
def comparison():
    """Return ``comparison(local, template="wuzhong-2023")``, made once a session."""
    return lambda local, template="wuzhong-2023": _comparison(local, template)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the corpus folder; the test skips where there is none."""
    folder = corpus_folder()
    if folder is None:
        pytest.skip("no corpus of real documents beside the project (set POLICYCMP_CORPUS)")
    return folder


@pytest.fixture(autouse=True)
def close_figures():
    """Close every figure a test opened."""
    yield
    import matplotlib.pyplot as plt

    plt.close("all")
