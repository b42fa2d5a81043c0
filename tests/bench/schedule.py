"""How near an inspection of many sites comes to the time that politeness and the machine dictate.

Bound: the larger of the largest site's requests times its delay, and all requests at the rate of a bare download
in the same run. The delay is scaled down; nothing else of the politeness is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.bench.mixed_sites import serving_mixed, urls, write_registry
from tests.bench.office import Office
from tests.bench.stock_runs import run_stock

_PERIOD = "schedule"
_SAMPLE = 3000


def measure(office: Office, sites: int, delay: float, tell: Callable[[str], None]) -> dict[str, Any]:
    """Wall time of one inspection of `sites` sites with `delay` seconds between requests, against its bound."""
    with serving_mixed() as mixed:
        office.enter(write_registry(sites, mixed.port, office.folder / "mixed.csv"))
        addresses = urls(sites, mixed.port)[:_SAMPLE]
        tell(f"schedule: bare download of {len(addresses)} pages of the mixed sites")
        bare = run_stock(office, "download", addresses)
        rate = len(addresses) / bare.wall
        settings = {"DOWNLOAD_DELAY": str(delay), "DOWNLOAD_TIMEOUT": "4", "LINK_SECOND_LOOK_SECONDS": "2"}
        mixed.asked()
        tell(f"schedule: inspection of {sites} mixed sites, {delay} s between two requests of a site")
        spent = office.inspect(_PERIOD, settings)
        asked = mixed.asked()
    requests, largest = sum(asked.values()), max(asked.values())
    polite, bare_time = largest * delay, requests / rate
    ratio = spent.wall / max(polite, bare_time)
    print(
        f"schedule: {sites} sites, {requests} requests, delay {delay} s: {spent.wall:.0f} s; bound"
        f" {max(polite, bare_time):.0f} s (largest site {largest} requests, {polite:.0f} s; bare download"
        f" {rate:.0f} requests/s, {bare_time:.0f} s); ratio {ratio:.2f}"
    )
    print(
        f"schedule: the crawling process had {spent.cpu / spent.wall:.2f} of a core ({spent.cpu:.0f} s,"
        f" {1000 * spent.cpu / requests:.1f} ms a request), peak {spent.peak_bytes / 1e6:.0f} MB"
    )
    return {
        "schedule_vs_bound": round(ratio, 3),
        "schedule": {
            "sites": sites,
            "delay": delay,
            "requests": requests,
            "largest_site": largest,
            "wall": round(spent.wall, 1),
            "cpu": round(spent.cpu, 1),
            "bound_by_politeness": round(polite, 1),
            "bound_by_download": round(bare_time, 1),
            "peak_mb": round(spent.peak_bytes / 1e6),
        },
    }
