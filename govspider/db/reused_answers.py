"""Answers to outside links that a run takes over from an earlier one instead of asking again (LINK_REUSE_DAYS).

They are stored with the run like every other answer, with the time at which they were given and the run that asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg2.extras import execute_values
from sqlalchemy import Connection, text

from govspider.db.period_labels import SHANGHAI
from govspider.items import LinkReused
from govspider.seen import SeenReusedAnswers

_PAGE_SIZE = 1000
# the youngest answer; one that was itself taken over keeps the run that asked
_COPY = """
    insert into link_answer (run_id, url, rung, state, detail, status, final_url, answered_at, redirects,
                             response_headers, browser, reused_from)
    select wanted.run_id, last.url, 1, last.state, last.detail, last.status, last.final_url, last.answered_at,
           last.redirects, last.response_headers, last.browser, coalesce(last.reused_from, last.run_id)
    from (values %s) as wanted (run_id, url)
    cross join lateral (
        select * from link_answer as answer
        where answer.run_id in ({runs}) and md5(answer.url) = md5(wanted.url) and answer.url = wanted.url
          and answer.state = 'ok'
        order by answer.answered_at desc, answer.rung desc limit 1
    ) as last
    on conflict do nothing"""


def copy_answers(connection: Connection, reused: Sequence[LinkReused]) -> None:
    """Store the earlier answers of these addresses with their run. Raises psycopg2.Error."""
    by_runs: defaultdict[tuple[int, ...], list[tuple[int, str]]] = defaultdict(list)
    for item in reused:
        by_runs[item.runs].append((item.run_id, item.url))
    cursor = connection.connection.cursor()
    try:
        for runs, wanted in by_runs.items():
            statement = _COPY.format(runs=", ".join(str(int(run)) for run in runs))
            execute_values(cursor, statement, sorted(set(wanted)), page_size=_PAGE_SIZE)
    finally:
        cursor.close()


# a link that was asked again on request does not rest on the earlier answer any more
_STANDING = """
    from look
    join link on link.look_id = look.id
    join link_answer as answer
      on answer.run_id = look.run_id and md5(answer.url) = md5(link.url) and answer.url = link.url
     and answer.reused_from is not null
    where look.id = any(:looks) and not exists (
        select from link_answer as later
        where later.run_id = answer.run_id and md5(later.url) = md5(answer.url) and later.url = answer.url
          and later.rung > answer.rung)"""
_ANY = """
    select exists (
        select from link_answer where reused_from is not null
          and run_id = any(array(select distinct run_id from look where id = any(:looks))))"""


@dataclass(frozen=True, slots=True)
class ReusedLink:
    """A link of a look that was not asked: when the answer that stands for it was given, and in which run."""

    url: str
    status: int | None
    answered_at: datetime
    asked_in_run: int


def read_reused_answers(connection: Connection, given: Mapping[str, Any]) -> defaultdict[int, list[SeenReusedAnswers]]:
    """How many links of each look and scope rest on earlier answers, and when these were given, in Beijing time.

    Parameters: `given` binds `looks`, the ids of the looks.
    """
    found: defaultdict[int, list[SeenReusedAnswers]] = defaultdict(list)
    # where answers are never taken over, no link is read for it
    if not connection.execute(text(_ANY), given).scalar_one():
        return found
    # what stands on the home page too counts there, as its faults do
    query = text(f"""
        select look_id, scope, count(*) as links, min(answered_at) as first, max(answered_at) as last from (
            select link.look_id, link.url, min(link.scope) as scope, min(answer.answered_at) as answered_at
            {_STANDING} group by link.look_id, link.url
        ) as reused group by look_id, scope order by look_id, scope""")
    for row in connection.execute(query, given):
        first, last = row.first.astimezone(SHANGHAI), row.last.astimezone(SHANGHAI)
        found[row.look_id].append(SeenReusedAnswers(row.scope, row.links, first, last))
    return found


def read_reused_links(connection: Connection, look_id: int, most: int) -> list[ReusedLink]:
    """Links of a look that rest on earlier answers, the oldest answers first, `most` of them at the most."""
    query = text(f"""
        select link.url, min(answer.status) as status, min(answer.answered_at) as answered_at,
               min(answer.reused_from) as asked_in_run
        {_STANDING} group by link.url order by answered_at, link.url limit :most""")
    rows = connection.execute(query, {"looks": [look_id], "most": most})
    return [ReusedLink(row.url, row.status, row.answered_at, row.asked_in_run) for row in rows]


@dataclass(frozen=True, slots=True)
class ReusedInPeriod:
    """Addresses that runs of a period did not ask, and when the oldest and the youngest of their answers were given."""

    links: int
    first: datetime
    last: datetime


def read_reused_in_period(connection: Connection, period_id: int) -> ReusedInPeriod | None:
    """What the runs of a period took over from earlier ones, in Beijing time; None for nothing."""
    query = text("""
        select count(distinct url) as links, min(answered_at) as first, max(answered_at) as last
        from link_answer where reused_from is not null
          and run_id = any(array(select id from run where period_id = :period))""")
    row = connection.execute(query, {"period": period_id}).one()
    if not row.links:
        return None
    return ReusedInPeriod(row.links, row.first.astimezone(SHANGHAI), row.last.astimezone(SHANGHAI))
