"""Veto count of other columns that should be updated but long were not.

Applies to: columns with an update period of their own in the registry (更新期限), and the kinds that a
window names. Columns that `columns_stale` counts are left to it by the windows of the rubric: no
column is charged under two clauses.
Expects: fewer than `threshold` of them without an item in their window.
Unknown: enough columns could not be established, or are only suspected, to reach the threshold.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pydantic import Field

from govspider.checks import columns_blank
from govspider.checks.column_updates import count_stale
from govspider.checks.outcome import Outcome
from govspider.checks.windows import ColumnWindow, Parameters
from govspider.seen import SeenSite


class ColumnsShouldUpdate(Parameters):
    """How many overdue columns are too many, and the period of each kind."""

    threshold: int = Field(ge=1)
    windows: tuple[ColumnWindow, ...] = Field(min_length=1)
    min_kind_confidence: float = Field(ge=0, le=1)
    blank: columns_blank.ColumnsBlank | None = None
    """Blank columns that count as well, where the document says so; its own threshold is not used."""


def judge(site: SeenSite, check_day: date, parameters: ColumnsShouldUpdate) -> Outcome:
    """Count the columns that outlived their own update period."""
    stale = count_stale(
        site,
        check_day,
        windows=parameters.windows,
        threshold=parameters.threshold,
        min_kind_confidence=parameters.min_kind_confidence,
    )
    if parameters.blank is None:
        return stale
    return _together(stale, columns_blank.judge(site, check_day, parameters.blank))


def _together(stale: Outcome, blank: Outcome) -> Outcome:
    """Both counts as one; a column that neither could establish is one gap."""
    open_keys = {gap.key for gap in stale.unsettled}
    faulty = {fault.key for fault in stale.faults}
    gaps = [gap for gap in blank.unsettled if gap.key not in open_keys | faulty]
    return replace(
        stale,
        faults=(*stale.faults, *(fault for fault in blank.faults if fault.key not in faulty)),
        unsettled=(*stale.unsettled, *gaps),
        settled=stale.settled & blank.settled,
        applicable=stale.applicable or blank.applicable,
        notes=tuple(dict.fromkeys((*stale.notes, *blank.notes))) if blank.applicable else stale.notes,
    )
