"""The schema `analysis` of a database: its views made, renewed when their files changed, and taken away.

Views hold no data, so they are no migrations: whatever ran last, the views of this code are made anew.
The comment of the schema names the state of the files they were made from.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from govspider.db.analysis.views import SCHEMA, views_digest, views_sql
from govspider.db.schema_version import lock_schema

_DEPENDENTS = "2BP01"


class ForeignViewError(RuntimeError):
    """Something that is not ours rests on a view of the schema; the sentence names it."""


def schema_sql() -> str:
    """Every statement that makes the schema, for an administrator to read or run himself."""
    return f"create schema if not exists {SCHEMA};\n{views_sql()}comment on schema {SCHEMA} is '{views_digest()}';\n"


def renew_views(connection: Connection) -> str | None:
    """Make the views unless those of this code are there.

    Returns None when they are there, else one sentence that says why not and what to ask the administrator for.
    Raises ForeignViewError when something else was built on the old ones.
    """
    lock_schema(connection)
    state = text("SELECT obj_description(to_regnamespace(:name), 'pg_namespace')")
    if connection.scalar(state, {"name": SCHEMA}) == views_digest():
        return None
    if not _may_make(connection):
        me, name = connection.execute(text("SELECT current_user, current_database()")).one()
        return (
            f"The views for analysts were not made, because {me} may not make schemas in {name}: ask the administrator "
            f"for `CREATE SCHEMA {SCHEMA} AUTHORIZATION {me}`, then run `python scripts/database.py migrate` again."
        )
    drop_views(connection)
    connection.exec_driver_sql(schema_sql(), execution_options={"no_parameters": True})
    return None


def drop_views(connection: Connection) -> None:
    """Take every view of the schema away; what stands on them stops us. The schema stays, with its rights.

    Raises ForeignViewError when something else was built on one of them.
    """
    query = text("SELECT quote_ident(viewname) FROM pg_views WHERE schemaname = :name ORDER BY viewname")
    names = [f"{SCHEMA}.{name}" for name in connection.scalars(query, {"name": SCHEMA})]
    if not names:
        return
    try:
        with connection.begin_nested():
            connection.execute(text(f"DROP VIEW {', '.join(names)} RESTRICT"))
            connection.execute(text(f"COMMENT ON SCHEMA {SCHEMA} IS NULL"))
    except DBAPIError as error:
        if getattr(error.orig, "pgcode", None) != _DEPENDENTS:
            raise
        raise ForeignViewError(
            f"The views of the schema {SCHEMA} are made anew with every version, but something else rests on them: "
            f"{' '.join(str(error.orig).split())}. Drop it first, and copy a view instead of building on it."
        ) from error


def drop_schema(connection: Connection) -> None:
    """Take the schema away with its views, before the tables they read."""
    drop_views(connection)
    connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA}"))


def _may_make(connection: Connection) -> bool:
    query = text("""
        SELECT coalesce((SELECT has_schema_privilege(oid, 'CREATE') FROM pg_namespace WHERE nspname = :name),
                        has_database_privilege(current_database(), 'CREATE'))""")
    return bool(connection.scalar(query, {"name": SCHEMA}))
