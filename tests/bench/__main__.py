"""The bench: `python -m tests.bench` prints ratios of speed measured side by side in one run; last line JSON.

Everything stands on loopback. The server, the crawler and PostgreSQL are processes of their own, and what is
compared is processor time of the crawling process, so a busy machine disturbs every contender alike.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from govspider.db.engine import database_url
from tests.bench.extractors import profile
from tests.bench.office import Office
from tests.bench.page_cost import compare
from tests.bench.schedule import measure
from tests.bench.server import serving
from tests.bench.writes import rows_per_second
from tests.fresh_databases import fresh_database, migrated_template


def new_office(stack: ExitStack) -> Office:
    """An office with a database and a folder that go with `stack`."""
    server = database_url(os.environ)
    url = stack.enter_context(fresh_database(server, migrated_template(server)))
    return Office(url, Path(stack.enter_context(TemporaryDirectory())))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sites", type=int, default=12, help="sites of about 90 pages each (default 12)")
    parser.add_argument("--schedule-sites", type=int, default=1000, help="sites of the schedule, 0 for none")
    parser.add_argument("--delay", type=float, default=0.5, help="seconds between two requests there (default 0.5)")
    chosen = parser.parse_args(arguments)
    began = time.monotonic()
    at = datetime.now(UTC)
    figures: dict[str, Any] = {}
    with ExitStack() as stack:
        office = new_office(stack)
        served = stack.enter_context(serving(at))
        figures.update(compare(office, served, at, chosen.sites))
        figures["ms_per_page"] = profile(served.bases)
        print("CPU of one page, step by step (ms): " + ", ".join(f"{n} {v}" for n, v in figures["ms_per_page"].items()))
        look = office.rows("select id, run_id, site_id from look limit 1")[0]
        ours, bare = rows_per_second(office.database_url, served.bases, (look[0], look[1], look[2]), at)
        print(f"rows/s: store {ours:.0f}, bare execute_values {bare:.0f}, ratio {ours / bare:.2f}")
        figures["writes_vs_bare"] = round(ours / bare, 3)
        if chosen.schedule_sites:
            figures.update(measure(new_office(stack), chosen.schedule_sites, chosen.delay))
    figures["seconds"] = round(time.monotonic() - began)
    print(json.dumps(figures, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
