"""A Scrapy extension for crawls that are asked to stop at the moment at which it takes longest.

An engine that waits for the next item of `start()` cancels it, and with it every look; between two items it drops it
and waits for all requests in flight. The second moment is short and rare; here it is always.
"""

from __future__ import annotations

from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler


class DroppedStart:
    """The engine forgets what it would cancel."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        crawler.signals.connect(self._forget, signals.response_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DroppedStart:
        return cls(crawler)

    def _forget(self) -> None:
        engine: Any = self._crawler.engine
        engine._start_request_processing_awaitable = None
