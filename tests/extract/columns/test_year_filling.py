"""The missing year of month-day lists."""

from __future__ import annotations

from datetime import date

from govspider.extract.columns.year_filling import Dating, fill_years


def _items(*pairs: tuple[int, int], url: str = "") -> list[Dating]:
    return [Dating(None, pair, url) for pair in pairs]


def test_a_year_in_the_address_dates_the_item() -> None:
    assert fill_years(_items((11, 7), url="/202611/t20261106_1.html")) == [date(2026, 11, 7)]
    assert fill_years(_items((11, 7), url="/2024/1.html")) == [date(2024, 11, 7)]


def test_an_address_from_december_dates_an_item_of_january_into_the_next_year() -> None:
    assert fill_years(_items((1, 2), url="/202512/t20251231_1.html")) == [date(2026, 1, 2)]


def test_an_address_from_another_season_decides_nothing() -> None:
    assert fill_years(_items((11, 7), url="/202603/t20260301_1.html")) == [None]


def test_the_year_drops_where_the_month_rises_below_a_known_item() -> None:
    known = Dating(date(2026, 1, 5), None, "")
    assert fill_years([known, *_items((12, 30), (12, 11))]) == [
        date(2026, 1, 5),
        date(2025, 12, 30),
        date(2025, 12, 11),
    ]


def test_the_year_rises_where_the_month_falls_above_a_known_item() -> None:
    known = Dating(date(2025, 12, 30), None, "")
    assert fill_years([*_items((1, 5)), known]) == [date(2026, 1, 5), date(2025, 12, 30)]


def test_a_list_without_any_known_year_stays_without() -> None:
    assert fill_years(_items((11, 7), (10, 2))) == [None, None]


def test_a_leap_day_takes_a_leap_year_or_none() -> None:
    assert fill_years(_items((2, 29), url="/2024/1.html")) == [date(2024, 2, 29)]
    assert fill_years(_items((2, 29), url="/2023/1.html")) == [None]
