"""Charts as files."""

from __future__ import annotations

import matplotlib
import matplotlib.pyplot as plt
import pytest
from chart_cases import make_comparison

from policycmp import charts
from policycmp.charts import save


@pytest.fixture
def two_charts(monkeypatch):
    monkeypatch.setattr(save, "CHARTS", {k: charts.CHARTS[k] for k in ("relations", "targets")})


def test_all_charts_are_written_and_closed(tmp_path):
    paths = charts.save_charts(make_comparison(), tmp_path / "new" / "folder", formats=["svg"], size="column")
    assert [p.stem for p in paths] == list(charts.CHARTS)
    assert sorted(p.name for p in paths) == sorted(p.name for p in (tmp_path / "new" / "folder").iterdir())
    assert not plt.get_fignums()


def test_formats_hold_outlines_and_the_description(tmp_path, two_charts):
    comparison = make_comparison()
    paths = charts.save_charts(comparison, tmp_path, formats=("png", "svg", "pdf"), lang="en")
    assert [p.name for p in paths[:3]] == ["relations.png", "relations.svg", "relations.pdf"]
    told = charts.chart_alt_text("relations", comparison, "en")
    svg = paths[1].read_text(encoding="utf-8")
    assert "<text" not in svg and told in svg
    assert told.encode() in paths[0].read_bytes()
    assert b"/Type3" in paths[2].read_bytes() and b"/Type42" not in paths[2].read_bytes()


def test_the_same_comparison_gives_the_same_files(tmp_path, two_charts):
    for folder in ("a", "b"):
        charts.save_charts(make_comparison(), tmp_path / folder, formats=["svg", "pdf"])
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_existing_files_are_kept_unless_told(tmp_path, two_charts):
    (tmp_path / "targets.png").write_text("mine")
    with pytest.raises(FileExistsError, match="overwrite=True"):
        charts.save_charts(make_comparison(), tmp_path, formats=["png"])
    assert [p.name for p in tmp_path.iterdir()] == ["targets.png"]
    charts.save_charts(make_comparison(), tmp_path, formats=["png"], overwrite=True)
    assert (tmp_path / "targets.png").read_bytes().startswith(b"\x89PNG")


def test_a_chart_that_fails_leaves_no_half_file_and_no_figure(tmp_path, two_charts, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("no ink")

    monkeypatch.setattr(matplotlib.figure.Figure, "savefig", fail)
    with pytest.raises(RuntimeError, match="no ink"):
        charts.save_charts(make_comparison(), tmp_path)
    assert not list(tmp_path.iterdir()) and not plt.get_fignums()


@pytest.mark.parametrize(
    ("wrong", "message"), [({"formats": ["bmp"]}, "png"), ({"size": "A4"}, "page"), ({"lang": "de"}, "zh")]
)
def test_wrong_choices_are_refused_before_anything_is_written(tmp_path, wrong, message):
    with pytest.raises(ValueError, match=message):
        charts.save_charts(make_comparison(), tmp_path / "folder", **wrong)
    assert not (tmp_path / "folder").exists()
