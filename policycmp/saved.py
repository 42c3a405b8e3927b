"""A comparison in a file, and whether it still comes out the same.

The file is a zip of JSON and text, readable without this library: both plans with their text and
structure, the options, the human corrections, the versions it was made with, and the result frames.
`load_comparison` gives the comparison back with the *saved* values; `verify` computes it anew from
the saved plans and options and reports every value that differs. The file says of each of its parts
what it should hash to, so that a text changed by hand is told from a value that comes out otherwise.
"""

from __future__ import annotations

import hashlib
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
_Difference = tuple[str, int | None, str, Any, Any]
MAX_EXPANDED = 512 * 2**20
"""What a saved file may unpack to unless told; a comparison of two statutes takes about 5 MB."""


def save_comparison(comparison: Comparison, path: str | Path, *, overwrite: bool = False) -> Path:
    """Write a comparison to a zip file; see `Comparison.save`."""
    parts: dict[str, Any] = {
        "local.json": to_plain(comparison.local),
        "template.json": to_plain(comparison.template),
        "options.json": to_plain(comparison.options),
        "corrections.json": comparison.corrections,
    }
    for name in FRAMES:
        frame = getattr(comparison, name)
        parts[f"frames/{name}.json"] = {"columns": list(frame.columns), "rows": _rows(frame)}
    written = {name: _written(value) for name, value in parts.items()}
    meta = {
        "format": FORMAT,
        "params": to_plain_params(comparison),
        "sha256": {name: _sha256(data) for name, data in written.items()},
    }
    with (
        replacing(path, overwrite=overwrite) as temporary,
        zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name, data in {"meta.json": _written(meta), **written}.items():
            # A fixed date: the same comparison makes the same file.
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return Path(path)


def _written(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def to_plain_params(comparison: Comparison) -> dict[str, Any]:
    """Return the parameters of a comparison without the options, which are saved whole."""
    return {key: value for key, value in comparison.params.items() if key != "options"}


def _rows(frame: pd.DataFrame) -> list[list[Any]]:
    clean = frame.astype(object).where(frame.notna(), None)
    return [
        [value.item() if hasattr(value, "item") else value for value in row]
        for row in clean.to_numpy(dtype=object)
    ]


def _read(path: str | Path, limit: int) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the parts of a saved file and what they hash to."""
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
            read = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        return {name: json.loads(data) for name, data in read.items()}, {
            n: _sha256(d) for n, d in read.items()
        }
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


def _rebuilt(path: str | Path, limit: int) -> tuple[Comparison, dict[str, Any], list[_Difference]]:
    """Return the comparison computed anew from a saved file, the saved frames, and the parts that were changed."""
    import pandas as pd

    from policycmp.comparing import compare
    from policycmp.options import CompareOptions
    from policycmp.plan import Plan

    parts, hashes = _read(path, limit)
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
        changed: list[_Difference] = [
            ("file", None, name, said, hashes.get(name))
            for name, said in parts["meta.json"]["sha256"].items()
            if said != hashes.get(name) and not name.startswith("frames/")  # those are compared cell by cell
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise PlanReadError(
            path, f"a saved comparison that lacks {error}", "Save the comparison again."
        ) from error
    comparison = compare(local, template, options=options)
    if corrections:
        comparison = comparison.with_corrections(pd.DataFrame(corrections))
    return comparison, saved, changed


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
        If this version would compute other values, or the file was changed (`verify` lists both).

    Examples
    --------
    >>> import policycmp as pc, tempfile, pathlib
    >>> path = pc.compare("xiji-2025", "wuzhong-2023").save(pathlib.Path(tempfile.mkdtemp()) / "xiji.zip")
    >>> pc.load_comparison(path).kinship
    'sibling'
    """
    comparison, saved, changed = _rebuilt(path, max_expanded_bytes)
    if changed:
        names = ", ".join(name for _, _, name, _, _ in changed)
        warnings.warn(
            f"{path}: changed after it was saved: {names} (see verify)", PolicycmpWarning, stacklevel=2
        )
    differences = _differences(comparison, saved)
    if differences:
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
        Columns frame, row, column, saved, computed; empty if every value is the same. Where a frame
        has other columns or another number of rows, a row says so, and whole rows that only one side
        has follow (column ``row``). A part of the file that was changed after it was saved (a text, the
        options) is a row of ``file``, with the part's name and both hashes.

    Examples
    --------
    >>> import policycmp as pc, tempfile, pathlib
    >>> path = pc.compare("xiji-2025", "wuzhong-2023").save(pathlib.Path(tempfile.mkdtemp()) / "xiji.zip")
    >>> len(pc.verify(path))
    0
    """
    import pandas as pd

    comparison, saved, changed = _rebuilt(path, max_expanded_bytes)
    found = changed + _differences(comparison, saved)
    frame = pd.DataFrame(found, columns=["frame", "row", "column", "saved", "computed"], dtype=object)
    return frame.astype({"row": "Int64"})


def _frame(part: dict[str, Any], like: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(part["rows"], columns=part["columns"], dtype=object)
    return frame.astype({name: kind for name, kind in like.dtypes.items() if name in frame.columns})


def _differences(comparison: Comparison, saved: dict[str, Any]) -> list[_Difference]:
    out: list[_Difference] = []
    for name, part in saved.items():
        frame = getattr(comparison, name)
        before, after = part["rows"], _rows(frame)
        if part["columns"] != list(frame.columns):
            out.append((name, None, "columns", part["columns"], list(frame.columns)))
        elif len(before) != len(after):
            out.append((name, None, "number of rows", len(before), len(after)))
            out += [(name, n, "row", row, None) for n, row in enumerate(before) if row not in after]
            out += [(name, n, "row", None, row) for n, row in enumerate(after) if row not in before]
        else:
            out += [
                (name, number, column, a, b)
                for number, (old, new) in enumerate(zip(before, after, strict=True))
                for column, a, b in zip(part["columns"], old, new, strict=True)
                if a != b
            ]
    return out
