"""Cutting plan text into words, with offsets, by an own jieba tokenizer.

jieba's dictionary is news and novels; plans say 毛入园率, 控辍保学, 县管校聘. Those come from
``tables/policy_words.csv``. Each is given just the frequency at which it wins over its own
parts, computed from the shortest word to the longest, so that adding a word joins its parts
and never splits a longer word that holds it. The tokenizer is our own object with a cache in
the user's cache folder: the jieba a user may have configured is neither read nor changed.

jieba is cut without its hidden Markov model: the model joins unknown characters by their
neighbours, so that the same phrase is cut differently in two plans, and what counts here is
that it is cut alike. Figures are cut by our own rule (``30369``, ``2.5万``, ``98%`` are one
word; ``3-5`` is three).
"""

from __future__ import annotations

import logging
import os
import re
import sys
import threading
import warnings
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache, partial
from math import exp, inf, log
from pathlib import Path
from typing import Any, NamedTuple

from policycmp.tables import read_table
from policycmp.text import fold

__all__ = [
    "Word",
    "background_idf",
    "cache_folder",
    "cut",
    "is_boilerplate",
    "parts",
    "stop_words",
    "word_of",
]

_FIGURE = r"[0-9]{1,20}(?:,[0-9]{3}(?![0-9])){0,4}(?:\.[0-9]{1,20})?[万亿]?[%‰]?"
_RUN = re.compile(_FIGURE + r"|[A-Za-z][A-Za-z0-9]*|[\u3400-\u9fff]+|\S")
_JUST_MORE = 1.001
_loading = threading.Lock()
_loaded: dict[str, Any] = {}


class Word(NamedTuple):
    """A word with its place in the text it was cut from.

    ``norm`` is the form comparison sees: empty for punctuation, a placeholder such as ``〈教育〉``
    for what localisation exchanges (`policycmp.language.localisation`), else the folded word.
    """

    text: str
    start: int
    end: int
    norm: str = ""


word_of: Callable[[tuple[str, int, int, str]], Word] = partial(tuple.__new__, Word)
"""Makes a `Word` of a tuple in half the time of its own constructor."""


def cache_folder() -> Path:
    """Return the folder of policycmp in the user's cache (it need not exist)."""
    home = Path("~").expanduser()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "policycmp"


class _FromThisThread(logging.Filter):
    """Drops what one thread logs: jieba reports the load on stderr, other threads may have more to say."""

    def __init__(self) -> None:
        super().__init__()
        self.thread = threading.get_ident()

    def filter(self, record: logging.LogRecord) -> bool:
        return record.thread != self.thread


def _tokenizer() -> Any:
    found = _loaded.get("tokenizer")
    if found is not None:
        return found
    with _loading:
        if "tokenizer" not in _loaded:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # jieba's own old escapes and pkg_resources
                import jieba

            made = jieba.Tokenizer()
            made.cache_file = "jieba-words.cache"
            folder = cache_folder()
            try:
                folder.mkdir(parents=True, exist_ok=True)
                made.tmp_dir = str(folder)
            except OSError:
                made.tmp_dir = os.devnull  # nothing can be written there: jieba then loads without a cache
            quiet = _FromThisThread()
            jieba.default_logger.addFilter(quiet)
            try:
                made.initialize()
            finally:
                jieba.default_logger.removeFilter(quiet)
            _add_policy_words(made)
            _loaded["tokenizer"] = made
    return _loaded["tokenizer"]


def _add_policy_words(tokenizer: Any) -> None:
    frequency, total = tokenizer.FREQ, tokenizer.total
    for word in sorted({row["word"] for row in read_table("policy_words")}, key=lambda w: (len(w), w)):
        best = [0.0] + [-1e9] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(end):
                own = frequency.get(word[start:end]) or (1 if end - start == 1 else 0)
                if own and (start, end) != (0, len(word)):
                    best[end] = max(best[end], best[start] + log(own / total))
        frequency[word] = max(frequency.get(word, 0), exp(best[-1]) * total * _JUST_MORE)
        for end in range(1, len(word)):
            frequency.setdefault(word[:end], 0)
    for word in _NEVER:
        frequency[word] = 0


_NEVER = ("会同县",)
"""A county whose name is read far more often as 会同 (together with) before 县教育局, 县委 …"""


def _figure(text: str) -> str:
    """Return a figure as plain digits: ``2.50万`` is ``25000``, ``95.0%`` is ``95%``."""
    number, tail = text.replace(",", ""), ""
    if number[-1] in "%‰":
        number, tail = number[:-1], number[-1]
    factor = 1
    for unit, size in (("万", 10_000), ("亿", 100_000_000)):
        if number.endswith(unit):
            number, factor = number[:-1], size
    value = Decimal(number) * factor
    return f"{value.normalize():f}{tail}"


def _norm(piece: str) -> str:
    if piece[0] in "0123456789":
        return _figure(piece)
    return piece.lower() if piece[0].isalnum() or piece in "%‰℃" else ""


@lru_cache(maxsize=65536)
def _split(run: str) -> tuple[str, ...]:
    """Return the words of a stretch of Han characters; plans share more stretches than sentences.

    The path jieba takes without its Markov model, the most probable one, found in one walk from the
    end and so in a third of its time.
    """
    tokenizer = _tokenizer()
    known, whole, length = tokenizer.FREQ, log(tokenizer.total), len(run)
    best, after = [0.0] * (length + 1), [0] * length
    for start in range(length - 1, -1, -1):
        top, stop = -inf, 0
        for end in range(start + 1, length + 1):
            frequency = known.get(run[start:end])
            if frequency is None:  # nor does any longer word begin so
                break
            # Of equally probable words jieba takes the longer one.
            if frequency and (chance := log(frequency) - whole + best[end]) >= top:
                top, stop = chance, end
        best[start], after[start] = (top, stop) if stop else (best[start + 1] - whole, start + 1)
    words, start = [], 0
    while start < length:
        words.append(run[start : after[start]])
        start = after[start]
    return tuple(words)


@lru_cache(maxsize=4096)
def cut(text: str) -> tuple[Word, ...]:
    """Return the words of `text` in order, punctuation included, white space left out.

    Examples
    --------
    >>> [word.text for word in cut("毛入园率达到９５％以上")]
    ['毛入园率', '达到', '９５％', '以上']
    """
    folded = fold(text)
    plain = folded == text
    words: list[Word] = []
    for run in _RUN.finditer(folded):
        at, piece = run.start(), run.group()
        if "\u3400" <= piece[0] <= "\u9fff":
            for part in _split(piece):
                end = at + len(part)
                words.append(word_of((part if plain else text[at:end], at, end, part)))
                at = end
        else:
            words.append(Word(text[at : run.end()], at, run.end(), _norm(piece)))
    return tuple(words)


@lru_cache(maxsize=65536)
def parts(word: str) -> tuple[str, ...]:
    """Return the dictionary words of two or three characters inside a word of four or more.

    Examples
    --------
    >>> parts("普惠性幼儿园")
    ('普惠性', '幼儿', '幼儿园')
    """
    if len(word) < 4 or not "\u3400" <= word[0] <= "\u9fff":
        return ()
    known = _tokenizer().FREQ
    return tuple(
        word[start : start + size]
        for start in range(len(word) - 1)
        for size in (2, 3)
        if start + size <= len(word) and known.get(word[start : start + size])
    )


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Return the words that carry no meaning of their own (的, 和, 要 …)."""
    return frozenset(row["word"] for row in read_table("stop_words") if row["kind"] == "stop")


@lru_cache(maxsize=1)
def _boilerplate() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("stop_words") if row["kind"] == "boilerplate")


def is_boilerplate(word: str) -> bool:
    """Tell whether every plan uses the word whatever it is about (推进, 加强, 工作 …)."""
    return word in _boilerplate()


def background_idf() -> dict[str, float]:
    """Return jieba's inverse document frequencies, the largest open ones there are for Chinese."""
    if "idf" not in _loaded:
        _tokenizer()
        import jieba

        with _loading:
            if "idf" not in _loaded:
                # Read where it lies: importing jieba.analyse loads a tagger and the table a second time.
                path = Path(jieba.__file__).with_name("analyse") / "idf.txt"
                pairs = path.read_text(encoding="utf-8").split()
                _loaded["idf"] = dict(zip(pairs[::2], map(float, pairs[1::2]), strict=True))
    found: dict[str, float] = _loaded["idf"]
    return found
