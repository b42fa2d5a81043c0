"""Stock Scrapy in a process of its own, on addresses given."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.bench.clock import Spent
from tests.bench.office import CHECKOUT, BenchError, Office

_LONGEST = 1800


def run_stock(office: Office, kind: str, urls: list[str]) -> Spent:
    """`crawl` from these homes, or `download` of these addresses. Raises BenchError when little came of it."""
    given, clock = office.folder / "urls.txt", office.folder / "stock.json"
    given.write_text("\n".join(urls), encoding="utf-8")
    words = [sys.executable, "-m", "tests.bench.stock", kind, str(given), str(clock)]
    subprocess.run(words, cwd=CHECKOUT, env=office.environment(), check=True, timeout=_LONGEST)
    spent = Spent(**json.loads(clock.read_text(encoding="utf-8")))
    seen = spent.counters.get("bench/pages", 0)
    if seen < (len(urls) if kind == "download" else 2 * len(urls)):
        raise BenchError(f"stock Scrapy ({kind}) saw {seen:.0f} pages from {len(urls)} addresses")
    return spent
