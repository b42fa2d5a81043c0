"""The publish date of one record: evidence in order of trust, and silence where evidence disagrees.

Order: labelled date, date column of a table, a tag that holds nothing but the date, a short
text with one date, attributes, split day and month, month-day, relative words, the address.
A date inside a title or a summary is never the record's date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from govspider.extract.columns import dates
from govspider.extract.columns.list_words import any_of, date_labels, general_rank, label_rank, words
from govspider.extract.columns.outline import Outline, Piece

_LOOSE_TEXT = 40
_LABEL_GAP = 4
_URL_AGREEMENT = 1
_MOST_PIECES = 7
DATE_ATTRIBUTES = frozenset(
    {"rq", "readlabel", "datetime", "data-time", "data-date", "data-publishtime", "data-pubdate", "pubdate"}
)
"""Attributes whose value is a record's date."""
_LABEL_MARKS = " :[](（【"
_WORD_BEFORE = re.compile(r"[\u4e00-\u9fff]{1,6}$")
_SPAN = re.compile(r"[至到~]\s*(?:19|20)\d{2}|\d日?\s*[前止起]|期限?\s*:")
_DAY_OF_MONTH = re.compile(r"(?P<day>[0-3]?\d)\s?[日号]")
_SENTENCE = re.compile(r"[，。；！？]")


class DateReading(NamedTuple):
    """The date of a record as far as its own page tells: a day, or a form that needs the list or the clock."""

    day: date | None
    text: str
    source: str
    month_day: tuple[int, int] | None = None
    relative: str = ""
    conflict: bool = False


UNDATED = DateReading(None, "", "none")


@dataclass(slots=True)
class Cell:
    """One text of a record: what it says, whether the title link holds it, what its table column is called."""

    text: str
    in_title: bool
    header: str = ""


def read_date(cells: Sequence[Cell], attributes: Iterable[tuple[str, str]], url: str | None) -> DateReading:
    """The date of one record. `attributes` are (name, value) of its elements, `url` its absolute address."""
    if any(any_of("clock_words").search(cell.text) for cell in cells if not cell.in_title):
        return url_reading(url)
    reading = _labelled(cells, url) or _by_header(cells, url) or _own_tag(cells, url)
    return reading or read_unmarked(cells, attributes, url)


def read_unmarked(cells: Sequence[Cell], attributes: Iterable[tuple[str, str]], url: str | None) -> DateReading:
    """The date of a record in which no label, no column header and no tag of its own tells it."""
    reading = _joined(cells, url) or _loose(cells, url) or from_attributes(attributes, cells)
    return reading or _weak_form(cells) or _of_address(cells, url)


def _of_address(cells: Sequence[Cell], url: str | None) -> DateReading:
    """The day of the address, unless the record shows another day of the month: then the address is not its day."""
    reading = url_reading(url)
    shown = [match for cell in cells if not cell.in_title and (match := _DAY_OF_MONTH.fullmatch(cell.text.strip()))]
    fits = reading.day is None or all(int(match["day"]) == reading.day.day for match in shown)
    return reading if fits else UNDATED


def url_reading(url: str | None) -> DateReading:
    """The day that stands in an address, the last resort."""
    found = dates.date_in_url(url or "")
    return DateReading(found.day, found.day.isoformat(), "url") if found.day else UNDATED


def _labelled(cells: Sequence[Cell], url: str | None) -> DateReading | None:
    """A date behind 发布时间： and its kin, in one text or in the next one; the best label wins."""
    texts = [dates.normalise(cell.text) for cell in cells]
    if not any(date_labels().search(text) for text in texts):
        return None
    found: list[tuple[int, DateReading]] = []
    pending = ""
    for cell, text in zip(cells, texts, strict=True):
        hits = dates.dates_in(text)
        for hit in hits:
            label = _label_before(text, hit.start) or (pending if hit.start < _LABEL_GAP else "")
            rank = label_rank(label) if label else None
            if rank is not None and not (cell.in_title and _SENTENCE.search(text)):
                found.append((rank, DateReading(hit.day, hit.text, "label")))
        if not hits and (compact := _compact_after_label(text, pending)):
            found.append((0, DateReading(compact, text, "label")))
        pending = label_at_end(text)
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _label_before(text: str, start: int) -> str:
    """The date label that ends right before a position, '' when there is none."""
    last = None
    for match in date_labels().finditer(text, 0, start):
        last = match
    if last is None or text[last.end() : start].strip(_LABEL_MARKS):
        return ""
    return _whole_label(text, last)


def label_at_end(text: str) -> str:
    """The date label that a text ends with, such as a table header or the words before a date; '' for none."""
    bare = text.rstrip(_LABEL_MARKS + "↓↑▼")
    found = list(date_labels().finditer(bare))
    return _whole_label(bare, found[-1]) if found and found[-1].end() == len(bare) else ""


def _whole_label(text: str, match: re.Match[str]) -> str:
    """A general word such as 时间 takes the word before it along: 拍卖时间 is no publish time."""
    rank = label_rank(match.group())
    if rank is None or rank < general_rank():
        return match.group()
    before = _WORD_BEFORE.search(text[: match.start()])
    return (before.group() if before else "") + match.group()


def _compact_after_label(text: str, pending: str) -> date | None:
    """20251107 is a date only behind a label: alone it may be a view counter."""
    match = re.fullmatch(r"(?:(?P<label>\D+?)\s*:\s*)?(?P<digits>20\d{6})", text)
    if match is None:
        return None
    label = label_at_end(match["label"] or "") or pending
    return dates.field_date(match["digits"]) if label and label_rank(label) is not None else None


def _by_header(cells: Sequence[Cell], url: str | None) -> DateReading | None:
    """A date in a table column whose header is a date label; columns of other days are silent."""
    found: list[tuple[int, DateReading]] = []
    for cell in cells:
        rank = label_rank(cell.header) if cell.header else None
        if rank is None or cell.in_title:
            continue
        text = dates.normalise(cell.text)
        if day := dates.field_date(text):
            found.append((rank, DateReading(day, text, "table_column")))
        elif pair := dates.month_day(text):
            found.append((rank, DateReading(None, text, "month_day", month_day=pair)))
        elif dates.is_relative(text):
            found.append((rank, DateReading(None, text, "relative", relative=text)))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _own_tag(cells: Sequence[Cell], url: str | None) -> DateReading | None:
    """A tag that holds nothing but a date, outside the title first; two different days decide nothing."""
    for inside, source in ((False, "own_tag"), (True, "in_link")):
        found: dict[date, str] = {}
        previous = ""
        for cell in cells:
            if cell.in_title == inside and not _ignored(cell, previous) and (day := dates.whole_date(cell.text)):
                found.setdefault(day, cell.text)
            previous = cell.text
        if found:
            return one_day(found, source, url)
    return None


def _ignored(cell: Cell, previous: str) -> bool:
    """True when the column or the label in front says that this is another day than the publish day."""
    label = cell.header or label_at_end(dates.normalise(previous))
    return bool(label) and any_ignored(label)


def any_ignored(label: str) -> bool:
    """True when a label names a day that is not the publish day: 截止日期, 拍卖时间."""
    return label_rank(label) is None and (
        label.endswith(("时间", "日期")) or any(word in label for word in words("date_labels")["ignored"])
    )


def one_day(found: dict[date, str], source: str, url: str | None) -> DateReading:
    """The reading of the days found with their texts: of several the one that the address confirms, else a conflict."""
    if len(found) == 1:
        day, text = next(iter(found.items()))
        return DateReading(day, text, source)
    hint = dates.date_in_url(url or "").day
    near = [day for day in found if hint and abs((day - hint).days) <= _URL_AGREEMENT]
    if len(near) == 1:
        return DateReading(near[0], found[near[0]], source)
    return DateReading(None, " / ".join(found.values()), "none", conflict=True)


def _joined(cells: Sequence[Cell], url: str | None) -> DateReading | None:
    """A date cut into neighbouring tags: 07 and 2025-11, or 2025 年 11 月 7 日 tag by tag."""
    for first, second in pairwise(cells):
        if first.in_title != second.in_title:
            continue
        if day := dates.split_date(first.text, second.text):
            return DateReading(day, f"{first.text} {second.text}", "split")
    return _pieced(cells)


def _pieced(cells: Sequence[Cell]) -> DateReading | None:
    """A date of three to seven short texts in a row, such as 2026 - 06 - 05; two different ones decide nothing."""
    found: dict[date, str] = {}
    for start in range(len(cells) - 2):
        run = cells[start : start + _MOST_PIECES]
        if dates.may_be_piece(run[0].text):
            for size in range(3, len(run) + 1):
                if run[size - 1].in_title != run[0].in_title or not dates.may_be_piece(run[size - 1].text):
                    break
                texts = [cell.text for cell in run[:size]]
                if day := dates.pieced_date(texts):
                    found.setdefault(day, " ".join(texts))
    return one_day(found, "split", None) if found else None


def _loose(cells: Sequence[Cell], url: str | None) -> DateReading | None:
    """One date in a short text outside the title that is no sentence, such as 来源：市政府办 2026-09-12."""
    found: dict[date, str] = {}
    for previous, cell in pairwise([Cell("", False), *cells]):
        if cell.in_title or dates.DATE_HINT.search(cell.text) is None:
            continue
        text = dates.normalise(cell.text)
        if len(text) > _LOOSE_TEXT or _SENTENCE.search(text) or _ignored(cell, previous.text):
            continue
        hits = dates.dates_in(text)
        if len(hits) > 1 or _SPAN.search(text):
            continue  # from one day to another: a period, no publish day
        for hit in hits:
            if not any_ignored(_label_before(text, hit.start) or "x") and _ends_cleanly(text, hit):
                found.setdefault(hit.day, text)
    return one_day(found, "own_tag", url) if found else None


def _ends_cleanly(text: str, hit: dates.FoundDate) -> bool:
    """False when words run on behind the date without a break: then it is part of a phrase."""
    return not text[hit.end :].strip() or not text[hit.end].isalpha()


def from_attributes(attributes: Iterable[tuple[str, str]], shown: Sequence[Cell]) -> DateReading | None:
    """The date that an attribute tells: one of `DATE_ATTRIBUTES`, or a tooltip that is labelled or shown in short."""
    for name, value in attributes:
        if name in DATE_ATTRIBUTES and (day := dates.field_date(value)):
            return DateReading(day, value, "attribute")
        if name == "title":
            reading = _labelled([Cell(value, False)], None)
            day = reading.day if reading else _day_in_full(value, shown)
            if day:
                return DateReading(day, reading.text if reading else value, "attribute")
    return None


def _day_in_full(tooltip: str, shown: Sequence[Cell]) -> date | None:
    """The day of a tooltip that is nothing but a date, where the text under it shows the same month and day."""
    day = dates.whole_date(tooltip)
    fits = day is not None and any(dates.month_day(cell.text) == (day.month, day.day) for cell in shown)
    return day if fits else None


def _weak_form(cells: Sequence[Cell]) -> DateReading | None:
    """Forms that need the list or the clock: month and day, or words such as 昨天."""
    for first, second in pairwise(cells):
        if first.in_title == second.in_title and (pair := dates.split_month_day(first.text, second.text)):
            return DateReading(None, f"{first.text} {second.text}", "month_day", month_day=pair)
    for cell in cells:
        if dates.DATE_HINT.search(cell.text) is None:
            continue
        text = _without_label(cell.text)
        if pair := dates.month_day(text):
            return DateReading(None, cell.text, "month_day", month_day=pair)
        if dates.is_relative(text):
            return DateReading(None, cell.text, "relative", relative=text)
    return None


def _without_label(text: str) -> str:
    plain = dates.normalise(text)
    match = date_labels().match(plain)
    return plain[match.end() :] if match and label_rank(match.group()) is not None else plain


def cells_of(
    outline: Outline, pieces: Sequence[Piece], title_range: tuple[int, int], headers: dict[int, str]
) -> list[Cell]:
    """Texts of a record as cells. `headers` gives the column header of a table cell by node number."""
    cells = []
    for piece in pieces:
        inside = title_range[0] <= piece.start < title_range[1]
        header = ""
        if headers:
            owner = next(
                (
                    node.index
                    for node in (outline.node(piece.node), *outline.ancestors(piece.node))
                    if node.index in headers
                ),
                -1,
            )
            header = headers.get(owner, "")
        cells.append(Cell(piece.text, inside, header))
    return cells
