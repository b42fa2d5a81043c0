"""The links of a page come back from rows as they were, whether their blocks are known by then or not."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from govspider.extract import link_rows
from govspider.extract.document.block_memory import BlockMemory
from govspider.extract.document.page import Page
from govspider.extract.facts_only import ForeignReadingError
from govspider.extract.link_rows import LinkRows
from govspider.extract.links.links import find_links, link_blocks
from govspider.extract.readings import packed_reading, recall
from tests.city.model import Asked
from tests.city.plan import make_plan
from tests.city.routes import site_routes


def pages_of_the_city() -> Iterator[tuple[str, bytes, str]]:
    """Address, body and type of every page of some sites of the demo city."""
    plan = make_plan(7, datetime(2026, 11, 20, tzinfo=UTC))
    for site in plan.sites[:8]:
        for path, route in site_routes(plan, site).items():
            answer = route(Asked("GET", site.scheme, site.host, path))
            if answer.content_type.startswith("text/html") and answer.body:
                yield site.origin + path, answer.body, answer.content_type


@pytest.mark.parametrize("room", [1_000_000, 0])
def test_every_page_of_a_site_has_its_own_links_again(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    for given in pages_of_the_city():
        page = Page(*given)
        page.once(link_blocks)
        read.append((given, page.once(find_links), packed_reading(page)))
    memory = BlockMemory(room, 1000)
    monkeypatch.setattr(link_rows, "block_memory", lambda: memory)
    for given, links, packed in read:
        again = Page(*given)
        recall(again, packed)
        assert again.once(find_links) == links, given[0]
    assert len(read) > 100


def test_the_links_of_a_block_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = BlockMemory(1_000_000, 1000)
    monkeypatch.setattr(link_rows, "block_memory", lambda: memory)
    menu = "".join(f'<li><a href="/column{number}/" title="t">栏目{number}</a></li>' for number in range(20))
    body = f"<html><body><div class='nav'><ul>{menu}</ul></div><a href='/a.htm'>甲</a></body></html>".encode()
    pages = [Page(f"http://www.rows.gov.cn/{number}.htm", body) for number in range(3)]
    rows = [LinkRows.of(page.once(find_links), page.once(link_blocks)) for page in pages]
    assert any(page.once(link_blocks) for page in pages), "the menu is a block by now"
    made = [one.facts() for one in rows[1:]]
    assert made == [page.once(find_links) for page in pages[1:]]
    assert made[0][0] is made[1][0]


def test_rows_that_name_anything_else_are_refused() -> None:
    with pytest.raises(ForeignReadingError, match=r"builtins\.print"):
        LinkRows((("digest", pickle.dumps(print)),)).facts()
