"""Runs and looks: which run to go on with, and the progress of each site in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, insert, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from govspider.db import tables as t


class UnknownRunError(LookupError):
    """A run id that the database does not hold."""


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl run. `resumed` is True when an unfinished run is gone on with."""

    id: int
    period_id: int
    period_label: str
    check_at: datetime
    scope: str
    options: Mapping[str, Any]
    resumed: bool


def _read_run(connection: Connection, run_id: int) -> Run:
    query = select(t.run, t.period.c.label, t.period.c.check_at).join(t.period).where(t.run.c.id == run_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise UnknownRunError(f"run={run_id} is not in the database; see the table run for the ids there are")
    return Run(row.id, row.period_id, row.label, row.check_at, row.scope, row.options, resumed=True)


def find_run(engine: Engine, run_id: int) -> Run:
    """The run of this id, as it is. Raises UnknownRunError."""
    with engine.connect() as connection:
        return _read_run(connection, run_id)


def resume_run(engine: Engine, run_id: int) -> Run:
    """The run of this id, set running again. Raises UnknownRunError."""
    with engine.begin() as connection:
        run = _read_run(connection, run_id)
        connection.execute(
            update(t.run).where(t.run.c.id == run_id).values(state="running", finished_at=None, detail="")
        )
    return run


def unfinished_run(engine: Engine, period_id: int, scope: str, shard: str = "") -> int | None:
    """Id of the newest run of this period and scope that is not complete; None when there is none.

    Parameters: `shard` K/N, for runs of this share of all sites; '' for runs of no share.
    """
    option = t.run.c.options
    query = (
        select(t.run.c.id)
        .where(t.run.c.period_id == period_id, t.run.c.scope == scope, t.run.c.state != "complete")
        .where(func.coalesce(option["shard"].astext, "") == shard, option["sites"].astext.is_(None))
        .order_by(t.run.c.id.desc())
        .limit(1)
    )
    with engine.connect() as connection:
        found: int | None = connection.execute(query).scalar()
    return found


def start_run(
    engine: Engine, period_id: int, *, scope: str, user_agent: str, options: Mapping[str, Any], now: datetime
) -> Run:
    """Begin a new run of a period."""
    values = {
        "period_id": period_id,
        "scope": scope,
        "state": "running",
        "started_at": now,
        "user_agent": user_agent,
        "options": dict(options),
    }
    with engine.begin() as connection:
        run_id = connection.execute(insert(t.run).values(values).returning(t.run.c.id)).scalar_one()
        found = _read_run(connection, run_id)
    return Run(found.id, found.period_id, found.period_label, found.check_at, found.scope, found.options, resumed=False)


def finish_run(
    engine: Engine, run_id: int, *, complete: bool, counters: Mapping[str, Any], detail: str, now: datetime
) -> None:
    """Close a run: complete when every target of it was looked at and nothing was lost."""
    values = {
        "state": "complete" if complete else "incomplete",
        "finished_at": now,
        "counters": dict(counters),
        "detail": detail,
    }
    with engine.begin() as connection:
        connection.execute(update(t.run).where(t.run.c.id == run_id).values(values))


def begin_look(engine: Engine, run_id: int, site_id: int, now: datetime) -> int:
    """Begin the look at one site; what an earlier, broken-off look of this run left is dropped first."""
    with engine.begin() as connection:
        connection.execute(delete(t.look).where(t.look.c.run_id == run_id, t.look.c.site_id == site_id))
        values = {"run_id": run_id, "site_id": site_id, "state": "running", "started_at": now}
        look_id: int = connection.execute(insert(t.look).values(values).returning(t.look.c.id)).scalar_one()
    return look_id


class SiteLocks:
    """Locks that keep two crawls from looking at the same site at once.

    Session-level advisory locks of PostgreSQL: they vanish with the process, however it ends. They vanish with
    the server as well, which the holder does not notice by itself: who writes calls `hold` first.
    """

    _CLASS = 0x675350  # "gSP": the first key of every advisory lock of govspider

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection = self._connect()
        self._held: set[int] = set()
        self._guard = Lock()
        self.lost: frozenset[int] = frozenset()
        """Sites that another crawl took while the server was away: they are left to it."""

    def take(self, site_id: int) -> bool:
        """True when the lock is ours now; False when another crawl holds it."""
        with self._guard:
            taken = self._try(site_id)
            if taken:
                self._held.add(site_id)
            return taken

    def hold(self) -> None:
        """Make sure that the locks are still ours; after a restart of the server they are taken anew.

        What another crawl took meanwhile is entered in `lost`. Safe to call from any thread.
        Raises DatabaseError while the server is away.
        """
        with self._guard:
            if self._answers():
                return
            self._connection = self._connect()
            gone = frozenset(site_id for site_id in sorted(self._held) if not self._try(site_id))
            self._held -= gone
            self.lost |= gone

    def release_all(self) -> None:
        """Give up every lock. Without the unlocking, the server would free them some time after the connection went."""
        with self._guard:
            try:
                self._connection.execute(text("select pg_advisory_unlock_all()"))
            except SQLAlchemyError:
                # the server is away, and the locks with it
                if not self._connection.closed:
                    self._connection.invalidate()
            self._connection.close()

    def _connect(self) -> Connection:
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.detach()  # a pooled connection would keep the locks after close
        return connection

    def _answers(self) -> bool:
        """True while the session that took the locks lives."""
        try:
            self._connection.execute(text("select 1"))
        except SQLAlchemyError:
            if not self._connection.closed:
                self._connection.invalidate()
                self._connection.close()
            return False
        return True

    def _try(self, site_id: int) -> bool:
        query = text("select pg_try_advisory_lock(cast(:class as int), cast(:site as int))")
        taken: bool = self._connection.execute(query, {"class": self._CLASS, "site": site_id}).scalar_one()
        return taken
