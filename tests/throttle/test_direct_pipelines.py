"""The chain of pipelines means what Scrapy's means, and whoever listens is told of every item that came through."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.pipelines import ItemPipelineManager
from scrapy.utils.test import get_crawler

from govspider.throttle.direct_pipelines import DirectPipelines, tell_of_items


class Plain:
    """Adds its name to the item."""

    def process_item(self, item: list[str]) -> list[str]:
        item.append("plain")
        return item


class Waiting:
    """Waits, then hands on another item."""

    async def process_item(self, item: list[str]) -> list[str]:
        await asyncio.sleep(0)
        return [*item, "waited"]


class Later:
    """Hands on what somebody else will have done."""

    def process_item(self, item: list[str]) -> asyncio.Future[list[str]]:
        future = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_soon(future.set_result, [*item, "later"])
        return future


class Old:
    """Wants the spider, as pipelines once did."""

    def process_item(self, item: list[str], spider: Any) -> list[str]:
        return [*item, f"for {spider.name}"]


class Dropping:
    def process_item(self, item: list[str]) -> list[str]:
        raise DropItem(f"after {item}")


def crawler(direct: bool = True) -> Crawler:
    name = f"{DirectPipelines.__module__}.{DirectPipelines.__name__}"
    made = get_crawler(settings_dict={"ITEM_PROCESSOR": name} if direct else {})
    made.spider = made._create_spider("someone")
    return made


@pytest.mark.parametrize("pipelines", [(), (Plain,), (Plain, Waiting, Later, Plain), (Later, Waiting)])
def test_an_item_comes_through_as_it_does_in_scrapy(pipelines: tuple[type, ...]) -> None:
    ours, theirs = (
        asyncio.run(kind(*(one() for one in pipelines), crawler=crawler()).process_item_async(["begun"]))
        for kind in (DirectPipelines, ItemPipelineManager)
    )
    assert ours == theirs
    assert len(ours) == 1 + len(pipelines)


@pytest.mark.filterwarnings("ignore::scrapy.exceptions.ScrapyDeprecationWarning")
def test_a_pipeline_that_wants_the_spider_gets_it() -> None:
    chain = DirectPipelines(Plain(), Old(), crawler=crawler())
    assert asyncio.run(chain.process_item_async([])) == ["plain", "for someone"]


def test_listeners_are_told_of_what_came_through_and_of_nothing_else() -> None:
    told: list[Any] = []
    owner = crawler()
    tell_of_items(owner, told.append)
    asyncio.run(DirectPipelines(Waiting(), crawler=owner).process_item_async(["a"]))
    tell_of_items(owner, told.append)
    asyncio.run(DirectPipelines(Plain(), crawler=owner).process_item_async(["b"]))
    with pytest.raises(DropItem):
        asyncio.run(DirectPipelines(Plain(), Dropping(), crawler=owner).process_item_async(["c"]))
    asyncio.run(DirectPipelines(crawler=crawler()).process_item_async(["somebody else's"]))
    assert told == [["a", "waited"], ["b", "plain"], ["b", "plain"]]


def test_with_another_chain_listeners_hear_the_signal() -> None:
    told: list[Any] = []
    owner = crawler(direct=False)

    def listen(item: Any) -> None:
        told.append(item)

    tell_of_items(owner, listen)
    owner.signals.send_catch_log(signals.item_scraped, item="an item", response=None, spider=owner.spider)
    assert told == ["an item"]
