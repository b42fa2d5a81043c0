"""The data dictionary: every table and column in words, for whoever asks the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, Table, UniqueConstraint, create_engine

from govspider.db.address import DRIVER
from govspider.db.roles import ANALYST, HIDDEN_TABLES
from govspider.db.tables import metadata

_HEADING = f"""\
# Data dictionary

Written by `python scripts/data_dictionary.py` from `govspider/db/tables.py`; not edited by hand.

Instants are `timestamp with time zone`, days are dates in Asia/Shanghai, codes and addresses are text.
The role `{ANALYST}` reads every table except {", ".join(f"`{name}`" for name in HIDDEN_TABLES)}.
"""
_DIALECT = create_engine(f"{DRIVER}://").dialect


def data_dictionary() -> str:
    """The whole document as Markdown, tables in the order of the code: registry, runs, observations, judging."""
    tables = metadata.tables.values()
    contents = "\n".join(f"- [{table.name}](#{table.name}): {_cell(table.comment)}" for table in tables)
    return "\n".join([_HEADING, contents, "", *(_table(table) for table in tables)])


def _table(table: Table) -> str:
    lines = [f"## {table.name}", "", f"{table.comment or ''}.", ""]
    lines += ["| column | type | null | meaning |", "|---|---|---|---|"]
    lines += [_column(column) for column in table.columns]
    rules = [rule for constraint in table.constraints if (rule := _rule(constraint))]
    if rules:
        lines += ["", *sorted(rules)]
    return "\n".join([*lines, ""])


def _column(column: Column[Any]) -> str:
    kind = column.type.compile(dialect=_DIALECT).lower()
    words = [_cell(column.comment)]
    words += [f"→ [{key.column.table.name}](#{key.column.table.name})" for key in column.foreign_keys]
    marks = "primary key" if column.primary_key else "yes" if column.nullable else "no"
    return f"| `{column.name}` | {kind} | {marks} | {' '.join(words)} |"


def _rule(constraint: Any) -> str | None:
    """Keys and conditions; foreign keys stand with their columns."""
    if isinstance(constraint, UniqueConstraint):
        return f"- unique: {', '.join(f'`{column.name}`' for column in constraint.columns)}"
    if isinstance(constraint, CheckConstraint):
        return f"- check: `{constraint.sqltext}`"
    return None


def _cell(words: str | None) -> str:
    return (words or "").replace("|", "\\|")
