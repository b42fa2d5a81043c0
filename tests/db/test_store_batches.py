"""A batch holds pages and answers as they came; it is written by kind, and a look ends after all of its pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text

from govspider.db import store
from govspider.extract.document.page import Page
from govspider.items import (
    OBSERVED_COLUMN,
    ColumnObservation,
    ColumnState,
    LinkAnswered,
    LinkState,
    ListItem,
    LookFinished,
    PageRole,
    PageSeen,
)
from tests.observed_city import CHECK_AT, ObservedCity

CODE = "3300000001"
_PAGES = 5


def _alternating(city: ObservedCity) -> list[Any]:
    """The end of a look first, then its pages and answers by turns."""
    look_id, run_id = city.look(CODE)
    site_id, home = city.sites[CODE], city.home_url(CODE)
    items: list[Any] = [LookFinished(look_id, run_id, site_id, CHECK_AT, True, _PAGES, _PAGES)]
    for number in range(_PAGES):
        url = f"{home}{number}.html"
        seen = PageSeen(look_id, run_id, site_id, PageRole.COLUMN, url, url, CHECK_AT, Page(url, b"<p>"), 200)
        listed = ListItem(1, "通知", f"{url}?1", date(2026, 11, 1 + number), "", "own_tag")
        seen.observations[OBSERVED_COLUMN] = ColumnObservation(ColumnState.LIST, list_items=(listed,))
        items += [seen, LinkAnswered(run_id, url, LinkState.OK, 1, CHECK_AT, url, 200)]
    return items


@pytest.fixture
def city(emptied_engine: Engine) -> ObservedCity:
    city = ObservedCity(emptied_engine)
    city.organisation("甲市", "city")
    city.site(CODE, "甲市")
    return city


def test_pages_and_answers_that_alternate_are_written_in_as_many_statements_as_one_of_each(
    city: ObservedCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    items, tables = _alternating(city), []
    insert = store._insert

    def noting(connection: Any, table: str, *given: Any) -> Any:
        tables.append(table)
        return insert(connection, table, *given)

    monkeypatch.setattr(store, "_insert", noting)
    store.write_items(city.engine, items)
    assert tables.count("page") == tables.count("link_answer") == 1


def test_an_end_that_stands_before_pages_in_its_batch_counts_what_they_publish(city: ObservedCity) -> None:
    store.write_items(city.engine, _alternating(city))
    with city.engine.connect() as connection:
        days = connection.execute(text("select day, items from published_day order by day")).all()
    assert [tuple(row) for row in days] == [(date(2026, 11, 1 + number), 1) for number in range(_PAGES)]
