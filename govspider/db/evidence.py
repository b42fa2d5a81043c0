"""Which kept bytes belong to which page, and which of them retention may drop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, func, select, update

from govspider.db import tables as t


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """Where and when kept bytes were seen."""

    page_id: int
    site_code: str
    site_name: str
    role: str
    url: str
    final_url: str
    status: int
    fetched_at: datetime
    sha256: str
    request_headers: dict[str, str]
    response_headers: dict[str, str]
    bytes_at: datetime | None
    """When the bytes came, where the server called the page unchanged (304) at `fetched_at`; else None."""
    not_modified_headers: dict[str, str] | None
    """Headers of that 304."""


def _pages_query() -> Any:
    page = t.page.c
    return (
        select(
            page.id.label("page_id"),
            t.site.c.code.label("site_code"),
            t.site.c.name.label("site_name"),
            page.role,
            page.url,
            page.final_url,
            page.status,
            page.fetched_at,
            page.evidence_sha256.label("sha256"),
            page.request_headers,
            page.response_headers,
            page.bytes_at,
            page.not_modified_headers,
        )
        .join(t.site, t.site.c.id == page.site_id)
        .where(page.evidence_sha256.is_not(None))
        .order_by(page.fetched_at, page.id)
    )


def pages_of_hash(engine: Engine, sha256: str) -> list[PageEvidence]:
    """All pages whose bytes have this hash."""
    return _read(engine, _pages_query().where(t.page.c.evidence_sha256 == sha256))


def pages_of_site(engine: Engine, code: str) -> list[PageEvidence]:
    """All pages of a site with kept bytes, oldest first."""
    return _read(engine, _pages_query().where(t.site.c.code == code))


def all_hashes(engine: Engine) -> list[str]:
    """Hashes of all bytes that should still be kept."""
    with engine.connect() as connection:
        query = select(t.evidence.c.sha256).where(t.evidence.c.dropped_at.is_(None)).order_by(t.evidence.c.sha256)
        return list(connection.execute(query).scalars())


def outlived(engine: Engine, before: datetime) -> list[str]:
    """Hashes last seen before an instant that no open or confirmed finding rests on."""
    last_seen = (
        select(t.page.c.evidence_sha256, func.max(t.page.c.fetched_at).label("at"))
        .group_by(t.page.c.evidence_sha256)
        .subquery()
    )
    held = select(t.finding.c.evidence_sha256).where(
        t.finding.c.evidence_sha256.is_not(None), t.finding.c.state.not_in(("dismissed", "fixed"))
    )
    query = (
        select(t.evidence.c.sha256)
        .outerjoin(last_seen, last_seen.c.evidence_sha256 == t.evidence.c.sha256)
        .where(t.evidence.c.dropped_at.is_(None))
        .where(func.coalesce(last_seen.c.at, t.evidence.c.first_seen_at) < before)
        .where(t.evidence.c.sha256.not_in(held))
    )
    with engine.connect() as connection:
        return sorted(connection.execute(query).scalars())


def mark_dropped(engine: Engine, hashes: list[str], now: datetime) -> None:
    """Enter that retention removed these bytes."""
    with engine.begin() as connection:
        connection.execute(update(t.evidence).where(t.evidence.c.sha256.in_(hashes)).values(dropped_at=now))


def _read(engine: Engine, query: Any) -> list[PageEvidence]:
    with engine.connect() as connection:
        return [PageEvidence(**row._mapping) for row in connection.execute(query)]
