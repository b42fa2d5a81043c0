"""A list read by a person's selectors instead of the general rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from govspider.extract.columns.dates import dates_in, normalise, shanghai_day
from govspider.extract.document.hosts import host_of, site_key
from govspider.extract.document.page import Page
from govspider.items import ColumnObservation, ColumnOverride, ColumnState, ListItem, UnknownReason

SOURCE = "override"


def override_for(url: str, overrides: Sequence[ColumnOverride], day: date) -> ColumnOverride | None:
    """The first override that is about this address and has not expired on `day`."""
    path = urlsplit(url).path or "/"
    host = site_key(host_of(url))
    return next(
        (
            found
            for found in overrides
            if site_key(found.host) == host and fnmatchcase(path, found.path) and found.expires >= day
        ),
        None,
    )


def observe_override(pages: Sequence[Page], override: ColumnOverride, now: datetime) -> ColumnObservation:
    """The list that the selectors find on the first of `pages` that has any of its records.

    No record, or none with a day, where the fixture had them: the page changed, so unknown(drift), never blank.
    Raises ValueError for a naive `now`.
    """
    today = shanghai_day(now)
    items = next((found for page in pages if (found := _items(page, override))), [])
    past = [item for item in items if item.published and item.published <= today]
    if not past:
        shown = f"{len(items)} records, none with a day" if items else "no record"
        words = f"override {override.name}: {shown} where its fixture has dated ones"
        return ColumnObservation(ColumnState.UNKNOWN, UnknownReason.DRIFT, source=SOURCE, evidence_text=words)
    newest = max(past, key=lambda item: item.published or date.min)
    return ColumnObservation(
        state=ColumnState.LIST,
        newest=newest.published,
        newest_url=newest.url,
        items=len(items),
        source=SOURCE,
        list_items=tuple(items),
        future_items=tuple(item for item in items if item.published and item.published > today),
        notes=(f"read by override {override.name}",),
    )


def _items(page: Page, override: ColumnOverride) -> list[ListItem]:
    kept = [item for row in _selected(page.root, override.item) if (item := _item(page, row, override)) is not None]
    return [
        ListItem(position, item.title, item.url, item.published, item.date_text, item.date_source)
        for position, item in enumerate(kept, start=1)
    ]


def _item(page: Page, row: HtmlElement, override: ColumnOverride) -> ListItem | None:
    link = row if row.tag == "a" else _first(row, override.link)
    titled = _first(row, override.title) if override.title else link
    if titled is None:
        return None
    title = (titled.get("title") or "").strip() or _text(titled)
    if not title:
        return None
    href = link.get("href") if link is not None else None
    day, text = _day(row, title, override.day)
    return ListItem(0, title, page.join(href) if href else None, day, text, SOURCE if day else "none")


def _selected(root: HtmlElement, selector: str) -> list[HtmlElement]:
    found: list[HtmlElement] = CSSSelector(selector)(root)  # type: ignore[assignment]
    return found


def _first(row: HtmlElement, selector: str) -> HtmlElement | None:
    return next(iter(_selected(row, selector)), None)


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _day(row: HtmlElement, title: str, selector: str) -> tuple[date | None, str]:
    """The one day of the selected element, or of the row without its title; of several days none is told."""
    if selector:
        place = _first(row, selector)
        text = _text(place) if place is not None else ""
    else:
        text = _text(row).replace(title, " ")
    found = dates_in(normalise(text))
    days = {hit.day for hit in found}
    return (days.pop(), text) if len(days) == 1 else (None, text)
