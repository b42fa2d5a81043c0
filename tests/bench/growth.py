"""Whether a page costs more where there are more sites: the same small sites, some, ten times and a hundred times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from tests.bench.office import Office
from tests.bench.page_cost import HEAD, Cost, inspect
from tests.bench.pages import copies
from tests.bench.server import serving


def measure(
    offices: Callable[[], Office], at: datetime, numbers: Sequence[int], tell: Callable[[str], None]
) -> dict[str, Any]:
    """CPU per page by number of sites, each number in a database of its own; prints a line each.

    Parameters: `numbers` of sites, ascending; the ratio is that of the last to the first.
    """
    costs: list[Cost] = []
    with serving(at, small=True, columns=1) as served:
        print(HEAD)
        for number in numbers:
            tell(f"growth: {number} small sites")
            office = offices()
            office.register(at, list(copies(served.bases, number, served.port)))
            cost, _ = inspect(office, served, "growth")
            print(cost.line(f"{number} small sites"), flush=True)
            costs.append(cost)
    per_page = [1000 * cost.cpu / cost.pages for cost in costs]
    ratio = per_page[-1] / per_page[0]
    print(f"cost of a page, {numbers[-1]} sites / {numbers[0]} sites: {ratio:.2f}")
    return {
        "growth": round(ratio, 3),
        "growth_steps": [
            {"sites": number, "pages": cost.pages, "ms_of_a_page": round(each, 2), "peak_mb": round(cost.peak_mb)}
            for number, cost, each in zip(numbers, costs, per_page, strict=True)
        ],
    }
