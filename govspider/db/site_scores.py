"""Storing scores of sites, and reading them back for averages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from operator import attrgetter

from sqlalchemy import Connection, text

from govspider.db.fresh_rows import lines_of


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


def score_lines(scores: Iterable[ScoreRow]) -> str:
    """Scores as lines of `fresh_score`."""
    return lines_of(map(_CELLS, scores))


_CELLS = attrgetter(*ScoreRow.__dataclass_fields__)


def replace_scores(
    connection: Connection, period_id: int, rubric: str, site_ids: Sequence[int] | None, now: datetime
) -> None:
    """Make the fresh scores those of these sites in the period; of all its sites when `site_ids` is None."""
    given = {
        "period": period_id,
        "rubric": rubric,
        "now": now,
        "sites": None if site_ids is None else list(site_ids),
    }
    connection.execute(text(_FORGET), given)
    connection.execute(text(_ENTER), given)


_FORGET = """
    delete from site_score where period_id = :period and rubric = :rubric
      and (cast(:sites as bigint[]) is null or site_id = any(:sites))"""
_FRESH = ", ".join(ScoreRow.__dataclass_fields__)
_ENTER = f"""
    insert into site_score (period_id, rubric, judged_at, {_FRESH})
    select :period, :rubric, :now, {_FRESH} from fresh_score order by site_id"""
