"""What a page costs: the full inspection, stock Scrapy and the bare download on the same sites, in one run.

Pages are the sites' own web pages that were inspected in full (home, columns, articles), each counted once. The
inspection's bill includes everything else it asked for: pictures, scripts, outside links, made-up addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from tests.bench import peers
from tests.bench.clock import Spent
from tests.bench.office import Office
from tests.bench.pages import copies
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


@dataclass(frozen=True, slots=True)
class Compared:
    """The bill of the full inspection, and the figures of the comparison."""

    full: Cost
    bare: Cost
    figures: dict[str, Any]

    def where_it_goes(self, extractors: float) -> str:
        """The CPU of a page in three parts. Parameters: `extractors` milliseconds that all of them take alone."""
        whole, download = (1000 * cost.cpu / cost.pages for cost in (self.full, self.bare))
        rest = whole - download - extractors
        return (
            f"CPU of one page: {whole:.1f} ms = downloading all that was asked {download:.1f} + extractors"
            f" {extractors:.1f} + everything else {rest:.1f} (links' answers, rows, evidence, the look itself)"
        )


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
        "asked": [url for url in asked if not url.endswith("/robots.txt")],
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


def compare(office: Office, served: Served, at: datetime, sites: int, tell: Callable[[str], None]) -> Compared:
    """Contenders (a) to (d) on the same sites, one after the other; prints their lines."""
    chosen = list(copies(served.bases, sites, served.port))
    homes = [site.home_url for site in chosen]
    office.register(at, chosen)
    print(HEAD)
    tell(f"full inspection of {sites} sites")
    full, told = inspect(office, served, PERIOD)
    print(full.line(), flush=True)
    tell("stock CrawlSpider")
    crawl = stock(office, served, "crawl", homes, None)
    print(crawl.line(), flush=True)
    tell("bare download")
    bare = stock(office, served, "download", told["asked"], full.pages)
    print(bare.line(), flush=True)
    others = list(_others(office, served, homes, tell))
    told_figures = _tell(full, told)
    return Compared(
        full,
        bare,
        {
            "full_vs_stock": round(full.rate / crawl.rate, 3),
            "full_vs_download": round(full.rate / bare.rate, 3),
            **{f"full_vs_{name.lower()}": cost and round(full.rate / cost.rate, 3) for name, cost in others},
            "contenders": [
                {**asdict(cost), "rate": cost.rate}
                for cost in (full, crawl, bare, *(cost for _, cost in others))
                if cost
            ],
            **told_figures,
            "bare_requests_per_second": bare.requests / bare.wall,
        },
    )


def _others(
    office: Office, served: Served, homes: list[str], tell: Callable[[str], None]
) -> Iterator[tuple[str, Cost | None]]:
    """Contender (d): the link checkers that are installed, None for one that is not."""
    for name in peers.NAMES:
        program = peers.installed(name)
        if program is None:
            print(f"{name:<26}not installed: make compare-install", flush=True)
            yield name, None
            continue
        tell(name)
        served.asked()
        spent = peers.run_peer(office, name, program, homes)
        asked = served.asked()
        pages = served.own_pages(asked)
        cost = Cost(name, pages, len(asked), spent.cpu, spent.wall, spent.peak_bytes / 1e6)
        print(cost.line(name if spent.whole else f"{name} (stopped)"), flush=True)
        yield name, cost


def _tell(full: Cost, told: dict[str, Any]) -> dict[str, Any]:
    """What else is known of the full inspection, printed and as figures."""
    links, rows, wall = told["links"], told["rows"], full.wall
    print(f"links {links} ({links / full.pages:.0f} a page), {links / wall:.0f} links/s")
    print(f"rows {rows}, {rows / wall:.0f} rows/s")
    print(f"PostgreSQL's CPU {told['postgres_cpu']} s; crawling process's {full.cpu:.1f} s")
    print(f"steps of the reactor: {_steps(told['counters'])}")
    return {
        "ms_of_a_page": round(1000 * full.cpu / full.pages, 2),
        "peak_mb": round(full.peak_mb),
        "links": links,
        "rows": rows,
        "postgres_cpu": told["postgres_cpu"],
        "long_steps": told["counters"].get("govspider/reactor/long_steps"),
    }


def _steps(counters: dict[str, float]) -> str:
    names = sorted(name for name in counters if name.startswith("govspider/reactor/"))
    return ", ".join(f"{name.rpartition('/')[2]} {counters[name]:g}" for name in names) or "not watched"
