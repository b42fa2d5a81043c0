"""Extracts the footer marks of a site from its home page, frames and footer scripts."""

from __future__ import annotations

from typing import Any

from govspider.extract.marks.marks import observe_marks
from govspider.items import OBSERVED_MARKS, PageRole, PageSeen


class ExtractMarksPipeline:
    """Marks are a fact of the site: they are read once, from the home page with all its parts."""

    def process_item(self, item: Any) -> Any:
        if isinstance(item, PageSeen) and item.role is PageRole.HOME and (page := item.readable):
            item.observations[OBSERVED_MARKS] = page.once(observe_marks, item.parts, item.missing_parts)
        return item
