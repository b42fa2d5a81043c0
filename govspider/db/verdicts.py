"""Storing verdicts, and reading them back for rates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, text

from govspider.db.fresh_rows import lines_of
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
    points_low: Decimal | None = None
    points_high: Decimal | None = None


def lock_judging(connection: Connection) -> None:
    """Let one judging at a time change findings and verdicts; the lock ends with the transaction."""
    connection.execute(text("select pg_advisory_xact_lock(hashtextextended('govspider judging', 0))"))


def verdict_lines(verdicts: Iterable[VerdictRow]) -> str:
    """Verdicts as lines of `fresh_verdict`."""
    return lines_of(map(_CELLS, verdicts))


_CELLS = attrgetter(*VerdictRow.__dataclass_fields__)


def replace_verdicts(
    connection: Connection, period_id: int, rubric: tuple[str, str], site_ids: Sequence[int] | None, now: datetime
) -> None:
    """Make the fresh verdicts the current ones of these sites in the period; of all its sites when `site_ids` is None.

    A verdict that changed keeps its earlier version in superseded_verdict.

    Parameters: `rubric` its id and the sha256 of its file.
    """
    rubric_id, sha256 = rubric
    given = {
        "period": period_id,
        "rubric": rubric_id,
        "sha256": sha256,
        "now": now,
        "sites": None if site_ids is None else list(site_ids),
    }
    for statement in (_SUPERSEDE, _RAISE_VERSION, _FORGET, _ENTER):
        connection.execute(text(statement), given)


_FRESH = (
    "site_id, look_id, clause, result, bad, suspected, unknown, threshold, reasons, findings, points_low, points_high"
)
_KEPT = f"period_id, rubric, rubric_sha256, {_FRESH}, judged_at, version"
_OF_SITES = """
    verdict.period_id = :period and verdict.rubric = :rubric
    and (cast(:sites as bigint[]) is null or verdict.site_id = any(:sites))"""
_SAME = """
    (fresh.result, :sha256, fresh.reasons, fresh.findings) =
    (verdict.result, verdict.rubric_sha256, verdict.reasons, verdict.findings)
    and fresh.look_id is not distinct from verdict.look_id
    and fresh.points_low is not distinct from verdict.points_low
    and fresh.points_high is not distinct from verdict.points_high"""
_SUPERSEDE = f"""
    insert into superseded_verdict ({_KEPT}, superseded_at)
    select {", ".join("verdict." + name.strip() for name in _KEPT.split(","))}, :now
    from verdict left join fresh_verdict as fresh using (site_id, clause)
    where {_OF_SITES} and (fresh.site_id is null or not ({_SAME}))"""
_RAISE_VERSION = f"""
    update fresh_verdict as fresh
    set version = verdict.version + case when {_SAME} then 0 else 1 end
    from verdict
    where verdict.site_id = fresh.site_id and verdict.clause = fresh.clause and {_OF_SITES}"""
_FORGET = f"delete from verdict where {_OF_SITES}"
_ENTER = f"""
    insert into verdict ({_KEPT})
    select :period, :rubric, :sha256, {_FRESH}, :now, version from fresh_verdict order by site_id, clause"""


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
    has_score: bool = False
    """True for a site of a class that the rubric scores."""
    score: Decimal | None = None
    """The settled score; None while something could still change it."""
    has_open_clauses: bool = True
    """True while clauses wait for a person (未录入)."""


def read_site_results(connection: Connection, period_id: int, rubric_id: str) -> list[SiteResult]:
    """Every included site, by code."""
    query = text("""
        select site.code, site.name, site.site_type, target.organisation_id, verdict.result,
               coalesce(seen.marks, '{}'::jsonb) as marks, score.result is not null as has_score, score.total,
               coalesce(jsonb_array_length(score.open_clauses) > 0, true) as has_open_clauses
        from target join site on site.id = target.site_id
        left join verdict on verdict.period_id = target.period_id and verdict.rubric = :rubric
             and verdict.site_id = target.site_id and verdict.clause = :clause
        left join site_score as score on score.period_id = target.period_id and score.rubric = :rubric
             and score.site_id = target.site_id
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
    return SiteResult(
        row.code,
        row.name,
        row.site_type,
        row.organisation_id,
        row.result,
        marks,
        row.has_score,
        row.total,
        row.has_open_clauses,
    )


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    id: int
    name: str
    kind: str
    parent_id: int | None
    position: int | None
    line: str | None = None


def read_organisations(connection: Connection) -> dict[int, OrganisationRow]:
    """The whole tree, by id."""
    query = text("select id, name, kind, parent_id, position, line from organisation")
    return {row.id: OrganisationRow(**row._mapping) for row in connection.execute(query)}


def read_exclusions(connection: Connection, period_id: int) -> list[tuple[str, int]]:
    """Reasons for leaving sites out of the period, with the number of sites, most frequent first."""
    query = text("""
        select coalesce(exclude_reason, '') as reason, count(*) as sites from target
        where period_id = :period and not included group by 1 order by 2 desc, 1""")
    return [(row.reason, row.sites) for row in connection.execute(query, {"period": period_id})]


def read_verdict(connection: Connection, period_id: int, rubric_id: str, site_id: int, clause: str) -> str | None:
    """Stored result of one clause of one site; None where nothing is stored."""
    query = text("""
        select result from verdict
        where period_id = :period and rubric = :rubric and site_id = :site and clause = :clause""")
    given = {"period": period_id, "rubric": rubric_id, "site": site_id, "clause": clause}
    found: str | None = connection.execute(query, given).scalar()
    return found


def judged_rubrics(connection: Connection, period_id: int) -> list[tuple[str, str]]:
    """Rubrics, with the sha256 of their files, that the current verdicts of a period were made under."""
    query = text("""
        select distinct rubric, rubric_sha256 from verdict
        where period_id = :period and clause = 'site' order by 1, 2""")
    return [(row.rubric, row.rubric_sha256) for row in connection.execute(query, {"period": period_id})]


def count_targets_and_verdicts(connection: Connection, period_id: int, rubric_id: str) -> tuple[int, int, int]:
    """Targets of a period, those included, and included ones with a verdict on the site as a whole."""
    query = text("""
        select count(*), count(*) filter (where target.included),
               count(verdict.id) filter (where target.included)
        from target left join verdict on verdict.period_id = target.period_id and verdict.rubric = :rubric
             and verdict.site_id = target.site_id and verdict.clause = 'site'
        where target.period_id = :period""")
    row = connection.execute(query, {"period": period_id, "rubric": rubric_id}).one()
    return int(row[0]), int(row[1]), int(row[2])


@dataclass(frozen=True, slots=True)
class SupersededRow:
    """The verdict of a site and the version before it."""

    site_code: str
    site: str
    before: str
    after: str
    reasons: list[str]
    other_rubric: bool
    other_look: bool


def read_superseded(connection: Connection, period_id: int, rubric_id: str) -> list[SupersededRow]:
    """Current verdicts of sites that have an earlier version, by code."""
    query = text("""
        select site.code as site_code, site.name as site, before.result as before, now.result as after, now.reasons,
               before.rubric_sha256 <> now.rubric_sha256 as other_rubric,
               before.look_id is distinct from now.look_id as other_look
        from verdict as now
        join superseded_verdict as before using (period_id, rubric, site_id, clause)
        join site on site.id = now.site_id
        where now.period_id = :period and now.rubric = :rubric and now.clause = 'site'
          and before.version = now.version - 1
        order by site.code""")
    given = {"period": period_id, "rubric": rubric_id}
    return [SupersededRow(**row._mapping) for row in connection.execute(query, given)]
