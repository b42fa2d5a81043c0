"""Storing scores of sites, and reading them back for averages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, delete, insert, text

from govspider.db import tables as t


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """The score of one site; the columns of site_score."""

    site_id: int
    object_class: str
    result: str | None
    vetoed: bool
    without_service: bool
    deduct_low: Decimal | None
    deduct_high: Decimal | None
    total_low: Decimal | None
    total_high: Decimal | None
    total: Decimal | None
    open_clauses: list[str]
    unknown_clauses: list[str]
    without_points: list[str]


def replace_scores(
    connection: Connection,
    period_id: int,
    rubric: str,
    site_ids: Sequence[int] | None,
    scores: Sequence[ScoreRow],
    now: datetime,
) -> None:
    """Make these the scores of these sites in the period; of all its sites when `site_ids` is None."""
    table = t.site_score.c
    gone = delete(t.site_score).where(table.period_id == period_id, table.rubric == rubric)
    if site_ids is not None:
        gone = gone.where(table.site_id.in_(list(site_ids)))
    connection.execute(gone)
    shared = {"period_id": period_id, "rubric": rubric, "judged_at": now}
    rows = [{**asdict(score), **shared} for score in scores]
    if rows:
        connection.execute(insert(t.site_score), rows)


def read_scores(connection: Connection, period_id: int, rubric: str) -> dict[str, ScoreRow]:
    """Scores by site code."""
    query = text("""
        select site.code, score.site_id, score.object_class, score.result, score.vetoed, score.without_service,
               score.deduct_low, score.deduct_high, score.total_low, score.total_high, score.total,
               score.open_clauses, score.unknown_clauses, score.without_points
        from site_score as score join site on site.id = score.site_id
        where score.period_id = :period and score.rubric = :rubric""")
    found = {}
    for row in connection.execute(query, {"period": period_id, "rubric": rubric}):
        values = dict(row._mapping)
        found[values.pop("code")] = ScoreRow(**values)
    return found
