"""Pass rates as tables on the screen."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from govspider.reports.pass_rates import GroupRate, PassRateReport, rate_figures
from govspider.reports.spreadsheet import Sheet
from govspider.reports.terminal import plain
from govspider.reports.words import words

_WIDTH = 140
_FIGURES = ("included", "pass", "fail", "unknown", "rate", "coverage", "lower", "upper")


def render_tables(report: PassRateReport, by: str | None = None) -> str:
    """The tables as plain text, for files and logs."""
    out = io.StringIO()
    _print(Console(file=out, width=_WIDTH), report, by)
    return out.getvalue()


def print_tables(report: PassRateReport, by: str | None = None) -> None:
    """Print the tables: the whole, districts, departments, footer marks."""
    console = Console()
    _print(console if console.is_terminal else Console(width=_WIDTH), report, by)


def _print(console: Console, report: PassRateReport, by: str | None) -> None:
    rubric = report.rubric
    clauses = "、".join(rule.id for rule in rubric.automatic)
    check_at = report.period.check_at.strftime("%Y-%m-%d %H:%M")
    console.print(
        f"监测周期 {report.period.label}，监测时间点 {check_at}，依据 {rubric.meta.document_number}"
        f"（{report.label}：{clauses}）",
        highlight=False,
        markup=False,
    )
    for section, groups in report.sections(by):
        if groups:
            console.print(_rates_table(words("sections")[section], groups))
    console.print(_marks_table(report.overall))
    if report.excluded:
        reasons = "、".join(f"{reason} {count}" for reason, count in report.excluded)
        console.print(f"未纳入统计：{plain(reasons)}", highlight=False, markup=False)


def print_sheets(sheets: Iterable[Sheet]) -> None:
    """Print tables one after the other."""
    console = Console()
    console = console if console.is_terminal else Console(width=_WIDTH)
    for sheet in sheets:
        console.print(table_of(sheet))


def table_of(sheet: Sheet) -> Table:
    """A sheet as a table whose cells are text and nothing else, whatever a page put into them."""
    table = Table(title=_cell(sheet.title), title_justify="left")
    for name in sheet.header:
        table.add_column(_cell(name))
    for row in sheet.rows:
        table.add_row(*("" if value is None else _cell(str(value)) for value in row))
    return table


def _cell(text: str) -> Text:
    return Text(plain(text))


def _rates_table(title: str, groups: Sequence[GroupRate]) -> Table:
    names = words("pass_rates")
    table = Table(title=title, title_justify="left")
    table.add_column(names["name"])
    for key in _FIGURES:
        table.add_column(names[key], justify="right")
    for group in groups:
        figures = rate_figures(group.rate)
        table.add_row(_cell(group.name), *(_shown(figures[key]) for key in _FIGURES))
    return table


def _marks_table(overall: GroupRate) -> Table:
    names = words("marks")
    table = Table(title=f"{names['title']}（{overall.name}）", title_justify="left")
    table.add_column(words("pass_rates")["name"])
    for key in ("present", "established", "unknown", "ratio"):
        table.add_column(names[key], justify="right")
    for mark, rate in overall.marks.items():
        shown = (_shown(value) for value in (rate.present, rate.established, rate.unknown, rate.ratio))
        table.add_row(names[mark], *shown)
    return table


def _shown(value: int | Decimal | None) -> str:
    return words("notes")["blank"] if value is None else str(value)
