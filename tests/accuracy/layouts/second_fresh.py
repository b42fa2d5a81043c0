"""Fresh held: lists and pages written before the extractor was changed for any of them, from the notes alone."""

# ruff: noqa: E501 - the lines of a template are those of the page

from __future__ import annotations

import json
from datetime import date
from itertools import groupby

from govspider.items import ColumnState, UnknownReason
from tests.accuracy.date_forms import PLAIN, forms_of
from tests.accuracy.layouts import ALONE, DATA, DOM, layout
from tests.accuracy.scene import Delivered, Row, Scene, words
from tests.accuracy.truth import TODAY, Part, Truth

_FRESH = forms_of("fresh")
_NOT_SEEN = frozenset({UnknownReason.NEEDS_BROWSER, UnknownReason.NOT_CHECKED})


def _day(row: Row) -> date:
    assert row.entry.day is not None
    return row.entry.day


@layout(DOM, ("iso", "slashes", "dots"), count=(6, 15), pages=7, kinds=("policy", "notice"))
def div_table(scene: Scene) -> str:
    """A table made of boxes; its head names a day of writing before that of publishing."""
    rows = "".join(
        f"""<div class="tr"{row.row_attributes}><div class="td w1">{n}</div><div class="td w2">{row.badge}{row.anchor()}{row.extra}</div>
<div class="td w3">{_writing(row)}</div><div class="td w4">{row.cell.html}</div></div>"""
        for n, row in enumerate(scene.rows(), 1)
    )
    return f"""<div class="tb"><div class="tr th"><div class="td w1">序号</div><div class="td w2">标题</div>
<div class="td w3">文号</div><div class="td w4">发布日期</div></div>{rows}</div>"""


def _writing(row: Row) -> str:
    return f"云政发〔{_day(row).year}〕{row.entry.number % 80 + 1}号"


@layout(DOM, (*forms_of("split"), "split_with_month_word"), count=(4, 12), pages=8, kinds=("news", "notice"))
def calendar_leaves(scene: Scene) -> str:
    """Each row opens with a leaf of a calendar and closes with a summary."""
    rows = "".join(
        f"""<li class="clearfix"{row.row_attributes}><div class="rl">{row.cell.html}</div><div class="wz"><h4>{row.badge}{row.anchor()}</h4>
<p>{row.entry.summary or scene.random.choice(words()["summaries"])}<a href="{row.href}">[详细]</a></p></div>{row.extra}</li>"""
        for row in scene.rows()
    )
    return f'<ul class="rl-list">{rows}</ul>'


@layout(DOM, ("iso",), count=(8, 18), pages=6)
def rowspan_months(scene: Scene) -> str:
    """The first cell of a month spans its rows, each of which holds its day only."""
    ordered = sorted(scene.rows(), key=_day, reverse=True)
    body = ""
    for _, group in groupby(ordered, lambda row: (_day(row).year, _day(row).month)):
        rows = list(group)
        for n, row in enumerate(rows):
            head = f'<td rowspan="{len(rows)}">{_day(row):%Y年%m月}</td>' if n == 0 else ""
            body += f"<tr>{head}<td>{_day(row):%d}日</td><td>{row.badge}{row.anchor()}{row.extra}</td></tr>"
    return f'<table class="yb" border="1">{body}</table>'


@layout(DOM, ("iso", "iso_bracket", "minutes", *_FRESH), count=(8, 30), pages=7)
def hidden_result_divs(scene: Scene) -> str:
    """The pager of jQuery shows page by page what stands hidden below an empty box."""
    rows = "".join(
        f'<div class="result"{row.row_attributes}><p>{row.badge}{row.anchor()}<span>{row.cell.html}</span>{row.extra}</p></div>'
        for row in scene.rows()
    )
    return f"""<div id="Searchresult"></div><div id="Pagination" class="pagination"></div>
<div id="hiddenresult" style="display:none;">{rows}</div>
<script>$(function(){{var n=$("#hiddenresult div.result").length;$("#Pagination").pagination(n,{{callback:pageselectCallback,items_per_page:10}});}});</script>"""


@layout(DOM, ("iso", "slashes", "chinese", "labelled_day"), count=(4, 9), pages=6, kinds=("policy",))
def yearly_reports(scene: Scene) -> str:
    """Reports of years: every title begins with a year."""
    for entry in scene.entries:
        year = entry.day.year if entry.day else TODAY.year
        entry.title = f"{year - 1}年{scene.place}{scene.office}政府信息公开工作年度报告"
    rows = "".join(
        f'<li{row.row_attributes}><i class="ico"></i>{row.badge}{row.anchor()}<span class="sj">{row.cell.html}</span>{row.extra}</li>'
        for row in scene.rows()
    )
    return f'<div class="nb"><ul>{rows}</ul></div>'


@layout(DOM, (*PLAIN, *_FRESH), count=(5, 12), pages=8)
def details_links(scene: Scene) -> str:
    """The title is no link; a button leads to the article."""
    rows = "".join(
        f"""<div class="item"{row.row_attributes}><h5>{row.badge}{row.title}</h5><span class="t">{row.cell.html}</span>
<a class="btn" href="{row.href}">查看详情</a>{row.extra}</div>"""
        for row in scene.rows()
    )
    return f'<div class="items">{rows}</div>'


@layout(DATA, ("json_day", "json_minutes", "json_dots"), count=(8, 20), pages=6)
def rows_of_arrays(scene: Scene) -> str:
    rows = [[e.number, e.title, scene.href(e), scene.json_day(e)] for e in scene.entries]
    return f"""<ul id="nl"></ul><script>var newsArr={json.dumps(rows, ensure_ascii=False)};
for(var i=0;i<newsArr.length;i++){{add(newsArr[i][1],newsArr[i][2],newsArr[i][3]);}}</script>"""


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


@layout(DATA, ("json_dots", "json_day", "json_unix_ms"), count=(8, 20), pages=6, kinds=("policy",))
def policy_library_answer(scene: Scene) -> Delivered:
    """A library of policies: the answer of a search of the site."""
    path = "/data?t=zhengcelibrary_gw&q=&timetype=timeqb&sort=pubtime&p=0&n=20"
    found = [{"title": e.title, "pubtimeStr": scene.json_day(e), "url": scene.href(e)} for e in scene.entries]
    answer = {"code": 200, "msg": "操作成功", "searchVO": {"totalCount": 821, "listVO": found}}
    html = f"""<div class="lib"><div class="list" id="list"></div></div><script>
$.ajax({{url:"{path}",type:"get",dataType:"json",success:function(r){{list(r.searchVO.listVO);}}}});</script>"""
    return Delivered(html, parts=(Part(f"http://{scene.host}{path}", _json(answer), "application/json"),))


@layout(DATA, ("iso", "iso_bracket", "minutes"), count=(8, 20), pages=6)
def label_answer(scene: Scene) -> Delivered:
    """Lonsun: a label of the site renders the list as markup."""
    path = "/site/label/8888?IsAjax=1&dataType=html&_=0.42&labelName=publicInfoList&siteId=6788751&pageSize=20&catId=6719181"
    rows = "".join(
        f'<li class="clearfix">{row.badge}{row.anchor()}<span class="date">{row.cell.html}</span>{row.extra}</li>'
        for row in scene.rows()
    )
    html = f"""<div class="navjz"><div id="publicList"><div class="j-loading">数据加载中...</div></div></div><script>
$.get("{path}",function(html){{$("#publicList").html(html);}});</script>"""
    return Delivered(
        html, parts=(Part(f"http://{scene.host}{path}", f"<ul>{rows}</ul>".encode(), "text/html;charset=utf-8"),)
    )


@layout(DATA, ("iso", "slashes", "iso_parentheses"), count=(8, 20), pages=6)
def eportal_answer(scene: Scene) -> Delivered:
    """eportal: a portlet is asked for by the page's and the module's number."""
    path = "/eportal/ui?pageId=2480148&currentPage=1&moduleId=0c8a2a4cf9ab4f8e9d7c&staticRequest=yes"
    rows = "".join(
        f"<tr><td>{row.badge}{row.anchor()}{row.extra}</td><td>{row.cell.html}</td></tr>" for row in scene.rows()
    )
    html = f"""<div class="portlet" id="0c8a2a4cf9ab4f8e9d7c"></div><script>
jQuery("#0c8a2a4cf9ab4f8e9d7c").load("{path}");</script>"""
    part = Part(f"http://{scene.host}{path}", f"<table>{rows}</table>".encode(), "text/html;charset=utf-8")
    return Delivered(html, parts=(part,))


@layout(ALONE, ("iso",), pages=5)
def offices_directory(scene: Scene) -> Delivered:
    """The column only leads to the pages of the offices."""
    scene.column = {"name": "部门信息公开目录", "slug": "bmxxgk"}
    cells = "".join(f'<a href="/bm/b{n}/zwgk/" target="_blank">{name}</a>' for n, name in enumerate(words()["offices"]))
    html = f'<div class="bm"><h3>政府部门</h3><div class="bml">{cells}</div></div>'
    return Delivered(html, truth=Truth(ColumnState.PORTAL))


@layout(ALONE, ("iso",), pages=5)
def frame_set_by_script(scene: Scene) -> Delivered:
    html = """<div class="ifr"><iframe id="ifrm" name="ifrm" src="about:blank" width="100%" height="700"></iframe></div><script>
document.getElementById("ifrm").src=base+"/list?c="+cid;</script>"""
    return Delivered(html, truth=Truth(ColumnState.UNKNOWN, reasons=_NOT_SEEN))


@layout(ALONE, ("iso",), pages=5)
def blank_grid(scene: Scene) -> Delivered:
    """The server prints a table without rows and a pager without pages."""
    html = """<table class="grid"><tr><th>序号</th><th>标题</th><th>发布日期</th></tr></table>
<div class="fy">共 0 条记录　第 0/0 页</div>"""
    return Delivered(html, truth=Truth(ColumnState.BLANK, items=0))


@layout(ALONE, ("iso",), pages=4)
def unprocessed_include(scene: Scene) -> Delivered:
    """The server did not put in what it should have: what would stand there is not known."""
    html = '<div class="list"><!--#include virtual="/zwgk/list_data.shtml"--></div>'
    return Delivered(html, truth=Truth(ColumnState.UNKNOWN, reasons=frozenset(UnknownReason)))


@layout(DOM, forms_of("order"), count=(5, 15), pages=9)
def short_days_in_cells(scene: Scene) -> str:
    """Month and day in a cell before the title; only the articles know the year."""
    rows = "".join(
        f"<tr{row.row_attributes}><td class='d'>{row.cell.html}</td><td class='t'>{row.badge}{row.anchor()}{row.extra}</td></tr>"
        for row in scene.rows()
    )
    return f'<table class="dl">{rows}</table>'
