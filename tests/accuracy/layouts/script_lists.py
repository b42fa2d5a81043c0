"""Lists whose records stand in the page's scripts, islands or comments, or one answer away."""

# ruff: noqa: E501 - the lines of a template are those of the page

from __future__ import annotations

import json
from typing import Any

from govspider.items import ColumnState, UnknownReason
from tests.accuracy.date_forms import JSON_FORMS
from tests.accuracy.layouts import DATA, WHOLE_DATA, layout
from tests.accuracy.scene import Delivered, Entry, Row, Scene
from tests.accuracy.truth import Part, Truth

_JSON = tuple(JSON_FORMS)
_UNIT = "402134"


def xml_records(rows: list[Row], total: int) -> str:
    """A Hanweb answer: records as CDATA."""
    records = "".join(
        f"<record><![CDATA[<li>{row.badge}{row.anchor()}{row.dated('span')}{row.extra}</li>]]></record>" for row in rows
    )
    return (
        f'<?xml version="1.0" encoding="utf-8" ?><datastore><nextgroup><![CDATA[]]></nextgroup>'
        f"<totalrecord>{total}</totalrecord><totalpage>{total // 15 + 1}</totalpage>"
        f"<recordset>{records}</recordset></datastore>"
    )


def proxy_call(scene: Scene, total: int) -> str:
    """The page's own call of the Hanweb list proxy."""
    return f"""<div id="{_UNIT}"></div><script>$(function(){{ $('#{_UNIT}').jpage({{
 proxyUrl:'/module/web/jpage/dataproxy.jsp', perPage:15, totalRecord:{total}, groupSize:3, openCookies:false,
 dataBefore:'<ul class="jp">', dataAfter:'</ul>', barPosition:'bottom',
 ajaxParam:{{col:1,appid:1,webid:14,path:'/',columnid:84025,sourceContentType:1,unitid:'{_UNIT}',
 webname:'{scene.site_name}',permissiontype:0}}}}); }});</script>"""


@layout(DATA, ("iso", "iso_bracket", "in_link_tail", "slashes", "dots", "iso_parentheses"), count=(10, 45), pages=9)
def hanweb_island(scene: Scene) -> str:
    island = xml_records(scene.rows(), len(scene.entries) + 300)
    island = island.partition("?>")[2]
    return f"""<div id="{_UNIT}" class="default_pgContainer"><script type="text/xml">{island}</script></div>
<script src="/module/jslib/jquery/jpage/jquery.jpage.js"></script>"""


@layout(DATA, ("iso", "iso_bracket", "in_link_tail", "in_link_bold"), count=(10, 45), pages=8)
def hanweb_dataproxy(scene: Scene) -> Delivered:
    total = len(scene.entries) + 700
    url = f"http://{scene.host}/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45&perpage=15"
    part = Part(url, xml_records(scene.rows(), total).encode(), "text/xml;charset=utf-8")
    return Delivered(proxy_call(scene, total), parts=(part,))


@layout(DATA, ("iso", "chinese", "minutes", "iso_bracket"), count=(10, 20), pages=7)
def ucap_comment(scene: Scene) -> str:
    rows = "\n".join(f"<li>{row.badge}{row.anchor()}<b>{row.cell.html}</b>{row.extra}</li>" for row in scene.rows())
    return f"""<ul class="jytxxgklist"><!--
{rows}
<script>createPageHTML('page_div',10,1,'zwgklist','shtml',200);</script>
--></ul><script>loadList(1);</script>"""


@layout(DATA, _JSON, count=(8, 20), pages=9)
def organisation_array(scene: Scene) -> str:
    records = [_record(scene, entry, "title", "daytime", "url") | {"channelid": 1227} for entry in scene.entries]
    data = json.dumps([{"infolist": records}], ensure_ascii=False)
    return f"""<div class="list-right"><ul id="newslist"></ul><div id="pager"></div></div><script>
var dataList={data};
var pagesData={{"curPageNo":1,"pageTotal":1}};
for(var i=0;i<dataList[0].infolist.length;i++){{ $("#newslist").append(render(dataList[0].infolist[i])); }}</script>"""


@layout(DATA, _JSON, count=(8, 50), pages=10)
def handlebars_shell(scene: Scene) -> str:
    records = [
        _record(scene, entry, "title", "pubDate", "urls") | {"topStatus": int(entry.pinned), "archiveStatus": 0}
        for entry in scene.entries
    ]
    for record in records:
        record["urls"] = json.dumps({"common": record["urls"]})
    count = len(records) + 200
    return f"""<div id="listBox"></div>
<script id="list-template" type="text/x-handlebars-template"><ul>{{{{#each articleList}}}}
<li><a href="{{{{urls}}}}">{{{{title}}}}</a><span>{{{{pubDate}}}}</span></li>{{{{/each}}}}</ul></script>
<script>var channelsTagSelf={{"code":"zcwj","articleCount":{count},"childCount":0}};
var listData={json.dumps({"articleList": records, "total": count}, ensure_ascii=False)};
$("#listBox").html(Handlebars.compile($("#list-template").html())(listData));</script>"""


@layout(DATA, ("json_day", "json_minutes", "json_seconds", "json_dots"), count=(6, 20), pages=7)
def loose_array(scene: Scene) -> str:
    """A literal that is no JSON: bare keys, single quotes, a trailing comma; under several names."""
    name = ("docs", "results", "infolist", "newsList")[scene.serial % 4]
    records = ",\n".join(
        f"{{id:{entry.number}, title:'{entry.title}', url:'{scene.href(entry)}', docreltime:'{scene.json_day(entry)}'}}"
        for entry in scene.entries
    )
    return f"""<div class="listbox" id="docs"></div><script type="text/javascript">
  var {name} = [{records},];
  showPage({name}, 1, 15);
</script>"""


@layout(WHOLE_DATA, ("json_unix",), count=(10, 20), pages=6)
def gkmlpt_vue(scene: Scene) -> Delivered:
    scene.path = "/gkmlpt/index#21022"
    articles = [
        _record(scene, entry, "title", "date", "url")
        | {"id": entry.number, "publisher": scene.office, "identifier": ""}
        for entry in scene.entries
    ]
    name = scene.column["name"]
    answer = {"classify": {"id": 21022, "name": name, "post_count": 480}, "articles": articles, "sid": 758019}
    tree = [{"id": 21022, "name": name, "post_count": 480, "children": []}]
    config = {"SID": "758019", "TREE": tree}
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开平台</title></head><body>
<div id="app"></div><script>window._CONFIG = {json.dumps(config, ensure_ascii=False)};
window._CONFIG.COLUMN_ID = 21022;</script>
<script src="/gkmlpt/static/js/app.js"></script></body></html>"""
    url = f"http://{scene.host}/gkmlpt/api/all/21022?page=1&sid=758019"
    return Delivered(html, whole=True, parts=(Part(url, _bytes(answer), "application/json"),))


_TOKEN = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"


def _ucap_call(as_json: str) -> str:
    return f"""<div id="list_body"></div><script>var url="/common/search/{_TOKEN}?_isAgg=false&_isJson={as_json}"
+"&_pageSize=20&_template=index&_channelName=&page=1"; $.get(url, function(d){{ $("#list_body").html(d); }});</script>"""


def _ucap_url(scene: Scene, as_json: str) -> str:
    query = f"_isAgg=false&_isJson={as_json}&_pageSize=20&_template=index&_channelName=&page=1"
    return f"http://{scene.host}/common/search/{_TOKEN}?{query}"


@layout(DATA, ("iso", "minutes", "dots", "iso_bracket"), count=(10, 20), pages=6)
def ucap_html_answer(scene: Scene) -> Delivered:
    rows = "".join(
        f'<li><div class="title">{row.badge}{row.anchor()}</div><div class="date">{row.cell.html}</div></li>'
        for row in scene.rows()
    )
    part = Part(_ucap_url(scene, "false"), f'<ul id="body">{rows}</ul>'.encode(), "text/html;charset=utf-8")
    return Delivered(_ucap_call("false"), parts=(part,))


@layout(DATA, ("json_minutes", "json_unix_ms", "json_seconds"), count=(10, 20), pages=6)
def ucap_json_answer(scene: Scene) -> Delivered:
    results = [_record(scene, entry, "title", "publishedTimeStr", "url") for entry in scene.entries]
    answer = {"code": "200", "data": {"total": 400, "page": 1, "rows": 20, "results": results}}
    part = Part(_ucap_url(scene, "true"), _bytes(answer), "application/json;charset=utf-8")
    return Delivered(_ucap_call("true"), parts=(part,))


@layout(DATA, ("iso", "iso_bracket", "chinese", "split_day_first"), count=(6, 20), pages=7)
def frame_list(scene: Scene) -> Delivered:
    rows = "".join(f"<li>{row.badge}{row.anchor()}{row.dated('span')}{row.extra}</li>" for row in scene.rows())
    frame = f"""<html><head><meta charset="utf-8"><title></title></head><body style="margin:0">
<ul class="lists">{rows}</ul></body></html>"""
    part = Part(f"http://{scene.host}/zwgk/{scene.column['slug']}/list.html", frame.encode(), "text/html")
    return Delivered('<iframe src="list.html" width="100%" height="680" frameborder="0"></iframe>', parts=(part,))


@layout(DATA, ("iso",), count=(10, 20), pages=3)
def proxy_that_failed(scene: Scene) -> Delivered:
    """The proxy answered an error page: nothing is known of the list, and nothing of it is blank."""
    url = f"http://{scene.host}/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45&perpage=15"
    part = Part(url, "<html><body><h1>系统异常</h1><p>操作失败</p></body></html>".encode(), "text/html")
    reasons = frozenset(UnknownReason)
    return Delivered(proxy_call(scene, 745), parts=(part,), truth=Truth(ColumnState.UNKNOWN, reasons=reasons))


def _record(scene: Scene, entry: Entry, title: str, day: str, url: str) -> dict[str, Any]:
    return {title: entry.title, day: scene.json_day(entry), url: scene.href(entry)}


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
