"""Processes below another one, as Linux tells them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def children_of(pid: int) -> Iterator[int]:
    """Processes that this one and its children started."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = entry.read_text("utf-8", errors="replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):  # ended meanwhile
            continue
        if int(words[1]) == pid:
            found = int(entry.parent.name)
            yield found
            yield from children_of(found)
