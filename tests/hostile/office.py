"""An office that inspects the hostile world with the product as it ships."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from govspider import settings
from tests.hostile.case import Case
from tests.hostile.patience import HOSTS
from tests.hostile.world import World
from tests.inspection.crawling import Desk, Ended

HEALTHY = ("9901000002", "9901000008", "9901220003")
PERIOD = "险一"
_EXTENSIONS = json.dumps({**settings.EXTENSIONS, "tests.hostile.peak_memory.PeakMemory": 900})
SETTINGS = {
    "TWISTED_DNS_RESOLVER": "tests.hostile.names.HostileResolver",
    # no machine is too slow for this; hosts of cases about time are given up sooner (tests/hostile/patience.py)
    "DOWNLOAD_TIMEOUT": "150",
    "DOWNLOADER_MIDDLEWARES": json.dumps({**settings.DOWNLOADER_MIDDLEWARES, "tests.hostile.patience.Patience": 340}),
    "RETRY_TIMES": "0",
    "SITES_AT_ONCE": "30",  # one Python process answers for all of them
    "LINK_LOOKS": "2",
    "LINKS_PER_SITE": "80",
    "COLUMNS_PER_SITE": "15",
    "LOG_LEVEL": "INFO",
}


class DirectDesk(Desk):
    """A desk without a proxy: names are resolved, and private addresses refused, by the crawl itself."""

    def environment(self) -> dict[str, str]:
        given = super().environment()
        for name in ("http_proxy", "https_proxy", "no_proxy"):
            given.pop(name, None)
        return {**given, "GOVSPIDER_ALLOWED_PRIVATE_NETWORKS": "127.0.0.1/32"}


@dataclass(frozen=True, slots=True)
class Inspection:
    """A crawl that ended, its desk, and the most memory it held, in megabytes."""

    desk: Desk
    ended: Ended
    peak: int

    @property
    def log(self) -> str:
        return (self.desk.folder / "crawl.log").read_text("utf-8", errors="replace")


def code_of(number: int) -> str:
    """Site code of the hostile site of this number."""
    return f"99012{number:05d}"


def inspect(desk: Desk, world: World, cases: Sequence[Case], more: Mapping[str, str] | None = None) -> Inspection:
    """Inspect the healthy sites, with these hostile ones beside them."""
    desk.import_registry(_registry(desk.folder / "registry.csv", world, cases))
    short = ",".join(case.host for case in cases if case.about_time)
    given = {
        **SETTINGS,
        HOSTS: short,
        "LOG_FILE": str(desk.folder / "crawl.log"),
        "EXTENSIONS": _EXTENSIONS,
        **(more or {}),
    }
    ended = desk.crawl(given, period=PERIOD)
    told = (desk.folder / "crawl.log").read_text("utf-8", errors="replace")
    peak = max((int(line.rpartition(" ")[2]) for line in told.splitlines() if "peak memory in MB" in line), default=0)
    return Inspection(desk, ended, peak)


def _registry(path: Path, world: World, cases: Sequence[Case]) -> Path:
    healthy = [world.plan.site(code) for code in HEALTHY]
    rows = [(site.code, site.name, world.at_home(site.home_url), site.unit) for site in healthy]
    rows += [(code_of(n), f"{case.name}网站", world.home(case), f"{case.name}办公室") for n, case in enumerate(cases)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("网站标识码", "网站名称", "首页网址", "主办单位"))
        writer.writerows(rows)
    return path
