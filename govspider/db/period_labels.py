"""Labels of periods and the days they mean: 2026Q4, 2026年第四季度, 2026-11, 2026H2, 2026."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_FORMS = (
    (re.compile(r"(\d{4})[-年 ]?(?:Q|第?)([1-4一二三四])(?:季度)?", re.IGNORECASE), 3, "Q"),
    (re.compile(r"(\d{4})[-年]?H([12])", re.IGNORECASE), 6, "H"),
    (re.compile(r"(\d{4})(?:-|年)(0?[1-9]|1[0-2])月?"), 1, "-"),
    (re.compile(r"(\d{4})年?()"), 12, ""),
)
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "": 1}
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class LabelledDays:
    """A label in its usual form, with the first and the last day it means."""

    label: str
    first: date
    last: date


def read_label(text: str) -> LabelledDays | None:
    """Days a label means, None for a label that names no quarter, half-year, month or year."""
    plain = text.strip()
    for pattern, months, sign in _FORMS:
        found = pattern.fullmatch(plain)
        if found and _fits(plain, sign) and date.min.year < int(found[1]) < date.max.year:
            number = _NUMERALS.get(found[2]) or int(found[2])
            return _days(int(found[1]), number, months, sign)
    return None


def _fits(text: str, sign: str) -> bool:
    """A quarter says so: 2026-3 is March, 20263 is nothing."""
    return sign != "Q" or "q" in text.lower() or "季度" in text


def _days(year: int, number: int, months: int, sign: str) -> LabelledDays:
    first = date(year, (number - 1) * months + 1, 1)
    behind = first.month - 1 + months
    last = date(year + behind // _MONTHS, behind % _MONTHS + 1, 1) - timedelta(days=1)
    shown = f"{number:02d}" if sign == "-" else str(number)
    return LabelledDays(f"{year}{sign}{shown}" if sign else str(year), first, last)


def quarter_of(now: datetime) -> LabelledDays:
    """The quarter an instant lies in, in Asia/Shanghai."""
    day = now.astimezone(SHANGHAI).date()
    return _days(day.year, (day.month + 2) // 3, 3, "Q")


def end_of(day: date) -> datetime:
    """24:00 of a day in Asia/Shanghai, written as its last second, so that it still lies on that day."""
    return datetime.combine(day, time(23, 59, 59), SHANGHAI)
