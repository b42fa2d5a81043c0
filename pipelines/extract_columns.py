"""Extracts the update dates of home pages, columns and articles."""

from __future__ import annotations

from typing import Any

from govspider.extract.columns.article import observe_article
from govspider.extract.columns.column_look import observe_look
from govspider.extract.document.page import Page
from govspider.items import (
    OBSERVED_ARTICLE,
    OBSERVED_COLUMN,
    ColumnObservation,
    ColumnState,
    PageRole,
    PageSeen,
)

_COLUMN_ROLES = (PageRole.HOME, PageRole.COLUMN, PageRole.RECHECK)


class ExtractColumnsPipeline:
    """Column observation for home and column pages, article observation for articles."""

    def process_item(self, item: Any) -> Any:
        if not isinstance(item, PageSeen) or item.reason is not None:
            return item
        if item.role in _COLUMN_ROLES and item.left_site:
            external = ColumnObservation(ColumnState.EXTERNAL, evidence_text=item.final_url)
            item.observations[OBSERVED_COLUMN] = external
        elif (page := item.readable) is None:
            return item
        elif item.role in _COLUMN_ROLES:
            item.observations[OBSERVED_COLUMN] = _observe(page, item)
        elif item.role is PageRole.ARTICLE:
            item.observations[OBSERVED_ARTICLE] = page.once(observe_article)
        return item


def _observe(page: Page, seen: PageSeen) -> ColumnObservation:
    home = seen.role is PageRole.HOME
    override = seen.column.override if seen.column else None
    return page.once(
        observe_look,
        seen.fetched_at,
        seen.parts,
        home=home,
        second=seen.second,
        override=override,
        article_days=seen.article_days,
    )
