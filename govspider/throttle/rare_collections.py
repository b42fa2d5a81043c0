"""Python's search for garbage in circles, made rare: it looked through the whole heap every few pages.

What the program loaded at its start (lexicons, patterns, classes) lives to its end and is set aside; the rest is
searched after so many new objects as COLLECTOR_THRESHOLDS says. Pages are freed when they are let go either way.
"""

from __future__ import annotations

import gc

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

LOADED = object()
"""Signal of a spider that has loaded what lives to the end of the crawl, its word lists above all."""


class RareCollections:
    """Scrapy extension. Setting: COLLECTOR_THRESHOLDS, three numbers as `gc.set_threshold` takes them; none: off."""

    def __init__(self, crawler: Crawler) -> None:
        wanted = crawler.settings.getlist("COLLECTOR_THRESHOLDS")
        if not wanted:
            raise NotConfigured("COLLECTOR_THRESHOLDS is empty")
        if len(wanted) != len(gc.get_threshold()):
            raise ValueError(f"COLLECTOR_THRESHOLDS wants three numbers, not {wanted!r}")
        self._wanted = tuple(int(number) for number in wanted)
        self._before = gc.get_threshold()
        crawler.signals.connect(self.begin, signals.spider_opened)
        crawler.signals.connect(self.set_aside, LOADED)
        crawler.signals.connect(self.end, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RareCollections:
        return cls(crawler)

    def begin(self) -> None:
        """Set aside what is there, and search rarely from now on."""
        self.set_aside()
        gc.set_threshold(*self._wanted)

    def set_aside(self) -> None:
        """What is there is not looked through again; nor now: 10 of 200,000 objects were garbage after the start."""
        gc.freeze()

    def end(self) -> None:
        """The collector as it was."""
        gc.unfreeze()
        gc.set_threshold(*self._before)
