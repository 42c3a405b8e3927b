"""Which format a file has, from its first bytes; the name only decides between kinds of text."""

from __future__ import annotations

import re
from pathlib import Path

from policycmp.errors import PlanReadError

__all__ = ["detect"]

_SAVE_AS_DOCX = (
    "Open it in Word, WPS or LibreOffice and save it as .docx (soffice --headless --convert-to docx FILE)."
)
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)
_REFUSED = {
    "ole": ("an old Word or WPS file (.doc, .wps)", _SAVE_AS_DOCX),
    "rtf": ("an RTF file", _SAVE_AS_DOCX),
    "image": ("a picture", "Read it with OCR first and save the result as text."),
    "archive": ("a packed archive", "Unpack it and read the files inside."),
}
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|div|p)\b", re.IGNORECASE)
_BY_NAME = {".md": "markdown", ".markdown": "markdown", ".txt": "text", ".text": "text", "": "text"}
_HTML_NAMES = {".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"}
_UNREAD = {
    ".doc": _REFUSED["ole"],
    ".wps": _REFUSED["ole"],
    ".rtf": _REFUSED["rtf"],
    ".mht": ("a web archive (.mht)", "Open it in a browser and save the page as .html."),
    ".mhtml": ("a web archive (.mhtml)", "Open it in a browser and save the page as .html."),
    ".ofd": ("an OFD file", "Export it as .pdf with an OFD viewer."),
    ".caj": ("a CAJ file", "Export it as .pdf with CAJViewer."),
    ".xls": ("a spreadsheet", "Save the sheet as .html or .txt."),
    ".xlsx": ("a spreadsheet", "Save the sheet as .html or .txt."),
}


def detect(data: bytes, path: Path) -> str:
    """Return ``text``, ``markdown``, ``html``, ``docx`` or ``pdf``, or raise `PlanReadError`.

    Examples
    --------
    >>> detect(b"%PDF-1.7 ...", Path("plan.pdf"))
    'pdf'
    """
    suffix = path.suffix.lower()
    # Some producers put a few bytes before the PDF mark; the standard allows 1024.
    magic = "pdf" if suffix == ".pdf" and b"%PDF-" in data[:1024] else ""
    magic = magic or next((kind for mark, kind in _MAGIC if data.startswith(mark)), "")
    if magic == "ole" and "EncryptedPackage".encode("utf-16-le") in data:
        raise PlanReadError(path, "a Word file with a password", "Remove the password and save it again.")
    if magic == "ole" and "Workbook".encode("utf-16-le") in data:
        raise PlanReadError(path, *_UNREAD[".xls"])
    if magic in _REFUSED:
        raise PlanReadError(path, *_REFUSED[magic])
    if magic == "zip":
        return _zip_kind(data, path)
    if magic:
        return magic
    if suffix == ".pdf":
        raise PlanReadError(path, "no PDF in it, despite its name", "Download it again.")
    if suffix == ".docx":
        raise PlanReadError(
            path, "no Word document in it, despite its name", "Save or download it again as .docx."
        )
    head = data[:4096].replace(b"\x00", b"")  # UTF-16 pages
    if suffix in (".mht", ".mhtml") or (suffix in _UNREAD and not _HTML.search(head)):
        raise PlanReadError(path, *_UNREAD[suffix])
    if suffix in _HTML_NAMES or (suffix not in _BY_NAME and _HTML.search(head)):
        return "html"
    if suffix in _BY_NAME:
        # A saved page is often named .txt; prose never opens with a tag.
        return "html" if _HTML.match(head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")) else _BY_NAME[suffix]
    raise PlanReadError(
        path, f"a file of unknown type ({suffix})", "Save it as .txt (UTF-8), .md, .html, .docx or .pdf."
    )


def _zip_kind(data: bytes, path: Path) -> str:
    # The names of the parts stand uncompressed in the archive's directory, at its end.
    if b"word/document" in data:
        return "docx"
    if b"OFD.xml" in data:
        raise PlanReadError(path, *_UNREAD[".ofd"])
    if b"xl/workbook" in data:
        raise PlanReadError(path, *_UNREAD[".xlsx"])
    if path.suffix.lower() == ".docx":
        raise PlanReadError(path, "a damaged Word file (no document inside)", "Save it again as .docx.")
    raise PlanReadError(path, *_REFUSED["archive"])
