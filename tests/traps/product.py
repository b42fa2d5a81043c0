"""An office that inspects the traps with the product as it ships, in a database of its own."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text

from govspider.db.engine import make_engine
from tests.traps import names
from tests.traps.server import Traps

CHECKOUT = Path(__file__).resolve().parents[2]
PERIOD = "陷阱"
# the traps stand on loopback and are ours: they may be asked faster than any real site
SETTINGS = {
    "TWISTED_DNS_RESOLVER": "tests.traps.names.TrapResolver",
    "DOWNLOAD_DELAY": "0.005",
    "LINK_SECOND_LOOK_SECONDS": "1",
    "BUSY_PAUSE": "0.3",
    "RETRY_AFTER_MAX": "1",
    "DOWNLOAD_TIMEOUT": "4",
    "DNS_TIMEOUT": "4",
    "LOG_LEVEL": "WARNING",
    "PROGRESS_SECONDS": "0",
    "STORE_SECONDS": "0.1",
    "BROWSER_STILL_SECONDS": "0.5",
    "BROWSER_SECONDS_PER_PAGE": "30",
}
_HEADERS = ("网站标识码", "网站名称", "首页网址", "主办单位", "所属地区", "网站类型", "运行状态")
_SITES = (
    ("3300000001", "陷阱市人民政府", names.SITE, "正常运行"),
    ("3300000002", "软错误市人民政府", names.SOFT_SITE, "正常运行"),
    ("3300000003", "回家市人民政府", names.HOME_SITE, "正常运行"),
    ("3300000004", "关停市人民政府", names.CLOSED_SITE, "已下线"),
)
_LONGEST = 300
_NOT_INHERITED = frozenset({"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "OPENSSL_CONF"})


@dataclass(frozen=True)
class Office:
    """Where the traps are inspected from: a database and a folder."""

    database_url: str
    folder: Path
    traps: Traps

    def inspect(self, period: str = PERIOD) -> None:
        """Look at every site of the traps once, and judge."""
        self.run("-m", "scrapy", "crawl", "portals", "-a", f"period={period}", *self.settings())
        self.run("scripts/judge.py", "--period", period)

    def import_registry(self) -> None:
        path = self.folder / "registry.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_HEADERS)
            for code, name, host, state in _SITES:
                home = self.traps.address(f"http://{host}{{http}}/")
                writer.writerow((code, name, home, name, "陷阱市", "政府门户网站", state))
        self.run("scripts/import_registry.py", str(path))

    def problems(self, period: str = PERIOD) -> list[dict[str, Any]]:
        """The problem list as scripts/problems.py prints it."""
        out = self.run("scripts/problems.py", "--period", period, "--format", "json")
        found: list[dict[str, Any]] = json.loads(out)
        return found

    def rows(self, query: str, **given: Any) -> list[dict[str, Any]]:
        engine = make_engine(self.database_url)
        try:
            with engine.connect() as connection:
                return [dict(row._mapping) for row in connection.execute(text(query), given)]
        finally:
            engine.dispose()

    def answers(self) -> dict[str, dict[str, Any]]:
        """The last answer of every address in the newest run."""
        query = """
            select distinct on (url) url, state, unknown_reason as reason, fault as kind, status, rung, detail
            from link_answer where run_id = (select max(id) from run) order by url, rung desc"""
        return {row["url"]: row for row in self.rows(query)}

    def run(self, *words: str) -> str:
        """Run a Python program of the checkout; AssertionError with its words when it fails."""
        done = subprocess.run(
            [sys.executable, *words],
            cwd=CHECKOUT,
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=_LONGEST,
            check=False,
        )
        assert done.returncode == 0, f"{words} ended with {done.returncode}:\n{done.stdout}\n{done.stderr[-6000:]}"
        return done.stdout

    def recheck(self, url: str) -> str:
        """Ask again for the finding on this address, as a user does; what the script says."""
        [row] = self.rows("select id from finding where url = :url", url=url)
        return self.run("scripts/recheck.py", "--finding", str(row["id"]), *self.settings())

    def state_of(self, url: str) -> str:
        """State of the finding on this address."""
        [row] = self.rows("select state from finding where url = :url", url=url)
        state: str = row["state"]
        return state

    def settings(self) -> list[str]:
        """Arguments of a crawl of the traps."""
        given = {**SETTINGS, "LOG_FILE": str(self.folder / "crawl.log")}
        return [part for name, value in given.items() for part in ("-s", f"{name}={value}")]

    def _environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name.upper() not in _NOT_INHERITED}
        return {
            **inherited,
            "DATABASE_URL": self.database_url,
            "GOVSPIDER_ALLOWED_PRIVATE_NETWORKS": "127.0.0.0/8 ::1/128",
            "GOVSPIDER_CONTACT": "traps on loopback",
            "GOVSPIDER_EVIDENCE": str(self.folder / "evidence"),
            "GOVSPIDER_DEAD_LETTERS": str(self.folder / "dead-letters.jsonl"),
        }
