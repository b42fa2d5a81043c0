"""Writing migrations, for developers: the first one from the tables, later ones from what changed.

Until the first release the tables still change and no database has data to carry over, so migration
0001 is written anew. From the second migration on it is frozen (docs/decisions/0002-alembic.md).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.operations.ops import MigrationScript
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Table, create_engine
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement, SetColumnComment, SetTableComment

from govspider.db import local_server, schema_version
from govspider.db.address import DRIVER
from govspider.db.tables import metadata
from govspider.db.upgrade import alembic_config, drop_database, ensure_database, upgrade

_HEADING = """\
-- The tables of the first release, frozen. Written by `python scripts/database.py regenerate-initial`
-- from govspider/db/tables.py; not edited by hand.
"""


class MigrationAuthoringError(RuntimeError):
    """The migration cannot be written; the sentence says why."""


def initial_schema_sql() -> str:
    """CREATE and COMMENT statements of all tables, each table after those it refers to."""
    return _HEADING + "".join(_table_sql(table) for table in metadata.sorted_tables)


def regenerate_initial(migrations: Path) -> Path:
    """Write migration 0001 anew from the tables; returns the file.

    Databases that were migrated before keep their old tables and have to be made anew.

    Parameters: `migrations`, the folder of migrations.
    Raises MigrationAuthoringError once there is a second migration: the first is history then.
    """
    versions = migrations / "versions"
    later = sorted(path.name for path in versions.glob("*.py") if not path.name.startswith("0001_"))
    if later:
        raise MigrationAuthoringError(
            f"Migration 0001 is frozen, {later[0]} builds on it: write a new migration instead."
        )
    written = versions / "0001_initial.sql"
    statements = initial_schema_sql()
    written.write_text(statements, "utf-8")
    _set_constant("INITIAL_SCHEMA", schema_version.initial_digest(statements))
    return written


def new_migration(message: str) -> Path:
    """Write the next migration from the difference between the tables and the newest migration.

    Works on a scratch database of the private server, and raises HEAD in schema_version.py.
    Returns the file, to be read and corrected by its author.
    Raises MigrationAuthoringError when nothing changed.
    """
    with _scratch_database() as url:
        config = alembic_config(url)
        scripts = ScriptDirectory.from_config(config)
        number = f"{len(list(scripts.walk_revisions())) + 1:04}"
        upgrade(url)
        made = command.revision(
            config, message, autogenerate=True, rev_id=number, process_revision_directives=_leave_out_empty
        )
    if not isinstance(made, Script):
        raise MigrationAuthoringError("The tables are what the migrations make already: there is nothing to migrate.")
    _set_constant("HEAD", number)
    return Path(made.path)


def _leave_out_empty(_context: object, _revision: object, directives: list[MigrationScript]) -> None:
    operations = directives[0].upgrade_ops
    if operations is None or operations.is_empty():
        directives.clear()


@contextmanager
def _scratch_database() -> Iterator[str]:
    server = local_server.this_server()
    server.start()
    url = server.url(f"{local_server.DATABASE}_migration_{secrets.token_hex(4)}")
    ensure_database(url)
    try:
        yield url
    finally:
        drop_database(url)


def _set_constant(name: str, value: str) -> None:
    """Write a constant of schema_version.py anew."""
    source = Path(schema_version.__file__)
    written = re.sub(rf'(?m)^{name} = ".*"$', f'{name} = "{value}"', source.read_text("utf-8"))
    source.write_text(written, "utf-8")


def _table_sql(table: Table) -> str:
    statements: list[ExecutableDDLElement] = [
        CreateTable(table),
        *(CreateIndex(index) for index in sorted(table.indexes, key=lambda index: str(index.name))),
        SetTableComment(table),
        *(SetColumnComment(column) for column in table.columns),
    ]
    # named: else every percent sign in a comment would be doubled for the driver
    dialect = create_engine(f"{DRIVER}://", paramstyle="named").dialect
    lines = (str(statement.compile(dialect=dialect)) for statement in statements)
    return "\n" + "".join(_tidy(line) + ";\n" for line in lines)


def _tidy(statement: str) -> str:
    return "\n".join(line.rstrip().replace("\t", "    ") for line in statement.strip().splitlines())
