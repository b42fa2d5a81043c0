"""Lists cut by headings such as 2026年11月, whose rows show the day only (21日) or month and day without the year."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from govspider.extract.columns import dates
from govspider.extract.columns.outline import Node, Outline, Piece
from govspider.extract.columns.record_dates import DateReading
from govspider.extract.columns.records import Record

_HEADING = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s?(?:[年./-]\s?(?P<month>\d{1,2})?\s?月?)?(?:份|度)?\s*(?:[(（\[].{0,12}[)）\]])?"
)
_DAY_ALONE = re.compile(r"[\s\[(【]*(?P<day>\d{1,2})\s?(?P<unit>[日号])?[\s\])】]*")
_YEAR_BEGINS = "12１２"
_YEAR_BEGINNING = re.compile(r"[1１][9９]\d\d|[2２][0０]\d\d")
_LEVELS = 2
_LONGEST = 24


def is_period_heading(text: str) -> bool:
    """True for a text that is nothing but a year, or a year and a month."""
    return _HEADING.fullmatch(dates.normalise(text)) is not None


class Headings:
    """The headings of an outline that are a year, or a year and a month, gathered when a row first asks."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline

    @cached_property
    def _places(self) -> list[int]:
        return [piece.start for piece, _ in self._found]

    @cached_property
    def _found(self) -> list[tuple[Piece, re.Match[str]]]:
        """Headings in order; a link to a year is none."""
        found = []
        for number, text in enumerate(self._outline.texts):
            if text[0] not in _YEAR_BEGINS or len(text) > _LONGEST or not _YEAR_BEGINNING.match(text):
                continue
            match = _HEADING.fullmatch(dates.normalise(text))
            piece = self._outline.piece(number)
            if match and not _is_choice(self._outline, self._outline.node(piece.node)):
                found.append((piece, match))
        return found

    def above(self, records: Sequence[Record]) -> list[tuple[Piece, re.Match[str]]]:
        """Headings from some levels above a group to its last record, in order."""
        if not self._found:
            return []
        node = records[0].node
        assert node is not None
        start = [node, *self._outline.ancestors(node.index)][: _LEVELS + 2][-1].start
        places, begins = self._places, [record.start for record in records]
        # of the headings above the group only the last one counts
        first = max(bisect_left(places, start), bisect_left(places, begins[0]) - 1)
        near = self._found[first : bisect_left(places, begins[-1])]
        # a year inside a record is a part of its own day: the next record may be of the year before
        return [pair for pair in near if self._spans_rows(pair[0]) or not _inside(records, begins, pair[0].start)]

    def _spans_rows(self, piece: Piece) -> bool:
        """True for a cell that stands beside several rows: the heading of them all, in the first of them."""
        rows = self._outline.node(piece.node).attributes.get("rowspan", "").strip()
        return rows.isdigit() and int(rows) > 1


def _inside(records: Sequence[Record], begins: Sequence[int], place: int) -> bool:
    """True for a place inside a record; `begins` are where the records begin, sorted."""
    number = bisect_right(begins, place) - 1
    return number >= 0 and place < records[number].end


def date_by_headings(outline: Outline, headings: Headings, records: Sequence[Record]) -> None:
    """Give records that show a day without its year the year and month of the heading above them."""
    open_records = [record for record in records if record.reading.source in ("none", "url", "month_day")]
    if not open_records or open_records[0].node is None or open_records[0].node.parent < 0:
        return
    above = headings.above(records)
    if not above:
        return
    found = [(record, reading) for record in open_records if (reading := _reading(outline, record, above))]
    if len(found) * 2 >= len(open_records) and not _are_numbers(found):
        for record, reading in found:
            record.reading = reading


def _is_choice(outline: Outline, owner: Node) -> bool:
    return any(node.tag in ("a", "option", "label") for node in (owner, *list(outline.ancestors(owner.index))[:2]))


def _reading(outline: Outline, record: Record, headings: Sequence[tuple[Piece, re.Match[str]]]) -> DateReading | None:
    number = bisect_left(headings, record.end, key=lambda pair: pair[0].start)
    if not number:
        return None
    above = headings[number - 1][1]
    year, month = int(above["year"]), above["month"]
    if record.reading.month_day:
        day = dates.make_day(year, *record.reading.month_day)
        fits = month is None or int(month) == record.reading.month_day[0]
        return DateReading(day, f"{above.group()} {record.reading.text}", "split") if day and fits else None
    if month is None:
        return None
    for piece in outline.pieces_between(record.start, record.end):
        inside = record.link is not None and record.link.start <= piece.start < record.link.end
        match = _DAY_ALONE.fullmatch(dates.normalise(piece.text))
        if match and (not inside or match["unit"]) and (day := dates.make_day(year, int(month), int(match["day"]))):
            return DateReading(day, f"{above.group()} {piece.text}", "split")
    return None


def _are_numbers(found: Sequence[tuple[Record, DateReading]]) -> bool:
    """True for rows that are counted, 1 2 3: no days."""
    numbers = [reading.day.day for _, reading in found if reading.day]
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))
