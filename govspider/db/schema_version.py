"""The schema this code needs, known without the migrations folder: an egg has none."""

from __future__ import annotations

import hashlib

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection, Engine

HEAD = "0001"
# digest of migration 0001, which is written anew until the first release: two drafts share the number
INITIAL_SCHEMA = "8dffa54bd09796ca"
VERSION_TABLE = "alembic_version"
_ADVISORY_LOCK = 7_305_812_366  # any number, the same for all


class SchemaVersionError(RuntimeError):
    """The database does not have the tables this code needs; the sentence says how to get them."""


def lock_schema(connection: Connection) -> None:
    """Let one program at a time change the tables and rights of a database, until its transaction ends."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})


def initial_digest(statements: str) -> str:
    """What tells one draft of migration 0001 from another."""
    return hashlib.sha256(statements.encode()).hexdigest()[:16]


def current_version(engine: Engine) -> str | None:
    """The migration a database is at; None for one that never was migrated."""
    with engine.connect() as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            return None
        found = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))
    return str(found) if found is not None else None


def is_an_earlier_draft(engine: Engine) -> bool:
    """True when the database was made by a migration 0001 that has been rewritten since."""
    with engine.connect() as connection:
        comment = connection.scalar(text(f"SELECT obj_description(to_regclass('{VERSION_TABLE}'), 'pg_class')"))
    return current_version(engine) is not None and comment != INITIAL_SCHEMA


def is_at_head(engine: Engine) -> bool:
    """True when the database is at the newest migration this code knows."""
    return current_version(engine) == HEAD and not is_an_earlier_draft(engine)


def require_head(engine: Engine) -> None:
    """Raise SchemaVersionError unless the database is at the newest migration this code knows."""
    found, name = current_version(engine), engine.url.database
    if is_an_earlier_draft(engine):
        raise SchemaVersionError(
            f"The database {name!r} was made from another draft of the tables, before the first release: drop it with "
            f"`python scripts/database.py drop --yes --database {name}`, then run `python scripts/database.py migrate`."
        )
    if found == HEAD:
        return
    if found is None:
        raise SchemaVersionError(
            f"The database {name!r} has no govspider tables: "
            "run `python scripts/database.py migrate` from a checkout with the same DATABASE_URL."
        )
    raise SchemaVersionError(
        f"The database {name!r} is at migration {found}, this code needs {HEAD}: "
        "run `python scripts/database.py migrate` from the checkout of this version with the same DATABASE_URL."
    )
