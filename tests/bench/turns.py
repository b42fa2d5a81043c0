"""The contenders by turns: the full inspection, a bare download, stock Scrapy and a second inspection, again and again.

A machine may change its speed by a third within minutes, and a contender runs for seconds: those that are compared run
right after one another, each turn in a database of its own, and of several turns the one in the middle counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from tests.bench import peers
from tests.bench.office import Office
from tests.bench.page_cost import HEAD, PERIOD, Cost, inspect, stock
from tests.bench.pages import copies
from tests.bench.second_run import look_again
from tests.bench.server import Served
from tests.city.model import Site

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Turn:
    """The bills of one turn; `told` and `again` what else is known of its first and its second inspection."""

    full: Cost
    bare: Cost
    crawl: Cost
    told: dict[str, Any]
    again: dict[str, Any]

    @property
    def ratios(self) -> dict[str, float]:
        """The figures that are compared, by name."""
        return {
            "full_vs_stock": self.full.rate / self.crawl.rate,
            "full_vs_download": self.full.rate / self.bare.rate,
            "second_vs_first": self.again["second_vs_first"],
        }

    def where_it_goes(self, extractors: float) -> str:
        """The CPU of a page in three parts. Parameters: `extractors` milliseconds that all of them take alone."""
        whole, download = (1000 * cost.cpu / cost.pages for cost in (self.full, self.bare))
        rest = whole - download - extractors
        return (
            f"CPU of one page: {whole:.1f} ms = downloading all that was asked {download:.1f} + extractors"
            f" {extractors:.1f} + everything else {rest:.1f} (links' answers, rows, evidence, the look itself)"
        )


def middle(turns: Sequence[Turn], name: str) -> Turn:
    """The turn whose ratio stands in the middle; of two, the lower one."""
    return sorted(turns, key=lambda turn: turn.ratios[name])[(len(turns) - 1) // 2]


def take_turns(offices: Sequence[Office], served: Served, at: datetime, sites: int, tell: Tell) -> list[Turn]:
    """One turn for each office, all on the same sites; prints the lines of all contenders."""
    chosen = list(copies(served.bases, sites, served.port))
    print(HEAD)
    turns = []
    for number, office in enumerate(offices, start=1):
        tell(f"turn {number} of {len(offices)}: {sites} sites inspected, downloaded, crawled, inspected again")
        office.register(at, chosen)
        turns.append(_turn(office, served, chosen))
    return turns


def _turn(office: Office, served: Served, chosen: Sequence[Site]) -> Turn:
    full, told = inspect(office, served, PERIOD)
    print(full.line(), flush=True)
    bare = stock(office, served, "download", told["asked"], full.pages)
    print(bare.line(), flush=True)
    crawl = stock(office, served, "crawl", [site.home_url for site in chosen], None)
    print(crawl.line(), flush=True)
    return Turn(full, bare, crawl, told, look_again(office, served, full))


def figures_of(turns: Sequence[Turn]) -> dict[str, Any]:
    """What the turns say, printed and as figures: each ratio of the turn in its middle, with those of all."""
    figures: dict[str, Any] = {}
    for name in turns[0].ratios:
        each = [round(turn.ratios[name], 3) for turn in turns]
        figures[name] = round(middle(turns, name).ratios[name], 3)
        figures[f"{name}_by_turn"] = each
        print(f"{name:<18}{figures[name]:>7.3f} of {', '.join(map(str, each))}")
    typical = middle(turns, "full_vs_download")
    return {
        **figures,
        "second_differs": max(turn.again["second_differs"] for turn in turns),
        "second_compared": min(turn.again["second_compared"] for turn in turns),
        "second_unchanged": typical.again["second_unchanged"],
        "contenders": [{**asdict(cost), "rate": cost.rate} for cost in (typical.full, typical.crawl, typical.bare)],
        "long_steps": max(turn.told["counters"].get("govspider/reactor/long_steps", 0) for turn in turns),
        "peak_mb": round(max(turn.full.peak_mb for turn in turns)),
        "bare_requests_per_second": typical.bare.requests / typical.bare.wall,
        **_tell(typical.full, typical.told),
    }


def link_checkers(office: Office, served: Served, at_sites: int, full: Cost, tell: Tell) -> dict[str, Any]:
    """The link checkers that are installed, against the full inspection; None for one that is not."""
    homes = [site.home_url for site in copies(served.bases, at_sites, served.port)]
    costs = dict(_checkers(office, served, homes, tell))
    return {f"full_vs_{name.lower()}": cost and round(full.rate / cost.rate, 3) for name, cost in costs.items()}


def _checkers(office: Office, served: Served, homes: list[str], tell: Tell) -> Iterator[tuple[str, Cost | None]]:
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
        "links": links,
        "rows": rows,
        "postgres_cpu": told["postgres_cpu"],
    }


def _steps(counters: dict[str, float]) -> str:
    names = sorted(name for name in counters if name.startswith("govspider/reactor/"))
    return ", ".join(f"{name.rpartition('/')[2]} {counters[name]:g}" for name in names) or "not watched"
