"""Judging shared by processes: the same rows as by one, from the state that the judging's transaction saw."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from govspider.db.observations import read_latest_looks
from govspider.db.periods import find_period
from govspider.judging import judge
from govspider.judging.batches import Judging, load_website_rubric
from govspider.judging.rows import JudgedRows
from govspider.judging.shares import judge_looks
from tests.observed_city import CHECK_AT, PERIOD, ObservedCity, days_ago

RUBRIC = "guoban-2019"


@pytest.fixture
def city(emptied_engine: Engine) -> ObservedCity:
    """Three sites, one of them with a stale home page."""
    made = ObservedCity(emptied_engine)
    made.organisation("甲市", "city")
    for number in (1, 2, 3):
        code = f"330000000{number}"
        made.site(code, "甲市")
        look, _ = made.look(code)
        made.home(look, code, days_ago(1 if number < 3 else 40))
    return made


def shared(city: ObservedCity, processes: int) -> list[JudgedRows]:
    period = find_period(city.engine, PERIOD)
    with city.engine.begin() as connection:
        judging = Judging(connection, period, load_website_rubric(RUBRIC))
        looks = [look for look in read_latest_looks(connection, period.id) if look.look_id is not None]
        return list(judge_looks(city.engine, connection, judging, looks, processes))


def together(found: list[JudgedRows], table: str) -> list[str]:
    return "".join(rows.lines[table] for rows in found).splitlines()


def test_processes_bring_the_rows_that_one_process_brings(city: ObservedCity) -> None:
    one, two = shared(city, 1), shared(city, 2)
    assert (len(one), len(two)) == (1, 2)
    for table in one[0].lines:
        assert together(one, table) == together(two, table)
    assert sum((rows.results for rows in two), one[0].results.__class__()) == one[0].results


def test_what_a_judging_cannot_read_in_a_process_stops_it_and_stores_nothing(
    city: ObservedCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("govspider.judging.shares._processes_for", lambda sites: 2)
    monkeypatch.setattr("govspider.judging.shares.share_snapshot", lambda connection: "00000000-00000000-0")
    with pytest.raises(Exception, match="snapshot"):
        judge(city.engine, PERIOD, RUBRIC, CHECK_AT + timedelta(hours=1))
    with city.engine.connect() as connection:
        assert connection.exec_driver_sql("select count(*) from verdict").scalar_one() == 0
