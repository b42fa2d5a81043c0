"""Extracts dark links and tampering: what someone hid in a page."""

from __future__ import annotations

from typing import Any

from govspider.extract.dark.cloaking import find_cloaking
from govspider.extract.dark.dark_links import find_dark_links
from govspider.extract.dark.tampering import find_tampering
from govspider.extract.dark.unread import unread_parts
from govspider.items import OBSERVED_DARK_LINKS, OBSERVED_DARK_UNREAD, OBSERVED_TAMPERING, PageRole, PageSeen

_VIEW_ROLES = (PageRole.SPIDER_VIEW, PageRole.REFERRED_VIEW)
_SEARCHED_ROLES = (PageRole.HOME, PageRole.FRAME, PageRole.COLUMN, PageRole.ARTICLE)


class ExtractDarkLinksPipeline:
    """Everything found here is suspected until a person or a later run confirms it."""

    def process_item(self, item: Any) -> Any:
        if (
            isinstance(item, PageSeen)
            and item.role in _SEARCHED_ROLES
            and not item.repeated
            and (page := item.readable)
        ):
            item.observations[OBSERVED_DARK_LINKS] = page.once(find_dark_links)
            item.observations[OBSERVED_TAMPERING] = page.once(find_tampering)
            if unread := page.once(unread_parts):
                item.observations[OBSERVED_DARK_UNREAD] = unread
        if isinstance(item, PageSeen) and item.role in _VIEW_ROLES and item.page and not item.reason and item.parts:
            item.observations[OBSERVED_TAMPERING] = find_cloaking(item.page, item.parts, item.role)
        return item
