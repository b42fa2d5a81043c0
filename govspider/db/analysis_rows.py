"""Reading a view of the schema `analysis`, a block of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

from govspider.db.analysis.views import SCHEMA, views
from govspider.db.roles import ANALYST

_ROWS_AT_ONCE = 10_000


class UnknownViewError(ValueError):
    """There is no such view, or it has no periods; the sentence says which there are."""


@dataclass(frozen=True, slots=True)
class ViewRows:
    """Column names of a view, and its rows in blocks."""

    columns: Sequence[str]
    blocks: Iterator[Sequence[Sequence[Any]]]


@contextmanager
def read_view(engine: Engine, name: str, period: str | None = None) -> Iterator[ViewRows]:
    """The rows of a view, of one period where one is named, seen with the rights of the analyst.

    The rows are read while they are asked for: millions of them need no more memory than a block.
    Raises UnknownViewError.
    """
    columns = _columns(name, period)
    condition = " WHERE period = :period" if period else ""
    query = text(f"SELECT {', '.join(columns)} FROM {SCHEMA}.{name}{condition}")
    with engine.connect() as connection:
        _look_as_analyst(connection)
        found = connection.execution_options(stream_results=True).execute(query, {"period": period} if period else {})
        yield ViewRows(columns, (list(block) for block in found.partitions(_ROWS_AT_ONCE)))


def _columns(name: str, period: str | None) -> list[str]:
    view = next((view for view in views() if view.name == name), None)
    if view is None:
        names = ", ".join(sorted(view.name for view in views()))
        raise UnknownViewError(f"没有视图 {name!r}；可选：{names}")
    if period and "period" not in view.columns:
        raise UnknownViewError(f"视图 {name!r} 不分周期：请去掉 --period")
    return list(view.columns)


def _look_as_analyst(connection: Connection) -> None:
    """Give up every other right, where we may: nobody exports what an analyst may not see."""
    member = "SELECT pg_has_role(current_user, oid, 'MEMBER') FROM pg_roles WHERE rolname = :name"
    if connection.scalar(text(member), {"name": ANALYST}):
        connection.execute(text(f"SET ROLE {ANALYST}"))
