"""Columns to look at: candidates found on a site, with the kind that their names and tags suggest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from govspider.extract.columns.column_kind import guess_column_kind
from govspider.extract.columns.override_list import override_for
from govspider.extract.document.page import Page
from govspider.items import ColumnCandidate, ColumnOverride, ColumnTarget


def target_of(candidate: ColumnCandidate) -> ColumnTarget:
    """The column to look at that a page pointed to, its kind guessed from its name, address and parent."""
    guess = guess_column_kind(candidate.name, url=candidate.url, parent=candidate.parent)
    return ColumnTarget(
        name=candidate.name,
        url=candidate.url,
        kind=guess.kind,
        kind_source="guess",
        kind_confidence=guess.confidence,
        kind_why=guess.why,
        level=candidate.level,
        source=candidate.source,
        parent_name=candidate.parent,
    )


def overridden(column: ColumnTarget, overrides: Sequence[ColumnOverride], day: date) -> ColumnTarget:
    """The column with the override that is about it on `day`; a kind from the registry stands."""
    found = override_for(column.url, overrides, day)
    if found is None:
        return column
    if found.kind is None or column.kind_source == "registry":
        return replace(column, override=found)
    why = f"override {found.name}: {found.why}"
    return replace(column, override=found, kind=found.kind, kind_source="override", kind_confidence=1.0, kind_why=why)


def with_page_tags(column: ColumnTarget, page: Page) -> ColumnTarget:
    """The column with its kind guessed again now that its page tags are known; what a person said stands."""
    if column.kind_source != "guess":
        return column
    column_type = page.meta("ColumnType") or ""
    guess = guess_column_kind(column.name, url=column.url, column_type=column_type, parent=column.parent_name)
    if guess.confidence <= column.kind_confidence:
        return column
    return replace(column, kind=guess.kind, kind_confidence=guess.confidence, kind_why=guess.why)
