"""The accuracy of link checks: `python -m tests.traps` prints the sheet, its last line as JSON.

Measured on real sockets in one run: the product on every trap, other checkers on the traps they can be
shown, and how many requests a healthy city costs. --check exits 1 where a figure is below its floor.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from govspider.db.engine import database_url
from tests.fresh_databases import fresh_database, migrated_template
from tests.traps.floors import below_floors
from tests.traps.healthy_city import requests_per_address
from tests.traps.peers import PEERS, PeerError, score_of
from tests.traps.product import Office
from tests.traps.scoring import Score, score_product
from tests.traps.server import Traps, running

_FAILED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.traps", description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit 1 where a figure is below its floor")
    parser.add_argument("--no-peers", action="store_true", help="leave the other checkers out")
    parser.add_argument("--no-city", action="store_true", help="leave the healthy city out")
    chosen = parser.parse_args(arguments)
    sheet: dict[str, Any] = {}
    with ExitStack() as stack:
        traps = stack.enter_context(running(datetime.now(ZoneInfo("Asia/Shanghai")).date()))
        sheet["product"] = _figures(score := inspect_traps(traps, stack))
        _print_product(score)
        if not chosen.no_peers:
            sheet["peers"] = {peer.name: _peer_line(peer.name, traps) for peer in PEERS}
        if not chosen.no_city:
            sheet["requests_per_address"] = requests_per_address(_new_database(stack))
            print(f"requests per address on the healthy demo city: {sheet['requests_per_address']}")
    short = below_floors(sheet)
    for sentence in short:
        print(f"below its floor: {sentence}", file=sys.stderr)
    print(json.dumps(sheet, ensure_ascii=False))
    return _FAILED if chosen.check and short else 0


def inspect_traps(traps: Traps, stack: ExitStack) -> Score:
    """Inspect the traps with the product, in a database that is dropped with `stack`."""
    folder = Path(stack.enter_context(TemporaryDirectory()))
    office = Office(_new_database(stack), folder, traps)
    office.import_registry()
    office.inspect()
    return score_product(traps.resolved(), traps.site(), office.answers(), office.problems())


def _new_database(stack: ExitStack) -> str:
    server = database_url(os.environ)
    return stack.enter_context(fresh_database(server, migrated_template(server)))


def _figures(score: Score) -> dict[str, Any]:
    return {**asdict(score), "wrong": dict(score.wrong)}


def _print_product(score: Score) -> None:
    print(f"{'checker':<22}{'faults found':>14}{'false alarms':>14}{'states right':>14}")
    found, states = f"{score.found}/{score.faults}", f"{score.states}/{score.traps}"
    print(f"{'govspider':<22}{found:>14}{len(score.alarms):>14}{states:>14}")
    for trap, words in score.wrong.items():
        print(f"    {trap}: {words}")


def _peer_line(name: str, traps: Traps) -> dict[str, Any] | str:
    peer = next(one for one in PEERS if one.name == name)
    try:
        score = score_of(peer, traps)
    except PeerError as error:
        print(f"{name:<22}{error!s}")
        return str(error)
    if score is None:
        print(f"{name:<22}not installed")
        return "not installed"
    without = f"   (without {', '.join(sorted(peer.dies_of))}: they end it)" if peer.dies_of else ""
    print(f"{name:<22}{f'{score.found}/{score.faults}':>14}{len(score.alarms):>14}{'-':>14}{without}")
    return {"faults": score.faults, "found": score.found, "alarms": list(score.alarms)}


if __name__ == "__main__":
    raise SystemExit(main())
