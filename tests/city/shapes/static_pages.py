"""Systems that write their lists into static pages: TRS WCM, NFCMS, 龙讯, ASP.NET, and old hand-made sites."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from tests.city import pages
from tests.city.lists import listing
from tests.city.model import Column, Fate, Item, Plan, Routes, Site
from tests.city.responses import page_route
from tests.city.shapes.base import Shape, article_number
from tests.city.words import BLUEPRINT

_PAGE_SIZE: int = BLUEPRINT["page_size"]


class Trs(Shape):
    """TRS WCM: `/tzgg/`, pages counted from 0, article names with their day, links relative to the column."""

    def column_path(self, slug: str, number: int) -> str:
        return f"/{slug}/"

    def article_path(self, slug: str, number: int, serial: int, published: date) -> str:
        return f"/{slug}/{published:%Y%m}/t{published:%Y%m%d}_{article_number(slug, number, serial)}.html"

    def aliases(self, column: Column) -> list[str]:
        return [f"{column.path}index.html"]

    def list_markup(self, site: Site, column: Column) -> str:
        return _trs_page(site, column, column.items[:_PAGE_SIZE], 0)

    def data_routes(self, plan: Plan, site: Site, columns: Sequence[Column]) -> Routes:
        paged = [column for column in columns if len(column.items) > _PAGE_SIZE and column.fate is not Fate.BLANK]
        return {
            f"{column.path}index_1.html": page_route(site, partial(self._second, plan, site, column))
            for column in paged
        }

    def _second(self, plan: Plan, site: Site, column: Column) -> str:
        return pages.column_document(plan, site, column, _trs_page(site, column, column.items[_PAGE_SIZE:], 1))


def _trs_page(site: Site, column: Column, items: Sequence[Item], page: int) -> str:
    count = -(-len(column.items) // _PAGE_SIZE)
    call = f'createPageHTML({count}, {page}, "index", "html", {len(column.items)});'
    pager = f'<div class="page"><script>{call}</script></div>'
    return listing(pages.list_style(site, column), items, partial(_relative, column.path)) + pager


def _relative(column_path: str, item: Item) -> str:
    return item.path if item.external else f"./{item.path.removeprefix(column_path)}"


class Nfcms(Shape):
    """NFCMS: article addresses carry no date."""

    def column_path(self, slug: str, number: int) -> str:
        return f"/{slug}/index.html"

    def article_path(self, slug: str, number: int, serial: int, published: date) -> str:
        return f"/{slug}/content/post_{article_number(slug, number, serial)}.html"

    def head(self, column: Column) -> str:
        return f'<script>var NFCMS_SITE_ID="758019",NFCMS_COLUMN_ID="{column.number}";</script>'

    def list_markup(self, site: Site, column: Column) -> str:
        inner = listing(pages.list_style(site, column), column.items, pages.absolute, css="news_list")
        return f'<div class="list_con">{inner}</div><div class="pagination"><a class="current">1</a></div>'


class Longxun(Shape):
    """龙讯: `/content/column/<id>`, separator rows between groups of five, its own pager."""

    def column_path(self, slug: str, number: int) -> str:
        return f"/content/column/{6_790_000 + number}"

    def article_path(self, slug: str, number: int, serial: int, published: date) -> str:
        return f"/{slug}/{article_number(slug, number, serial)}.html"

    def aliases(self, column: Column) -> list[str]:
        return [f"{column.path}?pageIndex=1"]

    def list_markup(self, site: Site, column: Column) -> str:
        rows = []
        for n, item in enumerate(column.items):
            rows += ['<li class="lm_line"></li>'] if n and n % 5 == 0 else []
            link = f'<a href="{item.path}" title="{item.title}">{item.title}</a>'
            rows.append(f'<li><span class="right date">{item.published:%Y-%m-%d}</span>{link}</li>')
        pager = f"Ls.pagination('#page_{column.number}',{{currPage:(0+1),pageCount:1}});"
        return f'<ul class="doc_list list-{column.number}">{"".join(rows)}</ul><script>{pager}</script>'


class AspNet(Shape):
    """ASP.NET: columns and articles named by number, a form with a view state around the list."""

    def column_path(self, slug: str, number: int) -> str:
        return f"/NewsList.aspx?CID={number}"

    def article_path(self, slug: str, number: int, serial: int, published: date) -> str:
        return f"/Item/{article_number(slug, number, serial)}.aspx"

    def list_markup(self, site: Site, column: Column) -> str:
        state = '<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUKLTM4NDIwMzk2Mg9kFgICAw8W">'
        pager = "<a href=\"javascript:__doPostBack('pager','2')\">下一页</a>" if len(column.items) > 99 else ""
        inner = super().list_markup(site, column)
        return f'<form method="post" action=".{column.path}" id="form1">{state}{inner}{pager}</form>'


class OldHtml(Shape):
    """A hand-made site of upper-case tags and the day in every file name."""

    def column_path(self, slug: str, number: int) -> str:
        return f"/{slug}/list.htm"

    def article_path(self, slug: str, number: int, serial: int, published: date) -> str:
        return f"/{slug}/{published:%Y%m%d}_{serial:02d}.htm"

    def list_markup(self, site: Site, column: Column) -> str:
        return f'<TABLE WIDTH="100%" BORDER=0><TR><TD>{super().list_markup(site, column)}</TD></TR></TABLE>'


class Frames(Shape):
    """A column page that shows its list in an `<iframe>`."""

    def column_path(self, slug: str, number: int) -> str:
        return f"/{slug}/index.html"

    def article_path(self, slug: str, number: int, serial: int, published: date) -> str:
        return f"/{slug}/{published:%Y-%m/%d}/{article_number(slug, number, serial)}.html"

    def list_markup(self, site: Site, column: Column) -> str:
        return f'<iframe src="list_{column.number}.html" width="100%" height="600" frameborder="0"></iframe>'

    def data_routes(self, plan: Plan, site: Site, columns: Sequence[Column]) -> Routes:
        listed = [column for column in columns if column.items]
        return {
            f"/{column.slug}/list_{column.number}.html": page_route(site, partial(_framed_list, site, column))
            for column in listed
        }


def _framed_list(site: Site, column: Column) -> str:
    inner = listing(pages.list_style(site, column), column.items, pages.absolute)
    return f'<html><head><meta charset="utf-8"><title>{column.name}</title></head><body>{inner}</body></html>'
