"""What a reader returns, and the limits it keeps."""

from __future__ import annotations

from dataclasses import dataclass, fields

from policycmp.model import Remark, Source

__all__ = ["Document", "Extract", "ReadOptions"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Limits for reading a file, against accidents and hostile files.

    Parameters
    ----------
    max_bytes : int, default 64 MiB
        Largest file that is opened.
    max_expanded_bytes : int, default 256 MiB
        What a ``.docx`` (a zip archive) may unpack to, all parts together.
    max_expansion : int, default 200
        How many times its packed size one part of a ``.docx`` may unpack to, once it is larger
        than a mebibyte.
    max_pages : int, default 2000
        Most pages of a PDF.
    max_cells : int, default 200_000
        Most cells of one table.
    max_seconds : int, default 60
        How long opening a PDF, and each page of it, may take.

    Examples
    --------
    >>> ReadOptions(max_bytes=1_000_000).max_pages
    2000
    """

    max_bytes: int = 64 * 2**20
    max_expanded_bytes: int = 256 * 2**20
    max_expansion: int = 200
    max_pages: int = 2000
    max_cells: int = 200_000
    max_seconds: int = 60

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise ValueError(f"ReadOptions.{field.name} should be a positive whole number. Got {value!r}")


@dataclass(frozen=True, slots=True)
class Extract:
    """What one format's reader hands back: the text, its encoding if it had one, remarks."""

    text: str
    encoding: str | None = None
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file as text.

    Attributes
    ----------
    text : str
        All text of the document, tables as cell text, line ends as ``\\n``.
    source : Source
        Path, format (text, markdown, html, docx, pdf), encoding and sha256 of the file.
    remarks : tuple of Remark
        What a reader should know: a guessed encoding, lost characters, pictures left out.
    """

    text: str
    source: Source
    remarks: tuple[Remark, ...] = ()
