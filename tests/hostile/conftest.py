"""A hostile world, and offices that inspect it without a proxy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from tests.city.plan import make_plan
from tests.fresh_databases import fresh_database
from tests.hostile.office import DirectDesk
from tests.hostile.world import World, running

_SEED = 7


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with running(make_plan(_SEED, datetime.now(UTC))) as made:
        yield made


@pytest.fixture(scope="module")
def new_direct_desk(
    server_url: str, _template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], DirectDesk]]:
    """Makes an office with a fresh database and a folder of the name given."""
    with ExitStack() as stack:

        def make(name: str) -> DirectDesk:
            url = stack.enter_context(fresh_database(server_url, _template))
            return DirectDesk(url, tmp_path_factory.mktemp(name), "")

        yield make
