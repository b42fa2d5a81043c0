"""A look ends when its own items are through, whatever those of others do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest
from scrapy.core.scraper import Scraper
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.utils.test import get_crawler

from govspider.spiders.fetching import CrawlStoppedError
from govspider.spiders.item_door import ItemDoor


class Item:
    """Stays in the pipelines until it is let through or dropped."""

    def __init__(self) -> None:
        self.end: asyncio.Future[bool] = asyncio.get_running_loop().create_future()


class Gate:
    """The only pipeline."""

    inside = 0

    async def process_item(self, item: Item) -> Item:
        Gate.inside += 1
        passes = await item.end
        Gate.inside -= 1
        if not passes:
            raise DropItem("as the test wants it")
        return item


@asynccontextmanager
async def _crawler() -> AsyncIterator[Crawler]:
    """A crawler with real pipelines, and nothing that asks."""
    gate = f"{__name__}.Gate"
    settings = {"ITEM_PIPELINES": {gate: 1}, "ITEM_PROCESSOR": "govspider.throttle.direct_pipelines.DirectPipelines"}
    crawler = get_crawler(settings_dict=settings)
    crawler.spider = crawler._create_spider()
    scraper = Scraper(crawler)
    await scraper.open_spider_async()
    crawler.engine = SimpleNamespace(scraper=scraper)  # type: ignore[assignment]
    yield crawler
    await _settle()  # the last item has told of itself and is about to leave
    await scraper.close_spider_async()


async def _settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_a_look_waits_for_its_own_items_only_and_a_lost_one_makes_it_incomplete() -> None:
    async def scene() -> None:
        async with _crawler() as crawler:
            door = ItemDoor(crawler, 10)
            mine, second, other = Item(), Item(), Item()
            for item, look in ((mine, 1), (second, 1), (other, 2)):
                await door.hand_over(item, look)
            first, last = asyncio.create_task(door.settled(1)), asyncio.create_task(door.settled(2))
            mine.end.set_result(True)
            await _settle()
            assert not first.done()
            second.end.set_result(False)
            assert await first is False
            assert not last.done()
            other.end.set_result(True)
            assert await last is True
            assert crawler.stats.get_value("govspider/pipelines/failed_items") == 1

    asyncio.run(scene())


def test_a_look_settles_again_after_more_items_and_at_once_without_any() -> None:
    async def scene() -> None:
        async with _crawler() as crawler:
            door = ItemDoor(crawler, 10)
            assert await door.settled(7) is True
            for _ in range(2):
                item = Item()
                await door.hand_over(item, 7)
                waiting = asyncio.create_task(door.settled(7))
                await _settle()
                assert not waiting.done()
                item.end.set_result(True)
                assert await waiting is True

    asyncio.run(scene())


def test_a_wait_that_is_cancelled_leaves_the_door_in_order() -> None:
    async def scene() -> None:
        async with _crawler() as crawler:
            door = ItemDoor(crawler, 10)
            item = Item()
            await door.hand_over(item, 1)
            left, stays = asyncio.create_task(door.settled(1)), asyncio.create_task(door.settled(1))
            await _settle()
            left.cancel()
            await _settle()
            item.end.set_result(True)
            assert await stays is True

    asyncio.run(scene())


def test_no_more_items_are_inside_than_the_door_is_wide() -> None:
    async def scene() -> None:
        async with _crawler() as crawler:
            door = ItemDoor(crawler, 2)
            items = [Item() for _ in range(3)]
            waiting = [asyncio.create_task(door.hand_over(item, 1)) for item in items]
            await _settle()
            assert Gate.inside == 2
            assert not waiting[2].done()
            items[0].end.set_result(True)
            await waiting[2]
            for item in items[1:]:
                item.end.set_result(True)
            assert await door.settled(1) is True

    asyncio.run(scene())


def test_items_are_refused_where_the_pipelines_are_closed() -> None:
    async def scene() -> None:
        async with _crawler() as crawler:
            door = ItemDoor(crawler, 1)
        for _ in range(2):
            with pytest.raises(CrawlStoppedError, match="Item of look 3"):
                await door.hand_over(Item(), 3)
        assert await door.settled(3) is True

    asyncio.run(scene())
