"""A run of some sites judges what they link to as a run of all of them does."""

from __future__ import annotations

import csv
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.inspection.conftest import NewDesk
from tests.inspection.crawling import Desk
from tests.loopback.recording_server import Asked, Reply, serving

pytestmark = pytest.mark.city
_HTML = {"Content-Type": "text/html; charset=utf-8"}
_LINKING, _LINKED = "linking.part-demo.gov.cn", "linked.part-demo.gov.cn"
_CODES = {_LINKING: "9901500001", _LINKED: "9901500002"}
_POISONED = f"http://{_LINKED}/zt/casino.html"


def _answer(asked: Asked) -> Reply:
    """One site links to a page of the other, whose title was poisoned: that site's tampering, and no dead link."""
    parts = urlsplit(asked.url)
    if asked.url == _POISONED:
        page = "<title>澳门新葡京娱乐场_真人百家乐</title></head><body>" + "<p>欢迎光临，注册即送。</p>" * 20
    elif parts.path == "/":
        page = f"<title>{parts.hostname}</title></head><body><a href='{_POISONED}'>专题</a>"
    else:
        return Reply(404, b"nothing here", _HTML)
    return Reply(200, f"<html><head>{page}</body></html>".encode(), _HTML)


def _registry(path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("网站标识码", "网站名称", "首页网址", "主办单位"))
        writer.writerows((code, f"{host}网站", f"http://{host}/", f"{host}办公室") for host, code in _CODES.items())
    return path


def _standing(desk: Desk, period: str) -> list[tuple[str, str | None, str]]:
    """What the linked page answered in the run of this period, rung by rung."""
    query = """select a.state, a.fault, a.detail from link_answer a join run on run.id = a.run_id
               join period on period.id = run.period_id
               where a.url = :url and period.label = :label order by a.rung"""
    return desk.rows(query, url=_POISONED, label=period)


def test_a_link_to_an_inspected_site_stands_as_it_does_where_all_sites_are_looked_at(new_desk: NewDesk) -> None:
    with serving(_answer) as server:
        desk = new_desk(server.address)
        desk.import_registry(_registry(desk.folder / "registry.csv"))
        desk.crawl(period="全一").expect(0)
        desk.crawl(period="分一", sites=_CODES[_LINKING]).expect(0)
    whole = _standing(desk, "全一")
    assert whole[-1][0] == "ok"
    assert _standing(desk, "分一") == whole
