"""Page 2 of a list: what its pager names, or the request of its interface with the counter one further."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from govspider.extract.columns.list_delivery import find_list_requests
from govspider.extract.columns.second_page import find_next_page
from govspider.extract.document.page import Page
from govspider.extract.lexicons import read_lexicon
from govspider.items import FollowUp, FollowUpPurpose


def find_next_request(page: Page) -> FollowUp | None:
    """The request for the second page of a list: its interface's, else the page that the pager names; None for none."""
    if (further := _of_interface(page)) is not None:
        return further
    url = find_next_page(page)
    return FollowUp(url, FollowUpPurpose.INCLUDE) if url is not None else None


def _of_interface(page: Page) -> FollowUp | None:
    requests = (one for one in find_list_requests(page) if one.purpose is FollowUpPurpose.LIST_DATA)
    return next((further for one in requests if (further := _further(one)) is not None), None)


def _further(request: FollowUp) -> FollowUp | None:
    rules: Mapping[str, Any] = read_lexicon("list_delivery")["next"]
    address, mark, query = request.url.partition("?")
    for place, text in (("url", query), ("body", request.body)):
        shifted = _next_window(text, *rules["window"]) or _next_count(text, rules["counters"])
        if shifted is not None:
            return (
                replace(request, url=f"{address}{mark}{shifted}") if place == "url" else replace(request, body=shifted)
            )
    return None


def _next_window(text: str, first: str, last: str) -> str | None:
    """The records behind a window of records, such as startrecord=1&endrecord=45."""
    found = [re.search(rf"(?<![\w]){name}=(\d+)(?=&|$)", text) for name in (first, last)]
    if found[0] is None or found[1] is None:
        return None
    start, end = int(found[0][1]), int(found[1][1])
    moved = {first: end + 1, last: end + (end - start + 1)}
    return re.sub(rf"(?<![\w])({first}|{last})=\d+(?=&|$)", lambda match: f"{match[1]}={moved[match[1]]}", text)


def _next_count(text: str, names: list[str]) -> str | None:
    """The text with its one page counter raised; None for none, several, or one that is not at the first page."""
    counter = re.compile(rf"(?<![\w])({'|'.join(map(re.escape, names))})=(\d+)(?=&|$)")
    found = counter.findall(text)
    if len(found) != 1 or int(found[0][1]) > 1:
        return None
    return counter.sub(lambda match: f"{match[1]}={int(match[2]) + 1}", text)
