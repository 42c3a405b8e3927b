"""The information table of a government page (索引号, 发文机关 …) as lines ``label：value``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from policycmp.tables import read_table

__all__ = ["information", "is_information"]


@cache
def _labels() -> frozenset[str]:
    return frozenset(row["label"] for row in read_table("metadata_labels"))


def _label(cell: str) -> str | None:
    """The cell's text if it is a label of the information table."""
    plain = re.sub(r"[\s:：\[\]【】]", "", cell)
    return cell.rstrip(" :：") if plain in _labels() else None


def is_information(rows: list[list[str]]) -> bool:
    cells = [cell for row in rows for cell in row if cell.strip()]
    labels = sum(_label(cell) is not None for cell in cells)
    return labels >= 1 and labels >= 0.3 * len(cells)


def information(rows: list[list[str]]) -> Iterator[str]:
    """The fields of an information table, one a line, empty ones too."""
    for row in rows:
        k = 0
        while k < len(row):
            label = _label(row[k])
            if label is not None:
                value = row[k + 1] if k + 1 < len(row) and _label(row[k + 1]) is None else ""
                yield f"{label}：{' '.join(value.split())}\n"
                k += 2 if value or (k + 1 < len(row) and not row[k + 1].strip()) else 1
            else:
                if row[k].strip():
                    yield f"{row[k].strip()}\n"
                k += 1
