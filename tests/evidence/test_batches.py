"""What comes within a moment is worked off together, each with its own end; one error harms nobody else."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

import pytest

from govspider.evidence.batches import Batches


def test_what_comes_within_a_moment_is_worked_off_together_in_a_thread() -> None:
    calls: list[tuple[list[int], bool]] = []

    def double(numbers: Sequence[int]) -> list[int | Exception]:
        calls.append((list(numbers), threading.current_thread() is threading.main_thread()))
        return [2 * number for number in numbers]

    async def give() -> list[int]:
        batches = Batches(double, pause=0, at_most=3)
        return await asyncio.gather(*(batches.add(number) for number in range(5)))

    assert asyncio.run(give()) == [0, 2, 4, 6, 8]
    assert calls == [([0, 1, 2], False), ([3, 4], False)]


def test_who_gives_learns_when_it_is_too_much_and_what_came_meanwhile_is_worked_off_too() -> None:
    worked: list[int] = []

    def work(numbers: Sequence[int]) -> list[int | Exception]:
        worked.extend(numbers)
        return list(numbers)

    async def give() -> tuple[bool, bool, bool]:
        batches = Batches(work, pause=0, at_most=2)
        futures = [batches.add(number) for number in range(2)]
        before = batches.full
        futures.append(batches.add(2))
        during = batches.full
        await futures[0]
        last = batches.add(3)
        await batches.settle()
        assert last.done()
        await batches.settle()
        return before, during, batches.full

    assert asyncio.run(give()) == (False, True, False)
    assert worked == [0, 1, 2, 3]


def test_an_error_belongs_to_what_it_came_of_and_the_next_batch_is_worked_off() -> None:
    def work(numbers: Sequence[int]) -> list[int | Exception]:
        if 9 in numbers:
            raise RuntimeError("all of it")
        return [OSError("no room") if number == 1 else number for number in numbers]

    async def give() -> None:
        batches = Batches(work, pause=0, at_most=2)
        first, second = batches.add(0), batches.add(1)
        assert await first == 0
        with pytest.raises(OSError, match="no room"):
            await second
        for broken in [batches.add(8), batches.add(9)]:
            with pytest.raises(RuntimeError, match="all of it"):
                await broken
        assert await batches.add(5) == 5

    asyncio.run(give())


def test_what_nobody_waits_for_any_more_does_not_stop_the_others() -> None:
    async def give() -> int:
        batches: Batches[int, int] = Batches(list, pause=0, at_most=2)
        batches.add(1).cancel()
        return await batches.add(2)

    assert asyncio.run(give()) == 2
