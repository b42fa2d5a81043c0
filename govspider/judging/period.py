"""Judging a period: every target's latest complete look, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from govspider.checks.outcome import Result
from govspider.db.engine import Connection, Engine
from govspider.db.findings import replace_findings
from govspider.db.fresh_rows import add_fresh_rows, open_fresh_rows, weigh_fresh_rows
from govspider.db.observations import LatestLook, read_latest_looks
from govspider.db.periods import find_period
from govspider.db.site_scores import replace_scores
from govspider.db.verdicts import lock_judging, out_of_date, replace_verdicts
from govspider.judging.batches import Judging, load_website_rubric
from govspider.judging.rows import verdict_rows
from govspider.judging.shares import judge_looks


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
        open_fresh_rows(connection)
        seen = [look for look in looks if look.look_id is not None]
        results: Counter[Result] = Counter()
        certainties: Counter[str] = Counter()
        for rows in chain([verdict_rows([*judging.unseen(looks)])], judge_looks(engine, connection, judging, seen)):
            results.update(rows.results)
            certainties.update(rows.certainties)
            for table, lines in rows.lines.items():
                add_fresh_rows(connection, table, lines)
        _put_in_place(connection, judging, None if site_codes is None else looks, seen, now)
    return JudgeSummary(
        period=period.label,
        rubric=rubric.key,
        check_day=judging.check_day,
        results=results,
        unseen=sum(look.included and look.look_id is None for look in looks),
        findings=certainties,
    )


def _put_in_place(
    connection: Connection,
    judging: Judging,
    asked: Sequence[LatestLook] | None,
    seen: Sequence[LatestLook],
    now: datetime,
) -> None:
    """Fresh rows become the current ones of the looks asked for; of every site of the period when that is None."""
    period, rubric = judging.period, judging.rubric
    sites = None if asked is None else [look.site_id for look in asked]
    weigh_fresh_rows(connection)
    replace_findings(connection, period.id, rubric.key, [look.site_id for look in seen], now)
    replace_verdicts(connection, period.id, (rubric.key, rubric.sha256), sites, now)
    replace_scores(connection, period.id, rubric.key, sites, now)


def judge_if_needed(engine: Engine, period_label: str, rubric_id: str, now: datetime) -> JudgeSummary | None:
    """Judge unless every verdict of the period rests on the newest looks and this rubric file; None then.

    Raises UnknownPeriodError and RubricError.
    """
    rubric = load_website_rubric(rubric_id)
    period = find_period(engine, period_label)
    with engine.connect() as connection:
        needed = out_of_date(connection, period.id, rubric.key, rubric.sha256)
    return judge(engine, period_label, rubric_id, now) if needed else None
