"""A database that answers slowly slows the crawl down, and is never measured as slowness of a site."""

from __future__ import annotations

import csv
from pathlib import Path
from statistics import median
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
_PERIOD = "迟一"
_HTML = {"Content-Type": "text/html; charset=utf-8"}
# pages are stored by two and two, at once, while the next ones are asked
_EAGER = {"STORE_BATCH": "2", "STORE_SECONDS": "0.02"}


def _registry(path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("网站标识码", "网站名称", "首页网址", "主办单位"))
        for number in range(_SITES):
            name = f"第{number}站"
            writer.writerow((f"99014{number:05d}", name, f"http://d{number}.late-demo.gov.cn/", f"{name}办公室"))
    return path


def _behind(desk: Desk, way: SlowWay) -> Desk:
    url = make_url(desk.database_url).set(host="127.0.0.1", port=way.port)
    return Desk(url.render_as_string(hide_password=False), desk.folder, desk.proxy_url)


def test_what_the_database_takes_is_not_in_the_response_times(new_desk: NewDesk) -> None:
    ways: list[SlowWay] = []

    def answer(asked: Asked) -> Reply:
        parts = urlsplit(asked.url)
        if parts.path != "/":
            return Reply(404, b"nothing here", _HTML)
        ways[0].seconds = _SECONDS  # from the first home page on; the preparation is not what this is about
        return Reply(200, f"<html><head><title>{parts.hostname}</title></head><body>x</body></html>".encode(), _HTML)

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
    times = [ms for (ms,) in plain.rows("select duration_ms from page where role = 'home'")]
    assert len(times) == _SITES
    assert waited > _SITES, "the database was waited for"
    assert median(times) < 1000 * _SECONDS
