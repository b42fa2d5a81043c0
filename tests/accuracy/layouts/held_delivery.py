"""Held out: deliveries by script, island, frame or answer that no tuned layout uses."""

# ruff: noqa: E501 - the lines of a template are those of the page

from __future__ import annotations

import json

from govspider.items import ColumnState, UnknownReason
from tests.accuracy.date_forms import JSON_FORMS
from tests.accuracy.layouts import ALONE, DATA, WHOLE_DATA, layout
from tests.accuracy.scene import Delivered, Entry, Scene
from tests.accuracy.truth import Part, Truth

_JSON = tuple(JSON_FORMS)
_NOT_SEEN = frozenset({UnknownReason.NEEDS_BROWSER, UnknownReason.NOT_CHECKED})


@layout(DATA, ("iso", "dots", "iso_parentheses"), count=(10, 40), pages=8)
def island_of_table_rows(scene: Scene) -> str:
    records = "".join(
        f"""<record><![CDATA[<tr><td class="bt">{row.badge}{row.anchor()}</td><td class="wh">—</td>
<td class="sj">{row.cell.html}</td></tr>{row.extra}]]></record>"""
        for row in scene.rows()
    )
    return f"""<div class="zxxxgk_list"><script type='text/xml'><datastore>
<nextgroup><![CDATA[<a href="/module/xxgk/search.jsp?currpage=2"></a>]]></nextgroup>
<recordset>{records}</recordset></datastore></script></div>"""


@layout(DATA, _JSON, count=(8, 20), pages=8)
def state_of_the_app(scene: Scene) -> str:
    """Server-rendered state: the records lie deep in one JSON script."""
    records = [
        {"articleId": e.number, "articleTitle": e.title, "publishTime": scene.json_day(e), "articleUrl": scene.href(e)}
        for e in scene.entries
    ]
    state = {"props": {"pageProps": {"channel": {"name": scene.column["name"]}, "result": {"records": records}}}}
    return f"""<div id="__next"><div class="spin"></div></div>
<script id="__NEXT_DATA__" type="application/json">{json.dumps(state, ensure_ascii=False)}</script>"""


@layout(DATA, ("iso",), count=(8, 20), pages=6)
def parallel_arrays(scene: Scene) -> str:
    """One array per field, filled line by line, as old TRS templates do."""
    lines = "\n".join(_line_of_fields(scene, number, entry) for number, entry in enumerate(scene.entries))
    return f"""<div id="DataList"></div><script>var urls=new Array();var headers=new Array();var year=new Array();
var month=new Array();var day=new Array();
{lines}
showDocs(urls,headers,year,month,day,15);</script>"""


def _line_of_fields(scene: Scene, number: int, entry: Entry) -> str:
    day = entry.day
    year, month, dom = (f"{day:%Y}", f"{day:%m}", f"{day:%d}") if day else ("", "", "")
    return (
        f"urls[{number}]='{scene.href(entry)}';headers[{number}]='{entry.title}';"
        f"year[{number}]='{year}';month[{number}]='{month}';day[{number}]='{dom}';"
    )


@layout(DATA, ("iso", "slashes"), count=(8, 20), pages=6)
def pushed_rows(scene: Scene) -> str:
    lines = "\n".join(
        f'arr.push(["{e.title}","{scene.href(e)}","{scene.cell(e).html}",{e.number}]);' for e in scene.entries
    )
    return f'<ul id="ls"></ul><script>var arr=[];\n{lines}\nfor(var k in arr){{write(arr[k]);}}</script>'


@layout(DATA, ("iso", "minutes", "dots"), count=(8, 20), pages=6)
def written_by_lines(scene: Scene) -> str:
    lines = "\n".join(
        f'document.write(\'<li><a href="{r.href}" title="{r.title}">{r.title}</a><span>{r.cell.html}</span></li>\');'
        for r in scene.rows()
    )
    return f'<ul class="wl"><script language="javascript">\n{lines}\n</script></ul>'


@layout(DATA, _JSON, count=(8, 20), pages=7)
def string_of_json(scene: Scene) -> str:
    """JSON inside a quoted string that the page parses itself."""
    records = [{"bt": e.title, "fbsj": scene.json_day(e), "lj": scene.href(e)} for e in scene.entries]
    inner = json.dumps({"code": 0, "rows": records}, ensure_ascii=False)
    return f"<div id='tb'></div><script>var obj=JSON.parse({json.dumps(inner, ensure_ascii=False)});fill(obj.rows);</script>"


def _answer(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


@layout(DATA, ("json_offset", "json_seconds", "json_utc"), count=(8, 20), pages=6)
def igs_answer(scene: Scene) -> Delivered:
    rows = [
        {"TITLE": e.title, "PUBDATE": scene.json_day(e), "FBRQ": scene.json_day(e), "url": scene.href(e)}
        for e in scene.entries
    ]
    path = "/igs/front/search/list.html?index=corpus-2023&type=governmentdocuments&siteId=5&pageNumber=1&pageSize=10"
    path += "&orderProperty=PUBDATE&orderDirection=desc"
    answer = {"page": {"total": 912, "content": rows, "number": 0, "size": 10}, "message": "ok"}
    html = f"""<div class="list_block"><div class="loading"></div></div><script>
$.ajax({{url:"{path}",dataType:"json",success:function(d){{show(d.page.content);}}}});</script>"""
    return Delivered(html, parts=(Part(f"http://{scene.host}{path}", _answer(answer), "application/json"),))


@layout(DATA, ("json_minutes", "json_unix_ms", "json_seconds"), count=(8, 15), pages=6)
def query_list_answer(scene: Scene) -> Delivered:
    results = [
        {"source": {"title": e.title, "pubDate": scene.json_day(e), "urls": json.dumps({"pc": scene.href(e)})}}
        for e in scene.entries
    ]
    answer = {"code": 200, "data": {"total": 444, "results": results}}
    html = """<div class="news"></div><script>var params={current:1,pageSize:15,"webSiteCode[]":"jxssthjt",
"channelCode[]":"col42150",sort:"sortNum",order:"desc"};
$.post("/queryList",params,function(res){render(res.data.results);});</script>"""
    return Delivered(html, parts=(Part(f"http://{scene.host}/queryList", _answer(answer), "application/json"),))


@layout(WHOLE_DATA, ("iso", "iso_bracket", "in_link_tail"), count=(6, 20), pages=6)
def frameset(scene: Scene) -> Delivered:
    rows = "".join(
        f"<tr><td>{row.badge}{row.anchor()}{row.extra}</td><td>{row.cell.html}</td></tr>" for row in scene.rows()
    )
    frame = f"<html><body><table>{rows}</table></body></html>"
    html = """<html><head><meta charset="utf-8"><title>信息公开</title></head><frameset cols="200,*" border="0">
<frame src="left.html" name="left"><frame src="right.html" name="right"><noframes><body>您的浏览器不支持框架</body></noframes>
</frameset></html>"""
    menu = (
        "<html><body><ul>"
        + "".join(f'<li><a href="{n}.html">目录{n}</a></li>' for n in range(9))
        + "</ul></body></html>"
    )
    base = f"http://{scene.host}/zwgk/{scene.column['slug']}"
    parts = (
        Part(f"{base}/left.html", menu.encode(), "text/html;charset=utf-8"),
        Part(f"{base}/right.html", frame.encode(), "text/html;charset=utf-8"),
    )
    return Delivered(html, whole=True, parts=parts)


@layout(ALONE, ("iso",), pages=4)
def answers_of_zero(scene: Scene) -> Delivered:
    """The list's own interface says that there is nothing."""
    url = f"http://{scene.host}/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45&perpage=15"
    answer = (
        "<?xml version='1.0' encoding='utf-8'?><datastore><totalrecord>0</totalrecord><totalpage>0</totalpage>"
        "<recordset></recordset></datastore>"
    )
    html = f"""<div id="9527"></div><script>$('#9527').jpage({{proxyUrl:'/module/web/jpage/dataproxy.jsp',perPage:20,
totalRecord:0,ajaxParam:{{col:1,appid:1,webid:8,path:'/',columnid:99120,sourceContentType:1,unitid:'9527',
webname:'{scene.site_name}',permissiontype:0}}}});</script>"""
    parts = (Part(url, answer.encode(), "text/xml"),)
    return Delivered(html, parts=parts, truth=Truth(ColumnState.BLANK, items=0))


@layout(ALONE, ("iso",), pages=3)
def count_of_zero(scene: Scene) -> Delivered:
    html = """<div id="lb"></div><script>var channelsTagSelf={"code":"wj","articleCount":0,"childCount":0};
var listData={"articleList":[],"total":0};draw(listData);</script>"""
    return Delivered(html, truth=Truth(ColumnState.BLANK, items=0))


@layout(ALONE, ("iso",), pages=4)
def frame_not_fetched(scene: Scene) -> Delivered:
    """The frame could not be had: what stands in it is not known."""
    html = (
        '<div class="fr"><iframe id="mainframe" src="/was5/web/search?channelid=229105" scrolling="no"></iframe></div>'
    )
    return Delivered(html, truth=Truth(ColumnState.UNKNOWN, reasons=_NOT_SEEN))


@layout(ALONE, ("iso",), pages=4)
def loaded_by_name(scene: Scene) -> Delivered:
    variants = (
        '<div id="main-list"><p class="loading">加载中，请稍候……</p></div><script>$("#main-list").load("/frag/"+id);</script>',
        """<el-table :data="tableData" empty-text="暂无数据"><el-table-column prop="title" label="标题"/></el-table>
<script>new Vue({el:"#content",data:{tableData:[],total:0},mounted(){this.getList()}})</script>""",
        """<div class="zw"><table id="dg" class="easyui-datagrid" data-options="url:'list.do',method:'post'"><thead><tr>
<th data-options="field:'bt'">标题</th><th data-options="field:'rq'">日期</th></tr></thead></table></div>""",
    )
    return Delivered(variants[scene.serial % 3], truth=Truth(ColumnState.UNKNOWN, reasons=_NOT_SEEN))
