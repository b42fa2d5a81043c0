"""Hostile sites beside healthy ones: the crawl ends, and the healthy ones look as if they were alone."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.inspection.conftest import NewDesk, Town
from tests.inspection.crawling import Desk, Ended
from tests.inspection.hostile_city import HEALTHY, HOSTILE, answering
from tests.inspection.sameness import differences, observations
from tests.loopback.recording_server import RecordingServer, serving

pytestmark = pytest.mark.city
_PERIOD = "险一"
_SMALL = {"DOWNLOAD_TIMEOUT": "20", "LINK_LOOKS": "2", "BROWSER": "off"}


def _write(path: Path, rows: Iterable[tuple[str, str, str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("网站标识码", "网站名称", "首页网址", "主办单位"))
        writer.writerows(rows)
    return path


@pytest.fixture(scope="module")
def proxy(town: Town) -> Iterator[RecordingServer]:
    with serving(answering(town.plan)) as server:
        yield server


def _codes() -> dict[str, str]:
    return {host: f"99012300{number:02d}" for number, host in enumerate(HOSTILE, 1)}


def _desk(town: Town, proxy: RecordingServer, new_desk: NewDesk, folder: Path, hosts: Iterable[str]) -> Desk:
    desk = new_desk(proxy.address)
    sites = [town.plan.site(code) for code in HEALTHY]
    rows = [(site.code, site.name, site.home_url, site.unit) for site in sites]
    codes = _codes()
    rows += [(codes[host], f"{host}网站", f"http://{host}/", f"{host}办公室") for host in hosts]
    desk.import_registry(_write(folder / "registry.csv", rows))
    return desk


@pytest.fixture(scope="module")
def alone(town: Town, proxy: RecordingServer, new_desk: NewDesk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The healthy sites, inspected with nobody beside them."""
    desk = _desk(town, proxy, new_desk, tmp_path_factory.mktemp("alone"), ())
    desk.crawl(_SMALL, period=_PERIOD).expect(0)
    return desk


@pytest.fixture(scope="module")
def beside(
    town: Town, proxy: RecordingServer, new_desk: NewDesk, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Desk, Ended]:
    """The healthy sites, inspected with the hostile ones beside them."""
    desk = _desk(town, proxy, new_desk, tmp_path_factory.mktemp("beside"), HOSTILE)
    return desk, desk.crawl(_SMALL, period=_PERIOD)


def test_the_crawl_ends_and_every_site_has_a_complete_look(beside: tuple[Desk, Ended]) -> None:
    desk, ended = beside
    ended.expect(0)
    assert desk.rows("select state, detail from run") == [("complete", "")]
    assert desk.one("select count(*) from look where state = 'complete'") == len(HEALTHY) + len(HOSTILE)


def test_healthy_sites_look_as_if_they_were_alone(alone: Desk, beside: tuple[Desk, Ended]) -> None:
    assert differences(observations(alone, HEALTHY), observations(beside[0], HEALTHY)) == []


@pytest.mark.parametrize(
    ("host", "reason"),
    [("endless.hostile.example", "too_big"), ("bomb.hostile.example", "too_big")],
)
def test_a_body_without_end_is_unknown_for_its_size(host: str, reason: str, beside: tuple[Desk, Ended]) -> None:
    query = "select distinct unknown_reason from page where role = 'home' and url = :url"
    assert beside[0].rows(query, url=f"http://{host}/") == [(reason,)]


def test_a_home_page_that_turns_in_circles_is_unknown(beside: tuple[Desk, Ended]) -> None:
    query = "select unknown_reason is not null from page where role = 'home' and url = :url"
    assert beside[0].rows(query, url="http://loop.hostile.example/") == [(True,)]


def test_a_page_of_too_many_links_says_that_they_were_cut(beside: tuple[Desk, Ended]) -> None:
    query = "select look.detail from look join site on site.id = look.site_id where site.code = :code"
    assert "more links than are read" in beside[0].one(query, code=_codes()["links.hostile.example"])
