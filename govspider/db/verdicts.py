"""Storing verdicts, and reading them back for rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, text

from govspider.db import tables as t
from govspider.items import MarkState
from govspider.seen import SeenMark

SITE_CLAUSE = "site"
"""The clause of the verdict on the site as a whole."""


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One verdict, by site and clause. The counts are None where there was nothing to count."""

    site_id: int
    look_id: int | None
    clause: str
    result: str
    reasons: list[str]
    findings: list[str]
    bad: int | None = None
    suspected: int | None = None
    unknown: int | None = None
    threshold: int | None = None


def lock_judging(connection: Connection) -> None:
    """Let one judging at a time change findings and verdicts; the lock ends with the transaction."""
    connection.execute(text("select pg_advisory_xact_lock(hashtextextended('govspider judging', 0))"))


def replace_verdicts(
    connection: Connection,
    period_id: int,
    rubric: tuple[str, str],
    site_ids: Sequence[int] | None,
    verdicts: Sequence[VerdictRow],
    now: datetime,
) -> None:
    """Make these the only verdicts of these sites in the period; of all its sites when `site_ids` is None.

    Parameters: `rubric` its id and the sha256 of its file.
    """
    rubric_id, sha256 = rubric
    gone = delete(t.verdict).where(t.verdict.c.period_id == period_id, t.verdict.c.rubric == rubric_id)
    if site_ids is not None:
        gone = gone.where(t.verdict.c.site_id.in_(list(site_ids)))
    connection.execute(gone)
    shared = {"period_id": period_id, "rubric": rubric_id, "rubric_sha256": sha256, "judged_at": now}
    rows = [{**asdict(verdict), **shared} for verdict in verdicts]
    if rows:
        connection.execute(insert(t.verdict), rows)


def out_of_date(connection: Connection, period_id: int, rubric_id: str, sha256: str) -> bool:
    """True when a site of the period lacks its verdict, or has one from an older look or another rubric file."""
    query = text("""
        select exists (
            select from target
            left join verdict on verdict.period_id = target.period_id and verdict.rubric = :rubric
                 and verdict.site_id = target.site_id and verdict.clause = 'site'
            left join lateral (
                select look.id from look join run on run.id = look.run_id
                where run.period_id = :period and look.site_id = target.site_id
                  and look.state = 'complete' and look.finished_at is not null
                order by look.finished_at desc, look.id desc limit 1
            ) as latest on true
            where target.period_id = :period and target.included
              and (verdict.id is null or verdict.rubric_sha256 <> :sha256
                   or verdict.look_id is distinct from latest.id))""")
    given = {"period": period_id, "rubric": rubric_id, "sha256": sha256}
    answer: bool = connection.execute(query, given).scalar_one()
    return answer


@dataclass(frozen=True, slots=True)
class SiteResult:
    """An included site of a period with its verdict. `result` None: not judged."""

    code: str
    name: str
    site_type: str
    organisation_id: int
    result: str | None
    marks: dict[str, SeenMark]
    """Marks at the look the verdict rests on, by name."""


def read_site_results(connection: Connection, period_id: int, rubric_id: str) -> list[SiteResult]:
    """Every included site, by code."""
    query = text("""
        select site.code, site.name, site.site_type, target.organisation_id, verdict.result,
               coalesce(seen.marks, '{}'::jsonb) as marks
        from target join site on site.id = target.site_id
        left join verdict on verdict.period_id = target.period_id and verdict.rubric = :rubric
             and verdict.site_id = target.site_id and verdict.clause = :clause
        left join (
            select look_id, jsonb_object_agg(mark, jsonb_build_array(state, value, reason, found_in)) as marks
            from mark_observation group by look_id
        ) as seen on seen.look_id = verdict.look_id
        where target.period_id = :period and target.included
        order by site.code""")
    given = {"period": period_id, "rubric": rubric_id, "clause": SITE_CLAUSE}
    return [_site_result(row) for row in connection.execute(query, given)]


def _site_result(row: Row[Any]) -> SiteResult:
    marks = {
        mark: SeenMark(mark, MarkState(state), value, reason, where)
        for mark, (state, value, reason, where) in row.marks.items()
    }
    return SiteResult(row.code, row.name, row.site_type, row.organisation_id, row.result, marks)


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    id: int
    name: str
    kind: str
    parent_id: int | None
    position: int | None


def read_organisations(connection: Connection) -> dict[int, OrganisationRow]:
    """The whole tree, by id."""
    query = text("select id, name, kind, parent_id, position from organisation")
    return {row.id: OrganisationRow(**row._mapping) for row in connection.execute(query)}


def read_exclusions(connection: Connection, period_id: int) -> list[tuple[str, int]]:
    """Reasons for leaving sites out of the period, with the number of sites, most frequent first."""
    query = text("""
        select coalesce(exclude_reason, '') as reason, count(*) as sites from target
        where period_id = :period and not included group by 1 order by 2 desc, 1""")
    return [(row.reason, row.sites) for row in connection.execute(query, {"period": period_id})]


def read_clause_results(connection: Connection, period_id: int, rubric_id: str) -> list[dict[str, Any]]:
    """Number of included sites by clause and result, for the 口径说明."""
    query = text("""
        select verdict.clause, verdict.result, count(*) as sites from verdict
        where period_id = :period and rubric = :rubric group by 1, 2 order by 1, 2""")
    rows = connection.execute(query, {"period": period_id, "rubric": rubric_id})
    return [dict(row._mapping) for row in rows]
