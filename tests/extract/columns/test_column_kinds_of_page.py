"""What a column page without a list is: a query, links to its children, one text, empty, or out of reach."""

from __future__ import annotations

import pytest

from govspider.extract.columns.column import observe_column
from govspider.extract.document.page import Page
from govspider.items import ColumnState, UnknownReason
from tests.extract.columns.column_pages import COLUMN_URL, NOW, column_page, plain_list, seen

PROSE = "负责全县农业农村工作的统筹协调和督促检查，组织拟订有关规划和政策措施并监督实施，指导乡镇开展相关业务工作。"


def test_a_query_by_number_and_code_is_a_form_and_not_a_login() -> None:
    form = (
        '<form action="/q"><p>信件编号：<input type="text" name="code"></p><p>查询密码：<input type="password"></p>'
        '<input type="submit" value="查询"></form>'
    )
    assert seen(form).state is ColumnState.FORM


def test_a_login_is_no_form() -> None:
    fields = '<input type="text" name="username"> <input type="password">'
    form = f'<form><p>用户名 {fields}</p><input type="submit" value="登录"></form>'
    column = seen(form)
    assert (column.state, column.reason) == (ColumnState.UNKNOWN, UnknownReason.NEEDS_LOGIN)


def test_links_to_folders_below_the_column_make_a_page_that_leads_on() -> None:
    links = "".join(f'<li><a href="./{name}/">{name}信息</a></li>' for name in ("规划", "人事", "财政", "统计"))
    column = seen(f'<div class="box"><ul>{links}</ul></div>')
    assert (column.state, column.newest) == (ColumnState.PORTAL, None)


def test_a_menu_beside_an_empty_main_part_does_not_lead_on() -> None:
    links = "".join(
        f'<li><a href="/zw/{n}/">{name}</a></li>' for n, name in enumerate(("通知公告", "人事", "财政", "统计"))
    )
    column = seen(f'<div class="left"><h3>政务公开</h3><ul>{links}</ul></div><div class="right"></div>')
    assert (column.state, column.reason) == (ColumnState.UNKNOWN, UnknownReason.DRIFT)


def test_a_column_of_duties_with_a_short_text_is_an_article() -> None:
    page = column_page(f"<div><h2>机构职能</h2><p>{PROSE}</p><p>{PROSE}</p></div>")
    named = Page(page.url, page.body.replace("<title>通知公告".encode(), "<title>机构职能".encode()), page.content_type)
    assert observe_column(named, NOW).state is ColumnState.ARTICLE
    assert observe_column(page, NOW).state is ColumnState.UNKNOWN


def test_text_inside_a_form_around_the_whole_page_is_still_an_article() -> None:
    text = f"<p>{PROSE}</p>" * 8
    whole = column_page(text)
    body = whole.body.replace(b"<body>", b'<body><form id="aspnetForm">').replace(b"</body>", b"</form></body>")
    assert observe_column(Page(COLUMN_URL, body, whole.content_type), NOW).state is ColumnState.ARTICLE


@pytest.mark.parametrize(
    "words",
    [
        "<ul><li>暂无公告</li></ul>",
        "<table><tr><td colspan=3>目前没有相关信息！</td></tr></table>",
        '<p><a href="#">该栏目暂无内容</a></p>',
        '<p><img src="/images/none.png" alt="暂无数据"></p>',
        "<p>共 0 条记录</p>",
        "<p>本栏目内容正在整理中</p>",
    ],
)
def test_an_empty_column_may_say_so_anywhere_in_its_main_part(words: str) -> None:
    assert seen(f'<div class="main">{words}</div>').state is ColumnState.BLANK


@pytest.mark.parametrize(
    "body",
    [
        "<style>.tip{color:red;display:none}</style><p class='tip'>暂无数据</p>",
        "<p class='hide'>暂无数据</p>",
        "<p>系统正在维护中，请稍后再试</p>",
        "<div id='rows'>暂无数据</div><script>initList('rows', 1)</script>",
        "<p>暂无数据</p><iframe src='http://www.other.gov.cn/list.html' width='800' height='600'></iframe>",
    ],
)
def test_words_that_nobody_sees_or_that_stand_for_something_else_are_no_evidence(body: str) -> None:
    assert seen(f'<div class="main">{body}</div>').state is ColumnState.UNKNOWN


def test_an_empty_column_says_so_under_its_name_although_a_list_stands_beside() -> None:
    column = seen(f"<div><h3>部门新闻</h3>{plain_list(folder='/dt')}</div><div><h2>通知公告</h2><p>暂无内容</p></div>")
    assert column.state is ColumnState.BLANK


def test_words_of_a_small_block_do_not_empty_the_list_under_the_name() -> None:
    column = seen(f"<div><h2>通知公告</h2>{plain_list()}</div><div><h3>视频</h3><p>暂无数据</p></div>")
    assert column.state is ColumnState.LIST


def test_a_frame_of_another_site_is_not_checked() -> None:
    column = seen("<iframe src='http://www.other.gov.cn/list.html' width='800' height='600'></iframe>")
    assert (column.state, column.reason) == (ColumnState.UNKNOWN, UnknownReason.NOT_CHECKED)


def test_a_page_that_sets_a_cookie_and_comes_back_is_blocked() -> None:
    page = Page(COLUMN_URL, b"<html><script>document.cookie='k=v;path=/';window.location.reload();</script></html>")
    column = observe_column(page, NOW)
    assert (column.state, column.reason) == (ColumnState.UNKNOWN, UnknownReason.BLOCKED)


@pytest.mark.parametrize("box", ['<div class="k">{}</div>', '<td class="yc" valign="top">{}</td>'])
def test_words_of_emptiness_under_the_heading_of_another_block_blank_nothing(box: str) -> None:
    inner = box.format("<h3>调查征集</h3><p>暂无内容</p>")
    shown = f"<table><tr>{inner}</tr></table>" if box.startswith("<td") else inner
    assert seen(shown).state is ColumnState.UNKNOWN


def test_words_of_emptiness_under_the_columns_own_heading_blank_it() -> None:
    assert seen('<div class="k"><h3>通知公告</h3><p>暂无内容</p></div>').state is ColumnState.BLANK


def test_words_of_emptiness_in_a_narrow_column_blank_nothing() -> None:
    assert seen('<table><tr><td width="200"><p>暂无内容</p></td></tr></table>').state is ColumnState.UNKNOWN
