"""What a column page is: list, portal, article, form, blank, external or unknown, and why."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from govspider.extract.columns.column import observe_column
from govspider.extract.document.page import Page
from govspider.items import ColumnState, UnknownReason
from tests.extract.columns.column_pages import DAYS, NOW, TITLES, column_page, plain_list, rows, seen, unordered

NEWEST = date(2026, 9, 12)
FRESH = ("2026-11-20", "2026-11-19", "2026-11-18")


def _block(heading: str, days: tuple[str, ...], css: str = "block", folder: str = "/other") -> str:
    return f'<div class="{css}"><h3>{heading}</h3>{plain_list(days, folder)}</div>'


def test_a_pinned_item_does_not_hide_the_newest() -> None:
    column = seen(plain_list(("2024-01-01", *DAYS)))
    assert column.newest == NEWEST
    assert [item.position for item in column.list_items if item.pinned] == [1]


def test_a_pinned_item_may_itself_be_the_newest() -> None:
    pinned = '<li><i class="zd">置顶</i><a href="/p">关于国庆放假安排的通知</a><span>2026-10-01</span></li>'
    column = seen(unordered(pinned + rows()))
    assert column.newest == date(2026, 10, 1)
    assert column.list_items[0].pinned and not column.list_items[1].pinned


def test_an_unsorted_list_is_dated_by_its_latest_item_and_noted() -> None:
    column = seen(plain_list(("2026-07-01", "2026-09-12", "2026-08-01", "2026-09-01", "2026-06-01")))
    assert column.newest == NEWEST
    assert any("not sorted" in note for note in column.notes)


def test_a_list_that_starts_with_its_oldest_page_does_not_tell_its_newest_day() -> None:
    pager = '<div class="pages"><a href="index_1.html">下一页</a></div>'
    column = seen(f'<div class="con">{plain_list(DAYS[::-1])}{pager}</div>')
    assert (column.state, column.reason, column.newest) == (ColumnState.UNKNOWN, UnknownReason.CONTRADICTORY, None)


def test_a_rising_list_on_a_single_page_is_dated_by_its_last_item() -> None:
    assert seen(plain_list(DAYS[::-1])).newest == NEWEST


def test_a_list_may_have_one_item() -> None:
    column = seen(plain_list(DAYS[:1]))
    assert (column.state, column.newest, column.items) == (ColumnState.LIST, NEWEST, 1)


def test_a_list_cut_into_several_uls_is_one_list() -> None:
    column = seen("<div>" + "".join(plain_list(DAYS[start : start + 2]) for start in (4, 2, 0)) + "</div>")
    assert (column.state, column.newest, column.items) == (ColumnState.LIST, NEWEST, len(DAYS))


@pytest.mark.parametrize(
    "row",
    [
        '<div class="c"><a href="{url}"><img src="1.jpg"></a><p><a href="{url}">{title}</a></p><i>{day}</i></div>',
        '<dl><dt><a href="{url}">{title}</a></dt><dd>{day}</dd></dl>',
        "<p><i></i><span>{day}</span><a href='javascript:;'>{title}</a></p>",
        '<table><tr><td>·</td><td><a href="{url}">{title}</a></td><td>{day}</td></tr></table>',
        '<a href="{url}">{title}</a> <span>{day}</span><br>',
        '<span>{day}</span><a href="{url}">{title}</a><br>',
        '<dt><a href="{url}">{title}</a></dt><dd>{day}</dd>',
    ],
)
def test_records_are_found_in_cards_tables_and_flat_runs(row: str) -> None:
    column = seen(f'<div class="con">{rows(row)}</div>')
    assert (column.state, column.newest, column.items) == (ColumnState.LIST, NEWEST, len(DAYS))
    assert [item.published for item in column.list_items] == [date.fromisoformat(day) for day in DAYS]


def test_separator_rows_and_template_rows_are_no_items() -> None:
    inner = rows() + '<li class="lm_line"></li>' + '<li><a href="/more">更多</a></li>'
    assert seen(unordered(inner)).items == len(DAYS)


def test_items_that_leave_the_site_are_items() -> None:
    row = '<li><a href="https://mp.weixin.qq.com/s/{number}">{title}</a><span>{day}</span></li>'
    column = seen(unordered(rows(row)))
    assert (column.newest, column.newest_url) == (NEWEST, "https://mp.weixin.qq.com/s/0")


@pytest.mark.parametrize("side", [_block("热点推荐", FRESH), _block("", FRESH, "sidebar"), _block("点击排行", FRESH)])
def test_a_fresh_sidebar_does_not_make_a_dead_list_look_alive(side: str) -> None:
    column = seen(plain_list() + side)
    assert (column.state, column.newest, column.items) == (ColumnState.LIST, NEWEST, len(DAYS))


def test_a_sidebar_does_not_date_an_undated_list() -> None:
    column = seen(unordered(rows('<li><a href="{url}">{title}</a></li>')) + _block("热点推荐", FRESH))
    assert (column.state, column.reason, column.newest) == (ColumnState.LIST, UnknownReason.UNDATED, None)


def test_two_blocks_that_could_both_be_the_list_decide_nothing() -> None:
    column = seen(plain_list(folder="/a") + f"<div><div>{plain_list(('2026-11-20',) * 6, '/b')}</div></div>")
    assert (column.state, column.reason, column.newest) == (ColumnState.UNKNOWN, UnknownReason.CONTRADICTORY, None)


def test_of_two_blocks_the_one_with_the_pager_is_the_list() -> None:
    pager = '<div class="fenye">共5页 <a href="index_1.html">下一页</a></div>'
    paged = f'<div class="l">{plain_list(folder="/a")}{pager}</div>'
    assert seen(paged + f'<div class="r">{plain_list(FRESH, "/b")}</div>').newest == NEWEST


def test_of_two_blocks_the_one_filed_under_the_column_is_the_list() -> None:
    body = f'<div class="l">{plain_list()}</div><div class="r">{plain_list(("2026-11-20",) * 6, "/hot")}</div>'
    assert seen(body).newest == NEWEST


@pytest.mark.parametrize(
    "box",
    [
        '<ul class="list" id="list"></ul><script src="/js/list.js"></script>',
        '<div id="box"></div><script>$.getJSON(base+"/l",function(d){$.ajax({});$("#box").html(d)})</script>',
        '<table><tbody id="data"></tbody></table>',
        '<ul><li v-for="x in rows"></li></ul>',
    ],
)
def test_a_block_beside_an_empty_list_box_is_not_taken_for_the_list(box: str) -> None:
    block = f'<div class="r"><h3>要闻</h3>{plain_list(FRESH, "/yw")}</div>'
    column = seen(f'<div class="main">{box}</div>{block}')
    assert (column.state, column.reason, column.newest) == (ColumnState.UNKNOWN, UnknownReason.NEEDS_BROWSER, None)


def test_a_list_of_the_column_itself_stands_beside_an_empty_box() -> None:
    assert seen(f'<ul class="list" id="list"></ul>{plain_list()}').newest == NEWEST


def test_a_dated_block_does_not_hide_a_longer_list_without_days() -> None:
    undated = unordered(rows('<li><a href="/x/{number}.html">{title}</a></li>'))
    column = seen(undated + f'<div class="r"><h3>要闻</h3>{plain_list(FRESH, "/yw")}</div>')
    assert (column.state, column.newest) == (ColumnState.UNKNOWN, None)


def test_the_arrows_of_a_slide_show_are_no_pager() -> None:
    slides = f'<div class="s">{plain_list(FRESH[:2], "/yw")}<a href="javascript:;">上一页</a></div>'
    column = seen(f'<div class="l">{plain_list(folder="/a")}</div>{slides}')
    assert column.newest is None or column.newest == NEWEST


def test_a_parent_column_with_blocks_and_more_links_is_a_portal() -> None:
    blocks = "".join(
        f'<div class="b"><h2>{name}</h2><a href="/{name}/">更多</a>{plain_list(days, f"/{name}")}</div>'
        for name, days in (("通知", DAYS), ("公告", ("2026-10-20", "2026-10-01")))
    )
    column = seen(blocks)
    assert (column.state, column.newest, column.items) == (ColumnState.PORTAL, date(2026, 10, 20), len(DAYS) + 2)


def test_a_menu_beside_the_list_is_no_list() -> None:
    names = ("规划计划", "人事信息", "财政信息", "统计信息", "应急管理")
    menu = unordered("".join(f'<li><a href="/{name}/">{name}</a></li>' for name in names))
    column = seen(menu + plain_list())
    assert (column.newest, column.items) == (NEWEST, len(DAYS))


@pytest.mark.parametrize(
    "clock",
    [
        '<div class="t">今天是2026年11月22日 <a href="/mail">政务邮箱登录入口平台</a></div>',
        '<div class="t"><span>2026年11月22日</span><span>星期日</span><a href="/mail">政务邮箱登录入口平台</a></div>',
        '<div class="t"><span>2026-11-22</span><a href="/mail">政务邮箱登录入口平台</a></div>',
    ],
)
@pytest.mark.parametrize("home", [False, True])
def test_todays_date_in_a_page_head_dates_nothing(clock: str, home: bool) -> None:
    assert seen(clock, home=home).newest is None
    assert seen(clock + plain_list(), home=True).newest == NEWEST


def test_generation_times_date_nothing() -> None:
    head = '<meta name="HtmlGenerateTime" content="2026-11-22 10:00:00"><meta name="PubDate" content="2026-11-22">'
    assert seen(plain_list(), head=head).newest == NEWEST
    assert seen("<p>页面生成时间 2026-11-22 10:00:00</p>", head=head).newest is None


@pytest.mark.parametrize("words", ["暂无内容", "暂无数据", "该栏目正在建设中", "敬请期待！", "没有找到相关信息"])
def test_words_of_emptiness_in_the_main_part_are_a_blank_column(words: str) -> None:
    column = seen(f'<div class="main"><div class="list"><p>{words}</p></div></div>')
    assert (column.state, column.reason, column.items) == (ColumnState.BLANK, None, 0)
    assert words in column.evidence_text


def test_a_blank_column_with_a_live_sidebar_is_blank() -> None:
    column = seen('<div class="main"><p>暂无信息</p></div>' + _block("热点推荐", FRESH))
    assert column.state is ColumnState.BLANK


@pytest.mark.parametrize(
    "body",
    [
        '<div class="main"><ul class="list"></ul></div>',
        '<div class="main"><ul></ul><p style="display:none">暂无数据</p></div>',
        '<div class="main"><div id="box"><p>暂无数据</p></div></div>'
        '<script>$.ajax({url:"/l",success:function(d){$("#box").html(d)}})</script>',
        '<div id="app"></div><script src="/js/app.js"></script>',
        '<ul><li v-for="x in list"><a>{{x.title}}</a></li><li v-if="!list.length">暂无数据</li></ul>',
        '<ul><li ms-repeat="list"><a></a></li></ul>',
        '<div class="main"><a href="/x">暂无内容</a></div>',
        '<div class="footer">暂无内容</div>',
        '<div class="main"><input type="text" name="q"><p>没有找到相关信息</p></div>',
    ],
)
def test_without_positive_evidence_nothing_is_called_blank(body: str) -> None:
    column = seen(body)
    assert (column.state, column.newest) == (ColumnState.UNKNOWN, None)
    assert column.reason is not None


def test_an_application_shell_needs_a_browser() -> None:
    column = seen('<div id="app"></div><script src="/js/app.js"></script>')
    assert column.reason is UnknownReason.NEEDS_BROWSER


def test_a_column_that_is_one_text_is_an_article() -> None:
    prose = "<p>本县位于省东北部，总面积一千二百平方公里，辖八镇四乡，人口三十万，交通便利，物产丰富。</p>" * 10
    column = seen(f"<h1>本县概况</h1><p>发布时间：2020-01-01</p>{prose}")
    assert (column.state, column.newest) == (ColumnState.ARTICLE, None)


def test_related_items_beside_an_article_do_not_make_it_a_list() -> None:
    prose = "<p>本县位于省东北部，总面积一千二百平方公里，辖八镇四乡，人口三十万，交通便利，物产丰富。</p>" * 4
    body = f"<h1>本县概况</h1>{prose}<p>上一篇：<a href='/1'>某某工作会议召开</a></p><div>{plain_list(FRESH)}</div>"
    assert seen(body, head='<meta name="ArticleTitle" content="本县概况">').state is ColumnState.ARTICLE


def test_a_page_that_asks_for_input_is_a_form() -> None:
    fields = "".join(f'<p>项目{number}：<input type="text" name="f{number}"></p>' for number in range(4))
    assert seen(f"<form>{fields}<textarea name='t'></textarea></form>").state is ColumnState.FORM


def test_a_form_above_a_dated_list_is_a_list() -> None:
    fields = "".join(f'<input type="text" name="f{number}">' for number in range(4))
    assert seen(f"<form>{fields}</form>{plain_list()}").newest == NEWEST


def test_a_login_page_needs_a_login() -> None:
    column = seen('<form><input name="u"><input type="password" name="p"></form>')
    assert (column.state, column.reason) == (ColumnState.UNKNOWN, UnknownReason.NEEDS_LOGIN)


def test_a_column_that_sends_its_visitor_to_another_site_is_external() -> None:
    column = seen("", head='<meta http-equiv="refresh" content="0;url=http://www.other.com/list">')
    assert (column.state, column.evidence_text) == (ColumnState.EXTERNAL, "http://www.other.com/list")


def test_a_column_that_refreshes_within_its_site_is_not_external() -> None:
    head = '<meta http-equiv="refresh" content="0;url=http://sub.example.gov.cn/list">'
    assert seen("", head=head).state is ColumnState.UNKNOWN


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (b"<html><script>$_ts={};</script></html>", 412, UnknownReason.BLOCKED),
        (b"<html><script>$_ts=window['$_ts'];$_ts=1;</script></html>", 200, UnknownReason.BLOCKED),
        (b"<html><script>var __jsl_clearance_s=1;</script></html>", 200, UnknownReason.BLOCKED),
        (b"<html><body>Unauthorized</body></html>", 401, UnknownReason.NEEDS_LOGIN),
        (b"<html><body>HTTP Status 404</body></html>", 200, UnknownReason.NOT_CHECKED),
        (b"<html><body>gone</body></html>", 404, UnknownReason.NOT_CHECKED),
        (b"", 200, UnknownReason.DRIFT),
        (b"<!-- nothing -->", 200, UnknownReason.DRIFT),
    ],
)
def test_a_page_that_was_refused_or_broken_is_unknown_with_its_reason(
    body: bytes, status: int, reason: UnknownReason
) -> None:
    column = observe_column(Page("http://www.example.gov.cn/a/", body, None, status), NOW)
    assert (column.state, column.reason) == (ColumnState.UNKNOWN, reason)


def test_records_in_a_comment_are_read_as_weak_evidence() -> None:
    column = seen(f'<ul class="jy"><!-- {rows()} createPageHTML("page_div",10,1,"list","shtml",200) --></ul>')
    assert (column.state, column.newest, column.source) == (ColumnState.LIST, NEWEST, "comment")
    assert any("comment" in note for note in column.notes)


def test_a_commented_out_menu_is_no_list() -> None:
    menu = "".join(f'<li><a href="/{number}">栏目{number}</a></li>' for number in range(6))
    assert seen(f"<ul><!-- {menu} --></ul>").state is ColumnState.UNKNOWN


def test_a_list_in_the_page_outweighs_a_comment() -> None:
    column = seen(f"{plain_list()}<!-- {rows(days=FRESH * 2)} -->")
    assert (column.newest, column.source) == (NEWEST, "dom")


def test_an_update_line_below_a_flat_list_dates_no_item() -> None:
    flat = rows('<a href="{url}">{title}</a> {day}<br>')
    assert seen(f'<div class="con">{flat}<p>更新时间：2026-11-21</p></div>').newest == NEWEST


def test_a_short_array_of_a_slide_show_is_not_the_list() -> None:
    slides = (
        'var dataList=[{title:"图片一号",url:"/s1",date:"2026-11-20"},{title:"图片二号",url:"/s2",date:"2026-11-19"}]'
    )
    assert seen(f"<script>{slides}</script>{plain_list()}").newest == NEWEST


def test_an_array_and_a_list_of_one_size_that_differ_decide_nothing() -> None:
    slides = (
        'var dataList=[{title:"图片一号",url:"/s1",date:"2026-11-20"},{title:"图片二号",url:"/s2",date:"2026-11-19"}]'
    )
    column = seen(f"<script>{slides}</script>{plain_list(DAYS[:3])}")
    assert (column.newest, column.reason) == (None, UnknownReason.CONTRADICTORY)


def test_a_list_that_a_script_has_filled_in_is_read_from_its_box() -> None:
    box = f'<div id="402134">{plain_list()}</div><script>$("#402134").jpage({{perPage:15}})</script>'
    assert seen(box + f'<div class="r">{plain_list(FRESH, "/hot")}</div>').newest == NEWEST


def test_the_record_with_a_category_link_or_an_attachment_keeps_its_title() -> None:
    row = '<li><a href="/c/">[公告]</a><a href="{url}">{title}</a><a href="/f.pdf">附件</a><span>{day}</span></li>'
    column = seen(unordered(rows(row)))
    assert (column.newest, column.list_items[0].title) == (NEWEST, TITLES[0])


def test_an_article_with_one_attachment_is_no_list_of_one_item() -> None:
    signed = "<p>现印发你们，请遵照执行。</p><p>2026年9月12日</p>"
    body = f'<div class="con">{signed}<a href="/f/1.pdf">关于某某事项的若干措施</a></div>'
    assert seen(body).newest is None
    assert seen(body, head='<meta name="ArticleTitle" content="通知">').state is ColumnState.ARTICLE


def test_a_home_page_is_as_new_as_its_newest_block() -> None:
    body = plain_list() + _block("", FRESH, "r")
    column = seen(body, home=True)
    assert (column.state, column.newest, column.items) == (ColumnState.PORTAL, date(2026, 11, 20), len(DAYS) + 3)


def test_a_home_page_without_dates_is_undated_or_needs_a_browser() -> None:
    links = unordered(rows('<li><a href="{url}">{title}</a></li>'))
    assert (seen(links, home=True).newest, seen(links, home=True).reason) == (None, UnknownReason.UNDATED)
    shell = seen('<div id="app"></div><script src="/js/app.js"></script>', home=True)
    assert (shell.state, shell.reason) == (ColumnState.UNKNOWN, UnknownReason.NEEDS_BROWSER)


def test_an_undecided_day_does_not_matter_when_a_known_one_is_later() -> None:
    body = plain_list(("2026-11-21", "2026-11-20")) + _block("", ("11-20", "11-19", "11-18"), "r")
    assert seen(body, home=True).newest == date(2026, 11, 21)


def test_an_undecided_day_that_could_be_later_leaves_the_newest_unknown() -> None:
    body = plain_list(("2026-09-12", "2026-09-01")) + _block("", ("11-20", "11-19", "11-18"), "r")
    column = seen(body, home=True)
    assert (column.newest, column.reason) == (None, UnknownReason.CONTRADICTORY)


def test_titles_are_kept_without_the_date_that_stands_in_their_link() -> None:
    row = '<li><a href="{url}"><span>{title}</span><span>{day}</span></a></li>'
    assert [item.title for item in seen(unordered(rows(row))).list_items] == list(TITLES[: len(DAYS)])


def test_a_title_cut_short_is_taken_from_its_attribute() -> None:
    row = '<li><a href="{url}" title="{title}（第{number}号）">{title}...</a><span>{day}</span></li>'
    assert seen(unordered(rows(row))).list_items[0].title == f"{TITLES[0]}（第0号）"


def test_items_are_numbered_from_one_in_the_order_of_the_page() -> None:
    assert [item.position for item in seen(plain_list()).list_items] == list(range(1, len(DAYS) + 1))


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        observe_column(column_page(plain_list()), datetime(2026, 11, 22))


def test_gbk_pages_are_read() -> None:
    markup = f'<html><head><meta charset="gb2312"></head><body>{plain_list()}</body></html>'
    column = observe_column(Page("http://www.example.gov.cn/tzgg/", markup.encode("gb18030")), NOW)
    assert column.list_items[0].title == TITLES[0]
