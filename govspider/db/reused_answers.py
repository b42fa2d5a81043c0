"""Answers to outside links that a run takes over from an earlier one instead of asking again (LINK_REUSE_DAYS).

They are stored with the run like every other answer, with the time at which they were given and the run that asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from psycopg2.extras import execute_values
from sqlalchemy import Connection

from govspider.items import LinkReused

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
