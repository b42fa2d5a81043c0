"""Run the demo city: `python -m tests.city --seed 7 --check-at 2026-11-22T09:00:00+08:00 --port 0`.

Prints the proxy's address on the first line, then serves until it is stopped.
With `--pages FOLDER` it serves captured pages instead of the city.
"""

from __future__ import annotations

import argparse
import signal
import threading
from datetime import UTC, datetime
from pathlib import Path

from tests.city.hosts import HostTable, host_table
from tests.city.plan import make_plan
from tests.city.registry import write_registry
from tests.city.replay import replay_registry, replay_table
from tests.city.server import serve
from tests.city.truth import to_json, truth_of


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.city", description="the demo city on a loopback proxy")
    parser.add_argument("--seed", type=int, default=7, help="chooses titles, counts and days")
    parser.add_argument("--check-at", type=datetime.fromisoformat, help="监测时间点 with time zone; default: now")
    parser.add_argument("--port", type=int, default=0, help="0 for any free port")
    parser.add_argument("--scale", type=int, default=1, help="copies of the city")
    parser.add_argument("--pages", type=Path, help="serve the captured pages of this folder instead")
    parser.add_argument("--registry", type=Path, help="write the registry workbook here")
    parser.add_argument("--truth", type=Path, help="write the truth as JSON here")
    return parser.parse_args()


def _captured_hosts(arguments: argparse.Namespace) -> HostTable:
    if arguments.registry:
        replay_registry(arguments.pages, arguments.registry)
    return replay_table(arguments.pages)


def _city_hosts(arguments: argparse.Namespace) -> HostTable:
    plan = make_plan(arguments.seed, arguments.check_at or datetime.now(UTC), arguments.scale)
    if arguments.registry:
        write_registry(plan, arguments.registry)
    if arguments.truth:
        arguments.truth.write_text(to_json(truth_of(plan)), encoding="utf-8")
    return host_table(plan)


def main() -> int:
    """Serve until SIGINT or SIGTERM."""
    arguments = _arguments()
    hosts = _captured_hosts(arguments) if arguments.pages else _city_hosts(arguments)
    stopped = threading.Event()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_number, lambda *_: stopped.set())
    with serve(hosts, arguments.port) as city:
        print(city.proxy_url, flush=True)
        stopped.wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
