"""Crawls that ask as search engines do: only when told to, and recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.shell_site import HOST, ShellSite, register
from tests.fresh_databases import fresh_database
from tests.inspection.crawling import Desk
from tests.loopback.recording_server import Asked, RecordingServer, Reply, serving

_ON = {"SEARCH_VIEWS": "True"}


@dataclass
class Cloaked:
    """A home page that shows spiders something else, or refuses them."""

    refuses: bool = False
    asked: list[Asked] = field(default_factory=list)

    def answer(self, asked: Asked) -> Reply:
        parts = urlsplit(asked.url)
        if parts.hostname != HOST or parts.path != "/":
            return Reply(404, body=b"<html><title>404</title></html>", headers={"Content-Type": "text/html"})
        agent = {name.lower(): text for name, text in asked.headers.items()}["user-agent"]
        if "Baiduspider" in agent and self.refuses:
            return Reply(403, body=b"forbidden", headers={"Content-Type": "text/html"})
        text = "澳门百家乐" if "Baiduspider" in agent else "政务公开"
        body = f"<html><head><title>云泾区人民政府</title></head><body><p>{text}</p></body></html>"
        return Reply(body=body.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


@dataclass
class Office:
    desk: Desk
    server: RecordingServer
    site: Cloaked


@pytest.fixture
def office(server_url: str, _template: str, tmp_path: Path) -> Iterator[Office]:
    site = Cloaked()
    with fresh_database(server_url, _template) as url, serving(site.answer) as server:
        desk = Desk(url, tmp_path, server.address, settings={"BROWSER": "off", "DOWNLOAD_DELAY": "0.05"})
        register(desk, ShellSite(paths=()), tmp_path)
        yield Office(desk, server, site)


def test_no_page_is_asked_under_another_name_unless_told_to(office: Office) -> None:
    office.desk.crawl(period="一").expect(0)
    assert {"Baiduspider" in str(asked.headers) for asked in office.server.asked} == {False}


def test_a_page_that_shows_spiders_something_else_is_suspected_with_the_bytes_they_got(office: Office) -> None:
    office.desk.crawl(_ON, period="一").expect(0)
    query = """select tampering.kind, tampering.strength, page.role, page.evidence_sha256 is not null,
                      page.request_headers ->> 'User-Agent' like '%Baiduspider%'
               from tampering_observation as tampering join page on page.id = tampering.page_id"""
    assert office.desk.rows(query) == [("spider_cloaking", "strong", "spider_view", True, True)]


def test_a_spider_that_is_refused_has_been_shown_nothing(office: Office) -> None:
    office.site.refuses = True
    office.desk.crawl(_ON, period="一").expect(0)
    assert office.desk.one("select count(*) from tampering_observation") == 0
    assert office.desk.one("select unknown_reason from page where role = 'spider_view'") == "blocked"
