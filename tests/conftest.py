"""Fixtures every room uses: fresh databases and the captured pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from govspider.db.engine import database_url as database_to_use
from govspider.db.engine import make_engine
from tests.fresh_databases import fresh_database, migrated_template


def skip_unless_required(part: str, reason: str) -> None:
    """Skip a test for want of `part`; fail it where GOVSPIDER_REQUIRE names that part (CI does)."""
    required = {name.strip() for name in os.environ.get("GOVSPIDER_REQUIRE", "").split(",")}
    if part in required:
        pytest.fail(f"GOVSPIDER_REQUIRE names {part!r}, but: {reason}", pytrace=False)
    pytest.skip(reason)


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
    given = os.environ.get("GOVSPIDER_PAGES", "").strip()
    if not given:
        skip_unless_required("pages", "GOVSPIDER_PAGES is not set: it names the folder of captured pages")
    folder = Path(given)
    if not folder.is_dir():
        pytest.fail(f"GOVSPIDER_PAGES names {given!r}, which is no folder", pytrace=False)
    return folder
