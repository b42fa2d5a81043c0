"""When requests leave, as the product's downloader decides it: the clock that its slots keep, read where they keep it.

Arrival tells little of that on a busy machine, and neither does a clock that is read a little later: a process that is
not given the processor in between makes one gap long and the next one short. Between two decisions for one slot there
is the delay, exactly, however slow the machine is.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler

from govspider.throttle.slots import SiteDownloader

FILE = "DEPARTURES_FILE"
SLACK = 0.001
"""Seconds; less than any clock of a computer is wrong by."""


class NotingDownloader(SiteDownloader):
    """The product's downloader; `departures` holds address and second of each request in order.

    Setting DEPARTURES_FILE: each is written there as well, a line of JSON.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.departures: list[tuple[str, float]] = []
        named = crawler.settings.get(FILE)
        self._file = Path(named).open("a", encoding="utf-8", buffering=1) if named else None  # noqa: SIM115  to the end

    async def _download(self, slot: Any, request: Request) -> Any:
        self.departures.append((request.url, slot.lastseen))
        if self._file is not None:
            self._file.write(json.dumps(self.departures[-1]) + "\n")
        return await super()._download(slot, request)


def noted(path: Path) -> list[tuple[str, float]]:
    """Departures that a crawl wrote, in order of time."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return sorted(((str(url), float(at)) for url, at in lines), key=lambda departure: departure[1])
