"""Politeness as the servers see it: what arrived, when, and how much at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import mean, median

import pytest

from tests.city.model import Site
from tests.city.server import Arrival, City
from tests.inspection.conftest import NewDesk, Town

pytestmark = pytest.mark.city
_DELAY = 0.2
_CRAWL_DELAY = 0.3
# a site with Crawl-delay, two sites of one platform of which one says 429 once, and a portal with a bare twin
_SLOW, _PLATFORM, _TWIN = "9901020001", ("9901000015", "9901000016"), "9901000001"
_SETTINGS = {"DOWNLOAD_DELAY": str(_DELAY), "CRAWL_DELAY_MAX": "1", "LINK_LOOKS": "2"}
# a request may reach the server late and the next one in time: a gap may be short, not many in a row
_TOLERANCE = 0.8
_IN_A_ROW = 5


@pytest.fixture(scope="module")
def visited(town: Town, new_desk: NewDesk) -> City:
    """The city after a crawl of these sites at the delay above."""
    town.city.forget()
    desk = town.desk(new_desk)
    desk.crawl(_SETTINGS, period="礼一", sites=",".join((_SLOW, *_PLATFORM))).expect(0)
    return town.city


def _arrivals(city: City, hosts: Iterable[str]) -> list[Arrival]:
    chosen = set(hosts)
    return sorted((arrival for arrival in city.arrivals if arrival.host in chosen), key=lambda arrival: arrival.at)


def _gaps(arrivals: Sequence[Arrival]) -> list[float]:
    """Seconds between requests; one that is sent again because its connection had been closed waits like any other."""
    return [later.at - earlier.at for earlier, later in pairwise(arrivals)]


def _shortest(gaps: Sequence[float]) -> float:
    """The shortest mean gap of a few requests in a row."""
    return min(mean(gaps[first : first + _IN_A_ROW]) for first in range(len(gaps) - _IN_A_ROW + 1))


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


def test_every_site_and_platform_is_left_alone_for_the_delay_between_two_requests(town: Town, visited: City) -> None:
    for hosts in _groups(town):
        gaps = _gaps(_arrivals(visited, hosts))
        if len(gaps) > 5:
            assert median(gaps) >= _DELAY * 0.95, hosts
            assert _shortest(gaps) >= _DELAY * _TOLERANCE, hosts


def test_a_crawl_delay_of_robots_txt_is_kept(town: Town, visited: City) -> None:
    arrivals = _arrivals(visited, _hosts(town.plan.site(_SLOW)))
    assert arrivals[0].url.endswith("/robots.txt")
    assert len(arrivals) > 20
    gaps = _gaps(arrivals[1:])
    assert median(gaps) >= _CRAWL_DELAY * 0.95
    assert _shortest(gaps) >= _CRAWL_DELAY * _TOLERANCE


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
