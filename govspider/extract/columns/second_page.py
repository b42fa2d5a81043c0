"""When one page of a list does not settle which item is the newest, and where the next page is.

Items put on top (置顶) and lists sorted by another date than that of publishing can hide the newest
item behind the first page: then the newest day is that of both pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from urllib.parse import urldefrag

from govspider.extract.columns.outline import outline_of
from govspider.extract.document.hosts import host_of, site_key
from govspider.extract.document.page import Page
from govspider.extract.lexicons import read_lexicon
from govspider.items import ColumnObservation, ColumnState, ListItem

_SHORTEST_ORDER = 3
READ_TOO = "the second page was read as well: the first one is not in the order of its days"
UNREAD = "the second page shows no list; the newest item may stand there"


def wants_second_page(first: ColumnObservation) -> bool:
    """True for a list whose newest item may stand on page 2: its days do not fall, or every item is pinned."""
    if first.state is not ColumnState.LIST or first.reason is not None:
        return False
    dated = [item for item in first.list_items if item.published is not None]
    if not dated:
        return False
    loose = [item for item in dated if not item.pinned]
    return not loose or not _in_order([item.published for item in loose if item.published])


def _in_order(days: Sequence[date]) -> bool:
    return len(days) < _SHORTEST_ORDER or all(one >= two for one, two in pairwise(days))


def with_second_page(first: ColumnObservation, second: ColumnObservation) -> ColumnObservation:
    """The first page's observation with the items of the second; `items` stays the count of the first page."""
    if second.state is not ColumnState.LIST:
        return replace(first, notes=(*first.notes, UNREAD))
    told = second if _later(second, first) else first
    return replace(
        first,
        newest=told.newest,
        newest_url=told.newest_url,
        list_items=tuple(_renumbered([*first.list_items, *second.list_items])),
        future_items=(*first.future_items, *second.future_items),
        notes=(*first.notes, READ_TOO),
    )


def _later(one: ColumnObservation, two: ColumnObservation) -> bool:
    return one.newest is not None and (two.newest is None or one.newest > two.newest)


def _renumbered(items: Iterable[ListItem]) -> Iterator[ListItem]:
    for position, item in enumerate(items, start=1):
        yield replace(item, position=position)


def find_next_page(page: Page) -> str | None:
    """Address of the page that follows this list page, on the same site; None where the page names none."""
    return next((url for url in _candidates(page) if _is_next(page, url)), None)


def _candidates(page: Page) -> Iterator[str | None]:
    yield from (page.join(str(href)) for href in page.xpath("//link[@rel='next']/@href | //a[@rel='next']/@href"))
    anchors = [(_words_of(link), link.get("href") or "") for link in page.xpath("//a[@href]")]
    words = read_lexicon("next_page")["words"]
    yield from (page.join(href) for text, href in anchors if text.lower() in words)
    yield _from_call(page)
    # a bare number is a pager's only beside another number
    if any(text == "3" for text, _ in anchors) or any(text == "1" for text, _ in anchors):
        yield from (page.join(href) for text, href in anchors if text == read_lexicon("next_page")["number"])


def _words_of(link: object) -> str:
    content = getattr(link, "text_content", lambda: "")()
    return "".join(str(content).split())


def _from_call(page: Page) -> str | None:
    """The address that createPageHTML would write into the pager."""
    scripts = "\n".join(script.text or "" for _, script in page.once(outline_of).scripts)
    rules = read_lexicon("next_page")
    for name, first in (("trs", 0), ("ucap", 1)):
        call = re.search(rules[name], scripts)
        if call is None:
            continue
        current = int(call["current"])
        if current != first or int(call["pages"]) < 2:
            return None
        return page.join(f"{call['name']}_{current + 1}.{call['ext']}")
    return None


def _is_next(page: Page, url: str | None) -> bool:
    if url is None or not url.startswith(("http://", "https://")):
        return False
    return site_key(host_of(url)) == site_key(page.host) and urldefrag(url).url != urldefrag(page.url).url
