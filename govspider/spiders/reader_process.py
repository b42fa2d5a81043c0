"""Large pages are read in a process of their own: in a thread they would hold up everybody else's answers.

Threads share one interpreter. While one of them reads a page of 50,000 links, the reactor gets it back five
milliseconds late at every turn, and each answer takes many turns. Here one process, begun with the first large page
and ended with the crawl, reads one page after the other; a page that takes too long ends it, and is unknown(budget).
"""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import run_in_thread

from govspider.extract.document.page import Page
from govspider.extract.read_ahead import read_ahead
from govspider.extract.readings import take_over
from govspider.items import PageRole
from govspider.spiders.page_reader import Read, Task, serve

logger = logging.getLogger(__name__)

_PAGES = "govspider/reader/pages"
_SECONDS = "govspider/reader/cpu_seconds"
_PEAK = "govspider/reader/peak_mb"
_GIVEN_UP = "govspider/reader/given_up"
_MEGABYTE = 1_000_000
_END_SECONDS = 5.0


class ReaderProcess:
    """Reads pages beside the crawl, one at a time. Settings: READ_ASIDE_BYTES, READ_ASIDE_SECONDS.

    Where no process can be begun, a thread reads.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.at_least = crawler.settings.getint("READ_ASIDE_BYTES")
        self._seconds = crawler.settings.getfloat("READ_ASIDE_SECONDS")
        self._stats: Any = crawler.stats
        self._turn = asyncio.Lock()
        # a look that is cancelled leaves its thread behind, which must have its own answer before anybody else asks
        self._pipe = threading.Lock()
        self._process: SpawnProcess | None = None
        self._tasks: Connection | None = None
        self._none_here = False
        self._spent = 0.0  # by this process; by those before it
        self._spent_before = 0.0
        crawler.signals.connect(self.end, signals.spider_closed)

    async def read(self, page: Page, role: PageRole, now: datetime, **options: Any) -> None:
        """Have a page read as its role makes a look ask; afterwards it knows the answers, or has been given up."""
        async with self._turn:
            if self._tasks is None and not self._none_here:
                await run_in_thread(self._begin)
            if self._tasks is None:
                await run_in_thread(read_ahead, page, role, now, **options)
                return
            task = Task(page.url, page.body, page.content_type, role, now, options)
            try:
                answer = await run_in_thread(self._ask, self._tasks, task)
            except (EOFError, OSError):
                self._give_up(page)
                return
        self._note(answer)
        take_over(page, answer.packed)
        await run_in_thread(page.packed)  # it will rest soon, and packing megabytes is no step for the reactor

    def end(self) -> None:
        """End the process, whatever it reads."""
        if self._process is not None:
            self._process.kill()
            self._process.join(_END_SECONDS)
            self._process = None
        if self._tasks is not None:
            self._tasks.close()
            self._tasks = None

    def _begin(self) -> None:
        context = get_context("spawn")  # a fork would take the reactor and its threads along
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self._seconds), name="govspider reader", daemon=True)
        try:
            process.start()
        except OSError as error:
            logger.warning("large pages are read in a thread, as no process can be begun: %s", error)
            self._none_here = True
            return
        theirs.close()
        self._process, self._tasks = process, ours

    def _give_up(self, page: Page) -> None:
        """The process is gone: the page took too long, or more than this machine has."""
        process = self._process
        if process is not None:
            process.join(_END_SECONDS)
        code = process.exitcode if process is not None else None
        self.end()
        self._spent_before += self._spent + (self._seconds if code == -signal.SIGPROF else 0.0)
        self._spent = 0.0
        self._count_seconds()
        why = f"reading its {page.size} bytes was broken off after READ_ASIDE_SECONDS, or for want of memory ({code})"
        logger.warning("%s: %s", page.url, why)
        self._stats.inc_value(_GIVEN_UP)
        page.give_up(why)

    def _count_seconds(self) -> None:
        self._stats.set_value(_SECONDS, round(self._spent_before + self._spent, 3))

    def _note(self, answer: Read) -> None:
        self._stats.inc_value(_PAGES)
        self._spent = answer.seconds
        self._count_seconds()
        self._stats.max_value(_PEAK, answer.peak // _MEGABYTE)

    def _ask(self, tasks: Connection, task: Task) -> Read:
        with self._pipe:
            tasks.send(task)
            answer: Read = tasks.recv()
        return answer
