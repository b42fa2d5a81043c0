"""The process beside a crawl that reads large pages: what it does, and what passes between both.

It knows the extractors and nothing else: no network, no database. It ends when the crawl's end of the pipe is closed,
however the crawl ended.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from typing import Any

from govspider.extract.document.page import Page
from govspider.extract.links.page_jumps import find_jump
from govspider.extract.links.shown_link import is_scripted
from govspider.extract.read_ahead import get_ready, read_ahead
from govspider.extract.readings import pack_for_another
from govspider.items import PageRole
from govspider.throttle.process_limits import share_memory_among_threads

# the crawl itself, which waits for the network most of the time, goes first
_NICE = 5


@dataclass(frozen=True, slots=True)
class Task:
    """A page as it came, and what will be asked of it: `options` are those of `read_ahead`."""

    url: str
    body: bytes
    content_type: str | None
    role: PageRole
    now: datetime
    options: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a task, `packed` for `take_over`; processor time (s) and memory (bytes) of the process so far."""

    packed: bytes
    seconds: float
    peak: int


def serve(tasks: Connection, seconds: float) -> None:
    """Read pages until nobody asks any more.

    Parameters: `seconds` of processor time that one page may take: with more, this process ends.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        # Ctrl-C and systemd's stop reach it too; it is for the crawl to stop, which first has its last pages read
        signal.signal(number, signal.SIG_IGN)
    os.nice(_NICE)
    share_memory_among_threads()
    get_ready()
    gc.freeze()
    while True:
        try:
            task: Task = tasks.recv()
        except EOFError:
            return
        # its default action ends the process, in the middle of a library too
        signal.setitimer(signal.ITIMER_PROF, seconds)
        answer = read(task)
        signal.setitimer(signal.ITIMER_PROF, 0)
        with suppress(BrokenPipeError, ConnectionResetError):  # the crawl has ended meanwhile
            tasks.send(answer)


def read(task: Task) -> Read:
    """Read one page."""
    page = Page(task.url, task.body, task.content_type)
    read_ahead(page, task.role, task.now, compared=True, **task.options)
    # what the link check may ask
    find_jump(page)
    page.once(is_scripted)
    packed = pack_for_another(page)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return Read(packed, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)
