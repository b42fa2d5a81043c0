"""What links of a look answered, read back: dead twice in a row, dead in an earlier run, owned by somebody else now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.engine import Engine

from govspider.db import tables as t
from govspider.db.judged_links import gather_links
from govspider.db.link_observations import read_closed_links, read_dead_links, read_identity_changes
from govspider.items import LinkFault
from govspider.seen import SeenDeadLink
from tests.observed_city import CHECK_AT, CHECK_DAY, ObservedCity

CODE = "0100000001"
URL = "http://www.other-demo.com/a.html"
DAY_BEFORE = CHECK_AT - timedelta(hours=26)


class Links:
    """One site with one page per look, whose link is `URL`."""

    def __init__(self, engine: Engine) -> None:
        self.city = ObservedCity(engine)
        self.city.organisation("甲市", "city")
        self.city.site(CODE, "甲市")
        self.engine = engine

    def look(self, at: datetime) -> tuple[int, int]:
        """(run, look) of a look with its home page and the link on it."""
        look, run = self.city.look(CODE, at=at)
        page = self.city.page(look, CODE, self.city.home_url(CODE), "home")
        self.city.link(page, look, URL)
        return run, look

    def answers(self, run: int, at: datetime, *states: str, fault: str | None = "server_error") -> None:
        for rung, state in enumerate(states, start=1):
            values: dict[str, Any] = {"run_id": run, "url": URL, "rung": rung, "state": state, "status": 500}
            values |= {"final_url": URL, "answered_at": at, "fault": fault if state == "dead" else None}
            self._insert(t.link_answer, values)

    def identity(self, run: int, at: datetime, title: str) -> None:
        values = {"run_id": run, "url": URL, "host": "www.other-demo.com", "domain": "other-demo.com"}
        self._insert(t.link_identity, {**values, "title": title, "seen_at": at})

    def dead(self, look: int) -> list[SeenDeadLink]:
        with self.engine.connect() as connection:
            gather_links(connection, [look], CHECK_DAY)
            return read_dead_links(connection, {"looks": [look]}, {})[look]

    def _insert(self, table: Any, values: dict[str, Any]) -> None:
        with self.engine.begin() as connection:
            connection.execute(insert(table).values(values))


@pytest.fixture
def links(engine: Engine) -> Links:
    return Links(engine)


@pytest.mark.parametrize(
    ("states", "dead"),
    [
        (("dead", "dead"), True),
        (("dead",), False),
        (("dead", "ok"), False),
        (("unknown", "dead"), False),
        (("unknown", "dead", "dead"), True),
        (("dead", "dead", "ok"), False),
    ],
)
def test_a_link_is_dead_where_the_last_two_answers_say_so(links: Links, states: tuple[str, ...], dead: bool) -> None:
    run, look = links.look(CHECK_AT)
    links.answers(run, CHECK_AT, *states)
    assert [link.fault for link in links.dead(look)] == ([LinkFault.SERVER_ERROR] if dead else [])


@pytest.mark.parametrize(
    ("earlier", "fault", "at", "before"),
    [
        (("dead", "dead"), "server_error", DAY_BEFORE, True),
        (("dead", "dead"), "refused", DAY_BEFORE, False),
        (("dead", "ok"), "server_error", DAY_BEFORE, False),
        (("dead", "dead"), "server_error", CHECK_AT - timedelta(hours=2), False),
    ],
)
def test_an_earlier_run_counts_where_it_saw_the_same_most_of_a_day_before(
    links: Links, earlier: tuple[str, ...], fault: str, at: datetime, before: bool
) -> None:
    first, _ = links.look(at)
    links.answers(first, at, *earlier, fault=fault)
    run, look = links.look(CHECK_AT)
    links.answers(run, CHECK_AT, "dead", "dead")
    [link] = links.dead(look)
    assert (link.dead_before is not None) is before


def test_a_better_answer_between_two_runs_starts_the_count_anew(links: Links) -> None:
    first, _ = links.look(DAY_BEFORE)
    links.answers(first, DAY_BEFORE, "dead", "dead")
    middle, _ = links.look(CHECK_AT - timedelta(hours=5))
    links.answers(middle, CHECK_AT - timedelta(hours=5), "ok")
    run, look = links.look(CHECK_AT)
    links.answers(run, CHECK_AT, "dead", "dead")
    assert links.dead(look)[0].dead_before is None


def test_an_identity_is_compared_with_the_first_ever_seen(links: Links) -> None:
    for at, title in ((DAY_BEFORE, "考试院"), (CHECK_AT - timedelta(hours=5), "Watches")):
        run, _ = links.look(at)
        links.identity(run, at, title)
    run, look = links.look(CHECK_AT)
    links.identity(run, CHECK_AT, "Watches")
    with links.engine.connect() as connection:
        gather_links(connection, [look], CHECK_DAY)
        [change] = read_identity_changes(connection, {"looks": [look]})[look]
    assert (change.before.title, change.now.title) == ("考试院", "Watches")


def test_a_link_to_a_site_that_was_closed_is_told_with_the_day(links: Links) -> None:
    site = links.city.site("0100000002", "甲市")
    with links.engine.begin() as connection:
        connection.execute(insert(t.site_host).values(_host(site)))
        connection.execute(insert(t.site_status).values(_closed(site)))
    _, look = links.look(CHECK_AT)
    with links.engine.connect() as connection:
        gather_links(connection, [look], CHECK_DAY)
        [closed] = read_closed_links(connection, {"looks": [look]})[look]
    assert (closed.site, closed.site_state, closed.url) == ("甲市网站", "已下线", URL)


def test_a_dead_link_to_a_closed_site_is_told_as_both(links: Links) -> None:
    site = links.city.site("0100000002", "甲市")
    with links.engine.begin() as connection:
        connection.execute(insert(t.site_host).values(_host(site)))
        connection.execute(insert(t.site_status).values(_closed(site)))
    run, look = links.look(CHECK_AT)
    links.answers(run, CHECK_AT, "dead", "dead")
    with links.engine.connect() as connection:
        gather_links(connection, [look], CHECK_DAY)
        found = read_closed_links(connection, {"looks": [look]})[look]
    assert ([link.url for link in links.dead(look)], [link.url for link in found]) == ([URL], [URL])


def _host(site: int) -> dict[str, Any]:
    return {"site_id": site, "host": "www.other-demo.com", "source": "registry", "first_seen_at": CHECK_AT}


def _closed(site: int) -> dict[str, Any]:
    return {"site_id": site, "state": "已下线", "valid_from": CHECK_DAY - timedelta(days=9), "source": "registry"}
