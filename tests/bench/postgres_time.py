"""Processor time of the PostgreSQL server, read from /proc: it is not the crawling process's, so it is told apart."""

from __future__ import annotations

import os
from pathlib import Path

_NAME = "postgres"
_FIELDS_BEFORE = 11


def postgres_seconds() -> float | None:
    """User and system time of all postgres processes and of those that ended; None where /proc is missing."""
    if not Path("/proc/self/stat").exists():
        return None
    ticks = 0
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = entry.read_text(encoding="utf-8", errors="replace")
        except OSError:  # ended while it was read; its time is counted by its parent
            continue
        name, _, rest = text.partition("(")[2].rpartition(")")
        if name != _NAME:
            continue
        user, system, ended_user, ended_system = (int(part) for part in rest.split()[_FIELDS_BEFORE:][:4])
        ticks += user + system + ended_user + ended_system
    return ticks / os.sysconf("SC_CLK_TCK")
