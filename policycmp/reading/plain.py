"""Plain text and Markdown: decode, even out line ends, keep everything else as it is."""

from __future__ import annotations

import re

from policycmp.errors import PlanReadError
from policycmp.model import Remark
from policycmp.reading.annotations import without_pinyin
from policycmp.reading.document import Extract, ReadOptions
from policycmp.reading.encodings import Decoded, decode

__all__ = ["decoded", "encoding_remarks", "even_lines", "read_plain"]


def read_plain(data: bytes, path: str, options: ReadOptions) -> Extract:
    """Return the text of a plain or Markdown file."""
    found = decoded(data, path)
    text, noise = without_pinyin(even_lines(found.text))
    return Extract(text, found.encoding, (*encoding_remarks(found, text), *noise))


def decoded(data: bytes, path: str, *, declared: str | None = None) -> Decoded:
    """Decode or say that this is no text."""
    found = decode(data, declared=declared)
    if found is None:
        raise PlanReadError(
            path,
            "bytes that are not readable text in UTF-8, UTF-16, GB18030 or Big5",
            "Save the document as UTF-8 text, .docx, .html or .pdf.",
        )
    return found


def even_lines(text: str) -> str:
    r"""Return `text` with every line end as ``\n``, without byte order marks and zero bytes.

    Form feeds stay: in the text layer of a PDF they say where a page ends.

    Examples
    --------
    >>> even_lines("\ufeff一、\r\n二、\r三、")
    '一、\n二、\n三、'
    """
    even = re.sub(r"\r\n?|[\x0b\x85\u2028\u2029]", "\n", text)
    return even.replace("\ufeff", "").replace("\x00", "")


def encoding_remarks(found: Decoded, text: str) -> tuple[Remark, ...]:
    """Say that the encoding was guessed and where bytes were lost."""
    remarks = []
    if found.guessed:
        remarks.append(Remark("encoding", f"read as {found.encoding} (a guess: the file does not say)"))
    lost = [m.start() for m in re.finditer("\ufffd", text)]
    if lost:
        remarks.append(
            Remark("damage", f"{len(lost)} characters could not be decoded", lost[0], lost[-1] + 1)
        )
    return tuple(remarks)
