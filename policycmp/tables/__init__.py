"""The language of plans as data: readable CSV tables, each row with its source."""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from importlib.resources import files

__all__ = ["fingerprint", "read_table", "words_of"]


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of ``policycmp/tables/<name>.csv`` in file order.

    Examples
    --------
    >>> read_table("labels")[0]["key"]
    'copy'
    """
    text = (files(__name__) / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def words_of(name: str, part: str) -> str:
    """Return the words a table has for one part, as alternatives of a regular expression.

    Examples
    --------
    >>> words_of("ending_words", "copies")
    '抄送|抄报|主送|分送|发送|报送'
    """
    return "|".join(row["words"] for row in read_table(name) if row["part"] == part)


@cache
def fingerprint(*names: str) -> str:
    """Return a SHA-256 of the tables named, of all of them if none is.

    Examples
    --------
    >>> len(fingerprint("policy_words")), fingerprint("policy_words") == fingerprint()
    (64, False)
    """
    digest = hashlib.sha256()
    wanted = [f"{name}.csv" for name in names]
    for table in sorted(files(__name__).iterdir(), key=lambda file: file.name):
        if table.name in wanted or (not names and table.name.endswith(".csv")):
            digest.update(table.name.encode() + b"\n")
            # Line ends differ where a checkout translates them; the tables do not.
            digest.update(table.read_text(encoding="utf-8").encode())
    return digest.hexdigest()
