"""A file is whole or absent: nothing is left beside its place, and what stood there stays until it is replaced."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from govspider.evidence.whole_files import write_whole


def test_a_file_comes_into_folders_that_were_missing(tmp_path: Path) -> None:
    write_whole(tmp_path / "ab" / "cd" / "file", b"bytes")
    assert [(path.name, path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file()] == [("file", b"bytes")]


def test_what_the_system_takes_in_parts_is_written_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:3]))
    write_whole(tmp_path / "file", b"more than three")
    assert (tmp_path / "file").read_bytes() == b"more than three"


def test_a_full_disk_leaves_the_file_as_it_was_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_whole(tmp_path / "file", b"before")

    def full(handle: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="no room"):
        write_whole(tmp_path / "file", b"after")
    monkeypatch.undo()
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"before")]
