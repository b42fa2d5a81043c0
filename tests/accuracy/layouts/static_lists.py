"""Static lists of the large content systems: ul, dl, div, cards."""

# ruff: noqa: E501 - the lines of a template are those of the page

from __future__ import annotations

from tests.accuracy.date_forms import EVERY_DAY, PLAIN, forms_of
from tests.accuracy.layouts import DOM, layout
from tests.accuracy.scene import Row, Scene, words

_FLAT = (*EVERY_DAY, "english")


@layout(DOM, _FLAT, pages=16)
def trs_ul(scene: Scene) -> str:
    rows = "\n".join(
        f"<li{row.row_attributes}>{row.badge}{row.anchor()}{row.dated('span')}{row.extra}</li>" for row in scene.rows()
    )
    return f"""<div class="list"><ul>
{rows}
</ul></div><div class="page"><script>createPageHTML(50, 0, "index", "htm");</script></div>"""


@layout(DOM, _FLAT, pages=10)
def trs_date_first(scene: Scene) -> str:
    rows = "".join(
        f"<li{row.row_attributes}>{row.dated('span', _klass('fr'))}<em>·</em>"
        f"{row.badge}{row.anchor(short=26)}{row.extra}</li>\n"
        for row in scene.rows()
    )
    return f'<ul class="xxgk_list">{rows}</ul><div class="pages" id="pages">createPageHTML(17,0,"index","shtml","b",250)</div>'


@layout(DOM, _FLAT, count=(10, 20), pages=9)
def split_into_fives(scene: Scene) -> str:
    rows = [
        f"<li{row.row_attributes}>{row.badge}{row.anchor()} {row.dated('span')}{row.extra}</li>" for row in scene.rows()
    ]
    groups = [rows[start : start + 5] for start in range(0, len(rows), 5)]
    return "\n".join(f'<ul class="news_list">{"".join(group)}</ul><div class="dotline"></div>' for group in groups)


@layout(DOM, _FLAT, pages=9)
def ucap_list(scene: Scene) -> str:
    rows = "".join(
        f'<li class="clearfix"{row.row_attributes}><div class="title">{row.badge}{row.anchor()}</div>'
        f"{row.dated('div', _klass('date'))}{row.extra}</li>"
        for row in scene.rows()
    )
    return f"""<ul class="list_ft" id="body">{rows}</ul><div id="page_div"></div>
<script>createPageHTML('page_div',10, 1,'zwgklist','shtml',200);</script>"""


@layout(DOM, (*PLAIN, *forms_of("partial", "relative", "script")), pages=9)
def lonsun_list(scene: Scene) -> str:
    rows = []
    for number, row in enumerate(scene.rows()):
        if number and number % 5 == 0:
            rows.append('<li class="lm_line"></li>')
        rows.append(
            f"<li{row.row_attributes}><i></i>{row.badge}{row.anchor()}"
            f'<span class="date right">{row.cell.html}</span>{row.extra}</li>'
        )
    return f"""<div class="navjz clearfix"><ul class="doc_list list-6792061">{"".join(rows)}</ul></div>
<div id="page_6792061" class="pagination"></div><script>
Ls.pagination("#page_6792061", function(pageIndex, $this) {{}}, {{currPage: (0 + 1), pageCount: 17, link: 'javascript:;'}});
</script>"""


@layout(DOM, ("in_link_lead", "in_link_tail", "in_link_iso_lead", "title_attribute", "iso"), pages=8)
def vsb_lines(scene: Scene) -> str:
    rows = "\n".join(
        f'<li id="line_u8_{number}"{row.row_attributes}>{row.badge}{row.anchor()}{row.dated("span")}{row.extra}</li>'
        for number, row in enumerate(scene.rows())
    )
    return f"""<!-- #begineditable name="静态翻页列表" --><div class="main_conRCb"><ul>{rows}</ul></div>
<div class="pb_sys_common"><span class="p_t">共{len(scene.entries)}条</span><a href="{scene.column["slug"]}/12.htm">下页</a></div>
<script>_showDynClicks("wbnews", 1384, 6375)</script><!-- #endeditable -->"""


@layout(DOM, (*PLAIN, *forms_of("split", "relative"), "time_tag"), count=(4, 12), pages=9)
def cards(scene: Scene) -> str:
    return f'<div class="card-list">{"".join(_card(scene, row) for row in scene.rows())}</div>'


def _card(scene: Scene, row: Row) -> str:
    summary = row.entry.summary or scene.random.choice(words()["summaries"])
    return f"""<div class="card"{row.row_attributes}>
  <a href="{row.href}" class="pic"><img src="/upload/{row.entry.number}.jpg" alt=""></a>
  <div class="txt"><h3>{row.badge}{row.anchor()}</h3><p class="sum">{summary}</p>
  <div class="info">{row.dated("span", _klass("time"))}{row.extra}</div></div></div>"""


@layout(DOM, (*PLAIN, *forms_of("partial", "attribute")), pages=8)
def definition_list(scene: Scene) -> str:
    rows = "".join(
        f"<dt{row.row_attributes}>{row.badge}{row.anchor()}</dt><dd>{row.cell.html or '&nbsp;'}{row.extra}</dd>"
        for row in scene.rows()
    )
    return f'<dl class="tzgg">{rows}</dl>'


@layout(DOM, (*PLAIN, *forms_of("split", "partial", "relative")), pages=9)
def nested_divs(scene: Scene) -> str:
    rows = "\n".join(
        f"""<div class="item"{row.row_attributes}><div class="item-l"><div class="dot"></div></div><div class="item-r">
<div class="item-t"><div class="tt">{row.badge}{row.anchor()}</div></div>
<div class="item-b"><div class="rq">{row.cell.html}</div>{row.extra}</div></div></div>"""
        for row in scene.rows()
    )
    return f'<div class="con"><div class="con-in"><div class="items">{rows}</div></div></div>'


@layout(DOM, (*PLAIN, "relative", "month_day", "month_day_chinese"), pages=8)
def bare_text_date(scene: Scene) -> str:
    rows = "\n".join(
        f"<li{row.row_attributes}>{row.badge}{row.anchor()} {row.cell.html}{row.extra}</li>" for row in scene.rows()
    )
    return f'<ul class="ul_list">\n{rows}\n</ul>'


@layout(DOM, (*PLAIN, *forms_of("split", "relative")), count=(5, 15), pages=9)
def whole_row_link(scene: Scene) -> str:
    rows = "".join(
        f"""<li{row.row_attributes}><a href="{row.href}" title="{row.title}"><div class="d">{row.cell.html}</div>
<div class="t">{row.badge}{row.title}</div>{row.extra}</a></li>"""
        for row in scene.rows()
    )
    return f'<ul class="block-list">{rows}</ul>'


@layout(DOM, ("iso", "minutes", "chinese", "dots"), count=(1, 2), pages=6)
def one_or_two_items(scene: Scene) -> str:
    rows = "".join(
        f"<li{row.row_attributes}>{row.badge}{row.anchor()}<span>{row.cell.html}</span>{row.extra}</li>"
        for row in scene.rows()
    )
    return f'<div class="gl-list"><ul>{rows}</ul></div>'


@layout(DOM, forms_of("order"), count=(4, 20), pages=12)
def days_without_years(scene: Scene) -> str:
    """Month and day, and addresses that tell no year."""
    rows = "".join(
        f"<li{row.row_attributes}>{row.badge}{row.anchor()}<span>{row.cell.html}</span>{row.extra}</li>"
        for row in scene.rows()
    )
    return f'<ul class="xw">{rows}</ul>'


@layout(DOM, ("none",), pages=4)
def dates_only_on_articles(scene: Scene) -> str:
    rows = "".join(f"<li>{row.badge}{row.anchor()}{row.extra}</li>" for row in scene.rows())
    return f'<div class="list"><ul>{rows}</ul></div>'


def _klass(name: str) -> str:
    return f'class="{name}"'
