"""Targets hidden at several owners, read from the looks of a period."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, update
from sqlalchemy.engine import Engine

from govspider.db import tables as t
from govspider.db.shared_targets import read_hidden_targets, read_shared_targets
from tests.observed_city import ObservedCity

FIRST, SECOND = "0100000001", "0100000002"
BET = "http://bet.example.com/a"


class Hidden:
    """Two sites, each hiding the same target on its home page."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.city = ObservedCity(engine)
        self.city.organisation("甲市", "city")
        self.looks = {code: self._look(code) for code in (FIRST, SECOND)}

    def _look(self, code: str) -> int:
        self.city.site(code, "甲市")
        look, _ = self.city.look(code)
        page = self.city.page(look, code, self.city.home_url(code), "home")
        self.city.dark_link(page, look, BET, strength="weak", reasons=["隐藏"], anchor=f"锚{code[-1]}")
        self.set(t.look, look, owner_domain=self.city.host(code))
        return look

    def set(self, table: object, row: int, **values: object) -> None:
        with self.engine.begin() as connection:
            connection.execute(update(table).where(table.c.id == row).values(values))  # type: ignore[arg-type,attr-defined]

    def link_openly(self, code: str) -> None:
        row = {"look_id": self.looks[code], "domain": "bet.example.com", "links": 1, "url": BET, "source_url": "x"}
        with self.engine.begin() as connection:
            connection.execute(insert(t.outbound_domain).values(row))

    def shared(self) -> dict[str, int]:
        with self.engine.connect() as connection:
            return read_shared_targets(connection, list(self.looks.values()))


@pytest.fixture
def hidden(engine: Engine) -> Hidden:
    return Hidden(engine)


def test_a_target_hidden_at_two_owners_is_shared(hidden: Hidden) -> None:
    assert hidden.shared() == {"bet.example.com": 2}


def test_a_target_that_one_of_them_also_links_openly_is_not_shared(hidden: Hidden) -> None:
    hidden.link_openly(SECOND)
    assert hidden.shared() == {}


def test_sites_of_one_platform_are_one_owner(hidden: Hidden) -> None:
    for code in (FIRST, SECOND):
        hidden.set(t.site, hidden.city.sites[code], platform="云平台")
    assert hidden.shared() == {}


def test_hosts_below_one_registrable_domain_are_one_owner(hidden: Hidden) -> None:
    for look in hidden.looks.values():
        hidden.set(t.look, look, owner_domain="jia.gov.cn")
    assert hidden.shared() == {}


def test_looks_that_are_not_asked_for_do_not_count(hidden: Hidden) -> None:
    with hidden.engine.connect() as connection:
        assert read_shared_targets(connection, [hidden.looks[FIRST]]) == {}


def test_the_index_names_sites_and_anchors(hidden: Hidden) -> None:
    with hidden.engine.connect() as connection:
        (target,) = read_hidden_targets(connection, list(hidden.looks.values()))
    assert (target.sites, target.anchors, target.open_sites) == ((FIRST, SECOND), ("锚1", "锚2"), 0)
