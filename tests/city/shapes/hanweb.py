"""大汉 Hanweb: records in an XML island of the page, or behind one POST to dataproxy.jsp."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import parse_qs

from tests.city import pages
from tests.city.lists import rows
from tests.city.model import Answer, Asked, Column, Plan, Routes, Site
from tests.city.responses import missing, xml_answer
from tests.city.shapes.base import Shape, article_number

PROXY_PATH = "/module/web/jpage/dataproxy.jsp"
_UNIT_BASE = 400_000
_PER_PAGE = 15


def unit_id(column: Column) -> int:
    """Id of the page unit that shows the list; another column's unit answers for that column."""
    return _UNIT_BASE + column.number


def _records(site: Site, column: Column, first: int = 1, last: int = 999) -> str:
    style = pages.list_style(site, column)
    shown = rows(style, column.items[first - 1 : last], pages.absolute)
    return "".join(f"<record><![CDATA[{row}]]></record>" for row in shown)


class _Hanweb(Shape):
    def column_path(self, slug: str, number: int) -> str:
        return f"/col/col{number}/index.html"

    def article_path(self, slug: str, number: int, serial: int, published: date) -> str:
        day = f"{published.year}/{published.month}/{published.day}"
        return f"/art/{day}/art_{number}_{article_number(slug, number, serial)}.html"

    def _loader(self, site: Site, column: Column) -> str:
        asked = (
            f"{{col:1,appid:1,webid:14,path:'/',columnid:{column.number},sourceContentType:1,"
            f"unitid:'{unit_id(column)}',webname:'{site.unit}',permissiontype:0}}"
        )
        options = f"proxyUrl:'{PROXY_PATH}',perPage:{_PER_PAGE},totalRecord:{len(column.items)},openCookies:false"
        call = f'$("#{unit_id(column)}").jpage({{{options},ajaxParam:{asked}}});'
        return f"<script>$(function(){{{call}}});</script>"


class HanwebInline(_Hanweb):
    """The first records stand in `<script type="text/xml">` inside the unit's box."""

    def list_markup(self, site: Site, column: Column) -> str:
        head = f"<totalrecord>{len(column.items)}</totalrecord><totalpage>1</totalpage>"
        island = f"<datastore>{head}<recordset>{_records(site, column)}</recordset></datastore>"
        box = f'<div id="{unit_id(column)}" class="default_pgContainer"><script type="text/xml">{island}</script></div>'
        return box + self._loader(site, column)


class HanwebPost(_Hanweb):
    """The unit's box is empty; the page's script asks dataproxy.jsp for the records."""

    def list_markup(self, site: Site, column: Column) -> str:
        return f'<div id="{unit_id(column)}" class="default_pgContainer"></div>{self._loader(site, column)}'

    def data_routes(self, plan: Plan, site: Site, columns: Sequence[Column]) -> Routes:
        by_unit = {(str(column.number), str(unit_id(column))): column for column in columns}

        def answer(asked: Asked) -> Answer:
            fields = {**parse_qs(asked.query), **parse_qs(asked.body.decode("utf-8", "replace"))}
            column = by_unit.get((_first(fields, "columnid"), _first(fields, "unitid")))
            if column is None:
                return missing()
            first, last = int(_first(fields, "startrecord") or 1), int(_first(fields, "endrecord") or _PER_PAGE)
            head = f"<totalrecord>{len(column.items)}</totalrecord><totalpage>1</totalpage>"
            return xml_answer(
                f"<datastore>{head}<recordset>{_records(site, column, first, last)}</recordset></datastore>"
            )

        return {PROXY_PATH: answer}


def _first(fields: dict[str, list[str]], name: str) -> str:
    return fields.get(name, [""])[0]
