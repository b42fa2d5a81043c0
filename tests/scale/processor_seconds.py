"""Processor seconds of a measurement: on a machine that others use as well, wall seconds tell about them too."""

from __future__ import annotations

import os
import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text

from govspider.db.engine import Engine

_TICKS = os.sysconf("SC_CLK_TCK")
_BACKENDS = text("select pid from pg_stat_activity where datname = current_database()")
_EVERY_SECONDS = 0.5


@dataclass(slots=True)
class Used:
    """Seconds of processor time. `server`: of the database's backends, those that lived shorter than a sample apart."""

    python: float = 0.0
    server: float = 0.0
    _first: dict[int, float] = field(default_factory=dict)
    _last: dict[int, float] = field(default_factory=dict)

    def sample(self, pids: list[int], *, begun: bool) -> None:
        for pid in pids:
            seconds = seconds_of(pid)
            if seconds is not None:
                self._first.setdefault(pid, 0.0 if begun else seconds)
                self._last[pid] = seconds
        self.server = sum(seconds - self._first[pid] for pid, seconds in self._last.items())


@contextmanager
def processor_seconds(engine: Engine) -> Iterator[Used]:
    """Count until the block ends; the server has to run on this machine."""
    used, done = Used(), threading.Event()
    before = _own()
    with engine.connect() as connection:
        used.sample(list(connection.scalars(_BACKENDS)), begun=False)
    watcher = threading.Thread(target=_watch, args=(engine, used, done), daemon=True)
    watcher.start()
    try:
        yield used
    finally:
        done.set()
        watcher.join()
        used.python = _own() - before


def _watch(engine: Engine, used: Used, done: threading.Event) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not done.wait(_EVERY_SECONDS):
            used.sample(list(connection.scalars(_BACKENDS)), begun=True)
        used.sample(list(connection.scalars(_BACKENDS)), begun=True)


def seconds_of(pid: int) -> float | None:
    """User and system seconds of a process; None when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _own() -> float:
    """Of this process and of its children that ended."""
    all_of = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in all_of)
