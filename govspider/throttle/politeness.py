"""What a site asks of its visitors: Crawl-delay in robots.txt, Retry-After on 429 and 503."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from govspider.throttle.slots import SiteDownloader

_BUSY = (429, 503)


class Politeness:
    """Scrapy extension. Settings: CRAWL_DELAY_MAX, RETRY_AFTER_MAX, BUSY_PAUSE (all in seconds)."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.user_agent = str(settings.get("ROBOTSTXT_USER_AGENT") or settings["USER_AGENT"])
        self.longest_delay = settings.getfloat("CRAWL_DELAY_MAX")
        self.longest_pause = settings.getfloat("RETRY_AFTER_MAX")
        self.busy_pause = settings.getfloat("BUSY_PAUSE")
        crawler.signals.connect(self.obey_crawl_delay, signals.robots_parsed)
        crawler.signals.connect(self.obey_retry_after, signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Politeness:
        return cls(crawler)

    @property
    def downloader(self) -> SiteDownloader:
        engine: Any = self.crawler.engine
        downloader: SiteDownloader = engine.downloader
        return downloader

    def obey_crawl_delay(self, robotparser: RobotParser, request: Request) -> None:
        delay = robotparser.crawl_delay(self.user_agent)
        if delay:
            self.downloader.slow_down(request, min(delay, self.longest_delay))
            self.crawler.stats.inc_value("govspider/throttle/crawl_delay")

    def obey_retry_after(self, response: Response, request: Request) -> None:
        if response.status not in _BUSY:
            return
        asked = response.headers.get("Retry-After")
        wait = read_retry_after(asked.decode("latin-1"), time.time()) if asked else None
        seconds = self.busy_pause if wait is None else wait
        self.downloader.pause(request, min(max(seconds, 0.0), self.longest_pause))
        self.crawler.stats.inc_value("govspider/throttle/paused")


def read_retry_after(value: str, now: float) -> float | None:
    """Seconds to wait that a Retry-After header asks for; None when it says nothing readable.

    Parameters: `value` the header (seconds or an HTTP date); `now` seconds since the epoch.
    """
    value = value.strip()
    try:
        return float(value)
    except ValueError:
        pass  # then it is a date
    try:
        return parsedate_to_datetime(value).timestamp() - now
    except (TypeError, ValueError):
        return None
