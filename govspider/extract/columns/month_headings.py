"""Lists cut by headings such as 2026年11月, whose rows show the day only (21日) or month and day without the year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govspider.extract.columns import dates
from govspider.extract.columns.outline import Node, Outline, Piece
from govspider.extract.columns.record_dates import DateReading
from govspider.extract.columns.records import Record

_HEADING = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s?(?:[年./-]\s?(?P<month>\d{1,2})?\s?月?)?(?:份|度)?\s*(?:[(（\[].{0,12}[)）\]])?"
)
_DAY_ALONE = re.compile(r"[\s\[(【]*(?P<day>\d{1,2})\s?(?P<unit>[日号])?[\s\])】]*")
_YEAR_BEGINS = "12１２"
_LEVELS = 2
_LONGEST = 24


def is_period_heading(text: str) -> bool:
    """True for a text that is nothing but a year, or a year and a month."""
    return _HEADING.fullmatch(dates.normalise(text)) is not None


def date_by_headings(outline: Outline, records: Sequence[Record]) -> None:
    """Give records that show a day without its year the year and month of the heading above them."""
    open_records = [record for record in records if record.reading.source in ("none", "url", "month_day")]
    if not open_records or open_records[0].node is None or open_records[0].node.parent < 0:
        return
    headings = _headings(outline, records)
    if not headings:
        return
    found = [(record, reading) for record in open_records if (reading := _reading(outline, record, headings))]
    if len(found) * 2 >= len(open_records) and not _are_numbers(found):
        for record, reading in found:
            record.reading = reading


def _headings(outline: Outline, records: Sequence[Record]) -> list[tuple[Piece, re.Match[str]]]:
    """Headings from some levels above the group to its last record, in order; a link to a year is none."""
    node = records[0].node
    assert node is not None
    above = [node, *outline.ancestors(node.index)][: _LEVELS + 2][-1]
    found = []
    for piece in outline.pieces_between(above.start, records[-1].start):
        if (
            len(piece.text) <= _LONGEST
            and piece.text[0] in _YEAR_BEGINS
            and (match := _HEADING.fullmatch(dates.normalise(piece.text)))
        ):
            owner = outline.nodes[piece.node]
            # a year inside a record is a part of its own day: the next record may be of the year before
            inside = any(record.start <= piece.start < record.end for record in records)
            if not inside and not _is_choice(outline, owner):
                found.append((piece, match))
    return found


def _is_choice(outline: Outline, owner: Node) -> bool:
    return any(node.tag in ("a", "option", "label") for node in (owner, *list(outline.ancestors(owner.index))[:2]))


def _reading(outline: Outline, record: Record, headings: Sequence[tuple[Piece, re.Match[str]]]) -> DateReading | None:
    above = [match for piece, match in headings if piece.start < record.start]
    if not above:
        return None
    year, month = int(above[-1]["year"]), above[-1]["month"]
    if record.reading.month_day:
        day = dates.make_day(year, *record.reading.month_day)
        fits = month is None or int(month) == record.reading.month_day[0]
        return DateReading(day, f"{above[-1].group()} {record.reading.text}", "split") if day and fits else None
    if month is None:
        return None
    for piece in outline.pieces_between(record.start, record.end):
        inside = record.link is not None and record.link.start <= piece.start < record.link.end
        match = _DAY_ALONE.fullmatch(dates.normalise(piece.text))
        if match and (not inside or match["unit"]) and (day := dates.make_day(year, int(month), int(match["day"]))):
            return DateReading(day, f"{above[-1].group()} {piece.text}", "split")
    return None


def _are_numbers(found: Sequence[tuple[Record, DateReading]]) -> bool:
    """True for rows that are counted, 1 2 3: no days."""
    numbers = [reading.day.day for _, reading in found if reading.day]
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))
