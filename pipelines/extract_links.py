"""Extracts the links of every page a visitor sees."""

from __future__ import annotations

from typing import Any

from govspider.extract.links.links import find_links, link_blocks
from govspider.items import OBSERVED_LINK_BLOCKS, OBSERVED_LINKS, PageRole, PageSeen

_LINKING_ROLES = (PageRole.HOME, PageRole.FRAME, PageRole.COLUMN, PageRole.ARTICLE)


class ExtractLinksPipeline:
    """The inventory: each link of a page as it stands there; what it answers is asked by the spider."""

    def process_item(self, item: Any) -> Any:
        if isinstance(item, PageSeen) and item.role in _LINKING_ROLES and not item.repeated and (page := item.readable):
            item.observations[OBSERVED_LINKS] = page.once(find_links)
            item.observations[OBSERVED_LINK_BLOCKS] = page.once(link_blocks)
        return item
