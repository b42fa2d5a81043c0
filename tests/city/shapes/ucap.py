"""开普云 UCAP: the list in the page is commented out, the live one comes from /common/search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import md5

from tests.city import pages
from tests.city.layout import stamp
from tests.city.lists import rows
from tests.city.model import Answer, Asked, Column, Item, Plan, Route, Routes, Site
from tests.city.responses import html, json_answer
from tests.city.shapes.base import Shape


def channel_id(number: int) -> str:
    return md5(f"channel {number}".encode()).hexdigest()


def _address(number: int, as_json: str) -> str:
    rest = f"_isAgg=false&_isJson={as_json}&_pageSize=20&_template=index&_channelName=&page=1"
    return f"/common/search/{channel_id(number)}?{rest}"


class Ucap(Shape):
    """Columns are `c<number>` directories; article addresses know only their month."""

    def column_path(self, slug: str, number: int) -> str:
        return f"/{slug}/c{number}/zwgklist.shtml"

    def article_path(self, slug: str, number: int, serial: int, published: date) -> str:
        return f"/{slug}/c{number}/{published:%Y%m}/{md5(f'{number}-{serial}'.encode()).hexdigest()}.shtml"

    def head(self, column: Column) -> str:
        return f'<meta name="channelId" content="{channel_id(column.number)}">'

    def list_markup(self, site: Site, column: Column) -> str:
        commented = "\n".join(rows(pages.list_style(site, column), _in_comment(column), pages.absolute))
        pager = f"createPageHTML('page_div',1, 1,'zwgklist','shtml',{len(column.items)})"
        live = f"$.ajax({{url:'{_address(column.number, 'false')}',success:function(d){{$('#body').html(d);}}}});"
        return f'<ul id="body" class="zwgklist"><!-- {commented} {pager}--></ul><script>{live}</script>'

    def data_routes(self, plan: Plan, site: Site, columns: Sequence[Column]) -> Routes:
        found: Routes = {}
        for column in columns:
            if column.items:
                found[f"/common/search/{channel_id(column.number)}"] = _search(site, column)
        return found


def _in_comment(column: Column) -> Sequence[Item]:
    """The comment is a snapshot; on one column it was taken long ago."""
    return column.items[-2:] if "old_comment" in column.odd else column.items


def _search(site: Site, column: Column) -> Route:
    def answer(asked: Asked) -> Answer:
        if "_isJson=true" in asked.query:
            results = [_as_json(site, item) for item in column.items]
            return json_answer({"data": {"total": len(results), "results": results}})
        shown = "".join(_as_html(item) for item in column.items)
        return html(site, f'<ul id="body">{shown}</ul>')

    return answer


def _as_html(item: Item) -> str:
    link = f'<div class="title"><a href="{item.path}" title="{item.title}">{item.title}</a></div>'
    return f'<li>{link}<div class="date">{item.published:%Y-%m-%d}</div></li>'


def _as_json(site: Site, item: Item) -> dict[str, str]:
    shown = f"{stamp(item.published, 1):%Y-%m-%d %H:%M:%S}"
    return {"title": item.title, "url": f"{site.origin}{item.path}", "publishedTimeStr": shown}
