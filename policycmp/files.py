"""Writing files so that a reader never meets half of one.

Every file is written under a temporary name beside its place and renamed when it is whole:
a full disk, an interruption or an error while drawing leaves what was there before, or
nothing. A file that exists is kept unless the caller says ``overwrite=True``, and trouble
with a folder is told before any work is done, as a `ValueError` that names the folder.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["make_folder", "replacing", "write_text"]


def make_folder(folder: str | os.PathLike[str]) -> Path:
    """Return `folder` as a path that is a folder one can write into; it is made if missing.

    Raises
    ------
    ValueError
        If it is a file, or cannot be made or written to.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> make_folder(Path(mkdtemp()) / "charts").is_dir()
    True
    """
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _temporary(folder, "").unlink()
    except OSError as error:
        if isinstance(error, FileExistsError | NotADirectoryError):
            raise ValueError(f"{folder} is not a folder: choose another place to write to") from error
        raise ValueError(f"cannot write into the folder {folder}: {error.strerror or error}") from error
    return folder


@contextmanager
def replacing(
    path: str | os.PathLike[str],
    *,
    overwrite: bool = False,
    by_way_of: Path | None = None,
    suffixes: Collection[str] = (),
) -> Iterator[Path]:
    """Give a temporary name to write to; it takes the place of `path` once the block ends well.

    The temporary file lies in the same folder and has the same suffix, so that libraries that
    read the format off the name (matplotlib) work, and renaming never copies. Where the folder is
    read as a whole, what a killed run leaves must not lie in it: `by_way_of` is another folder of
    the same file system.

    Raises
    ------
    FileExistsError
        If `path` exists and `overwrite` is false.
    ValueError
        If `path` is a folder, or its folder cannot be made or written to, or the disk is full, or if the
        name does not end in one of `suffixes`, where these are given: a workbook named ``.csv`` opens nowhere.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "note.txt"
    >>> with replacing(path) as temporary:
    ...     _ = temporary.write_text("whole", encoding="utf-8")
    >>> path.read_text(encoding="utf-8")
    'whole'
    """
    path = Path(path)
    if suffixes and path.suffix.lower() not in suffixes:
        raise ValueError(f"the name should end in {' or '.join(suffixes)}. Got {str(path)!r}")
    # Unlike Path's, these say no where a folder may not be entered; the trouble is told below.
    if os.path.isdir(path):  # noqa: PTH112
        raise ValueError(f"{path} is a folder: give the name of a file")
    if not overwrite and os.path.exists(path):  # noqa: PTH110
        raise FileExistsError(f"{path} already exists: choose another name, or set overwrite=True")
    try:
        temporary = _temporary(by_way_of or path.parent, path.suffix)
    except OSError:  # no such folder, or none to write into: make it, or say so
        temporary = _temporary(make_folder(by_way_of or path.parent), path.suffix)
    try:
        yield temporary
        if by_way_of is not None and not os.path.isdir(path.parent):  # noqa: PTH112
            make_folder(path.parent)
        temporary.replace(path)
    except OSError as error:
        raise ValueError(f"could not write {path}: {error.strerror or error}") from error
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: str | os.PathLike[str], text: str, *, overwrite: bool = False) -> Path:
    """Write `text` as UTF-8 with plain line ends and return the path; see `replacing` for what it raises.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> write_text(Path(mkdtemp()) / "note.txt", "西吉").name
    'note.txt'
    """
    with replacing(path, overwrite=overwrite) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
    return Path(path)


def _temporary(folder: Path, suffix: str) -> Path:
    """Make and return an empty file of a name nobody else has; open to whom the user's umask allows."""
    while True:
        path = folder / f".{secrets.token_hex(8)}{suffix}"
        try:
            path.touch(exist_ok=False)
        except FileExistsError:
            continue
        return path
