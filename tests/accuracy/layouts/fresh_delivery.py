"""Fresh held: deliveries by script and answer, and pages without a list, from the notes on content systems alone."""

# ruff: noqa: E501 - the lines of a template are those of the page

from __future__ import annotations

import json

from govspider.items import ColumnState, UnknownReason
from tests.accuracy.layouts import ALONE, DATA, layout
from tests.accuracy.scene import Delivered, Scene, words
from tests.accuracy.truth import Part, Truth

_NOT_SEEN = frozenset({UnknownReason.NEEDS_BROWSER, UnknownReason.NOT_CHECKED})


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


@layout(DATA, ("iso", "iso_bracket", "minutes"), count=(8, 20), pages=6)
def markup_in_a_string(scene: Scene) -> str:
    """One long string of markup, put into an empty box when the page is ready."""
    rows = "".join(
        f'<li><a href="{row.href}" target="_blank">{row.badge}{row.title}</a><span>{row.cell.html}</span></li>{row.extra}'
        for row in scene.rows()
    )
    return f"""<div class="list-con"><ul id="xxlist"></ul></div><script>
$(function(){{ var str = {json.dumps(rows, ensure_ascii=False)}; $("#xxlist").html(str); }});</script>"""


@layout(DATA, ("json_day", "json_minutes", "json_dots"), count=(8, 20), pages=6)
def was_answer(scene: Scene) -> Delivered:
    """TRS WAS: the template of the search answers with an object of documents."""
    path = "/was5/web/search?channelid=229105&templet=docs.jsp&sortfield=-docorderpri,-docreltime"
    path += "&classsql=chnlid=16788&prepage=75&page=1"
    docs = [{"title": e.title, "time": scene.json_day(e), "url": scene.href(e)} for e in scene.entries]
    answer = {"count": 2207, "pageNo": 1, "docs": docs}
    html = f"""<div class="gl_list"><ul id="docs"></ul></div><script>
var docsUrl = "{path}"; $.get(docsUrl,function(d){{ fillDocs(eval("("+d+")")); }});</script>"""
    return Delivered(html, parts=(Part(f"http://{scene.host}{path}", _json(answer), "text/html;charset=UTF-8"),))


@layout(DATA, ("json_day", "json_seconds", "json_chinese"), count=(8, 20), pages=6)
def static_json_file(scene: Scene) -> Delivered:
    """The records stand in a file of JSON beside the page."""
    records = [
        {
            "DOCTITLE": e.title,
            "DOCRELTIME": scene.json_day(e),
            "DOCPUBURL": scene.href(e),
            "FILENUM": f"〔2024〕{e.number}号",
        }
        for e in scene.entries
    ]
    html = """<div class="gfx"><table id="gfxwj"><tbody></tbody></table></div><script>
$.getJSON("./gfxwj.json",function(data){var s="";for(var i=0;i<data.length;i++){s+=tr(data[i]);}$("#gfxwj tbody").html(s);});</script>"""
    url = f"http://{scene.host}/zwgk/{scene.column['slug']}/gfxwj.json"
    return Delivered(html, parts=(Part(url, _json({"data": records}), "application/json"),))


@layout(DATA, ("json_day", "json_minutes", "json_seconds"), count=(8, 20), pages=6)
def common_search_by_post(scene: Scene) -> Delivered:
    """UCAP: a search of a channel, asked by POST."""
    results = [
        {
            "title": e.title,
            "url": scene.href(e),
            "publishedTimeStr": scene.json_day(e),
            "content": words()["summaries"][0],
        }
        for e in scene.entries
    ]
    answer = {"code": "200", "data": {"total": 931, "page": 1, "rows": 20, "results": results}}
    path = "/common/search/5b9f0c1e2d3a4b5c6d7e8f9012345678"
    html = f"""<div class="list"><ul class="list-ul"></ul></div><script>
$.post("{path}",{{_pageSize:20,page:1,_isAgg:true,_isJson:true}},function(r){{ draw(r.data.results); }});</script>"""
    return Delivered(html, parts=(Part(f"http://{scene.host}{path}", _json(answer), "application/json"),))


@layout(DATA, ("iso", "iso_bracket", "in_link_tail"), count=(10, 40), pages=6)
def many_columns_dataproxy(scene: Scene) -> Delivered:
    """Hanweb: one proxy for several columns, named in one comma list."""
    total = len(scene.entries) + 120
    records = "".join(
        f"<record><![CDATA[<tr><td>{row.badge}{row.anchor()}</td><td>{row.cell.html}</td></tr>{row.extra}]]></record>"
        for row in scene.rows()
    )
    answer = f"<datastore><totalrecord>{total}</totalrecord><totalpage>9</totalpage><recordset>{records}</recordset></datastore>"
    html = f"""<div id="5540112" class="list"></div><script>$(function(){{jQuery('#5540112').jpage({{themeName:'default',openCookies:false,
showMode:'full',totalRecord:{total},totalGroup:3,groupSize:3,perPage:15,barPosition:'bottom',
proxyUrl:'/module/web/jpage/morecolumndataproxy.jsp',ajaxParam:{{columnid:'84025,84026,84027',unitid:5540112,webid:14,path:'/',
webname:'{scene.site_name}',col:1,permissiontype:0,sourceContentType:3}}}});}});</script>"""
    url = f"http://{scene.host}/module/web/jpage/morecolumndataproxy.jsp?startrecord=1&endrecord=45&perpage=15"
    return Delivered(html, parts=(Part(url, answer.encode(), "text/xml"),))


@layout(DATA, ("iso", "slashes", "dots"), count=(8, 20), pages=6, kinds=("policy", "notice"))
def xxgk_search_frame(scene: Scene) -> Delivered:
    """Hanweb xxgk: the list is the page of a search, shown in a frame."""
    src = "/module/xxgk/search.jsp?standardXxgk=1&isAllList=1&texttype=&fbtime=&vc_all=&currpage=1&sortfield=,compaltedate:0"
    rows = "".join(
        f"<tr><td>{n}</td><td>{row.badge}{row.anchor()}{row.extra}</td><td>{row.cell.html}</td></tr>"
        for n, row in enumerate(scene.rows(), 1)
    )
    frame = f"""<html><head><meta charset="utf-8"></head><body><table class="xxgk_table"><tr><th>序号</th><th>标题</th>
<th>发布日期</th></tr>{rows}</table><div>共 {len(scene.entries) + 60} 条</div></body></html>"""
    html = (
        f'<div class="xxgk_r"><iframe name="list" width="100%" height="900" frameborder="0" src="{src}"></iframe></div>'
    )
    return Delivered(html, parts=(Part(f"http://{scene.host}{src}", frame.encode(), "text/html;charset=utf-8"),))


@layout(ALONE, ("iso",), pages=5)
def knockout_shell(scene: Scene) -> Delivered:
    html = """<div class="news-box" id="vm"><ul data-bind="foreach: items"><li><a data-bind="text: title, attr: {href: link}"></a>
<span data-bind="text: day"></span></li></ul></div><script src="/js/require.js" data-main="/js/news/main"></script>"""
    return Delivered(html, truth=Truth(ColumnState.UNKNOWN, reasons=_NOT_SEEN))


@layout(ALONE, ("iso",), pages=6)
def blank_in_a_sentence(scene: Scene) -> Delivered:
    """The column says in words of its own that there is nothing yet."""
    sentences = (
        "本栏目内容正在建设中，敬请期待！",
        "暂无相关内容。",
        "该栏目暂无信息发布。",
    )
    html = f"""<div class="art"><h1>{scene.column["name"]}</h1><div class="line"></div>
<div class="zw"><p style="text-align:center">{sentences[scene.serial % 3]}</p></div></div>"""
    return Delivered(html, truth=Truth(ColumnState.BLANK, items=0))


@layout(ALONE, ("iso",), pages=6, kinds=("static",))
def guide_with_downloads(scene: Scene) -> Delivered:
    """A guide in several sections with forms to take away: one text, not a list of files."""
    scene.column = {"name": "政府信息公开指南", "slug": "zfxxgkzn"}
    sections = "".join(
        f"<h4>{'一二三四五'[n]}、{name}</h4><p>{words()['paragraphs'][n]}</p><p>{words()['paragraphs'][(n + 1) % 5]}</p>"
        for n, name in enumerate(("公开范围", "获取方式", "申请流程", "收费标准", "监督救济"))
    )
    files = "".join(
        f'<p><a href="/files/b{n}.doc">附件{n}：信息公开申请表（{name}）.doc</a></p>'
        for n, name in enumerate(("公民", "法人"), 1)
    )
    html = f'<div class="zn"><h2>{scene.site_name}信息公开指南</h2>{sections}{files}</div>'
    return Delivered(html, truth=Truth(ColumnState.ARTICLE))
