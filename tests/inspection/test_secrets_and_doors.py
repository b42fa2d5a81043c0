"""What a crawl gives away and what it opens: no credential in anything it writes, nothing that listens."""

from __future__ import annotations

import gzip
import os
import re
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from govspider.db.engine import make_engine
from tests.city.server import City, serve
from tests.inspection.conftest import NewDesk, Town
from tests.inspection.crawling import Desk, Ended
from tests.processes import children_of

pytestmark = pytest.mark.city
_SITE = "9901220003"
_HOST = "zrj.tingsong-demo.gov.cn"
_PROXY_PASSWORD = "geheim-proxy-7731"
_BASIC = "aW5zcGVjdG9yOmdlaGVpbS1wcm94eS03NzMx"  # the same as it travels: inspector:geheim-proxy-7731
_LISTENING = "0A"


class _SecretDesk(Desk):
    """An office behind a proxy that wants a password."""

    def environment(self) -> dict[str, str]:
        given = super().environment()
        proxy = self.proxy_url.replace("http://", f"http://inspector:{_PROXY_PASSWORD}@")
        return {**given, "http_proxy": proxy, "https_proxy": proxy}


def _listening(pid: int) -> list[str]:
    """Addresses a process listens on: TCP of both families, and named sockets of the file system."""
    inodes = set()
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        try:
            inodes.add(str(entry.readlink()).partition("socket:[")[2].rstrip("]"))
        except FileNotFoundError:  # closed meanwhile
            continue
    found = []
    for table in ("tcp", "tcp6"):
        rows = [line.split() for line in Path(f"/proc/{pid}/net/{table}").read_text("ascii").splitlines()[1:]]
        found += [row[1] for row in rows if row[3] == _LISTENING and row[9] in inodes]
    rows = [line.split() for line in Path(f"/proc/{pid}/net/unix").read_text("ascii").splitlines()[1:]]
    return found + [row[-1] for row in rows if int(row[3], 16) & 0x10000 and row[6] in inodes]


def _doors(crawl: int) -> list[str]:
    """What a crawl and the processes it started listen on."""
    started = list(children_of(crawl))
    assert started, "no process reads pages beside the crawl"
    return [door for pid in (crawl, *started) for door in _listening(pid)]


needs_proc = pytest.mark.skipif(not Path("/proc/self/net/tcp").exists(), reason="/proc/net: only Linux has it")


@pytest.fixture(scope="module")
def crawled(town: Town, new_desk: NewDesk) -> tuple[Desk, Ended, list[str], City]:
    """A crawl with everything logged; what it listened on in the middle of it."""
    with serve(town.plan) as city:
        plain = new_desk(city.proxy_url)
        desk = _SecretDesk(plain.database_url, plain.folder, plain.proxy_url)
        desk.import_registry(town.registry)
        log = {"LOG_LEVEL": "DEBUG", "LOG_FILE": str(desk.folder / "crawl.log"), "PROGRESS_SECONDS": "1"}
        log["READ_ASIDE_BYTES"] = "1"  # so that its process beside it is there as well
        process = desk.start_crawl(log, period="密一", sites=_SITE)
        assert desk.wait_until(lambda _: city.count(_HOST) > 5, process)
        doors = _doors(process.pid) if Path("/proc/self/net/tcp").exists() else []
        ended = desk.finish(process).expect(0)
    return desk, ended, doors, city


def _secrets(desk: Desk) -> list[str]:
    password = urlsplit(desk.database_url).password
    assert password
    return [password, _PROXY_PASSWORD, _BASIC]


@needs_proc
def test_what_listens_is_found(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)), socket.socket(socket.AF_UNIX) as named:
        named.bind(str(tmp_path / "door"))
        named.listen()
        assert len(_listening(os.getpid())) >= 2


@needs_proc
def test_a_crawl_listens_nowhere(crawled: tuple[Desk, Ended, list[str], City]) -> None:
    assert crawled[2] == []


def test_the_proxy_was_given_its_password(crawled: tuple[Desk, Ended, list[str], City]) -> None:
    """Else the next tests would look for a secret that was never there."""
    asked = crawled[3].arrivals_at(_HOST)
    assert asked
    assert all(_BASIC in arrival.headers.get("proxy-authorization", "") for arrival in asked)


def test_neither_log_nor_screen_holds_a_password(crawled: tuple[Desk, Ended, list[str], City]) -> None:
    desk, ended, *_ = crawled
    written = (desk.folder / "crawl.log").read_text("utf-8") + ended.out + ended.words
    assert "Telnet" not in written
    assert [secret for secret in _secrets(desk) if secret in written] == []


def test_neither_evidence_nor_database_holds_a_password(crawled: tuple[Desk, Ended, list[str], City]) -> None:
    desk = crawled[0]
    kept = [gzip.decompress(path.read_bytes()) for path in desk.evidence.rglob("*.gz")]
    assert kept
    assert [secret for secret in _secrets(desk) for body in kept if secret.encode() in body] == []
    assert [name for name, row in _rows(desk) if any(secret in row for secret in _secrets(desk))] == []


def test_a_request_is_kept_without_what_only_the_crawl_may_know(
    crawled: tuple[Desk, Ended, list[str], City],
) -> None:
    names = crawled[0].rows("select distinct lower(jsonb_object_keys(request_headers::jsonb)) from page")
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
