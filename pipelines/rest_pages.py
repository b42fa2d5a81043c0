"""Lets pages rest once everything was read from them: a look holds its pages to its end, and looks are many.

What was read is kept for the next run, where the same bytes need not be read again.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler

from govspider.evidence.batches import Batches
from govspider.evidence.readings import ReadingStore
from govspider.extract.columns.article import observe_article
from govspider.extract.readings import Reading, code_version, pack_reading, take_reading
from govspider.items import PageRole, PageSeen

_READ_ROLES = (PageRole.HOME, PageRole.COLUMN, PageRole.ARTICLE, PageRole.FRAME)
_SECONDS = 0.5
_AT_ONCE = 32


class RestPagesPipeline:
    """At once after the extractors: whatever else has to be waited for, the page waits without its tree.

    An article that stands in two lists is asked for its date once more: that answer is kept.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats
        self.readings = ReadingStore(Path(crawler.settings["EVIDENCE_DIR"]).absolute(), code_version())
        self.batches = Batches(self._keep, pause=_SECONDS, at_most=_AT_ONCE)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RestPagesPipeline:
        return cls(crawler)

    async def process_item(self, item: Any) -> Any:
        if isinstance(item, PageSeen) and item.page is not None:
            page = item.page
            wanted = page.reading_key is not None and item.role in _READ_ROLES and not item.repeated
            taken = take_reading(page) if wanted and not page.recalled else None
            page.let_go(observe_article)
            if item.keeping is None:  # else it is just being packed, and AwaitEvidencePipeline takes it so
                page.pack()
            if page.recalled:
                self.stats.inc_value("govspider/pages/recalled")
            elif taken is not None and page.reading_key is not None:
                kept = self.batches.add((page.reading_key, taken))
                if self.batches.full:  # a slow disk: what was read would pile up
                    await kept
        return item

    async def close_spider(self) -> None:
        await self.batches.settle()
        self.readings.close()

    def _keep(self, readings: Sequence[tuple[str, Reading]]) -> list[bool | Exception]:
        packed = ((key, pack_reading(taken)) for key, taken in readings)
        return [self.readings.keep_all([one for one in packed if one[1]])] * len(readings)
