"""Held out: static lists whose structure differs from every tuned layout."""

# ruff: noqa: E501 - the lines of a template are those of the page

from __future__ import annotations

from itertools import groupby

from govspider.items import ColumnState
from tests.accuracy.date_forms import EVERY_DAY, PLAIN, forms_of
from tests.accuracy.layouts import DOM, layout
from tests.accuracy.scene import Delivered, Row, Scene, words


@layout(DOM, (*PLAIN, *forms_of("partial", "in_link", "address")), pages=10)
def lines_with_breaks(scene: Scene) -> str:
    rows = "<br>\n".join(f"・{row.badge}{row.anchor()} {row.cell.html}{row.extra}" for row in scene.rows())
    return f"<!--TitleStart--><div class=zi12>{rows}<br></div><!--TitleEnd-->"


@layout(DOM, (*PLAIN, "time_tag", "split_day_first"), count=(4, 12), pages=9)
def html5_articles(scene: Scene) -> str:
    return "".join(
        f"""<article{row.row_attributes}><header><h2>{row.badge}{row.anchor()}</h2>{_time(row)}</header>
<p>{row.entry.summary or scene.random.choice(words()["summaries"])}</p>{row.extra}</article>"""
        for row in scene.rows()
    )


def _time(row: Row) -> str:
    if row.cell.html.startswith("<time"):
        return row.cell.html
    return f'<time class="when">{row.cell.html}</time>'


@layout(DOM, ("iso",), count=(8, 20), pages=7)
def month_headings(scene: Scene) -> str:
    """A heading holds year and month, a row holds its day only."""

    def month(row: Row) -> str:
        assert row.entry.day is not None
        return f"{row.entry.day:%Y年%m月}"

    ordered = sorted(scene.rows(), key=month, reverse=True)
    return "".join(
        f"""<h4 class="ym">{name}</h4><ul class="byday">{
            "".join(f"<li><i>{row.entry.day:%d}日</i>{row.badge}{row.anchor()}{row.extra}</li>" for row in group)
        }</ul>"""
        for name, group in groupby(ordered, month)
    )


@layout(DOM, (*PLAIN, *forms_of("in_link", "relative")), pages=8)
def paragraphs(scene: Scene) -> str:
    rows = "\n".join(
        f'<p style="line-height:2"{row.row_attributes}>{row.badge}{row.anchor()}　　{row.cell.html}{row.extra}</p>'
        for row in scene.rows()
    )
    return f'<div class="con_text">{rows}</div>'


@layout(DOM, ("iso", "dots", "iso_bracket", "month_day_bracket"), count=(6, 16), pages=8)
def two_records_a_row(scene: Scene) -> str:
    cells = [
        f'<td width="40%">{row.badge}{row.anchor(short=16)}{row.extra}</td><td width="10%">{row.cell.html}</td>'
        for row in scene.rows()
    ]
    rows = "".join(f"<tr>{''.join(cells[n : n + 2])}</tr>" for n in range(0, len(cells), 2))
    return f'<table class="grid2" width="100%">{rows}</table>'


@layout(DOM, (*PLAIN, *forms_of("split", "relative")), count=(5, 15), pages=8)
def timeline(scene: Scene) -> str:
    """The day is a sibling before the box of its record."""
    rows = "".join(
        f'<div class="tl-time">{row.cell.html}</div><div class="tl-box"{row.row_attributes}><span class="arrow"></span>'
        f"{row.badge}{row.anchor()}{row.extra}</div>"
        for row in scene.rows()
    )
    return f'<div class="timeline"><div class="tl-axis"></div>{rows}</div>'


@layout(DOM, ("iso", "slashes"), count=(300, 420), pages=3)
def everything_in_one_page(scene: Scene) -> str:
    rows = "\n".join(
        f'<li class="pagedContent"{_hidden(n)}>{row.badge}{row.anchor()}<span>{row.cell.html}</span>{row.extra}</li>'
        for n, row in enumerate(scene.rows())
    )
    return f"""<ul id="content">{rows}</ul><script>var totalCount={len(scene.entries)};var perSize=15;var nowPage=1;
showPaged();</script>"""


def _hidden(number: int) -> str:
    return ' style="display:none"' if number >= 15 else ""


@layout(DOM, ("rq", "iso"), count=(6, 15), pages=6, kinds=("policy", "notice"))
def attributes_of_links(scene: Scene) -> str:
    rows = "".join(
        f"""<tr{row.row_attributes}><td><a href="{row.href}" mc="{row.title}"{row.cell.link_attributes or _rq(row)}
target="_blank">{row.badge}{row.title[:18]}…</a>{row.extra}</td></tr>"""
        for row in scene.rows()
    )
    return f'<div class="zfxxgk_zdgkc"><table>{rows}</table></div>'


def _rq(row: Row) -> str:
    return f' rq="{row.entry.day}" wh="云政办〔2024〕{row.entry.number % 90}号"'


@layout(DOM, (*PLAIN, *forms_of("partial")), pages=8)
def opened_by_script(scene: Scene) -> str:
    """Links whose address stands in onclick."""
    rows = "".join(
        f"""<tr{row.row_attributes} class="row{n % 2}"><td class="c1">{n}</td><td class="c2">{row.badge}
<a href="javascript:void(0)" onclick="window.open('{row.href}')">{row.title}</a>{row.extra}</td>
<td class="c3">{row.cell.html}</td></tr>"""
        for n, row in enumerate(scene.rows(), 1)
    )
    return f"""<div class="portlet" id="c5aa9f8"><table class="easysite-table">{rows}</table></div>
<input type="hidden" id="pageId" value="2480148"><input type="hidden" id="moduleId" value="0c8a2a4cf9ab4f8">"""


@layout(DOM, ("labelled_source", "labelled_time", "labelled_day"), count=(4, 10), pages=8)
def summary_before_date(scene: Scene) -> str:
    return "".join(
        f"""<div class="result"{row.row_attributes}><h4>{row.badge}{row.anchor()}</h4>
<div class="abs">{row.entry.summary or scene.random.choice(words()["summaries"])}</div>
<div class="foot">{row.cell.html} {row.extra}</div></div>"""
        for row in scene.rows()
    )


@layout(DOM, ("iso", "iso_bracket", "dots"), count=(6, 15), pages=6)
def attachments(scene: Scene) -> str:
    rows = "".join(
        f"""<li{row.row_attributes}><img src="/icons/pdf.gif">{row.badge}<a href="./P0{_ymd(row)}{335000 + n}.pdf"
download>{row.title}</a>（{120 + n}KB）<span>{row.cell.html}</span>{row.extra}</li>"""
        for n, row in enumerate(scene.rows())
    )
    return f'<ol class="fj">{rows}</ol>'


def _ymd(row: Row) -> str:
    return f"{row.entry.day:%Y%m%d}" if row.entry.day else "20200101"


@layout(DOM, ("iso", "chinese", "labelled_day"), count=(5, 12), pages=6, kinds=("news", "notice"))
def messages_elsewhere(scene: Scene) -> str:
    """Every record is an article of the unit's public account."""
    for entry in scene.entries:
        entry.href = f"https://mp.weixin.qq.com/s/{entry.number:x}Qw7aZ"
    rows = "".join(
        f'<div class="wx"{row.row_attributes}><a href="{row.href}" target="_blank"><img src="/wx/{row.entry.number}.png">'
        f"<strong>{row.badge}{row.title}</strong></a><span>{row.cell.html}</span>{row.extra}</div>"
        for row in scene.rows()
    )
    return f'<div class="wxlist">{rows}</div>'


@layout(DOM, ("iso", "month_day_slash", "minutes"), count=(12, 18), pages=7, kinds=("news", "notice"))
def tabbed_portal(scene: Scene) -> Delivered:
    rows = scene.rows()
    halves = (rows[0::2], rows[1::2])
    heads = "".join(f'<li><a href="./{n}/">{name}</a></li>' for n, name in enumerate(("县区要闻", "公告公示")))
    bodies = "".join(
        f"""<div class="bd" {"" if n == 0 else 'style="display:none"'}><table>{
            "".join(f"<tr><td>{r.badge}{r.anchor()}{r.extra}</td><td>{r.cell.html}</td></tr>" for r in half)
        }</table><p class="gd"><a href="./{n}/index.html">查看更多</a></p></div>"""
        for n, half in enumerate(halves)
    )
    html = f'<div class="tabs"><ul class="hd">{heads}</ul>{bodies}</div>'
    return Delivered(html, truth=scene.truth(ColumnState.PORTAL))


@layout(DOM, EVERY_DAY, count=(6, 14), pages=10)
def template_beside_rows(scene: Scene) -> str:
    """Rendered rows and the template they came from, in one list."""
    rows = "".join(
        f"<li{row.row_attributes}>{row.badge}{row.anchor()}{row.dated('i')}{row.extra}</li>" for row in scene.rows()
    )
    return f"""<ul class="avalon"><li v-for="item in rows" style="display:none"><a :href="item.url">{{{{item.title}}}}</a>
<i>{{{{item.time}}}}</i></li>{rows}</ul>"""


@layout(DOM, ("month_only", "none"), pages=4)
def months_without_days(scene: Scene) -> str:
    rows = "".join(f"<dd>{row.badge}{row.anchor()}<i>{row.cell.html}</i>{row.extra}</dd>" for row in scene.rows())
    return f"<dl><dt>目录</dt>{rows}</dl>"
