"""When a further site may be begun: not while the reactor is behind its own clock.

Two hundred sites at once may ask for more than one processor can read. Begun all the same, each of them is asked
later than politeness demands, the largest too, which everybody then waits for. Sites that wait cost nothing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_TICK = 0.1
_STARTS_PER_TICK = 3
_REMEMBERED = 0.8  # share of the earlier lateness that stays at each tick: one long step is no lasting trouble


class Pace:
    """Lets sites begin.

    Parameters: `late` seconds that the reactor may be behind; `least` sites that may always be under way, so that a
    machine busy with something else does not stop the crawl.
    """

    def __init__(self, late: float, least: int) -> None:
        self._late = late
        self._least = least
        self._behind = 0.0
        self._starts = _STARTS_PER_TICK
        self._under_way = 0
        self._changed = asyncio.Event()
        self._first = asyncio.Lock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until one more site may be begun, in the order asked; it is under way until the block ends."""
        async with self._first:
            while not self._may_begin():
                self._changed.clear()
                await self._changed.wait()
            self._starts -= 1
            self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            self._changed.set()

    def _may_begin(self) -> bool:
        return self._under_way < self._least or (self._starts > 0 and self._behind <= self._late)

    async def measure(self) -> None:
        """Compare a short sleep with the clock, again and again until this is cancelled."""
        while True:
            asleep = time.monotonic()
            await asyncio.sleep(_TICK)
            self.note(time.monotonic() - asleep - _TICK)

    def note(self, behind: float) -> None:
        """Enter how many seconds too late the reactor was just now."""
        self._behind = _REMEMBERED * self._behind + (1 - _REMEMBERED) * behind
        self._starts = _STARTS_PER_TICK
        self._changed.set()
