"""Pages of a look that their server called unchanged (304): their bytes came earlier (CONDITIONAL_DAYS)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from govspider.db.period_labels import SHANGHAI
from govspider.seen import SeenUnchanged

# an article that stands in several lists is one page
_COUNTED = "count(distinct page.url) as pages, min(page.bytes_at) as first, max(page.bytes_at) as last"


def read_unchanged(connection: Connection, given: Mapping[str, Any]) -> dict[int, SeenUnchanged]:
    """By look: how many of its pages rest on earlier bytes, and when these came, in Beijing time.

    Parameters: `given` binds `looks`, the ids of the looks.
    """
    query = text(f"""
        select look_id, {_COUNTED} from page
        where look_id = any(:looks) and bytes_at is not null group by look_id""")
    return {
        row.look_id: SeenUnchanged(row.pages, row.first.astimezone(SHANGHAI), row.last.astimezone(SHANGHAI))
        for row in connection.execute(query, given)
    }


@dataclass(frozen=True, slots=True)
class UnchangedPage:
    """A page that its server called unchanged at `asked_at`; its bytes came at `bytes_at`."""

    url: str
    asked_at: datetime
    bytes_at: datetime
    evidence_sha256: str | None


def read_unchanged_pages(connection: Connection, look_id: int, most: int) -> list[UnchangedPage]:
    """Such pages of a look, the oldest bytes first, `most` of them at the most."""
    query = text("""
        select url, min(fetched_at) as asked_at, min(bytes_at) as bytes_at, min(evidence_sha256) as evidence_sha256
        from page where look_id = :look and bytes_at is not null
        group by url order by bytes_at, url limit :most""")
    rows = connection.execute(query, {"look": look_id, "most": most})
    return [UnchangedPage(**row._mapping) for row in rows]


@dataclass(frozen=True, slots=True)
class UnchangedInPeriod:
    """Such pages of all looks of a period, and when the oldest and the youngest of their bytes came."""

    pages: int
    first: datetime
    last: datetime


def read_unchanged_in_period(connection: Connection, period_id: int) -> UnchangedInPeriod | None:
    """What the looks of a period rest on earlier bytes for, in Beijing time; None for nothing."""
    query = text(f"""
        select {_COUNTED} from page
        where bytes_at is not null and look_id = any(array(
            select look.id from look join run on run.id = look.run_id where run.period_id = :period))""")
    row = connection.execute(query, {"period": period_id}).one()
    if not row.pages:
        return None
    return UnchangedInPeriod(row.pages, row.first.astimezone(SHANGHAI), row.last.astimezone(SHANGHAI))
