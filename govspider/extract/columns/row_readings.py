"""The dates of a page's rows, found from the texts that may be dates: a row without one is not read at all.

Every form of a date needs a digit, 年 or a word such as 昨天. Those texts, and the few that hold a label or
speak of a clock, are found by one search over all texts of the page; `read_date` then reads only the rows
that hold a label, a named column or more than one such text. What is told is what `read_date` would tell.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from functools import cached_property

from govspider.extract.columns import dates
from govspider.extract.columns.list_words import any_of, date_labels
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


class RowReadings:
    """Reads the dates of the rows of one outline."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._hints = outline.numbers_with(dates.DATE_HINT)
        spoken = {*outline.numbers_with(date_labels()), *outline.numbers_with(any_of("clock_words"))}
        self._spoken = sorted(spoken)

    @cached_property
    def _attributes(self) -> list[tuple[int, str, str]]:
        """(position, name, value) of every attribute that may tell a date."""
        found = []
        labels = date_labels()
        for node in self._outline.nodes:
            attributes = node.attributes
            if "title" not in attributes and DATE_ATTRIBUTES.isdisjoint(attributes):
                continue
            for name, value in attributes.items():
                tooltip = name == "title" and (labels.search(value) or dates.whole_date(value))
                if tooltip or name in DATE_ATTRIBUTES:
                    found.append((node.start, name, value))
        return found

    def may_show_date(self, start: int, end: int) -> bool:
        """False where no text of a range can be a date or a part of one."""
        return _any_in(self._hints, *self._outline.range_of(start, end))

    def read(
        self, node: Node, end: int, link: Node | None, url: str | None, headers: dict[int, str] = _NO_HEADERS
    ) -> DateReading:
        """The date of the record that begins with `node` and reaches to position `end`, with all its evidence."""
        first, last = self._outline.range_of(node.start, end)
        title = (link.start, link.end) if link is not None else _NO_LINK
        if headers or _any_in(self._spoken, first, last):
            return read_date(self._cells(first, last, title, headers), self._attributes_in(node), url)
        hinted = _in(self._hints, first, last)
        if hinted:
            inside = (link.first, link.last) if link is not None else _NO_LINK
            reading = self._own_tag(hinted, inside, url)
            if reading is not None:
                return reading
            return read_unmarked(self._cells(first, last, title, headers), self._attributes_in(node), url)
        return from_attributes(self._attributes_in(node), ()) or url_reading(url)

    def read_before(self, start: int, end: int, pieces: int) -> DateReading:
        """The date that the last `pieces` texts of a range tell, with no attributes and no address."""
        first, last = self._outline.range_of(start, end)
        first = max(first, last - pieces)
        if not _any_in(self._hints, first, last):
            return url_reading(None)
        return read_date(self._cells(first, last, _NO_LINK, _NO_HEADERS), (), None)

    def _own_tag(self, hinted: list[int], inside: tuple[int, int], url: str | None) -> DateReading | None:
        """A text that is nothing but a date, outside of the title first."""
        texts = self._outline.texts
        for in_link in (False, True):
            found: dict[date, str] = {}
            for number in hinted:
                if (inside[0] <= number < inside[1]) is in_link and (day := dates.whole_date(texts[number])):
                    found.setdefault(day, texts[number])
            if found:
                return one_day(found, "in_link" if in_link else "own_tag", url)
        return None

    def _cells(self, first: int, last: int, title: tuple[int, int], headers: dict[int, str]) -> list[Cell]:
        return cells_of(self._outline, self._outline.pieces[first:last], title, headers)

    def _attributes_in(self, node: Node) -> list[tuple[str, str]]:
        return [(name, value) for place, name, value in self._attributes if node.start <= place < node.end]


def _any_in(numbers: list[int], first: int, last: int) -> bool:
    place = bisect_left(numbers, first)
    return place < len(numbers) and numbers[place] < last


def _in(numbers: list[int], first: int, last: int) -> list[int]:
    return numbers[bisect_left(numbers, first) : bisect_left(numbers, last)]
