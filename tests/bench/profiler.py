"""Where the time of a crawl goes, function by function: for people who make it faster, not for figures."""

from __future__ import annotations

import cProfile

from scrapy import signals
from scrapy.crawler import Crawler

FILE = "BENCH_PROFILE_FILE"


class Profiler:
    """Scrapy extension: writes a cProfile of the reactor thread to the file of the setting BENCH_PROFILE_FILE."""

    def __init__(self, crawler: Crawler) -> None:
        self.file = str(crawler.settings[FILE])
        self.profile = cProfile.Profile()
        crawler.signals.connect(self.open, signals.spider_opened)
        crawler.signals.connect(self.close, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Profiler:
        return cls(crawler)

    def open(self) -> None:
        self.profile.enable()

    def close(self) -> None:
        self.profile.disable()
        self.profile.dump_stats(self.file)
