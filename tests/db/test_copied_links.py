"""Links of real pages hold tabs, backslashes, NUL and half characters; they are stored all the same."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from govspider.db import tables as t
from govspider.db.copied_links import LinkedPage, copy_links
from govspider.items import Link, LinkBlock
from tests.observed_city import ObservedCity


def link(raw: str, text: str = "甲") -> Link:
    return Link("http://a.gov.cn/1", raw, "page", text, "main", "div > a", "a@href")


@pytest.fixture
def city(engine: Engine) -> ObservedCity:
    city = ObservedCity(engine)
    city.organisation("云景市", "city")
    city.site("3300000001", "云景市")
    return city


def test_links_are_stored_in_their_order_with_whatever_they_hold(city: ObservedCity) -> None:
    look, _ = city.look("3300000001")
    home = city.page(look, "3300000001", "http://a.gov.cn/", "home")
    inner = city.page(look, "3300000001", "http://a.gov.cn/b", "column")
    with city.engine.begin() as connection:
        copy_links(connection, [])
        copy_links(
            connection,
            [
                LinkedPage(home, look, "home", [link("/1"), link("\\N"), link("a\tb\\c\nd\r", "乙\x00丙\ud800")]),
                LinkedPage(inner, look, "inner", [link("\\."), link("", "")]),
            ],
        )
    rows = [(row["page_id"], row["scope"], row["raw"], row["anchor"]) for row in city.rows(t.link, t.link.c.id)]
    assert rows == [
        (home, "home", "/1", "甲"),
        (home, "home", "\\N", "甲"),
        (home, "home", "a\tb\\c\nd\r", "乙丙"),
        (inner, "inner", "\\.", "甲"),
        (inner, "inner", "", ""),
    ]


def on_pages(city: ObservedCity) -> list[tuple[int, str]]:
    """Links with every page they stand on, in the order of pages and of rows."""
    on = {(row["page_id"], row["link_block_id"]) for row in city.rows(t.page_block, t.page_block.c.page_id)}
    found = []
    for row in city.rows(t.link, t.link.c.id):
        block = row["link_block_id"]
        pages = [row["page_id"]] if block is None else sorted(page for page, one in on if one == block)
        found += [(page, row["raw"]) for page in pages]
    return sorted(found, key=lambda one: one[0])


def test_the_links_of_a_block_are_stored_once_per_look_and_scope_and_stand_on_every_page_with_it(
    city: ObservedCity,
) -> None:
    look, _ = city.look("3300000001")
    other, _ = city.look("3300000001")
    menu, foot = LinkBlock(1, 2, "menu"), LinkBlock(3, 1, "foot")
    links = [link(raw) for raw in ("/own", "/menu1", "/menu2", "/foot")]
    pages = [
        LinkedPage(city.page(look, "3300000001", "http://a.gov.cn/", "home"), look, "home", links, (menu, foot)),
        LinkedPage(city.page(look, "3300000001", "http://a.gov.cn/b", "column"), look, "inner", links, (menu, foot)),
        LinkedPage(city.page(look, "3300000001", "http://a.gov.cn/c", "column"), look, "inner", links, (menu, foot)),
        LinkedPage(city.page(look, "3300000001", "http://a.gov.cn/d", "column"), look, "inner", links[:3], (menu,)),
        LinkedPage(city.page(other, "3300000001", "http://a.gov.cn/e", "column"), other, "inner", links, (menu, foot)),
    ]
    for batch in (pages[:2], pages[2:4], pages[4:]):
        with city.engine.begin() as connection:
            copy_links(connection, batch)
    first = [(row["page_id"], row["raw"]) for row in city.rows(t.link, t.link.c.id)]
    raws = ["/own", "/menu1", "/menu2", "/foot"]
    ids = [page.id for page in pages]
    assert first == [
        *((ids[0], raw) for raw in raws),
        *((ids[1], raw) for raw in raws),
        (ids[2], "/own"),
        (ids[3], "/own"),
        *((ids[4], raw) for raw in raws),
    ]
    assert {page: {raw for one, raw in on_pages(city) if one == page} for page in ids} == {
        page.id: {one.raw for one in page.links} for page in pages
    }
