"""A file is whole or not there, and never written over by surprise."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from policycmp.files import make_folder, replacing, write_text


def test_a_failed_write_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_text(path, "first")
    with pytest.raises(RuntimeError), replacing(path, overwrite=True) as temporary:
        temporary.write_text("half of the sec", encoding="utf-8")
        raise RuntimeError
    assert path.read_text(encoding="utf-8") == "first"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_a_clear_error_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    with pytest.raises(ValueError, match=r"could not write .*report.html: No space left"), replacing(path):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_kept_unless_told(tmp_path: Path) -> None:
    path = write_text(tmp_path / "a.txt", "first")
    with pytest.raises(FileExistsError, match="overwrite=True"):
        write_text(path, "second")
    assert path.read_text(encoding="utf-8") == "first"
    write_text(path, "second", overwrite=True)
    assert path.read_text(encoding="utf-8") == "second"


def test_trouble_is_told_before_the_work_is_done(tmp_path: Path) -> None:
    path = write_text(tmp_path / "a.txt", "first")
    reached = False
    with pytest.raises(FileExistsError), replacing(path):
        reached = True
    assert not reached


@pytest.mark.parametrize("name", ["表 1.txt", "a'b\"c.txt", "-rf", "很" * 80 + ".txt", "x.tar.gz", ".hidden"])
def test_odd_file_names(tmp_path: Path, name: str) -> None:
    assert write_text(tmp_path / name, "文").read_text(encoding="utf-8") == "文"
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    assert write_text(tmp_path / "out" / "deep" / "a.txt", "x").exists()


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    file = write_text(tmp_path / "out", "x")
    for path in (file / "a.txt", file / "deep" / "a.txt"):
        with pytest.raises(ValueError, match="not a folder"):
            write_text(path, "x")


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is a folder"):
        write_text(tmp_path, "x", overwrite=True)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs POSIX permissions")
def test_a_folder_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    if os.geteuid() == 0:  # root may write anywhere: let the system say no in its place

        def refuse(self: Path, *args: object, **kwargs: object) -> None:
            raise PermissionError(errno.EACCES, "Permission denied")

        monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(ValueError, match=r"cannot write into the folder .*locked: Permission denied"):
        make_folder(locked)


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_others_may_read_what_the_umask_allows(tmp_path: Path) -> None:
    plain = tmp_path / "plain.txt"
    plain.touch()
    assert write_text(tmp_path / "a.txt", "x").stat().st_mode == plain.stat().st_mode
