"""Fills a database with a generated country, set by set: bounded in memory, the same rows for the same seed."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Connection, text

from govspider.db.engine import Engine, make_engine
from govspider.db.upgrade import ready_database

_FOLDER = Path(__file__).parent
_FILLED = (
    *("organisation", "site", "site_host", "site_status", "site_column", "period", "run", "target", "look", "evidence"),
    *(
        "page",
        "column_observation",
        "list_item",
        "published_day",
        "article_observation",
        "mark_observation",
        "tag_observation",
    ),
    *("link", "link_answer", "dark_link_observation"),
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much to generate. `linked` of the newest periods have links and list items."""

    sites: int = 14_000
    periods: int = 8
    columns: int = 18
    articles: int = 9
    links: int = 357
    items: int = 4
    linked: int = 2
    seed: int = 7

    @property
    def districts(self) -> int:
        return max(1, self.sites // 100)


def database_name(size: Size) -> str:
    return f"govspider_scale_{size.sites}"


def scale_database(size: Size) -> str:
    """Address of the database for this size, at the newest schema; filled or not."""
    return ready_database(os.environ, database_name(size))


def is_filled(engine: Engine, size: Size) -> bool:
    with engine.connect() as connection:
        return bool(connection.scalar(text("select count(*) from period")) == size.periods)


def fill(engine: Engine, size: Size) -> None:
    """Fill an empty database; constraints and secondary indexes are made after the rows, in one pass each."""
    with _without_constraints(engine):
        _timed("registry", engine, "registry.sql", _given(size))
        for period in range(1, size.periods + 1):
            fill_period(engine, size, period, linked=period > size.periods - size.linked)
    tidy(engine)


def tidy(engine: Engine) -> None:
    """Let new rows continue the numbers, and count the tables for the planner."""
    with engine.begin() as connection:
        for table in _FILLED:
            _continue_numbers(connection, table)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze"))


def fill_period(engine: Engine, size: Size, period: int, *, linked: bool) -> None:
    """Rows of one period; 1 is the oldest."""
    for name in ("period", "items", "links") if linked else ("period",):
        _timed(f"{name} {period}", engine, f"{name}.sql", {**_given(size), "period": period})


def _given(size: Size) -> dict[str, int]:
    return {**asdict(size), "districts": size.districts}


def _timed(words: str, engine: Engine, file: str, given: dict[str, int]) -> None:
    started = time.monotonic()
    with engine.begin() as connection:
        connection.execute(text("set local synchronous_commit = off"))
        connection.execute(text("set local work_mem = '256MB'"))
        for statement in (_FOLDER / file).read_text("utf-8").split(";\n"):
            if statement.strip():
                connection.execute(text(statement), given)
    print(f"  {words}: {time.monotonic() - started:.1f} s", flush=True)


@contextmanager
def _without_constraints(engine: Engine) -> Iterator[None]:
    """Foreign keys and indexes that are no key, taken away and made again: set-based instead of row by row."""
    keys = text("""
        select format('alter table %s drop constraint %I', conrelid::regclass, conname),
               format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
        from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace""")
    indexes = text("""
        select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid) from pg_index
        where indrelid::regclass::text = any(:tables)
          and not exists (select from pg_constraint where conindid = indexrelid)""")
    with engine.begin() as connection:
        found = [*connection.execute(keys), *connection.execute(indexes, {"tables": list(_FILLED)})]
        for drop, _ in found:
            connection.exec_driver_sql(drop)
    yield
    for _, create in reversed(found):
        with engine.begin() as connection:
            connection.execute(text("set local maintenance_work_mem = '512MB'"))
            connection.exec_driver_sql(create)


def _continue_numbers(connection: Connection, table: str) -> None:
    sequence = (
        connection.scalar(text("select pg_get_serial_sequence(:table, 'id')"), {"table": table})
        if table != "evidence"
        else None
    )
    if sequence is not None:
        connection.execute(text(f"select setval('{sequence}', (select coalesce(max(id), 0) + 1 from {table}))"))


def size_asked(arguments: list[str] | None = None) -> tuple[Size, argparse.Namespace]:
    """Size from the command line, with everything else that was asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=Size().sites)
    parser.add_argument("--periods", type=int, default=Size().periods)
    parser.add_argument("--seed", type=int, default=Size().seed)
    asked = parser.parse_args(arguments)
    return Size(sites=asked.sites, periods=asked.periods, seed=asked.seed), asked


def main(arguments: list[str] | None = None) -> int:
    size, _ = size_asked(arguments)
    engine = make_engine(scale_database(size))
    started = time.monotonic()
    if is_filled(engine, size):
        print(f"{database_name(size)} is filled already")
    else:
        fill(engine, size)
        print(f"{database_name(size)} filled in {time.monotonic() - started:.0f} s")
    engine.dispose()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
