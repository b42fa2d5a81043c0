"""Judging on every core: weighing thousands of sites is Python's work, so processes share it.

Each process reads the state of the database that the judging's own transaction saw, and hands back
lines to be stored. Only the one transaction writes: a judging is stored whole or not at all.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context

from govspider.db.engine import Connection, Engine
from govspider.db.observations import LatestLook
from govspider.db.periods import Period
from govspider.db.snapshots import at_snapshot, full_address, share_snapshot
from govspider.judging.batches import Judging, load_website_rubric
from govspider.judging.rows import JudgedRows, judged_rows

_ALONE = 2_000
"""Up to so many sites one process is faster: a second one takes seconds to begin."""
_MOST_SHARE = 8_000
"""Sites of a share at most: bounds what a process holds before it hands it over."""


@dataclass(frozen=True, slots=True)
class _Task:
    address: str
    snapshot: str
    period: Period
    rubric: str


def judge_looks(
    engine: Engine, connection: Connection, judging: Judging, looks: Sequence[LatestLook], processes: int | None = None
) -> Iterator[JudgedRows]:
    """Rows of these looks, each of which has an id.

    Parameters: `connection` in the transaction that will store them; `processes` how many share the work, by
    default one for few sites and one per core, four at most, for many.
    """
    count = processes if processes is not None else _processes_for(len(looks))
    if count == 1:
        yield from judged_rows(connection, judging, looks)
        return
    task = _Task(full_address(engine), share_snapshot(connection), judging.period, judging.rubric.key)
    size = max(1, min(_MOST_SHARE, -(-len(looks) // count)))
    shares = [looks[start : start + size] for start in range(0, len(looks), size)]
    # what is read and weighed holds no circles: searching a million rows for them took a tenth of the time
    with ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=gc.disable) as pool:
        for rows in pool.map(_judge_share, [task] * len(shares), shares):
            yield from rows


def _processes_for(sites: int) -> int:
    return 1 if sites <= _ALONE else min(4, os.cpu_count() or 1)


def _judge_share(task: _Task, looks: Sequence[LatestLook]) -> list[JudgedRows]:
    connection, judging = _prepared(task)
    return list(judged_rows(connection, judging, looks))


# held until the process ends: a share needs the connection and what all shares have in common
_OPEN = ExitStack()


@cache
def _prepared(task: _Task) -> tuple[Connection, Judging]:
    connection = _OPEN.enter_context(at_snapshot(task.address, task.snapshot))
    return connection, Judging(connection, task.period, load_website_rubric(task.rubric))
