"""A look ends when its own items are through, whatever those of others do."""

from __future__ import annotations

import asyncio

from scrapy import signals
from scrapy.utils.test import get_crawler

from govspider.spiders.item_door import ItemDoor


class Item:
    """Any object will do: items are told apart by identity."""


async def _settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_a_look_waits_for_its_own_items_only_and_a_lost_one_makes_it_incomplete() -> None:
    async def scene() -> None:
        crawler = get_crawler()
        door = ItemDoor(crawler, 10)
        mine, second, other = Item(), Item(), Item()
        for item, look in ((mine, 1), (second, 1), (other, 2)):
            await door.hand_over(item, look)
        first, last = asyncio.create_task(door.settled(1)), asyncio.create_task(door.settled(2))
        crawler.signals.send_catch_log(signals.item_scraped, item=mine)
        await _settle()
        assert not first.done()
        crawler.signals.send_catch_log(signals.item_error, item=second)
        assert await first is False
        assert not last.done()
        crawler.signals.send_catch_log(signals.item_scraped, item=other)
        assert await last is True
        assert crawler.stats.get_value("govspider/pipelines/failed_items") == 1

    asyncio.run(scene())


def test_a_look_settles_again_after_more_items_and_at_once_without_any() -> None:
    async def scene() -> None:
        crawler = get_crawler()
        door = ItemDoor(crawler, 10)
        assert await door.settled(7) is True
        for _ in range(2):
            item = Item()
            await door.hand_over(item, 7)
            waiting = asyncio.create_task(door.settled(7))
            await _settle()
            assert not waiting.done()
            crawler.signals.send_catch_log(signals.item_scraped, item=item)
            assert await waiting is True

    asyncio.run(scene())


def test_a_wait_that_is_cancelled_leaves_the_door_in_order() -> None:
    async def scene() -> None:
        crawler = get_crawler()
        door = ItemDoor(crawler, 10)
        item = Item()
        await door.hand_over(item, 1)
        left, stays = asyncio.create_task(door.settled(1)), asyncio.create_task(door.settled(1))
        await _settle()
        left.cancel()
        await _settle()
        crawler.signals.send_catch_log(signals.item_scraped, item=item)
        assert await stays is True

    asyncio.run(scene())
