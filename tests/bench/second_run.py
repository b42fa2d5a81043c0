"""What unchanged pages cost when they are looked at again, and whether the second look saw the very same."""

from __future__ import annotations

from typing import Any

from tests.bench.office import Office
from tests.bench.page_cost import PERIOD, Cost, inspect
from tests.bench.server import Served
from tests.inspection.sameness import differences, observations

_RUN = "select run.id from run join period on period.id = run.period_id where period.label = :period"
_AGAIN = f"{PERIOD} again"
_SHOWN = 3


def look_again(office: Office, served: Served, first: Cost) -> dict[str, Any]:
    """A second inspection of the same sites; prints its line and what it saw otherwise."""
    second, _ = inspect(office, served, _AGAIN)
    print(second.line("second run, unchanged"))
    runs = [office.one(_RUN, period=label) for label in (PERIOD, _AGAIN)]
    before, after = (observations(office, run=run) for run in runs)
    other = differences(before, after, _SHOWN)
    compared = sum(sum(rows.values()) for rows in before.values())
    ratio = (second.cpu / second.pages) / (first.cpu / first.pages)
    print(f"second run / first, CPU per page: {ratio:.2f}; of {compared} observations {len(other) or 'none'} differ")
    for words in other:
        print(f"  {words}")
    return {"second_vs_first": round(ratio, 3), "second_differs": len(other), "second_compared": compared}
