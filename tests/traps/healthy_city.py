"""How many requests an address costs on a healthy city: every page that answers, asked as seldom as can be."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.city.plan import make_plan
from tests.city.registry import write_registry
from tests.city.server import City, serve
from tests.inspection.crawling import Desk

_MADE_UP = re.compile(r"/[0-9a-f]{16}(?:\.[a-z]+)?/?$")
_ERRORS = 400
_SEED = 7


def requests_per_address(database_url: str) -> float:
    """Requests per distinct address over the sites of the demo city that behave; robots.txt and made-up pages apart."""
    plan = make_plan(_SEED, datetime.now(UTC))
    hosts = {site.host for site in plan.sites if site.conduct == "normal" and not site.links}
    with serve(plan) as city, TemporaryDirectory() as folder:
        desk = Desk(database_url, Path(folder), city.proxy_url)
        desk.import_registry(write_registry(plan, Path(folder) / "registry.xlsx"))
        desk.crawl({"BROWSER": "off"}, period="健康").expect(0)
        return _ratio(city, hosts)


def _ratio(city: City, hosts: set[str]) -> float:
    asked = Counter(
        arrival.url
        for arrival in city.arrivals
        if arrival.host in hosts
        and arrival.method == "GET"
        and arrival.status < _ERRORS
        and not arrival.url.endswith("/robots.txt")
        and not _MADE_UP.search(arrival.url.partition("?")[0])
    )
    return round(asked.total() / len(asked), 3)
