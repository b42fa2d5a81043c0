"""Processor time of the PostgreSQL server, read from /proc: it is not the crawling process's, so it is told apart."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import text

from govspider.db.engine import make_engine

_PARENT, _FIRST_TIME = 1, 11


def postgres_seconds(database_url: str) -> float | None:
    """User and system time of one server, its sessions and those that ended.

    None where the server runs on another machine, or where there is no /proc.
    """
    engine = make_engine(database_url)
    try:
        with engine.connect() as connection:
            session = connection.execute(text("select pg_backend_pid()")).scalar_one()
            every = _processes()
    finally:
        engine.dispose()
    server = next((parent for parent, process, _ in every if process == session), None)
    ticks = [spent for parent, process, spent in every if server in (parent, process)]
    return sum(ticks) / os.sysconf("SC_CLK_TCK") if server and ticks else None


def _processes() -> list[tuple[int, int, int]]:
    """Parent, number and clock ticks of every process of PostgreSQL; those of ended ones are among their parent's."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = entry.read_text(encoding="utf-8", errors="replace").partition("(")[2].rpartition(")")
        except OSError:  # ended while it was read; its time is counted by its parent
            continue
        fields = rest.split()
        if name != "postgres":
            continue
        found.append((int(fields[_PARENT]), int(entry.parent.name), sum(map(int, fields[_FIRST_TIME:][:4]))))
    return found
