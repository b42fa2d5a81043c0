"""Judging a period: every target's latest complete look, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from govspider.checks.outcome import Result
from govspider.db.engine import Connection, Engine
from govspider.db.findings import read_findings, replace_sightings, write_findings, write_history
from govspider.db.observations import LatestLook, read_latest_looks, read_sites
from govspider.db.period_labels import SHANGHAI
from govspider.db.periods import Period, find_period
from govspider.db.reviews import read_decisions
from govspider.db.verdicts import SITE_CLAUSE, VerdictRow, lock_judging, out_of_date, replace_verdicts
from govspider.judging.findings import changes_of, sightings_of
from govspider.judging.site import JudgedSite, judge_site, questions_of
from govspider.rubrics.model import Rubric, load_rubric

_BATCH = 200
"""Sites read at once: bounds memory, and still a handful of queries for many sites."""
_NO_LOOK = "本监测周期内没有完成的巡检"


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
    rubric = load_rubric(rubric_id)
    period = find_period(engine, period_label)
    with engine.begin() as connection:
        lock_judging(connection)
        looks = read_latest_looks(connection, period.id)
        if site_codes is not None:
            looks = [look for look in looks if look.code in site_codes]
        judging = _Judging(connection, period, rubric, now)
        verdicts = [*_unseen_verdicts(looks, rubric)]
        seen = [look for look in looks if look.look_id is not None]
        for start in range(0, len(seen), _BATCH):
            verdicts += judging.batch(seen[start : start + _BATCH])
        site_ids = None if site_codes is None else [look.site_id for look in looks]
        replace_verdicts(connection, period.id, (rubric.meta.id, rubric.sha256), site_ids, verdicts, now)
    return JudgeSummary(
        period=period.label,
        rubric=rubric.meta.id,
        check_day=judging.check_day,
        results=Counter(Result(verdict.result) for verdict in verdicts if verdict.clause == SITE_CLAUSE),
        unseen=sum(look.included and look.look_id is None for look in looks),
        findings=judging.certainties,
    )


def judge_if_needed(engine: Engine, period_label: str, rubric_id: str, now: datetime) -> JudgeSummary | None:
    """Judge unless every verdict of the period rests on the newest looks and this rubric file; None then.

    Raises UnknownPeriodError and RubricError.
    """
    rubric = load_rubric(rubric_id)
    period = find_period(engine, period_label)
    with engine.connect() as connection:
        needed = out_of_date(connection, period.id, rubric.meta.id, rubric.sha256)
    return judge(engine, period_label, rubric_id, now) if needed else None


class _Judging:
    """One judging under way: what its batches share."""

    def __init__(self, connection: Connection, period: Period, rubric: Rubric, now: datetime) -> None:
        self._connection = connection
        self._period = period
        self._rubric = rubric
        self._now = now
        self._questions = questions_of(rubric)
        self.check_day = period.check_at.astimezone(SHANGHAI).date()
        self.certainties: Counter[str] = Counter()

    def batch(self, looks: Sequence[LatestLook]) -> list[VerdictRow]:
        """Judge the sites of some looks, store their findings, and hand back their verdicts."""
        ids = [look.site_id for look in looks]
        decisions = read_decisions(self._connection, ids)
        sites = read_sites(self._connection, looks, self.check_day)
        judged = [judge_site(site, self._questions, self.check_day, decisions) for site in sites]
        self._store(ids, judged)
        self.certainties.update(fault.certainty.value for one in judged for fault, _ in one.faults.values())
        return [verdict for one in judged for verdict in one.verdicts]

    def _store(self, site_ids: Sequence[int], judged: Sequence[JudgedSite]) -> None:
        sightings = [sighting for one in judged for sighting in sightings_of(one)]
        changes = changes_of(judged, read_findings(self._connection, site_ids), self.check_day)
        write_findings(self._connection, sightings, changes)
        write_history(self._connection, changes, self._now)
        replace_sightings(self._connection, self._period.id, self._rubric.meta.id, site_ids, sightings)


def _unseen_verdicts(looks: Sequence[LatestLook], rubric: Rubric) -> Iterator[VerdictRow]:
    clauses = [*(rule.id for rule in rubric.automatic), SITE_CLAUSE]
    for look in looks:
        if look.included and look.look_id is None:
            for clause in clauses:
                yield VerdictRow(look.site_id, None, clause, Result.UNKNOWN.value, [_NO_LOOK], [])
