"""The role `analyst`: reads the views of the schema analysis, and every table but the contact persons.

A role belongs to the whole server, its rights to one database. So the role is made once, the rights
are given at every migration, and taking them away never touches the role or other databases.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError, ProgrammingError

from govspider.db.analysis.views import SCHEMA
from govspider.db.schema_version import lock_schema

ANALYST = "analyst"
# personal data of the registry (联系人): for the operators of the inspection only
HIDDEN_TABLES = ("site_contact",)
_ALREADY_THERE = frozenset({"42710", "23505"})  # duplicate_object, or unique_violation when two make it at once


def grant_analyst(connection: Connection) -> str | None:
    """Let the role analyst read this database's tables, those of later migrations too.

    Makes the role where it is missing and the connected role may make roles; no superuser is needed.

    Returns None when done, else one sentence that says why not and what to ask the administrator for.
    """
    lock_schema(connection)
    if not _exists(connection) and not _made(connection):
        me = connection.scalar(text("SELECT current_user"))
        return (
            f"The role {ANALYST} was not made, because {me} may not make roles: ask the administrator for "
            f"`CREATE ROLE {ANALYST} NOLOGIN`, then run `python scripts/database.py migrate` again."
        )
    schema = _schema(connection)
    for name in (schema, *_analysis_schema(connection)):
        for statement in (
            f"GRANT USAGE ON SCHEMA {name} TO {ANALYST}",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA {name} TO {ANALYST}",
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA {name} GRANT SELECT ON TABLES TO {ANALYST}",
        ):
            connection.execute(text(statement))
    for table in HIDDEN_TABLES:
        if connection.scalar(text("SELECT to_regclass(:name)"), {"name": f"{schema}.{table}"}) is not None:
            connection.execute(text(f"REVOKE ALL ON {schema}.{table} FROM {ANALYST}"))
    return None


def revoke_analyst(connection: Connection) -> None:
    """Take this database's rights from the role; the role stays, for other databases may use it."""
    if not _exists(connection):
        return
    for name in (_schema(connection), *_analysis_schema(connection)):
        for statement in (
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA {name} REVOKE SELECT ON TABLES FROM {ANALYST}",
            f"REVOKE ALL ON ALL TABLES IN SCHEMA {name} FROM {ANALYST}",
            f"REVOKE ALL ON SCHEMA {name} FROM {ANALYST}",
        ):
            connection.execute(text(statement))


def _exists(connection: Connection) -> bool:
    found = connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": ANALYST})
    return found is not None


def _made(connection: Connection) -> bool:
    """Make the role without a login; False when the connected role may not."""
    allowed = connection.scalar(
        text("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"),
    )
    if not allowed:
        return False
    try:
        with connection.begin_nested():
            connection.execute(text(f"CREATE ROLE {ANALYST} NOLOGIN"))
            # so that the maker may look at the database as an analyst: SET ROLE analyst
            connection.execute(text(f"GRANT {ANALYST} TO current_user"))
    except (ProgrammingError, IntegrityError) as error:
        # the same name made by a neighbour at the same moment is as good as made here
        if getattr(error.orig, "pgcode", None) not in _ALREADY_THERE:
            raise
    return True


def _analysis_schema(connection: Connection) -> list[str]:
    """The schema of the views, where it could be made."""
    query = text("SELECT nspname FROM pg_namespace WHERE nspname = :name")
    return [str(name) for name in connection.scalars(query, {"name": SCHEMA})]


def _schema(connection: Connection) -> str:
    """The schema of the tables, quoted: the first of the search path, `public` unless someone chose another."""
    return str(connection.scalar(text("SELECT quote_ident(current_schema())")))
