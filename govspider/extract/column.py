"""What a column page is and when its list was last added to; the same for the blocks of a home page.

Right or unknown: a page that cannot be read says why. Blank needs positive evidence, a date
needs a record, and where two readings of a page disagree neither is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from govspider.extract.dates import dates_in, make_day, relative_day, shanghai_day
from govspider.extract.dom_groups import dom_groups
from govspider.extract.islands import comment_group
from govspider.extract.list_answers import Answer, data_answer, delivery_of
from govspider.extract.list_delivery import find_list_requests
from govspider.extract.own_lists import OwnLists, home_groups, own_lists
from govspider.extract.page import Page
from govspider.extract.page_kinds import (
    asks_for_password,
    blank_words,
    is_article,
    is_form,
    moved_to,
    refusal,
    shell_mark,
)
from govspider.extract.record_dates import DateReading
from govspider.extract.records import Group, Record
from govspider.items import ColumnObservation, ColumnState, ListItem, UnknownReason

_XML_SOURCES = ("xml_island", "hanweb_dataproxy")
_TRUSTED_DATES = 3
_SORTED_TAIL = 3
_PINNED_LIMIT = 5
_LEAP_CYCLE = 9


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
    notes: list[str] = field(default_factory=list)


def observe_column(page: Page, now: datetime, parts: Sequence[Page] = (), *, home: bool = False) -> ColumnObservation:
    """What a column (or with `home` a home page) shows.

    Parameters: `page` the page as fetched, an XML or JSON list answer included; `now` the aware
    instant of looking, whose day in Asia/Shanghai parts today from the future; `parts` frames
    and list answers already fetched for this page. Raises ValueError for a naive `now`.
    """
    today = shanghai_day(now)
    reading = _read_home(page, parts) if home else _read_column(page, parts)
    return _observation(reading, now, today)


def _read_column(page: Page, parts: Sequence[Page]) -> Reading:
    answer = data_answer(page)
    if answer is not None:
        return _of_answer(answer)
    gone = _unreadable(page)
    if gone is not None:
        return gone
    own = page.once(own_lists)
    if own.settled and not _article_first(page, own):
        return _of_own(own)
    brought = _best_part(parts)
    if brought is not None:
        return brought
    return _unsettled(page, own, parts)


def _unreadable(page: Page) -> Reading | None:
    refused = refusal(page)
    if refused is not None:
        return Reading(ColumnState.UNKNOWN, refused[0], evidence=refused[1])
    target = moved_to(page)
    if target is not None:
        return Reading(ColumnState.EXTERNAL, evidence=target)
    return None


def _article_first(page: Page, own: OwnLists) -> bool:
    """An article with related items beside it is an article; a list of long summaries is a list."""
    if own.says_empty or own.choice.portal or any(group.source != "dom" for group in own.choice.groups):
        return False
    return not own.choice.paged and is_article(page, own.choice.groups)


def _of_own(own: OwnLists) -> Reading:
    if own.says_empty:
        return Reading(ColumnState.BLANK, evidence="total 0", total=0, source="xml_island")
    if own.choice.rivals:
        return _rivals(own)
    state = ColumnState.PORTAL if own.choice.portal else ColumnState.LIST
    groups = own.choice.groups
    return Reading(state, groups=groups, source=groups[0].source, total=own.total, paged=own.choice.paged)


def _rivals(own: OwnLists) -> Reading:
    groups = own.choice.groups
    notes = [f"{len(groups)} groups of records could be the list, and their newest days differ"]
    return Reading(ColumnState.UNKNOWN, UnknownReason.CONTRADICTORY, groups, groups[0].source, notes=notes)


def _of_answer(answer: Answer) -> Reading:
    if answer.group is not None:
        return Reading(ColumnState.LIST, groups=[answer.group], source=answer.source, total=answer.total)
    if answer.says_empty:
        return Reading(ColumnState.BLANK, evidence="total 0", total=0, source=answer.source)
    return Reading(ColumnState.UNKNOWN, UnknownReason.DRIFT, source=answer.source, evidence="no records in the answer")


def _best_part(parts: Sequence[Page]) -> Reading | None:
    """The list among the fetched parts: records first, then a part that says it is empty."""
    readings = [reading for part in parts if (reading := _read_part(part)) is not None]
    ranked = sorted(readings, key=lambda reading: (reading.state != ColumnState.BLANK, _items(reading)), reverse=True)
    return ranked[0] if ranked else None


def _items(reading: Reading) -> int:
    return sum(len(group.records) for group in reading.groups)


def _read_part(part: Page) -> Reading | None:
    answer = data_answer(part)
    if answer is not None:
        reading = _of_answer(answer)
        return reading if reading.state in (ColumnState.LIST, ColumnState.BLANK) else None
    if _unreadable(part) is not None:
        return None
    source = delivery_of(part.url, "frame")
    own = part.once(own_lists)
    if own.choice.groups or own.says_empty:
        reading = _of_own(own)
    elif words := blank_words(part):
        reading = Reading(ColumnState.BLANK, evidence=words)
    else:
        return None
    reading.source = source
    return reading


def _unsettled(page: Page, own: OwnLists, parts: Sequence[Page]) -> Reading:
    """Pages whose markup shows no certain list: what else they are, in the order of the evidence."""
    if own.delivered:
        return _behind(page, parts) or Reading(
            ColumnState.UNKNOWN, UnknownReason.NEEDS_BROWSER, evidence="the list is brought by a script"
        )
    if is_article(page, own.choice.groups):
        return Reading(ColumnState.ARTICLE)
    if own.choice.groups:
        return _of_own(own)
    if is_form(page):
        return Reading(ColumnState.FORM)
    return _empty(page) or _behind(page, parts) or _no_list(page)


def _behind(page: Page, parts: Sequence[Page]) -> Reading | None:
    """A list behind a request that nobody has made yet: it is not known, and a browser is not needed for it."""
    requests = find_list_requests(page) if not parts else ()
    if not requests:
        return None
    return Reading(ColumnState.UNKNOWN, UnknownReason.NOT_CHECKED, evidence=f"the list stands behind {requests[0].url}")


def _empty(page: Page) -> Reading | None:
    """A page that says it is empty, or one that keeps its records in a comment."""
    if words := blank_words(page):
        return Reading(ColumnState.BLANK, evidence=words, source="dom")
    hidden = comment_group(page)
    if hidden is None:
        return None
    notes = ["the records stand in a comment of the page; a script shows the list, so they may be old"]
    return Reading(ColumnState.LIST, groups=[hidden], source="comment", notes=notes)


def _no_list(page: Page) -> Reading:
    if asks_for_password(page):
        return Reading(ColumnState.UNKNOWN, UnknownReason.NEEDS_LOGIN, evidence="password field")
    mark = shell_mark(page)
    if mark:
        return Reading(ColumnState.UNKNOWN, UnknownReason.NEEDS_BROWSER, evidence=mark)
    return Reading(ColumnState.UNKNOWN, UnknownReason.DRIFT, evidence="no list, no text, no words of emptiness")


def _read_home(page: Page, parts: Sequence[Page]) -> Reading:
    gone = _unreadable(page)
    if gone is not None:
        return gone
    groups = home_groups(page)
    for part in parts:
        answer = data_answer(part)
        if answer is not None:
            groups.extend([answer.group] if answer.group else [])
        elif _unreadable(part) is None:
            groups.extend(home_groups(part))
    if groups:
        state = ColumnState.PORTAL if len(groups) > 1 else ColumnState.LIST
        return Reading(state, groups=groups, source=groups[0].source)
    return _undated_home(page)


def _undated_home(page: Page) -> Reading:
    groups = page.once(dom_groups)
    mark = shell_mark(page)
    if not groups and mark:
        return Reading(ColumnState.UNKNOWN, UnknownReason.NEEDS_BROWSER, evidence=mark)
    if not groups and asks_for_password(page):
        return Reading(ColumnState.UNKNOWN, UnknownReason.NEEDS_LOGIN, evidence="password field")
    reason = UnknownReason.NEEDS_BROWSER if mark else UnknownReason.UNDATED
    return Reading(ColumnState.PORTAL, reason, groups=groups, source="dom", evidence=mark)


def _observation(reading: Reading, now: datetime, today: date) -> ColumnObservation:
    if reading.state not in (ColumnState.LIST, ColumnState.PORTAL) and not reading.groups:
        return _bare_observation(reading)
    items = [item for group in reading.groups for item in _items_of(group, now)]
    items = _renumbered(items)
    future = tuple(item for item in items if item.published and item.published > today)
    past = [item for item in items if item.published and item.published <= today]
    reason, notes = _doubt(reading, items, past, future, today)
    newest = max(past, key=lambda item: item.published or date.min, default=None)
    told = newest if reason is None else None
    state = ColumnState.UNKNOWN if reason is UnknownReason.CONTRADICTORY else reading.state
    return ColumnObservation(
        state=state,
        reason=reason,
        newest=told.published if told else None,
        newest_url=told.url if told else None,
        items=len(items),
        total=reading.total,
        source=reading.source,
        list_items=tuple(items),
        future_items=future,
        evidence_text=reading.evidence,
        notes=(*reading.notes, *notes),
    )


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


def _items_of(group: Group, now: datetime) -> list[ListItem]:
    days = [_day(record, now) for record in group.records]
    if len(days) == 1 and days[0] == shanghai_day(now) and _may_be_a_clock(group.records[0]):
        days = [None]
    leading = _leading_old(days)
    return [
        ListItem(
            position=index + 1,
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
    return record.node is not None and record.node.tag not in ("li", "tr", "dl", "article")


def _date_source(group: Group, record: Record, day: date | None) -> str:
    if day is None:
        return "none"
    if group.source in _XML_SOURCES and record.reading.source == "own_tag":
        return "xml"
    return record.reading.source


def _renumbered(items: Iterable[ListItem]) -> list[ListItem]:
    return [
        ListItem(index, item.title, item.url, item.published, item.date_text, item.date_source, item.pinned)
        for index, item in enumerate(items, start=1)
    ]


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
    if reading.month_day is None:
        return date.min
    month, day = reading.month_day
    candidates = (make_day(today.year - back, month, day) for back in range(_LEAP_CYCLE))
    return next((found for found in candidates if found and found <= today), date.min)


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
    if reading.state is ColumnState.LIST and not _dated_enough(items):
        return UnknownReason.UNDATED, [f"{len(past)} of {len(items)} items show a day"]
    return _order_doubt(reading, past)


def _dated_enough(items: Sequence[ListItem]) -> bool:
    dated = [item for item in items if item.published]
    shown = [item for item in dated if item.date_source != "url"]
    return len(dated) * 2 >= len(items) or len(shown) >= _TRUSTED_DATES


def _order_doubt(reading: Reading, past: Sequence[ListItem]) -> tuple[UnknownReason | None, list[str]]:
    days = [item.published for item in past if item.published and not item.pinned]
    if reading.state is not ColumnState.LIST or len(days) < _SORTED_TAIL or _falls(days):
        return None, []
    if reading.paged and _falls(days[::-1]):
        return UnknownReason.CONTRADICTORY, ["the list runs upwards over several pages, its newest item is not here"]
    return None, ["the list is not sorted by day"]
