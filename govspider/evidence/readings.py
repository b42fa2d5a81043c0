"""Readings of kept pages, so that an unchanged page costs little in the next run. They may be deleted at any time.

Layout: `<folder>/readings/<version>/<name>.readings`, and beside it `<name>.index`, which says where in it each one
stands; one pair for each process that kept any, which only ever writes behind its end. A file of its own for each
reading took longer to make than the reading. What is torn by a kill or a full disk is a reading that is not found, and
nothing more. What other code read is of no use and lies in another folder, so that nobody looks through it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import struct
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Lock

from govspider.evidence.whole_files import write_all

# key, where the reading begins, how long it is
_ROW = struct.Struct(">32sQI")
_KEY_BYTES = 32
# in memory: the beginning of a key, the number of the file, and the same two; the reading says its whole key itself
_KNOWN = struct.Struct(">8sIQI")
_BEGINNING = 8
_FOLDER, _INDEXES = "readings", "*.index"


class ReadingStore:
    """Readings by key. Parameters: `folder` that of the evidence; `version` of the code that reads.

    What is found is what was kept when the first one was looked for: a run finds those of earlier runs.
    """

    def __init__(self, folder: Path, version: str) -> None:
        self._folder = folder / _FOLDER / version
        self._lock = Lock()
        self._kept: _Kept | None = None
        self._own: _Own | None = None

    def is_there(self) -> bool:
        """True where any reading was kept before."""
        return self._folder.is_dir()

    def load(self, key: str) -> bytes | None:
        """The reading of this key (64 hexadecimal digits), None where there is none."""
        with self._lock:
            if self._kept is None:
                self._kept = _Kept(self._folder)
        return self._kept.find(bytes.fromhex(key))

    def keep(self, key: str, reading: bytes) -> bool:
        """Store a reading; False where there was no room: it is a saving, never a loss."""
        return self.keep_all([(key, reading)])

    def keep_all(self, readings: Iterable[tuple[str, bytes]]) -> bool:
        """Store readings with their keys; False where there was no room for them."""
        with self._lock:
            try:
                self._own = self._own or _Own(self._folder)
                self._own.append([(bytes.fromhex(key), reading) for key, reading in readings])
            except OSError:
                return False
        return True

    def close(self) -> None:
        """End the file that this process writes; what is kept afterwards begins another."""
        with self._lock:
            if self._own is not None:
                self._own.close()
                self._own = None


def drop_readings(folder: Path, version: str, before: float) -> int:
    """Delete readings that no later run will need; how many files of them there were.

    Those of other versions of the code, and files that no run has added to for long. A run that is adding to one of
    them now goes on and loses nothing but the saving.

    Parameters: `folder` that of the evidence; `version` of the code that reads; `before` seconds since 1970.
    """
    dropped = 0
    for index in sorted((folder / _FOLDER).glob(f"*/{_INDEXES}")):
        if index.parent.name != version or index.stat().st_mtime < before:
            index.with_suffix(".readings").unlink(missing_ok=True)
            index.unlink()
            dropped += 1
    for other in sorted((folder / _FOLDER).glob("*/")):
        with contextlib.suppress(OSError):  # it is not empty
            other.rmdir()
    return dropped


class _Kept:
    """Where the readings stand that were kept so far: one sorted run of rows, 24 bytes for each."""

    def __init__(self, folder: Path) -> None:
        indexes = sorted(folder.glob(_INDEXES))
        self._files = [index.with_suffix(".readings") for index in indexes]
        rows = sorted(row for number, index in enumerate(indexes) for row in _rows(index, number))
        self._rows = b"".join(rows)

    def find(self, key: bytes) -> bytes | None:
        size, beginning = _KNOWN.size, key[:_BEGINNING]
        every = range(len(self._rows) // size)
        number = bisect_left(every, beginning, key=lambda row: self._rows[row * size : row * size + _BEGINNING])
        if number == len(every):
            return None
        found, file, place, length = _KNOWN.unpack_from(self._rows, number * size)
        return _read(self._files[file], key, place, length) if found == beginning else None


def _rows(index: Path, number: int) -> Iterator[bytes]:
    """The rows of an index, with the number of its file; none where it cannot be read."""
    try:
        data = index.read_bytes()
    except OSError:
        return
    for start in range(0, len(data) - _ROW.size + 1, _ROW.size):
        key, place, length = _ROW.unpack_from(data, start)
        yield _KNOWN.pack(key[:_BEGINNING], number, place, length)


def _read(path: Path, key: bytes, place: int, length: int) -> bytes | None:
    """The reading that stands there behind its key; None for anything else, which is read from the page once more."""
    try:
        with path.open("rb", buffering=0) as file:
            data = os.pread(file.fileno(), _KEY_BYTES + length, place)
    except OSError:
        return None
    return data[_KEY_BYTES:] if len(data) == _KEY_BYTES + length and data.startswith(key) else None


class _Own:
    """The pair of files that this process writes. Raises OSError where there is no room; then nothing is added."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        name = secrets.token_hex(16)
        self._data, self._index = (_Growing(folder / f"{name}.{kind}") for kind in ("readings", "index"))

    def append(self, readings: Sequence[tuple[bytes, bytes]]) -> None:
        rows: list[bytes] = []
        parts: list[bytes] = []
        place = self._data.size
        for key, reading in readings:
            rows.append(_ROW.pack(key, place, len(reading)))
            parts += (key, reading)
            place += len(key) + len(reading)
        # the readings first: what the index names is there
        self._data.append(b"".join(parts))
        self._index.append(b"".join(rows))

    def close(self) -> None:
        self._data.close()
        self._index.close()


class _Growing:
    """A file that only grows, by whole pieces."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        self.size = 0

    def append(self, data: bytes) -> None:
        try:
            write_all(self._handle, data)
        except OSError:
            with contextlib.suppress(OSError):  # a piece that stays is behind the end of what is named
                os.ftruncate(self._handle, self.size)
            self.size = os.fstat(self._handle).st_size
            raise
        self.size += len(data)

    def close(self) -> None:
        os.close(self._handle)
