"""The bundled plans: five real documents, their registry and the coded gold.

The files live in the repository's ``data/`` folder and inside the wheel as
``policycmp/_data``; both are the same bytes (``data/sources.csv`` keeps a sha256 of each).
The registry says what the documents themselves print, and what is damaged in them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.plan import Plan

__all__ = ["as_plan", "as_plans", "data_folder", "list_plans", "load_gold", "load_plan", "several"]


@cache
def data_folder() -> Path:
    """Return the folder of the bundled data, in an installed wheel or a checkout."""
    here = Path(__file__).resolve().parent
    for folder in (here / "_data", here.parent / "data"):
        if (folder / "sources.csv").is_file():
            return folder
    raise FileNotFoundError(f"the bundled plans are missing beside {here}; reinstall policycmp")


def list_plans() -> pd.DataFrame:
    """Return the registry of the bundled plans, one row each.

    Returns
    -------
    DataFrame
        Columns plan_id, file, title, notice_title, issuer, jurisdiction, level, adcode (where the
        document prints one), doc_number, date, url, licence, sha256, chars, remarks; text columns,
        missing where the document says nothing.

    Examples
    --------
    >>> list_plans()["plan_id"].tolist()
    ['xiji-2025', 'wuzhong-2023', 'pingluo-2019', 'pingluo-table', 'leshan-2021']
    """
    import pandas as pd

    return pd.read_csv(data_folder() / "sources.csv", dtype={"adcode": "string", "sha256": "string"})


@cache
def _files() -> dict[str, str]:
    """Return the file of each bundled plan."""
    with (data_folder() / "sources.csv").open(encoding="utf-8", newline="") as rows:
        return {row["plan_id"]: row["file"] for row in csv.DictReader(rows)}


def load_plan(plan_id: str) -> Plan:
    """Return a bundled plan, parsed afresh.

    Parameters
    ----------
    plan_id : str
        One of ``list_plans()["plan_id"]``.

    Raises
    ------
    ValueError
        If no bundled plan has this id; the message lists those there are.

    Examples
    --------
    >>> load_plan("xiji-2025").title
    '西吉县教育质量提升行动实施方案'
    """
    from policycmp.plan import read_plan

    known = _files()
    if not isinstance(plan_id, str):
        raise TypeError(f"plan_id should be one of {list(known)}. Got {type(plan_id).__name__}")
    if plan_id not in known:
        raise ValueError(
            f"plan_id should be one of {list(known)} (a document of your own is read by read_plan). "
            f"Got {plan_id!r}{_meant(plan_id, known)}"
        )
    return read_plan(data_folder() / known[plan_id], plan_id=plan_id)


def load_gold(name: str) -> pd.DataFrame:
    """Return a table of the coded gold, all columns as text.

    Parameters
    ----------
    name : {"clauses", "measures", "targets", "target_pairs", "contrast"}
        Coded twice by language models after ``data/gold/GUIDE.md`` and merged; **not yet validated
        by human coders**.

    Examples
    --------
    >>> len(load_gold("contrast"))
    92
    """
    import pandas as pd

    names = sorted(path.stem for path in (data_folder() / "gold").glob("*.csv"))
    if name not in names:
        raise ValueError(f"name should be one of {names}. Got {name!r}")
    return pd.read_csv(data_folder() / "gold" / f"{name}.csv", dtype="string")


def as_plan(source: Plan | str | Path) -> Plan:
    """Return a plan given as a Plan, the id of a bundled plan or the path of a document.

    Raises
    ------
    ValueError
        If a string is neither a bundled plan's id nor the path of a file.
    TypeError
        If it is none of the three.
    """
    from policycmp.plan import Plan, read_plan

    if isinstance(source, Plan):
        return source
    if not isinstance(source, str | Path):
        raise TypeError(f"a plan is a Plan, the id of a bundled plan or a path. Got {type(source).__name__}")
    known = _files()
    if source in known:
        return load_plan(str(source))
    if _exists(source):
        return read_plan(source)
    if "\n" in str(source) or "。" in str(source):
        raise ValueError(
            "a text was given where a path or an id is due: make it a plan with parse_plan first"
        )
    raise ValueError(
        f"{str(source)!r} is neither a file nor a bundled plan{_meant(str(source), known)}. "
        f"Paths begin at {Path.cwd()}. Bundled plans: {', '.join(known)}"
    )


def as_plans(sources: Iterable[Plan | str | Path]) -> tuple[Plan, ...]:
    """Return plans given as Plans, ids or paths.

    Raises
    ------
    ValueError
        If one is no plan, or one plan is given where several are due.
    """
    return tuple(as_plan(source) for source in several(sources))


def several(sources: Iterable[Plan | str | Path]) -> Iterable[Plan | str | Path]:
    """Return `sources`, or raise ValueError where they are one plan or nothing one could go through."""
    if isinstance(sources, str | Path) or not isinstance(sources, Iterable):
        raise ValueError(f"several plans are due here: put one into a list. Got {type(sources).__name__}")
    return sources


def _exists(path: str | Path) -> bool:
    try:
        return str(path) != "" and Path(path).exists()
    except (OSError, ValueError):  # too long for a path, or with a NUL: a text
        return False


def _meant(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), 1)
    return f" (did you mean {near[0]!r}?)" if near else ""
