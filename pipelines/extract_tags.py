"""Extracts the page tags of 国办发〔2017〕47号."""

from __future__ import annotations

from typing import Any

from govspider.extract.document.page_tags import observe_tags
from govspider.items import OBSERVED_TAGS, PageRole, PageSeen

_TAGGED_ROLES = (PageRole.HOME, PageRole.COLUMN, PageRole.ARTICLE)


class ExtractTagsPipeline:
    """Tags of home, column and article pages: the pages that the rule is about."""

    def process_item(self, item: Any) -> Any:
        if isinstance(item, PageSeen) and item.role in _TAGGED_ROLES and not item.repeated and (page := item.readable):
            item.observations[OBSERVED_TAGS] = page.once(observe_tags)
        return item
