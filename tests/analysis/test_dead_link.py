"""The view of dead links says what judging says: the last two looks of a run decide, whichever rungs they were."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.engine import Engine

from govspider.db import tables as t
from tests.observed_city import CHECK_AT, ObservedCity

CODE = "0100000001"


def url_of(states: tuple[str, ...]) -> str:
    return f"http://www.other-demo.com/{'-'.join(states)}.html"


LADDERS = {
    ("dead", "dead"): True,
    ("dead",): False,
    ("dead", "ok"): False,
    ("unknown", "dead"): False,
    ("unknown", "dead", "dead"): True,
    ("dead", "unknown", "dead"): False,
    ("dead", "dead", "ok"): False,
    ("dead", "dead", "unknown"): False,
    ("ok", "dead", "dead", "dead"): True,
}


@pytest.fixture
def look_id(engine: Engine) -> int:
    """A look at one site whose links climbed every one of the ladders."""
    city = ObservedCity(engine)
    city.organisation("甲市", "city")
    city.site(CODE, "甲市")
    look, run = city.look(CODE, at=CHECK_AT)
    page = city.page(look, CODE, city.home_url(CODE), "home")
    with engine.begin() as connection:
        for states in LADDERS:
            connection.execute(insert(t.link_answer), [_answer(run, states, rung) for rung in range(len(states))])
    for states in LADDERS:
        city.link(page, look, url_of(states))
    return look


def _answer(run: int, states: tuple[str, ...], place: int) -> dict[str, Any]:
    url = url_of(states)
    values = {"run_id": run, "url": url, "rung": place + 1, "state": states[place], "status": 500 + place}
    return {**values, "final_url": url, "answered_at": CHECK_AT, "fault": None}


def test_the_view_lists_links_that_were_dead_at_the_last_two_looks(engine: Engine, look_id: int) -> None:
    with engine.connect() as connection:
        rows = connection.execute(text("select url, first_status, status from analysis.dead_link")).all()
    assert {row.url for row in rows} == {url_of(states) for states, dead in LADDERS.items() if dead}
    found = {row.url: (row.first_status, row.status) for row in rows}
    assert found[url_of(("unknown", "dead", "dead"))] == (501, 502)
    assert found[url_of(("ok", "dead", "dead", "dead"))] == (502, 503)
