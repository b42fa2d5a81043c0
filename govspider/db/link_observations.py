"""Reading what links of a look answered: dead ones, those whose page became another's, those to closed sites.

And the exceptions that persons entered for links.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, text

from govspider.items import LinkFault, LinkIdentity, UnknownReason
from govspider.seen import SeenClosedLink, SeenDeadLink, SeenIdentityChange, SeenLinkException, SeenUnknownLink

Given = Mapping[str, Any]
"""Bound values of the queries: `looks`, ids of the looks to read, and `day`, the day judged.

Dead, unsettled, changed and closed links are read from the tables that `judged_links.gather_links` made.
"""

_IDENTITY = ("host", "domain", "title", "language", "certificate")


def read_dead_links(
    connection: Connection, given: Given, hosts: Mapping[int, frozenset[str]]
) -> defaultdict[int, list[SeenDeadLink]]:
    """Links by look whose last two answers of the run were both dead; one per target and scope.

    Parameters: `hosts` the hosts of each site, by site id.
    """
    query = text("""
        select link.look_id, look.site_id, link.url, link.scope, link.kind, link.anchor, link.place,
               page.final_url, page.evidence_sha256,
               page.bytes_at is not null and not exists (
                   select from link as other
                   left join page_block as standing on standing.link_block_id = other.link_block_id
                   join page as fresh
                     on fresh.id = coalesce(standing.page_id, other.page_id) and fresh.bytes_at is null
                   where other.look_id = link.look_id and md5(other.url) = md5(link.url) and other.url = link.url
               ) as on_unchanged,
               first.status as first_status, first.fault as first_fault,
               last.status, last.fault, last.detail, last.final_url as answered_url,
               (select max(earlier.answered_at) from run as before
                join link_answer as earlier
                  on earlier.run_id = before.id and md5(earlier.url) = md5(last.url) and earlier.url = last.url
                 and earlier.state = 'dead' and earlier.rung > 1 and earlier.fault is not distinct from last.fault
                 and earlier.answered_at < last.answered_at - make_interval(hours => 20)
                where before.id < last.run_id
                  and not exists (
                      select from run as between_them
                      join link_answer as better
                        on better.run_id = between_them.id and md5(better.url) = md5(last.url)
                       and better.url = last.url and better.state = 'ok' and better.answered_at > earlier.answered_at
                      where between_them.id between before.id and last.run_id)) as dead_before,
               (select count(distinct coalesce(standing.page_id, other.page_id)) from link as other
                left join page_block as standing on standing.link_block_id = other.link_block_id
                where other.look_id = link.look_id and md5(other.url) = md5(link.url) and other.url = link.url) as pages
        from weighed_link
        join link on link.id = weighed_link.link_id
        join look on look.id = link.look_id
        join page on page.id = link.page_id
        join link_answer as last on last.id = weighed_link.answer_id and last.rung > 1
        join link_answer as first
          on first.run_id = last.run_id and md5(first.url) = md5(last.url) and first.url = last.url
         and first.rung = last.rung - 1 and first.state = 'dead'
        where weighed_link.look_id = any(:looks) and weighed_link.state = 'dead'
        order by link.look_id, link.scope, link.url""")
    found: defaultdict[int, list[SeenDeadLink]] = defaultdict(list)
    for row in connection.execute(query, given):
        found[row.look_id].append(_dead(row, hosts.get(row.site_id, frozenset())))
    return found


def _dead(row: Row[Any], hosts: frozenset[str]) -> SeenDeadLink:
    return SeenDeadLink(
        url=row.url,
        source_url=row.final_url,
        scope=row.scope,
        kind=row.kind,
        anchor=row.anchor,
        first_status=row.first_status,
        status=row.status,
        detail=row.detail,
        on_site=_host(row.answered_url) in hosts,
        evidence_sha256=row.evidence_sha256,
        first_fault=LinkFault(row.first_fault) if row.first_fault else None,
        fault=LinkFault(row.fault) if row.fault else None,
        place=row.place,
        pages=row.pages,
        dead_before=row.dead_before,
        on_unchanged=row.on_unchanged,
    )


def read_unsettled_links(connection: Connection, given: Given) -> defaultdict[int, list[SeenUnknownLink]]:
    """Links by look whose last answer of the run is unknown, one per target and scope."""
    query = text("""
        select link.look_id, link.url, link.scope, page.final_url, last.unknown_reason, last.detail
        from weighed_link
        join link on link.id = weighed_link.link_id
        join page on page.id = link.page_id
        join link_answer as last on last.id = weighed_link.answer_id and last.unknown_reason is not null
        where weighed_link.look_id = any(:looks) and weighed_link.state = 'unknown'
        order by link.look_id, link.scope, link.url""")
    found: defaultdict[int, list[SeenUnknownLink]] = defaultdict(list)
    for row in connection.execute(query, given):
        reason = UnknownReason(row.unknown_reason)
        found[row.look_id].append(SeenUnknownLink(row.url, row.final_url, row.scope, reason, row.detail))
    return found


def read_identity_changes(connection: Connection, given: Given) -> defaultdict[int, list[SeenIdentityChange]]:
    """Outside links by look whose page has another title than when its address was first seen."""
    now, first = (", ".join(f"{name}.{part} as {name}_{part}" for part in _IDENTITY) for name in ("now", "first"))
    query = text(f"""
        select link.look_id, link.url, link.scope, link.anchor, page.final_url, page.evidence_sha256,
               first.seen_at, {now}, {first}
        from changed_link
        join link on link.id = changed_link.link_id
        join page on page.id = link.page_id
        join link_identity as now on now.id = changed_link.now_id
        join link_identity as first on first.id = changed_link.first_id
        where changed_link.look_id = any(:looks)
        order by link.look_id, link.scope, link.url""")
    found: defaultdict[int, list[SeenIdentityChange]] = defaultdict(list)
    for row in connection.execute(query, given):
        change = SeenIdentityChange(
            url=row.url,
            source_url=row.final_url,
            scope=row.scope,
            anchor=row.anchor,
            first_seen_at=row.seen_at,
            before=_identity(row, "first"),
            now=_identity(row, "now"),
            evidence_sha256=row.evidence_sha256,
        )
        found[row.look_id].append(change)
    return found


def _identity(row: Row[Any], name: str) -> LinkIdentity:
    return LinkIdentity(**{part: row._mapping[f"{name}_{part}"] for part in _IDENTITY})


def read_closed_links(connection: Connection, given: Given) -> defaultdict[int, list[SeenClosedLink]]:
    """Links by look to sites that do not run on the day judged, by the registry, with the state it gives."""
    query = text("""
        select link.look_id, link.url, link.scope, link.anchor, page.final_url, page.evidence_sha256,
               closed.name, closed.state, closed.valid_from
        from weighed_link
        join closed_host as closed on closed.host = weighed_link.closed
        join link on link.id = weighed_link.link_id
        join page on page.id = link.page_id
        where weighed_link.look_id = any(:looks)
        order by link.look_id, link.scope, link.url""")
    found: defaultdict[int, list[SeenClosedLink]] = defaultdict(list)
    for row in connection.execute(query, given):
        link = SeenClosedLink(
            url=row.url,
            source_url=row.final_url,
            scope=row.scope,
            anchor=row.anchor,
            site=row.name,
            site_state=row.state,
            since=row.valid_from,
            evidence_sha256=row.evidence_sha256,
        )
        found[row.look_id].append(link)
    return found


def read_link_exceptions(connection: Connection, given: Given) -> defaultdict[int, list[SeenLinkException]]:
    """Links by look that are excepted on the day judged, for this site or for all."""
    query = text("""
        select look.id as look_id, exception.target, exception.reason, exception.author, exception.expires_on
        from look
        join link_exception as exception on exception.site_id is null or exception.site_id = look.site_id
        where look.id = any(:looks) and exception.valid_from <= :day and exception.expires_on >= :day
        order by look.id, exception.id""")
    found: defaultdict[int, list[SeenLinkException]] = defaultdict(list)
    for row in connection.execute(query, given):
        found[row.look_id].append(SeenLinkException(row.target, row.reason, row.author, row.expires_on))
    return found


def read_unknown_links(connection: Connection, given: Given) -> defaultdict[int, set[str]]:
    """Addresses of earlier link findings whose last answer in the look's run settles nothing.

    One dead answer without the second look settles nothing either.
    """
    query = text("""
        select look.id as look_id, finding.url
        from look
        join finding on finding.site_id = look.site_id and finding.kind in ('link_dead', 'link_hijacked')
        join lateral (
            select state from link_answer
            where run_id = look.run_id and md5(url) = md5(finding.url) and link_answer.url = finding.url
            order by rung desc limit 1
        ) as last on last.state <> 'ok'
        where look.id = any(:looks)""")
    found: defaultdict[int, set[str]] = defaultdict(set)
    for row in connection.execute(query, given):
        found[row.look_id].add(row.url)
    return found


def read_rechecks(connection: Connection, given: Given) -> defaultdict[int, dict[str, datetime]]:
    """When addresses of earlier link findings answered after the look had ended: asked again on request."""
    query = text("""
        select look.id as look_id, finding.url, max(answer.answered_at) as at
        from look
        join run on run.id = look.run_id and run.options ? 'rechecked'
        join finding on finding.site_id = look.site_id and finding.kind in ('link_dead', 'link_hijacked')
        join link_answer as answer
          on answer.run_id = look.run_id and md5(answer.url) = md5(finding.url) and answer.url = finding.url
         and answer.answered_at > look.finished_at
        where look.id = any(:looks) group by look.id, finding.url""")
    found: defaultdict[int, dict[str, datetime]] = defaultdict(dict)
    for row in connection.execute(query, given):
        found[row.look_id][row.url] = row.at
    return found


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
