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
class Town:
    """A city that answers, and its registry: nobody looked at it yet."""

    plan: Plan
    city: City
    registry: Path

    def desk(self, new_desk: NewDesk) -> Desk:
        """An office that imported the registry."""
        made = new_desk(self.city.proxy_url)
        made.import_registry(self.registry)
        return made


@dataclass(frozen=True)
class Inspected:
    """A city that was inspected and judged once, undisturbed."""

    town: Town
    truth: CityTruth
    desk: Desk
    ended: Ended

    @property
    def plan(self) -> Plan:
        return self.town.plan

    @property
    def city(self) -> City:
        return self.town.city

    @property
    def registry(self) -> Path:
        return self.town.registry


@pytest.fixture(scope="session")
def open_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int], Town]]:
    """Opens the city of a seed, once per seed; its server answers until the session ends."""
    done: dict[int, Town] = {}
    with ExitStack() as stack:

        def open_one(seed: int) -> Town:
            if seed not in done:
                plan = make_plan(seed, datetime.now(UTC))
                registry = write_registry(plan, tmp_path_factory.mktemp("registry") / "registry.xlsx")
                done[seed] = Town(plan, stack.enter_context(serve(plan)), registry)
            return done[seed]

        yield open_one


@pytest.fixture(scope="session")
def town(open_town: Callable[[int], Town]) -> Town:
    """The city of seed 7."""
    return open_town(7)


@pytest.fixture(scope="session")
def inspect_city(new_desk: NewDesk, open_town: Callable[[int], Town]) -> Callable[[int], Inspected]:
    """Inspects and judges the city of a seed, once per seed."""
    done: dict[int, Inspected] = {}

    def inspect(seed: int) -> Inspected:
        if seed not in done:
            town = open_town(seed)
            desk = town.desk(new_desk)
            ended = desk.crawl(period=PERIOD).expect(0)
            desk.script("scripts/judge.py", "--period", PERIOD).expect(0)
            done[seed] = Inspected(town, truth_of(town.plan), desk, ended)
        return done[seed]

    return inspect


@pytest.fixture(scope="session")
def inspected(inspect_city: Callable[[int], Inspected]) -> Inspected:
    """The city of seed 7."""
    return inspect_city(7)
