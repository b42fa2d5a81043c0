"""The full inspection as a user starts it, on the sites of the bench, in a database of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from govspider.db.engine import make_engine
from govspider.settings import EXTENSIONS
from tests.bench.clock import FILE, Spent
from tests.city.model import Plan, Site
from tests.city.registry import write_registry

CHECKOUT = Path(__file__).resolve().parents[2]
_LONGEST = 3600
# loopback is ours and may be asked at once; every article of a list is inspected, so that every page is a whole one
SETTINGS = {
    "DOWNLOAD_DELAY": "0",
    "ARTICLES_PER_COLUMN": "20",
    "TWISTED_DNS_RESOLVER": "tests.bench.names.BenchResolver",
    "EXTENSIONS": json.dumps({**EXTENSIONS, "tests.bench.clock.Clock": 20}),
    "LINK_SECOND_LOOK_SECONDS": "1",
    "BROWSER": "off",
    "LOG_LEVEL": "WARNING",
    "PROGRESS_SECONDS": "0",
}
_NOT_INHERITED = frozenset({"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "OPENSSL_CONF"})


class BenchError(RuntimeError):
    """A contender did not do its work; the message says which and shows its words."""


def read_port(server: subprocess.Popen[str]) -> int:
    """The port that a server of the bench prints when it listens. Raises BenchError when it ended instead."""
    assert server.stdout is not None
    said = server.stdout.readline().strip()
    if not said.isdigit():
        raise BenchError(f"a server of the bench did not start on loopback; it said {said!r}, and why stands above")
    return int(said)


@dataclass(frozen=True)
class Office:
    """Where the bench is inspected from."""

    database_url: str
    folder: Path

    def register(self, at: datetime, sites: Sequence[Site]) -> None:
        """Enter these sites with their columns."""
        self.enter(write_registry(Plan(0, at, at.date(), tuple(sites)), self.folder / "registry.xlsx"))

    def enter(self, registry: Path) -> None:
        """Enter a registry file."""
        self._run("scripts/import_registry.py", str(registry))

    def inspect(self, period: str, settings: Mapping[str, str] | None = None, *flags: str) -> Spent:
        """One whole inspection; what its crawling process took."""
        clock = self.folder / "clock.json"
        clock.unlink(missing_ok=True)
        chosen = {**SETTINGS, FILE: str(clock), **(settings or {})}
        set_ = [part for name, value in chosen.items() for part in ("-s", f"{name}={value}")]
        self._run(*flags, "-m", "scrapy", "crawl", "portals", "-a", f"period={period}", *set_)
        return Spent(**json.loads(clock.read_text("utf-8")))

    def rows(self, query: str, **given: Any) -> list[tuple[Any, ...]]:
        engine = make_engine(self.database_url)
        try:
            with engine.connect() as connection:
                return [tuple(row) for row in connection.execute(text(query), given)]
        finally:
            engine.dispose()

    def one(self, query: str, **given: Any) -> Any:
        ((value,),) = self.rows(query, **given)
        return value

    def _run(self, *words: str) -> None:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=CHECKOUT,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=_LONGEST,
            check=False,
        )
        if done.returncode != 0:
            raise BenchError(f"{' '.join(words[:5])} ended with {done.returncode}:\n{done.stderr[-4000:]}")

    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name.upper() not in _NOT_INHERITED}
        return {
            **inherited,
            "DATABASE_URL": self.database_url,
            "GOVSPIDER_ALLOWED_PRIVATE_NETWORKS": "127.0.0.0/8",
            "GOVSPIDER_CONTACT": "bench on loopback",
            "GOVSPIDER_EVIDENCE": str(self.folder / "evidence"),
            "GOVSPIDER_DEAD_LETTERS": str(self.folder / "dead-letters.jsonl"),
        }
