"""A database that answers slowly slows the crawl down, and is never measured as slowness of a site."""

from __future__ import annotations

import csv
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy.engine import make_url

from tests.inspection.conftest import NewDesk
from tests.inspection.crawling import Desk
from tests.loopback.recording_server import Asked, Reply, serving
from tests.loopback.slow_way import SlowWay, slow_way

pytestmark = pytest.mark.city
_SECONDS = 0.15
_SITES = 3
_MENU = ("通知公告", "政策文件", "工作动态", "政府信息公开", "人事信息")
_PAGES = _SITES * (1 + len(_MENU))
_PERIOD = "迟一"
_OK = 200
_HTML = {"Content-Type": "text/html; charset=utf-8"}
# pages are stored by two and two, at once, while the next ones are asked
_EAGER = {"STORE_BATCH": "2", "STORE_SECONDS": "0.02", "DOWNLOAD_DELAY": "0.3"}


def _registry(path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("网站标识码", "网站名称", "首页网址", "主办单位"))
        for number in range(_SITES):
            name = f"第{number}站"
            writer.writerow((f"99014{number:05d}", name, f"http://d{number}.late-demo.gov.cn/", f"{name}办公室"))
    return path


def _page(host: str, path: str) -> Reply:
    """A home page with a menu of columns, so that something is being asked while pages are written."""
    columns = {f"/c{number}/": name for number, name in enumerate(_MENU)}
    if path not in ("/", *columns):
        return Reply(404, b"nothing here", _HTML)
    menu = "".join(f"<li><a href='{there}'>{name}</a></li>" for there, name in columns.items())
    title = f"{host}{columns.get(path, '')}"
    body = (
        f"<div class='nav'><ul>{menu}</ul></div><ul class='list'><li><a href='{path}a.html'>关于{title}</a></li></ul>"
    )
    return Reply(200, f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode(), _HTML)


def _behind(desk: Desk, way: SlowWay) -> Desk:
    url = make_url(desk.database_url).set(host="127.0.0.1", port=way.port)
    return Desk(url.render_as_string(hide_password=False), desk.folder, desk.proxy_url)


def test_what_the_database_takes_is_not_in_the_response_times(new_desk: NewDesk) -> None:
    ways: list[SlowWay] = []
    seen: set[str] = set()

    def answer(asked: Asked) -> Reply:
        parts = urlsplit(asked.url)
        reply = _page(parts.hostname or "", parts.path)
        if reply.status == _OK:
            seen.add(asked.url)
        # from the first home page to the last column: the time before and after is not what this is about
        ways[0].seconds = _SECONDS if 0 < len(seen) < _PAGES else 0.0
        return reply

    with serving(answer) as server:
        plain = new_desk(server.address)
        plain.import_registry(_registry(plain.folder / "registry.csv"))
        address = make_url(plain.database_url)
        if not address.host or address.host.startswith("/"):
            pytest.skip("the database is reached by a named socket: there is no way to slow down")
        with slow_way(address.host, address.port or 5432) as way:
            ways.append(way)
            _behind(plain, way).crawl(_EAGER, period=_PERIOD).expect(0)
            waited = way.messages
    times = [ms for (ms,) in plain.rows("select duration_ms from page where status is not null")]
    print(f"{waited} messages waited {_SECONDS} s each; pages took {sorted(times)} ms")
    assert len(times) >= _PAGES
    assert waited > _SITES, "the database was waited for"
    late = [ms for ms in times if ms > 1000 * _SECONDS]
    assert len(late) <= len(times) / 4, "written where answers are received, half of the pages and more are late"
