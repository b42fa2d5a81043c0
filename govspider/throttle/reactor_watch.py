"""Steps of the reactor that take long: while one runs, no answer is received and no time limit is kept.

What takes longer than REACTOR_STEP_MS is counted in the run's statistics (`govspider/reactor/…`), with the longest
step and, at level INFO, what it was. A site must never look slow because of us.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

logger = logging.getLogger(__name__)

_COUNT = "govspider/reactor/long_steps"
_LONGEST = "govspider/reactor/longest_step_ms"
_TOLD = 20
_PARTS = 10
_Handle: Any = asyncio.Handle  # how it runs its callback is no documented part of it


class ReactorWatch:
    """Scrapy extension. Setting: REACTOR_STEP_MS, 0 turns it off."""

    def __init__(self, crawler: Crawler) -> None:
        self.limit = crawler.settings.getfloat("REACTOR_STEP_MS") / 1000
        if self.limit <= 0:
            raise NotConfigured("REACTOR_STEP_MS is 0")
        self.stats = crawler.stats
        self.longest = 0.0
        self.told = 0
        self._plain: Callable[[asyncio.Handle], None] | None = None
        crawler.signals.connect(self.begin, signals.spider_opened)
        crawler.signals.connect(self.end, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ReactorWatch:
        return cls(crawler)

    def begin(self) -> None:
        """Time every callback of the event loop from now on."""
        plain: Callable[[asyncio.Handle], None] = _Handle._run
        # time of this thread: a machine that is busy with something else is not our doing
        self._plain, limit, now, spent = plain, self.limit, time.perf_counter, time.thread_time
        owner, thread = threading.get_ident(), threading.get_ident
        looked, last = now(), spent()

        def timed(handle: asyncio.Handle) -> None:
            nonlocal looked, last
            plain(handle)
            # another thread's is a loop of somebody else's; and there are a hundred steps a page, while the thread's
            # clock is a call to the system: a long step is told with up to a tenth of its limit that ran before it
            if thread() != owner or (ended := now()) - looked < limit / _PARTS:
                return
            looked, began, last = ended, last, spent()
            if last - began > limit:
                self._note(handle, last - began)

        _Handle._run = timed
        self.stats.set_value(_COUNT, 0)

    def end(self) -> None:
        if self._plain is not None:
            _Handle._run = self._plain
            self._plain = None
        self.stats.set_value(_LONGEST, round(self.longest * 1000, 1))

    def _note(self, handle: Any, spent: float) -> None:
        self.stats.inc_value(_COUNT)
        self.longest = max(self.longest, spent)
        if self.told < _TOLD:
            self.told += 1
            logger.info("a step of the reactor took %.0f ms: %s", spent * 1000, _told(handle))


def _told(handle: Any) -> str:
    """What a step was: of a coroutine, where it stands after the step, with all that wait for it."""
    task = getattr(getattr(handle, "_callback", None), "__self__", None)
    if not isinstance(task, asyncio.Task):
        return str(handle)
    inner: Any = task.get_coro()
    names = []
    while (frame := getattr(inner, "cr_frame", None)) is not None:
        names.append(f"{frame.f_code.co_name}:{frame.f_lineno}")
        inner = getattr(inner, "cr_await", None)
    return " > ".join(names) or str(task.get_coro())
