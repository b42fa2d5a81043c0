"""Sites are begun in order, and no further one while the reactor is behind."""

from __future__ import annotations

import asyncio

from govspider.spiders.pace import Pace


async def _begun(pace: Pace, sites: int) -> tuple[list[int], asyncio.Event, list[asyncio.Task[None]]]:
    """Sites that were begun when nothing more happens; they are under way until the event is set."""
    begun: list[int] = []
    over = asyncio.Event()

    async def look(number: int) -> None:
        async with pace.turn():
            begun.append(number)
            await over.wait()

    tasks = [asyncio.create_task(look(number)) for number in range(sites)]
    await _settle()
    return begun, over, tasks


async def _settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def test_a_reactor_that_is_behind_lets_only_the_least_number_begin() -> None:
    async def scene() -> None:
        pace = Pace(late=0.05, least=2)
        pace.note(10.0)
        begun, over, tasks = await _begun(pace, 6)
        assert begun == [0, 1]
        pace.note(10.0)
        await _settle()
        assert begun == [0, 1]
        over.set()
        await asyncio.gather(*tasks)
        assert begun == [0, 1, 2, 3, 4, 5]

    asyncio.run(scene())


def test_a_reactor_that_keeps_up_lets_more_begin_little_by_little() -> None:
    async def scene() -> None:
        pace = Pace(late=0.05, least=1)
        begun, over, tasks = await _begun(pace, 40)
        first = len(begun)
        assert 1 < first < 40
        pace.note(0.0)
        await _settle()
        assert first < len(begun) < 40
        assert begun == sorted(begun)
        for _ in range(40):
            pace.note(0.0)
            await _settle()
        assert begun == list(range(40))
        over.set()
        await asyncio.gather(*tasks)

    asyncio.run(scene())


def test_one_late_step_among_many_punctual_ones_stops_nobody() -> None:
    async def scene() -> None:
        pace = Pace(late=0.05, least=1)
        for behind in (0.0, 0.0, 0.2, 0.0, 0.0):
            pace.note(behind)
        begun, over, tasks = await _begun(pace, 2)
        assert begun == [0, 1]
        over.set()
        await asyncio.gather(*tasks)

    asyncio.run(scene())


def test_a_look_that_is_cancelled_gives_its_place_to_the_next() -> None:
    async def scene() -> None:
        pace = Pace(late=0.0, least=1)
        pace.note(10.0)
        begun, over, tasks = await _begun(pace, 3)
        assert begun == [0]
        tasks[1].cancel()  # it waits
        tasks[0].cancel()  # it is under way
        await _settle()
        assert begun == [0, 2]
        over.set()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(scene())


def test_the_lateness_of_a_blocked_loop_is_seen() -> None:
    async def scene() -> None:
        pace = Pace(late=0.01, least=0)
        noted: list[float] = []
        watching = asyncio.create_task(pace.measure())
        pace.note = noted.append  # type: ignore[method-assign, assignment]
        await asyncio.sleep(0)
        deadline = asyncio.get_running_loop().time() + 0.3
        while asyncio.get_running_loop().time() < deadline:
            pass  # a step of the reactor that takes long
        while not noted:
            await asyncio.sleep(0.01)
        watching.cancel()
        assert noted[0] > 0.1

    asyncio.run(scene())
