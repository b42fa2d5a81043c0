"""The pages of one look with the kept bytes they came as: for showing what a verdict rests on, and for replays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class LookPage:
    """One page as it was stored. `column` the row of its site_column, None for other pages."""

    id: int
    look_id: int
    run_id: int
    site_id: int
    role: str
    url: str
    final_url: str
    parent_url: str | None
    status: int | None
    unknown_reason: str | None
    detail: str
    fetched_at: datetime
    bytes_at: datetime | None
    """When its bytes came, where the server called it unchanged (304) at `fetched_at`; None where they came then."""
    evidence_sha256: str | None
    size: int | None
    dropped_at: datetime | None
    response_headers: Mapping[str, str]
    missing_parts: list[str]
    list_date: date | None
    column_id: int | None
    column: Mapping[str, Any] | None


def read_look_pages(connection: Connection, look_id: int) -> list[LookPage]:
    """Pages of the look in the order they were stored: parts before the page they belong to."""
    query = text("""
        select page.id, page.look_id, look.run_id, page.site_id, page.role, page.url, page.final_url, page.parent_url,
               page.status, page.unknown_reason, page.detail, page.fetched_at, page.bytes_at,
               page.evidence_sha256,
               evidence.size, evidence.dropped_at, page.response_headers, page.missing_parts,
               article.list_date, page.site_column_id as column_id, to_jsonb(site_column) as column
        from page
        join look on look.id = page.look_id
        left join evidence on evidence.sha256 = page.evidence_sha256
        left join article_observation as article on article.page_id = page.id
        left join site_column on site_column.id = page.site_column_id
        where page.look_id = :look order by page.id""")
    return [LookPage(**row._mapping) for row in connection.execute(query, {"look": look_id})]


_FORGET = (
    "delete from column_observation where look_id = :look",
    "delete from article_observation where look_id = :look",
    "delete from mark_observation where look_id = :look",
    "delete from dark_link_observation where look_id = :look",
    "delete from tampering_observation where look_id = :look",
    "delete from wording_observation where look_id = :look",
    "delete from link where look_id = :look",
    "delete from link_block where look_id = :look",
    "delete from tag_observation where look_id = :look",
)


def forget_observations(connection: Connection, look_id: int) -> None:
    """Remove everything that was read from the pages of a look; the caller rolls the transaction back."""
    for statement in _FORGET:
        connection.execute(text(statement), {"look": look_id})


def read_own_hosts(connection: Connection, site_id: int) -> list[str]:
    """Hosts that belong to the site; those that are only suggested do not."""
    query = text("select host from site_host where site_id = :site and source <> 'suggested'")
    return list(connection.execute(query, {"site": site_id}).scalars())
