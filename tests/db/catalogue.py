"""What a database holds, as PostgreSQL itself describes it: two schemas are equal when these are."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.engine import Engine

_QUERIES = {
    "column": """
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
               pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum)
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace""",
    "table": """
        SELECT relname, relkind, obj_description(oid, 'pg_class') FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace""",
    "constraint": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = current_schema()::regnamespace""",
    "index": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()",
    "function": "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace",
    "type": """
        SELECT typname FROM pg_type
        WHERE typnamespace = current_schema()::regnamespace AND typtype IN ('e', 'd')""",
    "default right": "SELECT defaclobjtype, array_to_string(defaclacl, ',') FROM pg_default_acl",
}


def catalogue(engine: Engine, *, without: str | None = None) -> set[tuple[object, ...]]:
    """Every column, constraint, index, comment and default right of a database, except those of one table."""
    found: set[tuple[object, ...]] = set()
    with engine.connect() as connection:
        for kind, query in _QUERIES.items():
            rows = [tuple(row) for row in connection.execute(text(query))]
            found.update((kind, *row) for row in rows if without is None or not str(row[0]).startswith(without))
    return found
