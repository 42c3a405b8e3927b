"""A comparison in a file, and whether it still comes out the same.

The file is a zip of JSON and text, readable without this library: both plans with their text and
structure, the options, the human corrections, the versions it was made with, and the result frames.
`load_comparison` gives the comparison back with the *saved* values; `verify` computes it anew from
the saved texts and reports every value that differs.
"""

from __future__ import annotations

import json
import struct
import warnings
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp.errors import PlanReadError, PolicycmpWarning
from policycmp.files import replacing
from policycmp.plain import from_plain, to_plain

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.comparison import Comparison

__all__ = ["load_comparison", "save_comparison", "verify"]

FORMAT = 1
FRAMES = ("clauses", "measures", "targets", "evidence", "candidates")
MAX_EXPANDED = 512 * 2**20
"""What a saved file may unpack to unless told; a comparison of two statutes takes about 5 MB."""


def save_comparison(comparison: Comparison, path: str | Path, *, overwrite: bool = False) -> Path:
    """Write a comparison to a zip file; see `Comparison.save`."""
    meta = {"format": FORMAT, "params": to_plain_params(comparison)}
    parts: dict[str, Any] = {
        "meta.json": meta,
        "local.json": to_plain(comparison.local),
        "template.json": to_plain(comparison.template),
        "options.json": to_plain(comparison.options),
        "corrections.json": comparison.corrections,
    }
    for name in FRAMES:
        frame = getattr(comparison, name)
        parts[f"frames/{name}.json"] = {"columns": list(frame.columns), "rows": _rows(frame)}
    with (
        replacing(path, overwrite=overwrite) as temporary,
        zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name, value in parts.items():
            # A fixed date: the same comparison makes the same file.
            archive.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)),
                json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass"),
                zipfile.ZIP_DEFLATED,
            )
    return Path(path)


def to_plain_params(comparison: Comparison) -> dict[str, Any]:
    """Return the parameters of a comparison without the options, which are saved whole."""
    return {key: value for key, value in comparison.params.items() if key != "options"}


def _rows(frame: pd.DataFrame) -> list[list[Any]]:
    clean = frame.astype(object).where(frame.notna(), None)
    return [
        [value.item() if hasattr(value, "item") else value for value in row]
        for row in clean.to_numpy(dtype=object)
    ]


def _read(path: str | Path, limit: int) -> dict[str, Any]:
    path = Path(path)
    if not path.is_file():
        raise PlanReadError(path, "no file", "Give the path of a file written by Comparison.save.")
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if size > limit:
                raise PlanReadError(
                    path,
                    f"an archive that unpacks to {size:,} bytes",
                    f"Files up to {limit:,} bytes are read; raise max_expanded_bytes if the file is what you mean.",
                )
            return {entry.filename: json.loads(archive.read(entry)) for entry in archive.infolist()}
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        OSError,
        UnicodeDecodeError,
        json.JSONDecodeError,
        NotImplementedError,
        RuntimeError,  # a RecursionError among them
    ) as error:
        raise PlanReadError(
            path, f"a file that is no saved comparison ({error})", "Give a file written by Comparison.save."
        ) from error


def _rebuilt(path: str | Path, limit: int) -> tuple[Comparison, dict[str, Any]]:
    """Return the comparison computed anew from a saved file, and the file's parts."""
    import pandas as pd

    from policycmp.comparison import compare
    from policycmp.options import CompareOptions
    from policycmp.plan import Plan

    parts = _read(path, limit)
    try:
        if parts["meta.json"]["format"] != FORMAT:
            raise PlanReadError(
                path, f"format {parts['meta.json']['format']}", f"This version reads format {FORMAT}."
            )
        local, template = (from_plain(Plan, parts[f"{side}.json"], side) for side in ("local", "template"))
        options = from_plain(CompareOptions, parts["options.json"], "options")
        saved = {
            name: {key: list(parts[f"frames/{name}.json"][key]) for key in ("columns", "rows")}
            for name in FRAMES
        }
        corrections = parts["corrections.json"]
    except (KeyError, TypeError, AttributeError) as error:
        raise PlanReadError(
            path, f"a saved comparison that lacks {error}", "Save the comparison again."
        ) from error
    comparison = compare(local, template, options=options)
    if corrections:
        comparison = comparison.with_corrections(pd.DataFrame(corrections))
    return comparison, saved


def load_comparison(path: str | Path, *, max_expanded_bytes: int = MAX_EXPANDED) -> Comparison:
    """Return a saved comparison, with the values as they were saved.

    Parameters
    ----------
    path : str or Path
        A file written by `Comparison.save`.
    max_expanded_bytes : int, default 512 MiB
        What the file may unpack to.

    Raises
    ------
    PlanReadError, ValueError
        If the file is missing, damaged or of another format.

    Warns
    -----
    PolicycmpWarning
        If this version would compute other values (`verify` lists them).

    Examples
    --------
    >>> import policycmp as pc, tempfile, pathlib
    >>> path = pc.compare("xiji-2025", "wuzhong-2023").save(pathlib.Path(tempfile.mkdtemp()) / "xiji.zip")
    >>> pc.load_comparison(path).kinship
    'sibling'
    """
    comparison, saved = _rebuilt(path, max_expanded_bytes)
    differences = _differences(comparison, saved)
    if len(differences):
        warnings.warn(
            f"{path}: this version computes {len(differences)} values differently; the saved ones are given (see verify)",
            PolicycmpWarning,
            stacklevel=2,
        )
        for name, part in saved.items():
            comparison.__dict__[name] = _frame(part, getattr(comparison, name))
    return comparison


def verify(path: str | Path, *, max_expanded_bytes: int = MAX_EXPANDED) -> pd.DataFrame:
    """Compute a saved comparison anew and return what differs.

    Parameters
    ----------
    path : str or Path
        A file written by `Comparison.save`.
    max_expanded_bytes : int, default 512 MiB
        What the file may unpack to.

    Returns
    -------
    DataFrame
        Columns frame, row, column, saved, computed; empty if every value is the same.

    Examples
    --------
    >>> import policycmp as pc, tempfile, pathlib
    >>> path = pc.compare("xiji-2025", "wuzhong-2023").save(pathlib.Path(tempfile.mkdtemp()) / "xiji.zip")
    >>> len(pc.verify(path))
    0
    """
    comparison, saved = _rebuilt(path, max_expanded_bytes)
    return _differences(comparison, saved)


def _frame(part: dict[str, Any], like: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(part["rows"], columns=part["columns"], dtype=object)
    return frame.astype({name: kind for name, kind in like.dtypes.items() if name in frame.columns})


def _differences(comparison: Comparison, saved: dict[str, Any]) -> pd.DataFrame:
    import pandas as pd

    out: list[tuple[str, int | None, str, Any, Any]] = []
    for name, part in saved.items():
        frame = getattr(comparison, name)
        before, after = part["rows"], _rows(frame)
        if part["columns"] != list(frame.columns):
            out.append((name, None, "columns", part["columns"], list(frame.columns)))
            continue
        if len(before) != len(after):
            out.append((name, None, "number of rows", len(before), len(after)))
        for number, (old, new) in enumerate(zip(before, after, strict=False)):
            out += [
                (name, number, c, a, b) for c, a, b in zip(part["columns"], old, new, strict=True) if a != b
            ]
    return pd.DataFrame(out, columns=["frame", "row", "column", "saved", "computed"], dtype=object)
