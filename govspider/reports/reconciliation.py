"""Do the figures of a period, or of a printed notice, come out of their own counts?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from govspider.db.engine import Engine
from govspider.db.verdicts import count_targets_and_verdicts, out_of_date
from govspider.reports.pass_rates import PassRateReport, read_pass_rates
from govspider.scoring import PassRate, numerators_printed_as, percent


@dataclass(frozen=True, slots=True)
class Reconciled:
    """One figure that was checked; `told` says what was found, in words."""

    name: str
    holds: bool
    told: str


def reconcile_rate(name: str, total: int, failed: int, printed: Decimal) -> Reconciled:
    """Does a printed pass rate come from its own total and failures, half up to as many decimals?"""
    return reconcile_share(name, total - failed, total, printed)


def reconcile_share(name: str, numerator: int | None, denominator: int, printed: Decimal) -> Reconciled:
    """Does a printed share come from its counts?

    Parameters: `numerator` None where the notice prints none: then any whole number may be behind it.
    """
    fitting = numerators_printed_as(printed, denominator)
    if numerator is None:
        told = (
            f"{'、'.join(map(str, fitting))} ÷ {denominator}" if fitting else f"没有整数 ÷ {denominator} 得 {printed}%"
        )
        return Reconciled(name, bool(fitting), told)
    places = max(-int(printed.as_tuple().exponent), 0)
    computed = percent(numerator, denominator, places)
    return Reconciled(name, computed == printed, f"{numerator} ÷ {denominator} = {computed}%，印为 {printed}%")


def reconcile_sum(name: str, parts: tuple[int, ...], whole: int) -> Reconciled:
    """Do the parts add up to the printed whole?"""
    return Reconciled(name, sum(parts) == whole, f"各项之和 {sum(parts)}，总数 {whole}")


def reconcile_period(engine: Engine, period_label: str, rubric_id: str) -> list[Reconciled]:
    """Check a judged period. Raises UnknownPeriodError, RubricError, and RateSumError where parts do not add up."""
    report = read_pass_rates(engine, period_label, rubric_id)
    with engine.connect() as connection:
        targets, included, verdicts = count_targets_and_verdicts(connection, report.period.id, report.rubric.key)
        stale = out_of_date(connection, report.period.id, report.rubric.key, report.rubric.sha256)
    excluded = sum(count for _, count in report.excluded)
    return [
        reconcile_sum("统计范围：纳入与未纳入", (included, excluded), targets),
        reconcile_sum("纳入统计与总体", (report.overall.rate.included,), included),
        reconcile_sum("网站判定与纳入统计", (verdicts,), included),
        Reconciled(
            "判定依据", not stale, "有网站的判定不是依据最新巡检和现行指标文件" if stale else "最新巡检和现行指标文件"
        ),
        *_sections(report),
        *_rates(report),
    ]


def _sections(report: PassRateReport) -> Iterator[Reconciled]:
    wholes = {
        "parts": report.overall.rate,
        "districts": report.parts[1].rate,
        "departments": report.parts[2].rate,
        "lines": report.overall.rate,
        "site_types": report.overall.rate,
    }
    for section, groups in report.every_section():
        whole = wholes.get(section)
        if whole is None:
            continue
        added = sum((group.rate for group in groups), PassRate(places=whole.places))
        for figure in ("included", "passed", "failed", "unknown"):
            held, summed = getattr(whole, figure), getattr(added, figure)
            yield Reconciled(f"{section} {figure}", held == summed, f"各项之和 {summed}，总数 {held}")


def _rates(report: PassRateReport) -> Iterator[Reconciled]:
    for section, groups in report.every_section():
        for group in groups:
            rate = group.rate
            if rate.rate is not None:
                fits = rate.passed in numerators_printed_as(rate.rate, rate.judged)
                yield Reconciled(f"{section} {group.name}", fits, f"{rate.passed} ÷ {rate.judged} 印为 {rate.rate}%")
