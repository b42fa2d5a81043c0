"""Lists in tables: policy registers with several date columns, layout tables of older sites."""

# ruff: noqa: E501 - the lines of a template are those of the page

from __future__ import annotations

from datetime import timedelta

from tests.accuracy.date_forms import PLAIN, forms_of
from tests.accuracy.layouts import DOM, layout
from tests.accuracy.scene import Row, Scene


@layout(DOM, ("iso", "chinese", "slashes", "dots", "numerals", "minutes"), pages=10, kinds=("policy", "notice"))
def policy_table(scene: Scene) -> str:
    rows = "".join(_policy_row(number, row) for number, row in enumerate(scene.rows(), 1))
    return f"""<table class="zctable" width="100%"><tr><th>序号</th><th>标题</th><th>发文字号</th><th>成文日期</th>
<th>发布日期</th></tr>{rows}</table><script>createPageHTML(3,0,"index","html");</script>"""


def _policy_row(number: int, row: Row) -> str:
    written = row.entry.day - timedelta(days=3 + number % 5) if row.entry.day else ""
    return (
        f"<tr{row.row_attributes}><td>{number}</td><td>{row.badge}{row.anchor()}{row.extra}</td>"
        f"<td>云政发〔2025〕{number}号</td><td>{written}</td><td>{row.cell.html}</td></tr>"
    )


@layout(DOM, ("iso", "slashes", "dots"), count=(5, 12), pages=8, kinds=("policy",))
def effect_table(scene: Scene) -> str:
    rows = "".join(_effect_row(row) for row in scene.rows())
    return f"""<table class="gfxwj"><thead><tr><td>文件名称</td><td>公开日期</td><td>施行日期</td><td>有效期至</td></tr></thead>
<tbody>{rows}</tbody></table>"""


def _effect_row(row: Row) -> str:
    day = row.entry.day
    effect = day + timedelta(days=30) if day else ""
    until = day + timedelta(days=1826) if day else ""
    return (
        f"<tr{row.row_attributes}><td>{row.badge}{row.anchor()}{row.extra}</td><td>{row.cell.html}</td>"
        f"<td>{effect}</td><td>{until}</td></tr>"
    )


@layout(DOM, (*PLAIN, *forms_of("partial", "in_link", "relative")), pages=10)
def layout_table(scene: Scene) -> str:
    rows = "\n".join(
        f"""<tr{row.row_attributes}><td width="20"><img src="/images/dot.gif"></td><td height="28">{row.badge}
{row.anchor()}{row.extra}</td><td width="90" class="hui">{row.cell.html}</td></tr>
<tr><td colspan="3" background="/images/line.gif" height="1"></td></tr>"""
        for row in scene.rows()
    )
    return f'<table width="96%" border="0" cellspacing="0" cellpadding="0">{rows}</table>'


@layout(DOM, (*PLAIN, *forms_of("partial")), pages=8)
def one_table_per_row(scene: Scene) -> str:
    return "\n".join(
        f"""<table width="98%" border="0"{row.row_attributes}><tbody><tr><td>·</td><td>{row.badge}{row.anchor()}</td>
<td align="right"><font color="#999999">{row.cell.html}</font>{row.extra}</td></tr></tbody></table>"""
        for row in scene.rows()
    )


@layout(DOM, ("labelled_day", "labelled_time", "labelled_short", "labelled_source", "iso"), pages=8)
def aspx_grid(scene: Scene) -> str:
    rows = "".join(
        f'<tr{row.row_attributes}><td class="title">{row.badge}{row.anchor(short=30)}</td></tr>'
        f'<tr><td class="info">{row.cell.html}{row.extra}</td></tr>'
        for row in scene.rows()
    )
    return f"""<table id="ctl00_GridView1" cellspacing="0" rules="rows">{rows}</table>
<div id="AspNetPager1">共 12 页 <a href="javascript:__doPostBack('AspNetPager1','2')">下一页</a></div>"""
