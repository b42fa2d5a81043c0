"""Dead letters: rows that could not be stored, one JSON object a line, each with the reason.

A line is written whole or not at all. Where the machine itself was stopped in mid-write half a line may be left: it is
told, it spoils no other line, and the look it belonged to never ended, so its site is looked at again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SHOWN = 60


class DeadLettersError(ValueError):
    """A file that cannot be read; the sentence says which and why."""


@dataclass(frozen=True, slots=True)
class DeadLetters:
    """What a file holds: its letters in order, and a sentence for each line that is none."""

    letters: tuple[Mapping[str, Any], ...]
    broken: tuple[str, ...]


def append(path: Path, letter: Mapping[str, Any]) -> None:
    """Add a letter, whole or not at all: half a line would spoil the next one too. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b", buffering=0) as file:
        before = os.fstat(file.fileno()).st_size
        try:
            data = memoryview(f"{_break(file, before)}{json.dumps(letter, ensure_ascii=True)}\n".encode())
            while data:
                data = data[file.write(data) :]
            os.fsync(file.fileno())
        except OSError:
            with suppress(OSError):  # what is no file on a disk has no length
                os.truncate(file.fileno(), before)
            raise


def _break(file: Any, size: int) -> str:
    """A line end, where a machine that was stopped left half a line at the end of a file."""
    if not size:
        return ""
    file.seek(size - 1)
    return "" if file.read(1) == b"\n" else "\n"


def read(path: Path) -> DeadLetters:
    """The letters of a file, and what is none. Raises DeadLettersError where it cannot be read."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise DeadLettersError(f"死信文件 {path} 无法读取：{error.strerror}") from error
    letters: list[Mapping[str, Any]] = []
    broken: list[str] = []
    for number, line in enumerate(lines, start=1):
        letter = _letter(line)
        if letter is not None:
            letters.append(letter)
        elif line.strip():
            text = line.decode("utf-8", "replace")[:_SHOWN]
            broken.append(
                f"死信文件 {path} 第 {number} 行只写了一半（写入时机器或进程被中断）：{text!r}；其余各行不受影响"
            )
    return DeadLetters(tuple(letters), tuple(broken))


def _letter(line: bytes) -> Mapping[str, Any] | None:
    try:
        letter = json.loads(line)
    except ValueError:
        return None
    return letter if isinstance(letter, dict) and {"error", "item", "row"} <= letter.keys() else None
