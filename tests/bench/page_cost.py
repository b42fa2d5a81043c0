"""What a page costs: the full inspection, stock Scrapy and the bare download on the same sites, in one run.

Pages are the sites' own web pages that were inspected in full (home, columns, articles), each counted once. The
inspection's bill includes everything else it asked for: pictures, scripts, outside links, made-up addresses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.bench.clock import Spent
from tests.bench.office import Office
from tests.bench.postgres_time import postgres_seconds
from tests.bench.server import Served
from tests.bench.stock_runs import run_stock

PERIOD = "bench"
_PAGES = """
    select count(distinct (look_id, url)) from page
    join look on look.id = page.look_id join run on run.id = look.run_id
    join period on period.id = run.period_id
    where period.label = :period and status in (200, 304) and role in ('home', 'column', 'article')"""


@dataclass(frozen=True, slots=True)
class Cost:
    """One contender's bill. `pages` own pages; `requests` everything asked; `rate` pages per CPU second."""

    name: str
    pages: int
    requests: int
    cpu: float
    wall: float
    peak_mb: float

    @property
    def rate(self) -> float:
        return self.pages / self.cpu

    def line(self, name: str = "") -> str:
        whole = f"{name or self.name:<26}{self.pages:>7}{self.requests:>9}{self.cpu:>9.1f}{self.wall:>9.1f}"
        each = f"{self.rate:>12.1f}{self.pages / self.wall:>10.1f}{1000 * self.cpu / self.pages:>10.2f}"
        return f"{whole}{each}{self.peak_mb:>9.0f}"


HEAD = (
    f"{'contender':<26}{'pages':>7}{'requests':>9}{'CPU s':>9}{'wall s':>9}{'pages/CPU s':>12}"
    f"{'pages/s':>10}{'ms/page':>10}{'peak MB':>9}"
)


def inspect(office: Office, served: Served, period: str, settings: dict[str, str] | None = None) -> tuple[Cost, Any]:
    """The full inspection; its cost, and what else is told of it: links, rows, PostgreSQL's time, addresses asked."""
    served.asked()
    before, rows = postgres_seconds(office.database_url), _rows(office)
    spent = office.inspect(period, settings)
    after, asked = postgres_seconds(office.database_url), served.asked()
    pages = office.one(_PAGES, period=period)
    cost = _cost("full inspection", pages, len(asked), spent)
    told = {
        "links": office.one("select count(*) from analysis.page_link"),
        "rows": _rows(office) - rows,
        "postgres_cpu": None if before is None or after is None else round(after - before, 1),
        "asked": asked,
        "counters": spent.counters,
    }
    return cost, told


def _rows(office: Office) -> int:
    tables = ("page", "link", "link_block", "page_block", "link_answer", "list_item", "column_observation",
              "article_observation", "tag_observation", "mark_observation", "link_identity", "link_probe")  # fmt: skip
    return sum(int(office.one(f"select count(*) from {table}")) for table in tables)


def stock(office: Office, served: Served, kind: str, urls: list[str], pages: int | None) -> Cost:
    """Stock Scrapy in a process of its own: `crawl` from these homes, or `download` of these addresses.

    Parameters: `pages` how many own pages the addresses hold; None to count those that were followed.
    """
    served.asked()
    spent = run_stock(office, kind, urls)
    seen = int(spent.counters["bench/pages"])
    names = {"crawl": "stock CrawlSpider", "download": "bare download, same URLs"}
    return _cost(names[kind], pages or seen, len(served.asked()), spent)


def _cost(name: str, pages: int, requests: int, spent: Spent) -> Cost:
    return Cost(name, pages, requests, spent.cpu, spent.wall, spent.peak_bytes / 1e6)
