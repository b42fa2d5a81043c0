"""Guangdong's gkmlpt: one shell page for all columns, the records in /gkmlpt/api/all/<id>."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from json import dumps
from typing import Any
from zoneinfo import ZoneInfo

from tests.city.layout import document, stamp
from tests.city.model import Column, Item, Plan, Route, Routes, Site
from tests.city.responses import always, json_answer, page_route
from tests.city.shapes.base import Shape, article_number

SITE_ID = "758019"
_SHELL = "/gkmlpt/index"
_CHINA = ZoneInfo("Asia/Shanghai")


class Gkmlpt(Shape):
    """The column is named by the fragment, which a server never sees."""

    def column_path(self, slug: str, number: int) -> str:
        return f"{_SHELL}#{number}"

    def article_path(self, slug: str, number: int, serial: int, published: date) -> str:
        made = article_number(slug, number, serial)
        return f"/gkmlpt/content/{made // 1_000_000}/{made // 1000}/post_{made}.html"

    def routes(self, plan: Plan, site: Site, columns: Sequence[Column]) -> Routes:
        found = super().routes(plan, site, columns)
        for column in columns:
            found.pop(column.path)
            found[f"/gkmlpt/api/all/{column.number}"] = _list_route(site, column)
        found[_SHELL] = page_route(site, lambda: _shell(plan, site, columns))
        return found


def _shell(plan: Plan, site: Site, columns: Sequence[Column]) -> str:
    tree = [{"id": column.number, "name": column.name, "post_count": len(column.items)} for column in columns]
    config = dumps({"SID": SITE_ID, "TREE": tree}, ensure_ascii=False)
    extra = f"<script>window._CONFIG = {config};</script>"
    main = '<div id="app"></div><script src="/static/js/app.js"></script>'
    tags = [("ColumnName", "政府信息公开"), ("ColumnType", "政府信息公开")]
    return document(plan, site, f"政府信息公开-{site.name}", tags, main, extra=extra)


def _list_route(site: Site, column: Column) -> Route:
    shown = [_record(site, column, n, item) for n, item in enumerate(column.items)]
    classify = {"id": column.number, "name": column.name, "parent": 0, "post_count": len(shown)}
    return always(json_answer({"classify": classify, "articles": shown, "total": len(shown)}))


def _record(site: Site, column: Column, position: int, item: Item) -> dict[str, Any]:
    at = stamp(item.published, position).replace(tzinfo=_CHINA)
    return {
        "id": article_number(column.slug, column.number, position),
        "title": item.title,
        "date": int(at.timestamp()),
        "created_at": f"{at:%Y-%m-%d %H:%M:%S}",
        "publisher": site.unit,
        "identifier": f"{site.code}/{at.year}-{position:05d}",
        "url": f"{site.origin}{item.path}",
    }
