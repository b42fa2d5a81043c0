"""Keeps the bytes of every page from before anything is read from them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler
from scrapy.utils.asyncio import run_in_thread

from govspider.evidence.store import EvidenceStore
from govspider.extract.document.page import Page
from govspider.items import PageSeen


class KeepEvidencePipeline:
    """Begins to store bodies content-addressed, off the reactor thread; `AwaitEvidencePipeline` sees the end of it.

    Pages go on meanwhile: while they wait they would be let go, parsed and searched again. What an earlier run kept was
    found together with what it read (`KnownPages`).
    """

    def __init__(self, crawler: Crawler) -> None:
        self.store = EvidenceStore(Path(crawler.settings["EVIDENCE_DIR"]).absolute())

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> KeepEvidencePipeline:
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        if isinstance(item, PageSeen) and item.page is not None and item.page.kept_as is None:
            item.keeping = asyncio.ensure_future(run_in_thread(self._keep, item.page))
        return item

    def _keep(self, page: Page) -> str:
        """The bytes are packed here once, whether they are new or not: the page will rest so."""
        sha256 = self.store.keep(page.body, page.packed, page.sha256)
        page.packed()
        return sha256
