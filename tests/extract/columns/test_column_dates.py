"""Every way a list item shows its date, and every date beside it that is not its own."""

from __future__ import annotations

from datetime import date

import pytest

from govspider.items import ColumnState, UnknownReason
from tests.extract.columns.column_pages import DAYS, TITLES, plain_list, rows, seen, unordered

NEWEST = date(2026, 9, 12)


@pytest.mark.parametrize(
    ("row", "source"),
    [
        ('<li><a href="{url}">{title}</a><span>{day}</span></li>', "own_tag"),
        ('<li><span>{day}</span><a href="{url}">{title}</a></li>', "own_tag"),
        ('<li><a href="{url}">{title}</a><b readlabel="{day}">{day}</b></li>', "own_tag"),
        ('<li><a href="{url}">{title}</a>[{day}]</li>', "own_tag"),
        ('<li><a href="{url}">{title}</a>（{day}）</li>', "own_tag"),
        ('<li><a href="{url}">{title}</a> {day} |</li>', "own_tag"),
        ('<li><a href="{url}">{title}</a><em>{day} 10:19:22</em></li>', "own_tag"),
        ('<li><a href="{url}">{title}</a><div>来源：县政府办公室 {day} 浏览次数：12</div></li>', "own_tag"),
        ('<li><a href="{url}">{title}</a><script>document.write("{day}".substr(0,10))</script></li>', "own_tag"),
        ('<li><a href="{url}">{title}<b>{day}</b></a></li>', "in_link"),
        ('<li><a href="{url}"><span>{title}</span><span>{day}</span></a></li>', "in_link"),
        ('<li><a href="{url}">{title}[{day}]</a></li>', "in_link"),
        ('<li><a href="{url}">{day} {title}</a></li>', "in_link"),
        ('<li><a href="{url}">{title}</a><p>发布时间：{day} 来源：县政府</p></li>', "label"),
        ('<li><a href="{url}">{title}</a><p><b>发布日期</b><i>{day}</i></p></li>', "label"),
        ('<li><a href="{url}">{title}</a><p>日期：{day}</p></li>', "label"),
        ('<li><a href="{url}" mc="{title}" rq="{day}">{title}</a></li>', "attribute"),
        ('<li><a href="{url}">{title}</a><time datetime="{day}T08:00:00+08:00"></time></li>', "attribute"),
        ('<li><a href="{url}" title="标题：{title}&#10;发布时间：{day}&#10;浏览次数：3">{title}</a></li>', "attribute"),
    ],
)
def test_a_date_is_read_wherever_an_item_shows_it(row: str, source: str) -> None:
    column = seen(unordered(rows(row)))
    assert (column.state, column.newest, column.items) == (ColumnState.LIST, NEWEST, len(DAYS))
    assert {item.date_source for item in column.list_items} == {source}
    assert column.newest_url == "http://www.example.gov.cn/tzgg/0.html"


@pytest.mark.parametrize(
    "days",
    [
        ("2026/09/12", "2026/08/01"),
        ("2026.09.12", "2026.8.1"),
        ("2026年9月12日", "2026年8月1日"),
        ("二〇二六年九月十二日", "二〇二五年十二月三十一日"),
        ("２０２６－０９－１２", "２０２６－０８－０１"),
        ("26-09-12", "26-08-01"),
        ("Sep 12, 2026", "Aug 01, 2026"),
    ],
)
def test_every_spelling_of_a_date_is_read(days: tuple[str, str]) -> None:
    assert seen(plain_list(days)).newest == NEWEST


@pytest.mark.parametrize(
    "row",
    [
        '<li><div><b>{day_of_month}</b><i>2026-09</i></div><a href="/1">{title}</a></li>',
        '<li><a href="/1"><b>{day_of_month}</b><i>2026.09</i><p>{title}</p></a></li>',
        '<li><a href="/1">{title}</a><i>2026年9月</i><b>{day_of_month}</b></li>',
        '<li><a href="/1">{day_of_month} 2026.09 {title}</a></li>',
    ],
)
def test_a_date_cut_into_day_and_month_is_put_together(row: str) -> None:
    body = "".join(row.format(day_of_month=day, title=title) for day, title in zip((12, 8, 3), TITLES, strict=False))
    column = seen(unordered(body))
    assert column.newest == NEWEST
    assert {item.date_source for item in column.list_items} == {"split"}


def test_a_day_without_year_takes_the_year_of_its_address() -> None:
    row = '<li><a href="/tzgg/202609/t202609{number}0_1.html">{title}</a><span>{day}</span></li>'
    column = seen(unordered(rows(row, ("09-12", "09-11", "09-10"))))
    assert column.newest == NEWEST
    assert column.list_items[0].date_source == "month_day"


def test_a_day_without_year_takes_its_year_from_a_dated_neighbour() -> None:
    assert seen(plain_list(("01-05", "2025-12-30", "12-11"))).newest == date(2026, 1, 5)


def test_a_list_that_shows_no_year_at_all_is_contradictory_and_not_of_this_year() -> None:
    column = seen(plain_list(("11-07", "10-02", "09-03")))
    assert (column.state, column.reason, column.newest) == (ColumnState.UNKNOWN, UnknownReason.CONTRADICTORY, None)
    assert column.items == 3


def test_yesterday_is_counted_back_from_the_day_of_looking() -> None:
    column = seen(plain_list(("昨天", "3天前", "2026-11-01")))
    assert column.newest == date(2026, 11, 21)
    assert column.list_items[0].date_source == "relative"


@pytest.mark.parametrize(
    "address", ["/tzgg/202609/t202609{n}_9.html", "/art/2026/9/{n}/art_1_9.html", "/xw/202609{n}/9.html"]
)
def test_an_undated_list_is_dated_by_its_addresses(address: str) -> None:
    items = zip((12, 11, 10), TITLES, strict=False)
    body = "".join(f'<li><a href="{address.format(n=day)}">{title}</a></li>' for day, title in items)
    column = seen(unordered(body))
    assert column.newest == NEWEST
    assert {item.date_source for item in column.list_items} == {"url"}


def test_an_address_that_disagrees_with_the_shown_date_does_not_win() -> None:
    row = '<li><a href="/tzgg/20261120/{number}.html">{title}</a><span>{day}</span></li>'
    assert seen(unordered(rows(row))).newest == NEWEST


def test_a_list_without_any_date_is_a_list_with_items_and_no_newest_day() -> None:
    column = seen(unordered(rows('<li><a href="{url}">{title}</a></li>')))
    assert (column.state, column.reason, column.newest) == (ColumnState.LIST, UnknownReason.UNDATED, None)
    assert column.items == len(column.list_items) == len(DAYS)


@pytest.mark.parametrize(
    "row",
    [
        '<li><a href="{url}">关于2026年11月2{number}日前报送材料的通知</a></li>',
        '<li><a href="{url}">全县空气质量日报 2026-11-1{number}</a></li>',
        '<li><a href="{url}" title="关于2026年11月20日停水的第{number}号通知">关于停水的第{number}号通知...</a></li>',
        '<li><a href="{url}">{title}</a><p>会议于2026年11月20日召开，县委书记出席会议，全县各单位参加。</p></li>',
        '<li><a href="{url}">{title}</a><p>公示期：2026-11-12至2026-11-18</p></li>',
        '<li><a href="{url}">{title}</a><p>截止日期：2026-11-18</p></li>',
        '<li><a href="{url}">{title}</a><p><b>成文日期</b><i>2026-11-18</i></p></li>',
        '<li><a href="{url}">{title}</a><p>拍卖时间：2026-11-18</p></li>',
        '<li><a href="{url}">{title}</a><span>征集时间：2026-11-01 至 2026-11-18</span></li>',
        '<li><a href="{url}">{title}</a><span>20261107</span></li>',
        '<li><a href="{url}">{title}</a><span>2026-02-30</span></li>',
        '<li><a href="{url}">{title}</a><span>本日</span></li>',
    ],
)
def test_a_date_that_is_not_the_publish_date_dates_no_item(row: str) -> None:
    column = seen(unordered(rows(row)))
    assert (column.state, column.reason, column.newest) == (ColumnState.LIST, UnknownReason.UNDATED, None)


@pytest.mark.parametrize(
    "extra",
    [
        "<p>截止日期：2026-11-18</p>",
        "<p>公示期：2026-11-12至2026-11-18</p>",
        "<p>会议于2026年11月20日召开，县委书记出席会议，全县各单位参加。</p>",
        "<p>浏览：20261107</p>",
        "<p>成文日期：2026-11-18</p>",
    ],
)
def test_another_date_of_an_item_does_not_outweigh_its_publish_date(extra: str) -> None:
    row = '<li><a href="{url}">{title}</a>' + extra + "<p>发布日期：{day}</p></li>"
    assert seen(unordered(rows(row))).newest == NEWEST


def test_a_compact_date_counts_behind_a_label_only() -> None:
    row = '<li><a href="{url}">{title}</a><p>发布时间：202609{number}2</p></li>'
    assert seen(unordered(rows(row, DAYS[:2]))).newest == NEWEST


def test_two_unlabelled_days_in_an_item_decide_nothing() -> None:
    row = '<li><a href="{url}">{title}</a><span>{day}</span><span>2026-11-20</span></li>'
    column = seen(unordered(rows(row)))
    assert (column.state, column.reason, column.newest) == (ColumnState.UNKNOWN, UnknownReason.CONTRADICTORY, None)


def test_of_two_days_the_one_that_the_address_confirms_is_taken() -> None:
    row = (
        '<li><a href="/art/2026/9/12/art_{number}.html">{title}</a><span>2026-09-12</span><span>2026-11-20</span></li>'
    )
    assert seen(unordered(rows(row))).newest == NEWEST


def _table(headers: tuple[str, ...], *cells: str) -> str:
    head = "".join(f"<th>{header}</th>" for header in headers)
    body = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells).format(title=title, day=day, number=number) + "</tr>"
        for number, (title, day) in enumerate(zip(TITLES, DAYS, strict=False))
    )
    return f"<table><tr>{head}</tr>{body}</table>"


def test_a_table_is_dated_by_its_publish_column_and_not_by_its_neighbours() -> None:
    headers = ("序号", "标题", "成文日期", "发布日期", "施行日期")
    table = _table(headers, "{number}", '<a href="/{number}">{title}</a>', "2026-11-19", "{day}", "2026-11-20")
    column = seen(table)
    assert (column.newest, column.items) == (NEWEST, len(DAYS))
    assert column.list_items[0].date_source == "table_column"


def test_a_table_with_only_the_day_of_signing_is_undated() -> None:
    table = _table(("序号", "标题", "成文日期"), "{number}", '<a href="/{number}">{title}</a>', "{day}")
    assert seen(table).reason is UnknownReason.UNDATED


def test_a_letter_table_is_dated_by_the_letters_and_not_by_the_replies() -> None:
    headers = ("编号", "来信标题", "来信时间", "回复时间", "状态")
    table = _table(headers, "{number}", '<a href="/{number}">{title}</a>', "{day}", "2026-11-20", "已办结")
    assert seen(table).newest == NEWEST


def test_a_table_without_links_is_read_by_its_headers() -> None:
    column = seen(_table(("标题", "发布日期", "状态"), "{title}", "{day}", "有效"))
    assert (column.newest, column.items) == (NEWEST, len(DAYS))
    assert column.list_items[0].title == TITLES[0]


def test_an_empty_or_future_date_among_good_ones_does_not_hide_them() -> None:
    column = seen(plain_list(("2052-01-01", "2026-09-12", "", "2026-08-01")))
    assert column.newest == NEWEST
    assert [item.published for item in column.future_items] == [date(2052, 1, 1)]
    assert column.items == 4


def test_a_list_that_lies_wholly_in_the_future_has_no_newest_day() -> None:
    column = seen(plain_list(("2052-01-01", "2051-01-01")))
    assert (column.reason, column.newest, len(column.future_items)) == (UnknownReason.CONTRADICTORY, None, 2)


def test_an_item_of_today_is_not_future() -> None:
    column = seen(plain_list(("2026-11-22", "2026-11-20")))
    assert column.newest == date(2026, 11, 22)
    assert column.future_items == ()


def test_a_day_at_the_head_of_a_link_counts_where_the_title_stands_in_full_in_an_attribute() -> None:
    """The text of the first link is cut short, so its title comes from the attribute, its day from the text."""
    days = ("2026-09-12", "2026-09-01", "2026-08-20", "2026-08-03")
    shown = [TITLES[0][:8] + "...", *TITLES[1:4]]
    rows_of = "".join(
        f'<li><a href="/tzgg/{n}.html" title="{TITLES[n]}">[{day}] {shown[n]}</a></li>' for n, day in enumerate(days)
    )
    column = seen(f"<ul>{rows_of}</ul>")
    assert (column.newest, column.list_items[0].title) == (date(2026, 9, 12), TITLES[0])


def test_a_day_in_a_title_or_a_deadline_beside_it_does_not_keep_the_day_of_the_next_cell_away() -> None:
    titles = ("关于2026年11月20日前报送材料的通知", TITLES[0], TITLES[1], TITLES[2])
    cells = [
        f'<td><a href="/tzgg/{n}.html">{title}</a><i>截止时间：2026-11-21</i></td><td>2026-09-0{9 - n}</td>'
        for n, title in enumerate(titles)
    ]
    column = seen(f"<table><tr>{cells[0]}{cells[1]}</tr><tr>{cells[2]}{cells[3]}</tr></table>")
    assert [item.published for item in column.list_items] == [date(2026, 9, 9 - n) for n in range(4)]


def test_a_day_of_the_month_that_is_not_that_of_the_address_leaves_the_row_undated() -> None:
    """Saved again under a newer address: the row shows the 7th, the address says the 19th."""
    row = '<li><i>{d}日</i><a href="/202611/t202611{a}_1.html">{t}</a></li>'
    agree = "".join(row.format(d=d, a=f"{d:02d}", t=TITLES[n]) for n, d in enumerate((19, 7, 3)))
    differ = "".join(row.format(d=d, a=f"{d + 12:02d}", t=TITLES[n]) for n, d in enumerate((7, 5, 3)))
    assert seen(f"<ul>{agree}</ul>").newest == date(2026, 11, 19)
    assert seen(f"<ul>{differ}</ul>").newest is None
