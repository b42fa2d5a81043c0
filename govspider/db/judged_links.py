"""Links that a judging has to weigh, found once for all its looks: batches then read a few rows each by look.

A run asks millions of addresses and few of them fail. To compare every batch of sites with all failures of
the run again would cost more than everything else, so the temporary tables here hold them for one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text


def gather_links(connection: Connection, look_ids: Sequence[int]) -> None:
    """Make the temporary tables `open_link` and `changed_link` for these looks, in place of earlier ones.

    `open_link`: links whose last answer of the run is dead or unknown; `changed_link`: outside links whose page has
    another title than when its address was first seen. Both hold one row per look, scope and address.
    """
    connection.execute(text("drop table if exists " + ", ".join(f"pg_temp.{name}" for name in _TABLES)))
    for table, statement in _TABLES.items():
        made = f"create temporary table {table} on commit drop as {statement}"
        connection.execute(text(made), {"looks": list(look_ids)})
        # without statistics the next statement would be planned for a handful of rows
        connection.execute(text(f"analyze pg_temp.{table}"))
    for table in ("open_link", "changed_link"):
        connection.execute(text(f"create index on pg_temp.{table} (look_id)"))


_LOOKS = """
    select look.id as look_id, look.run_id from look where look.id = any(:looks)"""

_ANSWERS = """
    select last.id as answer_id, last.run_id, last.url, last.state from link_answer as last
    where last.run_id in (select run_id from judged_look) and last.state <> 'ok'
      and not exists (
          select from link_answer as later
          where later.run_id = last.run_id and md5(later.url) = md5(last.url) and later.url = last.url
            and later.rung > last.rung)"""

_OPEN = """
    select distinct on (link.look_id, link.scope, link.url) link.look_id, link.id as link_id, answer_id, state
    from judged_look
    join link on link.look_id = judged_look.look_id
    join open_answer on open_answer.run_id = judged_look.run_id and open_answer.url = link.url
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
    "open_link": _OPEN,
    "open_identity": _IDENTITIES,
    "changed_link": _CHANGED,
}
