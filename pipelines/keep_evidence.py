"""Keeps the bytes of every page from before anything is read from them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler

from govspider.evidence.batches import Batches
from govspider.evidence.store import EvidenceStore
from govspider.extract.document.page import Page
from govspider.items import PageSeen

# nothing but the item itself waits for it
_SECONDS = 0.1
_AT_ONCE = 32


class KeepEvidencePipeline:
    """Begins to store bodies content-addressed, off the reactor thread; `AwaitEvidencePipeline` sees the end of it.

    Pages go on meanwhile: while they wait they would be let go, parsed and searched again. What an earlier run kept was
    found together with what it read (`KnownPages`).
    """

    def __init__(self, crawler: Crawler) -> None:
        self.store = EvidenceStore(Path(crawler.settings["EVIDENCE_DIR"]).absolute())
        self.batches = Batches(self._keep_all, pause=_SECONDS, at_most=_AT_ONCE)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> KeepEvidencePipeline:
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        if isinstance(item, PageSeen) and item.page is not None and item.page.kept_as is None:
            item.keeping = self.batches.add(item.page)
        return item

    def _keep_all(self, pages: Sequence[Page]) -> list[str | Exception]:
        return [self._keep(page) for page in pages]

    def _keep(self, page: Page) -> str | Exception:
        """The bytes are packed here once, whether they are new or not: the page will rest so."""
        try:
            sha256 = self.store.keep(page.body, page.packed, page.sha256)
        except OSError as error:
            return error
        page.packed()
        return sha256
