"""Offices with a database of their own, and the demo city inspected once per test process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.city.model import Plan
from tests.city.plan import make_plan
from tests.city.registry import write_registry
from tests.city.server import City, serve
from tests.city.truth import CityTruth, truth_of
from tests.fresh_databases import fresh_database
from tests.inspection.crawling import Desk, Ended

PERIOD = "演示1"
NewDesk = Callable[[str], Desk]


@pytest.fixture(scope="session")
def new_desk(server_url: str, _template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewDesk]:
    """Makes an office with a fresh database, for the proxy address given; dropped at the end of the session."""
    with ExitStack() as stack:

        def make(proxy_url: str) -> Desk:
            url = stack.enter_context(fresh_database(server_url, _template))
            return Desk(url, tmp_path_factory.mktemp("desk"), proxy_url)

        yield make


@dataclass(frozen=True)
class Inspected:
    """A city that was inspected and judged once, undisturbed."""

    plan: Plan
    truth: CityTruth
    city: City
    desk: Desk
    registry: Path
    ended: Ended


@pytest.fixture(scope="session")
def city_registry(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Plan], Path]:
    """Writes the registry workbook of a plan."""

    def write(plan: Plan) -> Path:
        return write_registry(plan, tmp_path_factory.mktemp("registry") / "registry.xlsx")

    return write


@pytest.fixture(scope="session")
def inspect_city(new_desk: NewDesk, city_registry: Callable[[Plan], Path]) -> Iterator[Callable[[int], Inspected]]:
    """Inspects and judges the city of a seed, once per seed; its server answers until the session ends."""
    done: dict[int, Inspected] = {}
    with ExitStack() as stack:

        def inspect(seed: int) -> Inspected:
            if seed not in done:
                plan = make_plan(seed, datetime.now(UTC))
                city = stack.enter_context(serve(plan))
                desk, registry = new_desk(city.proxy_url), city_registry(plan)
                desk.import_registry(registry)
                ended = desk.crawl(period=PERIOD).expect(0)
                desk.script("scripts/judge.py", "--period", PERIOD).expect(0)
                done[seed] = Inspected(plan, truth_of(plan), city, desk, registry, ended)
            return done[seed]

        yield inspect


@pytest.fixture(scope="session")
def inspected(inspect_city: Callable[[int], Inspected]) -> Inspected:
    """The city of seed 7."""
    return inspect_city(7)
