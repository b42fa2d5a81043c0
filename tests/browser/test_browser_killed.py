"""Chromium is killed while it shows a page: that column stays unknown, the next one is shown, the crawl ends well."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from govspider.browser.chromium import find_chromium
from tests.browser.shell_site import NEWEST, ORIGIN, ShellSite, register
from tests.fresh_databases import fresh_database
from tests.inspection.crawling import Desk
from tests.loopback.recording_server import Asked, Reply, serving
from tests.optional_parts import do_without
from tests.processes import children_of, command_line, listening

_FIRST, _SECOND = "/tzgg/", "/zcwj/"
_LONGEST = 60.0
_ON = {"BROWSER": "auto", "DOWNLOAD_DELAY": "0.05", "BROWSER_STILL_SECONDS": "0.5"}
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="/proc: only Linux has it")


@pytest.fixture(autouse=True)
def _chromium() -> None:
    if find_chromium(os.environ) is None:
        do_without("browser", "no Chromium on this machine: make browser", os.environ)


class _HeldSite(ShellSite):
    """Answers the data of the first column only once the browser that asked for it is dead."""

    def __init__(self) -> None:
        super().__init__(paths=(_FIRST, _SECOND))
        self.asked, self.killed = threading.Event(), threading.Event()

    def answer(self, asked: Asked) -> Reply:
        if asked.url.startswith(f"{ORIGIN}/api/list"):
            self.asked.set()
            self.killed.wait(_LONGEST)
        return super().answer(asked)


def _browsers(pid: int) -> list[int]:
    """Main processes of Chromium below this one: those of its parts carry --type."""
    found = []
    for child in children_of(pid):
        try:
            words = command_line(child).split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if "--headless" in words and not any(word.startswith("--type=") for word in words):
            found.append(child)
    return found


def _closed_to_others(door: str) -> bool:
    """True for a named socket in a folder that only its owner may enter: Chromium's guard of its profile."""
    return door.startswith("/") and not Path(door).parent.stat().st_mode & 0o077


@needs_proc
def test_a_killed_browser_costs_the_page_it_showed_and_no_other(
    server_url: str, _template: str, tmp_path: Path
) -> None:
    site = _HeldSite()
    with fresh_database(server_url, _template) as url, serving(site.answer) as server:
        desk = Desk(url, tmp_path, server.address, settings=_ON)
        register(desk, site, tmp_path)
        process = desk.start_crawl(period="一")
        assert desk.wait_until(lambda _: site.asked.is_set(), process)
        browsers = _browsers(process.pid)
        assert browsers
        doors = [door for one in browsers for pid in (one, *children_of(one)) for door in listening(pid)]
        doors = [door for door in doors if not _closed_to_others(door)]
        for browser in browsers:
            os.kill(browser, signal.SIGKILL)
        site.killed.set()
        assert doors == [], "whoever drives a browser by a port shares it with everybody on the machine"
        desk.finish(process).expect(0)
        query = """select site_column.url, seen.state, seen.unknown_reason, seen.newest, seen.source
                   from column_observation as seen join site_column on site_column.id = seen.site_column_id"""
        seen = {row[0].removeprefix(ORIGIN): row[1:] for row in desk.rows(query)}
        assert desk.rows("select state, detail from run") == [("complete", "")]
    assert seen[_FIRST][:2] == ("unknown", "needs_browser")
    assert seen[_SECOND] == ("list", None, NEWEST, "browser")
