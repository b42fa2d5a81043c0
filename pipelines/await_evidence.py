"""Waits until the bytes of a page are kept, and says under which hash."""

from __future__ import annotations

import logging
from typing import Any

from scrapy.crawler import Crawler

from govspider.evidence.store import EvidenceFullError
from govspider.items import PageSeen

logger = logging.getLogger(__name__)


class AwaitEvidencePipeline:
    """Before the store: what is stored names the bytes it rests on.

    A full disk does not stop the look, but what rests on no evidence cannot be defended: the
    page travels on without a hash and the run ends incomplete.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AwaitEvidencePipeline:
        return cls(crawler)

    async def process_item(self, item: Any) -> Any:
        if not isinstance(item, PageSeen) or item.page is None:
            return item
        if item.keeping is not None:
            try:
                item.page.kept_as = await item.keeping
            except EvidenceFullError as error:
                if not self.stats.get_value("govspider/evidence/not_kept"):
                    logger.error("%s", error)
                self.stats.inc_value("govspider/evidence/not_kept")
            item.page.pack()
            item.keeping = None
        item.evidence_sha256 = item.page.kept_as
        return item
