"""One island of data in a page."""

from __future__ import annotations

from dataclasses import dataclass

from govspider.extract.columns.records import Group


@dataclass(frozen=True, slots=True)
class Island:
    """What one island holds: its records (perhaps none), and the item count it claims."""

    group: Group | None
    total: int | None
