"""The missing year of month-day lists: from the item's address, or from dated neighbours in a sorted list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from govspider.extract.columns.dates import UrlDate, date_in_url

_NEAR_DAY = 45
_NEAR_MONTH = 62


@dataclass(frozen=True, slots=True)
class Dating:
    """What is known of one item: its day, or a month and day whose year is missing."""

    day: date | None
    month_day: tuple[int, int] | None
    url: str


def fill_years(items: Sequence[Dating]) -> list[date | None]:
    """Days of a list in its order; None where the year cannot be known.

    A year is taken from the item's own address, else from neighbours with a known day when
    the list runs downwards. A list without any known year stays without: the current year
    would make a column dead since 2023 look alive.
    """
    days = [item.day or _day_from_url(item) for item in items]
    if all(day is None for day in days):
        return days
    return _from_below(items, _from_above(items, days))


def _day_from_url(item: Dating) -> date | None:
    if item.month_day is None or not item.url:
        return None
    hint = date_in_url(item.url)
    if hint.year is None:
        return None
    if hint.month is None:
        return _day(hint.year, item.month_day)
    return _nearest(hint, item.month_day)


def _nearest(hint: UrlDate, month_day: tuple[int, int]) -> date | None:
    assert hint.year is not None and hint.month is not None
    middle = hint.day or date(hint.year, hint.month, 15)
    limit = _NEAR_DAY if hint.day else _NEAR_MONTH
    candidates = [day for year in (-1, 0, 1) if (day := _day(hint.year + year, month_day))]
    best = min(candidates, key=lambda day: abs((day - middle).days), default=None)
    return best if best and abs((best - middle).days) <= limit else None


def _from_above(items: Sequence[Dating], days: list[date | None]) -> list[date | None]:
    """Walk down: the latest such day that is not after the item above."""
    filled, above = list(days), None
    for index, item in enumerate(items):
        if filled[index] is None and item.month_day and above:
            filled[index] = _latest(above, item.month_day)
        above = filled[index]
    return filled


def _from_below(items: Sequence[Dating], days: list[date | None]) -> list[date | None]:
    """Walk up: the earliest such day that is not before the item below."""
    filled, below = list(days), None
    for index in range(len(items) - 1, -1, -1):
        month_day = items[index].month_day
        if filled[index] is None and month_day and below:
            filled[index] = _earliest(below, month_day)
        below = filled[index]
    return filled


def _latest(limit: date, month_day: tuple[int, int]) -> date | None:
    days = (_day(limit.year + shift, month_day) for shift in (0, -1))
    return next((day for day in days if day and day <= limit), None)


def _earliest(limit: date, month_day: tuple[int, int]) -> date | None:
    days = (_day(limit.year + shift, month_day) for shift in (0, 1))
    return next((day for day in days if day and day >= limit), None)


def _day(year: int, month_day: tuple[int, int]) -> date | None:
    try:
        return date(year, *month_day)
    except ValueError:  # 02-29 in a common year, or a year out of range
        return None
