"""Targets of a run know how large their site was at its last complete look."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Engine

from govspider.db import tables as t
from govspider.db.targets import read_answers, read_targets
from govspider.items import KnownAnswer, LinkState
from tests.observed_city import CHECK_AT, ObservedCity


def test_the_size_of_a_site_is_that_of_its_last_complete_look(engine: Engine) -> None:
    city = ObservedCity(engine)
    city.organisation("云景市", "city")
    for code in ("3300000001", "3300000002"):
        city.site(code, "云景市")
    for days, state, links in ((3, "complete", 40), (2, "complete", 70), (1, "incomplete", 900)):
        look, _ = city.look("3300000001", at=CHECK_AT - timedelta(days=days), state=state)
        city.set(t.look, look, pages=5, links=links)
    period = city.rows(t.period)[0]["id"]
    assert [target.size for target in read_targets(engine, period, ())] == [75, 0]


def test_the_last_answers_of_an_address_count_together_and_one_that_works_is_settled(engine: Engine) -> None:
    city = ObservedCity(engine)
    city.organisation("云景市", "city")
    city.site("3300000001", "云景市")
    _, run = city.look("3300000001")
    city.answer(run, "http://a/", ("dead", 404), ("dead", 404))
    city.answer(run, "http://b/", ("ok", 200))
    city.answer(run, "http://c/", ("dead", 404), ("ok", 200))
    city.answer(run, "http://d/", ("dead", 404), ("ok", 200), ("dead", 404))
    assert dict(read_answers(engine, run)) == {
        "http://a/": KnownAnswer(LinkState.DEAD, None, 2, 2),
        "http://b/": KnownAnswer(LinkState.OK, None, 1, 0),
        "http://c/": KnownAnswer(LinkState.OK, None, 2, 0),
        "http://d/": KnownAnswer(LinkState.DEAD, None, 3, 1),
    }
