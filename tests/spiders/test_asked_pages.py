"""Large pages are read beside the crawl before anybody can ask them anything, small ones where they are asked."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

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


class Reader:
    """Notes who would be read beside the crawl, and reads."""

    def __init__(self, at_least: int) -> None:
        self.at_least = at_least
        self.read_roles: list[PageRole] = []

    async def read(self, page: Page, role: PageRole, now: datetime) -> None:
        self.read_roles.append(role)
        read_ahead(page, role, now)


def asked_of(size_limit: int, role: PageRole) -> tuple[set[str], list[PageRole]]:
    """Questions that a page was asked when it came, and the roles in which it was handed to the reader."""
    reader: Any = Reader(size_limit)
    pages = AskedPages(reader=reader)
    answer = Answer(URL, URL, NOW, NOW, 200, {"Content-Type": "text/html"}, BODY)
    asyncio.run(pages.put(URL, answer, role))
    page = pages.page(URL)
    assert page is not None
    assert ("root" in vars(page)) == (role is PageRole.COLUMN and bool(reader.read_roles))
    return {question.__name__ for question, _, _ in page.plain_answers()}, reader.read_roles


def test_a_large_page_is_read_beside_the_crawl() -> None:
    asked, roles = asked_of(len(BODY), PageRole.COLUMN)
    assert find_links.__name__ in asked
    assert roles == [PageRole.COLUMN]


def test_a_page_that_nobody_reads_for_its_size_is_not_sent_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Page, "plainly_too_heavy", "too many tags")
    assert asked_of(1, PageRole.HOME) == (set(), [])


def test_a_small_page_waits_until_it_is_asked() -> None:
    assert asked_of(len(BODY) + 1, PageRole.COLUMN) == (set(), [])


def test_an_article_is_read_as_it_comes_and_waits_without_its_tree() -> None:
    asked, roles = asked_of(len(BODY) + 1, PageRole.ARTICLE)
    assert {observe_article.__name__, find_links.__name__} <= asked
    assert roles == []


def test_what_is_no_page_for_readers_is_never_read_ahead() -> None:
    assert asked_of(1, PageRole.SCRIPT) == (set(), [])
