"""Fresh databases for tests: copies of one migrated template, safe under any number of test processes.

The template is named after the contents of the schema, so it outlives a test run and a change of
tables makes another one. Names carry the day they were made; what a killed run left behind is
dropped by the first run of a later day.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

from govspider.db.address import with_database
from govspider.db.engine import make_engine
from govspider.db.tables import metadata
from govspider.db.upgrade import upgrade

CHECKOUT = Path(__file__).resolve().parents[1]
_PREFIX = "govspider_test_"
_TEMPLATE_LOCK = 7_305_812_367
_DAY = 86_400


def migrated_template(server_url: str) -> str:
    """Name of a database at the newest schema, made by whichever test process comes first."""
    with _maintenance(server_url) as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _TEMPLATE_LOCK})
        schema = _schema_digest()
        ending = f"_template_{schema}"
        for name in _our_databases(connection):
            if name.endswith(ending):
                return name
        _drop_old(connection)
        name = f"{_PREFIX}{_today()}{ending}"
        unfinished = f"{_PREFIX}{_today()}_{secrets.token_hex(6)}"
        connection.execute(text(f"CREATE DATABASE {unfinished} TEMPLATE template0 ENCODING 'UTF8'"))
        upgrade(with_database(server_url, unfinished))
        connection.execute(text(f"ALTER DATABASE {unfinished} RENAME TO {name}"))
        return name


@contextmanager
def fresh_database(server_url: str, template: str = "template0") -> Iterator[str]:
    """Address of a database made for one test and dropped after it, with whoever still is connected."""
    name = f"{_PREFIX}{_today()}_{secrets.token_hex(6)}"
    with _maintenance(server_url) as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    try:
        yield with_database(server_url, name)
    finally:
        with _maintenance(server_url) as connection:
            _drop(connection, name)


def _drop(connection: Connection, name: str) -> None:
    """Drop a database and its sessions.

    WITH (FORCE) is refused to us while an autovacuum worker, the superuser's, is inside; a plain DROP
    stops such workers by itself, and waits some seconds for sessions that are ending.
    """
    sessions = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name AND usename IS NOT NULL"
    connection.execute(text(sessions), {"name": name})
    connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))


def empty_tables(engine: Engine) -> None:
    """Remove every row of every table."""
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())


@contextmanager
def _maintenance(server_url: str) -> Iterator[Connection]:
    engine = make_engine(with_database(server_url, "postgres")).execution_options(isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _schema_digest() -> str:
    """Changes whenever the migrations, the views or the rights they give change."""
    digest = hashlib.sha256()
    folders = (CHECKOUT / "migrations", CHECKOUT / "govspider/db/analysis")
    files = [path for folder in folders for path in sorted(folder.rglob("*"))]
    for path in (*files, CHECKOUT / "govspider/db/roles.py", CHECKOUT / "govspider/db/analysis_schema.py"):
        if path.suffix in {".py", ".sql", ".yaml"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _our_databases(connection: Connection) -> list[str]:
    found = connection.scalars(
        text("SELECT datname FROM pg_database WHERE datname LIKE :ours"), {"ours": f"{_PREFIX}%"}
    )
    return [str(name) for name in found]


def _drop_old(connection: Connection) -> None:
    """Databases of an earlier day than yesterday: nobody's test runs that long."""
    for name in _our_databases(connection):
        day = name.removeprefix(_PREFIX).partition("_")[0]
        if day.isdigit() and int(day) < _today() - 1:
            _drop(connection, name)


def _today() -> int:
    return int(time.time()) // _DAY
