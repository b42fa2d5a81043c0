"""Processes below another one, what they listen on and how they were called, as Linux tells it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_LISTENING = "0A"
_ACCEPTS = 0x10000


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


def listening(pid: int) -> list[str]:
    """Addresses a process listens on: TCP of both families, and named sockets of the file system."""
    inodes = set()
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        try:
            inodes.add(str(entry.readlink()).partition("socket:[")[2].rstrip("]"))
        except FileNotFoundError:  # closed meanwhile
            continue
    found = []
    for table in ("tcp", "tcp6"):
        rows = [line.split() for line in Path(f"/proc/{pid}/net/{table}").read_text("ascii").splitlines()[1:]]
        found += [row[1] for row in rows if row[3] == _LISTENING and row[9] in inodes]
    rows = [line.split() for line in Path(f"/proc/{pid}/net/unix").read_text("ascii").splitlines()[1:]]
    return found + [row[-1] for row in rows if int(row[3], 16) & _ACCEPTS and row[6] in inodes]


def command_line(pid: int) -> str:
    """The words a process was started with, as everybody on the machine can read them."""
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
