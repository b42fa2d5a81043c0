"""What Scrapy counts for each request and item, as plain numbers that are entered in the statistics at the end.

Scrapy's own counters format names and take requests apart for their length: more than an answer's whole way through the
other middlewares.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.extensions.corestats import CoreStats
from scrapy.http import Response
from scrapy.utils.python import global_object_name

from govspider.throttle.direct_pipelines import tell_of_items


class RunStats(CoreStats):
    """Scrapy extension in place of CoreStats: the same statistics; items are counted where they come through."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RunStats:
        stats = cls(crawler.stats)
        crawler.signals.connect(stats.spider_opened, signals.spider_opened)
        crawler.signals.connect(stats.spider_closed, signals.spider_closed)
        crawler.signals.connect(stats.item_dropped, signals.item_dropped)
        crawler.signals.connect(stats.response_received, signals.response_received)
        tell_of_items(crawler, stats._count)
        return stats

    def _count(self, item: Any) -> None:
        self.stats.inc_value("item_scraped_count")


class AnswerStats:
    """Downloader middleware in place of DownloaderStats: requests, answers by status, failures by kind, bytes.

    The names are Scrapy's; `downloader/response_bytes` is that of bodies as they came, without headers.
    """

    def __init__(self) -> None:
        self._requests = 0
        self._bytes = 0
        self._statuses: Counter[int] = Counter()
        self._failures: Counter[type[Exception]] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AnswerStats:
        counted = cls()

        def enter() -> None:
            for name, value in counted.told().items():
                crawler.stats.set_value(name, value)

        crawler.signals.connect(enter, signals.spider_closed, weak=False)
        return counted

    def process_request(self, request: Request) -> None:
        self._requests += 1

    def process_response(self, request: Request, response: Response) -> Response:
        self._statuses[response.status] += 1
        self._bytes += len(response.body)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        self._failures[type(exception)] += 1

    def told(self) -> dict[str, int]:
        """The statistics by their names; what never happened is left out, as Scrapy leaves it out."""
        counted = {
            "downloader/request_count": self._requests,
            "downloader/response_count": self._statuses.total(),
            "downloader/response_bytes": self._bytes,
            "downloader/exception_count": self._failures.total(),
            **{f"downloader/response_status_count/{status}": times for status, times in self._statuses.items()},
            **{
                f"downloader/exception_type_count/{global_object_name(kind)}": times
                for kind, times in self._failures.items()
            },
        }
        return {name: times for name, times in counted.items() if times}
