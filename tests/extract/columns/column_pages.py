"""Builds small column pages the way government sites build them: header, menu, breadcrumb, list, footer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from govspider.extract.columns.column import observe_column
from govspider.extract.document.page import Page
from govspider.items import ColumnObservation

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
"""Noon in Shanghai of 2026-11-22, a Sunday."""

COLUMN_URL = "http://www.example.gov.cn/tzgg/index.html"
TITLES = (
    "关于开展安全生产大检查工作的通知",
    "关于公布第三批行政许可事项目录的公告",
    "全县召开优化营商环境工作会议",
    "关于做好秋冬季森林防火工作的紧急通知",
    "二季度经济运行情况新闻发布",
    "县领导调研乡村振兴重点项目建设情况",
    "关于公开征求意见建议的公告",
    "全县教育工作推进会在县城顺利召开",
)
DAYS = ("2026-09-12", "2026-09-01", "2026-08-20", "2026-08-03", "2026-07-21", "2026-07-02")
PLAIN_ROW = '<li><a href="{url}">{title}</a><span>{day}</span></li>'

_HEADER = (
    '<div class="header"><a href="/">首页</a> 今天是2026年11月22日 星期日</div>'
    '<ul class="nav"><li><a href="/a">政务公开</a></li><li><a href="/b">政务服务</a></li></ul>'
    '<div class="weizhi">当前位置：<a href="/">首页</a>&gt;<a href="/tzgg">通知公告</a></div>'
)
_FOOTER = '<div class="footer">版权所有：某某县人民政府 更新时间：2026-11-21 <a href="/m">网站地图</a></div>'


def column_page(body: str, url: str = COLUMN_URL, head: str = "") -> Page:
    """A whole page around a main part. Its header shows today's date and its footer yesterday's."""
    markup = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>通知公告</title>{head}</head>'
        f"<body>{_HEADER}{body}{_FOOTER}</body></html>"
    )
    return Page(url, markup.encode("utf-8"), "text/html; charset=utf-8")


def rows(template: str = PLAIN_ROW, days: Sequence[str] = DAYS, folder: str = "/tzgg") -> str:
    """One row per day from a template with {url}, {title}, {day} and {number}."""
    return "".join(
        template.format(url=f"{folder}/{number}.html", title=TITLES[number % len(TITLES)], day=day, number=number)
        for number, day in enumerate(days)
    )


def unordered(inner: str) -> str:
    return f'<ul class="list">{inner}</ul>'


def plain_list(days: Sequence[str] = DAYS, folder: str = "/tzgg") -> str:
    return unordered(rows(PLAIN_ROW, days, folder))


def seen(body: str, *parts: Page, url: str = COLUMN_URL, head: str = "", home: bool = False) -> ColumnObservation:
    """What `observe_column` makes of a main part."""
    return observe_column(column_page(body, url, head), NOW, parts, home=home)
