"""Which of Scrapy's lines are made at all: a line for each answer and each item only where somebody wants to see it."""

from __future__ import annotations

import logging
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.logformatter import LogFormatter


class NeededLines(LogFormatter):
    """Setting LOG_FORMATTER. "Crawled" and "Scraped from" are of level DEBUG; made and thrown away they cost time."""

    def __init__(self, *, each: bool) -> None:
        self._each = each

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        level = crawler.settings.get("LOG_LEVEL")
        number = level if isinstance(level, int) else logging.getLevelNamesMapping().get(str(level), logging.DEBUG)
        return cls(each=number <= logging.DEBUG)

    def crawled(self, *given: Any) -> Any:
        """The line for an answer, None for no line."""
        return super().crawled(*given) if self._each else None

    def scraped(self, *given: Any) -> Any:
        """The line for an item, None for no line."""
        return super().scraped(*given) if self._each else None
