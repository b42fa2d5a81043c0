"""Veto count of columns that were not updated: news in two weeks, first-level notices and policies in six months.

Applies to: columns whose kind (and level) one of the windows names; both groups are counted together.
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


class ColumnsStale(Parameters):
    """How many stale columns are too many, and the window of each kind."""

    threshold: int = Field(ge=1)
    windows: tuple[ColumnWindow, ...] = Field(min_length=1)
    min_kind_confidence: float = Field(ge=0, le=1)


def judge(site: SeenSite, check_day: date, parameters: ColumnsStale) -> Outcome:
    """Count the stale columns of the kinds that the clause names."""
    return count_stale(
        site,
        check_day,
        windows=parameters.windows,
        threshold=parameters.threshold,
        min_kind_confidence=parameters.min_kind_confidence,
    )
