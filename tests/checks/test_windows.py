"""Windows count back from 监测时间点: days inclusively, months by the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from govspider.checks.windows import ColumnWindow, Window
from govspider.items import ColumnKind


def test_fourteen_days_include_the_fourteenth() -> None:
    assert Window(days=14).first_day(date(2026, 11, 22)) == date(2026, 11, 8)


@pytest.mark.parametrize(
    ("check_day", "months", "first"),
    [
        (date(2026, 11, 22), 6, date(2026, 5, 22)),
        (date(2026, 3, 15), 6, date(2025, 9, 15)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 12, 31), 12, date(2025, 12, 31)),
        (date(2026, 1, 1), 1, date(2025, 12, 1)),
    ],
)
def test_months_are_calendar_months_and_end_with_a_shorter_month(check_day: date, months: int, first: date) -> None:
    assert Window(months=months).first_day(check_day) == first


@pytest.mark.parametrize("given", [{}, {"days": 14, "months": 6}, {"days": 0}, {"weeks": 2}])
def test_a_window_needs_exactly_one_known_unit(given: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Window.model_validate(given)


NOTICE = ColumnKind.NOTICE
SIX_MONTHS = Window(months=6)


def test_an_unknown_level_is_neither_first_nor_below() -> None:
    for level in ("first", "below_first"):
        entry = ColumnWindow.model_validate({"kinds": ["notice"], "level": level, "window": {"months": 6}})
        assert entry.window_for(NOTICE, None, None) is None


def test_the_level_of_a_column_decides_which_window_holds() -> None:
    first = ColumnWindow(kinds=(NOTICE,), level="first", window=SIX_MONTHS)
    below = ColumnWindow(kinds=(NOTICE,), level="below_first", window=SIX_MONTHS)
    assert (first.window_for(NOTICE, 1, None), first.window_for(NOTICE, 2, None)) == (SIX_MONTHS, None)
    assert (below.window_for(NOTICE, 1, None), below.window_for(NOTICE, 2, None)) == (None, SIX_MONTHS)


def test_a_registry_period_applies_only_where_the_registry_gives_one() -> None:
    entry = ColumnWindow(kinds=(ColumnKind.OTHER,), registry_period=True)
    assert entry.window_for(ColumnKind.OTHER, None, 30) == Window(days=30)
    assert entry.window_for(ColumnKind.OTHER, None, None) is None
    assert entry.window_for(ColumnKind.NEWS, None, 30) is None


def test_a_column_window_has_one_source() -> None:
    with pytest.raises(ValidationError, match="registry_period"):
        ColumnWindow(kinds=(NOTICE,))
    with pytest.raises(ValidationError, match="registry_period"):
        ColumnWindow(kinds=(NOTICE,), window=SIX_MONTHS, registry_period=True)
