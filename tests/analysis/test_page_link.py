"""The view of links shows a repeated menu under every page that it stands on."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.engine import Engine

from govspider.db.copied_links import LinkedPage, copy_links
from govspider.items import Link, LinkBlock
from tests.observed_city import CHECK_AT, ObservedCity

CODE = "0100000001"


def test_links_of_a_block_stand_under_each_of_its_pages(engine: Engine) -> None:
    city = ObservedCity(engine)
    city.organisation("甲市", "city")
    city.site(CODE, "甲市")
    look, _ = city.look(CODE, at=CHECK_AT)
    urls = [f"{city.home_url(CODE)}{name}" for name in ("a", "b")]
    pages = [city.page(look, CODE, url, "column") for url in urls]
    links = [Link(f"http://a.gov.cn/{raw}", raw, "page", raw, "main", "", "a@href") for raw in ("own", "menu")]
    with engine.begin() as connection:
        copy_links(connection, [LinkedPage(page, look, "inner", links, (LinkBlock(1, 1, "menu"),)) for page in pages])
    with engine.connect() as connection:
        rows = connection.execute(text("select source_url, raw, repeated from analysis.page_link")).all()
    assert sorted(map(tuple, rows)) == sorted((url, raw, raw == "menu") for url in urls for raw in ("own", "menu"))
