"""Bringing a database to the newest schema, from a checkout."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from alembic import command
from alembic.config import Config
from sqlalchemy import literal, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from govspider.db import local_server
from govspider.db.address import database_name, with_database, without_password
from govspider.db.analysis_schema import ForeignViewError, renew_views
from govspider.db.engine import VARIABLE, database_url, make_engine
from govspider.db.roles import grant_analyst
from govspider.db.schema_version import SchemaVersionError, current_version, is_an_earlier_draft, require_head

DEMO_SUFFIX = "_demo"
_MAINTENANCE = "postgres"
_OLDEST_POSTGRESQL = 150_000  # unique constraints that count nulls as equal came with 15
_NOT_ALLOWED = "42501"
_ALREADY_THERE = frozenset({"42P04", "23505"})
# WITH (FORCE) is refused while an autovacuum worker, the superuser's, is inside; a plain DROP stops such workers
# by itself, and waits some seconds for sessions that are ending
_END_SESSIONS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = {text} AND pid <> pg_backend_pid() AND pg_has_role(usesysid, 'USAGE')"
)
_log = logging.getLogger(__name__)


class DatabaseUnusableError(RuntimeError):
    """The database cannot be reached or cannot hold our tables; the sentence says why and what to do."""


def alembic_config(url: str) -> Config:
    """Alembic's settings for one database, without any file. Raises SchemaVersionError outside a checkout."""
    folder = local_server.checkout()
    if folder is None:
        raise SchemaVersionError("Migrations run from a checkout only: this code runs from an egg or a wheel.")
    config = Config()
    config.set_main_option("script_location", _escaped(str(folder / "migrations")))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_main_option("sqlalchemy.url", _escaped(url))
    return config


def upgrade(url: str) -> list[str]:
    """Run every migration the database lacks, and renew the views and the rights of the role analyst.

    Safe from several processes at once. Returns sentences about what was left out, such as a role that
    could not be made. Raises DatabaseUnusableError for a database that cannot hold the tables.
    """
    engine = make_engine(url)
    try:
        _check_server(engine)
        command.upgrade(alembic_config(url), "head")
        require_head(engine)
        with engine.begin() as connection:
            left_out = [renew_views(connection), grant_analyst(connection)]
    except ForeignViewError as error:
        raise DatabaseUnusableError(str(error)) from error
    except ProgrammingError as error:
        if getattr(error.orig, "pgcode", None) != _NOT_ALLOWED:
            raise
        raise DatabaseUnusableError(
            f"The role of {without_password(url)} may not make what the migrations need ({_words(error)}): "
            "make it the owner of the database, or of a schema that comes first in its search_path."
        ) from error
    finally:
        engine.dispose()
    return [sentence for sentence in left_out if sentence]


def ensure_database(url: str) -> bool:
    """Make the database of an address where it is missing and we may; True when made.

    We may on the private server, and anywhere for a demo database (`…_demo`). Elsewhere a missing
    database is more likely a slip of the pen in DATABASE_URL than a wish.
    """
    if not _is_missing(url):
        return False
    name = database_name(url)
    if not (name.endswith(DEMO_SUFFIX) or _is_private(url)):
        raise DatabaseUnusableError(
            f"The database {name!r} does not exist on that server: make it, or correct {VARIABLE}."
        )
    return _create(url)


def drop_database(url: str) -> None:
    """Drop a database with all it holds, whoever is connected; a missing one is no fault.

    Raises DatabaseUnusableError where it is neither on the private server nor a demo database: data of
    real inspections on somebody's server are his to drop.
    """
    name = database_name(url)
    if not (name.endswith(DEMO_SUFFIX) or _is_private(url)):
        raise DatabaseUnusableError(f"The database {name!r} is not on the private server: it is not dropped from here.")
    _run_beside(url, (_END_SESSIONS, "DROP DATABASE IF EXISTS {name}"), "dropped")


def ready_database(environ: Mapping[str, str], database: str = local_server.DATABASE) -> str:
    """Address of a database at the newest schema: what every script begins with.

    The private server is started and migrated. A database of DATABASE_URL is migrated only while it is
    empty: one with data is somebody's, who decides when it changes (`python scripts/database.py migrate`).
    A demo database of another draft of the tables is made anew: it holds nothing that cannot be made again.
    From an egg or a wheel nothing is made or changed: the database must be there and at the newest schema.
    """
    url = database_url(environ, database)
    if local_server.checkout() is None:
        _require_database_at_head(url)
        return url
    ensure_database(url)
    engine = make_engine(url)
    try:
        if database_name(url).endswith(DEMO_SUFFIX) and is_an_earlier_draft(engine):
            engine.dispose()
            drop_database(url)
            ensure_database(url)
        if _is_private(url) or current_version(engine) is None:
            for sentence in upgrade(url):
                _log.warning(sentence)
        require_head(engine)
    finally:
        engine.dispose()
    return url


def _require_database_at_head(url: str) -> None:
    if _is_missing(url):
        raise DatabaseUnusableError(
            f"The database {database_name(url)!r} does not exist on that server: correct {VARIABLE}, or make it and "
            "run `python scripts/database.py migrate` from a checkout."
        )
    engine = make_engine(url)
    try:
        require_head(engine)
    finally:
        engine.dispose()


def _check_server(engine: Engine) -> None:
    with engine.connect() as connection:
        version = int(connection.scalar(text("SHOW server_version_num")) or 0)
        encoding = connection.scalar(text("SHOW server_encoding"))
    if version < _OLDEST_POSTGRESQL:
        raise DatabaseUnusableError(f"The server is PostgreSQL {version // 10_000}, but 15 or newer is needed.")
    if encoding != "UTF8":
        raise DatabaseUnusableError(
            f"The database {engine.url.database!r} has the encoding {encoding}, but Chinese text needs UTF8: "
            "make one with `createdb --encoding=UTF8 --template=template0`."
        )


def _is_missing(url: str) -> bool:
    engine = make_engine(url)
    try:
        with engine.connect():
            return False
    except OperationalError as error:
        if _is_listed(url) is False:
            return True
        raise DatabaseUnusableError(
            f"The database {without_password(url)} cannot be reached: {_words(error)}"
        ) from error
    finally:
        engine.dispose()


def _is_listed(url: str) -> bool | None:
    """Whether the server knows the database; None where the server does not let us in at all.

    A refused connection comes without an error code and in the server's own language, so it is asked for.
    """
    engine = make_engine(with_database(url, _MAINTENANCE))
    try:
        with engine.connect() as connection:
            query = text("SELECT 1 FROM pg_database WHERE datname = :name")
            return connection.scalar(query, {"name": database_name(url)}) is not None
    except OperationalError:
        return None
    finally:
        engine.dispose()


def _create(url: str) -> bool:
    """True when made, False when somebody else made it at the same moment."""
    return _run_beside(url, ("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0",), "made")


def _run_beside(url: str, statements: Sequence[str], deed: str) -> bool:
    """Run statements about a database from the maintenance database; False when there was nothing to do.

    Parameters: `statements`, with {name} and {text} where the database's name stands, as a name or as a text.
    """
    engine = make_engine(with_database(url, _MAINTENANCE)).execution_options(isolation_level="AUTOCOMMIT")
    name = database_name(url)
    try:
        with engine.connect() as connection:
            quoted = connection.dialect.identifier_preparer.quote_identifier(name)
            written = str(literal(name).compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
            for statement in statements:
                connection.exec_driver_sql(statement.format(name=quoted, text=written))
    except DBAPIError as error:
        if getattr(error.orig, "pgcode", None) in _ALREADY_THERE:
            return False
        raise DatabaseUnusableError(f"The database {name!r} could not be {deed}: {_words(error)}") from error
    finally:
        engine.dispose()
    return True


def _is_private(url: str) -> bool:
    return local_server.checkout() is not None and local_server.this_server().owns(url)


def _words(error: DBAPIError) -> str:
    return " ".join(str(error.orig).split())


def _escaped(value: str) -> str:
    return value.replace("%", "%%")
