"""Sites of one news column behind one proxy, each with a manner of its own of saying that a page did not change."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from tests.inspection.crawling import Desk
from tests.loopback.recording_server import Asked, Reply

TODAY = (datetime.now(UTC) + timedelta(hours=8)).date()
LONG_AGO = format_datetime(datetime.now(UTC) - timedelta(days=300), usegmt=True)
_TITLES = ("我市召开安全生产工作会议", "市领导调研重点项目建设", "我市启动政务公开宣传月活动", "全市教育工作推进会举行")
_TAGS = {
    "SiteName": "云景市人民政府", "SiteDomain": "www.yunjing.gov.cn", "SiteIDCode": "3301000001",
    "ContentSource": "云景日报",
}  # fmt: skip
COLUMN, OLD_COLUMN, FRAMED_COLUMN = "/xwdt/", "/tzgg/", "/gsgg/"
ARTICLES = tuple(f"/xwdt/{number}.html" for number in range(len(_TITLES)))

Manner = Callable[["Site", str, Reply, dict[str, str]], Reply]
"""How a site answers: itself, the path, its page as it stands, and the request's headers in lower case."""


@dataclass
class Site:
    """One site. `age` days since its newest article; `bodies` what stands in place of an article's own page."""

    host: str
    manner: Manner
    age: int = 1
    bodies: dict[str, bytes] = field(default_factory=dict)
    old_list: bool = False
    """True for two more columns: one long out of date that shows the last article too, one that frames the third."""

    def page(self, path: str) -> bytes | None:
        if path in self.bodies:
            return self.bodies[path]
        if path == "/":
            return _html("云景市人民政府", f"<div class='nav'><ul><li><a href='{COLUMN}'>要闻动态</a></li></ul></div>")
        if path in ARTICLES:
            return self.article(ARTICLES.index(path))
        return self._column(path)

    def _column(self, path: str) -> bytes | None:
        if path == COLUMN:
            rows = [(article, _TITLES[number], self.day(number)) for number, article in enumerate(ARTICLES)]
            return _html("要闻动态", _list(rows))
        if path == OLD_COLUMN and self.old_list:
            day = TODAY - timedelta(days=300)
            rows = [(ARTICLES[-1], "关于公布办事指南的公告", day), ("/gone.html", "关于征求意见的公告", day)]
            return _html("通知公告", _list(rows))
        if path == FRAMED_COLUMN and self.old_list:
            return _html("公示公告", f"<iframe src='{ARTICLES[2]}' width='600' height='400'></iframe>")
        return None

    def day(self, number: int) -> date:
        return TODAY - timedelta(days=self.age + number)

    def article(self, number: int, words: str = "", tags: dict[str, str] | None = None) -> bytes:
        day, title = self.day(number), _TITLES[number]
        named = {**_TAGS, "ArticleTitle": title, "PubDate": f"{day} 08:00", **(tags or {})}
        metas = "".join(f"<meta name='{name}' content='{text}'>" for name, text in named.items())
        text = f"{title}（{self.host}），有关部门负责人参加，会议部署了下一阶段的工作。" * 8
        body = f"<h1>{title}</h1><p>发布时间：{day}</p><div class='content'><p>{text}</p><p>{words}</p></div>"
        return _html(title, body, metas)

    def answer(self, asked: Asked) -> Reply:
        path = urlsplit(asked.url).path
        body = self.page(path)
        if body is None:
            return Reply(404, _html("404", "<p>您访问的页面不存在</p>"), {"Content-Type": "text/html; charset=utf-8"})
        plain = Reply(200, body, {"Content-Type": "text/html; charset=utf-8"})
        return self.manner(self, path, plain, {name.lower(): value for name, value in asked.headers.items()})


def _list(rows: list[tuple[str, str, date]]) -> str:
    items = "".join(f"<li><a href='{path}'>{title}</a><span>{day}</span></li>" for path, title, day in rows)
    return f"<ul class='list'>{items}</ul>"


def _html(title: str, body: str, metas: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{metas}</head><body>{body}"
        "</body></html>"
    ).encode()


def etag_of(body: bytes) -> str:
    return f'"{sha256(body).hexdigest()[:16]}"'


def tagged(plain: Reply, **headers: str) -> Reply:
    """The page with an ETag and further headers, `_` standing for `-`."""
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(plain.status, plain.body, {**plain.headers, "ETag": etag_of(plain.body), **more})


def not_modified(**headers: str) -> Reply:
    return Reply(304, b"", {name.replace("_", "-"): value for name, value in headers.items()})


def register(desk: Desk, sites: dict[str, Site], folder: Path) -> None:
    """Enter the sites with their columns as a user does; the code of a site is its key."""
    registry, columns = folder / "sites.csv", folder / "columns.csv"
    rows = [[code, f"{site.host}网站", f"http://{site.host}/", "云景市办公室"] for code, site in sites.items()]
    _write(registry, ["网站标识码", "网站名称", "首页网址", "主办单位"], rows)
    news = [[code, "要闻动态", f"http://{site.host}{COLUMN}", "动态要闻", "一级"] for code, site in sites.items()]
    news += [
        [code, name, f"http://{site.host}{path}", "通知公告", "一级"]
        for code, site in sites.items()
        for name, path in (("通知公告", OLD_COLUMN), ("公示公告", FRAMED_COLUMN))
        if site.old_list
    ]
    _write(columns, ["网站标识码", "栏目名称", "栏目URL", "栏目类别", "级别"], news)
    desk.script("scripts/import_registry.py", str(registry), "--columns", str(columns)).expect(0)


def _write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *rows])
