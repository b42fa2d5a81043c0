"""How much a site published, by day: counted when a look ends, for lists of years are too long to count when asked."""

from __future__ import annotations

from sqlalchemy import Connection


def count_published_items(connection: Connection, look_id: int) -> None:
    """Count the dated items of the look's lists, in place of an earlier count of this look."""
    connection.exec_driver_sql("delete from published_day where look_id = %s", (look_id,))
    connection.exec_driver_sql(_COUNT, (look_id,))


_COUNT = """
    insert into published_day (look_id, day, items)
    select look_id, day, count(*) from (
        select seen.look_id, coalesce(item.url, item.title), max(item.published) as day
        from column_observation as seen
        join list_item as item on item.column_observation_id = seen.id
        where seen.look_id = %s and item.published is not null and not item.in_future
        group by 1, 2
    ) as counted
    group by 1, 2"""
