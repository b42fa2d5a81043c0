"""What one look showed of a column: its page, the parts of it, its second page, and a person's override."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from govspider.extract.columns.column import observe_column
from govspider.extract.columns.override_list import observe_override
from govspider.extract.columns.second_page import with_second_page
from govspider.extract.document.page import Page
from govspider.items import ColumnObservation, ColumnOverride


def observe_look(
    page: Page,
    now: datetime,
    parts: Sequence[Page] = (),
    *,
    home: bool = False,
    second: Page | None = None,
    override: ColumnOverride | None = None,
    article_days: Sequence[tuple[str, date]] = (),
) -> ColumnObservation:
    """The observation that is stored.

    Parameters: those of `observe_column`, and `second` the second page of the list where it was
    fetched, `override` what a person wrote down about the column, `article_days` what the opened articles say.
    Raises ValueError for a naive `now`.
    """
    if override is not None and override.item:
        return observe_override((page, *parts), override, now)
    first = observe_column(page, now, parts, home=home, article_days=article_days)
    return first if second is None else with_second_page(first, observe_column(second, now, article_days=article_days))
