"""Pass rates (合格率) and mark ratios of a period: of the whole, of each district, of each department.

Every included site stands in exactly one of city portal, district, department and 未分区, so that the
parts add up to the whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from govspider.db.engine import Engine
from govspider.db.periods import Period, find_period
from govspider.db.reused_answers import ReusedInPeriod, read_reused_in_period
from govspider.db.unchanged_pages import UnchangedInPeriod, read_unchanged_in_period
from govspider.db.verdicts import (
    OrganisationRow,
    SiteResult,
    read_exclusions,
    read_organisations,
    read_site_results,
)
from govspider.items import MarkState
from govspider.judging.places import group_of, line_of
from govspider.reports.words import words
from govspider.rubrics.model import Rubric, load_rubric
from govspider.scoring import AverageScore, MarkRate, PassRate

ALL_MARKS = "all"
_LAST = 1 << 31  # after every position of the protocol order


class RateSumError(RuntimeError):
    """Parts that do not add up to the whole: nothing of it may be published."""


@dataclass(frozen=True, slots=True)
class GroupRate:
    """Rates of one group of sites. `group`: total, city, district, department or unassigned."""

    group: str
    name: str
    rate: PassRate
    marks: Mapping[str, MarkRate]
    score: AverageScore = field(default_factory=AverageScore)
    """Average of the settled scores; counts no site where the rubric scores none."""


@dataclass(frozen=True, slots=True)
class PassRateReport:
    """All rates of a period under a rubric.

    `parts` are the totals of city portals, districts, departments and 未分区 and add up to
    `overall`; `districts` add up to the part of the districts, `departments` to theirs.
    """

    period: Period
    rubric: Rubric
    overall: GroupRate
    parts: tuple[GroupRate, ...]
    districts: tuple[GroupRate, ...]
    departments: tuple[GroupRate, ...]
    excluded: tuple[tuple[str, int], ...]
    lines: tuple[GroupRate, ...] = ()
    """Department lines (条线), units without one last; they add up to `overall`."""
    site_types: tuple[GroupRate, ...] = ()
    """Types of sites; they add up to `overall`."""

    complete: bool = False
    """True once persons entered every clause that waits for them, of every site."""
    reused: ReusedInPeriod | None = None
    """Links that were not asked in the period's runs, as earlier answers stand for them."""
    unchanged: UnchangedInPeriod | None = None
    """Pages that their server called unchanged in the period's runs, so that their bytes are of earlier."""

    @property
    def label(self) -> str:
        """What the verdicts cover: 自动可判项, or all clauses once every one is entered."""
        scoring = self.rubric.scoring
        return scoring.complete_label if self.complete else scoring.verdict_label

    def every_section(self) -> Iterator[tuple[str, Sequence[GroupRate]]]:
        """All sections, those that are shown only on demand among them."""
        yield from self.sections()
        yield "lines", self.lines
        yield "site_types", self.site_types

    def sections(self, by: str | None = None) -> Iterator[tuple[str, Sequence[GroupRate]]]:
        """Sections to show: all of them, or only the whole and those that `by` names.

        Parameters: `by` district, department, line or site_type.
        """
        yield "overall", (self.overall,)
        if by is None:
            yield "parts", self.parts
        if by in {None, "district"}:
            yield "districts", self.districts
        if by in {None, "department"}:
            yield "departments", self.departments
        if by == "line":
            yield "lines", self.lines
        if by == "site_type":
            yield "site_types", self.site_types


def read_pass_rates(engine: Engine, period_label: str, rubric_id: str) -> PassRateReport:
    """Rates from the stored verdicts; judge first. Raises UnknownPeriodError, RubricError and RateSumError."""
    rubric = load_rubric(rubric_id)
    period = find_period(engine, period_label)
    with engine.connect() as connection:
        results = read_site_results(connection, period.id, rubric_id)
        organisations = read_organisations(connection)
        excluded = read_exclusions(connection, period.id)
        reused = read_reused_in_period(connection, period.id)
        unchanged = read_unchanged_in_period(connection, period.id)
    rated = rate_sites(period, rubric, results, organisations, excluded)
    return replace(rated, reused=reused, unchanged=unchanged)


def rate_sites(
    period: Period,
    rubric: Rubric,
    results: Sequence[SiteResult],
    organisations: Mapping[int, OrganisationRow],
    excluded: Sequence[tuple[str, int]] = (),
) -> PassRateReport:
    """Group sites by where their unit stands in the tree, and rate each group. Raises RateSumError."""
    members: defaultdict[tuple[str, int | None], list[SiteResult]] = defaultdict(list)
    of_line: defaultdict[str | None, list[SiteResult]] = defaultdict(list)
    of_type: defaultdict[str, list[SiteResult]] = defaultdict(list)
    for result in results:
        of_line[line_of(result.organisation_id, organisations)].append(result)
        of_type[result.site_type].append(result)
        members[group_of(result.organisation_id, organisations)].append(result)
    rate = _Rater(rubric)
    names, types = words("groups"), words("site_types")

    def total(group: str) -> GroupRate:
        sites = [site for (kind, _), found in members.items() if kind == group for site in found]
        return rate(group, names[group], sites)

    def each(group: str) -> tuple[GroupRate, ...]:
        ids = [identity for kind, identity in members if kind == group and identity is not None]
        ids.sort(key=lambda identity: _protocol_order(organisations[identity]))
        return tuple(rate(group, organisations[identity].name, members[group, identity]) for identity in ids)

    report = PassRateReport(
        period=period,
        rubric=rubric,
        overall=rate("total", names["total"], results),
        parts=tuple(total(group) for group in ("city", "district", "department", "unassigned")),
        districts=each("district"),
        departments=each("department"),
        excluded=tuple(excluded),
        lines=tuple(
            rate("line", line or names["no_line"], of_line[line])
            for line in sorted(of_line, key=lambda line: (line is None, line))
        ),
        complete=bool(results) and not any(site.has_open_clauses for site in results),
        site_types=tuple(rate("site_type", types[one], of_type[one]) for one in types if one in of_type),
    )
    _refuse_wrong_sums(report)
    return report


def _protocol_order(unit: OrganisationRow) -> tuple[int, int]:
    return unit.position if unit.position is not None else _LAST, unit.id


class _Rater:
    """Makes the rates of any group of sites under one rubric."""

    def __init__(self, rubric: Rubric) -> None:
        self._places = rubric.scoring.rate_places
        self._marks = rubric.footer_marks

    def __call__(self, group: str, name: str, sites: Iterable[SiteResult]) -> GroupRate:
        found = list(sites)
        counts = Counter(site.result for site in found)
        # a site that was not judged is as unknown as one that could not be
        passed, failed = counts["pass"], counts["fail"]
        rate = PassRate(passed, failed, len(found) - passed - failed, self._places)
        states = [self._states(site) for site in found]
        marks = {mark: self._ratio(seen.get(mark) for seen in states) for mark in self._marks.reported}
        marks[ALL_MARKS] = self._ratio(self._all(seen) for seen in states)
        return GroupRate(group, name, rate, marks, _average(found, self._places))

    def _states(self, site: SiteResult) -> dict[str, str]:
        """State of each mark as a reader of the footer sees it."""
        outside = self._marks.outside_footer
        return {name: mark.listed(outside.get(name, ())).state.value for name, mark in site.marks.items()}

    def _ratio(self, states: Iterable[str | None]) -> MarkRate:
        counts = Counter(states)
        present, absent, invalid = (
            counts[state.value] for state in (MarkState.PRESENT, MarkState.ABSENT, MarkState.INVALID)
        )
        unknown = sum(counts.values()) - present - absent - invalid
        return MarkRate(present, absent, invalid, unknown, self._places)

    def _all(self, marks: Mapping[str, str]) -> str:
        """State of all configured marks together: one that is missing decides, one unknown leaves it open."""
        states = [marks.get(mark, MarkState.UNKNOWN) for mark in self._marks.all]
        for state in (MarkState.ABSENT, MarkState.INVALID, MarkState.UNKNOWN):
            if state in states:
                return state
        return MarkState.PRESENT


def _average(sites: Sequence[SiteResult], places: int) -> AverageScore:
    scored = [site.score for site in sites if site.has_score and site.score is not None]
    waiting = sum(site.has_score and site.score is None for site in sites)
    return AverageScore(sum(map(Fraction, scored), Fraction(0)), len(scored), waiting, places)


def _refuse_wrong_sums(report: PassRateReport) -> None:
    sums = {
        "overall": (report.overall, report.parts),
        "districts": (report.parts[1], report.districts),
        "departments": (report.parts[2], report.departments),
        "lines": (report.overall, report.lines),
        "site_types": (report.overall, report.site_types),
    }
    for name, (whole, parts) in sums.items():
        added = sum((part.rate for part in parts), PassRate(places=whole.rate.places))
        if added != whole.rate:
            raise RateSumError(f"{name}: the parts add up to {added}, the whole is {whole.rate}")


# ── rows for files ──────────────────────────────────────────────────────────────────────────


def rate_figures(rate: PassRate) -> dict[str, int | Decimal | None]:
    """The figures of a rate by the keys of the reports."""
    return {
        "included": rate.included,
        "pass": rate.passed,
        "fail": rate.failed,
        "unknown": rate.unknown,
        "rate": rate.rate,
        "coverage": rate.coverage,
        "lower": rate.lower,
        "upper": rate.upper,
    }


def mark_figures(rate: MarkRate) -> dict[str, int | Decimal | None]:
    """The figures of a mark's ratio by the keys of the reports."""
    return {
        "present": rate.present,
        "absent": rate.absent,
        "invalid": rate.invalid,
        "established": rate.established,
        "unknown": rate.unknown,
        "ratio": rate.ratio,
    }


def score_figures(score: AverageScore) -> dict[str, int | Decimal | None]:
    """The figures of an average score by the keys of the reports."""
    return {"average": score.average, "scored": score.scored, "unsettled": score.unsettled}


def pass_rates_json(report: PassRateReport, by: str | None = None) -> dict[str, Any]:
    """The report as one JSON object; rates are percent."""
    sections = {name: [_group_json(group) for group in groups] for name, groups in report.sections(by)}
    return {
        "period": report.period.label,
        "check_at": report.period.check_at.isoformat(),
        "rubric": report.rubric.key,
        "rubric_sha256": report.rubric.sha256,
        "verdict": report.label,
        "clauses": [rule.id for rule in report.rubric.automatic],
        "all_marks": list(report.rubric.footer_marks.all),
        **sections,
        "overall": sections["overall"][0],
        "excluded": [{"reason": reason, "sites": count} for reason, count in report.excluded],
        "reused_answers": _reused_json(report.reused),
        "unchanged_pages": _unchanged_json(report.unchanged),
    }


def _reused_json(reused: ReusedInPeriod | None) -> dict[str, Any] | None:
    if reused is None:
        return None
    return {"links": reused.links, "first": reused.first.isoformat(), "last": reused.last.isoformat()}


def _unchanged_json(found: UnchangedInPeriod | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"pages": found.pages, "first": found.first.isoformat(), "last": found.last.isoformat()}


def _group_json(group: GroupRate) -> dict[str, Any]:
    return {
        "group": group.group,
        "name": group.name,
        **_plain(rate_figures(group.rate)),
        "score": _plain(score_figures(group.score)),
        "marks": {mark: _plain(mark_figures(rate)) for mark, rate in group.marks.items()},
    }


def _plain(figures: Mapping[str, int | Decimal | None]) -> dict[str, int | float | None]:
    return {key: float(value) if isinstance(value, Decimal) else value for key, value in figures.items()}
