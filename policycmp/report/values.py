"""Values as pages and workbooks can hold them: no missing-value objects, no nesting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

__all__ = ["flat", "records", "tint"]


def tint(colour: str, share: float = 0.22) -> str:
    """Return `colour` thinned with white, light enough for dark text on it.

    Examples
    --------
    >>> tint("#1E2A36")
    '#CED0D3'
    """
    return "#" + "".join(f"{round(255 - share * (255 - int(colour[i : i + 2], 16))):02X}" for i in (1, 3, 5))


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as dictionaries, with None for every kind of missing value."""
    rows: list[dict[str, Any]] = frame.to_dict("records")  # type: ignore[assignment]
    return [{key: _plain(value) for key, value in row.items()} for row in rows]


def flat(params: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """Return nested parameters as (dotted name, value) pairs.

    Examples
    --------
    >>> flat({"versions": {"jieba": "0.42.1"}, "seed": None})
    [('versions.jieba', '0.42.1'), ('seed', '—')]
    """
    out: list[tuple[str, str]] = []
    for key, value in params.items():
        if isinstance(value, Mapping) and value:
            out += flat(value, f"{prefix}{key}.")
        else:
            out.append((f"{prefix}{key}", "—" if value is None or value == {} else str(value)))
    return out


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple | dict | set):
        return value
    if value is None or pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value
