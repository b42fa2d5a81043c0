"""Crawls of a site with an odd column, an exempted one, and a list whose newest item stands on page 2."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
import yaml

from tests.fresh_databases import fresh_database
from tests.inspection.crawling import Desk
from tests.loopback.recording_server import Asked, Reply, serving

_ORIGIN = "http://www.yunjing.gov.cn"
_TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
_COLUMNS = {"/odd/": "通知公告", "/unsorted/": "政策文件", "/broken/": "公示公告", "/history/": "专题回顾"}
_CODE = "3301000001"


def _ago(days: int) -> str:
    return str(_TODAY - timedelta(days=days))


def _list(*days: int, more: str = "") -> str:
    rows = "".join(
        f'<li><a href="/a/{n}.html">关于开展第{n}次检查工作的通知</a><span>{_ago(n)}</span></li>' for n in days
    )
    return f'<div class="main"><ul class="list">{rows}</ul>{more}</div>'


def _odd(day: int) -> str:
    rows = ((day, "关于甲事项的通知"), (day + 9, "关于乙事项的通知"))
    return f'<div class="odd">{"".join(f"<p><b>{_ago(ago)}</b><i>{title}</i></p>" for ago, title in rows)}</div>'


@dataclass
class _Site:
    """Answers for the site; `moved` once its odd column was rebuilt."""

    moved: bool = False

    def answer(self, asked: Asked) -> Reply:
        parts = urlsplit(asked.url)
        next_page = '<a href="/unsorted/index_1.html">下一页</a>'
        pages = {
            "/": "".join(f'<a href="{path}">{name}</a>' for path, name in _COLUMNS.items()),
            "/odd/": "<div>新版栏目正在装修</div>" if self.moved else _odd(3),
            "/unsorted/": _list(40, 10, 30, 20, more=next_page),
            "/unsorted/index_1.html": _list(2, 50, 60, 70),
            "/broken/": _list(440, 410, 430, 420, more='<a href="/broken/index_1.html">下一页</a>'),
            "/history/": _list(900, 910, 920),
        }
        if parts.path.startswith("/a/"):
            day = int(parts.path[3:-5])
            return _html(f"<h1>通知</h1><p>发布时间：{_ago(day)}</p><p>{'正文内容。' * 60}</p>")
        return _html(pages[parts.path]) if parts.path in pages else Reply(404, b"none")


def _html(body: str) -> Reply:
    text = f'<html><head><meta charset="utf-8"><title>云景</title></head><body>{body}</body></html>'
    return Reply(body=text.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


@contextmanager
def _office(site: _Site, server_url: str, template: str, folder: Path) -> Iterator[Desk]:
    with fresh_database(server_url, template) as url, serving(site.answer) as server:
        desk = Desk(url, folder, server.address)
        sites, columns = folder / "sites.csv", folder / "columns.csv"
        _write(sites, ["网站标识码", "网站名称", "首页网址", "主办单位"], [[_CODE, "云景", f"{_ORIGIN}/", "云景办"]])
        rows = [[_CODE, name, f"{_ORIGIN}{path}", "一级"] for path, name in _COLUMNS.items()]
        _write(columns, ["网站标识码", "栏目名称", "栏目URL", "级别"], rows)
        desk.script("scripts/import_registry.py", str(sites), "--columns", str(columns)).expect(0)
        yield desk


def _write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def _override(folder: Path, name: str, path: str, page: str, **values: object) -> None:
    (folder / f"{name}.html").write_text(page, encoding="utf-8")
    fixture = {"file": f"{name}.html", "url": f"{_ORIGIN}{path}", "saved_at": datetime.now(ZoneInfo("Asia/Shanghai"))}
    selectors = values.get("list")
    proof = {"items": 2, "newest": _TODAY - timedelta(days=3)} if selectors else {}
    content = {
        "match": {"host": "www.yunjing.gov.cn", "path": path},
        "why": "栏目结构特殊，已核对",
        "author": "张三",
        "expires": _TODAY + timedelta(days=90),
        "fixture": {**fixture, **proof},
        **values,
    }
    (folder / f"{name}.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    _override(folder, "odd", "/odd/", _odd(3), list={"item": "div.odd p", "title": "i", "day": "b"})
    _override(folder, "history", "/history/", "<p>专题</p>", exempt="历史专题")
    monkeypatch.setenv("GOVSPIDER_OVERRIDES", str(folder))
    return folder


def _seen(desk: Desk) -> dict[str, tuple[str, str | None, date | None]]:
    query = """select distinct on (site_column.url) site_column.url, seen.state, seen.unknown_reason, seen.newest
               from column_observation as seen join site_column on site_column.id = seen.site_column_id
               order by site_column.url, seen.id desc"""
    return {url.removeprefix(_ORIGIN): (state, reason, newest) for url, state, reason, newest in desk.rows(query)}


@pytest.mark.usefixtures("rules")
def test_overrides_and_second_pages_decide_what_a_look_sees(server_url: str, _template: str, tmp_path: Path) -> None:
    site = _Site()
    with _office(site, server_url, _template, tmp_path) as desk:
        desk.crawl(period="一").expect(0)
        seen = _seen(desk)
        assert seen["/odd/"] == ("list", None, _TODAY - timedelta(days=3))
        assert seen["/unsorted/"] == ("list", None, _TODAY - timedelta(days=2)), "the newest item is on page 2"
        unread = "select missing_parts from page where role = 'column' and url like '%/broken/'"
        assert desk.one(unread) == [f"{_ORIGIN}/broken/index_1.html"]
        exempted = desk.rows("select reason, expires_on from column_exemption")
        assert exempted == [("历史专题", _TODAY + timedelta(days=90))]
        share = desk.script("scripts/overrides.py", "share", "--period", "一").expect(0)
        assert "4 个栏目中 1 个" in share.out
        site.moved = True
        desk.crawl(period="二").expect(0)
        assert _seen(desk)["/odd/"] == ("unknown", "drift", None)
        assert len(desk.rows("select id from column_exemption")) == 1


def test_a_crawl_does_not_start_with_an_override_that_fails_on_its_fixture(
    server_url: str, _template: str, tmp_path: Path, rules: Path
) -> None:
    (rules / "odd.html").write_text("<p>rebuilt</p>", encoding="utf-8")
    with _office(_Site(), server_url, _template, tmp_path) as desk:
        refused = desk.crawl(period="一").expect(2)
        assert "odd.yaml" in refused.words
        assert desk.one("select count(*) from run") == 0
    checked = desk.script("scripts/overrides.py", "check", str(rules)).expect(2)
    assert "odd.yaml" in checked.words
