"""Crawls as a user starts them: `scrapy crawl portals` in a process of its own, on a city of the test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text

from govspider.db.engine import make_engine

CHECKOUT = Path(__file__).resolve().parents[2]
# the city stands on loopback and is ours: it may be asked faster than any real site
FAST = {
    "DOWNLOAD_DELAY": "0.005",
    "BROWSER": "off",
    "LINK_SECOND_LOOK_SECONDS": "0.3",
    "BUSY_PAUSE": "0.3",
    "RETRY_AFTER_MAX": "2",
    "CRAWL_DELAY_MAX": "0.02",
    "DOWNLOAD_TIMEOUT": "10",
    "LOG_LEVEL": "WARNING",
    "PROGRESS_SECONDS": "0",
    "STORE_SECONDS": "0.1",
}
_LONGEST = 300
_POLL = 0.02
_OLD_TLS = CHECKOUT / "govspider/throttle/legacy_tls.cnf"
# what the machine of the test may have set and a user of a fresh machine has not
_NOT_INHERITED = frozenset({"DATABASE_URL", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "OPENSSL_CONF"})


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended, and what it said to the person who started it."""

    code: int
    out: str
    words: str
    """Standard error."""

    @property
    def sentences(self) -> list[str]:
        """What govspider itself said, without the log of Scrapy."""
        return [line for line in self.words.splitlines() if line.startswith("govspider:")]

    def expect(self, code: int) -> Ended:
        """Itself; fails the test with everything the process said when it ended otherwise."""
        assert self.code == code, f"ended with {self.code} instead of {code}:\n{self.out}\n{self.words[-6000:]}"
        return self


@dataclass(frozen=True)
class Desk:
    """Where one office inspects from: a database, a folder for evidence, and the proxy its city stands behind.

    Parameters: `contact` goes into GOVSPIDER_CONTACT, '' for an office that forgot it.
    """

    database_url: str = field(repr=False)  # its password would stand in the report of a test that fails
    folder: Path
    proxy_url: str
    contact: str = "tests on loopback"
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def evidence(self) -> Path:
        return self.folder / "evidence"

    @property
    def dead_letters(self) -> Path:
        return self.folder / "dead-letters.jsonl"

    def import_registry(self, *files: Path) -> None:
        """Enter registry files as a user does."""
        for file in files:
            self.script("scripts/import_registry.py", str(file)).expect(0)

    def script(self, *words: str) -> Ended:
        """Run a Python script of the checkout."""
        return self._finish(self._start([sys.executable, *words]))

    def crawl(self, settings: Mapping[str, str] | None = None, **arguments: str) -> Ended:
        """Run `scrapy crawl portals -a name=value …` to its end."""
        return self._finish(self.start_crawl(settings, **arguments))

    def start_crawl(self, settings: Mapping[str, str] | None = None, **arguments: str) -> subprocess.Popen[str]:
        """Begin a crawl; hand it to `finish` or `stop_when`."""
        given = [part for name, value in arguments.items() for part in ("-a", f"{name}={value}")]
        chosen = {**FAST, **self.settings, **(settings or {})}
        set_ = [part for name, value in chosen.items() for part in ("-s", f"{name}={value}")]
        return self._start([sys.executable, "-m", "scrapy", "crawl", "portals", *given, *set_])

    def finish(self, process: subprocess.Popen[str]) -> Ended:
        """Wait for a crawl that was begun."""
        return self._finish(process)

    def stop_when(
        self, process: subprocess.Popen[str], reached: Callable[[Desk], bool], signal_number: signal.Signals
    ) -> Ended | None:
        """Send a signal once `reached`; None when the crawl was over before."""
        if not self.wait_until(reached, process):
            self._finish(process)
            return None
        process.send_signal(signal_number)
        return self._finish(process)

    def wait_until(self, reached: Callable[[Desk], bool], process: subprocess.Popen[str]) -> bool:
        """Wait for progress that can be observed; False when the process ended without it.

        Fails the test when neither happens.
        """
        given_up = time.monotonic() + _LONGEST
        while not reached(self):
            if process.poll() is not None:
                return False
            if time.monotonic() > given_up:
                process.kill()
                raise AssertionError(f"neither progress nor an end after {_LONGEST} s")
            time.sleep(_POLL)
        return True

    def rows(self, query: str, **given: Any) -> list[tuple[Any, ...]]:
        """Answer of the database to a query."""
        engine = make_engine(self.database_url)
        try:
            with engine.connect() as connection:
                return [tuple(row) for row in connection.execute(text(query), given)]
        finally:
            engine.dispose()

    def one(self, query: str, **given: Any) -> Any:
        """The single value a query gives."""
        ((value,),) = self.rows(query, **given)
        return value

    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name.upper() not in _NOT_INHERITED}
        ours = {
            "DATABASE_URL": self.database_url,
            "GOVSPIDER_CONTACT": self.contact,
            "GOVSPIDER_EVIDENCE": str(self.evidence),
            "GOVSPIDER_DEAD_LETTERS": str(self.dead_letters),
            "http_proxy": self.proxy_url,
            "https_proxy": self.proxy_url,
            "no_proxy": "",
            "OPENSSL_CONF": str(_OLD_TLS),  # what the command would set by starting itself anew, at twice the time
        }
        return {**inherited, **ours}

    def _start(self, command: Sequence[str]) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=CHECKOUT, env=self.environment(), stdout=pipe, stderr=pipe, text=True)

    def _finish(self, process: subprocess.Popen[str]) -> Ended:
        try:
            out, words = process.communicate(timeout=_LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            out, words = process.communicate()
            raise AssertionError(f"no end after {_LONGEST} s:\n{out[-2000:]}\n{words[-6000:]}") from None
        return Ended(process.returncode, out, words)
