"""Politeness of a whole crawl: when requests left, what arrived, and how much at once.

No assertion depends on how fast this machine is: gaps are those of departures, and what is said of arrivals follows
from what had to be answered before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from tests.city.model import Site
from tests.city.server import Arrival, City
from tests.inspection.conftest import NewDesk, Town
from tests.throttle.departures import FILE, SLACK, noted

pytestmark = pytest.mark.city
_DELAY = 0.2
_CRAWL_DELAY = 0.3
# a site with Crawl-delay, two sites of one platform of which one says 429 once, and a portal with a bare twin
_SLOW, _PLATFORM, _TWIN = "9901020001", ("9901000015", "9901000016"), "9901000001"
_SETTINGS = {"DOWNLOAD_DELAY": str(_DELAY), "CRAWL_DELAY_MAX": "1", "LINK_LOOKS": "2"}
_MANY = 20
_OF_THE_WHOLE = 0.8


@dataclass(frozen=True)
class _Visit:
    """What the city saw of a crawl, and when each of its requests left."""

    city: City
    departures: list[tuple[str, float]]

    def left_for(self, hosts: Iterable[str]) -> list[tuple[str, float]]:
        chosen = set(hosts)
        return [departure for departure in self.departures if urlsplit(departure[0]).hostname in chosen]


@pytest.fixture(scope="module")
def visit(town: Town, new_desk: NewDesk) -> _Visit:
    """A crawl of these sites at the delay above."""
    town.city.forget()
    desk = town.desk(new_desk)
    file = desk.folder / "departures"
    noting = {"DOWNLOADER": "tests.throttle.departures.NotingDownloader", FILE: str(file)}
    desk.crawl({**_SETTINGS, **noting}, period="礼一", sites=",".join((_SLOW, *_PLATFORM))).expect(0)
    return _Visit(town.city, noted(file))


@pytest.fixture(scope="module")
def visited(visit: _Visit) -> City:
    """The city after that crawl."""
    return visit.city


def _arrivals(city: City, hosts: Iterable[str]) -> list[Arrival]:
    chosen = set(hosts)
    return sorted((arrival for arrival in city.arrivals if arrival.host in chosen), key=lambda arrival: arrival.at)


def _gaps(departures: Sequence[tuple[str, float]]) -> list[float]:
    """Seconds between requests; one that is sent again because its connection had been closed waits like any other."""
    return [later - earlier for (_, earlier), (_, later) in pairwise(departures)]


def _groups(town: Town) -> list[list[str]]:
    """Hosts that are one server to us: www and bare, the sites of one platform."""
    by_key: dict[str, list[str]] = {}
    for site in town.plan.sites:
        by_key.setdefault(site.platform or site.host.removeprefix("www."), []).extend(_hosts(site))
    return list(by_key.values())


def _hosts(site: Site) -> list[str]:
    return [site.host, site.host.removeprefix("www.")]


def test_no_site_and_no_platform_has_two_requests_at_once(town: Town, visited: City) -> None:
    assert {
        tuple(hosts): visited.most_at_once(*hosts) for hosts in _groups(town) if visited.most_at_once(*hosts) > 1
    } == {}


def test_nothing_arrives_that_did_not_wait_for_its_turn(town: Town, visit: _Visit) -> None:
    """A request past the slots would stand in no list of departures."""
    for hosts in _groups(town):
        assert len(_arrivals(visit.city, hosts)) <= len(visit.left_for(hosts)), hosts


def test_every_site_and_platform_is_left_alone_for_the_delay_between_two_requests(town: Town, visit: _Visit) -> None:
    counted = 0
    for hosts in _groups(town):
        gaps = _gaps(visit.left_for(hosts))
        assert min(gaps, default=_DELAY) >= _DELAY - SLACK, hosts
        counted += len(gaps)
    assert counted > 100


def test_servers_see_a_crawl_take_the_time_that_its_delays_add_up_to(town: Town, visited: City) -> None:
    """The servers' clock beside our own; only a first arrival that is seconds late could make the whole look short."""
    spans = 0
    for hosts in _groups(town):
        arrivals = _arrivals(visited, hosts)
        if len(arrivals) > _MANY:
            assert arrivals[-1].at - arrivals[0].at >= _OF_THE_WHOLE * _DELAY * (len(arrivals) - 1), hosts
            spans += 1
    assert spans > 0


def test_a_crawl_delay_of_robots_txt_is_kept(town: Town, visit: _Visit) -> None:
    left = visit.left_for(_hosts(town.plan.site(_SLOW)))
    assert left[0][0].endswith("/robots.txt")
    assert len(left) > 20
    assert min(_gaps(left[1:])) >= _CRAWL_DELAY - SLACK


def test_retry_after_silences_the_whole_platform(town: Town, visited: City) -> None:
    hosts = [host for code in _PLATFORM for host in _hosts(town.plan.site(code))]
    arrivals = _arrivals(visited, hosts)
    assert len({arrival.host for arrival in arrivals}) == 2
    (refused,) = [number for number, arrival in enumerate(arrivals) if arrival.status == 429]
    assert arrivals[refused + 1].at - arrivals[refused].at >= 1.0 * 0.95


def test_every_host_is_asked_for_its_rules_first_and_told_who_asks(visited: City) -> None:
    first: dict[str, Arrival] = {}
    for arrival in visited.arrivals:
        first.setdefault(arrival.host, arrival)
    assert [arrival.url for arrival in first.values() if not arrival.url.endswith("/robots.txt")] == []
    agents = {arrival.headers.get("user-agent", "") for arrival in visited.arrivals}
    assert len(agents) == 1
    assert "tests on loopback" in agents.pop()
    assert [arrival.url for arrival in visited.arrivals if "cookie" in arrival.headers] == []
