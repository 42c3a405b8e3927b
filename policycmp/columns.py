"""Rows under typed columns: what becomes a DataFrame, or a Parquet part without a detour.

Results are made as rows of plain values. A person wants them as a DataFrame; a run over thousands
of plans writes them as they are. Both have the same columns and types, empty or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["Table"]


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns with the pandas type of each, and their values.

    Examples
    --------
    >>> table = Table.of([("一、", 3), (None, None)], {"number": "object", "start": "Int64"})
    >>> table.frame().isna().all(axis=1).tolist()
    [False, True]
    """

    columns: Mapping[str, str]
    values: tuple[Sequence[Any], ...]
    """One sequence a column, None where a value is missing."""
    length: int

    @classmethod
    def of(cls, rows: Iterable[Sequence[Any]], columns: Mapping[str, str]) -> Table:
        """Return rows of values in the order of the columns."""
        rows = list(rows)
        return cls(columns, tuple(zip(*rows, strict=True)) or ((),) * len(columns), len(rows))

    def headed(self, name: str, value: str) -> Table:
        """Return the table with a first column of text that says the same in every row."""
        return Table({name: "object", **self.columns}, ((value,) * self.length, *self.values), self.length)

    @classmethod
    def joined(cls, tables: Sequence[Table]) -> Table:
        """Return the rows of tables with the same columns, one table after the other."""
        values = tuple(
            list(chain.from_iterable(column)) for column in zip(*(t.values for t in tables), strict=True)
        )
        return cls(tables[0].columns, values, sum(table.length for table in tables))

    def frame(self) -> pd.DataFrame:
        """Return the rows as a DataFrame."""
        import pandas as pd

        # One index for all columns: pandas else aligns each with every other.
        index = pd.RangeIndex(self.length)
        columns = {
            name: pd.Series(_array(column, kind), index=index, dtype=kind, copy=False)
            for (name, kind), column in zip(self.columns.items(), self.values, strict=True)
        }
        return pd.DataFrame(columns, index=index, copy=False)

    def arrow(self) -> pa.Table:
        """Return the rows as an Arrow table; pandas reads it back with the types of `frame`."""
        import pyarrow as pa

        schema = _schema(tuple(self.columns.items()))
        arrays = [
            pa.array(column, field.type, from_pandas=True)
            for column, field in zip(self.values, schema, strict=True)
        ]
        return pa.Table.from_arrays(arrays, schema=schema)


def _array(values: Sequence[Any], kind: str) -> Any:
    import numpy as np
    import pandas as pd

    if kind == "Int64":
        missing = np.fromiter((v is None for v in values), dtype=bool, count=len(values))
        whole = np.fromiter((0 if v is None else v for v in values), dtype=np.int64, count=len(values))
        return pd.arrays.IntegerArray(whole, missing)
    if kind == "object":
        out = np.empty(len(values), dtype=object)
        out[:] = values
        return out
    return np.array(values, dtype=kind)


@lru_cache(maxsize=16)
def _schema(columns: tuple[tuple[str, str], ...]) -> pa.Schema:
    """Return the Arrow types of columns, with what pandas needs to know to read them back alike."""
    import pyarrow as pa

    types = {"object": pa.string(), "bool": pa.bool_(), "float64": pa.float64()}
    schema = pa.schema([(name, types.get(kind, pa.int64())) for name, kind in columns])
    sample = Table.of([["" if kind == "object" else 0 for _, kind in columns]], dict(columns)).frame()
    return schema.with_metadata(pa.Schema.from_pandas(sample, preserve_index=False).metadata)
