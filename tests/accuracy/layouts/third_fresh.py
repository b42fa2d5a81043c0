"""Fresh held: a third set of lists and pages, written from knowledge of content systems before any repair it could show."""

# ruff: noqa: E501 - the lines of a template are those of the page

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import groupby

from govspider.items import ColumnState
from tests.accuracy.date_forms import PLAIN, forms_of
from tests.accuracy.layouts import ALONE, DATA, DOM, layout
from tests.accuracy.scene import Delivered, Row, Scene, words
from tests.accuracy.truth import Part, Truth

_FRESH = forms_of("fresh")


def _day(row: Row) -> date:
    assert row.entry.day is not None
    return row.entry.day


@layout(DOM, ("iso", "iso_bracket", "dots", *_FRESH), count=(6, 20), pages=7)
def category_before_title(scene: Scene) -> str:
    """Each row names its sub-column, a link of its own, before the title."""
    names = words()["siblings"]
    rows = "".join(
        f"""<li{row.row_attributes}><a class="lm" href="/zwgk/k{n % 3}/">[{names[n % 3]}]</a>{row.badge}{row.anchor()}
<span>{row.cell.html}</span>{row.extra}</li>"""
        for n, row in enumerate(scene.rows())
    )
    return f'<ul class="lm-list">{rows}</ul>'


@layout(DOM, ("iso", "slashes", "minutes", *_FRESH), count=(4, 12), pages=7, kinds=("news",))
def picture_cards(scene: Scene) -> str:
    """A picture, a title and 查看更多, all linked to the same article; the day stands in a line of its own."""
    rows = "".join(
        f"""<div class="col-pic"{row.row_attributes}><a href="{row.href}"><img src="/u/{row.entry.number}.jpg" alt=""></a>
<div class="txt"><h4>{row.badge}{row.anchor()}</h4><div class="meta"><span>来源：{scene.office}</span> <em>{row.cell.html}</em></div>
<a class="go" href="{row.href}">阅读全文</a></div>{row.extra}</div>"""
        for row in scene.rows()
    )
    return f'<div class="pics">{rows}</div>'


@layout(DOM, ("iso", "chinese", "dots"), count=(5, 15), pages=7)
def leaves_of_a_line(scene: Scene) -> str:
    """A line of time: the day is a small heading above each title."""
    rows = "".join(
        f"""<div class="tl-item"{row.row_attributes}><i class="dot"></i><div class="tl-body"><h6>{row.cell.html}</h6>
<p>{row.badge}{row.anchor()}</p>{row.extra}</div></div>"""
        for row in scene.rows()
    )
    return f'<div class="tl">{rows}</div>'


@layout(DOM, ("iso", "chinese", "slashes"), count=(4, 12), pages=7, kinds=("policy",))
def record_cards(scene: Scene) -> str:
    """Each record is a card of terms; the day of writing stands before that of publishing."""
    rows = "".join(
        f"""<div class="card-xx"{row.row_attributes}><h3>{row.badge}{row.anchor()}</h3><dl><dt>索引号：</dt><dd>{11500000 + row.entry.number}/2026-00{row.entry.number % 90 + 10}</dd>
<dt>成文日期：</dt><dd>{_day(row) - timedelta(days=row.entry.number % 5 + 2)}</dd><dt>发布日期：</dt><dd>{row.cell.html}</dd></dl>{row.extra}</div>"""
        for row in scene.rows()
    )
    return f'<div class="cards-xx">{rows}</div>'


@layout(DOM, ("iso", "iso_bracket", "minutes"), count=(6, 16), pages=7, kinds=("news", "notice"))
def headline_then_list(scene: Scene) -> str:
    """The newest record stands large with its summary; the others are a plain list below it."""
    first, *others = scene.rows()
    rows = "".join(
        f"<li{row.row_attributes}>{row.badge}{row.anchor()}<span>{row.cell.html}</span>{row.extra}</li>"
        for row in others
    )
    return f"""<div class="top-news"{first.row_attributes}><h2>{first.badge}{first.anchor()}</h2><p class="zy">{first.entry.summary or words()["summaries"][0]}</p>
<p class="sj">{first.cell.html}</p>{first.extra}</div><ul class="rest">{rows}</ul>"""


@layout(DOM, ("iso", "iso_parentheses", "dots", *_FRESH), count=(8, 20), pages=7)
def spaced_rows(scene: Scene) -> str:
    """An old site's table: a row of dots below each record, an arrow before it."""
    rows = "".join(
        f"""<tr{row.row_attributes}><td width="20"><img src="/images/arr.gif"></td><td>{row.badge}{row.anchor()}{row.extra}</td><td width="90" align="right">{row.cell.html}</td></tr>
<tr><td colspan="3" height="1" background="/images/dot.gif"></td></tr>"""
        for row in scene.rows()
    )
    return f'<table width="98%" border="0" cellspacing="0">{rows}</table>'


@layout(DATA, ("json_day", "json_minutes", "json_unix_ms"), count=(8, 20), pages=6)
def json_script_values(scene: Scene) -> str:
    """Data in a script of its own type, under names of one letter."""
    rows = [{"t": e.title, "u": scene.href(e), "d": scene.json_day(e)} for e in scene.entries]
    data = json.dumps({"page": 1, "rows": rows}, ensure_ascii=False)
    return f'<div id="lst"></div><script id="lst-data" type="application/json">{data}</script><script src="/js/lst.js"></script>'


@layout(DATA, ("json_day", "json_minutes", "json_dots"), count=(8, 20), pages=6)
def payload_of_a_function(scene: Scene) -> str:
    """Nuxt: the state is what a function returns."""
    rows = [{"title": e.title, "url": scene.href(e), "publishTime": scene.json_day(e)} for e in scene.entries]
    state = json.dumps([{"list": rows, "total": len(rows)}], ensure_ascii=False)
    return f"""<div id="__nuxt"></div><script>window.__NUXT__=(function(a,b){{return {{layout:"default",data:{state},error:a,serverRendered:b}}}}(null,true));</script>"""


@layout(DATA, ("json_day", "json_minutes", "json_unix_ms"), count=(8, 20), pages=6)
def records_api(scene: Scene) -> Delivered:
    """A younger platform: one interface for the articles of a column."""
    path = "/api/cms/article/page?columnId=1437&current=1&size=15"
    rows = [
        {"articleTitle": e.title, "publishDate": scene.json_day(e), "articleUrl": scene.href(e)} for e in scene.entries
    ]
    answer = {"code": 0, "data": {"records": rows, "total": 260, "size": 15, "current": 1}}
    html = f"""<div class="art-list" id="artList"></div><script>axios.get("{path}").then(function(r){{render(r.data.data.records);}});</script>"""
    part = Part(f"http://{scene.host}{path}", json.dumps(answer, ensure_ascii=False).encode(), "application/json")
    return Delivered(html, parts=(part,))


@layout(DOM, ("iso", "dots", "slashes"), count=(8, 20), pages=7, kinds=("news", "notice"))
def two_floats(scene: Scene) -> Delivered:
    """One list in two columns beside each other."""
    sides = [
        "".join(
            f"<li{row.row_attributes}>{row.badge}{row.anchor()}<span>{row.cell.html}</span>{row.extra}</li>"
            for row in scene.rows()[side::2]
        )
        for side in (0, 1)
    ]
    html = f'<div class="two"><ul class="zl">{sides[0]}</ul><ul class="yl">{sides[1]}</ul></div>'
    told = scene.truth()
    return Delivered(
        html, truth=Truth(told.state, told.newest, told.items, told.reasons, also=frozenset({ColumnState.PORTAL}))
    )


@layout(DOM, (*PLAIN, *_FRESH), count=(6, 18), pages=7)
def listitem_roles(scene: Scene) -> str:
    """Boxes with the roles of a list, for readers aloud."""
    rows = "".join(
        f"""<div role="listitem" tabindex="0"{row.row_attributes}><div role="heading" aria-level="3">{row.badge}{row.anchor()}</div>
<div class="bt"><time>{row.cell.html}</time></div>{row.extra}</div>"""
        for row in scene.rows()
    )
    return f'<div role="list">{rows}</div>'


@layout(DOM, ("iso", "slashes", "minutes"), count=(8, 20), pages=7)
def repeater_spans(scene: Scene) -> str:
    """WebForms: spans in a row, each record ended by a break."""
    rows = "".join(
        f"""<span id="ctl00_rpt_ctl{n:02d}_lblT">{row.badge}{row.anchor()}</span>&nbsp;&nbsp;<span id="ctl00_rpt_ctl{n:02d}_lblD">{row.cell.html}</span>{row.extra}<br/>"""
        for n, row in enumerate(scene.rows())
    )
    return f'<div id="ctl00_pnl">{rows}</div>'


@layout(DOM, ("iso", "dots", "iso_bracket"), count=(6, 18), pages=6, kinds=("news",))
def films(scene: Scene) -> str:
    """Films: a cover, a title and how often it was played."""
    rows = "".join(
        f"""<li{row.row_attributes}><a class="fm" href="{row.href}"><img src="/v/{row.entry.number}.jpg" alt="{row.title}"><i></i></a><p>{row.badge}{row.anchor()}</p>
<p class="b"><span>{row.cell.html}</span><span>播放：{20180000 + row.entry.number * 37}次</span></p>{row.extra}</li>"""
        for row in scene.rows()
    )
    return f'<ul class="films">{rows}</ul>'


@layout(DOM, ("iso", "dots", "slashes"), count=(10, 24), pages=7)
def tabs_of_years(scene: Scene) -> str:
    """A tab for each year; a script shows one of them."""
    ordered = sorted(scene.rows(), key=_day, reverse=True)
    years = [(year, list(rows)) for year, rows in groupby(ordered, lambda row: _day(row).year)]
    heads = "".join(f"<li{' class=on' if n == 0 else ''}>{year}年</li>" for n, (year, _) in enumerate(years))
    boxes = "".join(
        f"""<div class="tabc"{"" if n == 0 else ' style="display: none;"'}><ul>{
            "".join(
                f"<li{row.row_attributes}>{row.badge}{row.anchor()}<em>{row.cell.html}</em>{row.extra}</li>"
                for row in rows
            )
        }</ul></div>"""
        for n, (_, rows) in enumerate(years)
    )
    return f'<div class="tabh"><ul>{heads}</ul></div><div class="tabs">{boxes}</div>'


@layout(ALONE, ("iso",), pages=5)
def picture_of_emptiness(scene: Scene) -> Delivered:
    html = '<div class="wk"><img src="/images/empty.png" alt=""><p>该栏目下还没有发布内容</p></div>'
    return Delivered(html, truth=Truth(ColumnState.BLANK, items=0))
