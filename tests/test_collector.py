"""Comparing leaves no cycles behind, so pausing the collector of cycles costs no memory."""

import gc

import pytest

import policycmp as pc
from policycmp import comparing
from policycmp.collector import no_collector

FRAMES = ("clauses", "measures", "targets", "evidence")


def frames(local, template):
    result = pc.compare(local, template)
    return [len(getattr(result, name)) for name in FRAMES]


def test_a_comparison_with_all_its_frames_leaves_nothing_for_the_collector():
    frames("leshan-2021", "pingluo-2019")  # what is loaded once is loaded
    gc.collect()
    with no_collector():
        assert all(frames("xiji-2025", "wuzhong-2023"))
        assert gc.collect() == 0


@pytest.mark.parametrize("running", [True, False])
def test_the_collector_runs_afterwards_as_before_even_after_an_error(running):
    (gc.enable if running else gc.disable)()
    try:
        with pytest.raises(KeyError), no_collector():
            assert not gc.isenabled()
            raise KeyError
        assert gc.isenabled() is running
    finally:
        gc.enable()


def test_the_collector_is_paused_while_two_plans_are_compared(monkeypatch):
    running = []
    align = comparing.align
    monkeypatch.setattr(comparing, "align", lambda *given: running.append(gc.isenabled()) or align(*given))
    pc.compare("xiji-2025", "wuzhong-2023")
    assert running == [False]
    assert gc.isenabled()
