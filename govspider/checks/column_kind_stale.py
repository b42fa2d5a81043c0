"""A kind of column (such as 动态要闻) none of whose columns was updated within a window.

Applies to: sites with a column of the kinds (and level) that the clause names; exempted columns are
left out. Expects: one of them with an item inside the window.
Confirmed only where every such column is out of date for certain and the site was seen whole.
Unknown: none is fresh, but some could not be established.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from govspider.checks.column_updates import count_stale
from govspider.checks.outcome import Outcome
from govspider.checks.windows import ColumnWindow, Parameters, Window
from govspider.items import ColumnKind
from govspider.seen import SeenSite


class ColumnKindStale(Parameters):
    """Which columns, and for how long all of them together may stand still."""

    kinds: tuple[ColumnKind, ...] = Field(min_length=1)
    level: Literal["any", "first"] = "any"
    window: Window
    min_kind_confidence: float = Field(ge=0, le=1)


def judge(site: SeenSite, check_day: date, parameters: ColumnKindStale) -> Outcome:
    """Is every column of the kinds out of date? The threshold is the number of those columns."""
    window = ColumnWindow(kinds=parameters.kinds, level=parameters.level, window=parameters.window)
    counted = count_stale(
        site, check_day, windows=[window], threshold=1, min_kind_confidence=parameters.min_kind_confidence
    )
    if counted.settled:
        fresh = f"{len(counted.settled)} 个同类栏目在{parameters.window.words()}内有更新"
        return Outcome(1, settled=counted.settled, whole=counted.whole, notes=(*counted.notes, fresh))
    columns = len(counted.faults) + len(counted.unsettled)
    return Outcome(
        max(columns, 1) if counted.whole else columns + 1,
        faults=counted.faults,
        unsettled=counted.unsettled,
        applicable=counted.applicable,
        whole=counted.whole,
        notes=counted.notes,
    )
