"""Reading what was seen, site by site, for judging: a few queries for many sites at once.

Which look counts: the latest complete one of each site among all runs of the period.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, text

from govspider.db.judged_links import gather_links
from govspider.db.link_observations import (
    read_closed_links,
    read_dead_links,
    read_identity_changes,
    read_link_exceptions,
    read_rechecks,
    read_unknown_links,
    read_unsettled_links,
)
from govspider.db.page_observations import (
    read_answered_urls,
    read_dark_links,
    read_marks,
    read_tags,
    read_tampering,
    read_unread,
)
from govspider.db.redated import read_redated
from govspider.db.reused_answers import read_reused_answers
from govspider.db.unchanged_pages import read_unchanged
from govspider.db.wording_observations import read_wording
from govspider.items import ColumnKind, ColumnState, PageRole, UnknownReason
from govspider.seen import SeenArticle, SeenColumn, SeenFuture, SeenHome, SeenList, SeenRedated, SeenSite

_ZONE = "Asia/Shanghai"
SITES_AT_ONCE = 200
"""Sites read at once: bounds memory, and still a handful of queries for many sites."""
Rows = defaultdict[int, list[Row[Any]]]
# a period names hundreds of thousands of them: what a word means is looked up once
_KIND, _STATE, _ROLE, _REASON = cache(ColumnKind), cache(ColumnState), cache(PageRole), cache(UnknownReason)


@dataclass(frozen=True, slots=True)
class LatestLook:
    """A site of a period's targets with its latest complete look; `look_id` None when there is none."""

    site_id: int
    code: str
    included: bool
    state_at_check: str
    look_id: int | None
    run_id: int | None
    looked_at: datetime | None
    site_type: str = "department"
    organisation_id: int = 0
    name: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further columns of the registry, by their header."""


def read_latest_looks(connection: Connection, period_id: int) -> list[LatestLook]:
    """Every target of the period, in or out of the denominator, ordered by site code."""
    query = text("""
        select target.site_id, site.code, target.included, target.state_at_check,
               latest.id as look_id, latest.run_id, latest.finished_at as looked_at,
               site.site_type, target.organisation_id, site.name, site.extra
        from target join site on site.id = target.site_id
        left join (
            select distinct on (look.site_id) look.site_id, look.id, look.run_id, look.finished_at
            from look join run on run.id = look.run_id
            where run.period_id = :period and look.state = 'complete' and look.finished_at is not null
            order by look.site_id, look.finished_at desc, look.id desc
        ) as latest on latest.site_id = target.site_id
        where target.period_id = :period
        order by site.code""")
    return [LatestLook(**row._mapping) for row in connection.execute(query, {"period": period_id})]


def read_sites(connection: Connection, looks: Sequence[LatestLook], check_day: date) -> list[SeenSite]:
    """Everything these looks showed, all at once: for a few sites. See `read_in_batches`."""
    return [site for batch in read_in_batches(connection, looks, check_day) for site in batch]


def read_in_batches(connection: Connection, looks: Sequence[LatestLook], check_day: date) -> Iterator[list[SeenSite]]:
    """Everything these looks showed, a batch of sites at a time. Looks without an id are left out.

    Parameters: `check_day` the day judged; lists are read as they stood then.
    """
    done = [look for look in looks if look.look_id is not None]
    if done:
        gather_links(connection, [look.look_id for look in done if look.look_id is not None], check_day)
    for batch in (done[start : start + SITES_AT_ONCE] for start in range(0, len(done), SITES_AT_ONCE)):
        given = {
            "looks": [look.look_id for look in batch],
            "sites": [look.site_id for look in batch],
            "day": check_day,
            "zone": _ZONE,
        }
        reader = _Reader(connection, given)
        yield [reader.site(look) for look in batch]


class _Reader:
    """The answers to the queries over a batch of looks, grouped for assembly."""

    def __init__(self, connection: Connection, given: Mapping[str, Any]) -> None:
        self._sites = {row.id: row for row in connection.execute(text(_SITES), given)}
        self._hosts = _grouped(connection, _HOSTS, given, "site_id")
        self._pages = _grouped(connection, _LIST_PAGES, given, "look_id")
        self._columns = _grouped(connection, _COLUMNS, given, "look_id")
        self._articles = _grouped(connection, _ARTICLES, given, "look_id")
        self._future = _grouped(connection, _FUTURE, given, "look_id")
        self._redated = read_redated(connection, given)
        self._marks = read_marks(connection, given)
        self._tags = read_tags(connection, given)
        self._dark = read_dark_links(connection, given)
        self._tampering = read_tampering(connection, given)
        self._dark_unread, self._wording_unread = read_unread(connection, given)
        self._wording = read_wording(connection, given)
        self._answered = read_answered_urls(connection, given)
        self._unknown_links = read_unknown_links(connection, given)
        self._rechecks = read_rechecks(connection, given)
        hosts = {site_id: frozenset(row.host for row in rows) for site_id, rows in self._hosts.items()}
        self._dead = read_dead_links(connection, given, hosts)
        self._changed = read_identity_changes(connection, given)
        self._closed = read_closed_links(connection, given)
        self._excepted = read_link_exceptions(connection, given)
        self._unsettled = read_unsettled_links(connection, given)
        self._reused = read_reused_answers(connection, given)
        self._unchanged = read_unchanged(connection, given)

    def site(self, look: LatestLook) -> SeenSite:
        row = self._sites[look.site_id]
        look_id, run_id, looked_at = look.look_id, look.run_id, look.looked_at
        if look_id is None or run_id is None or looked_at is None:
            raise ValueError(f"site {look.code} has no complete look to read")
        return SeenSite(
            id=look.site_id,
            code=look.code,
            name=row.name,
            look_id=look_id,
            run_id=run_id,
            looked_at=looked_at,
            included=look.included,
            code_is_temporary=row.code_is_temporary,
            state_at_check=look.state_at_check,
            hosts=frozenset(found.host for found in self._hosts[look.site_id]),
            home=self._home(look_id),
            columns=self._columns_of(look_id),
            marks=tuple(self._marks[look_id]),
            tags=tuple(self._tags[look_id]),
            dead_links=tuple(self._dead[look_id]),
            identity_changes=tuple(self._changed[look_id]),
            closed_links=tuple(self._closed[look_id]),
            link_exceptions=tuple(self._excepted[look_id]),
            unsettled_links=tuple(self._unsettled[look_id]),
            reused_answers=tuple(self._reused[look_id]),
            unchanged=self._unchanged.get(look_id),
            dark_links=tuple(self._dark[look_id]),
            tampering=tuple(self._tampering[look_id]),
            dark_unread=tuple(self._dark_unread[look_id]),
            wording=tuple(self._wording[look_id]),
            wording_unread=tuple(self._wording_unread[look_id]),
            answered_urls=frozenset(self._answered[look_id]),
            unknown_links=frozenset(self._unknown_links[look_id]),
            rechecked=self._rechecks[look_id],
        )

    def _home(self, look_id: int) -> SeenHome | None:
        page = next((row for row in self._pages[look_id] if row.role == "home"), None)
        if page is None:
            return None
        shown = _list_of(page) if page.state is not None else None
        return SeenHome(
            url=page.url,
            final_url=page.final_url,
            status=page.status,
            failed=_REASON(page.page_reason) if page.page_reason else None,
            failure=page.detail,
            shown=shown,
            articles=_articles_of(row for row in self._articles[look_id] if row.site_column_id is None),
            future=_future_of(row for row in self._future[look_id] if row.site_column_id is None),
            missing_parts=page.missing_parts,
            evidence_sha256=page.evidence_sha256,
        )

    def _columns_of(self, look_id: int) -> tuple[SeenColumn, ...]:
        pages = _by_column(self._pages[look_id])
        articles = _by_column(self._articles[look_id])
        future = _by_column(self._future[look_id])
        return tuple(
            _column(row, pages[row.id], articles[row.id], future[row.id], self._redated[look_id, row.id])
            for row in self._columns[look_id]
        )


def _column(
    row: Row[Any],
    pages: Sequence[Row[Any]],
    articles: Sequence[Row[Any]],
    future: Sequence[Row[Any]],
    redated: Sequence[SeenRedated],
) -> SeenColumn:
    answered = [page for page in pages if _answered(page)]
    failed = next((page for page in pages if page not in answered), None) if len(answered) < len(pages) else None
    return SeenColumn(
        id=row.id,
        name=row.name,
        url=row.url,
        kind=_KIND(row.kind),
        kind_source=row.kind_source,
        kind_confidence=row.kind_confidence,
        level=row.level,
        update_days=row.update_days,
        exempted_until=row.exempted_until,
        lists=tuple(_list_of(page) for page in answered if page.state is not None),
        articles=_articles_of(articles),
        future=_future_of(future),
        redated=tuple(redated),
        failed=_REASON(failed.page_reason) if failed is not None and failed.page_reason else None,
        failure=_failure(failed) if failed is not None else "",
    )


def _answered(page: Row[Any]) -> bool:
    return page.page_reason is None and page.status is not None and page.status < 400


def _failure(page: Row[Any]) -> str:
    if page.detail or page.page_reason:
        return str(page.detail)
    return f"栏目页应答 HTTP {page.status}" if page.status is not None else "栏目页没有应答"


def _list_of(page: Row[Any]) -> SeenList:
    return SeenList(
        url=page.url,
        final_url=page.final_url,
        looked_on=page.looked_on,
        state=_STATE(page.state),
        role=_ROLE(page.role),
        reason=_REASON(page.unknown_reason) if page.unknown_reason else None,
        newest=page.newest,
        newest_url=page.newest_url,
        newer=page.newer,
        items=page.items,
        evidence_text=page.evidence_text,
        evidence_sha256=page.evidence_sha256,
        missing_parts=page.missing_parts,
    )


def _articles_of(rows: Any) -> tuple[SeenArticle, ...]:
    return tuple(
        SeenArticle(
            row.url,
            row.title,
            row.published,
            row.list_date,
            row.evidence_sha256,
            row.visible,
            row.date_text,
            row.meta_published,
            row.url_date,
            row.unchanged,
        )
        for row in rows
    )


def _future_of(rows: Any) -> tuple[SeenFuture, ...]:
    return tuple(SeenFuture(row.title, row.url, row.published) for row in rows)


def _by_column(rows: Sequence[Row[Any]]) -> Rows:
    grouped: Rows = defaultdict(list)
    for row in rows:
        if row.site_column_id is not None:
            grouped[row.site_column_id].append(row)
    return grouped


def _grouped(connection: Connection, query: str, given: Mapping[str, Any], key: str) -> Rows:
    grouped: Rows = defaultdict(list)
    result = connection.execute(text(query), given)
    place = list(result.keys()).index(key)
    for row in result.all():
        grouped[row[place]].append(row)
    return grouped


_SITES = "select id, name, code_is_temporary from site where id = any(:sites)"

_HOSTS = "select site_id, host from site_host where site_id = any(:sites) and source <> 'suggested'"

# registered columns, and those that this look found; a column met in an earlier look only is not missing here
_COLUMNS = """
    select look.id as look_id, site_column.*, exemption.expires_on as exempted_until
    from look join site_column on site_column.site_id = look.site_id
    left join (
        select site_column_id, max(expires_on) as expires_on from column_exemption
        where valid_from <= :day and expires_on >= :day group by site_column_id
    ) as exemption on exemption.site_column_id = site_column.id
    where look.id = any(:looks)
      and ((site_column.source = 'registry' and site_column.gone_at is null)
           or exists (select from page where page.look_id = look.id and page.site_column_id = site_column.id))
    order by look.id, (site_column.source = 'registry') desc, site_column.id"""

# a look later than the day judged may show newer items: then the newest on or before that day counts
_LIST_PAGES = """
    select page.look_id, page.site_column_id, page.role, page.url, page.final_url, page.status,
           page.unknown_reason as page_reason, page.detail, page.evidence_sha256,
           (page.fetched_at at time zone :zone)::date as looked_on,
           jsonb_array_length(page.missing_parts) > 0 as missing_parts,
           seen.state, seen.unknown_reason, seen.items, coalesce(seen.evidence_text, '') as evidence_text,
           case when seen.newest <= :day then seen.newest else earlier.published end as newest,
           case when seen.newest <= :day then seen.newest_url else earlier.url end as newest_url,
           case when seen.newest <= :day or seen.newest is null then 0 else greatest(later.items, 1) end as newer
    from page
    left join column_observation as seen on seen.page_id = page.id
    left join lateral (
        select list_item.published, list_item.url from list_item
        where list_item.column_observation_id = seen.id and not list_item.in_future and list_item.published <= :day
        order by list_item.published desc, list_item.position limit 1
    ) as earlier on seen.newest > :day
    left join lateral (
        select count(*) as items from list_item
        where list_item.column_observation_id = seen.id and not list_item.in_future and list_item.published > :day
    ) as later on seen.newest > :day
    where page.look_id = any(:looks) and page.role in ('home', 'column', 'recheck')
    order by page.look_id, (page.role = 'recheck'), page.id"""

_ARTICLES = """
    select article.look_id, article.site_column_id, page.final_url as url, article.title, article.list_date,
           coalesce(article.published, article.meta_published) as published, page.evidence_sha256,
           article.date_source in ('visible', 'tag') as visible, article.date_text, article.meta_published,
           article.url_date, page.bytes_at is not null as unchanged
    from article_observation as article join page on page.id = article.page_id
    where article.look_id = any(:looks) and page.unknown_reason is null and page.status < 400
    order by article.look_id, article.list_date desc nulls last, page.id"""

_FUTURE = """
    select seen.look_id, seen.site_column_id, list_item.title, list_item.url, list_item.published
    from list_item join column_observation as seen on seen.id = list_item.column_observation_id
    where seen.look_id = any(:looks) and list_item.in_future and list_item.published is not null
    order by seen.look_id, seen.id, list_item.position"""
