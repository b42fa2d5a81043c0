"""Large pages are read away from the reactor before anybody can ask them anything, small ones where they are asked."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime

import pytest

from govspider.extract.columns.article import observe_article
from govspider.extract.document.page import Page
from govspider.extract.links.links import find_links
from govspider.extract.read_ahead import read_ahead
from govspider.items import PageRole
from govspider.spiders.asked_pages import AskedPages
from govspider.spiders.fetching import Answer

NOW = datetime(2026, 11, 3, tzinfo=UTC)
URL = "http://www.x.gov.cn/1.htm"
BODY = b"<html><body><h1>a</h1><a href='/a.htm'>b</a></body></html>"


def asked_of(size_limit: int, role: PageRole, monkeypatch: pytest.MonkeyPatch) -> tuple[set[str], list[bool]]:
    """Questions that a page was asked when it came, and for each reading ahead whether the reactor's thread did it."""
    here, threads = threading.get_ident(), list[bool]()

    def noting(page: Page, role: PageRole, now: datetime) -> None:
        threads.append(threading.get_ident() == here)
        read_ahead(page, role, now)

    monkeypatch.setattr("govspider.spiders.asked_pages.read_ahead", noting)
    pages = AskedPages(in_thread=size_limit)
    answer = Answer(URL, URL, NOW, NOW, 200, {"Content-Type": "text/html"}, BODY)
    asyncio.run(pages.put(URL, answer, role))
    page = pages.page(URL)
    assert page is not None
    assert ("root" in vars(page)) == (role is PageRole.COLUMN and bool(threads))
    return {question.__name__ for question, _, _ in page.plain_answers()}, threads


def test_a_large_page_is_read_in_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, threads = asked_of(len(BODY), PageRole.COLUMN, monkeypatch)
    assert find_links.__name__ in asked
    assert threads == [False]


def test_a_small_page_waits_until_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked_of(len(BODY) + 1, PageRole.COLUMN, monkeypatch) == (set(), [])


def test_an_article_is_read_as_it_comes_and_waits_without_its_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, threads = asked_of(len(BODY) + 1, PageRole.ARTICLE, monkeypatch)
    assert {observe_article.__name__, find_links.__name__} <= asked
    assert threads == [True]


def test_what_is_no_page_for_readers_is_never_read_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked_of(1, PageRole.SCRIPT, monkeypatch) == (set(), [])
