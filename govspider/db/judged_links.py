"""Links that a judging has to weigh, found once for all its looks: batches then read a few rows each by look.

A run asks millions of addresses and few of them fail. To compare every batch of sites with all failures of
the run again would cost more than everything else, so the temporary tables here hold them for one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, text


def gather_links(connection: Connection, look_ids: Sequence[int], day: date) -> None:
    """Make the temporary tables `weighed_link`, `changed_link` and `closed_host`, in place of earlier ones.

    `weighed_link`: links of these looks whose last answer of the run is dead or unknown (`answer_id`, `state`), or
    that lead to a site closed on the day judged (`closed`); `changed_link`: outside links whose page has
    another title than when its address was first seen. Both hold one row per look, scope and address.
    """
    _allow_for_millions(connection)
    connection.execute(text("drop table if exists " + ", ".join(f"pg_temp.{name}" for name in _TABLES)))
    for table, statement in _TABLES.items():
        made = f"create temporary table {table} on commit drop as {statement}"
        connection.execute(text(made), {"looks": list(look_ids), "day": day})
        # without statistics the next statement would be planned for a handful of rows
        connection.execute(text(f"analyze pg_temp.{table}"))
    for table in ("weighed_link", "changed_link"):
        connection.execute(text(f"create index on pg_temp.{table} (look_id)"))


def _allow_for_millions(connection: Connection) -> None:
    """Room to sort and hash the links of a period in memory, and indexes rather than tables read whole.

    A period's rows lie together, so that an index leads to neighbouring pages. Judging shares its work among
    processes already: workers of the server besides would only take turns with them.
    """
    for setting in ("work_mem = '64MB'", "random_page_cost = 1.1", "max_parallel_workers_per_gather = 0"):
        connection.execute(text(f"set local {setting}"))


_LOOKS = """
    select look.id as look_id, look.run_id, look.site_id from look where look.id = any(:looks)"""

# the last answer of an address is that of the highest rung; the first may be ok only where no other followed
_ANSWERS = """
    select answer_id, run_id, url, state from (
        select distinct on (run_id, md5(url)) id as answer_id, run_id, url, state from link_answer
        where run_id = any(array(select distinct run_id from judged_look)) and (state <> 'ok' or rung > 1)
        order by run_id, md5(url), rung desc
    ) as last
    where state <> 'ok'"""

_CLOSED = """
    select distinct on (site_host.host) site_host.host, site.id as site_id, site.name, status.state, status.valid_from
    from site_status as status
    join site on site.id = status.site_id
    join site_host on site_host.site_id = site.id and site_host.source <> 'suggested'
    where status.state <> '正常运行' and status.valid_from <= :day
      and (status.valid_to is null or status.valid_to > :day)
    order by site_host.host, status.valid_from desc"""

# one way through the links of the looks: they are most of what a judging reads
_WEIGHED = """
    select distinct on (link.look_id, link.scope, link.url)
           link.look_id, link.id as link_id, answer_id, open_answer.state, closed.host as closed
    from judged_look
    join link on link.look_id = judged_look.look_id
    left join open_answer on open_answer.run_id = judged_look.run_id and open_answer.url = link.url
    left join closed_host as closed
      on closed.host = split_part(lower(split_part(link.url, '/', 3)), ':', 1) and closed.site_id <> judged_look.site_id
    where answer_id is not null or closed.host is not null
    order by link.look_id, link.scope, link.url, link.page_id, link.id"""

_IDENTITIES = """
    select now.id as now_id, first.id as first_id, now.run_id, now.url
    from link_identity as now
    join lateral (
        select * from link_identity as earlier
        where md5(earlier.url) = md5(now.url) and earlier.url = now.url and earlier.seen_at < now.seen_at
        order by earlier.seen_at limit 1
    ) as first on first.title <> now.title and first.run_id <> now.run_id
    where now.run_id in (select run_id from judged_look)"""

_CHANGED = """
    select distinct on (link.look_id, link.scope, link.url) link.look_id, link.id as link_id, now_id, first_id
    from judged_look
    join link on link.look_id = judged_look.look_id
    join open_identity on open_identity.run_id = judged_look.run_id and open_identity.url = link.url
    order by link.look_id, link.scope, link.url, link.page_id, link.id"""

_TABLES = {
    "judged_look": _LOOKS,
    "open_answer": _ANSWERS,
    "closed_host": _CLOSED,
    "weighed_link": _WEIGHED,
    "open_identity": _IDENTITIES,
    "changed_link": _CHANGED,
}
