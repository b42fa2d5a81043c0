"""From the records of a page and the day of looking to the observation that is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import pairwise
from types import MappingProxyType

from govspider.extract.columns.dates import dates_in, relative_day, shanghai_day
from govspider.extract.columns.record_dates import DateReading
from govspider.extract.columns.records import Group, Record
from govspider.extract.columns.witnessed_years import latest_day, with_witnessed_years
from govspider.items import ColumnObservation, ColumnState, ListItem, UnknownReason

_XML_SOURCES = ("xml_island", "hanweb_dataproxy")
_TRUSTED_DATES = 3
_SORTED_TAIL = 3
_PINNED_LIMIT = 5


@dataclass(slots=True)
class Reading:
    """What was made of a page before the day of looking comes in."""

    state: ColumnState
    reason: UnknownReason | None = None
    groups: list[Group] = field(default_factory=list)
    source: str | None = None
    total: int | None = None
    evidence: str = ""
    paged: bool = False
    settled: bool = False
    """Articles settled which day is the newest, however many items show one."""
    notes: list[str] = field(default_factory=list)


def unbound(reading: Reading) -> Reading:
    """The same reading without the tree that it was made from: it stands for the page in a later run too."""
    return replace(reading, groups=[_unbound_group(group) for group in reading.groups])


def _unbound_group(group: Group) -> Group:
    records = [
        Record(
            record.title,
            record.url,
            record.start,
            record.end,
            reading=record.reading,
            pinned=record.pinned,
            raw_title=record.raw_title,
            tag=record.node.tag if record.node else "",
        )
        for record in group.records
    ]
    return Group(records, group.source, group.region, group.parent, group.total, group.notes)


def observation(reading: Reading, now: datetime, told: Mapping[str, date] = MappingProxyType({})) -> ColumnObservation:
    """What a page shows on the day of `now`: items, the newest day that is not future, and doubts about it.

    Parameters: `told` publish days by address of the articles that were opened, for days without a year.
    """
    today = shanghai_day(now)
    reading = _witnessed(reading, told, today)
    if reading.state not in (ColumnState.LIST, ColumnState.PORTAL) and not reading.groups:
        return _bare_observation(reading)
    items: list[ListItem] = []
    for group in reading.groups:
        items.extend(_items_of(group, now, len(items) + 1))
    future = tuple(item for item in items if item.published and item.published > today)
    past = [item for item in items if item.published and item.published <= today]
    reason, notes = _doubt(reading, items, past, future, today)
    newest = max(past, key=lambda item: item.published or date.min, default=None)
    known = newest if reason is None else None
    state = ColumnState.UNKNOWN if reason is UnknownReason.CONTRADICTORY else reading.state
    return ColumnObservation(
        state=state,
        reason=reason,
        newest=known.published if known else None,
        newest_url=known.url if known else None,
        items=len(items),
        total=reading.total,
        source=reading.source,
        list_items=tuple(items),
        future_items=future,
        evidence_text=reading.evidence,
        notes=(*reading.notes, *notes),
    )


def _witnessed(reading: Reading, told: Mapping[str, date], today: date) -> Reading:
    """The reading with the years that opened articles tell."""
    if not told or reading.reason is not None:
        return reading
    one_list = reading.state is ColumnState.LIST and len(reading.groups) == 1
    found = [with_witnessed_years(group, told, today, falls=one_list) for group in reading.groups]
    groups = [group for group, _ in found]
    return replace(reading, groups=groups, settled=any(settled for _, settled in found))


def _bare_observation(reading: Reading) -> ColumnObservation:
    return ColumnObservation(
        state=reading.state,
        reason=reading.reason,
        items=0 if reading.state is ColumnState.BLANK else None,
        total=reading.total,
        source=reading.source,
        evidence_text=reading.evidence,
        notes=tuple(reading.notes),
    )


def _items_of(group: Group, now: datetime, first: int) -> list[ListItem]:
    """The items of a group, numbered from `first` on."""
    days = [_day(record, now) for record in group.records]
    if len(days) == 1 and days[0] == shanghai_day(now) and _may_be_a_clock(group.records[0]):
        days = [None]
    leading = _leading_old(days)
    return [
        ListItem(
            position=first + index,
            title=record.title,
            url=record.url,
            published=day,
            date_text=record.reading.text,
            date_source=_date_source(group, record, day),
            pinned=record.pinned or index < leading,
        )
        for index, (record, day) in enumerate(zip(group.records, days, strict=True))
    ]


def _day(record: Record, now: datetime) -> date | None:
    reading = record.reading
    return reading.day or (relative_day(reading.relative, now) if reading.relative else None)


def _may_be_a_clock(record: Record) -> bool:
    """True for a lone link beside today's day that is no row of a list: the calendar of a page head."""
    return record.tag not in ("", "li", "tr", "dl", "article")


def _date_source(group: Group, record: Record, day: date | None) -> str:
    if day is None:
        return "none"
    if group.source in _XML_SOURCES and record.reading.source == "own_tag":
        return "xml"
    return record.reading.source


def _leading_old(days: Sequence[date | None]) -> int:
    """How many leading items are older than what follows in an otherwise falling list: they were put on top."""
    for count in range(1, min(_PINNED_LIMIT, len(days) - _SORTED_TAIL) + 1):
        top, rest = days[:count], days[count:]
        known = [day for day in rest if day]
        if len(known) < _SORTED_TAIL or not _falls(known):
            continue
        return count if all(day and day < known[0] for day in top) else 0
    return 0


def _falls(days: Sequence[date]) -> bool:
    return all(one >= two for one, two in pairwise(days))


def _latest_possible(reading: DateReading, today: date) -> date:
    """The latest day, not after today, that an undecided date could mean; `date.min` for a decided or absent one."""
    if reading.day is not None:
        return date.min
    if reading.conflict:
        return max((hit.day for hit in dates_in(reading.text) if hit.day <= today), default=date.min)
    return latest_day(reading.month_day, today) if reading.month_day else date.min


def _doubt(
    reading: Reading,
    items: Sequence[ListItem],
    past: Sequence[ListItem],
    future: Sequence[ListItem],
    today: date,
) -> tuple[UnknownReason | None, list[str]]:
    """Why the newest day is not told, and what else is odd about the days."""
    if reading.reason is not None:
        return reading.reason, []
    newest = max((item.published for item in past if item.published), default=date.min)
    for group in reading.groups:
        for record in group.records:
            if _latest_possible(record.reading, today) > newest:
                return UnknownReason.CONTRADICTORY, [f"no single day for {record.reading.text!r}"]
    if not past:
        return (
            (UnknownReason.CONTRADICTORY, ["every day lies in the future"])
            if future
            else (
                UnknownReason.UNDATED,
                ["no item shows a day"],
            )
        )
    if reading.state is ColumnState.LIST and not reading.settled and not _dated_enough(items):
        return UnknownReason.UNDATED, [f"{len(past)} of {len(items)} items show a day"]
    return _order_doubt(reading, past)


def _dated_enough(items: Sequence[ListItem]) -> bool:
    dated = [item for item in items if item.published]
    shown = [item for item in dated if item.date_source != "url"]
    if len(shown) >= _TRUSTED_DATES or len(dated) == len(items):
        return True
    # of two items one without a day may be the newer one
    return len(dated) >= _TRUSTED_DATES and len(dated) * 2 >= len(items)


def _order_doubt(reading: Reading, past: Sequence[ListItem]) -> tuple[UnknownReason | None, list[str]]:
    days = [item.published for item in past if item.published and not item.pinned]
    if reading.state is not ColumnState.LIST or len(days) < _SORTED_TAIL or _falls(days):
        return None, []
    if reading.paged and _falls(days[::-1]):
        return UnknownReason.CONTRADICTORY, ["the list runs upwards over several pages, its newest item is not here"]
    return None, ["the list is not sorted by day"]
