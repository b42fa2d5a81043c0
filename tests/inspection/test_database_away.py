"""A database that goes away in the middle of a crawl: waited for, and when it stays away, gone on without loss."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from govspider import settings
from govspider.db.engine import make_engine
from govspider.db.local_server import LocalServer, server_of
from govspider.db.upgrade import upgrade
from pipelines.store_observations import waits
from tests.inspection.conftest import Town
from tests.inspection.crawling import Desk
from tests.inspection.sameness import Observations, differences, observations

pytestmark = pytest.mark.city
_PERIOD = "断一"
_SITES = "9901000002,9901000008,9901220003"
# one site after the other, so that some looks begin while the database is away
_ONE_BY_ONE = {"STORE_BATCH": "10", "STORE_SECONDS": "0.05", "SITES_AT_ONCE": "1", "DOWNLOAD_DELAY": "0.02"}
_ROWS = 120
_HALF_A_MINUTE = 30


@pytest.fixture(scope="module")
def server() -> Iterator[LocalServer]:
    """A PostgreSQL of this file's own, which may be stopped."""
    folder = Path(tempfile.mkdtemp(prefix="govspider-away-"))
    folder.chmod(0o755)  # every account may enter it; pytest's own folders are closed
    (folder / "checkout").mkdir()
    made = server_of(folder / "checkout", {}, folder / "shared")
    made.start()
    yield made
    made.stop()
    shutil.rmtree(folder)


def _desk(server: LocalServer, town: Town, folder: Path, name: str) -> Desk:
    engine = make_engine(server.url("postgres")).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
    engine.dispose()
    upgrade(server.url(name))
    folder.mkdir(exist_ok=True)
    desk = Desk(
        server.url(name), folder, town.city.proxy_url, settings={**_ONE_BY_ONE, "LOG_FILE": str(folder / "log")}
    )
    desk.import_registry(town.registry)
    return desk


@pytest.fixture(scope="module")
def undisturbed(server: LocalServer, town: Town, tmp_path_factory: pytest.TempPathFactory) -> Observations:
    desk = _desk(server, town, tmp_path_factory.mktemp("undisturbed"), "undisturbed")
    desk.crawl(period=_PERIOD, sites=_SITES).expect(0)
    return observations(desk)


def _under_way(desk: Desk) -> bool:
    stored: int = desk.one("select (select count(*) from page) + (select count(*) from link_answer)")
    return stored >= _ROWS


def _missed(desk: Desk) -> bool:
    """True once the crawl noticed that the database is away."""
    return "the database is away" in (desk.folder / "log").read_text("utf-8")


def _locked(desk: Desk) -> bool:
    """True while every site of the crawl has its lock."""
    held = "select count(*) from pg_locks where locktype = 'advisory' and granted and database = (select oid from "
    return bool(desk.one(f"{held} pg_database where datname = current_database())") == len(_SITES.split(",")))


@pytest.mark.parametrize("seconds", [0, _HALF_A_MINUTE], ids=["until it is missed", "half a minute"])
def test_a_database_that_comes_back_is_waited_for_and_nothing_is_lost(
    seconds: float, server: LocalServer, town: Town, tmp_path: Path, undisturbed: Observations
) -> None:
    desk = _desk(server, town, tmp_path, f"back_after_{seconds}")
    process = desk.start_crawl(period=_PERIOD, sites=_SITES)
    assert desk.wait_until(_under_way, process)
    server.stop()
    gone = time.monotonic()
    try:
        assert desk.wait_until(_missed, process), "the crawl ended before it missed the database"
        time.sleep(max(0.0, gone + seconds - time.monotonic()))  # the outage itself
        assert process.poll() is None, "the crawl gave up before the database came back"
    finally:
        server.start()
    assert desk.wait_until(_locked, process), "the locks of the sites vanished with the server and stayed away"
    desk.finish(process).expect(0)
    assert desk.rows("select state, detail from run") == [("complete", "")]
    assert differences(undisturbed, observations(desk)) == []
    assert not desk.dead_letters.exists()


def test_the_settings_as_shipped_wait_for_longer_than_half_a_minute() -> None:
    assert sum(waits(settings.STORE_RETRIES)) > _HALF_A_MINUTE


def test_a_database_that_stays_away_ends_the_crawl_incomplete_and_it_can_be_gone_on_with(
    server: LocalServer, town: Town, tmp_path: Path, undisturbed: Observations
) -> None:
    desk = _desk(server, town, tmp_path, "gone")
    process = desk.start_crawl({"STORE_RETRIES": "3"}, period=_PERIOD, sites=_SITES)
    assert desk.wait_until(_under_way, process)
    server.stop()
    try:
        ended = desk.finish(process).expect(3)
    finally:
        server.start()
    assert "数据库" in ended.sentences[-1]
    assert "Traceback" not in ended.words
    assert desk.one("select state from run") != "complete"
    desk.crawl(run=str(desk.one("select id from run"))).expect(0)
    assert desk.rows("select state, detail from run") == [("complete", "")]
    assert differences(undisturbed, observations(desk)) == []
