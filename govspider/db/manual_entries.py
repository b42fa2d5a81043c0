"""Clauses that a person decided (人工录入), per period, rubric, site and clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, insert, text

from govspider.db import tables as t


@dataclass(frozen=True, slots=True)
class ManualEntry:
    """One decision. `result`: hit, clear or not_applicable on a veto clause; points on a scored one."""

    site_code: str
    clause: str
    result: str
    points: Decimal | None
    note: str
    entered_by: str


def read_entries(
    connection: Connection, period_id: int, rubric: str, site_codes: Sequence[str] | None = None
) -> dict[tuple[str, str], ManualEntry]:
    """Entries by site code and clause, of all sites or of these."""
    query = text("""
        select site.code as site_code, entry.clause, entry.result, entry.points, entry.note, entry.entered_by
        from manual_entry as entry join site on site.id = entry.site_id
        where entry.period_id = :period and entry.rubric = :rubric
          and (cast(:codes as text[]) is null or site.code = any(:codes))
        order by site.code, entry.clause""")
    given = {"period": period_id, "rubric": rubric, "codes": None if site_codes is None else list(site_codes)}
    rows = (ManualEntry(**row._mapping) for row in connection.execute(query, given))
    return {(entry.site_code, entry.clause): entry for entry in rows}


def write_entries(
    connection: Connection,
    period_id: int,
    rubric: str,
    entries: Sequence[ManualEntry],
    site_ids: dict[str, int],
    source: tuple[str, datetime],
) -> None:
    """Store new entries.

    Parameters: `site_ids` id by site code; `source` name of the file and the instant of importing it.
    """
    rows = [
        {
            "period_id": period_id,
            "rubric": rubric,
            "site_id": site_ids[entry.site_code],
            "clause": entry.clause,
            "result": entry.result,
            "points": entry.points,
            "note": entry.note,
            "entered_by": entry.entered_by,
            "entered_at": source[1],
            "file_name": source[0],
        }
        for entry in entries
    ]
    if rows:
        connection.execute(insert(t.manual_entry), rows)


def delete_entries(connection: Connection, period_id: int, rubric: str, keys: Sequence[tuple[int, str]]) -> None:
    """Take back entries, by site id and clause: what replaces them is written next."""
    query = text("""
        delete from manual_entry
        where period_id = :period and rubric = :rubric and site_id = :site and clause = :clause""")
    rows = [{"period": period_id, "rubric": rubric, "site": site, "clause": clause} for site, clause in keys]
    if rows:
        connection.execute(query, rows)
