"""Pipelines called one after the other, waiting only for those that have something to wait for.

Scrapy wraps whatever a pipeline returns in a coroutine and names the method for a warning, each time; and it makes a
task for everyone who listens to the signal of an item that came through. With ten pipelines and two items a page, that
cost ten times as much as passing them on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.pipelines import ItemPipelineManager
from scrapy.utils.defer import ensure_awaitable
from scrapy.utils.misc import load_object


class DirectPipelines(ItemPipelineManager):
    """Scrapy's chain with the same order and the same meaning. Setting: ITEM_PROCESSOR."""

    def __init__(self, *pipelines: Any, crawler: Crawler | None = None) -> None:
        super().__init__(*pipelines, crawler=crawler)
        self._listeners = _LISTENERS.setdefault(crawler, []) if crawler is not None else []

    async def process_item_async(self, item: Any) -> Any:
        if self._mw_methods_requiring_spider:  # written for an older Scrapy
            item = await super().process_item_async(item)
        else:
            for method in self.methods["process_item"]:
                assert method is not None
                given = item
                item = method(given)
                if item is not given:
                    item = await ensure_awaitable(item)
        for listener in self._listeners:
            listener(item)
        return item


def tell_of_items(crawler: Crawler, listener: Callable[[Any], None]) -> None:
    """Have `listener(item)` called for each item that came through all pipelines, as `item_scraped` would."""
    if issubclass(load_object(crawler.settings["ITEM_PROCESSOR"]), DirectPipelines):
        _LISTENERS.setdefault(crawler, []).append(listener)
    else:
        crawler.signals.connect(listener, signals.item_scraped, weak=False)


_LISTENERS: WeakKeyDictionary[Crawler, list[Callable[[Any], None]]] = WeakKeyDictionary()
