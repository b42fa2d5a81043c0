"""How fast rows go in: the store of the pipelines against bare execute_values of the very same rows.

The bare contender writes finished tuples into copies of the same tables, indexes included, in pages of 1,000
and one transaction per batch as the store does. It converts, cleans and looks up nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from psycopg2.extras import execute_values

from govspider.db import store as product_store
from govspider.db.engine import make_engine
from govspider.items import OBSERVED_LINKS, LinkAnswered, LinkState, PageRole, PageSeen
from tests.bench.extractors import pages_of
from tests.bench.pages import BaseSite

# what it imports and calls by itself is noted here, which no typed module would allow
store: Any = product_store
_BATCH = 200
_PAGE = 1000
_LINK_COLUMNS = "page_id, look_id, url, raw, kind, scope, anchor, place, path, element"


def _seen(bases: list[BaseSite], look: tuple[int, int, int], at: datetime, most: int) -> list[Any]:
    """Pages with their links, and an answer for every link, as a crawl hands them over."""
    from govspider.extract.links.links import find_links

    look_id, run_id, site_id = look
    items: list[Any] = []
    known: set[str] = set()
    for page in pages_of(bases, most):
        links = page.once(find_links)
        seen = PageSeen(look_id, run_id, site_id, PageRole.ARTICLE, page.url, page.url, at, page, 200)
        seen.response_headers = {"Content-Type": "text/html; charset=utf-8", "Server": "bench"}
        seen.observations[OBSERVED_LINKS] = links
        items.append(seen)
        for url in {link.url for link in links} - known:
            known.add(url)
            headers = {"Content-Type": "text/html; charset=utf-8", "Server": "bench"}
            items.append(
                LinkAnswered(run_id, url, LinkState.OK, 1, at, url, 200, detail="正常（200）", response_headers=headers)
            )
    return items


def rows_per_second(
    database_url: str, bases: list[BaseSite], look: tuple[int, int, int], at: datetime, most: int = 300
) -> tuple[float, float]:
    """Rows per second of the store and of bare execute_values.

    Parameters: `look` ids of a look, its run and its site to write under.
    """
    items = _seen(bases, look, at, most)
    written: list[tuple[str, str, list[Sequence[Any]]]] = []
    original, copied = store._insert, store.copy_links

    def noting(connection: Any, table: str, columns: str, rows: Iterable[Any], suffix: str = "") -> list[Any]:
        given = list(rows)
        written.append((table, columns, [tuple(store._clean(value) for value in row) for row in given]))
        found: list[Any] = original(connection, table, columns, given, suffix)
        return found

    def noting_links(connection: Any, pages: Iterable[Any]) -> None:
        given = list(pages)
        rows: list[Sequence[Any]] = [
            (
                one.id,
                one.look_id,
                link.url,
                link.raw,
                link.kind,
                one.scope,
                link.text,
                link.place,
                link.path,
                link.element,
            )
            for one in given
            for link in one.links
        ]
        written.append(("link", _LINK_COLUMNS, rows))
        copied(connection, given)

    writer = store.StoreWriter(database_url)
    began = time.monotonic()
    for batch in _batches(items):
        writer.write(batch)
    spent = time.monotonic() - began
    store._insert, store.copy_links = noting, noting_links
    try:
        again = [_renewed(item) for item in items]
        for batch in _batches(again):
            writer.write(batch)
    finally:
        store._insert, store.copy_links = original, copied
        writer.close()
    rows = sum(len(given) for _, _, given in written)
    return rows / spent, rows / _bare(database_url, written)


def _renewed(item: Any) -> Any:
    """The same item under another address, so that it is stored once more."""
    item.url = f"{item.url}?again"
    return item


def _batches(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (items[start : start + _BATCH] for start in range(0, len(items), _BATCH))


def _bare(database_url: str, written: Sequence[tuple[str, str, list[Sequence[Any]]]]) -> float:
    engine = make_engine(database_url)
    tables = sorted({table for table, _, _ in written})
    try:
        with engine.begin() as connection:
            for table in tables:
                connection.exec_driver_sql(f"create table bare_{table} (like {table} including all)")
        began = time.monotonic()
        for table, columns, rows in written:
            with engine.begin() as connection:
                cursor = connection.connection.cursor()
                statement = f"insert into bare_{table} ({columns}) values %s on conflict do nothing"
                if rows:
                    execute_values(cursor, statement, rows, page_size=_PAGE)
        spent = time.monotonic() - began
        with engine.begin() as connection:
            for table in tables:
                connection.exec_driver_sql(f"drop table bare_{table}")
        return spent
    finally:
        engine.dispose()
