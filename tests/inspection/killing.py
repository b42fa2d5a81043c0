"""Twenty kills, ten to a file, so that two test processes share them: the fixture and the test of one chain."""

from __future__ import annotations

from dataclasses import dataclass

from tests.city.server import serve
from tests.inspection.conftest import NewDesk, Town
from tests.inspection.kills import HOSTS, KILLS_PER_CHAIN, SETTINGS, SITES, kill_at, moments
from tests.inspection.sameness import Observations, differences, observations

PERIOD = "杀一"


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What a crawl sees that nobody kills, and how many pages and requests that takes, by host."""

    observations: Observations
    pages: dict[str, int]
    arrivals: dict[str, int]


def look_undisturbed(town: Town, new_desk: NewDesk) -> Undisturbed:
    """Crawl the two sites once in peace."""
    with serve(town.plan) as city:
        desk = new_desk(city.proxy_url)
        desk.import_registry(town.registry)
        desk.crawl(SETTINGS, period=PERIOD, sites=",".join(SITES)).expect(0)
        query = "select site.home_url, look.pages from look join site on site.id = look.site_id"
        counted = desk.rows(query)
        pages = {host: number for url, number in counted for host in HOSTS if host in url}
        return Undisturbed(observations(desk), pages, {host: city.count(host) for host in HOSTS})


def survives_a_chain(chain: int, undisturbed: Undisturbed, town: Town, new_desk: NewDesk) -> None:
    """Kill, go on, kill again, and at last go on to the end: everything was seen, and nothing twice."""
    chosen = moments(chain, undisturbed.pages, undisturbed.arrivals)
    assert len(chosen) == KILLS_PER_CHAIN
    print(f"kills at {[(moment.host, moment.requests) for moment in chosen]}")
    with serve(town.plan) as city:
        desk = new_desk(city.proxy_url)
        desk.import_registry(town.registry)
        for moment in chosen:
            kill_at(moment, desk, city, PERIOD)
        city.forget()
        last = desk.crawl(SETTINGS, run=str(desk.one("select id from run"))).expect(0)
    assert "继续批次" in last.sentences[0]
    assert desk.rows("select state, detail from run") == [("complete", "")]
    assert differences(undisturbed.observations, observations(desk)) == []
    assert not desk.dead_letters.exists()
