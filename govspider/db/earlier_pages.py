"""Articles of a site's last complete look that may be asked whether they changed since (CONDITIONAL_DAYS)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, text

from govspider.items import EarlierPage

# Left out is every article that somebody is accused on: by a finding on it, on its list or on the way there, or by a
# link of its own that was dead. A menu's dead link stands on pages that are always asked plainly as well.
_ARTICLES = """
    with last as (
        select id, run_id from look
        where site_id = :site and run_id <> :run and state = 'complete'
        order by finished_at desc, id desc limit 1
    ), accused as materialized (
        select url as address, kind from finding where site_id = :site and state <> 'fixed'
        union
        select source_url, kind from finding where site_id = :site and state <> 'fixed' and source_url is not null
    ), dead as materialized (
        select distinct link.page_id, link.link_block_id
        from last join link on link.look_id = last.id
        join link_answer as answer
          on answer.run_id = last.run_id and md5(answer.url) = md5(link.url) and answer.url = link.url
         and (answer.state <> 'ok' or answer.rung > 1) and answer.state = 'dead'
    ), with_dead_link as materialized (
        select page_id from dead where link_block_id is null
        union
        select page_block.page_id from dead join page_block on page_block.link_block_id = dead.link_block_id
        where not exists (
            select from page_block as other join page on page.id = other.page_id
            where other.link_block_id = dead.link_block_id and page.role <> 'article')
    ), article as materialized (
        select page.id, page.url, coalesce(page.bytes_at, page.fetched_at) as bytes_at,
               page.evidence_sha256 as sha256, page.request_headers, page.response_headers,
               page.status = 200 and page.unknown_reason is null and page.final_url = page.url
               and page.redirects = '[]'::jsonb and page.dark_unread is null and page.wording_unread is null
               and coalesce(page.bytes_at, page.fetched_at) between :since and :now
               and evidence.sha256 is not null and evidence.dropped_at is null
               and not exists (
                   select from accused where address = page.url
                      or (address in (page.parent_url, site_column.url) and kind = any(:of_dates)))
               and not exists (select from with_dead_link where with_dead_link.page_id = page.id)
               and not exists (
                   select from link_answer as answer
                   where answer.run_id = last.run_id and md5(answer.url) = md5(page.url) and answer.url = page.url
                     and (answer.state <> 'ok' or answer.rung > 1))
               as beyond_doubt
        from last join page on page.look_id = last.id and page.role = 'article'
        left join evidence on evidence.sha256 = page.evidence_sha256
        left join site_column on site_column.id = page.site_column_id
    )
    select distinct on (url) url, bytes_at, sha256, request_headers, response_headers from article
    where url not in (select url from article where not beyond_doubt)
    order by url, id"""
# whoever is accused for the dates of a list is owed the articles behind it
_OF_DATES = ["home_stale", "column_stale", "column_blank", "article_undated", "date_suspicious"]


def read_earlier_pages(
    engine: Engine, *, site_id: int, run_id: int, since: datetime, now: datetime
) -> dict[str, EarlierPage]:
    """By address: articles of the last complete look of another run whose bytes came at `since` or later.

    An article that stands in several lists is one page; it is left out where one of them is accused.
    """
    given = {"site": site_id, "run": run_id, "since": since, "now": now, "of_dates": _OF_DATES}
    with engine.connect() as connection:
        rows = connection.execute(text(_ARTICLES), given).all()
    return {row.url: EarlierPage(**row._mapping) for row in rows}
