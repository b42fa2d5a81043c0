"""How lists are built: where the day stands beside its title, and which block of a page is the list."""

from __future__ import annotations

from datetime import date

import pytest

from govspider.items import ColumnState, UnknownReason
from tests.extract.columns.column_pages import DAYS, TITLES, column_page, plain_list, rows, seen, unordered

NEWEST = date(2026, 9, 12)


def test_a_grid_may_put_the_day_into_a_row_below_the_title() -> None:
    template = '<tr><td><a href="{url}">{title}</a></td></tr><tr><td>日期：{day} 来源：办公室</td></tr>'
    column = seen(f"<table>{rows(template)}</table>")
    assert (column.newest, column.items) == (NEWEST, len(DAYS))


@pytest.mark.parametrize(
    "template",
    [
        '<li><a href="{url}">{title}</a><p><em>{y}</em>-<em>{m}</em>-<em>{d}</em></p></li>',
        '<li><p><b>{d}</b>日<em>{y}年{m}月</em></p><a href="{url}">{title}</a></li>',
        '<li><a href="{url}"><i>{y}</i>/<i>{m}</i>/<i>{d}</i><h3>{title}</h3></a></li>',
    ],
)
def test_a_day_may_be_cut_into_several_tags(template: str) -> None:
    made = "".join(
        template.format(url=f"/tzgg/{n}.html", title=TITLES[n], y=day[:4], m=day[5:7], d=day[8:])
        for n, day in enumerate(DAYS)
    )
    column = seen(unordered(made))
    assert (column.state, column.newest, column.items) == (ColumnState.LIST, NEWEST, len(DAYS))


def test_a_day_of_three_tags_in_front_of_its_title_is_not_that_of_the_next_one() -> None:
    template = '<p><em>{y}</em>-<em>{m}</em>-<em>{d}</em></p><div><a href="{url}">{title}</a></div>'
    made = "".join(
        template.format(url=f"/tzgg/{n}.html", title=TITLES[n], y=day[:4], m=day[5:7], d=day[8:])
        for n, day in enumerate(DAYS)
    )
    assert seen(f'<div class="box">{made}</div>').newest == NEWEST


def test_the_header_of_an_article_is_no_header_of_the_page() -> None:
    template = (
        '<article><header><h2><a href="{url}">{title}</a></h2></header><footer><time>{day}</time></footer></article>'
    )
    column = seen(f"<main>{rows(template)}</main>")
    assert (column.newest, column.items) == (NEWEST, len(DAYS))


def test_a_row_that_scripts_copy_is_no_record() -> None:
    pattern_row = '<li v-for="item in list"><a :href="item.url">{{ item.title }}</a><span>{{ item.day }}</span></li>'
    assert seen(unordered(rows() + pattern_row)).items == len(DAYS)


def test_a_block_of_old_items_beside_an_empty_list_does_not_stand_for_it() -> None:
    old = plain_list(("2020-08-05", "2020-08-03", "2020-08-01", "2020-07-30"), "/qt")
    column = seen(f'<div><h3>历史回顾</h3>{old}</div><div class="list"><ul></ul><p>没有找到相关内容</p></div>')
    assert (column.state, column.newest) == (ColumnState.BLANK, None)


def test_the_list_is_the_block_under_the_name_of_the_column() -> None:
    other = plain_list(("2026-11-21", "2026-11-20", "2026-11-19", "2026-11-18", "2026-11-17", "2026-11-16"), "/dt")
    column = seen(f"<div><h3>部门新闻</h3>{other}</div><div><h2>通知公告</h2>{plain_list()}</div>")
    assert (column.state, column.newest) == (ColumnState.LIST, NEWEST)


def test_two_blocks_under_other_names_decide_nothing() -> None:
    other = plain_list(("2026-11-21", "2026-11-20", "2026-11-19", "2026-11-18", "2026-11-17", "2026-11-16"), "/dt")
    column = seen(f"<div><h3>部门新闻</h3>{other}</div><div><h2>县区信息</h2>{plain_list((*DAYS,), '/xq')}</div>")
    assert (column.state, column.reason) == (ColumnState.UNKNOWN, UnknownReason.CONTRADICTORY)


def test_notices_that_run_over_the_page_are_not_the_list() -> None:
    running = f"<marquee>{rows('<span><a href={url}>{title}</a> {day}</span>', ('2026-11-21',) * 3, '/x')}</marquee>"
    assert seen(running + plain_list()).newest == NEWEST


def test_a_box_that_hangs_over_the_page_is_not_the_list() -> None:
    box = f'<div style="position: fixed; right: 10px">{plain_list(("2026-11-21",) * 4, "/x")}</div>'
    assert seen(box + plain_list()).newest == NEWEST


@pytest.mark.parametrize("count", [1, 2, 3, 6])
@pytest.mark.parametrize(
    "cells",
    [
        '<td><a href="{url}">{title}</a> [{day}]</td>',
        '<td>·</td><td><a href="{url}">{title}</a></td><td>{day}</td>',
        '<td>{day}</td><td><a href="{url}">{title}</a></td>',
    ],
)
def test_a_row_may_hold_two_records_and_the_last_row_one(cells: str, count: int) -> None:
    made = [cells.format(url=f"/tzgg/{n}.html", title=TITLES[n], day=day) for n, day in enumerate(DAYS[:count])]
    lines = "".join(f"<tr>{''.join(made[n : n + 2])}</tr>" for n in range(0, count, 2))
    column = seen(f"<h2>通知公告</h2><table>{lines}</table>")
    assert (column.newest, column.items) == (NEWEST, count)


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("/tzgg/1.html", "http://www.example.gov.cn/tzgg/1.html"),
        ("/", "http://www.example.gov.cn/"),
        ("/a/../b.html", "http://www.example.gov.cn/b.html"),
        ("//other.gov.cn/b.html", "http://other.gov.cn/b.html"),
        ("\t/a\n/b.html ", "http://www.example.gov.cn/a/b.html"),
        ("/a.html#", "http://www.example.gov.cn/a.html"),
    ],
)
def test_links_are_joined_as_a_browser_joins_them(href: str, target: str) -> None:
    assert column_page("").join(href) == target


def test_a_column_name_beside_a_day_is_no_list_of_one_item() -> None:
    day = "<dd><i>2016</i> 年 <i>6</i> 月 <i>21</i> 日</dd>"
    assert seen(f'<dl><dt><a href="/news/">新闻中心</a></dt>{day}</dl>').newest is None


def test_letters_beside_a_column_are_not_its_list_and_are_on_a_page_of_letters() -> None:
    letters = f'<div class="xj"><h3>来信选登</h3>{plain_list(("2026-11-21", "2026-11-20", "2026-11-19"), "/xf")}</div>'
    assert seen(f"<p>机构职能</p>{letters}").newest is None
    own = seen(letters, head='<meta name="ColumnName" content="来信选登">')
    assert own.newest == date(2026, 11, 21)
