"""How much one process needs for 3,000 sites and a million links: `python -m tests.soak.memory`, `make memory`.

One crawl looks at 3,000 sites on loopback, each with 334 links that no other site has: 1,002,000 in all. Asking a
million addresses takes hours, so most of them were answered before: the run is begun and broken off, their answers
are entered in the database, and what is measured is the process that goes on with the run. It holds the standing of
every one of them, reads and stores every link of every page, and asks each site for a few that nobody asked yet.
Nothing else is bounded: 200 sites at once, as shipped; only the delay between requests is left out. Last line JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import text

from govspider.db.engine import database_url, make_engine
from tests.bench.clock import FILE
from tests.bench.office import CHECKOUT, SETTINGS, BenchError, Office
from tests.fresh_databases import fresh_database, migrated_template
from tests.soak.many_links import address, serving_many, write_registry
from tests.soak.resident import Sample, watch

_MOST_MB = 400
_CHOSEN = {
    "DOWNLOAD_DELAY": "0",
    "BROWSER": "off",
    "LOG_LEVEL": "WARNING",
    "PROGRESS_SECONDS": "0",
    **{name: SETTINGS[name] for name in ("TWISTED_DNS_RESOLVER", "EXTENSIONS")},
}
_ANSWERED = """
    insert into link_answer (run_id, url, rung, state, detail, status, final_url, answered_at, redirects,
                             response_headers, browser)
    select :run, replace(replace(:address, '#SITE#', lpad(site::text, 5, '0')), '#LINK#', lpad(link::text, 6, '0')),
           1, 'ok', '', 200, '', now(), '[]', '{}', false
    from generate_series(1, :sites) as site, generate_series(:asked, :links - 1) as link"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 where the peak stays below 400 MB and the run is complete, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.memory", description=__doc__)
    parser.add_argument("--sites", type=int, default=3000)
    parser.add_argument("--links", type=int, default=334, help="links of each site (default 334)")
    parser.add_argument("--asked", type=int, default=5, help="of these, links nobody asked before (default 5)")
    chosen = parser.parse_args(arguments)
    with ExitStack() as stack:
        server = database_url(os.environ)
        url = stack.enter_context(fresh_database(server, migrated_template(server)))
        office = Office(url, Path(stack.enter_context(TemporaryDirectory())))
        port = stack.enter_context(serving_many(chosen.links))
        office.enter(write_registry(chosen.sites, port, office.folder / "many.csv"))
        run = _begin_and_break_off(office)
        _enter_answers(office, run, port, chosen)
        figures = _measure(office, run)
    print(json.dumps({"sites": chosen.sites, **figures}, ensure_ascii=False))
    return int(figures["peak_mb"] > _MOST_MB or figures["exit_code"] != 0)


def _start(office: Office, *arguments: str) -> subprocess.Popen[str]:
    settings = {**_CHOSEN, FILE: str(office.folder / "clock.json")}
    set_ = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    words = [sys.executable, "-m", "scrapy", "crawl", "portals", *arguments, *set_]
    return subprocess.Popen(words, cwd=CHECKOUT, env=office.environment(), text=True)


def _begin_and_break_off(office: Office) -> int:
    """A run that was begun and killed at once; its id. Raises BenchError when it ended before."""
    process = _start(office, "-a", "period=memory")
    while not (begun := office.rows("select id from run")):
        if process.poll() is not None:
            raise BenchError(f"the crawl ended with {process.returncode} before its run was begun")
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return int(begun[0][0])


def _enter_answers(office: Office, run: int, port: int, chosen: argparse.Namespace) -> None:
    shape = address(0, 0, port).replace("00000", "#SITE#", 2).replace("t000000", "t#LINK#")
    given = {"run": run, "address": shape, "sites": chosen.sites, "asked": chosen.asked, "links": chosen.links}
    engine = make_engine(office.database_url)
    try:
        with engine.begin() as connection:
            connection.execute(text("delete from link_answer"))
            connection.execute(text(_ANSWERED), given)
    finally:
        engine.dispose()


def _measure(office: Office, run: int) -> dict[str, Any]:
    process = _start(office, "-a", f"run={run}")
    try:
        samples = watch(process, 1.0, _Teller())
    finally:
        process.kill()
    counters = json.loads((office.folder / "clock.json").read_text("utf-8"))["counters"]
    told = {
        "looks_complete": int(office.one("select count(*) from look where state = 'complete'")),
        "links_stored": int(office.one("select count(*) from link")),
        "distinct_links": int(office.one("select count(distinct md5(url)) from link")),
        "links_asked_now": int(office.one("select count(*) from link_answer where final_url <> ''")),
        "requests": int(counters.get("downloader/request_count", 0)),
        "seconds": round(samples[-1].seconds),
        "peak_mb": round(max(one.peak for one in samples)),
        "exit_code": process.returncode,
    }
    for name, value in told.items():
        print(f"{name:<20}{value}")
    return told


class _Teller:
    """A line every ten seconds."""

    def __init__(self) -> None:
        self.next = 0.0

    def __call__(self, sample: Sample) -> None:
        if sample.seconds >= self.next:
            print(f"{sample.seconds:6.0f} s {sample.megabytes:6.0f} MB, peak {sample.peak:6.0f}", flush=True)
            self.next += 10.0


if __name__ == "__main__":
    sys.exit(main())
