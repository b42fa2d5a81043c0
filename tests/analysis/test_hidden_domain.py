"""The index of hidden domains tells analysts what judging counts: owners who hide one, sites that link it openly."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, update
from sqlalchemy.engine import Engine

from govspider.db import tables as t
from govspider.db.shared_targets import read_hidden_targets
from tests.analysis.conftest import answers
from tests.observed_city import CHECK_AT, ObservedCity

FIRST, SECOND, THIRD = "0100000001", "0100000002", "0100000003"
QUESTION = "select * from analysis.hidden_domain where period = '2026Q4' order by domain"


class _Sites:
    """Three sites: all hide bet.example, one of them links it openly, one hides shop.example twice."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.city = ObservedCity(engine)
        self.city.organisation("甲市", "city")
        self.looks: dict[str, int] = {}
        for code in (FIRST, SECOND, THIRD):
            self.city.site(code, "甲市")
            self.looks[code], _ = self.city.look(code)
            page = self.city.page(self.looks[code], code, self.city.home_url(code), "home")
            self._hide(page, code, "http://bet.example/", "strong" if code == FIRST else "weak")
            if code == THIRD:
                self._hide(page, code, "http://shop.example/a", "weak")
                self._hide(page, code, "http://shop.example/b", "weak")
        self.set(t.look, self.looks[FIRST], owner_domain="jia.gov.cn")
        self.set(t.look, self.looks[SECOND], owner_domain="jia.gov.cn")

    def _hide(self, page: int, code: str, url: str, strength: str) -> None:
        self.city.dark_link(page, self.looks[code], url, strength=strength)

    def set(self, table: Any, row: int, **values: object) -> None:
        with self.engine.begin() as connection:
            connection.execute(update(table).where(table.c.id == row).values(values))

    def enter(self, table: Any, **values: object) -> None:
        with self.engine.begin() as connection:
            connection.execute(insert(table).values(values))

    def rows(self) -> list[tuple[Any, ...]]:
        return [tuple(row.values())[1:] for row in answers(self.engine, QUESTION, {})]


@pytest.fixture
def sites(emptied_engine: Engine) -> _Sites:
    return _Sites(emptied_engine)


def test_owners_sites_and_links_are_counted_apart(sites: _Sites) -> None:
    assert sites.rows() == [("bet.example", 2, 3, 3, 1, 0, None), ("shop.example", 1, 1, 2, 0, 0, None)]


def test_open_links_and_verdicts_of_persons_stand_beside_it(sites: _Sites) -> None:
    openly = {"links": 4, "url": "http://bet.example/", "source_url": "x"}
    sites.enter(t.outbound_domain, look_id=sites.looks[SECOND], domain="bet.example", **openly)
    verdict = {"reason": "见通报", "author": "李四", "entered_at": CHECK_AT}
    sites.enter(t.domain_verdict, domain="shop.example", verdict="dark", **verdict)
    assert [row[-2:] for row in sites.rows()] == [(1, None), (0, "dark")]


def test_the_view_counts_as_judging_does(sites: _Sites) -> None:
    with sites.engine.connect() as connection:
        judged = read_hidden_targets(connection, list(sites.looks.values()))
    told = {row[0]: (row[1], row[2], row[5]) for row in sites.rows()}
    assert told == {one.domain: (one.owners, len(one.sites), one.open_sites) for one in judged}


def test_an_earlier_look_of_a_site_does_not_count(sites: _Sites) -> None:
    sites.city.look(THIRD, at=CHECK_AT.replace(hour=18))
    assert sites.rows() == [("bet.example", 1, 2, 2, 1, 0, None)]
