"""Requests, answers and items are counted under the names that Scrapy gives them."""

from __future__ import annotations

import asyncio

import pytest
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.stats import DownloaderStats
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from govspider.throttle.direct_pipelines import DirectPipelines
from govspider.throttle.run_stats import AnswerStats, RunStats

_OF_OTHERS = ("downloader/request_method_count/GET", "downloader/request_bytes", "downloader/response_bytes")


def _crawler() -> Crawler:
    name = f"{DirectPipelines.__module__}.{DirectPipelines.__name__}"
    crawler = get_crawler(settings_dict={"ITEM_PROCESSOR": name, "EXTENSIONS_BASE": {}})
    crawler.spider = crawler._create_spider("someone")
    return crawler


def _some_traffic(middleware: AnswerStats | DownloaderStats) -> None:
    asked = Request("http://www.x.gov.cn/")
    for status, body in ((200, b"1234"), (404, b"12"), (200, b"")):
        middleware.process_request(asked)
        middleware.process_response(asked, Response(asked.url, status=status, body=body))
    for error in (TimeoutError(), OSError(), TimeoutError()):
        middleware.process_request(asked)
        middleware.process_exception(asked, error)


@pytest.mark.parametrize("traffic", [True, False])
def test_at_the_end_of_a_crawl_the_statistics_say_what_scrapys_would(traffic: bool) -> None:
    ours, theirs = _crawler(), _crawler()
    counted = AnswerStats.from_crawler(ours)
    if traffic:
        _some_traffic(counted)
        _some_traffic(DownloaderStats(theirs.stats))
    ours.signals.send_catch_log(signals.spider_closed, spider=ours.spider, reason="finished")
    expected = {name: value for name, value in theirs.stats.get_stats().items() if name not in _OF_OTHERS}
    found = dict(ours.stats.get_stats())
    assert found.pop("downloader/response_bytes", 0) == (6 if traffic else 0)
    assert found == expected


def test_items_answers_and_the_time_of_a_crawl_are_counted() -> None:
    crawler = _crawler()
    RunStats.from_crawler(crawler)
    crawler.signals.send_catch_log(signals.spider_opened, spider=crawler.spider)
    chain = DirectPipelines(crawler=crawler)
    for item in ("first", "second"):
        asyncio.run(chain.process_item_async(item))
    crawler.signals.send_catch_log(signals.response_received, spider=crawler.spider)
    crawler.signals.send_catch_log(signals.item_dropped, item=1, spider=crawler.spider, exception=OSError())
    crawler.signals.send_catch_log(signals.spider_closed, spider=crawler.spider, reason="finished")
    stats = crawler.stats.get_stats()
    counts = {name: stats[name] for name in ("item_scraped_count", "response_received_count", "item_dropped_count")}
    assert counts == {"item_scraped_count": 2, "response_received_count": 1, "item_dropped_count": 1}
    assert (stats["finish_reason"], stats["finish_time"] >= stats["start_time"]) == ("finished", True)
