"""Pass rates as tables for csv and xlsx, with the page that says how they were counted (口径说明)."""

from __future__ import annotations

from govspider.reports.pass_rates import GroupRate, PassRateReport, mark_figures, rate_figures
from govspider.reports.spreadsheet import Cell, Sheet
from govspider.reports.words import words

_FIGURES = ("included", "pass", "fail", "unknown", "rate", "coverage", "lower", "upper")
_MARK_FIGURES = ("present", "established", "unknown", "ratio")


def rates_sheet(report: PassRateReport, by: str | None = None) -> Sheet:
    """One row per group: counts, rate, coverage and bounds."""
    names = words("pass_rates")
    header = [names["section"], names["name"], *(names[key] for key in _FIGURES)]
    return Sheet(names["title"], header, [(*start, *_figures(group)) for start, group in _groups(report, by)])


def marks_sheet(report: PassRateReport, by: str | None = None) -> Sheet:
    """One row per group: each mark with its numerator, denominator, unknown sites and ratio."""
    names, marks = words("pass_rates"), words("marks")
    header = [names["section"], names["name"], *_mark_header(report)]
    rows = [(*start, *_mark_cells(group)) for start, group in _groups(report, by)]
    return Sheet(marks["title"], header, rows)


def combined_sheet(report: PassRateReport, by: str | None = None) -> Sheet:
    """Rates and marks in one table, for csv."""
    rates, marks = rates_sheet(report, by), marks_sheet(report, by)
    rows = [(*rate, *mark[2:]) for rate, mark in zip(rates.rows, marks.rows, strict=True)]
    return Sheet(rates.title, [*rates.header, *marks.header[2:]], rows)


def notes_sheet(report: PassRateReport) -> Sheet:
    """How the figures were counted: period, rubric, denominators, formulas, exclusions."""
    notes, marks = words("notes"), words("marks")
    period, rubric = report.period, report.rubric
    clauses = "；".join(f"{rule.id} {rule.name}（{rule.clause}）" for rule in rubric.automatic)
    together = "、".join(marks[mark] for mark in rubric.footer_marks.all)
    rows: list[tuple[str, str]] = [
        (notes["period"], period.label),
        (notes["days"], f"{period.data_from} 至 {period.data_to}"),
        (notes["check_at"], period.check_at.strftime("%Y-%m-%d %H:%M:%S")),
        (notes["rubric"], f"{rubric.meta.title}（{rubric.meta.document_number}）"),
        (notes["rubric_file"], f"{rubric.key}，SHA-256 {rubric.sha256}"),
        (notes["clauses"], f"{report.label}：{clauses}"),
        (notes["denominator"], notes["denominator_text"]),
        *((notes["excluded"], f"{reason} {count}") for reason, count in report.excluded),
        *_reused(report),
        *_unchanged(report),
        *((notes[key], notes[f"{key}_text"]) for key in ("rate", "coverage", "bounds", "unknown")),
        (notes["rounding"], notes["rounding_text"].format(rubric.scoring.rate_places)),
        (notes["marks"], notes["marks_text"].format(together)),
        (notes["states"], notes["states_text"]),
    ]
    return Sheet(notes["title"], ["项目", "说明"], rows)


def _reused(report: PassRateReport) -> list[tuple[str, str]]:
    reused, notes = report.reused, words("notes")
    if reused is None:
        return []
    first, last = (f"{one:%Y-%m-%d %H:%M}" for one in (reused.first, reused.last))
    return [(notes["reused"], notes["reused_text"].format(reused.links, first, last))]


def _unchanged(report: PassRateReport) -> list[tuple[str, str]]:
    found, notes = report.unchanged, words("notes")
    if found is None:
        return []
    first, last = (f"{one:%Y-%m-%d %H:%M}" for one in (found.first, found.last))
    return [(notes["unchanged"], notes["unchanged_text"].format(found.pages, first, last))]


def _groups(report: PassRateReport, by: str | None) -> list[tuple[tuple[str, str], GroupRate]]:
    names = words("sections")
    return [((names[section], group.name), group) for section, groups in report.sections(by) for group in groups]


def _figures(group: GroupRate) -> list[Cell]:
    figures = rate_figures(group.rate)
    return [figures[key] for key in _FIGURES]


def _mark_header(report: PassRateReport) -> list[str]:
    marks = words("marks")
    return [f"{marks[mark]} {marks[key]}" for mark in report.overall.marks for key in _MARK_FIGURES]


def _mark_cells(group: GroupRate) -> list[Cell]:
    return [mark_figures(rate)[key] for rate in group.marks.values() for key in _MARK_FIGURES]
