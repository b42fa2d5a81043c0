"""The day on which a column will be out of date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from govspider.checks.forecast import Duty, Outlook, breach_day, forecast_columns
from govspider.checks.windows import ColumnWindow, Window
from govspider.items import ColumnKind, ColumnState, UnknownReason
from govspider.seen import SeenColumn
from tests.checks.seen_sites import ago, column, shown, site
from tests.observed_city import CHECK_DAY

_FORTNIGHT, _HALF_YEAR = Window(days=14), Window(months=6)
_DUTIES = (
    Duty("veto", (ColumnWindow(kinds=(ColumnKind.NEWS,), window=_FORTNIGHT),)),
    Duty("notice", (ColumnWindow(kinds=(ColumnKind.NOTICE,), level="first", window=_HALF_YEAR),)),
    Duty("own", (ColumnWindow(kinds=(ColumnKind.NEWS, ColumnKind.NOTICE), registry_period=True),)),
)


@pytest.mark.parametrize(
    ("newest", "window", "breach"),
    [
        (date(2026, 11, 8), _FORTNIGHT, date(2026, 11, 23)),
        (date(2026, 2, 28), _HALF_YEAR, date(2026, 9, 1)),
        (date(2026, 8, 31), _HALF_YEAR, date(2027, 3, 1)),
        (date(2025, 11, 22), Window(months=12), date(2026, 11, 23)),
    ],
)
def test_the_day_before_the_breach_is_still_inside_the_window(newest: date, window: Window, breach: date) -> None:
    assert breach_day(newest, window) == breach
    assert window.first_day(breach) > newest >= window.first_day(breach - timedelta(days=1))


def _told(*seen: SeenColumn) -> dict[str, tuple[Outlook, date | None]]:
    return {told.name: (told.outlook, told.breach_on) for told in forecast_columns(site(*seen), CHECK_DAY, _DUTIES)}


def test_a_column_is_due_counted_from_its_newest_item() -> None:
    assert _told(column("要闻", newest=ago(10))) == {"要闻": (Outlook.DUE, CHECK_DAY + timedelta(days=5))}


def test_a_column_that_was_out_of_date_at_the_look_is_told_apart() -> None:
    assert _told(column("要闻", newest=ago(15))) == {"要闻": (Outlook.BREACHED, CHECK_DAY)}


def test_the_strictest_clause_counts() -> None:
    seen = column("公告", "notice", newest=ago(10), level=1, update_days=12)
    assert _told(seen) == {"公告": (Outlook.DUE, CHECK_DAY + timedelta(days=3))}


def test_columns_that_no_clause_is_about_and_exempted_ones_are_left_out() -> None:
    assert (
        _told(
            column("概况", "static", newest=ago(900)),
            column("公告", "notice", newest=ago(900), level=None),
            column("要闻", newest=ago(30), exempted_until=CHECK_DAY),
        )
        == {}
    )


def test_what_could_not_be_read_is_unknown_and_never_due() -> None:
    unread = shown(None, ColumnState.UNKNOWN, url="http://www.example.gov.cn/u/", reason=UnknownReason.NEEDS_BROWSER)
    failed = column("动态", lists=(), failed=UnknownReason.TIMEOUT, failure="30 秒内没有应答", witnessed=False)
    told = list(forecast_columns(site(column("要闻", lists=(unread,), witnessed=False), failed), CHECK_DAY, _DUTIES))
    assert [(one.outlook, one.breach_on) for one in told] == [(Outlook.UNKNOWN, None)] * 2
    assert "30 秒内没有应答" in told[1].why
