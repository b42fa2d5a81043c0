"""What a crawl gives away and what it opens: no credential in anything it writes, nothing that listens."""

from __future__ import annotations

import gzip
import os
import re
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from govspider.db.engine import make_engine
from tests.city.server import City, serve
from tests.inspection.conftest import NewDesk, Town
from tests.inspection.crawling import Desk, Ended
from tests.processes import children_of, command_line, listening

pytestmark = pytest.mark.city
_SITE = "9901220003"
_HOST = "zrj.tingsong-demo.gov.cn"
_PROXY_PASSWORD = "geheim-proxy-7731"
_BASIC = "aW5zcGVjdG9yOmdlaGVpbS1wcm94eS03NzMx"  # the same as it travels: inspector:geheim-proxy-7731


@dataclass(frozen=True, slots=True)
class Crawled:
    """A crawl that ended; `doors`, `called` what its processes listened on and were called in the middle of it."""

    desk: Desk
    ended: Ended
    doors: list[str]
    called: list[str]
    city: City


class _SecretDesk(Desk):
    """An office behind a proxy that wants a password."""

    def environment(self) -> dict[str, str]:
        given = super().environment()
        proxy = self.proxy_url.replace("http://", f"http://inspector:{_PROXY_PASSWORD}@")
        return {**given, "http_proxy": proxy, "https_proxy": proxy}


def _doors(processes: list[int]) -> list[str]:
    """What a crawl and the processes it started listen on."""
    assert len(processes) > 1, "no process reads pages beside the crawl"
    return [door for pid in processes for door in listening(pid)]


needs_proc = pytest.mark.skipif(not Path("/proc/self/net/tcp").exists(), reason="/proc/net: only Linux has it")


@pytest.fixture(scope="module")
def crawled(town: Town, new_desk: NewDesk) -> Crawled:
    """A crawl with everything logged, behind a proxy that wants a password."""
    with serve(town.plan) as city:
        plain = new_desk(city.proxy_url)
        desk = _SecretDesk(plain.database_url, plain.folder, plain.proxy_url)
        desk.import_registry(town.registry)
        log = {"LOG_LEVEL": "DEBUG", "LOG_FILE": str(desk.folder / "crawl.log"), "PROGRESS_SECONDS": "1"}
        log["READ_ASIDE_BYTES"] = "1"  # so that its process beside it is there as well
        process = desk.start_crawl(log, period="密一", sites=_SITE)
        assert desk.wait_until(lambda _: city.count(_HOST) > 5, process)
        doors, called = [], []
        if Path("/proc/self/net/tcp").exists():
            processes = [process.pid, *children_of(process.pid)]
            doors, called = _doors(processes), [command_line(pid) for pid in processes]
        ended = desk.finish(process).expect(0)
    return Crawled(desk, ended, doors, called, city)


def _secrets(desk: Desk) -> list[str]:
    password = urlsplit(desk.database_url).password
    assert password
    return [password, _PROXY_PASSWORD, _BASIC]


@needs_proc
def test_what_listens_is_found(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)), socket.socket(socket.AF_UNIX) as named:
        named.bind(str(tmp_path / "door"))
        named.listen()
        assert len(listening(os.getpid())) >= 2


@needs_proc
def test_a_crawl_listens_nowhere(crawled: Crawled) -> None:
    assert crawled.doors == []


@needs_proc
def test_the_list_of_processes_shows_no_password(crawled: Crawled) -> None:
    assert any("crawl portals" in words for words in crawled.called)
    assert [secret for secret in _secrets(crawled.desk) for words in crawled.called if secret in words] == []


def test_the_settings_that_scrapy_shows_hold_no_password(crawled: Crawled) -> None:
    for name in ("DATABASE_URL", "USER_AGENT", "CONTACT", "PREPARED_RUN", "DOWNLOADER_MIDDLEWARES"):
        shown = crawled.desk.script("-m", "scrapy", "settings", "--get", name).expect(0)
        assert [secret for secret in _secrets(crawled.desk) if secret in shown.out + shown.words] == [], name


def test_the_proxy_was_given_its_password(crawled: Crawled) -> None:
    """Else the next tests would look for a secret that was never there."""
    asked = crawled.city.arrivals_at(_HOST)
    assert asked
    assert all(_BASIC in arrival.headers.get("proxy-authorization", "") for arrival in asked)


def test_neither_log_nor_screen_holds_a_password(crawled: Crawled) -> None:
    desk, ended = crawled.desk, crawled.ended
    written = (desk.folder / "crawl.log").read_text("utf-8") + ended.out + ended.words
    assert "Telnet" not in written
    assert [secret for secret in _secrets(desk) if secret in written] == []


def test_neither_evidence_nor_database_holds_a_password(crawled: Crawled) -> None:
    desk = crawled.desk
    kept = [gzip.decompress(path.read_bytes()) for path in desk.evidence.rglob("*.gz")]
    assert kept
    assert [secret for secret in _secrets(desk) for body in kept if secret.encode() in body] == []
    assert [name for name, row in _rows(desk) if any(secret in row for secret in _secrets(desk))] == []


def test_a_request_is_kept_without_what_only_the_crawl_may_know(
    crawled: Crawled,
) -> None:
    names = crawled.desk.rows("select distinct lower(jsonb_object_keys(request_headers::jsonb)) from page")
    assert ("user-agent",) in names
    assert {name for (name,) in names} & {"authorization", "proxy-authorization", "cookie"} == set()


def _rows(desk: Desk) -> list[tuple[str, str]]:
    """Every row of every table as text."""
    engine = make_engine(desk.database_url)
    try:
        with engine.connect() as connection:
            tables = connection.execute(
                text("select table_name from information_schema.tables where table_schema = 'public'")
            ).scalars()
            return [
                (name, row)
                for name in [one for one in tables if re.fullmatch(r"\w+", one)]
                for row in connection.execute(text(f'select t::text from "{name}" as t')).scalars()
            ]
    finally:
        engine.dispose()
