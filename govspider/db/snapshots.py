"""One state of the database for several connections: what other processes read is what the first one saw."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

from govspider.db.engine import make_engine


def share_snapshot(connection: Connection) -> str:
    """Name of the state that this transaction sees; others may see it too until the transaction ends."""
    return str(connection.scalar(text("select pg_export_snapshot()")))


def full_address(engine: Engine) -> str:
    """Address of the engine's database with its password, for a process that is to connect as well."""
    return engine.url.render_as_string(hide_password=False)


@contextmanager
def at_snapshot(address: str, snapshot: str) -> Iterator[Connection]:
    """A connection in a transaction that sees a shared state."""
    engine = make_engine(address)
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        # a name of PostgreSQL's own making: letters, digits and dashes, which takes no bound value here
        connection.exec_driver_sql(f"set transaction snapshot '{snapshot}'")
        yield connection
    engine.dispose()
