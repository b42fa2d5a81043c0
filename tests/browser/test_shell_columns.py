"""Crawls of a site whose columns are shells, with a real Chromium whose every request the crawl makes."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from govspider.browser.chromium import find_chromium
from tests.browser.shell_site import HOST, NEWEST, ORIGIN, ShellSite, register
from tests.fresh_databases import fresh_database
from tests.inspection.crawling import Desk
from tests.loopback.recording_server import RecordingServer, serving
from tests.optional_parts import do_without

_DELAY = 0.05
_ON = {"BROWSER": "auto", "DOWNLOAD_DELAY": str(_DELAY), "BROWSER_STILL_SECONDS": "0.5"}


@pytest.fixture(autouse=True)
def _chromium() -> None:
    if find_chromium(os.environ) is None:
        do_without("browser", "no Chromium on this machine: make browser", os.environ)


@contextmanager
def _office(site: ShellSite, server_url: str, template: str, folder: Path) -> Iterator[tuple[Desk, RecordingServer]]:
    with fresh_database(server_url, template) as url, serving(site.answer) as server:
        desk = Desk(url, folder, server.address, settings=_ON)
        register(desk, site, folder)
        yield desk, server


def _columns(desk: Desk) -> dict[str, tuple[Any, ...]]:
    """Last observation of each column: state, reason, newest day, source."""
    query = """select distinct on (site_column.url) site_column.url, seen.state, seen.unknown_reason, seen.newest,
                      seen.source
               from column_observation as seen join site_column on site_column.id = seen.site_column_id
               order by site_column.url, seen.id desc"""
    return {url.removeprefix(ORIGIN): tuple(rest) for url, *rest in desk.rows(query)}


def _asked(server: RecordingServer, ending: str) -> list[str]:
    return [asked.url for asked in server.asked if urlsplit(asked.url).path.endswith(ending)]


def test_a_browser_reads_a_shell_once_and_the_next_look_asks_what_it_learned(
    server_url: str, _template: str, tmp_path: Path
) -> None:
    site = ShellSite(paths=("/tzgg/", "/zcwj/"))
    with _office(site, server_url, _template, tmp_path) as (desk, server):
        desk.crawl(period="一").expect(0)
        shown = ("list", None, NEWEST, "browser")
        assert _columns(desk) == {"/tzgg/": shown, "/zcwj/": shown}
        assert desk.one("select count(*) from page where role = 'rendered' and evidence_sha256 is not null") == 2
        learned = desk.rows("select method, url, body from column_request order by url")
        assert learned == [
            ("GET", f"{ORIGIN}/api/list?col=1&_={{unix_ms}}", ""),
            ("POST", f"{ORIGIN}/api/query", "col=2&time={unix_ms}"),
        ]
        server.asked.clear()
        desk.crawl(period="二").expect(0)
        replayed = ("list", None, NEWEST, "json")
        assert _columns(desk) == {"/tzgg/": replayed, "/zcwj/": replayed}
        assert len(_asked(server, "/api/list")) == len(_asked(server, "/api/query")) == 1
        assert desk.one("select count(*) from page where role = 'rendered'") == 2, "no browser the second time"


def test_a_learned_request_that_fails_is_learned_anew_or_the_column_is_unknown(
    server_url: str, _template: str, tmp_path: Path
) -> None:
    site = ShellSite(paths=("/tzgg/",))
    with _office(site, server_url, _template, tmp_path) as (desk, _):
        desk.crawl(period="一").expect(0)
        site.api_is_gone = True
        desk.crawl(period="二").expect(0)
        assert _columns(desk)["/tzgg/"][:3] == ("unknown", "needs_browser", None)


def test_a_list_that_another_host_would_bring_stays_unknown_and_that_host_is_not_asked(
    server_url: str, _template: str, tmp_path: Path
) -> None:
    site = ShellSite(paths=("/foreign/", "/private/", "/cookie/"))
    with _office(site, server_url, _template, tmp_path) as (desk, server):
        desk.crawl(period="一").expect(0)
        seen = _columns(desk)
        assert seen["/foreign/"][:3] == ("unknown", "needs_browser", None), "old items beside a missing list"
        assert seen["/private/"][:3] == ("unknown", "needs_browser", None)
        assert seen["/cookie/"][:3] == ("list", None, NEWEST)
        assert {urlsplit(asked.url).hostname for asked in server.asked} == {HOST}
        assert not [asked for asked in server.asked if asked.headers.get("Cookie")]
        assert {asked.headers["User-Agent"] for asked in server.asked} == {server.asked[0].headers["User-Agent"]}
        assert not _asked(server, ".png") or desk.one("select count(*) from link_answer where url like '%.png'")


def test_what_a_browser_page_asks_keeps_the_delay_of_the_site(server_url: str, _template: str, tmp_path: Path) -> None:
    site = ShellSite(paths=("/tzgg/", "/zcwj/", "/cookie/"))
    with _office(site, server_url, _template, tmp_path) as (desk, server):
        desk.crawl(period="一").expect(0)
        times = [asked.at for asked in server.asked]
        # over the whole crawl: one late arrival may make two of them look close
        assert times[-1] - times[0] >= _DELAY * (len(times) - 2)


def _home(desk: Desk) -> tuple[Any, ...]:
    """Last observation of the home page."""
    query = """select seen.state, seen.unknown_reason, seen.newest from column_observation as seen
               join page on page.id = seen.page_id where page.role = 'home' order by seen.id desc limit 1"""
    return tuple(desk.rows(query)[0])


def test_a_home_page_that_only_a_script_fills_is_rendered_under_the_same_budget(
    server_url: str, _template: str, tmp_path: Path
) -> None:
    site = ShellSite(paths=("/tzgg/",), home_is_shell=True)
    with _office(site, server_url, _template, tmp_path) as (desk, _):
        desk.crawl({"BROWSER_PAGES_PER_SITE": "1"}, period="一").expect(0)
        assert _home(desk)[2] == NEWEST
        assert _columns(desk)["/tzgg/"][:2] == ("unknown", "needs_browser"), "the one page was the home page"
        assert desk.one("select count(*) from page where role = 'rendered' and evidence_sha256 is not null") == 1
        site.api_is_gone = True
        desk.crawl(period="二").expect(0)
        assert _home(desk)[1:] == ("needs_browser", None), "a block that did not come may be the newer one"


def test_only_so_many_pages_of_a_site_are_rendered(server_url: str, _template: str, tmp_path: Path) -> None:
    site = ShellSite(paths=("/tzgg/", "/zcwj/"))
    with _office(site, server_url, _template, tmp_path) as (desk, _):
        desk.crawl({"BROWSER_PAGES_PER_SITE": "1"}, period="一").expect(0)
        seen = _columns(desk)
        assert sorted(state for state, *_ in seen.values()) == ["list", "unknown"]
        assert "BROWSER_PAGES_PER_SITE" in desk.one("select detail from look")


def test_without_the_browser_a_shell_is_unknown(server_url: str, _template: str, tmp_path: Path) -> None:
    site = ShellSite(paths=("/tzgg/",))
    with _office(site, server_url, _template, tmp_path) as (desk, server):
        desk.crawl({"BROWSER": "off"}, period="一").expect(0)
        assert _columns(desk)["/tzgg/"][:3] == ("unknown", "needs_browser", None)
        assert not _asked(server, "/api/list")


def test_a_crawl_that_is_stopped_while_a_page_is_rendered_ends_and_takes_the_browser_along(
    server_url: str, _template: str, tmp_path: Path
) -> None:
    site = ShellSite(paths=("/tzgg/",))
    with _office(site, server_url, _template, tmp_path) as (desk, server):
        crawl = desk.start_crawl({"BROWSER_STILL_SECONDS": "100"}, period="一")
        stopped = desk.stop_when(crawl, lambda _: bool(_asked(server, "/api/list")), signal.SIGTERM)
        assert stopped is not None, "the page is still waited for"
        stopped.expect(3)
        desk.crawl(period="一").expect(0)
        assert _columns(desk)["/tzgg/"][:3] == ("list", None, NEWEST)


def test_a_wrong_word_for_the_browser_is_told_before_anything_is_asked(
    server_url: str, _template: str, tmp_path: Path
) -> None:
    with _office(ShellSite(paths=("/tzgg/",)), server_url, _template, tmp_path) as (desk, server):
        refused = desk.crawl({"BROWSER": "maybe"}, period="一").expect(2)
        assert "maybe" in refused.sentences[-1]
        assert not server.asked
