"""Readings are found by later processes; what is torn or foreign is a reading that is not found."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from govspider.evidence.readings import ReadingStore, drop_readings

VERSION = "0011223344556677"


def key(number: int) -> str:
    return sha256(str(number).encode()).hexdigest()


def kept(folder: Path, *numbers: int) -> ReadingStore:
    """A store of a process that kept a reading under each of these numbers."""
    store = ReadingStore(folder, VERSION)
    assert store.keep_all([(key(number), b"reading %d" % number) for number in numbers])
    return store


def found(folder: Path, *numbers: int) -> list[bytes | None]:
    """What a later process finds."""
    store = ReadingStore(folder, VERSION)
    return [store.load(key(number)) for number in numbers]


def only(folder: Path, kind: str) -> Path:
    (path,) = (folder / "readings" / VERSION).glob(f"*.{kind}")
    return path


def test_what_several_processes_kept_in_several_goes_is_found_by_a_later_one(tmp_path: Path) -> None:
    first, second = kept(tmp_path, 1, 2), kept(tmp_path, 3)
    assert first.keep(key(4), b"reading 4")
    assert second.keep(key(5), b"")
    assert found(tmp_path, 1, 2, 3, 4, 5, 6) == [b"reading 1", b"reading 2", b"reading 3", b"reading 4", b"", None]


def test_the_first_run_of_all_has_none(tmp_path: Path) -> None:
    assert not ReadingStore(tmp_path, VERSION).is_there()
    assert found(tmp_path, 1) == [None]
    kept(tmp_path, 1)
    assert ReadingStore(tmp_path, VERSION).is_there()


def test_a_process_that_ended_its_files_begins_others(tmp_path: Path) -> None:
    store = kept(tmp_path, 1)
    store.close()
    store.close()
    assert store.keep(key(2), b"reading 2")
    assert len(list((tmp_path / "readings" / VERSION).iterdir())) == 4
    assert found(tmp_path, 1, 2) == [b"reading 1", b"reading 2"]


@pytest.mark.parametrize("kind", ["readings", "index"])
def test_of_files_torn_at_any_byte_the_whole_readings_are_found(kind: str, tmp_path: Path) -> None:
    kept(tmp_path, 1, 2)
    path = only(tmp_path, kind)
    whole = path.read_bytes()
    ends = set()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        there = found(tmp_path, 1, 2)
        assert all(one in (None, b"reading %d" % number) for number, one in zip((1, 2), there, strict=True))
        ends.add(sum(one is not None for one in there))
    assert ends == {0, 1}


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"noise" * 99)])
def test_a_file_that_is_gone_or_holds_something_else_says_nothing(
    harm: Callable[[Path], object], tmp_path: Path
) -> None:
    kept(tmp_path, 1)
    harm(only(tmp_path, "readings"))
    assert found(tmp_path, 1) == [None]


def test_what_a_full_disk_took_in_part_is_left_out_and_the_rest_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = kept(tmp_path, 1)
    write = os.write
    calls: list[int] = []

    def nearly_full(handle: int, data: bytes) -> int:
        calls.append(handle)
        if len(calls) % 2:
            return write(handle, data[:5])
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "write", nearly_full)
    assert not store.keep(key(2), b"reading 2")
    monkeypatch.undo()
    assert store.keep(key(3), b"reading 3")
    assert found(tmp_path, 1, 2, 3) == [b"reading 1", None, b"reading 3"]


def test_no_room_for_the_index_loses_that_reading_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = kept(tmp_path, 1)
    write = os.write

    def full(handle: int, data: bytes) -> int:
        if handle == store._own._index._handle:  # type: ignore[union-attr]
            raise OSError(errno.ENOSPC, "no room")
        return write(handle, data)

    monkeypatch.setattr(os, "write", full)
    assert not store.keep(key(2), b"reading 2")
    monkeypatch.undo()
    assert store.keep(key(3), b"reading 3")
    assert found(tmp_path, 1, 2, 3) == [b"reading 1", None, b"reading 3"]


def test_where_no_folder_can_be_made_nothing_is_kept_and_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / "readings").write_bytes(b"a file")
    assert not ReadingStore(tmp_path, VERSION).keep(key(1), b"reading")
    assert found(tmp_path, 1) == [None]


def test_what_other_code_read_is_not_looked_through(tmp_path: Path) -> None:
    kept(tmp_path, 1)
    other = ReadingStore(tmp_path, "ffffffffffffffff")
    assert not other.is_there()
    assert other.load(key(1)) is None


def test_two_keys_that_begin_alike_are_told_apart(tmp_path: Path) -> None:
    one, alike = key(1), key(1)[:-2] + ("00" if key(1)[-2:] != "00" else "11")
    kept(tmp_path, 1)
    assert ReadingStore(tmp_path, VERSION).load(one) == b"reading 1"
    assert ReadingStore(tmp_path, VERSION).load(alike) is None


def test_readings_of_other_code_and_those_not_added_to_for_long_are_dropped(tmp_path: Path) -> None:
    kept(tmp_path, 1).close()
    os.utime(only(tmp_path, "index"), (1000, 1000))
    kept(tmp_path, 2).close()
    ReadingStore(tmp_path, "ffffffffffffffff").keep(key(3), b"reading 3")
    assert drop_readings(tmp_path, VERSION, 999) == 1
    assert [path.name for path in (tmp_path / "readings").iterdir()] == [VERSION]
    assert found(tmp_path, 1, 2) == [b"reading 1", b"reading 2"]
    assert drop_readings(tmp_path, VERSION, 2000) == 1
    assert found(tmp_path, 1, 2) == [None, b"reading 2"]
    assert drop_readings(tmp_path, VERSION, 2000) == 0
    assert drop_readings(tmp_path / "nowhere", VERSION, 2000) == 0


def test_a_run_whose_readings_are_dropped_meanwhile_goes_on_keeping(tmp_path: Path) -> None:
    store = kept(tmp_path, 1)
    assert drop_readings(tmp_path, "ffffffffffffffff", 0) == 1
    assert store.keep(key(2), b"reading 2")
    store.close()
    assert store.keep(key(3), b"reading 3")
    assert found(tmp_path, 1, 2, 3) == [None, None, b"reading 3"]
