"""Crawls of a site with suspected links, looked at again with a real Chromium through the crawl's own network."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from govspider.browser.chromium import find_chromium
from tests.browser.shell_site import HOST, ORIGIN, ShellSite, register
from tests.fresh_databases import fresh_database
from tests.inspection.crawling import Desk
from tests.loopback.recording_server import Asked, Reply, serving
from tests.optional_parts import do_without

HIDDEN, SHOWN = "http://www.banjia-hf.com/", "http://www.zhuangxiu-hf.com/"
HOME = f"""<!doctype html><html><head><title>云泾区人民政府</title>
<link rel="stylesheet" href="/site.css"></head><body>
<h1>云泾区人民政府</h1><div style="position:absolute;left:-9999px"><a href="{HIDDEN}">搬家公司</a></div>
<div id="box7" style="position:absolute;left:-9999px"><a href="{SHOWN}">装修公司</a></div>
<script src="/site.js"></script></body></html>"""
PARTS = {
    "/site.css": ("text/css", "#box7 { color: #333 }"),
    "/site.js": ("application/javascript", "document.getElementById('box7').style.position = 'static';"),
}


@pytest.fixture(autouse=True)
def _chromium() -> None:
    if find_chromium(os.environ) is None:
        do_without("browser", "no Chromium on this machine: make browser", os.environ)


def _answer(asked: Asked) -> Reply:
    parts = urlsplit(asked.url)
    if parts.hostname == HOST and parts.path in PARTS:
        kind, text = PARTS[parts.path]
        return Reply(body=text.encode(), headers={"Content-Type": f"{kind}; charset=utf-8"})
    if parts.hostname == HOST and parts.path == "/":
        return Reply(body=HOME.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
    return Reply(404 if parts.path == "/robots.txt" else 200, body=b"<html><title>x</title>y</html>")


@pytest.fixture
def desk(server_url: str, _template: str, tmp_path: Path) -> Iterator[Desk]:
    with fresh_database(server_url, _template) as url, serving(_answer) as server:
        settings = {"BROWSER": "auto", "DOWNLOAD_DELAY": "0.05", "BROWSER_STILL_SECONDS": "0.5"}
        desk = Desk(url, tmp_path, server.address, settings=settings)
        register(desk, ShellSite(paths=()), tmp_path)
        yield desk


def test_a_browser_tells_which_suspected_links_a_visitor_sees(desk: Desk) -> None:
    desk.crawl(period="一").expect(0)
    sights = desk.rows("select url, source_url, state from dark_link_sight order by url")
    assert sights == [(HIDDEN, f"{ORIGIN}/", "off_page"), (SHOWN, f"{ORIGIN}/", "visible")]
    pictures = desk.rows(
        "select evidence.media_type, evidence.size > 1000 from page join evidence on sha256 = evidence_sha256 "
        "where role = 'picture'"
    )
    assert pictures == [("image/png", True)]


def test_the_second_looks_of_a_site_are_budgeted(desk: Desk) -> None:
    desk.crawl({"BROWSER_SUSPECT_PAGES_PER_SITE": "0"}, period="一").expect(0)
    assert desk.one("select count(*) from dark_link_observation") == 2
    assert desk.one("select count(*) from dark_link_sight") == 0
