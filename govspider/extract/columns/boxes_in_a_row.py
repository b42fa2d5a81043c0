"""Lists cut into boxes of one make: a box per page that a script shows, per year, or per day under its heading.

Boxes of other columns stand in a row as well, but each of them begins with its own newest item; the
boxes of one list go on where the one before ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from govspider.extract.columns import dates
from govspider.extract.columns.month_headings import is_period_heading
from govspider.extract.columns.outline import Node, Outline
from govspider.extract.columns.record_dates import DateReading
from govspider.extract.columns.records import Group

_ONE_TWO = "1\x002"
"""How the texts 1 and 2, one behind the other, stand in `Outline.joined`."""
_TOP = 5
_SURE_HEADINGS = 3
_WORDS_OF_PAGER = 3


def goes_on(outline: Outline, previous: Group, group: Group) -> bool:
    """True for the next box of the same make when nothing but a year or a day stands between and its days go on."""
    if not _same_make(outline, previous, group) or not nothing_between(outline, previous, group):
        return False
    above, below = (_days(part) for part in (previous, group))
    if not above or not below:
        return False
    first = max(range(min(_TOP, len(above))), key=lambda index: above[index])
    falling = all(one >= two for one, two in pairwise(above[first:]))
    return (falling and above[-1] >= max(below)) or _rise(above, below)


def _rise(above: list[date], below: list[date]) -> bool:
    """True for boxes that run upwards together: a block of another column begins with its own newest item."""
    rising = all(one <= two for one, two in pairwise([*above, *below]))
    return rising and (above[0] < above[-1] or below[0] < below[-1])


def stand_in_a_row(outline: Outline, previous: Group, group: Group) -> bool:
    """True for two boxes of one make, one right behind the other: pages or tabs of which a script shows one."""
    return _same_make(outline, previous, group) and nothing_between(outline, previous, group)


def numbered_pages(outline: Outline, groups: Sequence[Group]) -> set[int]:
    """Numbers of the groups that go on the one before, because links 1 2 3 below a row of boxes count the boxes.

    `groups` in document order. Such boxes are the pages of one list, in whatever order its items stand.
    """
    if _ONE_TWO not in outline.joined:
        return set()
    texts = outline.texts
    ends = {number for number in range(1, len(texts)) if texts[number] == "2" and texts[number - 1] == "1"}
    if not ends:
        return set()
    found: set[int] = set()
    run: list[int] = []
    for number in range(1, len(groups) + 1):
        if number < len(groups) and stand_in_a_row(outline, groups[number - 1], groups[number]):
            run.append(number)
        elif run:
            if _are_counted(outline, groups[run[-1]].end, len(run) + 1):
                found.update(run)
            run = []
    return found


def _are_counted(outline: Outline, place: int, boxes: int) -> bool:
    """True when the numbers 1 to `boxes`, and no further one, stand right behind a place."""
    first = outline.range_of(place, outline.end)[0]
    behind = outline.texts[first : first + _WORDS_OF_PAGER + boxes + 1]
    start = behind.index("1") if "1" in behind[: _WORDS_OF_PAGER + 1] else -1
    counted = [str(number) for number in range(1, boxes + 1)]
    return start >= 0 and behind[start : start + boxes] == counted and behind[start + boxes :][:1] != [str(boxes + 1)]


def _days(group: Group) -> list[date]:
    return [record.reading.day for record in group.records if record.reading.day]


def _same_make(outline: Outline, previous: Group, group: Group) -> bool:
    if previous.parent < 0 or group.parent < 0 or previous.region != group.region:
        return False
    one, two = (_holder(outline, part) for part in (previous, group))
    if one is None or two is None or one is two or one.parent != two.parent or one.tag != two.tag:
        return False
    tags = {outline.node(part.parent).tag for part in (previous, group)}
    return len(tags) == 1 and one.element.get("class") == two.element.get("class")


def _holder(outline: Outline, group: Group) -> Node | None:
    return next(outline.ancestors(outline.node(group.parent).index), None)


def nothing_between(outline: Outline, previous: Group, group: Group) -> bool:
    """True when no word, but a year, a month or a day at most, stands between two groups."""
    first, last = outline.range_of(previous.end, group.start)
    if last - first > 1:
        return False
    return all(is_period_heading(text) or dates.whole_date(text) is not None for text in outline.texts[first:last])


def date_by_day_headings(outline: Outline, groups: Sequence[Group]) -> None:
    """Give boxes without days the day that stands above each of them, where at least three such days fall in a row.

    `groups` in document order. One day above a list may be today's, and dates nothing.
    """
    run: list[tuple[Group, date, str]] = []
    for group in groups:
        heading = _day_above(outline, group)
        if heading is None or (run and not (_same_make(outline, run[-1][0], group) and heading[0] < run[-1][1])):
            _give(run)
            run = []
        if heading is not None:
            run.append((group, *heading))
    _give(run)


def _day_above(outline: Outline, group: Group) -> tuple[date, str] | None:
    """The day right above an undated group, inside the box that holds both."""
    if group.parent < 0 or any(record.reading.source not in ("none", "url") for record in group.records):
        return None
    holder = _holder(outline, group)
    first, last = outline.range_of(holder.start, group.start) if holder is not None else (0, 0)
    if last - first != 1 or outline.node(outline.owners[first]).tag in ("a", "option"):
        return None
    day = dates.whole_date(outline.texts[first])
    return (day, outline.texts[first]) if day else None


def _give(run: Sequence[tuple[Group, date, str]]) -> None:
    if len(run) < _SURE_HEADINGS:
        return
    for group, day, text in run:
        for record in group.records:
            record.reading = DateReading(day, text, "split")
