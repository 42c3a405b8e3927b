"""Cutting: offsets, figures, policy words, the user's jieba left alone."""

from __future__ import annotations

import logging
import re
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policycmp.language import words
from policycmp.language.words import background_idf, cache_folder, cut, is_boilerplate, parts, stop_words
from policycmp.tables import read_table
from policycmp.text import fold


def texts(text: str) -> list[str]:
    return [word.text for word in cut(text)]


@settings(deadline=None)
@given(st.text(max_size=60))
def test_words_are_where_they_say_and_leave_only_white_space(text):
    at = 0
    for word in cut(text):
        assert text[word.start : word.end] == word.text
        assert not fold(text[at : word.start]).strip()
        at = word.end
    assert not fold(text[at:]).strip()


def test_policy_words_are_one_word_each():
    assert [row["word"] for row in read_table("policy_words") if texts(row["word"]) != [row["word"]]] == []


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["教育", "高质量", "发展", "县管校聘", "控辍保学", "会同县", "的", "育", "㐀", "镕"]),
        max_size=8,
    )
)
def test_han_text_is_cut_as_jieba_cuts_it_without_its_model(pieces):
    text = "".join(pieces)
    assert texts(text) == list(words._tokenizer().cut(text, HMM=False))


def test_so_are_the_bundled_plans(plan):
    for plan_id in ("xiji-2025", "wuzhong-2023", "leshan-2021", "pingluo-table"):
        runs = re.findall("[\u4e00-\u9fa5]+", plan(plan_id).text)
        jieba = [word for run in runs for word in words._tokenizer().cut(run, HMM=False)]
        assert [word for run in runs for word in texts(run)] == jieba


def test_adding_policy_words_splits_no_word_of_the_dictionary():
    import jieba

    plain = jieba.Tokenizer()
    plain.initialize()
    policy = [row["word"] for row in read_table("policy_words")]
    # Only words that share a stretch of two characters with a policy word can be touched.
    pairs = {word[i : i + 2] for word in policy for i in range(len(word) - 1)}
    known = [
        word
        for word, frequency in plain.FREQ.items()
        if frequency
        and 3 <= len(word) <= 8
        and all("\u3400" <= c <= "\u9fff" for c in word)  # Latin letters are cut by our own rule
        and any(word[i : i + 2] in pairs for i in range(len(word) - 1))
    ]
    assert len(known) > 1000
    whole = [word for word in known[::7] if list(plain.cut(word, HMM=False)) == [word]]
    assert [word for word in whole if texts(word) != [word]] == []


@pytest.mark.parametrize(
    ("text", "norms"),
    [
        ("2万平方米", ["20000", "平方米"]),
        ("20,000平方米", ["20000", "平方米"]),
        ("１２０００万元", ["120000000", "元"]),
        ("1.2亿元", ["120000000", "元"]),
        ("95.0%", ["95%"]),
        ("3-5名", ["3", "", "5", "名"]),
        ("VR教室", ["vr", "教室"]),
    ],
)
def test_figures_are_plain_digits(text, norms):
    assert [word.norm for word in cut(text)] == norms


def test_punctuation_has_no_norm():
    assert [word.norm for word in cut("“,。；()")] == [""] * 6


def test_the_users_jieba_is_not_changed():
    import jieba

    before = (dict(jieba.dt.FREQ), jieba.default_logger.level, list(jieba.default_logger.filters))
    cut("县管校聘")
    assert (jieba.dt.FREQ, jieba.default_logger.level, list(jieba.default_logger.filters)) == before
    assert words._tokenizer() is not jieba.dt


def test_loading_is_silent_for_this_thread_only(capfd, monkeypatch):
    import jieba

    monkeypatch.setattr(words, "_loaded", {})
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record):
            heard.append(record.getMessage())

    ear = Ear()
    jieba.default_logger.addHandler(ear)
    try:
        words._tokenizer()
        other = threading.Thread(target=jieba.default_logger.warning, args=("from another thread",))
        quiet = words._FromThisThread()
        jieba.default_logger.addFilter(quiet)
        other.start()
        other.join()
        jieba.default_logger.removeFilter(quiet)
    finally:
        jieba.default_logger.removeHandler(ear)
    assert heard == ["from another thread"]
    assert "prefix dict" not in capfd.readouterr().err


def test_without_a_writable_cache_folder_words_are_cut_all_the_same(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setattr(words, "cache_folder", lambda: blocked / "policycmp")
    monkeypatch.setattr(words, "_loaded", {})
    assert (
        "".join(part for part in words._tokenizer().cut("推进县管校聘改革", HMM=False)) == "推进县管校聘改革"
    )


@pytest.mark.parametrize(
    ("platform", "variable", "tail"),
    [
        ("linux", "XDG_CACHE_HOME", ("policycmp",)),
        ("win32", "LOCALAPPDATA", ("policycmp",)),
        ("darwin", "HOME", ("Library", "Caches", "policycmp")),
    ],
)
def test_the_cache_is_where_the_platform_keeps_caches(platform, variable, tail, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setenv(variable, str(tmp_path))
    assert cache_folder() == tmp_path.joinpath(*tail)


def test_threads_share_one_tokenizer(monkeypatch):
    monkeypatch.setattr(words, "_loaded", {})
    made: list[object] = []
    threads = [threading.Thread(target=lambda: made.append(words._tokenizer())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, made))) == 1


def test_long_words_hold_words():
    assert parts("义务教育") == ("义务", "教育")
    assert parts("教育") == ()


def test_weights_know_common_words():
    idf = background_idf()
    assert idf["发展"] < idf["寄宿制"]
    assert "的" in stop_words()
    assert is_boilerplate("推进") and not is_boilerplate("寄宿制")
