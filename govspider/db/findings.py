"""Storing findings: what they were before, what a judging changes, in which periods they were seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from sqlalchemy import Connection, insert, text, update

from govspider.db import tables as t
from govspider.db.fresh_rows import lines_of


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding as it stands. `fixed_at` is the end of the look that found it fixed, or the answer on request that
    did; None if none did.
    """

    id: int
    fingerprint: str
    site_id: int
    site_column_id: int | None
    kind: str
    state: str
    url: str
    source_url: str | None
    last_seen_at: datetime
    exempted_until: date | None
    fixed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sighting:
    """A finding as one look showed it.

    `headline` says the fault in a few words, `evidence` the figures it rests on; they are stored as
    first line and rest of one text. `certainty` is that of the observations alone.
    """

    fingerprint: str
    site_id: int
    site_column_id: int | None
    look_id: int
    run_id: int
    seen_at: datetime
    kind: str
    clause: str
    certainty: str
    url: str
    source_url: str | None
    headline: str
    evidence: str
    evidence_sha256: str | None


@dataclass(frozen=True, slots=True)
class StateChange:
    """A finding's way from one state to another, and why."""

    fingerprint: str
    from_state: str | None
    to_state: str
    changed_by: str
    reason: str
    run_id: int | None
    exempted_until: date | None = None


def evidence_text(headline: str, evidence: str) -> str:
    """The one text that finding and sighting keep. `split_evidence` takes it apart again."""
    return f"{' '.join(headline.split())}\n{evidence}"


def split_evidence(stored: str) -> tuple[str, str]:
    """Headline and evidence of a stored text."""
    headline, _, evidence = stored.partition("\n")
    return headline, evidence


def read_findings(connection: Connection, site_ids: Sequence[int]) -> list[StoredFinding]:
    """Every finding of these sites."""
    query = text("""
        select finding.id, finding.fingerprint, finding.site_id, finding.site_column_id, finding.kind, finding.state,
               finding.url, finding.source_url, finding.last_seen_at, finding.exempted_until, fixed.at as fixed_at
        from finding
        left join lateral (
            select greatest(max(look.finished_at), max(answer.answered_at)) as at from finding_history as history
            join look on look.run_id = history.run_id and look.site_id = finding.site_id
            left join link_answer as answer
              on answer.run_id = history.run_id and md5(answer.url) = md5(finding.url) and answer.url = finding.url
             and answer.answered_at <= history.changed_at and finding.kind in ('link_dead', 'link_hijacked')
            where history.finding_id = finding.id and history.to_state = 'fixed'
        ) as fixed on finding.state = 'fixed'
        where finding.site_id = any(:sites)""")
    rows = connection.execute(query, {"sites": list(site_ids)})
    return [StoredFinding(**row._mapping) for row in rows]


def sighting_lines(sightings: Iterable[Sighting]) -> str:
    """Sightings as lines of `fresh_sighting`."""
    return lines_of(
        (*_SIGHTED(sighting), evidence_text(sighting.headline, sighting.evidence), sighting.evidence_sha256)
        for sighting in sightings
    )


def change_lines(changes: Iterable[StateChange]) -> str:
    """Changes of state as lines of `fresh_change`."""
    return lines_of(map(_CHANGED, changes))


_SIGHTED = attrgetter(
    *("fingerprint", "site_id", "site_column_id", "look_id", "run_id", "seen_at"),
    *("kind", "clause", "certainty", "url", "source_url"),
)
_CHANGED = attrgetter(*StateChange.__dataclass_fields__)


def replace_findings(
    connection: Connection, period_id: int, rubric: str, site_ids: Sequence[int], now: datetime
) -> None:
    """Put the fresh sightings and changes in place: the only ones of these sites in the period under the rubric.

    Enters new findings, brings known ones up to the newest sighting, applies the changes of state and
    writes them down. A new finding needs a change of state from None among the changes. A sighting older
    than the finding's last one moves only `first_seen_at`.
    """
    given = {"period": period_id, "rubric": rubric, "sites": list(site_ids), "now": now}
    for statement in (_UPSERT, _MOVE, _REMEMBER, _FORGET_SIGHTINGS, _ENTER_SIGHTINGS):
        connection.execute(text(statement), given)


def write_history(connection: Connection, changes: Sequence[StateChange], now: datetime) -> None:
    """Record changes of state. The findings must be stored already."""
    ids = _ids(connection, [change.fingerprint for change in changes])
    rows = [
        {
            "finding_id": ids[change.fingerprint],
            "changed_at": now,
            "from_state": change.from_state,
            "to_state": change.to_state,
            "changed_by": change.changed_by,
            "reason": change.reason,
            "run_id": change.run_id,
        }
        for change in changes
    ]
    if rows:
        connection.execute(insert(t.finding_history), rows)


def set_state(connection: Connection, finding_id: int, state: str) -> None:
    """Set the state of one finding; the caller records the history."""
    connection.execute(update(t.finding).where(t.finding.c.id == finding_id).values(state=state))


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One line of a period's problem list, as stored."""

    site_code: str
    site: str
    organisation: str
    kind: str
    clause: str
    certainty: str
    decision: str | None
    state: str
    exempted_until: date | None
    url: str
    source_url: str | None
    evidence: str
    first_seen_at: datetime
    last_seen_at: datetime
    fingerprint: str


def read_problems(connection: Connection, period_id: int, rubric: str) -> list[ProblemRow]:
    """Every sighting of the period under the rubric with the last decision of a person, by site code and kind."""
    query = text("""
        select site.code as site_code, site.name as site, organisation.name as organisation, finding.kind,
               sighting.clause, sighting.certainty, last.decision, finding.state, finding.exempted_until,
               finding.url, finding.source_url, sighting.evidence, finding.first_seen_at, finding.last_seen_at,
               finding.fingerprint
        from finding_sighting as sighting
        join finding on finding.id = sighting.finding_id
        join site on site.id = finding.site_id
        left join target on target.site_id = site.id and target.period_id = sighting.period_id
        join organisation on organisation.id = coalesce(target.organisation_id, site.organisation_id)
        left join lateral (
            select decision from review where review.finding_id = finding.id order by reviewed_at desc, id desc limit 1
        ) as last on true
        where sighting.period_id = :period and sighting.rubric = :rubric
        order by site.code, finding.kind, finding.url, finding.fingerprint""")
    rows = connection.execute(query, {"period": period_id, "rubric": rubric})
    return [ProblemRow(**row._mapping) for row in rows]


_UPSERT = """
    insert into finding (fingerprint, site_id, site_column_id, kind, state, url, source_url, evidence_sha256, evidence,
                         first_seen_at, last_seen_at, last_run_id)
    select fresh.fingerprint, fresh.site_id, fresh.site_column_id, fresh.kind,
           coalesce(first.to_state, fresh.certainty), fresh.url, fresh.source_url, fresh.evidence_sha256,
           fresh.evidence, fresh.seen_at, fresh.seen_at, fresh.run_id
    from fresh_sighting as fresh
    left join fresh_change as first on first.fingerprint = fresh.fingerprint and first.from_state is null
    order by fresh.site_id, fresh.fingerprint
    on conflict (fingerprint) do update set
        first_seen_at = least(finding.first_seen_at, excluded.first_seen_at),
        site_column_id = case when excluded.last_seen_at >= finding.last_seen_at
                              then excluded.site_column_id else finding.site_column_id end,
        url = case when excluded.last_seen_at >= finding.last_seen_at then excluded.url else finding.url end,
        source_url = case when excluded.last_seen_at >= finding.last_seen_at
                          then excluded.source_url else finding.source_url end,
        evidence = case when excluded.last_seen_at >= finding.last_seen_at
                        then excluded.evidence else finding.evidence end,
        evidence_sha256 = case when excluded.last_seen_at >= finding.last_seen_at
                               then excluded.evidence_sha256 else finding.evidence_sha256 end,
        last_run_id = case when excluded.last_seen_at >= finding.last_seen_at
                           then excluded.last_run_id else finding.last_run_id end,
        last_seen_at = greatest(finding.last_seen_at, excluded.last_seen_at)"""


_MOVE = """
    update finding set state = fresh.to_state, exempted_until = fresh.exempted_until
    from fresh_change as fresh
    where finding.fingerprint = fresh.fingerprint and fresh.from_state is not null"""

_REMEMBER = """
    insert into finding_history (finding_id, changed_at, from_state, to_state, changed_by, reason, run_id)
    select finding.id, :now, fresh.from_state, fresh.to_state, fresh.changed_by, fresh.reason, fresh.run_id
    from fresh_change as fresh join finding using (fingerprint) order by finding.id"""

_FORGET_SIGHTINGS = """
    delete from finding_sighting as sighting using finding
    where finding.id = sighting.finding_id and sighting.period_id = :period and sighting.rubric = :rubric
      and finding.site_id = any(:sites)"""

_ENTER_SIGHTINGS = """
    insert into finding_sighting (finding_id, period_id, look_id, rubric, clause, certainty, evidence, evidence_sha256)
    select finding.id, :period, fresh.look_id, :rubric, fresh.clause, fresh.certainty, fresh.evidence,
           fresh.evidence_sha256
    from fresh_sighting as fresh join finding using (fingerprint) order by finding.id"""


def _ids(connection: Connection, fingerprints: Sequence[str]) -> dict[str, int]:
    if not fingerprints:
        return {}
    query = text("select fingerprint, id from finding where fingerprint = any(:fingerprints)")
    rows = connection.execute(query, {"fingerprints": sorted(set(fingerprints))})
    return {row.fingerprint: row.id for row in rows}
