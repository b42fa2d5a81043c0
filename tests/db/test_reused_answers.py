"""Answers of an earlier run stand for a later one with their own time, and only where nothing speaks against them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, insert, text

from govspider.db import tables as t
from govspider.db.reused_answers import copy_answers
from govspider.db.targets import read_reusable, runs_since
from govspider.items import LinkReused
from tests.observed_city import CHECK_AT, ObservedCity

CODE = "3300000001"
NOW = CHECK_AT + timedelta(days=10)


@pytest.fixture
def city(engine: Engine) -> ObservedCity:
    city = ObservedCity(engine)
    city.organisation("云景市", "city")
    city.site(CODE, "云景市")
    return city


def answered(city: ObservedCity, run: int, url: str, at: datetime, *states: str) -> None:
    rows = [
        {"run_id": run, "url": url, "rung": rung, "state": state, "final_url": url, "answered_at": at, "status": 200}
        for rung, state in enumerate(states, start=1)
    ]
    with city.engine.begin() as connection:
        connection.execute(insert(t.link_answer), rows)


def run_at(city: ObservedCity, days_before: int) -> int:
    _, run = city.look(CODE, at=NOW - timedelta(days=days_before))
    return run


def reusable(city: ObservedCity, run: int, days: float) -> set[str]:
    since = NOW - timedelta(days=days)
    return set(read_reusable(city.engine, runs_since(city.engine, run, since), since))


def test_only_addresses_that_always_worked_lately_are_reusable(city: ObservedCity) -> None:
    old, recent, now = run_at(city, 9), run_at(city, 2), run_at(city, 0)
    answered(city, old, "http://old/", NOW - timedelta(days=9), "ok")
    answered(city, recent, "http://good/", NOW - timedelta(days=2), "ok")
    answered(city, recent, "http://shaky/", NOW - timedelta(days=2), "dead", "ok")
    answered(city, recent, "http://dead/", NOW - timedelta(days=2), "dead", "dead")
    answered(city, recent, "http://open/", NOW - timedelta(days=2), "unknown")
    assert reusable(city, now, 3) == {"http://good/"}
    assert reusable(city, now, 30) == {"http://good/", "http://old/"}
    assert reusable(city, now, 1) == set()


def test_an_address_that_a_finding_names_is_asked_again(city: ObservedCity) -> None:
    recent, now = run_at(city, 2), run_at(city, 0)
    answered(city, recent, "http://accused/", NOW - timedelta(days=2), "ok")
    assert reusable(city, now, 3) == {"http://accused/"}
    with city.engine.begin() as connection:
        connection.execute(
            text(
                "insert into finding (site_id, kind, fingerprint, state, url, evidence, first_seen_at, last_seen_at,"
                " last_run_id) select id, 'link_dead', 'x', 'fixed', 'http://accused/', '', now(), now(),"
                " (select max(id) from run) from site"
            )
        )
    assert reusable(city, now, 3) == set()


def test_an_answer_is_taken_over_with_its_own_time_and_the_run_that_asked(city: ObservedCity) -> None:
    runs = [run_at(city, days) for days in (4, 2, 0)]
    asked_at = NOW - timedelta(days=4)
    answered(city, runs[0], "http://a/", asked_at, "ok")
    for later, earlier in ((runs[1], runs[:1]), (runs[2], runs[:2])):
        for _ in range(2):  # a batch may come twice
            with city.engine.begin() as connection:
                copy_answers(connection, [LinkReused(later, "http://a/", tuple(earlier))])
    rows = city.rows(t.link_answer, t.link_answer.c.run_id)
    found = [(row["run_id"], row["answered_at"], row["reused_from"], row["state"]) for row in rows]
    assert found == [(run, asked_at, None if run == runs[0] else runs[0], "ok") for run in runs]
    with city.engine.connect() as connection:
        shown = connection.execute(text("select url, answered_at from analysis.reused_answer")).all()
    assert sorted(map(tuple, shown)) == [("http://a/", asked_at)] * 2
