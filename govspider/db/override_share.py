"""How many columns of a period were read by overrides: a measure of the general rules."""

from __future__ import annotations

from sqlalchemy import Connection, text


def read_override_share(connection: Connection, period_id: int) -> tuple[int, int]:
    """Columns that an override read or classified, and all columns observed, in the period's latest looks."""
    query = text("""
        with latest as (
            select distinct on (look.site_id) look.id
            from look join run on run.id = look.run_id
            where run.period_id = :period and look.state = 'complete' and look.finished_at is not null
            order by look.site_id, look.finished_at desc, look.id desc
        )
        select count(distinct seen.site_column_id) filter (
                   where seen.source = 'override' or site_column.kind_why like 'override %') as served,
               count(distinct seen.site_column_id) as columns
        from column_observation as seen
        join latest on latest.id = seen.look_id
        join site_column on site_column.id = seen.site_column_id""")
    served, columns = connection.execute(query, {"period": period_id}).one()
    return int(served), int(columns)
