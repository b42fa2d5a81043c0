"""Steps that hold the reactor up are counted, and nothing else is."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from govspider.throttle.reactor_watch import ReactorWatch

HANDLE: Any = asyncio.Handle


def watch(limit_ms: str) -> ReactorWatch:
    return ReactorWatch.from_crawler(get_crawler(settings_dict={"REACTOR_STEP_MS": limit_ms}))


def compute(seconds: float) -> None:
    """Keep the processor busy for so long."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def counted(limit_ms: str, step: float) -> tuple[int, float]:
    """Long steps counted, and the longest of them, while one callback holds the loop for `step` seconds."""
    watched = watch(limit_ms)

    async def work() -> None:
        watched.begin()
        try:
            asyncio.get_running_loop().call_soon(compute, step)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        finally:
            watched.end()

    asyncio.run(work())
    stats = watched.stats
    return stats.get_value("govspider/reactor/long_steps"), stats.get_value("govspider/reactor/longest_step_ms")


def test_a_step_that_holds_the_reactor_is_counted_with_its_length() -> None:
    count, longest = counted("50", 0.08)
    assert count >= 1
    assert longest >= 80


def test_steps_within_the_limit_are_not_counted() -> None:
    assert counted("60000", 0.0)[0] == 0


def test_steps_of_a_loop_in_another_thread_are_not_the_reactors() -> None:
    watched = watch("50")

    async def elsewhere() -> None:
        asyncio.get_running_loop().call_soon(compute, 0.08)
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    async def work() -> None:
        watched.begin()
        try:
            await asyncio.to_thread(asyncio.run, elsewhere())
        finally:
            watched.end()

    asyncio.run(work())
    assert watched.stats.get_value("govspider/reactor/long_steps") == 0


def test_the_event_loop_is_as_before_when_the_watch_ends() -> None:
    plain = HANDLE._run
    counted("50", 0.0)
    assert HANDLE._run is plain


def test_zero_turns_the_watch_off() -> None:
    with pytest.raises(NotConfigured):
        watch("0")
