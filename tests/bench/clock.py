"""How much processor time a crawl takes, measured inside its process: from the spider's opening to its end."""

from __future__ import annotations

import json
import re
import resource
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from scrapy import signals
from scrapy.crawler import Crawler

FILE = "BENCH_CLOCK_FILE"


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds and bytes of one crawl; `cpu` is user and system time of all its threads and of its reader."""

    cpu: float
    wall: float
    peak_bytes: int
    counters: dict[str, float]


def cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak_bytes(process: int | str = "self") -> int:
    """Largest resident size of a process so far; 0 where it is gone, or where another one cannot be asked (macOS).

    Where there is /proc, that of the program itself: what getrusage tells begins with the size of whoever started it.
    """
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss if process == "self" else 0
    found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


class Clock:
    """Scrapy extension: writes `Spent` as JSON to the file of the setting BENCH_CLOCK_FILE."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.file = Path(crawler.settings[FILE])
        crawler.signals.connect(self.open, signals.spider_opened)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Clock:
        return cls(crawler)

    def open(self) -> None:
        # after all who enter their counters at the end
        self.crawler.signals.connect(self.close, signals.spider_closed)
        self.cpu, self.wall = cpu_seconds(), time.monotonic()

    def close(self) -> None:
        stats = self.crawler.stats
        counters = {name: value for name, value in stats.get_stats().items() if isinstance(value, (int, float))}
        beside = counters.get("govspider/reader/cpu_seconds", 0.0)
        spent = Spent(cpu_seconds() - self.cpu + beside, time.monotonic() - self.wall, peak_bytes(), counters)
        self.file.write_text(json.dumps(asdict(spent)), encoding="utf-8")
