"""Work on the disk for all that came within a moment, done in a thread in one go.

Each way to a thread and back costs the reactor a fifth of a millisecond, as much as keeping a page.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


class Batches(Generic[_Given, _Made]):
    """Collects what is given and has it worked off. To be used in the reactor thread only.

    Parameters: `work` is called in a thread, one call after the other, and says of each, in order, what came of it or
    the error instead; `pause` seconds that a batch waits for more; `at_most` how many are worked off in one go.
    """

    def __init__(
        self, work: Callable[[Sequence[_Given]], Sequence[_Made | Exception]], *, pause: float, at_most: int
    ) -> None:
        self._work = work
        self._pause = pause
        self._at_most = at_most
        self._waiting: list[tuple[_Given, asyncio.Future[_Made]]] = []
        self._working: asyncio.Task[None] | None = None

    @property
    def full(self) -> bool:
        """True where more is waiting than is worked off in one go: whoever gives more had better wait."""
        return len(self._waiting) > self._at_most

    def add(self, given: _Given) -> asyncio.Future[_Made]:
        """Have this worked off with the next batch; the future ends with what came of it, or raises the error."""
        done: asyncio.Future[_Made] = asyncio.get_running_loop().create_future()
        self._waiting.append((given, done))
        if self._working is None:
            self._working = asyncio.ensure_future(self._work_off())
        return done

    async def settle(self) -> None:
        """Wait until everything that was given is worked off."""
        if self._working is not None:
            await self._working

    async def _work_off(self) -> None:
        await asyncio.sleep(self._pause)
        while self._waiting:
            batch, self._waiting = self._waiting[: self._at_most], self._waiting[self._at_most :]
            work = asyncio.to_thread(self._work, [given for given, _ in batch])
            (made,) = await asyncio.gather(work, return_exceptions=True)
            each = [made] * len(batch) if isinstance(made, BaseException) else made
            for (_, future), one in zip(batch, each, strict=True):
                _tell(future, one)
        self._working = None


def _tell(future: asyncio.Future[_Made], one: _Made | BaseException) -> None:
    if future.done():  # whoever waited for it was cancelled
        return
    if isinstance(one, BaseException):
        future.set_exception(one)
    else:
        future.set_result(one)
