"""The bench: `python -m tests.bench` prints ratios of speed measured side by side in one run; last line JSON.

Everything stands on loopback. The server, the crawler and PostgreSQL are processes of their own, and what is
compared is processor time of the crawling process, so a busy machine disturbs every contender alike. No browser is
used. What is under way is told on stderr; a part that fails is named there, and the others still run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from govspider.db.address import DatabaseAddressError
from govspider.db.engine import DatabaseError, database_url
from govspider.db.postgres_runtime import LocalServerError
from tests.bench import growth, schedule
from tests.bench.extractors import profile
from tests.bench.floors import below_floors, read_floors, table
from tests.bench.office import BenchError, Office
from tests.bench.server import serving
from tests.bench.turns import figures_of, link_checkers, middle, take_turns
from tests.bench.writes import rows_per_second
from tests.fresh_databases import fresh_database, migrated_template

_BELOW_FLOOR, _BAD_INPUT, _INCOMPLETE = 1, 2, 3
# the contract of the last line: these stand there, null where their part was left out or failed
_ALWAYS = ("full_vs_stock", "full_vs_download", "full_vs_linkinator", "full_vs_linkchecker", "schedule_vs_bound")
_MOST_TURNS = 25
_MOST_SITES = 99_999


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 done, 1 below a floor (with --check), 2 bad input, 3 a part failed."""
    chosen = _parser().parse_args(arguments)
    run = Bench(time.monotonic())
    try:
        with ExitStack() as stack:
            run.server = database_url(os.environ)
            run.template = migrated_template(run.server)
            run.measure(stack, chosen)
    except (DatabaseAddressError, DatabaseError, LocalServerError) as error:
        first = str(error).partition("\n")[0]
        print(f"bench: there is no PostgreSQL to write to: {first}", file=sys.stderr)
        return _BAD_INPUT
    floors = read_floors()
    print("\n".join(table(run.figures, floors)))
    below = below_floors(run.figures, floors)
    for words in below:
        print(f"below its floor: {words}")
    print(json.dumps({**dict.fromkeys(_ALWAYS), **run.figures}, ensure_ascii=False), flush=True)
    if run.failed:
        return _INCOMPLETE
    return _BELOW_FLOOR if below and chosen.check else 0


class Bench:
    """One run of the bench: what was measured so far, and what failed."""

    def __init__(self, began: float) -> None:
        self.began = began
        self.server = self.template = ""
        self.figures: dict[str, Any] = {}
        self.failed: list[str] = []

    def measure(self, stack: ExitStack, chosen: argparse.Namespace) -> None:
        """Every part that was asked for."""
        at = datetime.now(UTC)
        if chosen.sites:
            self.part("pages", lambda: self._pages(stack, at, chosen.sites, chosen.turns))
        if chosen.schedule_sites:
            arguments = (chosen.schedule_sites, chosen.delay, self.tell)
            self.part("schedule", lambda: schedule.measure(self.office(stack), *arguments))
        if chosen.growth:
            self.part("growth", lambda: growth.measure(lambda: self.office(stack), at, chosen.growth, self.tell))
        self.figures["seconds"] = round(time.monotonic() - self.began)
        self.figures["failed"] = self.failed

    def part(self, name: str, work: Callable[[], dict[str, Any]]) -> None:
        """Run one part and keep its figures; a part that fails is told and does not keep the others from running."""
        try:
            self.figures.update(work())
        except (BenchError, subprocess.SubprocessError, OSError) as error:
            self.failed.append(name)
            print(f"bench: the part {name!r} failed: {error}", file=sys.stderr, flush=True)

    def tell(self, words: str) -> None:
        """What is under way."""
        print(f"[{time.monotonic() - self.began:5.0f} s] {words}", file=sys.stderr, flush=True)

    def office(self, stack: ExitStack) -> Office:
        """An office with a database and a folder that go with `stack`."""
        url = stack.enter_context(fresh_database(self.server, self.template))
        return Office(url, Path(stack.enter_context(TemporaryDirectory(prefix="govspider-bench-"))))

    def _pages(self, stack: ExitStack, at: datetime, sites: int, turns: int) -> dict[str, Any]:
        """What a page costs, alone and again, by contender and by step; how fast rows go in."""
        self.tell("rendering the sites of the bench")
        served = stack.enter_context(serving(at))
        offices = [self.office(stack) for _ in range(turns)]
        taken = take_turns(offices, served, at, sites, self.tell)
        self.figures.update(figures_of(taken))
        typical, office = middle(taken, "full_vs_download"), offices[0]
        self.figures.update(link_checkers(office, served, sites, typical.full, self.tell))
        self.tell("each extractor alone")
        steps = profile(served.bases)
        print("CPU of one page, step by step (ms): " + ", ".join(f"{name} {spent}" for name, spent in steps.items()))
        self.figures["ms_per_page"] = steps
        print(typical.where_it_goes(sum(steps.values())))
        self.tell("rows into PostgreSQL")
        look = office.rows("select id, run_id, site_id from look limit 1")[0]
        ours, bare = rows_per_second(office.database_url, served.bases, (look[0], look[1], look[2]), at)
        print(f"rows/s: store {ours:.0f}, bare execute_values {bare:.0f}, ratio {ours / bare:.2f}")
        return {"writes_vs_bare": round(ours / bare, 3), "rows_per_second": round(ours)}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sites", type=_count, default=24, help="sites of some 70 pages each, 0 for none (default 24)")
    parser.add_argument("--turns", type=_turns, default=5, help="how often they are compared (default 5)")
    parser.add_argument("--schedule-sites", type=_count, default=1000, help="sites of the schedule, 0 for none (1000)")
    parser.add_argument("--delay", type=_seconds, default=0.5, help="seconds between two requests there (default 0.5)")
    parser.add_argument(
        "--growth",
        type=_growth,
        default=(),
        metavar="N,N",
        help="numbers of small sites, ascending, such as 20,200,2000 (left out by default: half an hour)",
    )
    parser.add_argument("--check", action="store_true", help="exit 1 where a figure is below its floor (floors.json)")
    return parser


def _count(text: str) -> int:
    if not text.isdigit() or int(text) > _MOST_SITES:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of sites from 0 to {_MOST_SITES}")
    return int(text)


def _turns(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= _MOST_TURNS:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of turns from 1 to {_MOST_TURNS}")
    return int(text)


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 60:
        raise argparse.ArgumentTypeError(f"{text!r} is no delay: seconds above 0 and below 60")
    return value


def _growth(text: str) -> tuple[int, ...]:
    numbers = tuple(_count(part.strip()) for part in text.split(","))
    if len(numbers) < 2 or sorted(set(numbers)) != list(numbers) or not numbers[0]:
        raise argparse.ArgumentTypeError(f"{text!r} are no ascending numbers of sites, such as 20,200,2000")
    return numbers


if __name__ == "__main__":
    sys.exit(main())
