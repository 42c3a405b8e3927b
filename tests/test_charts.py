"""Charts: what is drawn, that nothing is cut, and that the user's matplotlib is left alone."""

from __future__ import annotations

import matplotlib
import pytest
from chart_cases import CASES

from policycmp import charts

matplotlib.use("Agg")


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", charts.CHARTS)
def test_every_chart_draws_every_case(name, case):
    draw, tell = charts.CHARTS[name]
    axes = draw(CASES[case]())
    axes.figure.canvas.draw()
    assert tell(CASES[case](), "zh") and tell(CASES[case](), "en")
    matplotlib.pyplot.close(axes.figure)
