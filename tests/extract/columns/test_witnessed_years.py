"""Month-day lists without a year: what the articles behind them settle, and what they do not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from govspider.extract.columns.column import observe_column
from govspider.extract.columns.witnessed_years import articles_to_open
from govspider.items import ColumnObservation, ColumnState, ListItem, UnknownReason
from tests.extract.columns.column_pages import COLUMN_URL, NOW, TITLES, column_page, seen, unordered

TODAY = date(2026, 11, 22)
FALLING = ("11-20", "11-09", "10-30", "10-12", "09-28", "09-01", "08-15", "08-02")


def _url(number: int) -> str:
    return f"http://www.example.gov.cn/tzgg/{number}.html"


def _body(days: Sequence[str]) -> str:
    return unordered(
        "".join(
            f'<li><a href="/tzgg/{n}.html">{TITLES[n % 8]}</a><span>{day}</span></li>' for n, day in enumerate(days)
        )
    )


def _told(days: Sequence[str], **articles: date) -> ColumnObservation:
    """What a list says with the articles `a0`, `a1`… opened."""
    told = tuple((_url(int(name[1:])), day) for name, day in articles.items())
    return observe_column(column_page(_body(days), COLUMN_URL), NOW, article_days=told)


def _opened(days: Sequence[str], count: int = 3, *, home: bool = False) -> list[int]:
    items = seen(_body(days)).list_items
    return [item.position - 1 for item in articles_to_open(items, TODAY, count, home=home)]


def test_without_an_article_the_year_is_not_known() -> None:
    told = _told(FALLING)
    assert (told.state, told.reason, told.newest) == (ColumnState.UNKNOWN, UnknownReason.CONTRADICTORY, None)


def test_an_article_that_no_other_record_can_be_later_than_settles_the_newest_day() -> None:
    told = _told(FALLING, a0=date(2026, 11, 20))
    assert (told.state, told.newest, told.newest_url, told.items) == (ColumnState.LIST, date(2026, 11, 20), _url(0), 8)
    assert [item.published for item in told.list_items[1:]] == [None] * 7, "nothing is guessed"


def test_a_dead_list_is_dated_by_its_articles_and_never_by_the_current_year() -> None:
    told = _told(FALLING, a0=date(2024, 11, 20), a1=date(2024, 11, 9), a7=date(2024, 8, 2))
    assert (told.state, told.newest) == (ColumnState.LIST, date(2024, 11, 20))
    assert told.list_items[4].published == date(2024, 9, 28)


def test_the_first_article_of_an_old_list_alone_settles_nothing() -> None:
    told = _told(FALLING, a0=date(2024, 11, 20))
    assert (told.state, told.newest) == (ColumnState.UNKNOWN, None)


def test_an_article_that_shows_another_day_than_its_record_settles_nothing() -> None:
    assert _told(FALLING, a0=date(2026, 3, 2)).newest is None
    assert _told(FALLING, a0=date(2026, 11, 19)).newest == date(2026, 11, 20), "a day between release and signing"


def test_articles_that_show_no_falling_list_settle_nothing() -> None:
    told = _told(FALLING, a0=date(2024, 11, 20), a1=date(2025, 11, 9), a7=date(2024, 8, 2))
    assert told.newest is None


def test_a_shuffled_list_is_not_taken_for_one_that_falls() -> None:
    days = ("03-02", "09-28", "01-15", "10-30", "02-11", "08-02", "06-01", "07-20")
    assert _told(days, a0=date(2024, 3, 2), a1=date(2023, 9, 28), a7=date(2020, 7, 20)).newest is None


def test_the_year_turns_inside_a_falling_list() -> None:
    days = ("02-10", "01-15", "12-28", "12-01", "11-11", "10-30", "10-12", "09-28")
    told = _told(days, a0=date(2025, 2, 10), a1=date(2025, 1, 15), a7=date(2024, 9, 28))
    assert [item.published for item in told.list_items[2:4]] == [date(2024, 12, 28), date(2024, 12, 1)]
    assert told.newest == date(2025, 2, 10)


def test_the_articles_to_open_are_those_that_could_be_the_newest_and_the_last() -> None:
    assert _opened(FALLING) == [0, 7, 1]
    assert _opened(("02-10", "01-15", "11-21", "11-20", "11-11"), 3) == [0, 2, 4]
    assert _opened(FALLING, 2, home=True) == [0, 1]


def test_dated_lists_open_their_newest_and_undated_ones_their_first() -> None:
    assert _opened(("2026-01-05", "2026-11-02", "2026-03-01")) == [1, 2, 0]
    assert _opened(("",) * 5) == [0, 1, 2]


def test_an_item_without_a_year_that_cannot_be_newer_needs_no_article() -> None:
    items = [
        ListItem(1, "甲", _url(1), date(2026, 11, 21), "2026-11-21", "own_tag"),
        ListItem(2, "乙", _url(2), None, "10-02", "none"),
    ]
    assert articles_to_open(items, TODAY, 1) == items[:1]


def test_blocks_of_a_home_page_are_settled_by_the_articles_that_could_be_newest() -> None:
    page = column_page(f"<div><h3>要闻</h3>{_body(FALLING)}</div>", "http://www.example.gov.cn/")
    told = observe_column(page, NOW, home=True, article_days=((_url(0), date(2026, 11, 20)),))
    assert told.newest == date(2026, 11, 20)


_UNDATED_TOP = ("", "", "2026-05-20", "2026-05-11", "2026-04-30", "2026-04-02", "2026-03-09")


def test_rows_without_a_day_above_the_newest_one_are_opened() -> None:
    assert _opened(_UNDATED_TOP) == [0, 1, 2]
    assert _opened(("2026-05-20", "", "2026-05-11", "2026-04-30")) == [0, 2, 3]


def test_an_article_tells_the_day_of_a_row_without_one_above_the_newest() -> None:
    told = _told(_UNDATED_TOP, a1=date(2026, 11, 3))
    assert (told.state, told.newest, told.newest_url) == (ColumnState.LIST, date(2026, 11, 3), _url(1))
    assert [item.date_source for item in told.list_items[:3]] == ["none", "article", "own_tag"]


def test_articles_date_no_list_that_shows_hardly_a_day() -> None:
    told = _told(("", "", "", "", "2026-05-20"), a0=date(2026, 11, 3), a1=date(2026, 10, 3), a2=date(2026, 9, 3))
    assert (told.newest, told.reason) == (None, UnknownReason.UNDATED)


def test_an_article_of_the_future_dates_no_row() -> None:
    assert _told(_UNDATED_TOP, a0=date(2027, 1, 3)).newest == date(2026, 5, 20)
