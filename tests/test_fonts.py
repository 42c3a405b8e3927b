"""The packaged font: known once, left alone afterwards, and used to measure text."""

from __future__ import annotations

import matplotlib
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.font_manager import FontProperties, findfont, fontManager
from pylopdf_fonts_zh_cn import sans_path

from policycmp.fonts import FAMILIES, chinese_context, drawable, shorten, text_width, use_chinese_font, wrap

PLAN_TEXT = st.text(
    st.sampled_from("教育质量提升（2025）“双减”，。、；：93%≥ABc $·…—\n鄠堽犇\ue000"), max_size=60
)


def test_font_is_registered_once():
    for _ in range(3):
        with chinese_context():
            pass
    ours = [font for font in fontManager.ttflist if font.fname == str(sans_path())]
    assert len(ours) == 1
    assert findfont(FontProperties(family=[FAMILIES[0]])) == str(sans_path())


def test_context_gives_the_users_settings_back():
    with matplotlib.rc_context({"font.size": 17, "text.parse_math": True, "axes.facecolor": "black"}):
        before = dict(matplotlib.rcParams)
        with chinese_context({"font.size": 5}):
            assert matplotlib.rcParams["font.size"] == 5
            assert matplotlib.rcParams["axes.facecolor"] == "white"
            assert matplotlib.rcParams["text.parse_math"] is False
        assert dict(matplotlib.rcParams) == before


def test_use_chinese_font_sets_the_family_and_nothing_else():
    with matplotlib.rc_context():
        before = dict(matplotlib.rcParams)
        assert use_chinese_font() == "Noto Sans SC"
        after = dict(matplotlib.rcParams)
    assert {key for key in before if before[key] != after[key]} == {"font.family"}


def test_characters_without_a_glyph_become_a_geta_mark():
    assert drawable("堽\ue000犇\n羊") == "堽〓犇 羊"


@given(PLAN_TEXT, st.floats(30, 300), st.floats(5, 20))
def test_shortened_text_fits_and_keeps_the_number(text, width, size):
    keep = "7."
    short = shorten(text, width, size, keep=keep)
    assert short.startswith(keep)
    assert text_width(short, size) <= max(width, text_width(keep + "…", size)) + 1e-6


@given(PLAN_TEXT, st.floats(60, 300))
def test_wrapping_loses_no_character(text, width):
    lines = wrap(text, width, 10)
    assert "".join("".join(lines).split()) == "".join(drawable(text).split())
    assert all(text_width(line, 10) <= width for line in lines)


def test_wrapping_stops_at_the_last_line():
    lines = wrap("对照方在后而且互不隶属" * 9, 100, 10, lines=2)
    assert len(lines) == 2 and lines[1].endswith("…")


def test_a_notebooks_backend_that_is_loaded_by_our_first_figure_stays_interactive():
    """Or else a notebook shows the first chart and none of the others."""
    before = matplotlib.is_interactive()
    try:
        matplotlib.interactive(False)
        with chinese_context():
            matplotlib.interactive(True)
        assert matplotlib.is_interactive()
    finally:
        matplotlib.interactive(before)
