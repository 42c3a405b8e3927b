"""Bytes to characters, and how sure we are.

Government sites publish UTF-8, GB18030 (often declared as GB2312), UTF-16 from Windows
and, rarely, Big5. A byte order mark decides; then strict UTF-8, which Chinese text in
another encoding practically never satisfies. Otherwise the encodings in question are
tried (what the document declares, what charset-normalizer thinks, the Chinese ones) and
the text that reads best wins: in real Chinese every third character is one of a few dozen
(的, 发, 工, 作 …), in mojibake hardly any. A text that does not read is refused rather
than handed on, and single undecodable bytes are counted.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache

from policycmp.tables import read_table

__all__ = ["Decoded", "decode", "readability"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHINESE = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_SAMPLE = 40_000
"""Bytes looked at to choose; the whole file is then decoded with the choice."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_READABLE = 0.12
_LOST = 0.01
"""Share of undecodable characters above which a file is not text in that encoding."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read with, whether that was a guess, and how many bytes were lost."""

    text: str
    encoding: str
    guessed: bool
    lost: int = 0


@cache
def _common() -> frozenset[str]:
    return frozenset(row["character"] for row in read_table("common_characters"))


def readability(text: str) -> float:
    """Return the share of the commonest characters among the non-ASCII letters and digits of `text`.

    Text without any of them (plain ASCII) is as readable as can be; control characters
    make it unreadable.

    Examples
    --------
    >>> readability("全县教育工作") > 0.5, readability("ȫ�ؽ�������") > 0.1
    (True, False)
    """
    if _CONTROL.search(text):
        return 0.0
    letters = [c for c in text if c > "\x7f" and (c.isalnum() or not c.isprintable() or c == "\ufffd")]
    return sum(c in _common() for c in letters) / len(letters) if letters else 1.0


def decode(data: bytes, *, declared: str | None = None) -> Decoded | None:
    """Return the text of `data`, or None if no encoding makes it readable text.

    Parameters
    ----------
    data : bytes
        The file.
    declared : str, optional
        The encoding the document names (``<meta charset>``); believed only if the result reads.

    Examples
    --------
    >>> decode("关于印发方案的通知".encode("gb18030") * 3).encoding
    'gb18030'
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _lenient(data, name, guessed=False)
    if b"\x00" not in data[:_SAMPLE]:
        try:
            text = data.decode("utf-8")
            return Decoded(text, "utf-8", False) if _mostly_text(text) else None
        except UnicodeDecodeError:
            pass
    known = _superset(declared)
    best = max(_candidates(data, declared), key=lambda name: _score(data, name))
    return _lenient(data, best, guessed=best != known) if _score(data, best) >= _READABLE else None


def _candidates(data: bytes, declared: str | None) -> list[str]:
    names = ["utf-8", _superset(declared)]
    try:
        from charset_normalizer import from_bytes

        match = from_bytes(data[:_SAMPLE]).best()
        if match is not None:
            names.append(_superset(match.encoding))
    except ImportError:  # the four Chinese encodings below are tried all the same
        pass
    return [name for name in dict.fromkeys((*names, *_CHINESE)) if name is not None]


def _superset(name: str | None) -> str | None:
    """The widest encoding of a family: pages that say gb2312 use characters of gb18030."""
    if name is None or not _known(name):
        return None
    plain = codecs.lookup(name).name
    if plain in ("gb2312", "gbk", "gb18030", "hz"):
        return "gb18030"
    return "big5hkscs" if plain in ("big5", "cp950", "big5hkscs") else plain


def _mostly_text(text: str) -> bool:
    sample = text[:_SAMPLE]
    return len(_CONTROL.findall(sample)) <= 0.01 * len(sample)


def _known(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _score(data: bytes, name: str) -> float:
    # Cut at an even place for UTF-16; one broken character at the end does not matter.
    sample = data[:_SAMPLE]
    try:
        text = sample.decode(name, errors="replace")
    except (UnicodeError, ValueError):
        return 0.0
    return readability(text) - 5 * text.count("\ufffd") / max(len(text), 1)


def _lenient(data: bytes, name: str, *, guessed: bool) -> Decoded | None:
    text = data.decode(name, errors="replace")
    lost = text.count("\ufffd")
    return Decoded(text, name, guessed, lost) if lost <= _LOST * len(text) else None
