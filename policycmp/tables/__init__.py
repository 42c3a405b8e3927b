"""The language of plans as data: readable CSV tables, each row with its source."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

__all__ = ["read_table"]


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
