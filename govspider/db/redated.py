"""What earlier looks showed under an older date: the memory that no single look has (旧文新发).

An article is compared with those of the whole site, first with its own column: whether a text that another column
showed before is a repost or an old article made new is for the check, which is told the column.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, text

from govspider.seen import SeenRedated

_LONGEST_MEMORY_DAYS = 800
"""How far back earlier looks are read: the longest window of a rubric is a year."""


def read_redated(connection: Connection, given: Mapping[str, Any]) -> defaultdict[tuple[int, int], list[SeenRedated]]:
    """By look and column: articles and list items that an earlier look saw under an older date.

    Parameters: `given` holds `looks` and `zone`, as for every query of observations.
    """
    found: defaultdict[tuple[int, int], list[SeenRedated]] = defaultdict(list)
    asked = {**given, "days": _LONGEST_MEMORY_DAYS}
    for query, same_text in ((_ARTICLES, True), (_ITEMS, False)):
        for row in connection.execute(text(query), asked):
            found[row.look_id, row.site_column_id].append(_redated(row, same_text))
    return found


def _redated(row: Row[Any], same_text: bool) -> SeenRedated:
    return SeenRedated(
        title=row.title,
        url=row.url,
        shown=row.shown,
        earlier=row.earlier,
        seen_on=row.seen_on,
        same_text=same_text,
        evidence_sha256=row.evidence_sha256,
        earlier_sha256=row.earlier_sha256,
        other_column=row.other_column,
    )


# same text and same title: notices of a series share their text and differ in their titles
_ARTICLES = """
    select distinct on (now.id) now.look_id, now.site_column_id, now.title, page.final_url as url,
           coalesce(now.published, now.list_date) as shown, coalesce(old.published, old.list_date) as earlier,
           (old_page.fetched_at at time zone :zone)::date as seen_on,
           page.evidence_sha256, old_page.evidence_sha256 as earlier_sha256,
           case when old.site_column_id <> now.site_column_id and old_page.final_url <> page.final_url
           then (select name from site_column where id = old.site_column_id) end as other_column
    from article_observation as now
    join page on page.id = now.page_id
    join look on look.id = now.look_id
    join article_observation as old
      on old.content_sha256 = now.content_sha256 and old.look_id <> now.look_id and old.title = now.title
    join look as old_look on old_look.id = old.look_id and old_look.site_id = look.site_id
    join page as old_page on old_page.id = old.page_id
    where now.look_id = any(:looks) and now.content_sha256 <> ''
      and now.site_column_id is not null and old.site_column_id is not null
      and old_page.fetched_at < page.fetched_at and old_page.fetched_at > page.fetched_at - make_interval(days => :days)
      and coalesce(old.published, old.list_date) < coalesce(now.published, now.list_date)
    order by now.id, old.site_column_id <> now.site_column_id, coalesce(old.published, old.list_date),
             old_page.fetched_at"""

# same address and same title in the list of the same column. Both sides are read once and matched as sets; few
# items match, so that their pages are looked up last
_ITEMS = """
    with now as materialized (
        select item.id, seen.id as seen_id, seen.look_id, seen.site_column_id, seen.page_id, item.title, item.url,
               item.published
        from column_observation as seen join list_item as item on item.column_observation_id = seen.id
        where seen.look_id = any(:looks) and seen.site_column_id is not null
          and item.published is not null and item.url is not null and not item.in_future
    ), old as materialized (
        select seen.id as seen_id, before.page_id, item.title, item.url, item.published
        from column_observation as seen
        join column_observation as before
          on before.site_column_id = seen.site_column_id and before.look_id <> seen.look_id
        join list_item as item on item.column_observation_id = before.id
        where seen.look_id = any(:looks)
    )
    select distinct on (now.id) now.look_id, now.site_column_id, now.title, now.url, now.published as shown,
           old.published as earlier, (old_page.fetched_at at time zone :zone)::date as seen_on,
           page.evidence_sha256, old_page.evidence_sha256 as earlier_sha256, null as other_column
    from now
    join old on old.seen_id = now.seen_id and old.url = now.url and old.title = now.title
            and old.published < now.published
    join page on page.id = now.page_id and page.role = 'column'
    join page as old_page
      on old_page.id = old.page_id and old_page.fetched_at < page.fetched_at
     and old_page.fetched_at > page.fetched_at - make_interval(days => :days)
    order by now.id, old.published, old_page.fetched_at"""
