"""Fixtures every room uses: fresh databases and the captured pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from govspider.db.engine import Engine, make_engine
from govspider.db.engine import database_url as database_to_use
from tests.fresh_databases import empty_tables, fresh_database, migrated_template
from tests.optional_parts import pages_folder


@pytest.fixture(scope="session")
def server_url() -> str:
    """Address of a database server whose role may make databases: DATABASE_URL, else the private server."""
    return database_to_use(os.environ)


@pytest.fixture(scope="session")
def _template(server_url: str) -> str:
    return migrated_template(server_url)


@pytest.fixture
def database_url(server_url: str, _template: str) -> Iterator[str]:
    """Address of a database of this test's own, at the newest schema."""
    with fresh_database(server_url, _template) as url:
        yield url


@pytest.fixture(scope="module")
def module_engine(server_url: str, _template: str) -> Iterator[Engine]:
    """Engine on a database that the tests of one module share; `emptied_engine` empties it before each."""
    with fresh_database(server_url, _template) as url:
        made = make_engine(url)
        yield made
        made.dispose()


@pytest.fixture
def emptied_engine(module_engine: Engine) -> Engine:
    """The module's database without any row: quicker than a database of one's own."""
    empty_tables(module_engine)
    return module_engine


@pytest.fixture
def empty_database_url(server_url: str) -> Iterator[str]:
    """Address of a database of this test's own, without any table."""
    with fresh_database(server_url) as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Engine on `database_url`."""
    made = make_engine(database_url)
    yield made
    made.dispose()


@pytest.fixture(scope="session")
def captured_pages() -> Path:
    """Folder of captured real pages, named by GOVSPIDER_PAGES: unset skips, set and missing fails."""
    return pages_folder(os.environ)
