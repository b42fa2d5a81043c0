"""Lets pages rest once everything was read from them: a look holds its pages to its end, and looks are many.

What was read is kept for the next run, where the same bytes need not be read again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler
from scrapy.utils.asyncio import run_in_thread

from govspider.evidence.readings import ReadingStore
from govspider.extract.columns.article import observe_article
from govspider.extract.document.page import Page
from govspider.extract.readings import packed_reading
from govspider.items import PageRole, PageSeen

_READ_ROLES = (PageRole.HOME, PageRole.COLUMN, PageRole.ARTICLE, PageRole.FRAME)


class RestPagesPipeline:
    """Before the store, which may have to wait for its database.

    An article that stands in two lists is asked for its date once more: that answer is kept.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats
        self.readings = ReadingStore(Path(crawler.settings["EVIDENCE_DIR"]).absolute())

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RestPagesPipeline:
        return cls(crawler)

    async def process_item(self, item: Any) -> Any:
        if isinstance(item, PageSeen) and item.page is not None:
            page = item.page
            if page.recalled:
                self.stats.inc_value("govspider/pages/recalled")
            elif page.reading_key is not None and item.role in _READ_ROLES and not item.repeated:
                await run_in_thread(self._keep, page.reading_key, page)
            page.rest(observe_article)
        return item

    def _keep(self, key: str, page: Page) -> None:
        if reading := packed_reading(page):
            self.readings.keep(key, reading)
