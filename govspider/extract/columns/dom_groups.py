"""Groups of records in the markup of a page, each record with its date."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from govspider.extract.columns import dates
from govspider.extract.columns.boxes_in_a_row import date_by_day_headings, goes_on, numbered_pages
from govspider.extract.columns.headlines import headline_of
from govspider.extract.columns.list_words import any_of
from govspider.extract.columns.month_headings import Headings, date_by_headings, is_period_heading
from govspider.extract.columns.opened_address import opened_address
from govspider.extract.columns.outline import Node, Outline
from govspider.extract.columns.pinning import PinMarks
from govspider.extract.columns.record_dates import DateReading, cells_of, url_reading
from govspider.extract.columns.record_reach import extended_end
from govspider.extract.columns.records import (
    Group,
    Links,
    Record,
    is_title,
    linkless_rows,
    row_nodes,
    title_of_link,
)
from govspider.extract.columns.row_readings import RowReadings
from govspider.extract.columns.table_headers import TableHeaders
from govspider.extract.columns.year_filling import Dating, fill_years
from govspider.extract.document.base_address import BaseAddress
from govspider.extract.document.page import Page

_HEAD_OR_TAIL = re.compile(
    r"^\s*[\[(]?(?P<head>(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)[\])]?\s+(?P<after>\S.*)$"
    r"|^(?P<before>.*?\S)\s*[\[(](?P<tail>(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2})[\])]\s*$"
)
# what both forms of a date at the edge of a title have in common
_EDGE_HINT = re.compile(r"\d{4}\D\d")
_LONE_TITLE = 5
_BULLETS = " ·•◆◇■□●○►▶▪→>"
_LIST_OF_ITEMS = 3
# no page of a list is longer; without a bound, a page of boxes only would take quadratic time
_LONGEST_JOINED = 2000
_FRONT_PIECES = 7
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TERMS = frozenset({"dt", "dd"})
_CALLS = ("#", "javascript:", "mailto:")
_YEAR = re.compile(r"20\d\d")
_WEEKDAY = re.compile(r"星期[一二三四五六日天]|(?<!\w)周[一二三四五六日]")
_VSB_HEAD = re.compile(r"^(?P<day>\d{1,2})\s+(?P<month>20\d{2}[-./年]\d{1,2})月?\s+(?P<after>\S.*)$")


@dataclass(slots=True, frozen=True)
class _Markup:
    """A page and what its rows are read with."""

    page: Page
    outline: Outline
    links: Links
    headers: TableHeaders
    readings: RowReadings
    pins: PinMarks
    headings: Headings


def dom_groups(page: Page) -> list[Group]:
    """Every group of records in the markup, in document order. Ask through `page.once(dom_groups)`."""
    outline, links, rows = page.once(row_nodes)
    headers = TableHeaders(outline)
    markup = _Markup(page, outline, links, headers, RowReadings(outline), PinMarks(outline), Headings(outline))
    templates = Templates(outline)
    built: dict[tuple[int, str], list[Record]] = defaultdict(list)
    for node, title_links in rows:
        if (node.tag == "tr" and headers.is_header(node)) or templates.hold(node):
            continue
        built[_place(outline, node)].append(_linked_record(page.base, outline, node, title_links))
    covered = [record.node.index for records in built.values() for record in records if record.node]
    for node in linkless_rows(outline, links, covered):
        if not (node.tag == "tr" and headers.is_header(node)):
            record = _linkless_record(markup, node)
            if record:
                built[_place(outline, node)].append(record)
    groups = [_finished(markup, records) for records in built.values()]
    ordered = sorted((group for group in groups if group.records), key=lambda group: group.start)
    date_by_day_headings(outline, ordered)
    return _merged(outline, ordered)


def _place(outline: Outline, node: Node) -> tuple[int, str]:
    """What records of one list have in common: parent and tag. Cells of a table stand in it as its rows do."""
    if node.tag == "td" and node.parent >= 0 and outline.node(node.parent).tag == "tr":
        return outline.node(node.parent).parent, "tr"
    return node.parent, node.tag


def _linked_record(base: BaseAddress, outline: Outline, node: Node, title_links: Sequence[Node]) -> Record:
    link = title_links[0]
    if len(title_links) > 1:
        link = max(title_links, key=lambda candidate: len(title_of_link(outline, candidate)))
    raw = outline.titles[link.index]
    return Record(raw, partial(_address, base, link), node.start, node.end, link, node, raw_title=raw)


_TEMPLATE_ATTRIBUTES = frozenset({"v-for", "ms-repeat", "ng-repeat", ":ms-for", "ms-for", "x-for", "wx:for"})
_TEMPLATE_TEXT = re.compile(r"\{\{|\}\}|<%|\{%|\[\[|\$\{|#=")


class Templates:
    """The rows of an outline that a script copies for every record: each is a pattern, not a record."""

    def __init__(self, outline: Outline) -> None:
        self._spoken = outline.numbers_with(_TEMPLATE_TEXT)
        self._carriers = frozenset(outline.carriers(_TEMPLATE_ATTRIBUTES))

    def hold(self, node: Node) -> bool:
        """True when a row carries an attribute or a text of a template."""
        if node.index in self._carriers:
            return True
        number = bisect_left(self._spoken, node.first)
        return number < len(self._spoken) and self._spoken[number] < node.last


def _address(base: BaseAddress, link: Node) -> str | None:
    href = (link.element.get("href") or "").strip()
    if not href or href.startswith("#") or href.lower().startswith(("javascript:", "mailto:")):
        opened = opened_address(link.element)
        return base.join(opened) if opened else None
    return base.join(href)


def _linkless_record(markup: _Markup, node: Node) -> Record | None:
    """A row without a title link: its title is the title column, or its longest text that is no date."""
    outline = markup.outline
    columns = markup.headers.of_row(node) if node.tag == "tr" else {}
    shows = any(dates.whole_date(text) for text in outline.texts[node.first : node.last])
    if not columns and not shows and (node.tag in ("tr", "li") or not markup.readings.may_tell_day(node)):
        return None
    cells = cells_of(outline, outline.pieces_of(node.first, node.last), (-1, -1), columns)
    titled = [cell.text for cell in cells if any_of("title_headers").search(cell.header)]
    spoken = [cell.text for cell in cells if not dates.whole_date(cell.text) and is_title(cell.text)]
    title = _heading_in(outline, node) or (titled or sorted(spoken, key=len, reverse=True) or [""])[0]
    if not is_title(title) or (not columns and len(title) < _LONE_TITLE):
        return None
    inside = markup.links.between(node.start, node.end)
    url = _address(markup.page.base, inside[0]) if inside else None
    return Record(title, url, node.start, node.end, None, node, raw_title=title)


def _heading_in(outline: Outline, node: Node) -> str:
    """The heading inside a box, '' where none or several stand in it."""
    headings = [inside for inside in outline.inside(node) if inside.tag in _HEADINGS and inside.first < inside.last]
    return outline.text_of(headings[0]) if len(headings) == 1 else ""


def _finished(markup: _Markup, records: list[Record]) -> Group:
    records.sort(key=lambda record: record.start)
    if records[0].link is None and len(records) < 2 and not _has_columns(markup.headers, records[0]):
        return Group([])
    _extend(markup.outline, markup.links, records)
    for record in records:
        record.pinned = record.node is not None and markup.pins.on(record.node, record.raw_title)
    if _may_tell_days(markup, records):
        _read_days(markup, records)
    else:
        for record in records:
            record.title = record.title.lstrip(_BULLETS) or record.title
    first = records[0].node
    region = first.region if first else 0
    return Group(records, region=region, parent=first.parent if first else -1)


def _may_tell_days(markup: _Markup, records: Sequence[Record]) -> bool:
    """False for menus: no text, attribute or address of the block can be a date, so its rows need not be read."""
    first = records[0].node
    if first is None or first.parent < 0 or first.tag in ("tr", "td"):
        return True
    if markup.readings.may_tell_day(markup.outline.node(first.parent)):
        return True
    hrefs = [(record.link.element.get("href") or "").strip() for record in records if record.link is not None]
    plain = len(hrefs) == len(records) and all(href and not href.lower().startswith(_CALLS) for href in hrefs)
    return not plain or _YEAR.search(" ".join(hrefs)) is not None or _YEAR.search(markup.page.base_url) is not None


def _read_days(markup: _Markup, records: Sequence[Record]) -> None:
    """Give each record its day, as far as the page tells it."""
    outline = markup.outline
    for record in records:
        node = record.node
        assert node is not None
        columns = markup.headers.of_row(node) if node.tag == "tr" else {}
        record.reading = markup.readings.read(node, record.end, record.link, record.url, columns)
        record.title = _clean_title(outline, record).lstrip(_BULLETS) or record.title
    _dates_before(markup, records)
    _drop_calendar(outline, records)
    _dates_in_titles(outline, records)
    date_by_headings(outline, markup.headings, records)
    _fill_missing_years(records)


def _has_columns(headers: TableHeaders, record: Record) -> bool:
    return record.node is not None and record.node.tag == "tr" and bool(headers.of_row(record.node))


def _extend(outline: Outline, links: Links, records: Sequence[Record]) -> None:
    """Records without a row of their own reach to the next one, for their date stands beside them."""
    limits = [record.start for record in records[1:]]
    for record, limit in zip(records, [*limits, outline.end], strict=True):
        # a row that the next one follows at once has nothing to reach for
        if limit > record.end + 1 and record.node is not None and record.link is not None:
            record.end = extended_end(outline, links, record.node, limit)


def _clean_title(outline: Outline, record: Record) -> str:
    """The title without a date that stands in the link in a tag of its own."""
    if record.link is None or record.reading.source not in ("in_link", "split", "month_day"):
        return record.title
    if record.title != outline.text_of(record.link):
        return record.title
    pieces = outline.pieces_between(record.link.start, record.link.end)
    kept = [piece.text for piece in pieces if piece.text not in record.reading.text]
    return " ".join(kept) or record.title


def _dates_before(markup: _Markup, records: Sequence[Record]) -> None:
    """Flat lists that put the date before the link: each record takes the text in front of it.

    Such a list shows a date before its first link and none behind its last one; read the other
    way round, every item would get the date of the next.
    """
    records = [record for record in records if record.node is not None and record.node.tag not in ("li", "tr")]
    first = records[0].node if records else None
    if first is None or first.parent < 0 or _shows_date(records[-1].reading):
        return
    fronts = [markup.outline.node(first.parent).start, *(record.node.end for record in records[:-1] if record.node)]
    if not markup.readings.may_show_date(fronts[0], records[0].start):
        return
    readings = [
        markup.readings.read_before(front, record.start, _FRONT_PIECES)
        for front, record in zip(fronts, records, strict=False)
    ]
    if _shows_date(readings[0]) and sum(map(_shows_date, readings)) * 2 > len(records):
        for record, reading in zip(records, readings, strict=False):
            record.reading = reading


def _drop_calendar(outline: Outline, records: Sequence[Record]) -> None:
    """A weekday beside a lone date is the calendar of a page head, not an item; a list of terms is none."""
    if len(records) >= _LIST_OF_ITEMS:
        return
    for record in records:
        if record.node is not None and record.node.tag in _TERMS:
            continue
        if not outline.holds(_WEEKDAY, *outline.range_of(record.start, record.end)):
            continue
        if _WEEKDAY.search(outline.text_between(record.start, record.end).replace(record.raw_title, "")):
            record.reading = url_reading(record.url)


def _shows_date(reading: DateReading) -> bool:
    return reading.source not in ("url", "none") and bool(reading.day or reading.month_day or reading.relative)


def _dates_in_titles(outline: Outline, records: Sequence[Record]) -> None:
    """A date at the head or the tail of the link text counts only as a habit of the whole list."""
    undated = [record for record in records if record.link is not None and _only_address(record.reading)]
    if len(undated) < 2 or len(undated) * 5 < len(records) * 4:
        return
    found = [_edge_date(record.title) or _shown_edge_date(outline, record) for record in undated]
    if sum(1 for hit in found if hit) * 5 < len(found) * 4:
        return
    for record, hit in zip(undated, found, strict=True):
        if hit:
            record.reading, record.title = hit


def _only_address(reading: DateReading) -> bool:
    return reading.source in ("none", "url") and not reading.conflict


def _shown_edge_date(outline: Outline, record: Record) -> tuple[DateReading, str] | None:
    """The date at the edge of what a link shows, where its title was taken from an attribute that holds it in full."""
    shown = outline.text_of(record.link) if record.link is not None else ""
    hit = _edge_date(shown) if shown != record.title else None
    return (hit[0], record.title) if hit else None


def _edge_date(title: str) -> tuple[DateReading, str] | None:
    if _EDGE_HINT.search(title) is None:
        return None
    plain = dates.normalise(title)
    if match := _VSB_HEAD.match(plain):
        day = dates.split_date(match["day"], match["month"])
        return (DateReading(day, f"{match['day']} {match['month']}", "split"), match["after"]) if day else None
    match = _HEAD_OR_TAIL.match(plain)
    if match is None:
        return None
    text = match["head"] or match["tail"]
    day = dates.whole_date(text)
    return (DateReading(day, text, "in_link"), match["after"] or match["before"]) if day else None


def _fill_missing_years(records: Sequence[Record]) -> None:
    if not any(record.reading.month_day for record in records):
        return
    items = [Dating(record.reading.day, record.reading.month_day, record.url or "") for record in records]
    for record, day in zip(records, fill_years(items), strict=True):
        if record.reading.month_day and day:
            reading = record.reading
            record.reading = DateReading(day, reading.text, reading.source, month_day=reading.month_day)


def _merged(outline: Outline, groups: list[Group]) -> list[Group]:
    """Lists cut into several `<ul>`s of the same make, right behind each other, are one list."""
    merged: list[Group] = []
    shows = False
    pages = numbered_pages(outline, groups)
    for number, group in enumerate(groups):
        dated = any(_shows_date(record.reading) for record in group.records)
        previous = merged[-1] if merged else None
        # a menu above its list shows no days: it is no part of it
        if previous is not None and (
            number in pages
            or (dated is shows and _continues(outline, previous, group))
            or _goes_on(outline, previous, group)
        ):
            previous.records.extend(group.records)
            shows = shows or dated
        elif previous is not None and (headline := headline_of(outline, previous, group)) is not None:
            others = [record for record in previous.records if record is not headline]
            merged[-1:] = [replace(previous, records=others)] if others else []
            merged.append(replace(group, records=[headline, *group.records]))
            shows = True
        else:
            merged.append(group)
            shows = dated
    return merged


def _goes_on(outline: Outline, previous: Group, group: Group) -> bool:
    return len(previous.records) <= _LONGEST_JOINED and goes_on(outline, previous, group)


def _continues(outline: Outline, previous: Group, group: Group) -> bool:
    if previous.parent < 0 or group.parent < 0 or previous.region != group.region:
        return False
    one, two = outline.node(previous.parent), outline.node(group.parent)
    same_make = one.tag == two.tag and one.parent == two.parent
    same_make = same_make and one.attributes.get("class") == two.attributes.get("class")
    if not same_make or previous.records[0].node is None or group.records[0].node is None:
        return False
    if previous.records[0].node.tag != group.records[0].node.tag:
        return False
    first, last = outline.range_of(previous.end, group.start)
    return last <= first or (last - first == 1 and is_period_heading(outline.texts[first]))


def is_url_dated(group: Group) -> bool:
    """True when the days of a group stand in its addresses only."""
    return all(record.reading.source in ("url", "none") for record in group.records)
