"""Judging a period: every target's latest complete look, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from govspider.checks.outcome import Result
from govspider.db.engine import Connection, Engine
from govspider.db.findings import read_findings, replace_sightings, write_findings, write_history
from govspider.db.observations import read_latest_looks
from govspider.db.periods import find_period
from govspider.db.site_scores import replace_scores
from govspider.db.verdicts import SITE_CLAUSE, lock_judging, out_of_date, replace_verdicts
from govspider.judging.batches import Judging, load_website_rubric
from govspider.judging.findings import changes_of, sightings_of
from govspider.judging.site import JudgedSite

_BATCH = 200
"""Sites read at once: bounds memory, and still a handful of queries for many sites."""


@dataclass(frozen=True, slots=True)
class JudgeSummary:
    """What a judging did.

    `results` counts included sites by verdict, `unseen` those of them without a complete look;
    `findings` counts the faults seen by certainty, persons' decisions included.
    """

    period: str
    rubric: str
    check_day: date
    results: Mapping[Result, int]
    unseen: int
    findings: Mapping[str, int]

    @property
    def sites(self) -> int:
        return sum(self.results.values())


def judge(
    engine: Engine, period_label: str, rubric_id: str, now: datetime, *, site_codes: Collection[str] | None = None
) -> JudgeSummary:
    """Judge a period under a rubric and store verdicts and findings; judging the same looks again changes nothing.

    Parameters: `now` the instant written down as time of judging; `site_codes` judges only these sites.
    Raises UnknownPeriodError and RubricError.
    """
    rubric = load_website_rubric(rubric_id)
    period = find_period(engine, period_label)
    with engine.begin() as connection:
        lock_judging(connection)
        looks = read_latest_looks(connection, period.id)
        if site_codes is not None:
            looks = [look for look in looks if look.code in site_codes]
        judging = Judging(connection, period, rubric)
        found = [*judging.unseen(looks)]
        seen = [look for look in looks if look.look_id is not None]
        for start in range(0, len(seen), _BATCH):
            batch = seen[start : start + _BATCH]
            judged = judging.batch(batch)
            _store(connection, judging, [look.site_id for look in batch], judged, now)
            found += [one.verdicts for one in judged]
        site_ids = None if site_codes is None else [look.site_id for look in looks]
        verdicts = [row for one in found for row in one.rows]
        replace_verdicts(connection, period.id, (rubric.key, rubric.sha256), site_ids, verdicts, now)
        scores = [one.score_row for one in found if one.score_row is not None]
        replace_scores(connection, period.id, rubric.key, site_ids, scores, now)
    return JudgeSummary(
        period=period.label,
        rubric=rubric.key,
        check_day=judging.check_day,
        results=Counter(Result(verdict.result) for verdict in verdicts if verdict.clause == SITE_CLAUSE),
        unseen=sum(look.included and look.look_id is None for look in looks),
        findings=judging.certainties,
    )


def judge_if_needed(engine: Engine, period_label: str, rubric_id: str, now: datetime) -> JudgeSummary | None:
    """Judge unless every verdict of the period rests on the newest looks and this rubric file; None then.

    Raises UnknownPeriodError and RubricError.
    """
    rubric = load_website_rubric(rubric_id)
    period = find_period(engine, period_label)
    with engine.connect() as connection:
        needed = out_of_date(connection, period.id, rubric.key, rubric.sha256)
    return judge(engine, period_label, rubric_id, now) if needed else None


def _store(
    connection: Connection, judging: Judging, site_ids: Sequence[int], judged: Sequence[JudgedSite], now: datetime
) -> None:
    sightings = [sighting for one in judged for sighting in sightings_of(one)]
    changes = changes_of(judged, read_findings(connection, site_ids), judging.check_day)
    write_findings(connection, sightings, changes)
    write_history(connection, changes, now)
    replace_sightings(connection, judging.period.id, judging.rubric.key, site_ids, sightings)
