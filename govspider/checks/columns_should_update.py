"""Veto count of other columns that should be updated but long were not.

Applies to: columns with an update period of their own in the registry (更新期限), and the kinds that a
window names. Columns that `columns_stale` counts are left to it by the windows of the rubric: no
column is charged under two clauses.
Expects: fewer than `threshold` of them without an item in their window.
Unknown: enough columns could not be established, or are only suspected, to reach the threshold.
"""

from __future__ import annotations

from datetime import date

from pydantic import Field

from govspider.checks.column_updates import count_stale
from govspider.checks.outcome import Outcome
from govspider.checks.windows import ColumnWindow, Parameters
from govspider.seen import SeenSite


class ColumnsShouldUpdate(Parameters):
    """How many overdue columns are too many, and the period of each kind."""

    threshold: int = Field(ge=1)
    windows: tuple[ColumnWindow, ...] = Field(min_length=1)
    min_kind_confidence: float = Field(ge=0, le=1)


def judge(site: SeenSite, check_day: date, parameters: ColumnsShouldUpdate) -> Outcome:
    """Count the columns that outlived their own update period."""
    return count_stale(
        site,
        check_day,
        windows=parameters.windows,
        threshold=parameters.threshold,
        min_kind_confidence=parameters.min_kind_confidence,
    )
