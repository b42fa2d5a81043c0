"""Progress while a crawl works: sites, pages, suspicious things, time left.

On the screen for a person; in the log, and less often, for a job of scrapyd.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import time
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from govspider.items import (
    OBSERVED_DARK_LINKS,
    OBSERVED_TAMPERING,
    OBSERVED_WORDING,
    LinkAnswered,
    LinkState,
    PageSeen,
)
from govspider.throttle.direct_pipelines import tell_of_items

_log = logging.getLogger("govspider")


class Progress:
    """Scrapy extension: one line to standard error every PROGRESS_SECONDS; 0 turns it off.

    scrapyd names its jobs to the spider; their lines go to the log every PROGRESS_SECONDS_IN_JOBS.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.seconds = crawler.settings.getfloat("PROGRESS_SECONDS")
        if self.seconds <= 0:
            raise NotConfigured("PROGRESS_SECONDS is 0")
        self.crawler = crawler
        self.is_job = False
        self.pages = 0
        self.links = 0
        self.suspects = 0
        self.started = time.monotonic()
        self.task: asyncio.Task[None] | None = None
        crawler.signals.connect(self.open, signals.spider_opened)
        tell_of_items(crawler, self.count)
        crawler.signals.connect(self.close, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Progress:
        return cls(crawler)

    def open(self) -> None:
        self.is_job = hasattr(self.crawler.spider, "_job")
        if self.is_job:
            self.seconds = self.crawler.settings.getfloat("PROGRESS_SECONDS_IN_JOBS")
        if self.seconds > 0:
            self.task = asyncio.ensure_future(self._tell())

    def count(self, item: Any) -> None:
        if isinstance(item, PageSeen):
            self.pages += 1
            for name in (OBSERVED_DARK_LINKS, OBSERVED_TAMPERING, OBSERVED_WORDING):
                self.suspects += len(item.observations.get(name, ()))
        elif isinstance(item, LinkAnswered):
            self.links += 1
            self.suspects += item.state is LinkState.DEAD

    def close(self) -> None:
        if self.task is not None:
            self.task.cancel()
        self._print("结束")

    async def _tell(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            while True:
                await asyncio.sleep(self.seconds)
                self._print("进行中")

    def _print(self, word: str) -> None:
        total = len(getattr(self.crawler.spider, "targets", ()))
        done = int(self.crawler.stats.get_value("govspider/looks/finished", 0))
        spent = time.monotonic() - self.started
        line = (
            f"巡检{word}：网站 {done}/{total}，页面 {self.pages}，链接 {self.links}，"
            f"疑点 {self.suspects}，已用 {_clock(spent)}，{_left(done, total, spent)}"
        )
        if self.is_job:
            _log.info("%s", line)
        else:
            print(line, file=sys.stderr, flush=True)


def _left(done: int, total: int, spent: float) -> str:
    if done >= total:
        return "剩余 0:00"
    return f"剩余约 {_clock(spent / done * (total - done))}" if done else "剩余时间待估计"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
