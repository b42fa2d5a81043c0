"""An extension for crawls of the tests: the most memory the process held, told at its end."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from scrapy import signals
from scrapy.crawler import Crawler

_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


class PeakMemory:
    """Logs VmHWM when the spider closes; 0 where the system does not tell."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PeakMemory:
        made = cls()
        crawler.signals.connect(made.tell, signals.spider_closed)
        return made

    def tell(self) -> None:
        status = Path("/proc/self/status")
        found = _PEAK.search(status.read_text("utf-8")) if status.exists() else None
        logging.getLogger("govspider").warning("peak memory in MB: %d", int(found.group(1)) // 1024 if found else 0)
