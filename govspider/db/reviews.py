"""Decisions of persons about findings (人工复核)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert, text

from govspider.db import tables as t
from govspider.db.findings import StateChange, set_state, write_history


class UnknownFindingError(LookupError):
    """A finding that the database does not hold, or that more than one finding answers to."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The last word of a person on a finding: confirm, dismiss, or exempt until a day."""

    decision: str
    reviewer: str
    exempted_until: date | None = None


@dataclass(frozen=True, slots=True)
class ReviewedFinding:
    """A finding as the list for reviewers shows it."""

    id: int
    fingerprint: str
    site_code: str
    site: str
    kind: str
    state: str
    url: str
    evidence: str
    last_seen_at: datetime


def read_decisions(connection: Connection, site_ids: Sequence[int]) -> dict[str, Decision]:
    """Last decision on each reviewed or exempted finding of these sites, by fingerprint."""
    query = text("""
        select distinct on (finding.id) finding.fingerprint, finding.state, finding.exempted_until,
               review.decision, review.reviewer
        from finding left join review on review.finding_id = finding.id
        where finding.site_id = any(:sites) and (review.id is not null or finding.state = 'exempted')
        order by finding.id, review.reviewed_at desc, review.id desc""")
    found = {}
    for row in connection.execute(query, {"sites": list(site_ids)}):
        decision = "exempt" if row.state == "exempted" else row.decision
        found[row.fingerprint] = Decision(decision, row.reviewer or "", row.exempted_until)
    return found


def find_finding(connection: Connection, key: str) -> ReviewedFinding:
    """The finding with this id, or whose fingerprint begins so (8 characters or more).

    Raises UnknownFindingError for none and for several.
    """
    by_id = int(key) if key.isdecimal() and len(key) < 19 else None
    rows = [] if by_id is None else _select(connection, "finding.id = :value", by_id)
    if not rows and len(key) >= 8:
        rows = _select(connection, "starts_with(finding.fingerprint, :value)", key)
    if len(rows) == 1:
        return rows[0]
    answer = "is not in the database" if not rows else f"fits {len(rows)} findings"
    raise UnknownFindingError(
        f"finding '{key}' {answer}: give the number or the fingerprint (8 characters or more) that `list` shows"
    )


def _select(connection: Connection, condition: str, value: object) -> list[ReviewedFinding]:
    query = text(f"""
        select finding.id, finding.fingerprint, site.code as site_code, site.name as site, finding.kind,
               finding.state, finding.url, finding.evidence, finding.last_seen_at
        from finding join site on site.id = finding.site_id
        where {condition} order by site.code, finding.kind, finding.id""")
    return [ReviewedFinding(**row._mapping) for row in connection.execute(query, {"value": value})]


def write_review(
    connection: Connection, finding: ReviewedFinding, decision: str, reviewer: str, reason: str, now: datetime
) -> None:
    """Store a decision (confirm or dismiss), the state that follows, and its history.

    A fixed finding that is confirmed stays fixed: it was real, and it is gone.
    """
    values = {
        "finding_id": finding.id,
        "decision": decision,
        "reviewer": reviewer,
        "reason": reason,
        "reviewed_at": now,
    }
    connection.execute(insert(t.review).values(values))
    state = {"confirm": "confirmed", "dismiss": "dismissed"}[decision]
    if finding.state == "fixed" and decision == "confirm":
        state = finding.state
    set_state(connection, finding.id, state)
    change = StateChange(finding.fingerprint, finding.state, state, reviewer, reason, None)
    write_history(connection, [change], now)


def judged_with(connection: Connection, finding_id: int) -> list[tuple[str, str]]:
    """Period label and rubric of every judging that this finding was seen in: they are to be judged again."""
    query = text("""
        select distinct period.label, sighting.rubric from finding_sighting as sighting
        join period on period.id = sighting.period_id
        where sighting.finding_id = :finding order by 1, 2""")
    return [(row.label, row.rubric) for row in connection.execute(query, {"finding": finding_id})]
