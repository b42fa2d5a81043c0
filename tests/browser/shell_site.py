"""A site whose columns only a browser can read, behind a proxy that records what is asked of it."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from tests.inspection.crawling import Desk
from tests.loopback.recording_server import Asked, Reply

HOST = "www.yunjing.gov.cn"
ORIGIN = f"http://{HOST}"
CODE = "3301000001"
NEWEST = date(2026, 11, 18)
_TITLES = ("关于开展安全生产检查的通知", "关于公布办事指南的公告", "关于征求意见的函", "关于召开座谈会的通知")

_SHOW = """
function show(rows) {
  document.getElementById('app').innerHTML = '<ul class="list">' + rows.map(function (row) {
    return '<li><a href="' + row.url + '">' + row.title + '</a><span>' + row.pubDate + '</span></li>';
  }).join('') + '</ul>';
}
"""
SCRIPTS = {
    "/tzgg/": "fetch('/api/list?col=1&_=' + Date.now()).then(r => r.json()).then(j => show(j.data.list));",
    "/zcwj/": (
        "var ask = new XMLHttpRequest(); ask.open('POST', '/api/query');"
        "ask.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');"
        "ask.onload = function () { show(JSON.parse(ask.responseText).data.list); };"
        "ask.send('col=2&time=' + Date.now());"
    ),
    "/foreign/": (
        "document.getElementById('app').innerHTML = '<ul><li><a href=\"/a/1.html\">关于开展安全生产检查的通知</a>"
        '<span>2020-01-02</span></li><li><a href="/a/2.html">关于公布办事指南的公告</a><span>2020-01-01</span></li>'
        '<li><a href="/a/3.html">关于召开座谈会的通知</a><span>2019-12-01</span></li></ul>\';'
        "fetch('http://lists.other.example/api').then(r => r.json()).then(j => show(j.data.list));"
    ),
    "/private/": "fetch('http://10.0.0.1/api').then(r => r.json()).then(j => show(j.data.list));",
    "/cookie/": (
        "document.cookie = 'made=here';"
        "fetch('/api/first').then(() => fetch('/api/list?col=5')).then(r => r.json()).then(j => show(j.data.list));"
    ),
}
_HOME = "fetch('/api/list?col=0').then(r => r.json()).then(j => show(j.data.list));"
NAMES = {
    "/tzgg/": "通知公告",
    "/zcwj/": "政策文件",
    "/foreign/": "公示公告",
    "/private/": "人事信息",
    "/cookie/": "工作动态",
}


@dataclass
class ShellSite:
    """Answers requests for the site. `home_is_shell`: its home page shows nothing without its script either."""

    paths: tuple[str, ...] = tuple(SCRIPTS)
    scripts: dict[str, str] = field(default_factory=lambda: dict(SCRIPTS))
    api_is_gone: bool = False
    home_is_shell: bool = False

    def answer(self, asked: Asked) -> Reply:
        parts = urlsplit(asked.url)
        if parts.hostname != HOST:
            return Reply(body=_rows(), headers={"Content-Type": "application/json", "Access-Control-Allow-Origin": "*"})
        path = parts.path
        if path in self.scripts:
            return _html(self._shell(path))
        return self._script_or_data(path) or self._page(path)

    def _script_or_data(self, path: str) -> Reply | None:
        if path == "/static/home.js":
            return Reply(body=f"{_SHOW}{_HOME}".encode(), headers={"Content-Type": "application/javascript"})
        if path.endswith(".js"):
            script = _SHOW + self.scripts[f"/{path.rsplit('/', maxsplit=1)[-1].removesuffix('.js')}/"]
            return Reply(body=script.encode(), headers={"Content-Type": "application/javascript; charset=utf-8"})
        if path.startswith("/api/") and not self.api_is_gone:
            return Reply(body=_rows(), headers={"Content-Type": "application/json", "Set-Cookie": "seen=1; Path=/"})
        return None

    def _page(self, path: str) -> Reply:
        if path == "/":
            return self._home()
        if path.startswith("/a/"):
            return _html(_article(int(path.rsplit("/", maxsplit=1)[-1].removesuffix(".html"))))
        return Reply(404, b"not here", {"Content-Type": "text/plain"})

    def _home(self) -> Reply:
        if self.home_is_shell:
            return _html(
                '<html><head><meta charset="utf-8"><title>云景</title></head><body><div id="app"></div>'
                '<script src="/static/home.js"></script></body></html>'
            )
        links = "".join(f'<li><a href="{path}">{NAMES[path]}</a></li>' for path in self.paths)
        return _html(
            f"<html><head><title>云景</title></head><body><div class='nav'><ul>{links}</ul></div></body></html>"
        )

    def _shell(self, path: str) -> str:
        name = path.strip("/")
        return (
            f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{NAMES[path]}</title>'
            f'<meta name="ColumnName" content="{NAMES[path]}"></head><body><div id="app"></div>'
            f'<script src="/static/{name}.js"></script><img src="/picture.png"></body></html>'
        )


def _html(text: str) -> Reply:
    return Reply(body=text.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def _rows() -> bytes:
    rows = [
        {"title": title, "url": f"/a/{number}.html", "pubDate": f"{NEWEST - timedelta(days=7 * number)}"}
        for number, title in enumerate(_TITLES)
    ]
    return json.dumps({"code": 200, "data": {"total": len(rows), "list": rows}}, ensure_ascii=False).encode()


def _article(number: int) -> str:
    day = NEWEST - timedelta(days=7 * number)
    return (
        f"<html><head><title>{_TITLES[number]}</title></head><body><h1>{_TITLES[number]}</h1>"
        f"<p>发布时间：{day}</p><div class='content'><p>{_TITLES[number] * 20}</p></div></body></html>"
    )


def register(desk: Desk, site: ShellSite, folder: Path) -> None:
    """Enter the site and its columns as a user does."""
    sites, columns = folder / "sites.csv", folder / "columns.csv"
    _write(
        sites, ["网站标识码", "网站名称", "首页网址", "主办单位"], [[CODE, "云景市政府", f"{ORIGIN}/", "云景市办公室"]]
    )
    rows = [[CODE, NAMES[path], f"{ORIGIN}{path}", "一级"] for path in site.paths]
    _write(columns, ["网站标识码", "栏目名称", "栏目URL", "级别"], rows)
    desk.script("scripts/import_registry.py", str(sites), "--columns", str(columns)).expect(0)


def _write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *rows])
