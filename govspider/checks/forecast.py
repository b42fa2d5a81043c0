"""On which day a column will be out of date, if nothing is added to it: a warning, never a finding.

Counted from the newest date that the latest look saw. A column that was out of date at that look is
told apart, and one whose date could not be established is unknown, never due.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from govspider.checks.column_updates import exempted, missing_columns
from govspider.checks.freshness import Age, Freshness, weigh
from govspider.checks.windows import ColumnWindow, Window
from govspider.checks.words import REASON_WORDS
from govspider.items import UnknownReason
from govspider.seen import SeenColumn, SeenSite

_SHORTEST_MONTH = 28


class Outlook(StrEnum):
    """How a column stands: it will be out of date, it was at the latest look, or nobody knows."""

    DUE = "due"
    BREACHED = "breached"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Duty:
    """What a clause asks of columns. `clause` is its id in the rubric."""

    clause: str
    windows: tuple[ColumnWindow, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """One column, or the home page with an empty address of a column.

    `breach_on` is the first day on which it is out of date; `looked_on` the day of the look it rests on.
    """

    name: str
    url: str
    outlook: Outlook
    clause: str
    window: str
    newest: date | None = None
    breach_on: date | None = None
    looked_on: date | None = None
    why: str = ""


def breach_day(newest: date, window: Window) -> date:
    """The first day on which a list last added to on `newest` is out of date: 15 days later for 14 days."""
    day = newest + timedelta(days=window.days if window.days is not None else _SHORTEST_MONTH * (window.months or 0))
    while window.first_day(day) <= newest:
        day += timedelta(days=1)
    return day


def forecast_columns(site: SeenSite, day: date, duties: Sequence[Duty]) -> Iterator[Forecast]:
    """Every column that a clause is about, the strictest clause counting; exempted columns are left out.

    Parameters: `day` the day of asking, for exemptions only; ages are those of the day of looking.
    """
    for column in site.distinct_columns:
        if not exempted(column, day):
            found = [(duty, window) for duty in duties if (window := _window_of(column, duty)) is not None]
            if found:
                yield min((_forecast(column, *one) for one in found), key=_urgency)
    gap = missing_columns(site)
    if gap:
        yield Forecast("全部栏目", site.home.url if site.home else "", Outlook.UNKNOWN, "", "", why=gap)


def _window_of(column: SeenColumn, duty: Duty) -> Window | None:
    found = (entry.window_for(column.kind, column.level, column.update_days) for entry in duty.windows)
    return next((window for window in found if window is not None), None)


def _urgency(forecast: Forecast) -> tuple[int, date]:
    order = (Outlook.BREACHED, Outlook.DUE, Outlook.UNKNOWN)
    return order.index(forecast.outlook), forecast.breach_on or date.max


def _forecast(column: SeenColumn, duty: Duty, window: Window) -> Forecast:
    looked_on = max((page.looked_on for page in column.lists), default=None)
    bare = Forecast(column.name, column.url, Outlook.UNKNOWN, duty.clause, window.words(), looked_on=looked_on)
    if looked_on is None:
        reason = column.failed or UnknownReason.NOT_CHECKED
        why = f"{REASON_WORDS[reason]}：{column.failure or '栏目页未能查看'}"
        return replace(bare, why=why)
    freshness = weigh(column.lists, column.articles, window, looked_on)
    if freshness.newest is None or freshness.age in (Age.UNKNOWN, Age.NO_LIST):
        return replace(bare, why=_why_unknown(freshness))
    outlook = Outlook.DUE if freshness.newest >= window.first_day(looked_on) else Outlook.BREACHED
    return replace(
        bare,
        outlook=outlook,
        newest=freshness.newest,
        breach_on=breach_day(freshness.newest, window),
        why=freshness.why if freshness.age is Age.SUSPECTED else "",
    )


def _why_unknown(freshness: Freshness) -> str:
    return f"{REASON_WORDS[freshness.reason]}：{freshness.why}" if freshness.reason else freshness.why
