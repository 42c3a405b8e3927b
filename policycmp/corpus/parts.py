"""Results of many plans on disk: Parquet parts of one plan each, and the markers that they are whole.

``folder/clauses/<part>.parquet``, the same for the other tables, and last ``folder/done/<part>.json``:
what the part was made from. A part counts only with its marker and only for the same text, template,
options, version and tables of rules, so that an interrupted run can be gone on with and another run
makes its own. A marker is taken away before its part is written anew, and files get their names only when they are
whole: until then they lie in ``folder/partial``, which nobody reads and the next run clears.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from policycmp import tables
from policycmp.columns import Table
from policycmp.files import replacing

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.options import CompareOptions
    from policycmp.plan import Plan

__all__ = [
    "clear_partial",
    "fingerprint",
    "finished",
    "need_pyarrow",
    "part_name",
    "read_parts",
    "write_part",
]


def need_pyarrow() -> None:
    """Raise ValueError where no Parquet can be written."""
    from importlib.util import find_spec

    if find_spec("pyarrow") is None:
        raise ValueError("out= writes Parquet, which needs pyarrow: pip install 'policycmp[scale]'")


_PARTIAL = "partial"


def clear_partial(folder: Path) -> None:
    """Remove what a killed run left half written."""
    for path in (folder / _PARTIAL).glob(".*"):
        path.unlink(missing_ok=True)


def part_name(plan_id: str) -> str:
    """Return a file name for any plan id: readable, and unique by the hash at its end."""
    return f"{quote(plan_id, safe='')[:60]}-{hashlib.sha256(plan_id.encode()).hexdigest()[:12]}"


@lru_cache(maxsize=1)
def _version() -> str:
    from importlib.metadata import version

    return version("policycmp")


def fingerprint(plan: Plan, template: Plan, options: CompareOptions) -> str:
    """Return what a finished part must have been made from to be kept."""
    made_from = [
        plan.source.sha256,
        plan.plan_id,
        template.source.sha256,
        repr(asdict(options)),
        _version(),
        tables.fingerprint(),
    ]
    return hashlib.sha256("\n".join(made_from).encode()).hexdigest()


def finished(folder: Path, part: str, made_from: str) -> dict[str, Any] | None:
    """Return the marker of a part that was made from the same input, if there is one."""
    done = folder / "done" / f"{part}.json"
    if not done.exists():
        return None
    marker: dict[str, Any] = json.loads(done.read_text(encoding="utf-8"))
    return marker if marker.get("made_from") == made_from else None


def write_part(folder: Path, part: str, tables: Mapping[str, Table], marker: dict[str, Any]) -> None:
    """Write the tables of one plan, and then the marker."""
    partial, done = folder / _PARTIAL, folder / "done" / f"{part}.json"
    done.unlink(missing_ok=True)
    for name, table in tables.items():
        with replacing(folder / name / f"{part}.parquet", overwrite=True, by_way_of=partial) as path:
            path.write_bytes(_parquet(table) if table.length else _without_rows(tuple(table.columns.items())))
    with replacing(done, overwrite=True, by_way_of=partial) as path:
        path.write_text(json.dumps(marker, ensure_ascii=False), encoding="utf-8")


def _parquet(table: Table) -> bytes:
    """Return a table as a Parquet file; without dictionaries, which cost a part more than they save."""
    from pyarrow import BufferOutputStream
    from pyarrow.parquet import write_table

    file = BufferOutputStream()
    write_table(table.arrow(), file, use_dictionary=False)
    written: bytes = file.getvalue().to_pybytes()
    return written


@lru_cache(maxsize=8)
def _without_rows(columns: tuple[tuple[str, str], ...]) -> bytes:
    return _parquet(Table.of((), dict(columns)))


def read_parts(folder: Path, name: str, parts: Sequence[str]) -> pd.DataFrame:
    """Return one table of the parts named; the folder may hold plans of an earlier run."""
    import pandas as pd
    from pyarrow import concat_tables
    from pyarrow.parquet import read_table

    tables = [read_table(folder / name / f"{part}.parquet") for part in parts]
    frame: pd.DataFrame = concat_tables(tables).to_pandas()
    for column, kind in frame.dtypes.items():
        if not pd.api.types.is_numeric_dtype(kind):
            frame[column] = frame[column].astype(object).where(frame[column].notna(), None)
    return frame
