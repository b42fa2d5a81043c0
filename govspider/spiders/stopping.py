"""The end of a crawl that is asked to stop: answers on their way are waited for, but not for as long as they please.

Scrapy waits until nothing is in flight. Beside sites that never answer that takes as long as all retries of a page and
of its robots.txt, and behind a Retry-After minutes more. Who is waited for no longer is looked at again when the run is
gone on with; what came before is stored.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

_GLANCE_SECONDS = 0.2


async def cut_short(crawler: Crawler, give_up: Callable[[], object]) -> None:
    """Once the crawl is asked to stop, call `give_up` STOP_SECONDS later; runs beside the crawl until cancelled."""
    while not _is_closing(crawler):
        await asyncio.sleep(_GLANCE_SECONDS)
    seconds = crawler.settings.getfloat("STOP_SECONDS")
    await asyncio.sleep(seconds)
    engine: Any = crawler.engine
    logger.info(
        "%d requests are given up, %s s after the crawl was asked to stop", len(engine._slot.inprogress), seconds
    )
    give_up()


def _is_closing(crawler: Crawler) -> bool:
    engine: Any = crawler.engine
    return engine._slot is not None and engine._slot.closing is not None
