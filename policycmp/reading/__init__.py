"""From a file to one text, whatever the format.

`read_document` looks at the first bytes rather than at the name (sites save HTML as
``.doc`` and Word files as ``.txt``), hands the bytes to the room for that format, and
returns one text. A table becomes *cell text* in every format: each row is a line break
and a tab before every cell, a cell's own lines are plain line breaks, an empty line stands
between rows, and a merged cell is empty below or right of its first cell. So one parser
serves all of them. Nothing is guessed silently: the encoding is recorded in ``source``,
what was lost or left out is in ``remarks``, and a file that cannot be read as text raises
`PlanReadError` with what was found and what to do.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from policycmp.errors import PlanReadError
from policycmp.model import Source
from policycmp.reading.document import Document, Extract, ReadOptions
from policycmp.reading.formats import detect
from policycmp.reading.plain import read_plain

__all__ = ["Document", "ReadOptions", "read_document"]


def read_document(path: str | Path, *, options: ReadOptions | None = None) -> Document:
    """Read a document into one text.

    Parameters
    ----------
    path : str or Path
        A ``.txt``, ``.md``, ``.html``, ``.docx`` or ``.pdf`` file.
    options : ReadOptions, optional
        Limits on size and expansion.

    Returns
    -------
    Document
        ``text``, ``source`` (path, format, encoding, sha256) and ``remarks``.

    Raises
    ------
    PlanReadError
        If there is no such file, it is empty, too large, encrypted, damaged, a scan, or of
        a type that has to be converted first; the message says what to do.
    """
    options = options or ReadOptions()
    data = _bytes(Path(path), options)
    kind = detect(data, Path(path))
    extract = _READERS[kind](data, str(path), options)
    if not extract.text.strip():
        raise PlanReadError(
            path, f"a {kind} file without any text", "Check that the file was saved completely."
        )
    source = Source(str(path), kind, extract.encoding, hashlib.sha256(data).hexdigest())
    return Document(extract.text, source, extract.remarks)


def _bytes(path: Path, options: ReadOptions) -> bytes:
    try:
        if path.is_dir():
            raise PlanReadError(path, "a folder", "Name one file; read the files of a folder one by one.")
        if path.exists() and not path.is_file():
            # A pipe or a device has no size and may never end.
            raise PlanReadError(path, "a pipe or device", "Save what comes out of it as a file.")
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            if before.st_size > options.max_bytes:
                raise PlanReadError(
                    path,
                    f"{before.st_size:,} bytes, more than the limit of {options.max_bytes:,}",
                    "Raise ReadOptions(max_bytes=…) if the file is what you mean.",
                )
            # No further than the size just checked, whatever is written behind it meanwhile.
            data = file.read(before.st_size + 1)
            after = os.fstat(file.fileno())
        if (len(data), after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
            raise PlanReadError(path, "a file that changed while it was read", "Read it again.")
    except PlanReadError:  # a ValueError too; it says already what is wrong
        raise
    except FileNotFoundError:
        raise PlanReadError(path, "no such file", f"Check the path (looked in {Path.cwd()}).") from None
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        raise PlanReadError(path, f"a file that cannot be opened ({error})", "Check its rights.") from None
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise PlanReadError(path, "an empty file", "Save or download it again.")
    return data


def _html(data: bytes, path: str, options: ReadOptions) -> Extract:
    from policycmp.reading.html import read_html

    return read_html(data, path, options)


def _word(data: bytes, path: str, options: ReadOptions) -> Extract:
    from policycmp.reading.word import read_word

    return read_word(data, path, options)


def _pdf(data: bytes, path: str, options: ReadOptions) -> Extract:
    from policycmp.reading.pdf import read_pdf

    return read_pdf(data, path, options)


_READERS = {"text": read_plain, "markdown": read_plain, "html": _html, "docx": _word, "pdf": _pdf}
