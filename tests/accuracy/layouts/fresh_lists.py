"""Fresh held: static lists written after the extractor was last tuned, from the notes on content systems alone."""

# ruff: noqa: E501 - the lines of a template are those of the page

from __future__ import annotations

from itertools import groupby

from govspider.items import ColumnState
from tests.accuracy.date_forms import PLAIN, forms_of
from tests.accuracy.layouts import DOM, layout
from tests.accuracy.scene import Delivered, Row, Scene, words

_FRESH = forms_of("fresh")


def _day_of(row: Row) -> str:
    assert row.entry.day is not None
    return f"{row.entry.day:%Y-%m-%d}"


@layout(DOM, ("iso",), count=(8, 22), pages=6)
def year_headings(scene: Scene) -> str:
    """A heading holds the year, a row month and day."""

    def year(row: Row) -> str:
        return _day_of(row)[:4]

    ordered = sorted(scene.rows(), key=_day_of, reverse=True)
    return "".join(
        f"""<div class="nd"><h3>{name}年</h3><ul>{
            "".join(f"<li>{row.badge}{row.anchor()}<span>{_day_of(row)[5:]}</span>{row.extra}</li>" for row in group)
        }</ul></div>"""
        for name, group in groupby(ordered, year)
    )


@layout(DOM, ("iso",), count=(8, 18), pages=6)
def day_headings(scene: Scene) -> str:
    """A heading holds the whole day, the rows under it none."""
    ordered = sorted(scene.rows(), key=_day_of, reverse=True)
    return "".join(
        f"""<div class="rq-box"><p class="rq">{row_day[:4]}年{int(row_day[5:7])}月{int(row_day[8:])}日</p><ul>{
            "".join(f"<li>{row.badge}{row.anchor()}{row.extra}</li>" for row in group)
        }</ul></div>"""
        for row_day, group in groupby(ordered, _day_of)
    )


@layout(DOM, (*PLAIN, *_FRESH), count=(6, 16), pages=8)
def dt_days(scene: Scene) -> str:
    """One `dl`: the day is the `dt`, the record the `dd` behind it."""
    rows = "".join(
        f"<dt>{row.cell.html}</dt><dd{row.row_attributes}>{row.badge}{row.anchor()}{row.extra}</dd>"
        for row in scene.rows()
    )
    return f'<dl class="newslist">{rows}</dl>'


@layout(DOM, ("iso", "minutes", "seconds", "dots", *_FRESH), count=(6, 20), pages=8)
def phpcms_list(scene: Scene) -> str:
    """PHPCMS: the day floats in front of the link, every fifth row is a rule."""
    rows = []
    for n, row in enumerate(scene.rows(), 1):
        rows.append(
            f'<li{row.row_attributes}><span class="rt">{row.cell.html}</span>·{row.badge}{row.anchor()}{row.extra}</li>'
        )
        if n % 5 == 0:
            rows.append('<li class="bk20 hr"></li>')
    return f"""<ul class="list lh24 f14">{"".join(rows)}</ul><div id="pages" class="text-c"><a class="a1">136条</a>
<a href="index.php?m=content&c=index&a=lists&catid=12&page=1" class="a1">上一页</a> <span>1</span>
<a href="index.php?m=content&c=index&a=lists&catid=12&page=2">2</a></div>"""


@layout(DOM, ("iso", "slashes", "chinese", "minutes", *_FRESH), count=(4, 12), pages=7, kinds=("news", "notice"))
def figures(scene: Scene) -> str:
    """Picture news: image, title and day in a `figure`."""
    rows = "".join(
        f"""<figure{row.row_attributes}><a href="{row.href}"><img src="/pic/{row.entry.number}.jpg" alt=""></a>
<figcaption>{row.badge}{row.anchor()}<p><i class="icon-clock"></i>{row.cell.html}</p>{row.extra}</figcaption></figure>"""
        for row in scene.rows()
    )
    return f'<section class="tpxw">{rows}</section>'


@layout(DOM, ("iso",), count=(5, 15), pages=6, kinds=("policy", "notice"))
def tooltips_of_details(scene: Scene) -> str:
    """Each row carries a hidden table of details, where the day of writing stands before that of publishing."""
    rows = "".join(
        f"""<li{row.row_attributes}>{row.badge}{row.anchor(short=20)}<b>{row.cell.html}</b>
<div class="tips" style="display:none"><p>索 引 号：000014349/2019-{n:05d}</p><p>发文机关：{scene.office}</p>
<p>成文日期：{_written(row)}</p><p>名称：{row.title}</p><p>发布日期：{_day_of(row)}</p></div>{row.extra}</li>"""
        for n, row in enumerate(scene.rows())
    )
    return f'<ul class="zfwj">{rows}</ul>'


def _written(row: Row) -> str:
    """A day of writing some weeks before that of publishing."""
    assert row.entry.day is not None
    day = row.entry.day
    return f"{day.year - (day.month == 1)}年{(day.month - 2) % 12 + 1}月{min(day.day, 28)}日"


@layout(DOM, ("iso", "slashes", "chinese", "labelled_time", *_FRESH), count=(6, 15), pages=7)
def postback_links(scene: Scene) -> str:
    """WebForms: a link posts the form back, so no record has an address."""
    rows = "".join(
        f"""<tr{row.row_attributes}><td><span class="dot"></span>{row.badge}<a id="rpt_ctl{n:02d}_lnk"
href="javascript:__doPostBack('rpt$ctl{n:02d}$lnk','')">{row.title}</a>{row.extra}</td>
<td><span id="rpt_ctl{n:02d}_lbl">{row.cell.html}</span></td></tr>"""
        for n, row in enumerate(scene.rows())
    )
    return f'<table id="GridList" cellspacing="0">{rows}</table>'


@layout(DOM, ("iso", "iso_bracket", "dots", *_FRESH), count=(14, 40), pages=6)
def client_side_pages(scene: Scene) -> str:
    """All pages of the list stand in the markup; a script shows one of them."""
    rows = scene.rows()
    pages = [rows[start : start + 10] for start in range(0, len(rows), 10)]
    boxes = "".join(
        f"""<div class="pg" id="pg{n}"{"" if n == 0 else ' style="display:none"'}><ul>{
            "".join(
                f"<li{row.row_attributes}>{row.badge}{row.anchor()}<em>{row.cell.html}</em>{row.extra}</li>"
                for row in page
            )
        }</ul></div>"""
        for n, page in enumerate(pages)
    )
    tabs = "".join(f'<a href="javascript:show({n})">{n + 1}</a>' for n in range(len(pages)))
    return f'<div class="allpg">{boxes}</div><div class="pgbar">{tabs}</div>'


@layout(DOM, ("iso", "dots", "slashes"), count=(12, 20), pages=6, kinds=("news", "notice"))
def portal_of_cards(scene: Scene) -> Delivered:
    """Four cards, each a sub-column with its newest records and a way to more."""
    rows = scene.rows()
    cards = "".join(
        f"""<div class="card"><div class="card-header">{name}<a class="fr" href="/zwgk/k{n}/">更多&gt;&gt;</a></div>
<div class="card-body">{
            "".join(
                f"<p>{row.badge}{row.anchor(short=18)}<small>{row.cell.html}</small>{row.extra}</p>"
                for row in rows[n::4]
            )
        }</div></div>"""
        for n, name in enumerate(words()["siblings"][:4])
    )
    return Delivered(f'<div class="card-deck">{cards}</div>', truth=scene.truth(ColumnState.PORTAL))
