"""Links asked again on request, and links excepted for a time: what becomes of their findings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.engine import Engine

from govspider.db import tables as t
from govspider.db.link_exceptions import add_link_exception, end_link_exception
from govspider.db.rechecks import (
    newest_period,
    note_rechecks,
    open_link_findings,
    read_link_rechecks,
    sites_with_finding_on,
)
from govspider.judging import judge
from tests.observed_city import CHECK_AT, CHECK_DAY, PERIOD, ObservedCity, days_ago

RUBRIC = "guoban-2019"
CODE, OTHER = "3300000001", "3300000002"
URL = "http://s3300000001.example.gov.cn/gone.html"
HOUR = timedelta(hours=1)


class City(ObservedCity):
    """Two sites whose home pages link to one missing page, looked at in one run each."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.organisation("甲市", "city")
        self.runs: dict[str, int] = {}
        for code in (CODE, OTHER):
            self.site(code, "甲市")
            look, self.runs[code] = self.look(code)
            page = self.home(look, code, days_ago(1))
            self.link(page, look, URL)
            self.answer(self.runs[code], URL, ("dead", 404), ("dead", 404))
        self.rung = 2

    def ask_again(self, *states: str) -> None:
        """Further rungs at the first site's run, an hour after the last."""
        note = self.engine.begin()
        with note as connection:
            note_rechecks(connection, [self.runs[CODE]])
            for state in states:
                self.rung += 1
                connection.execute(insert(t.link_answer).values(self._rung(state)))

    def _rung(self, state: str) -> dict[str, Any]:
        values = {"run_id": self.runs[CODE], "url": URL, "rung": self.rung, "state": state, "final_url": URL}
        status = 404 if state == "dead" else 200
        return {**values, "status": status, "answered_at": CHECK_AT + self.rung * HOUR}

    def judged(self, *, hours: int = 48) -> str:
        """State of the first site's finding after a judging."""
        judge(self.engine, PERIOD, RUBRIC, CHECK_AT + hours * HOUR)
        return self.findings(CODE)["link_dead"]


@pytest.fixture
def city(emptied_engine: Engine) -> City:
    return City(emptied_engine)


def test_a_link_that_opens_when_asked_again_is_fixed_and_one_that_breaks_again_has_regressed(city: City) -> None:
    assert city.judged(hours=1) == "confirmed"
    city.ask_again("ok")
    assert city.judged(hours=4) == "fixed"
    assert city.judged(hours=5) == "fixed"
    city.ask_again("dead")
    assert city.judged(hours=6) == "fixed"  # one dead answer proves nothing
    city.ask_again("dead")
    assert city.judged(hours=7) == "regressed"
    assert city.judged(hours=8) == "regressed"
    history = [row["to_state"] for row in city.rows(t.finding_history, t.finding_history.c.id)]
    assert history.count("fixed") == 1


def test_an_answer_that_settles_nothing_leaves_the_finding_as_it_was(city: City) -> None:
    assert city.judged(hours=1) == "confirmed"
    city.ask_again("unknown")
    assert city.judged() == "confirmed"


def test_what_is_asked_again_is_the_address_at_the_rung_it_reached_and_the_sites_are_those_that_link_there(
    city: City,
) -> None:
    city.judged()
    with city.engine.connect() as connection:
        findings = open_link_findings(connection, [CODE])
        [one] = read_link_rechecks(connection, findings, city.periods[PERIOD])
        assert newest_period(connection, findings) == PERIOD
        assert sites_with_finding_on(connection, findings) == [CODE, OTHER]
    assert (one.url, one.rung, one.run_id, one.site_id) == (URL, 2, city.runs[CODE], city.sites[CODE])


def _except(city: City, days: tuple[date, date], site: str | None = None) -> int:
    with city.engine.begin() as connection:
        return add_link_exception(
            connection, URL, site_code=site, reason="对方改版", author="张三", days=days, now=CHECK_AT
        )


@pytest.mark.parametrize(
    ("first", "last", "state"),
    [(-5, 5, "exempted"), (0, 0, "exempted"), (-9, -1, "confirmed"), (1, 9, "confirmed")],
)
def test_an_exception_holds_from_its_first_day_to_its_last(city: City, first: int, last: int, state: str) -> None:
    assert city.judged() == "confirmed"
    _except(city, (CHECK_DAY + timedelta(days=first), CHECK_DAY + timedelta(days=last)))
    assert city.judged() == state


def test_an_exception_for_one_site_is_none_for_another(city: City) -> None:
    _except(city, (CHECK_DAY, CHECK_DAY), OTHER)
    assert city.judged() == "confirmed"
    assert "link_dead" not in city.findings(OTHER)


def test_an_exception_that_was_ended_counts_again(city: City) -> None:
    city.judged()
    number = _except(city, (CHECK_DAY - timedelta(days=5), CHECK_DAY + timedelta(days=5)))
    assert city.judged() == "exempted"
    with city.engine.begin() as connection:
        end_link_exception(connection, number, CHECK_DAY - timedelta(days=1))
    assert city.judged() == "confirmed"
