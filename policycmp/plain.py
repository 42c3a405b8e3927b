"""Frozen objects as plain JSON values and back, by their type annotations.

What is saved has to be readable in ten years without this library: dataclasses become objects,
tuples lists, dates ISO text, mappings with tuple keys lists of pairs. Reading goes by the annotation of each field, so a
file that does not fit is refused with the field's name instead of being half understood.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

__all__ = ["from_plain", "to_plain"]


def to_plain(value: Any) -> Any:
    """Return `value` as JSON values.

    Raises
    ------
    ValueError
        If there is a value JSON cannot hold, such as a function.

    Examples
    --------
    >>> from policycmp.model import Remark
    >>> to_plain(Remark("damage", "lost bracket", 3, 4))
    {'kind': 'damage', 'text': 'lost bracket', 'start': 3, 'end': 4}
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return [[to_plain(key), to_plain(item)] for key, item in sorted(value.items())]
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise ValueError(f"{value!r} cannot be saved: it is no plain value")


def from_plain(kind: Any, value: Any, name: str = "value") -> Any:
    """Return the object of type `kind` that `to_plain` made `value` from.

    Raises
    ------
    ValueError
        If the value does not fit the type; the message names the field.

    Examples
    --------
    >>> from policycmp.model import Remark
    >>> from_plain(Remark, {"kind": "damage", "text": "x", "start": None, "end": None}).kind
    'damage'
    """
    if kind is Any:
        return value
    if is_dataclass(kind):
        if not isinstance(value, dict):
            raise ValueError(f"{name} should be an object. Got {value!r}")
        hints = get_type_hints(kind)
        known = {field.name for field in fields(kind)}
        if set(value) != known:
            raise ValueError(f"{name} should have the fields {sorted(known)}. Got {sorted(value)}")
        return kind(**{key: from_plain(hints[key], item, f"{name}.{key}") for key, item in value.items()})  # type: ignore[operator]
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _one_of(args, value, name)
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError(f"{name} should be a list. Got {value!r}")
        kinds = [args[0]] * len(value) if args[-1] is Ellipsis else list(args)
        if len(kinds) != len(value):
            raise ValueError(f"{name} should have {len(kinds)} items. Got {len(value)}")
        return tuple(
            from_plain(k, v, f"{name}[{i}]") for i, (k, v) in enumerate(zip(kinds, value, strict=True))
        )
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return {from_plain(args[0], k, name): from_plain(args[1], v, name) for k, v in value}
    if kind is dt.date:
        return dt.date.fromisoformat(value)
    if kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(kind, type) and isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
        return value
    raise ValueError(f"{name} should be {getattr(kind, '__name__', kind)}. Got {value!r}")


def _one_of(kinds: tuple[Any, ...], value: Any, name: str) -> Any:
    if value is None and type(None) in kinds:
        return None
    for kind in kinds:
        if kind is type(None):
            continue
        try:
            return from_plain(kind, value, name)
        except (ValueError, TypeError):
            continue
    raise ValueError(f"{name} fits none of its types. Got {value!r}")
