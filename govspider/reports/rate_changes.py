"""Change of rates and scores on an earlier period, streaks, repeat offenders and biggest movers.

Rates under different rubrics, or different files of one rubric, are not compared: the sentence says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from govspider.db.engine import Engine
from govspider.db.periods import Period, find_period, list_periods
from govspider.db.verdicts import judged_rubrics, read_site_results
from govspider.reports.pass_rates import GroupRate, PassRateReport, read_pass_rates
from govspider.rubrics.model import Rubric, load_rubric
from govspider.scoring import change_in_points

Key = tuple[str, str]


class IncomparableError(ValueError):
    """Two periods whose rates must not be compared; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class GroupChange:
    """One group now and before; `points` the change in percentage points, from unrounded rates."""

    section: str
    name: str
    now: GroupRate
    before: GroupRate
    points: Decimal | None
    score: Decimal | None


def read_changes(engine: Engine, period_label: str, previous_label: str, rubric_id: str) -> list[GroupChange]:
    """Changes of every group that both periods have. Raises UnknownPeriodError, RubricError and IncomparableError."""
    rubric = load_rubric(rubric_id)
    for label in (period_label, previous_label):
        refuse_other_rubric(engine, find_period(engine, label), rubric)
    now = read_pass_rates(engine, period_label, rubric_id)
    before = read_pass_rates(engine, previous_label, rubric_id)
    return changes_between(now, before)


def refuse_other_rubric(engine: Engine, period: Period, rubric: Rubric) -> None:
    """Raise IncomparableError unless every verdict of the period was made under this very file."""
    with engine.connect() as connection:
        judged = judged_rubrics(connection, period.id)
    files = {sha256 for key, sha256 in judged if key == rubric.key}
    if files == {rubric.sha256}:
        return
    again = f"请先用同一指标重新判定：scripts/judge.py --period {period.label} --rubric {rubric.key}"
    if files:
        raise IncomparableError(f"监测周期 {period.label} 按 {rubric.key} 的另一版本判定，合格率不可直接比较；{again}")
    others = "、".join(sorted({key for key, _ in judged}))
    stood = f"按 {others} 判定" if others else "尚未判定"
    raise IncomparableError(f"监测周期 {period.label} {stood}，与 {rubric.key} 的合格率不可比较；{again}")


def changes_between(now: PassRateReport, before: PassRateReport) -> list[GroupChange]:
    """Pair the groups of two reports by section and name."""
    earlier = dict(_groups(before))
    return [
        _change(section, name, group, earlier[section, name])
        for (section, name), group in _groups(now)
        if (section, name) in earlier
    ]


def _groups(report: PassRateReport) -> Iterator[tuple[Key, GroupRate]]:
    for section, groups in report.every_section():
        for group in groups:
            yield (section, group.name), group


def _change(section: str, name: str, now: GroupRate, before: GroupRate) -> GroupChange:
    points = change_in_points(now.rate.exact, before.rate.exact, now.rate.places)
    score = change_in_points(now.score.exact, before.score.exact, now.score.places)
    return GroupChange(section, name, now, before, points, score)


def biggest_movers(changes: Sequence[GroupChange], count: int) -> list[GroupChange]:
    """Districts and departments whose rate moved most, largest change first."""
    moved = [one for one in changes if one.section in {"districts", "departments"} and one.points]
    return sorted(moved, key=lambda one: (-abs(one.points or Decimal(0)), one.section, one.name))[:count]


@dataclass(frozen=True, slots=True)
class Streak:
    """A group at 100 % in the last `periods` periods in a row; `unknown` sites stood outside these rates."""

    section: str
    name: str
    periods: int
    unknown: int


@dataclass(frozen=True, slots=True)
class RepeatOffender:
    """A site that failed in the last `periods` periods in a row."""

    code: str
    name: str
    periods: int


@dataclass(frozen=True, slots=True)
class History:
    """Periods, newest first, that were judged under one rubric file, and what repeats in them."""

    periods: tuple[str, ...]
    streaks: tuple[Streak, ...]
    offenders: tuple[RepeatOffender, ...]


def read_history(engine: Engine, period_label: str, rubric_id: str, least: int = 2) -> History:
    """Streaks and repeat offenders over `least` periods or more, back from this one.

    The row of periods ends at the first one that was judged otherwise: nothing is compared across rubrics.
    Raises UnknownPeriodError, RubricError and IncomparableError.
    """
    rubric = load_rubric(rubric_id)
    refuse_other_rubric(engine, find_period(engine, period_label), rubric)
    held = _comparable(engine, find_period(engine, period_label), rubric)
    reports = [dict(_groups(read_pass_rates(engine, period.label, rubric_id))) for period in held]
    streaks = [_streak(key, reports) for key in reports[0]]
    with engine.connect() as connection:
        results = [read_site_results(connection, period.id, rubric.key) for period in held]
    failed = [{site.code for site in sites if site.result == "fail"} for sites in results]
    offenders = [RepeatOffender(site.code, site.name, _run(site.code, failed)) for site in results[0]]
    return History(
        periods=tuple(period.label for period in held),
        streaks=tuple(one for one in streaks if one.periods >= least),
        offenders=tuple(one for one in offenders if one.periods >= least),
    )


def _comparable(engine: Engine, newest: Period, rubric: Rubric) -> list[Period]:
    earlier = [period for period in list_periods(engine) if period.check_at <= newest.check_at]
    held: list[Period] = []
    for period in sorted(earlier, key=lambda period: (period.check_at, period.id), reverse=True):
        try:
            refuse_other_rubric(engine, period, rubric)
        except IncomparableError:
            break
        held.append(period)
    return held


def _streak(key: Key, reports: Sequence[dict[Key, GroupRate]]) -> Streak:
    perfect: list[GroupRate] = []
    for report in reports:
        group = report.get(key)
        if group is None or not group.rate.judged or group.rate.failed:
            break
        perfect.append(group)
    return Streak(key[0], key[1], len(perfect), sum(group.rate.unknown for group in perfect))


def _run(code: str, failed: Sequence[set[str]]) -> int:
    """In how many periods in a row, from the newest back."""
    return next((number for number, codes in enumerate(failed) if code not in codes), len(failed))
