"""Sites of the soak, in a mix that stays the same from the first minute to the last.

Of ten sites six are healthy ones of the bench, with pages as large as real ones; one is small, one slow, one takes
every request and never answers, and behind one nobody listens. Their order in the registry is the order they are
looked at in, because none has columns there.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.mixed_sites import DOMAIN
from tests.bench.pages import code_of_copy, host_of_copy

_HEADERS = ("网站标识码", "网站名称", "首页网址", "主办单位", "所属地区", "网站类型", "运行状态")
# by the last digit of its number; what the host says is what tests/bench/mixed_sites.py answers
_MANNERS = {2: "stall6", 4: "dead6", 6: "slow6", 8: "site25"}
_MIX = 10


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the two servers listen: `healthy` that of the bench with so many base sites, `odd` that of the others."""

    healthy: int
    bases: int
    odd: int


def homes(count: int, ports: Ports) -> Iterator[tuple[str, str]]:
    """Code and home page of each site."""
    for number in range(1, count + 1):
        manner = _MANNERS.get(number % _MIX)
        if manner is None:
            host = f"{host_of_copy(number, ports.bases)}:{ports.healthy}"
        else:
            host = f"{manner}n{number:05d}.{DOMAIN}:{ports.odd}"
        yield code_of_copy(number), f"http://{host}/"


def write_registry(count: int, ports: Ports, path: Path) -> Path:
    """A registry of these sites, without columns: they are found in the navigation."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADERS)
        for number, (code, home) in enumerate(homes(count, ports), start=1):
            name = f"云景市第{number}局"
            writer.writerow((code, name, home, name, "云景市", "部门网站", "正常运行"))
    return path
