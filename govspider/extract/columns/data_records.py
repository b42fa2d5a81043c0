"""Records that arrive as data: fields of JSON or of a script's array, by the names that CMSs give them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from govspider.extract.columns import dates
from govspider.extract.columns.list_words import word_set, words
from govspider.extract.columns.record_dates import UNDATED, DateReading
from govspider.extract.columns.records import Group, Record
from govspider.extract.document.page import Page

_TAG = re.compile(r"<[^<>]*>")
_DEPTH = 6


def data_group(page: Page, rows: list[Any], source: str) -> Group | None:
    """A group from a list of objects; None when they are no records (no title, or neither date nor address)."""
    records = [record for row in rows if (record := _record(page, row)) is not None]
    usable = [record for record in records if record.reading.day or record.url]
    if not usable or len(usable) * 2 < len(rows):
        return None
    return Group(usable, source=source)


def record_lists(value: Any, depth: int = 0) -> Iterator[tuple[str, list[Any], Mapping[str, Any]]]:
    """Every array of a JSON value that could hold records: its key, its rows and the object it stands in."""
    if depth > _DEPTH:
        return
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(inner, list) and key in word_set("record_arrays"):
                yield str(key), inner, value
            yield from record_lists(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value[:50]:
            yield from record_lists(inner, depth + 1)


def claimed_total(holder: Mapping[str, Any]) -> int | None:
    """The item count that the data itself claims, None when it claims none."""
    nested = holder.get("classify")
    for _, value in _named_totals(holder, nested if isinstance(nested, Mapping) else {}):
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and value.strip().isdigit():
            return int(value)
    return None


def _named_totals(*holders: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for holder in holders:
        for name in words("totals"):
            if name in holder:
                yield name, holder[name]


def _record(page: Page, row: Any) -> Record | None:
    if not isinstance(row, Mapping):
        return None
    row = next((row[name] for name in words("fields")["nested"] if isinstance(row.get(name), Mapping)), row)
    title = _text(_field(row, "title"))
    if not title:
        return None
    return Record(title, _url(page, _field(row, "url")), reading=_reading(row), pinned=_pinned(row), raw_title=title)


def _field(row: Mapping[str, Any], meaning: str) -> Any:
    return next((row[name] for name in words("fields")[meaning] if row.get(name) not in (None, "")), None)


def _text(value: Any) -> str:
    return " ".join(_TAG.sub("", _storable(value)).split()) if isinstance(value, str) else ""


def _storable(text: str) -> str:
    """Escapes of data may spell halves of characters and NUL, which no database takes: join or drop them."""
    joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return joined.replace("\x00", "")


def _reading(row: Mapping[str, Any]) -> DateReading:
    for name in words("fields")["date"]:
        value = row.get(name)
        day = dates.field_date(value)
        if day:
            return DateReading(day, _storable(str(value)), "json")
    return UNDATED


def _pinned(row: Mapping[str, Any]) -> bool:
    return any(str(row.get(name, "")).lower() in ("1", "true", "2", "3") for name in words("fields")["pinned"])


def _url(page: Page, value: Any) -> str | None:
    """Address of a record: text, or an object of addresses by device, or that object as text."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            value = json.loads(value)
        except ValueError:  # a brace in an address is no object
            return None
    if isinstance(value, Mapping):
        value = value.get("pc") or value.get("common") or next(iter(value.values()), None)
    if not isinstance(value, str) or not value.strip() or value.lower().startswith("javascript:"):
        return None
    return page.join(_storable(value))
