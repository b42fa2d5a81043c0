"""Whether a list is so fresh that no rule could call it out of date: then its articles are no witness against it."""

from __future__ import annotations

from datetime import date, timedelta

from govspider.extract.lexicons import read_lexicon
from govspider.items import ColumnKind, ColumnObservation, ColumnState


def is_beyond_doubt(seen: ColumnObservation, today: date, kind: ColumnKind | None, update_days: int | None) -> bool:
    """True for a list with an item younger than the shortest window there is for lists of its kind.

    Parameters: `kind` that of the column, None where the shortest of all windows is to hold, as for a home page;
    `update_days` the column's own period where the registry gives one.
    """
    if seen.state is not ColumnState.LIST or seen.reason is not None or seen.newest is None or seen.future_items:
        return False
    windows = read_lexicon("unchanged")["fresh_days"]
    days = windows["kinds"].get(kind, windows["shortest"]) if kind is not None else windows["shortest"]
    return seen.newest > today - timedelta(days=min(days, update_days or days))
