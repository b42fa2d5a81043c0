"""Rows that a judging made, on their way into the database: kept in temporary tables until they take their places.

A judging of a country makes hundreds of thousands of rows. They are written as text where they are made,
copied in as they come, and put in place by a few statements over all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from io import StringIO

from sqlalchemy import Connection, text

FRESH_ROWS = {
    "fresh_verdict": (
        "site_id bigint, look_id bigint, clause text, result text, reasons jsonb, findings jsonb, bad integer, "
        "suspected integer, unknown integer, threshold integer, points_low numeric, points_high numeric, "
        "version integer default 1"
    ),
    "fresh_score": (
        "site_id bigint, object_class text, result text, vetoed boolean, without_service boolean, deduct_low numeric, "
        "deduct_high numeric, total_low numeric, total_high numeric, total numeric, open_clauses jsonb, "
        "unknown_clauses jsonb, without_points jsonb"
    ),
    "fresh_sighting": (
        "fingerprint text, site_id bigint, site_column_id bigint, look_id bigint, run_id bigint, seen_at timestamptz, "
        "kind text, clause text, certainty text, url text, source_url text, evidence text, evidence_sha256 text"
    ),
    "fresh_change": (
        "fingerprint text, from_state text, to_state text, changed_by text, reason text, run_id bigint, "
        "exempted_until date"
    ),
}
"""The temporary tables, with their columns in the order of the lines."""

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def open_fresh_rows(connection: Connection) -> None:
    """Make the temporary tables, empty; they go with the transaction."""
    for table, columns in FRESH_ROWS.items():
        connection.execute(text(f"drop table if exists pg_temp.{table}"))
        connection.execute(text(f"create temporary table {table} ({columns}) on commit drop"))


def lines_of(rows: Iterable[Sequence[object]]) -> str:
    """Rows as PostgreSQL's COPY reads them: a line each, lists as JSON."""
    return "".join("\t".join(map(_cell, row)) + "\n" for row in rows)


def _cell(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, list):
        value = json.dumps(value, ensure_ascii=False) if value else "[]"
    return str(value).translate(_ESCAPES)


def add_fresh_rows(connection: Connection, table: str, lines: str) -> None:
    """Copy lines into one of the temporary tables."""
    if lines:
        cursor = connection.connection.cursor()
        cursor.copy_expert(f"copy pg_temp.{table} ({_copied(table)}) from stdin", StringIO(lines))


def _copied(table: str) -> str:
    """Columns that lines fill: all but those with a default."""
    columns = (column.split() for column in FRESH_ROWS[table].split(","))
    return ", ".join(column[0] for column in columns if "default" not in column)


def weigh_fresh_rows(connection: Connection) -> None:
    """Count the rows for the planner: without it every statement over them is planned for a handful."""
    for table in FRESH_ROWS:
        connection.execute(text(f"analyze pg_temp.{table}"))
