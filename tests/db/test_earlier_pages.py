"""Which articles of the last look may be asked whether they changed: none that anybody is accused on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, insert, text, update

from govspider.db import tables as t
from govspider.db.earlier_pages import read_earlier_pages
from govspider.items import EarlierPage
from tests.observed_city import CHECK_AT, ObservedCity, days_ago

CODE = "3300000001"
NOW = CHECK_AT + timedelta(days=1)
WEEK = timedelta(days=7)


class Looked:
    """A site whose last look saw one article of one column, and a second look that has just begun."""

    def __init__(self, engine: Engine) -> None:
        self.city = ObservedCity(engine)
        self.city.organisation("云景市", "city")
        self.city.site(CODE, "云景市")
        self.column = self.city.column(CODE, "要闻", "news")
        self.look, self.run = self.city.look(CODE)
        self.article = self.city.article(self.look, CODE, days_ago(1), days_ago(1), self.column)
        self.url = str(self.page("url"))
        self.list_url = f"{self.city.home_url(CODE)}list/"
        self.change(parent_url=self.list_url, response_headers={"Etag": '"a"'}, request_headers={"Accept": "*/*"})
        self.now_run = 10_000

    def page(self, name: str) -> Any:
        query = t.page.select().where(t.page.c.id == self.article)
        with self.city.engine.connect() as connection:
            return getattr(connection.execute(query).one(), name)

    def change(self, **values: Any) -> None:
        with self.city.engine.begin() as connection:
            connection.execute(update(t.page).where(t.page.c.id == self.article).values(values))

    def execute(self, statement: str) -> None:
        with self.city.engine.begin() as connection:
            connection.execute(text(statement))

    def finding(self, kind: str, url: str, source_url: str | None = None, state: str = "suspected") -> None:
        row = {
            "site_id": self.city.sites[CODE], "kind": kind, "fingerprint": f"{kind} {url}", "state": state, "url": url,
            "source_url": source_url, "evidence": "", "first_seen_at": CHECK_AT, "last_seen_at": CHECK_AT,
            "last_run_id": self.run,
        }  # fmt: skip
        with self.city.engine.begin() as connection:
            connection.execute(insert(t.finding).values(row))

    def found(self) -> set[str]:
        return set(self.read())

    def read(self) -> dict[str, EarlierPage]:
        site, run = self.city.sites[CODE], self.now_run
        return read_earlier_pages(self.city.engine, site_id=site, run_id=run, since=NOW - WEEK, now=NOW)


@pytest.fixture
def looked(engine: Engine) -> Looked:
    return Looked(engine)


def test_an_article_that_accuses_nobody_is_found_with_what_was_said_of_it(looked: Looked) -> None:
    (found,) = looked.read().values()
    assert (found.url, found.bytes_at, found.sha256) == (looked.url, CHECK_AT, looked.page("evidence_sha256"))
    assert (found.response_headers, found.request_headers) == ({"Etag": '"a"'}, {"Accept": "*/*"})


def test_a_page_that_was_odd_or_old_is_asked_plainly(looked: Looked) -> None:
    as_it_was = {
        "status": 200, "unknown_reason": None, "final_url": looked.url, "redirects": [], "dark_unread": None,
        "wording_unread": None, "role": "article", "evidence_sha256": looked.page("evidence_sha256"),
        "fetched_at": CHECK_AT, "bytes_at": None,
    }  # fmt: skip
    odd: dict[str, list[Any]] = {
        "status": [404, 304], "unknown_reason": ["blocked"], "final_url": ["http://elsewhere/"],
        "redirects": [[{"url": "http://a/", "status": 302}]], "dark_unread": ["long"], "wording_unread": ["long"],
        "role": ["column", "rendered"], "evidence_sha256": [None],
        "fetched_at": [NOW - WEEK - timedelta(seconds=1), NOW + timedelta(seconds=1)],
        "bytes_at": [NOW - WEEK - timedelta(seconds=1)],
    }  # fmt: skip
    assert odd.keys() == as_it_was.keys()
    for name, values in odd.items():
        for value in values:
            looked.change(**{name: value})
            assert looked.found() == set(), (name, value)
        looked.change(**{name: as_it_was[name]})
        assert looked.found() == {looked.url}, name


def test_bytes_that_retention_dropped_are_asked_for_plainly(looked: Looked) -> None:
    looked.execute("update evidence set dropped_at = now()")
    assert looked.found() == set()


def test_only_the_last_complete_look_of_another_run_counts(looked: Looked) -> None:
    looked.now_run = looked.run
    assert looked.found() == set()
    looked.now_run = 10_000
    later = looked.city.look(CODE, at=CHECK_AT + timedelta(hours=1), state="incomplete")
    assert looked.found() == {looked.url}
    looked.execute(f"update look set state = 'complete' where id = {later[0]}")
    assert looked.found() == set()


def test_a_page_that_a_finding_names_is_asked_plainly_until_it_is_fixed(looked: Looked) -> None:
    looked.finding("wording", "http://a/", looked.url)
    assert looked.found() == set()
    looked.execute("update finding set state = 'fixed'")
    assert looked.found() == {looked.url}


def test_articles_of_a_list_that_is_accused_for_its_dates_are_asked_plainly(looked: Looked) -> None:
    looked.finding("link_dead", looked.list_url, looked.list_url)
    assert looked.found() == {looked.url}
    looked.finding("column_stale", looked.list_url, looked.list_url)
    assert looked.found() == set()


def test_an_article_that_stands_in_two_lists_is_asked_plainly_where_one_is_accused(looked: Looked) -> None:
    other = looked.city.column(CODE, "通知", "notice")
    values = {"parent_url": "http://other/", "response_headers": {"Etag": '"a"'}}
    looked.city.page(looked.look, CODE, looked.url, "article", site_column_id=other, **values)
    assert looked.found() == {looked.url}
    looked.finding("column_stale", "http://other/", "http://other/")
    assert looked.found() == set()


def test_a_page_with_a_dead_link_of_its_own_is_asked_plainly(looked: Looked) -> None:
    looked.city.link(looked.article, looked.look, "http://dead/", "inner")
    looked.city.link(looked.article, looked.look, "http://silent/", "inner")
    looked.city.answer(looked.run, "http://silent/", ("unknown", None))
    assert looked.found() == {looked.url}
    looked.city.answer(looked.run, "http://dead/", ("dead", 404), ("dead", 404))
    assert looked.found() == set()


def test_a_dead_link_of_a_block_that_stands_on_other_pages_too_is_seen_there(looked: Looked) -> None:
    looked.city.link(looked.article, looked.look, "http://dead/", "inner")
    looked.city.answer(looked.run, "http://dead/", ("dead", 404), ("dead", 404))
    looked.execute(
        "with block as (insert into link_block (look_id, scope, digest)"
        f" values ({looked.look}, 'inner', 'x') returning id),"
        " linked as (update link set link_block_id = (select id from block))"
        f" insert into page_block select {looked.article}, id from block"
    )
    assert looked.found() == set()
    column = looked.city.page(looked.look, CODE, looked.list_url, "column", site_column_id=looked.column)
    looked.execute(f"insert into page_block select {column}, id from link_block")
    assert looked.found() == {looked.url}


def test_an_address_that_ever_looked_dead_or_open_is_asked_plainly(looked: Looked) -> None:
    looked.city.answer(looked.run, looked.url, ("ok", 200))
    assert looked.found() == {looked.url}
    for state in ("dead", "unknown"):
        looked.execute(f"update link_answer set state = '{state}'")
        assert looked.found() == set()
    looked.execute("update link_answer set state = 'ok', rung = 2")
    assert looked.found() == set()
