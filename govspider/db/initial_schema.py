"""The first migration as SQL, written out from the tables.

Until the first release the tables still change and there is no data to carry over, so migration 0001 is
written anew (`python scripts/database.py regenerate-initial`). From then on it is frozen and changes get numbers.
"""

from __future__ import annotations

from sqlalchemy import Table, create_engine
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement, SetColumnComment, SetTableComment

from govspider.db.tables import metadata

_HEADING = """\
-- The tables of the first release, frozen. Written by `python scripts/database.py regenerate-initial`
-- from govspider/db/tables.py; not edited by hand.
"""


def initial_schema_sql() -> str:
    """CREATE and COMMENT statements of all tables, each table after those it refers to."""
    return _HEADING + "".join(_table_sql(table) for table in metadata.sorted_tables)


def _table_sql(table: Table) -> str:
    statements: list[ExecutableDDLElement] = [
        CreateTable(table),
        *(CreateIndex(index) for index in sorted(table.indexes, key=lambda index: str(index.name))),
        SetTableComment(table),
        *(SetColumnComment(column) for column in table.columns),
    ]
    dialect = create_engine("postgresql+psycopg2://").dialect
    lines = (str(statement.compile(dialect=dialect)) for statement in statements)
    return "\n" + "".join(_tidy(line) + ";\n" for line in lines)


def _tidy(statement: str) -> str:
    return "\n".join(line.rstrip().replace("\t", "    ") for line in statement.strip().splitlines())
