"""Files that are either whole or absent, however the process ends: written beside their place and renamed.

A crawl writes two for each page, so what `tempfile` does for a name nobody could guess is left out: the name is this
process's own, in a folder of its own.
"""

from __future__ import annotations

import os
import secrets
from itertools import count
from pathlib import Path

_PREFIX = ".writing-"
_numbers = count()
_process = secrets.token_hex(8)


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in its place, its folders made where they are missing. Raises OSError; then nothing is left of it."""
    beside = path.with_name(f"{_PREFIX}{_process}-{os.getpid()}-{next(_numbers)}")
    try:
        handle = _opened(beside)
    except FileNotFoundError:
        _make_folder(path.parent)
        handle = _opened(beside)
    try:
        try:
            write_all(handle, data)
        finally:
            os.close(handle)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _make_folder(path: Path) -> None:
    """Most often the folder around it is there: what pathlib does to find out takes longer than the call."""
    try:
        os.mkdir(path)  # noqa: PTH102  one call
    except FileExistsError:
        return
    except FileNotFoundError:
        path.mkdir(parents=True, exist_ok=True)


def _opened(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def write_all(handle: int, data: bytes) -> None:
    """All of it: where the disk is nearly full, one call writes a part."""
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]
