"""How Alembic reaches the database: the address comes from the caller, else from the environment."""

from __future__ import annotations

import os

from alembic import context
from sqlalchemy import text

from govspider.db.address import normalise_url
from govspider.db.analysis_schema import drop_views, schema_sql
from govspider.db.engine import database_url, make_engine
from govspider.db.schema_version import lock_schema
from govspider.db.tables import metadata


def _url() -> str:
    given = context.config.get_main_option("sqlalchemy.url")
    return normalise_url(given) if given else database_url(os.environ)


def _run_online() -> None:
    engine = make_engine(_url())
    try:
        with engine.connect() as connection:
            context.configure(connection=connection, target_metadata=metadata, compare_server_default=True)
            with context.begin_transaction():
                lock_schema(connection)
                if _moves():
                    drop_views(connection)
                context.run_migrations()
    finally:
        engine.dispose()


def _moves() -> bool:
    """True when a migration will run: the views rest on its tables, go first, and are made anew after the last one."""
    wanted = context.get_context().opts.get("destination_rev")
    current = context.get_context().get_current_heads()
    return wanted is not None and context.script.as_revision_number(wanted) not in current


def _print_sql() -> None:
    """`alembic upgrade head --sql`: the statements, for administrators who run them themselves."""
    # named: else every percent sign would be doubled for a driver that is not there
    context.configure(dialect_name="postgresql", dialect_opts={"paramstyle": "named"}, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
        if context.get_context().opts.get("destination_rev") == "head":
            # the colon is SQLAlchemy's sign for a parameter; here it is only text
            context.execute(text(schema_sql().replace(":", r"\:")))


if context.is_offline_mode():
    _print_sql()
else:
    _run_online()
