"""Scrapy without us: a stock CrawlSpider with LinkExtractor, and the bare download of a list of addresses.

python -m tests.bench.stock crawl FILE CLOCK    start addresses in FILE, one a line
python -m tests.bench.stock download FILE CLOCK
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.linkextractors import LinkExtractor
from scrapy.spiders import CrawlSpider, Rule

from tests.bench.clock import FILE

# what is not about the work itself is set as in the product: breadth, open doors, loopback names
SETTINGS: dict[str, Any] = {
    "CONCURRENT_REQUESTS": 200,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY": 0,
    "REACTOR_THREADPOOL_MAXSIZE": 200,
    "COOKIES_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "RETRY_ENABLED": False,
    "LOG_LEVEL": "WARNING",
    "TWISTED_DNS_RESOLVER": "tests.bench.names.BenchResolver",
    "EXTENSIONS": {"tests.bench.clock.Clock": 10},
}


class Stock(CrawlSpider):
    """What the documentation of Scrapy shows: follow every link within the sites."""

    name = "stock"
    rules = (Rule(LinkExtractor(), callback="seen", follow=True),)

    def __init__(self, urls: list[str]) -> None:
        super().__init__()
        self.start_urls = urls
        self.allowed_domains = [host for url in urls if (host := urlsplit(url).hostname)]

    def seen(self, response: Response) -> None:
        self.crawler.stats.inc_value("bench/pages")


class Download(scrapy.Spider):
    """Asks for every address and does nothing with the answers."""

    name = "download"
    handle_httpstatus_all = True

    def __init__(self, urls: list[str]) -> None:
        super().__init__()
        self.urls = urls

    async def start(self) -> AsyncIterator[Any]:
        for url in self.urls:
            yield scrapy.Request(url, dont_filter=True, meta={"handle_httpstatus_all": True})

    def parse(self, response: Response, **_: Any) -> None:
        self.crawler.stats.inc_value("bench/pages")


def main() -> None:
    kind, urls, clock = sys.argv[1:]
    spider = {"crawl": Stock, "download": Download}[kind]
    process = AsyncCrawlerProcess({**SETTINGS, FILE: clock})
    process.crawl(spider, urls=Path(urls).read_text(encoding="utf-8").split())
    process.start()


if __name__ == "__main__":
    main()
