"""The table of baselines in the documentation is what the script finds."""

from __future__ import annotations

import re
import sys

import pytest
from conftest import ROOT

pytestmark = [
    pytest.mark.check,
    pytest.mark.skipif(not (ROOT / "benchmarks").is_dir(), reason="the sdist holds no benchmarks"),
]


@pytest.fixture(scope="module")
def baselines():
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        import baselines
    finally:
        sys.path.pop(0)
    return baselines


@pytest.mark.parametrize("unit", ["clauses", "measures"])
def test_our_row_of_the_documented_table_is_what_a_run_gives(baselines, unit):
    page = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")
    table = page.split("<!-- baselines -->")[1].split("<!-- /baselines -->")[0]
    rows = re.findall(r"^\| \*\*policycmp\*\* .*$", table, re.M)
    assert rows[list(baselines.UNITS).index(unit)] == baselines.line(
        "**policycmp**", baselines.ours(unit), unit
    )
    assert re.search(r"\d{4}-\d\d-\d\d; policycmp \d", table)


def test_a_baseline_is_shown_at_its_best(baselines):
    """No other threshold on the grid gives more counterparts, and the label below is one of the guide's."""
    scores = {"leshan-2021": baselines.tfidf("clauses")["leshan-2021"]}
    found, how = baselines.best(scores, "clauses")
    for new in (0.0, 0.1, 0.2, 0.3, 1.0):
        other = baselines.judged(baselines.cut(scores, "clauses", new, 2, "adapt"), "clauses")
        assert other.counterpart_agreement <= found.counterpart_agreement
    assert re.search(r"else (adapt|sharpen|mixed|weaken)$", how)
