"""The dates of a page's rows, found from the texts that may be dates: a row without one is not read at all.

Every form of a date needs a digit, 年 or a word such as 昨天. Those texts, and the few that hold a label or
speak of a clock, are found by one search over all texts of the page; `read_date` then reads only the rows
that hold a label, a named column or more than one such text. What is told is what `read_date` would tell.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date
from functools import cached_property

from govspider.extract.columns import dates
from govspider.extract.columns.list_words import any_of, date_labels, list_hint
from govspider.extract.columns.outline import Node, Outline
from govspider.extract.columns.record_dates import (
    DATE_ATTRIBUTES,
    Cell,
    DateReading,
    cells_of,
    from_attributes,
    one_day,
    read_date,
    read_unmarked,
    url_reading,
)

_NO_HEADERS: dict[int, str] = {}
_NO_LINK = (-1, -1)
_TELLING_NAMES = DATE_ATTRIBUTES | {"title"}
_BREAK = "\x00"
_YEAR = re.compile(r"\d{4}|年")


class RowReadings:
    """Reads the dates of the rows of one outline."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._hints = outline.numbers_with(dates.DATE_HINT, dates.DATE_CHARACTER)
        self._alone = [number for number in self._hints if not dates.says_words(outline.texts[number])]
        labelled = outline.numbers_with(date_labels(), list_hint())
        spoken = {*labelled, *outline.numbers_with(any_of("clock_words"), list_hint())}
        self._spoken = sorted(spoken)
        alone = set(self._alone)
        # words around digits without a year (二级栏目1-2) are a name, not a date
        known = alone | spoken
        self._telling = [number for number in self._hints if number in known or _YEAR.search(outline.texts[number])]

    @cached_property
    def _attributes(self) -> list[tuple[int, str, str]]:
        """(position, name, value) of every attribute that may tell a date."""
        holders = self._outline.nodes_of(self._outline.carriers(_TELLING_NAMES))
        tooltips = [(node.start, node.attributes["title"]) for node in holders if "title" in node.attributes]
        labelled = date_labels().search(_BREAK.join(tooltip for _, tooltip in tooltips)) is not None
        telling = {place for place, tooltip in tooltips if labelled or dates.whole_date(tooltip)}
        found = []
        for node in holders:
            if node.start in telling or not DATE_ATTRIBUTES.isdisjoint(node.attributes):
                for name, value in node.attributes.items():
                    if name in DATE_ATTRIBUTES or (name == "title" and node.start in telling):
                        found.append((node.start, name, value))
        return found

    def may_tell_day(self, node: Node) -> bool:
        """False where neither a text nor an attribute inside an element tells a day, or a part of one."""
        return _any_in(self._telling, node.first, node.last) or bool(self._attributes_between(node.start, node.end))

    def may_show_date(self, start: int, end: int) -> bool:
        """False where no text of a range can be a date or a part of one."""
        return _any_in(self._hints, *self._outline.range_of(start, end))

    def read(
        self, node: Node, end: int, link: Node | None, url: str | None, headers: dict[int, str] = _NO_HEADERS
    ) -> DateReading:
        """The date of the record that begins with `node` and reaches to position `end`, with all its evidence."""
        first, last = (node.first, node.last) if end == node.end else self._outline.range_of(node.start, end)
        if headers or (self._spoken and _any_in(self._spoken, first, last)):
            return read_date(self._cells(first, last, link, headers), self._attributes_of(node, end), url)
        inside = (link.first, link.last) if link is not None else _NO_LINK
        alone = _in(self._alone, first, last)
        reading = self._own_tag(alone, inside, url) if alone else None
        if reading is not None:
            return reading
        if alone or (inside != (first, last) and self._hints_outside(first, last, inside)):
            return read_unmarked(self._cells(first, last, link, headers), self._attributes_of(node, end), url)
        return from_attributes(self._attributes_of(node, end), ()) or url_reading(url)

    def _hints_outside(self, first: int, last: int, inside: tuple[int, int]) -> bool:
        """True when a text outside of the title may hold a date; of the title itself only whole texts count."""
        place = bisect_left(self._hints, first)
        for number in self._hints[place : bisect_left(self._hints, last, place)]:
            if not inside[0] <= number < inside[1]:
                return True
        return False

    def read_before(self, start: int, end: int, pieces: int) -> DateReading:
        """The date that the last `pieces` texts of a range tell, with no attributes and no address."""
        first, last = self._outline.range_of(start, end)
        first = max(first, last - pieces)
        if not _any_in(self._hints, first, last):
            return url_reading(None)
        return read_date(self._cells(first, last, None, _NO_HEADERS), (), None)

    def _own_tag(self, alone: list[int], inside: tuple[int, int], url: str | None) -> DateReading | None:
        """A text that is nothing but a date, outside of the title first."""
        texts = self._outline.texts
        for in_link in (False, True):
            found: dict[date, str] = {}
            for number in alone:
                if (inside[0] <= number < inside[1]) is in_link and (day := dates.whole_date(texts[number])):
                    found.setdefault(day, texts[number])
            if found:
                return one_day(found, "in_link" if in_link else "own_tag", url)
        return None

    def _cells(self, first: int, last: int, link: Node | None, headers: dict[int, str]) -> list[Cell]:
        title = (link.start, link.end) if link is not None else _NO_LINK
        return cells_of(self._outline, self._outline.pieces_of(first, last), title, headers)

    def _attributes_of(self, node: Node, end: int) -> list[tuple[str, str]]:
        """Attributes of a record: what follows a row is the next one's, but a term's description is its own."""
        return self._attributes_between(node.start, end if node.tag == "dt" else node.end)

    def _attributes_between(self, start: int, end: int) -> list[tuple[str, str]]:
        found = self._attributes
        if not found:
            return []
        first = bisect_left(found, start, key=_place_of)
        return [(name, value) for _, name, value in found[first : bisect_left(found, end, key=_place_of)]]


def _place_of(attribute: tuple[int, str, str]) -> int:
    return attribute[0]


def _any_in(numbers: list[int], first: int, last: int) -> bool:
    place = bisect_left(numbers, first)
    return place < len(numbers) and numbers[place] < last


def _in(numbers: list[int], first: int, last: int) -> list[int]:
    place = bisect_left(numbers, first)
    return numbers[place : bisect_left(numbers, last, place)]
