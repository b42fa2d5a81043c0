"""Whether a page only leads on to the columns below it: links to folders of its own, and nothing else to read."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urldefrag, urlsplit

from govspider.extract.columns.list_standing import column_names, is_titled, stands_beside
from govspider.extract.columns.list_words import pattern, words
from govspider.extract.columns.outline import outline_of
from govspider.extract.columns.records import Group, Record
from govspider.extract.document.hosts import host_of
from govspider.extract.document.page import Page

_FEWEST = 3
_MANY = 6
_HEADING_TEXT = 40
_MOST = 0.6


def leads_to_columns(page: Page, groups: Sequence[Group]) -> bool:
    """True when the main part holds links to columns of this one: below its own address, or right under its name.

    The menu beside an empty main part names the column itself among its sisters and leads beside
    its address, so it is no such list.
    """
    found = [record for group in groups if _may_lead(page, group) for record in group.records]
    if len(found) < _FEWEST or any(record.reading.day for record in found):
        return False
    columns = [record for record in found if _is_column(record.url)]
    return len(columns) >= len(found) * _MOST


def _may_lead(page: Page, group: Group) -> bool:
    outline = page.once(outline_of)
    if group.region or group.parent < 0:
        return False
    if stands_beside(outline, outline.node(group.parent)) or _names_itself(page, group.records):
        return False
    below = sum(1 for record in group.records if _is_below(page, record))
    if below >= len(group.records) * _MOST:
        return True
    if _are_offices(page, group.records):
        return True
    return is_titled(outline.text_before(group.start, _HEADING_TEXT), page.once(column_names))


def _are_offices(page: Page, records: Sequence[Record]) -> bool:
    """True for a directory: many offices, each with a folder of its own on this site."""
    named = sum(1 for record in records if pattern("office_names").search(record.title))
    folders = {record.url for record in records if record.url and host_of(record.url) == page.host}
    return len(records) >= _MANY and named >= len(records) * _MOST and len(folders) == len(records)


def _names_itself(page: Page, records: Sequence[Record]) -> bool:
    own = urldefrag(page.url).url.removesuffix("index.html")
    return any(
        record.title in page.once(column_names) or (record.url or "").removesuffix("index.html") == own
        for record in records
    )


def _is_below(page: Page, record: Record) -> bool:
    base = page.url.split("?", maxsplit=1)[0].rsplit("/", 1)[0] + "/"
    deep = urlsplit(base).path.count("/") >= int(words("deep_path"))
    return deep and bool(record.url) and (record.url or "").startswith(base) and record.url != base


def _is_column(url: str | None) -> bool:
    return bool(url) and pattern("column_address").search(urlsplit(url or "").path) is not None
