"""Links of real pages hold tabs, backslashes, NUL and half characters; they are stored all the same."""

from __future__ import annotations

from sqlalchemy import Engine

from govspider.db import tables as t
from govspider.db.copied_links import copy_links
from govspider.items import Link
from tests.observed_city import ObservedCity


def link(raw: str, text: str = "甲") -> Link:
    return Link("http://a.gov.cn/1", raw, "page", text, "main", "div > a", "a@href")


def test_links_are_stored_in_their_order_with_whatever_they_hold(engine: Engine) -> None:
    city = ObservedCity(engine)
    city.organisation("云景市", "city")
    city.site("3300000001", "云景市")
    look, _ = city.look("3300000001")
    home = city.page(look, "3300000001", "http://a.gov.cn/", "home")
    inner = city.page(look, "3300000001", "http://a.gov.cn/b", "column")
    with engine.begin() as connection:
        copy_links(connection, [])
        copy_links(
            connection,
            [
                (home, look, "home", [link("/1"), link("\\N"), link("a\tb\\c\nd\r", "乙\x00丙\ud800")]),
                (inner, look, "inner", [link("\\."), link("", "")]),
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
