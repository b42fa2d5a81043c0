"""What unchanged pages cost when they are looked at again, and whether the second look saw the very same."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.bench.office import Office
from tests.bench.page_cost import PERIOD, Cost, inspect
from tests.bench.server import Served
from tests.inspection.sameness import Observations, differences, observations

_RUN = "select run.id from run join period on period.id = run.period_id where period.label = :period"
_AGAIN = f"{PERIOD} again"
_SHOWN = 3
_UNCHANGED = f"""
    select count(distinct (look_id, url)) from page where bytes_at is not null and look_id = any(array(
        select look.id from look where look.run_id = ({_RUN})))"""
# what tells of a 304 itself: `link_answer.status` of a page that was called unchanged, and no more
_STATUS_OF_LINK, _NOT_MODIFIED, _OK = 4, 304, 200


def look_again(office: Office, served: Served, first: Cost) -> dict[str, Any]:
    """A second inspection of the same sites; prints its line and what it saw otherwise."""
    second, _ = inspect(office, served, _AGAIN)
    print(second.line("second run, unchanged"))
    unchanged = office.one(_UNCHANGED, period=_AGAIN)
    print(f"answered 304 and believed: {unchanged} of {second.pages} pages, {unchanged / second.pages:.0%}")
    runs = [office.one(_RUN, period=label) for label in (PERIOD, _AGAIN)]
    before, after = (observations(office, run=run) for run in runs)
    other = differences(before, _with_status_of_bytes(after), _SHOWN)
    compared = sum(sum(rows.values()) for rows in before.values())
    ratio = (second.cpu / second.pages) / (first.cpu / first.pages)
    print(f"second run / first, CPU per page: {ratio:.2f}; of {compared} observations {len(other) or 'none'} differ")
    for words in other:
        print(f"  {words}")
    return {
        "second_vs_first": round(ratio, 3),
        "second_differs": len(other),
        "second_compared": compared,
        "second_unchanged": unchanged,
    }


def _with_status_of_bytes(found: Observations) -> Observations:
    """The same with the status that the bytes of unchanged pages came with, in place of 304."""
    place, name = _STATUS_OF_LINK, "link answers"
    links = Counter[tuple[Any, ...]]()
    for row, count in found[name].items():
        status = _OK if row[place] == _NOT_MODIFIED else row[place]
        links[(*row[:place], status, *row[place + 1 :])] += count
    return {**found, name: links}
