"""Lets pages rest once everything was read from them: a look holds its pages to its end, and looks are many."""

from __future__ import annotations

from typing import Any

from govspider.extract.columns.article import observe_article
from govspider.items import PageSeen


class RestPagesPipeline:
    """After the store. An article that stands in two lists is asked for its date once more: that answer is kept."""

    def process_item(self, item: Any) -> Any:
        if isinstance(item, PageSeen) and item.page is not None:
            item.page.rest(observe_article)
        return item
