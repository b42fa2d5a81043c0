"""Reading what stands on the pages of a look: marks, tags, dark links, tampering."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text

from govspider.items import MarkState, PageRole, Sight, Strength, UnknownReason
from govspider.seen import SeenDarkLink, SeenMark, SeenTags, SeenTampering, SeenUnread

Given = Mapping[str, Any]
"""Bound values of the queries: `looks`, ids of the looks to read, and `sites`, ids of their sites."""


def read_marks(connection: Connection, given: Given) -> defaultdict[int, list[SeenMark]]:
    """Footer marks by look."""
    query = text("""
        select look_id, mark, state, value, reason, found_in from mark_observation
        where look_id = any(:looks) order by look_id, mark""")
    found: defaultdict[int, list[SeenMark]] = defaultdict(list)
    for row in connection.execute(query, given):
        found[row.look_id].append(SeenMark(row.mark, MarkState(row.state), row.value, row.reason, row.found_in))
    return found


def read_tags(connection: Connection, given: Given) -> defaultdict[int, list[SeenTags]]:
    """Page tags by look, one entry per page that answered."""
    query = text("""
        select tag.look_id, page.final_url, page.role, page.evidence_sha256, tag.tags
        from tag_observation as tag join page on page.id = tag.page_id
        where tag.look_id = any(:looks) and page.status < 400 and page.unknown_reason is null
        order by tag.look_id, page.id""")
    found: defaultdict[int, list[SeenTags]] = defaultdict(list)
    for row in connection.execute(query, given):
        tags = SeenTags(row.final_url, PageRole(row.role), row.tags, row.evidence_sha256)
        found[row.look_id].append(tags)
    return found


def read_dark_links(connection: Connection, given: Given) -> defaultdict[int, list[SeenDarkLink]]:
    """Hidden links by look."""
    query = text("""
        select dark.*, page.final_url, page.evidence_sha256, sight.state as sight,
               picture.evidence_sha256 as picture_sha256
        from dark_link_observation as dark join page on page.id = dark.page_id
        left join dark_link_sight as sight
            on sight.look_id = dark.look_id and sight.url = dark.url and sight.source_url = page.final_url
        left join page as picture
            on sight.id is not null and picture.look_id = dark.look_id and picture.role = 'picture'
            and picture.url = page.final_url
        where dark.look_id = any(:looks) order by dark.look_id, page.id, dark.id""")
    found: defaultdict[int, list[SeenDarkLink]] = defaultdict(list)
    for row in connection.execute(query, given):
        dark = SeenDarkLink(
            url=row.url,
            source_url=row.final_url,
            anchor=row.anchor,
            technique=row.technique,
            strength=Strength(row.strength),
            reasons=tuple(row.reasons),
            evidence_sha256=row.evidence_sha256,
            path=row.path,
            domain=row.domain,
            sight=Sight(row.sight) if row.sight else None,
            picture_sha256=row.picture_sha256,
        )
        found[row.look_id].append(dark)
    return found


Unread = defaultdict[int, list[SeenUnread]]
"""Pages by look that were not searched to their end."""


def read_unread(connection: Connection, given: Given) -> tuple[Unread, Unread]:
    """Pages by look that were searched for dark links, and for wrong wordings, only up to a bound or not at all."""
    query = text("""
        select look_id, final_url, dark_unread, wording_unread, unknown_reason, detail from page
        where look_id = any(:looks) and (dark_unread is not null or wording_unread is not null
            or (unknown_reason = 'too_big' and role in ('home', 'frame', 'column', 'article')))
        order by look_id, id""")
    dark: Unread = defaultdict(list)
    wording: Unread = defaultdict(list)
    for row in connection.execute(query, given):
        for found, told in ((dark, row.dark_unread), (wording, row.wording_unread)):
            if row.unknown_reason:
                found[row.look_id].append(SeenUnread(row.final_url, row.detail, UnknownReason(row.unknown_reason)))
            elif told:
                found[row.look_id].append(SeenUnread(row.final_url, told))
    return dark, wording


def read_tampering(connection: Connection, given: Given) -> defaultdict[int, list[SeenTampering]]:
    """Signs of tampering by look."""
    query = text("""
        select seen.look_id, seen.kind, seen.tampered_text, seen.reasons, page.final_url, page.evidence_sha256
        from tampering_observation as seen join page on page.id = seen.page_id
        where seen.look_id = any(:looks) order by seen.look_id, page.id, seen.id""")
    found: defaultdict[int, list[SeenTampering]] = defaultdict(list)
    for row in connection.execute(query, given):
        seen = SeenTampering(row.kind, row.tampered_text, row.final_url, tuple(row.reasons), row.evidence_sha256)
        found[row.look_id].append(seen)
    return found


def read_answered_urls(connection: Connection, given: Given) -> defaultdict[int, set[str]]:
    """Addresses by look that were seen, asked or final: a fault that stood there and is gone is settled.

    What a server only called unchanged (304) settles nothing.
    Only of pages that an earlier finding of the site stands on: nobody asks for the others.
    """
    query = text("""
        with stood_on as (
            select distinct site_id, source_url as url from finding
            where site_id = any(:sites) and source_url is not null
        ), answered as (
            select look_id, site_id, url, final_url from page
            where look_id = any(:looks) and unknown_reason is null and status < 500 and bytes_at is null
        )
        select look_id, url from stood_on join answered using (site_id, url)
        union
        select look_id, stood_on.url from stood_on
        join answered on answered.site_id = stood_on.site_id and answered.final_url = stood_on.url""")
    found: defaultdict[int, set[str]] = defaultdict(set)
    for row in connection.execute(query, given):
        found[row.look_id].add(row.url)
    return found
