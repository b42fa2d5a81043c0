"""The door from the looks to the pipelines: a bounded number of items inside, and who came through.

A look may end only after every item of it has passed all pipelines, and it is complete only if
none of them failed there; Scrapy by itself loses the item, logs it and finishes as if nothing
had happened.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler

from govspider.spiders.fetching import CrawlStoppedError
from govspider.throttle.direct_pipelines import tell_of_items

_SEE_OFF_SECONDS = 0.2


class ItemDoor:
    """Gives items to the pipelines, with a count per look of those still in there.

    Items do not come out of `start()`: the engine takes one of those at a time, with a turn of its own schedule for
    each, though nothing of ours is ever scheduled.

    Parameters: `width` how many items may be in the pipelines at once.
    """

    def __init__(self, crawler: Crawler, width: int) -> None:
        self._crawler = crawler
        self._stats = crawler.stats
        self._room = asyncio.Semaphore(width)
        self._inside: dict[int, tuple[Any, int, asyncio.Task[None]]] = {}
        self._outstanding: Counter[int] = Counter()
        self._failed: Counter[int] = Counter()
        self._settling: dict[int, asyncio.Future[None]] = {}
        tell_of_items(crawler, self._passed)
        crawler.signals.connect(self._lost, signals.item_dropped)
        crawler.signals.connect(self._lost, signals.item_error)

    async def hand_over(self, item: Any, look_id: int) -> None:
        """Give an item to the pipelines; waits while they are full. Raises CrawlStoppedError where they are closed."""
        await self._room.acquire()
        engine: Any = self._crawler.engine
        slot = engine.scraper.slot
        if slot is None or (slot.closing is not None and slot.closing.called):
            self._room.release()
            raise CrawlStoppedError(f"the crawl ended before {type(item).__name__} of look {look_id} was stored")
        through = asyncio.create_task(engine.scraper.start_itemproc_async(item, response=None))
        self._inside[id(item)] = item, look_id, through  # whoever forgets a task may lose it
        self._outstanding[look_id] += 1

    async def settled(self, look_id: int) -> bool:
        """Wait until no item of the look is under way; True when all of them passed."""
        while self._outstanding[look_id]:
            # one bell for each look: a common one would wake every site for every item of any of them
            bell = self._settling.setdefault(look_id, asyncio.get_running_loop().create_future())
            await asyncio.shield(bell)
        del self._outstanding[look_id]
        return self._failed[look_id] == 0

    async def see_off(self, crawler: Crawler) -> None:
        """Tell a closing engine when the last item is out; runs beside the crawl until it is cancelled.

        Scrapy 2.19 looks whether its pipelines are empty only when it has finished with a response. Our pages
        are asked directly and no response ever gets there, so a crawl that is stopped (SIGTERM, memory limit)
        with items under way would wait for ever.
        """
        while True:
            await asyncio.sleep(_SEE_OFF_SECONDS)
            engine: Any = crawler.engine
            slot = engine.scraper.slot
            if slot is not None and slot.closing is not None and not slot.closing.called and slot.is_idle():
                slot.closing.callback(crawler.spider)

    def _passed(self, item: Any) -> None:
        self._leave(item)

    def _lost(self, item: Any) -> None:
        look_id = self._leave(item)
        if look_id is not None:
            self._failed[look_id] += 1
            self._stats.inc_value("govspider/pipelines/failed_items")

    def _leave(self, item: Any) -> int | None:
        entry = self._inside.pop(id(item), None)
        if entry is None:
            return None
        look_id = entry[1]
        self._outstanding[look_id] -= 1
        self._room.release()
        if self._outstanding[look_id] == 0 and look_id in self._settling:
            self._settling.pop(look_id).set_result(None)
        return look_id
