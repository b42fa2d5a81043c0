"""Lists cut into boxes: pages that a script shows, years, days."""

from __future__ import annotations

from datetime import date

from govspider.items import ColumnState, UnknownReason
from tests.extract.columns.column_pages import DAYS, TITLES, plain_list, seen

_LATER, _EARLIER = DAYS, ("2026-06-30", "2026-06-11", "2026-05-20")


def _boxes(*inner: str) -> str:
    return "".join(f'<div class="pg"{" style=display:none" if n else ""}>{box}</div>' for n, box in enumerate(inner))


def _bare(*numbers: int) -> str:
    return "".join(f'<li><a href="/tzgg/{n}.html">{TITLES[n]}</a></li>' for n in numbers)


def _day(text: str, *numbers: int) -> str:
    return f"<div class='d'><p>{text}</p><ul>{_bare(*numbers)}</ul></div>"


def test_boxes_whose_days_go_on_are_the_pages_of_one_list() -> None:
    column = seen(_boxes(plain_list(_LATER), plain_list(_EARLIER)))
    assert (column.state, column.newest, column.items) == (ColumnState.LIST, date(2026, 9, 12), 9)


def test_boxes_that_each_begin_with_their_newest_are_not_one_list() -> None:
    column = seen(_boxes(plain_list(_LATER), plain_list(("2026-09-10", "2026-08-02", "2026-06-01"))))
    assert (column.state, column.reason) == (ColumnState.UNKNOWN, UnknownReason.CONTRADICTORY)


def test_boxes_that_run_upwards_together_are_the_pages_of_one_list() -> None:
    column = seen(_boxes(plain_list(_EARLIER[::-1]), plain_list(_LATER[::-1])))
    assert (column.newest, column.items) == (date(2026, 9, 12), 9)


_NUMBERS = "<div class='bar'><a href='javascript:show(0)'>1</a><a href='javascript:show(1)'>2</a>{}</div>"


def test_boxes_that_numbers_below_them_count_are_one_list_in_whatever_order() -> None:
    mixed = plain_list(("2026-06-11", "2026-09-01", "2026-05-20")), plain_list(("2026-09-12", "2026-04-02"))
    column = seen(_boxes(*mixed) + _NUMBERS.format(""))
    assert (column.newest, column.items) == (date(2026, 9, 12), 5)


def test_numbers_that_count_more_than_the_boxes_join_nothing() -> None:
    mixed = plain_list(("2026-06-11", "2026-09-01", "2026-05-20")), plain_list(("2026-09-12", "2026-04-02"))
    column = seen(_boxes(*mixed) + _NUMBERS.format("<a href='javascript:show(2)'>3</a>"))
    assert (column.state, column.reason) == (ColumnState.UNKNOWN, UnknownReason.CONTRADICTORY)


def test_a_list_under_its_name_is_not_sure_where_a_box_of_its_make_behind_it_is_newer() -> None:
    mixed = plain_list(("2026-06-11", "2026-09-01", "2026-05-20")), plain_list(("2026-09-12", "2026-04-02"))
    column = seen("<h2>通知公告</h2>" + _boxes(*mixed))
    assert (column.state, column.newest) == (ColumnState.UNKNOWN, None)


def test_an_old_item_on_top_does_not_part_the_pages_of_a_list() -> None:
    column = seen(_boxes(plain_list(("2024-01-05", *_LATER)), plain_list(_EARLIER)))
    assert (column.newest, column.items) == (date(2026, 9, 12), 10)


def test_boxes_of_years_are_one_list() -> None:
    years = ("2026年", ("09-12", "05-01")), ("2025年", ("12-30", "11-02"))
    boxes = "".join(
        f"<div class='y'><h3>{year}</h3><ul>"
        + "".join(f'<li><a href="/tzgg/{n}.html">{TITLES[n]}</a><i>{day}</i></li>' for n, day in enumerate(days))
        + "</ul></div>"
        for year, days in years
    )
    column = seen(boxes)
    assert (column.newest, column.items) == (date(2026, 9, 12), 4)
    assert column.list_items[2].published == date(2025, 12, 30)


def test_days_above_boxes_date_the_records_below_them() -> None:
    column = seen(_day("2026年9月12日", 0, 1) + _day("2026年9月1日", 2) + _day("2026年8月20日", 3, 4))
    assert (column.newest, column.items) == (date(2026, 9, 12), 5)
    assert [item.published for item in column.list_items][-1] == date(2026, 8, 20)


def test_one_day_above_a_list_may_be_today_and_dates_nothing() -> None:
    column = seen(_day("2026年11月22日", 0, 1, 2, 3, 4))
    assert column.newest is None


def test_days_above_boxes_that_do_not_fall_date_nothing() -> None:
    column = seen(_day("2026年9月12日", 0, 1) + _day("2026年9月12日", 2) + _day("2026年11月20日", 3, 4))
    assert column.newest is None


def test_the_year_of_a_record_does_not_date_the_next_one() -> None:
    """02 / 1月 / 2026 and below it 30 / 12月 / 2025: each record has its own year."""
    days = (("02", "1月", "2026"), ("30", "12月", "2025"), ("11", "12月", "2025"))
    items = "".join(
        f'<li><b>{d}</b><i>{m}</i><u>{y}</u><a href="/tzgg/{n}.html">{TITLES[n]}</a></li>'
        for n, (d, m, y) in enumerate(days)
    )
    column = seen(f'<ul class="list">{items}</ul>')
    assert [item.published for item in column.list_items] == [date(2026, 1, 2), date(2025, 12, 30), date(2025, 12, 11)]
