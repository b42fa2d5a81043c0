"""The missing year of month-day lists from the articles behind them, where neither address nor neighbour tells it.

A list that shows 11-21 and no year is of this year, or of any before: the page alone cannot tell a live column from a
dead one, so the page alone is never dated by the current year. An article that was opened tells its own year. The
newest day is then told where no other record could be later in any year, or where the whole list falls from article
to article. Of a list that shows days, the rows above its newest one that show none are opened too: they may be newer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from govspider.extract.columns.article import observe_article
from govspider.extract.columns.dates import make_day, month_day, split_month_day
from govspider.extract.columns.record_dates import UNDATED, DateReading
from govspider.extract.columns.records import Group, Record
from govspider.extract.columns.year_filling import Dating, fill_years
from govspider.extract.document.page import Page
from govspider.items import ListItem

_AGREEMENT = timedelta(days=1)
_LEAP_CYCLE = 9
_TOP = 5
_SURE_ARTICLES = 2
_DATED_SHARE = 2
_RECORDS_A_YEAR = 4
"""A list that falls holds at least so many records for each turn of the year; a shuffled one turns more often."""


def latest_day(pair: tuple[int, int], today: date) -> date:
    """The latest day, not after `today`, of a month and day without a year; `date.min` for none."""
    candidates = (make_day(today.year - back, *pair) for back in range(_LEAP_CYCLE))
    return next((found for found in candidates if found and found <= today), date.min)


def articles_to_open(items: Sequence[ListItem], today: date, count: int, *, home: bool = False) -> list[ListItem]:
    """The items whose articles tell most: the newest ones; of items without a year those that could be the newest.

    Parameters: `count` how many at most; `home` blocks of several lists, which no order runs through.
    """
    dated = [item for item in items if item.published is not None]
    newest = max((item.published for item in dated if item.published and item.published <= today), default=date.min)
    risky = [item for item in items if _latest(item, today) > newest]
    if risky:
        return _spread(risky, today, count, ordered=not home)
    dated.sort(key=lambda item: (item.published or date.min, -item.position), reverse=True)
    above = [] if home or not dated else _undated_above(items, newest)
    return [*above[: count - 1], *(dated or items)][:count]


def _undated_above(items: Sequence[ListItem], newest: date) -> list[ListItem]:
    """Items without a day that stand above the first one of the newest day."""
    place = next((number for number, item in enumerate(items) if item.published == newest), 0)
    return [item for item in items[:place] if item.published is None and not item.date_text and item.url]


def _spread(risky: Sequence[ListItem], today: date, count: int, *, ordered: bool) -> list[ListItem]:
    """The items that could be latest; of a list its first and its last too, which show whether it falls."""
    by_risk = sorted(risky, key=lambda item: (_latest(item, today), -item.position), reverse=True)
    loose = [item for item in risky if not item.pinned] if ordered else []
    wanted = [*loose[:1], *by_risk[: max(1, count - 2)], *loose[-1:], *by_risk] if count > 1 else by_risk
    return list(dict.fromkeys(wanted))[:count]


def published_days(articles: Iterable[tuple[str, Page | None]]) -> tuple[tuple[str, date], ...]:
    """Address and publish day of the articles that show one."""
    told = [(url, page.once(observe_article).published) for url, page in articles if page is not None]
    return tuple((url, day) for url, day in told if day is not None)


def _latest(item: ListItem, today: date) -> date:
    pair = _month_day_of(item)
    return latest_day(pair, today) if pair else date.min


def _month_day_of(item: ListItem) -> tuple[int, int] | None:
    """Month and day that an item shows without a year."""
    if item.published is not None:
        return None
    first, _, second = item.date_text.partition(" ")
    return month_day(item.date_text) or (split_month_day(first, second) if second else None)


def with_witnessed_years(group: Group, told: Mapping[str, date], today: date, *, falls: bool) -> tuple[Group, bool]:
    """The group with the days that its articles tell, and whether its newest day is settled by them.

    Parameters: `told` publish day by address of the article; `falls` the group is one list, whose order may
    count. A record whose article says another day than the record leaves the group as it was.
    """
    group = _with_days_on_top(group, told, today)
    known = [_known(record, told) for record in group.records]
    if all(day is None or record.reading.day for day, record in zip(known, group.records, strict=True)):
        return group, False
    if any(_disagrees(record, told) for record in group.records):
        return group, False
    newest = max((day for day in known if day and day <= today), default=date.min)
    settled = all(
        _could_be(record, today) <= newest for record, day in zip(group.records, known, strict=True) if not day
    )
    filled = _falling(group.records, known, today) if falls else None
    days = filled or known
    records = [_dated(record, day) for record, day in zip(group.records, days, strict=True)]
    return replace(group, records=records), settled or filled is not None


def _with_days_on_top(group: Group, told: Mapping[str, date], today: date) -> Group:
    """The group with the articles' days for rows without one that stand above the newest day of a dated list."""
    days = [record.reading.day for record in group.records]
    dated = [day for day in days if day and day <= today]
    if not dated or len(dated) * _DATED_SHARE < len(days):
        return group
    records = list(group.records)
    for number, record in enumerate(records[: days.index(max(dated))]):
        day = told.get(record.url or "")
        if day and day <= today and record.reading == UNDATED:
            records[number] = replace(record, reading=DateReading(day, day.isoformat(), "article"))
    return replace(group, records=records)


def _known(record: Record, told: Mapping[str, date]) -> date | None:
    reading = record.reading
    if reading.day or reading.month_day is None or record.url is None or record.url not in told:
        return reading.day
    return _same_day(told[record.url], reading.month_day)


def _same_day(published: date, pair: tuple[int, int]) -> date | None:
    """The day of this month and day that an article's day agrees with."""
    candidates = (make_day(published.year + shift, *pair) for shift in (0, -1, 1))
    return next((day for day in candidates if day and abs(day - published) <= _AGREEMENT), None)


def _disagrees(record: Record, told: Mapping[str, date]) -> bool:
    pair = record.reading.month_day
    if record.reading.day or pair is None or record.url is None or record.url not in told:
        return False
    return _same_day(told[record.url], pair) is None


def _could_be(record: Record, today: date) -> date:
    pair = record.reading.month_day
    return latest_day(pair, today) if pair else date.min


def _falling(records: Sequence[Record], known: Sequence[date | None], today: date) -> list[date | None] | None:
    """Days of a list that falls from its newest article to its last; None where it does not, or may not.

    The years are counted down from the newest article; every other article must then say the year that was counted.
    """
    loose = [index for index, record in enumerate(records) if not record.pinned]
    told = [known[index] for index in loose]
    if not loose or told[0] is None or sum(day is not None for day in told) < _SURE_ARTICLES:
        return None
    start = max(range(min(_TOP, len(told))), key=lambda index: told[index] or date.min)
    datings = [Dating(told[start], None, ""), *(_without_day(records[index]) for index in loose[start + 1 :])]
    body = [day for day in fill_years(datings) if day is not None]
    if None in told[:start] or len(body) < len(loose) - start or not _agrees(body, told[start:], today):
        return None
    found = list(known)
    for index, day in zip(loose[start:], body, strict=True):
        found[index] = day
    return found


def _without_day(record: Record) -> Dating:
    """What a record itself shows, its article left out."""
    return Dating(record.reading.day, record.reading.month_day, "")


def _agrees(body: Sequence[date], told: Sequence[date | None], today: date) -> bool:
    """True for days that fall, not too often over a turn of the year, and are those that the articles tell."""
    turns = body[0].year - body[-1].year
    falls = body[0] <= today and all(one >= two for one, two in pairwise(body))
    agreed = all(day is None or day == counted for counted, day in zip(body, told, strict=True))
    return falls and agreed and turns * _RECORDS_A_YEAR <= len(body)


def _dated(record: Record, day: date | None) -> Record:
    if day is None or record.reading.day is not None:
        return record
    return replace(record, reading=record.reading._replace(day=day))
