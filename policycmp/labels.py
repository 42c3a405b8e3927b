"""What charts, report and workbook call things, in Chinese and English.

One table (``tables/labels.csv`` and its ``labels_*.csv`` companions) holds every word a
reader sees. Where the template is later than the local plan or not above it, nothing was
"dropped" from it: the *neutral* columns then speak of a benchmark instead.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from policycmp.tables import read_table

__all__ = ["LANGUAGES", "RELATIONS", "check_lang", "label"]

LANGUAGES = ("zh", "en")
RELATIONS = ("copy", "adapt", "sharpen", "mixed", "weaken", "new", "dropped")
"""Every relation, in the order charts and tables show them."""


@cache
def _words() -> dict[str, dict[str, str]]:
    names = sorted(
        p.name
        for p in files("policycmp.tables").iterdir()
        if p.name.startswith("labels") and p.name.endswith(".csv")
    )
    return {row["key"]: row for name in names for row in read_table(name.removesuffix(".csv"))}


def check_lang(lang: str) -> str:
    """Return `lang`, or raise ValueError naming the languages there are."""
    if lang not in LANGUAGES:
        raise ValueError(f"lang should be one of {LANGUAGES}. Got {lang!r}")
    return lang


def label(key: str, lang: str = "zh", *, neutral: bool = False) -> str:
    """Return the word for `key`; `neutral` picks the benchmark wording where there is one.

    Examples
    --------
    >>> label("weaken"), label("weaken", "en", neutral=True)
    ('弱化', 'below benchmark')
    """
    row = _words()[key]
    plain = row[check_lang(lang)]
    return (row.get(f"{lang}_neutral") or plain) if neutral else plain
