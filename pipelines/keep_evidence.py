"""Keeps the bytes of every page before anything is read from them."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler
from scrapy.utils.asyncio import run_in_thread

from govspider.evidence.store import EvidenceFullError, EvidenceStore
from govspider.items import PageSeen

logger = logging.getLogger(__name__)


class KeepEvidencePipeline:
    """Stores bodies content-addressed, off the reactor thread.

    A full disk does not stop the look, but what rests on no evidence cannot be defended: the
    page travels on without a hash and the run ends incomplete.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats
        self.store = EvidenceStore(Path(crawler.settings["EVIDENCE_DIR"]).absolute())

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> KeepEvidencePipeline:
        return cls(crawler)

    async def process_item(self, item: Any) -> Any:
        if not isinstance(item, PageSeen) or item.page is None:
            return item
        if item.page.kept_as is None:
            try:
                item.page.kept_as = await run_in_thread(self.store.keep, item.page.body, item.page.packed)
            except EvidenceFullError as error:
                if not self.stats.get_value("govspider/evidence/not_kept"):
                    logger.error("%s", error)
                self.stats.inc_value("govspider/evidence/not_kept")
        item.evidence_sha256 = item.page.kept_as
        return item
