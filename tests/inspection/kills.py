"""Kills at seeded moments: counted in requests that the city received, so that a moment is the same on any machine."""

from __future__ import annotations

import random
import signal
from dataclasses import dataclass

from tests.city.server import City
from tests.inspection.crawling import Desk

# two small departments of the demo city, one after the other
SITES = ("9901000002", "9901220003")
HOSTS = ("jyj.yunjing-demo.gov.cn", "zrj.tingsong-demo.gov.cn")
# small batches, so that there are many moments between two of them
SETTINGS = {"STORE_BATCH": "10", "STORE_SECONDS": "0.05", "SITES_AT_ONCE": "1"}
KILLS_PER_CHAIN = 5
_SEED = 20261122
_NEARLY_ALL = 0.9


@dataclass(frozen=True, slots=True)
class Moment:
    """Once `host` received so many requests of one process."""

    host: str
    requests: int


def moments(chain: int, pages: dict[str, int], arrivals: dict[str, int]) -> list[Moment]:
    """Moments of one chain of kills, each of a process that goes on where the one before it was killed.

    A process that goes on asks the pages of a broken-off look again, but no link that was answered: so only the
    last kill within a site may fall among its links.

    Parameters: `chain` number of the chain, part of the seed; `pages`, `arrivals` by host how many pages, and
    how many requests in all, an undisturbed look makes.
    """
    chosen = random.Random(f"{_SEED} {chain}")
    first, second = HOSTS
    among_pages = [Moment(first, chosen.randint(1, pages[first])) for _ in range(3)]
    among_links = Moment(first, chosen.randint(pages[first] + 1, round(arrivals[first] * _NEARLY_ALL)))
    return [*among_pages, among_links, Moment(second, chosen.randint(1, round(arrivals[second] * _NEARLY_ALL)))]


def kill_at(moment: Moment, desk: Desk, city: City, period: str) -> None:
    """Start a crawl, kill it with SIGKILL at the moment, and see that it really was in the middle of its work."""
    city.forget()  # what a server does once, it does once per visit
    begun = desk.rows("select id from run")
    arguments = {"run": str(begun[0][0])} if begun else {"period": period, "sites": ",".join(SITES)}
    process = desk.start_crawl(SETTINGS, **arguments)
    killed = desk.stop_when(process, lambda _: city.count(moment.host) >= moment.requests, signal.SIGKILL)
    assert killed is not None, f"the crawl was over before {moment}"
    assert killed.code == -signal.SIGKILL
    assert desk.rows("select state from run") == [("running",)]
