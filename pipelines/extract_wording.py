"""Extracts wording: grave errors and hints in what a page says."""

from __future__ import annotations

from datetime import date
from typing import Any

from govspider.extract.columns.article import observe_article
from govspider.extract.document.page import Page
from govspider.extract.wording.wording import find_wording, unread_wording
from govspider.items import OBSERVED_WORDING, OBSERVED_WORDING_UNREAD, PageRole, PageSeen

_READ_ROLES = (PageRole.HOME, PageRole.FRAME, PageRole.COLUMN, PageRole.ARTICLE)


class ExtractWordingPipeline:
    """Everything found here is suspected until a person confirms it; hints never count against a site."""

    def process_item(self, item: Any) -> Any:
        if isinstance(item, PageSeen) and item.role in _READ_ROLES and not item.repeated and (page := item.readable):
            day = _day_of(item, page)
            item.observations[OBSERVED_WORDING] = page.once(find_wording, day)
            if unread := page.once(unread_wording, day):
                item.observations[OBSERVED_WORDING_UNREAD] = unread
        return item


def _day_of(item: PageSeen, page: Page) -> date | None:
    """Day of publication, for the rules that hold from a day on: an article has one, a list has many."""
    if item.role is not PageRole.ARTICLE:
        return None
    return page.once(observe_article).published or item.list_date
