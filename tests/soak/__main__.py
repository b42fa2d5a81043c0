"""The soak: `python -m tests.soak --minutes 20`, started by `make soak`; last line JSON.

One crawl, at the politeness it ships with (a second between two requests of a site), over more healthy, slow, dead
and stalling sites than it can finish in the time given; then it is asked to stop. Its memory is read from outside
every few seconds, and the slope is that of a line through these samples by least squares: over the whole time, over
the time after the first quarter, and over the second half, when caches have filled.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from govspider.db.engine import database_url
from govspider.settings import SITES_PER_PROCESS
from tests.bench.clock import FILE
from tests.bench.mixed_sites import serving_mixed
from tests.bench.office import CHECKOUT, SETTINGS, BenchError, Office
from tests.bench.server import serving
from tests.fresh_databases import fresh_database, migrated_template
from tests.soak.resident import Sample, slope, watch
from tests.soak.world import Ports, write_registry

# what differs from the settings as shipped: all on loopback, and fewer sites at once, because this machine is the
# server and the database as well
_SOAK = {
    "SITES_AT_ONCE": "30",
    "BROWSER": "off",
    "LOG_LEVEL": "WARNING",
    "PROGRESS_SECONDS": "0",
    **{name: SETTINGS[name] for name in ("TWISTED_DNS_RESOLVER", "EXTENSIONS")},
}
_SITES_PER_MINUTE = 120
_EVERY = 5.0
_WARM, _HALF = 0.25, 0.5
_INCOMPLETE = 3
# Scrapy's words about sites that do not answer, of which there are many here, and ours about sites that are left
_EXPECTED = (
    "[scrapy.downloadermiddlewares.retry] ERROR: Gave up",
    "[scrapy.downloadermiddlewares.robotstxt] ERROR",
    "[govspider] ERROR: 警报",
    "[govspider] ERROR: 巡检未完成",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 when the crawl ended as it was asked to and logged no error of its own, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0, help="how long (default 20)")
    minutes = parser.parse_args(arguments).minutes
    with ExitStack() as stack:
        server = database_url(os.environ)
        url = stack.enter_context(fresh_database(server, migrated_template(server)))
        office = Office(url, Path(stack.enter_context(TemporaryDirectory())))
        served = stack.enter_context(serving(datetime.now(UTC), small=True))
        ports = Ports(served.port, len(served.bases), stack.enter_context(serving_mixed()).port)
        office.enter(write_registry(site_count(minutes), ports, office.folder / "soak.csv"))
        figures = {"minutes": minutes, **_soak(office, minutes)}
    print(json.dumps(figures, ensure_ascii=False))
    return int(bool(figures["log_errors"]) or figures["exit_code"] not in (0, _INCOMPLETE))


def site_count(minutes: float) -> int:
    """More sites than can be finished in that time, and no more than one process takes."""
    return min(SITES_PER_PROCESS, max(60, round(minutes * _SITES_PER_MINUTE)))


def _soak(office: Office, minutes: float) -> dict[str, Any]:
    clock, log = office.folder / "clock.json", office.folder / "crawl.log"
    chosen = {**_SOAK, FILE: str(clock), "LOG_FILE": str(log)}
    set_ = [part for name, value in chosen.items() for part in ("-s", f"{name}={value}")]
    words = [sys.executable, "-m", "scrapy", "crawl", "portals", "-a", "period=soak", *set_]
    process = subprocess.Popen(words, cwd=CHECKOUT, env=office.environment(), text=True)
    bell = threading.Timer(60 * minutes, process.send_signal, [signal.SIGTERM])
    bell.start()
    try:
        samples = watch(process, _EVERY, _Teller())
    finally:
        bell.cancel()
        process.kill()
    if not clock.exists():
        raise BenchError(f"the crawl ended with {process.returncode} before it looked at anything; why stands above")
    counters = json.loads(clock.read_text("utf-8"))["counters"]
    return _figures(office, samples, counters, log.read_text("utf-8"), process.returncode)


class _Teller:
    """A line each minute."""

    def __init__(self) -> None:
        self.next = 0.0

    def __call__(self, sample: Sample) -> None:
        if sample.seconds >= self.next:
            print(f"{sample.seconds / 60:6.1f} min {sample.megabytes:7.0f} MB", flush=True)
            self.next += 60.0


def _figures(
    office: Office, samples: Sequence[Sample], counters: dict[str, float], log: str, code: int
) -> dict[str, Any]:
    steady, half = ([one for one in samples if one.seconds >= share * samples[-1].seconds] for share in (_WARM, _HALF))
    errors = [line for line in log.splitlines() if " ERROR: " in line and not any(one in line for one in _EXPECTED)]
    for line in errors[:5]:
        print(line, file=sys.stderr)
    looks = dict(office.rows("select coalesce(state, 'open'), count(*) from look group by 1"))
    told = {
        "samples": len(samples),
        "slope_mb_per_hour": round(slope(samples), 1),
        "slope_after_first_quarter": round(slope(steady), 1),
        "slope_of_second_half": round(slope(half), 1),
        "first_mb_after_first_quarter": round(steady[0].megabytes),
        "last_mb": round(samples[-1].megabytes),
        "peak_mb": round(max(one.peak for one in samples)),
        "requests": int(counters.get("downloader/request_count", 0)),
        "requests_without_answer": int(counters.get("downloader/exception_count", 0)),
        "pages": int(office.one("select count(*) from page")),
        "links": int(office.one("select count(*) from link")),
        "looks": {str(state): int(number) for state, number in looks.items()},
        "log_errors": len(errors),
        "exit_code": code,
    }
    for name, value in told.items():
        print(f"{name:<30}{value}")
    return told


if __name__ == "__main__":
    sys.exit(main())
