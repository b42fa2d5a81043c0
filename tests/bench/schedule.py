"""How near an inspection of many sites comes to the time that politeness and the machine dictate.

Bound: the larger of the largest site's requests times its delay, and all requests at the rate of a bare download
in the same run. The delay is scaled down; nothing else of the politeness is.
"""

from __future__ import annotations

from typing import Any

from tests.bench.mixed_sites import LARGEST, serving_mixed, urls, write_registry
from tests.bench.office import Office
from tests.bench.stock_runs import run_stock

_PERIOD = "schedule"
_SAMPLE = 3000


def measure(office: Office, sites: int, delay: float) -> dict[str, Any]:
    """Wall time of one inspection of `sites` sites with `delay` seconds between requests, against its bound."""
    with serving_mixed() as port:
        office.enter(write_registry(sites, port, office.folder / "mixed.csv"))
        addresses = urls(sites, port)[:_SAMPLE]
        bare = run_stock(office, "download", addresses)
        rate = len(addresses) / bare.wall
        settings = {"DOWNLOAD_DELAY": str(delay), "DOWNLOAD_TIMEOUT": "4", "LINK_SECOND_LOOK_SECONDS": "2"}
        spent = office.inspect(_PERIOD, settings)
    requests = spent.counters.get("downloader/request_count", 0)
    largest = office.one(
        "select max(pages + links) from look join run on run.id = run_id join period on period.id = period_id"
        " where label = :period",
        period=_PERIOD,
    )
    bound = max(max(largest, LARGEST) * delay, requests / rate)
    ratio = spent.wall / bound
    print(
        f"schedule: {sites} sites, {requests:.0f} requests, delay {delay} s: {spent.wall:.0f} s; bound {bound:.0f} s"
        f" (largest site {largest * delay:.0f} s, bare download {requests / rate:.0f} s); ratio {ratio:.2f};"
        f" CPU {spent.cpu:.0f} s, peak {spent.peak_bytes / 1e6:.0f} MB"
    )
    return {
        "schedule_vs_bound": round(ratio, 3),
        "schedule": {"sites": sites, "requests": requests, "wall": round(spent.wall, 1), "bound": round(bound, 1)},
    }
