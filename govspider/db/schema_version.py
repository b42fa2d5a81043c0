"""The schema this code needs, known without the migrations folder: an egg has none."""

from __future__ import annotations

from sqlalchemy import inspect, text
from sqlalchemy.engine import Engine

HEAD = "0001"
VERSION_TABLE = "alembic_version"


class SchemaVersionError(RuntimeError):
    """The database does not have the tables this code needs; the sentence says how to get them."""


def current_version(engine: Engine) -> str | None:
    """The migration a database is at; None for one that never was migrated."""
    with engine.connect() as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            return None
        found = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))
    return str(found) if found is not None else None


def is_at_head(engine: Engine) -> bool:
    """True when the database is at the newest migration this code knows."""
    return current_version(engine) == HEAD


def require_head(engine: Engine) -> None:
    """Raise SchemaVersionError unless the database is at the newest migration this code knows."""
    found = current_version(engine)
    if found == HEAD:
        return
    name = engine.url.database
    if found is None:
        raise SchemaVersionError(
            f"The database {name!r} has no govspider tables: "
            "run `python scripts/database.py migrate` from a checkout with the same DATABASE_URL."
        )
    raise SchemaVersionError(
        f"The database {name!r} is at migration {found}, this code needs {HEAD}: "
        "run `python scripts/database.py migrate` from the checkout of this version with the same DATABASE_URL."
    )
