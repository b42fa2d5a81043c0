"""Stores what was seen: batched, off the reactor thread, and nothing vanishes silently.

A database that is away is waited for; one that stays away stops the crawl, which can be resumed.
A row that cannot be stored goes to the dead-letter file, and the run ends incomplete.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler
from scrapy.utils.asyncio import run_in_thread

from govspider.db.store import DatabaseAwayError, Item, StoreWriter, UnstorableError
from govspider.evidence.dead_letters import append
from govspider.items import HostProbed, LinkAnswered, LinkReused, LookFinished, PageSeen

logger = logging.getLogger(__name__)

_FIRST_WAIT = 0.5
_LONGEST_WAIT = 30.0
_LOST = "something of this look was not kept; see the log and the dead-letter file"


def waits(tries: int) -> list[float]:
    """Seconds between tries to reach a database that is away; `tries` is the setting STORE_RETRIES."""
    return [min(_FIRST_WAIT * 2**number, _LONGEST_WAIT) for number in range(tries - 1)]


class StoreObservationsPipeline:
    """Last pipeline. Settings: DATABASE_URL, STORE_BATCH, STORE_SECONDS, STORE_RETRIES, DEAD_LETTER_FILE."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.stats = crawler.stats
        self.size = settings.getint("STORE_BATCH")
        self.pause = settings.getfloat("STORE_SECONDS")
        self.tries = settings.getint("STORE_RETRIES")
        prepared = settings.get("PREPARED_RUN")
        self.writer = StoreWriter(settings["DATABASE_URL"], prepared.locks if prepared is not None else None)
        self.dead_letters = Path(settings["DEAD_LETTER_FILE"])
        self.waiting: list[Item] = []
        self.lock: asyncio.Lock | None = None
        self.ticking: asyncio.Task[None] | None = None
        self.away = False
        self.spoilt: set[int] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StoreObservationsPipeline:
        return cls(crawler)

    async def open_spider(self) -> None:
        self.lock = asyncio.Lock()
        self.ticking = asyncio.create_task(self._tick())

    async def process_item(self, item: Any) -> Any:
        if isinstance(item, PageSeen) and item.page is not None and item.evidence_sha256 is None:
            self.spoilt.add(item.look_id)
        if not isinstance(item, (PageSeen, LinkAnswered, LinkReused, HostProbed, LookFinished)):
            raise TypeError(f"the store knows no item of type {type(item).__name__}")
        if isinstance(item, LinkReused):
            self.stats.inc_value("govspider/links/reused")
        self.waiting.append(item)
        if len(self.waiting) >= self.size:
            await self._flush()  # awaiting here holds the spider back while the database is slow
        return item

    async def close_spider(self) -> None:
        assert self.lock is not None
        async with self.lock:  # a batch under way is written first: cancelled, it would be lost to the count of sites
            if self.ticking is not None:
                self.ticking.cancel()
        while self.waiting and not self.away:
            await self._flush()
        if self.waiting:
            logger.error(
                "%d observations were not stored; resuming the run looks at their sites again", len(self.waiting)
            )
        self.writer.close()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(self.pause)
            await self._flush()

    async def _flush(self) -> None:
        assert self.lock is not None
        async with self.lock:
            if not self.waiting or self.away:
                return
            batch, self.waiting = self.waiting[: self.size], self.waiting[self.size :]
            try:
                await self._write(batch)
            except DatabaseAwayError as error:
                self._give_up(batch, error)
            except BaseException:  # ours or Python's own: their looks are not whole, and it goes on upwards
                self._spoil(batch)
                raise

    async def _write(self, batch: list[Item]) -> None:
        """Write a batch; where the database refuses it, halve it until the culprit stands alone."""
        try:
            await self._write_patiently(batch)
        except UnstorableError as error:
            if len(batch) == 1:
                await self._bury(batch[0], error)
                return
            middle = len(batch) // 2
            await self._write(batch[:middle])
            await self._write(batch[middle:])
        else:
            self.stats.inc_value("govspider/store/items", len(batch))

    async def _write_patiently(self, batch: list[Item]) -> None:
        for attempt, wait in enumerate([*waits(self.tries), 0.0], start=1):
            try:
                await run_in_thread(self.writer.write, [self._honest(item) for item in batch])
            except DatabaseAwayError as error:
                if attempt == self.tries:
                    raise
                self.stats.inc_value("govspider/store/retries")
                logger.warning("the database is away (%s), try %d of %d", error, attempt, self.tries)
                await asyncio.sleep(wait)
            else:
                return

    def _spoil(self, items: list[Item]) -> None:
        """Remember the looks of items that were not kept."""
        self.spoilt.update(item.look_id for item in items if item.look_id is not None)

    def _honest(self, item: Item) -> Item:
        """The end of a look of which something was lost does not say complete: the next run looks again."""
        if isinstance(item, LookFinished) and item.complete and item.look_id in self.spoilt:
            return replace(item, complete=False, detail=f"{item.detail}; {_LOST}" if item.detail else _LOST)
        return item

    def _give_up(self, batch: list[Item], error: DatabaseAwayError) -> None:
        self.away = True
        self.waiting = batch + self.waiting
        self.stats.set_value("govspider/store/database_away", str(error))
        logger.error("the database stayed away: the crawl stops here and can be resumed (%s)", error)
        spider: Any = self.crawler.spider
        spider.stop_asking("database_away")

    async def _bury(self, item: Item, error: UnstorableError) -> None:
        self.stats.inc_value("govspider/store/dead_letters")
        self._spoil([item])
        line = {"error": str(error), "item": type(item).__name__, "row": _describe(item)}
        try:
            await run_in_thread(append, self.dead_letters, line)
        except OSError as failure:
            logger.error("a row could neither be stored nor written to %s: %s", self.dead_letters, failure)


def _describe(item: Item) -> dict[str, str]:
    names = ("look_id", "run_id", "site_id", "role", "url", "final_url", "status", "state", "evidence_sha256")
    return {name: repr(getattr(item, name)) for name in names if hasattr(item, name)}
