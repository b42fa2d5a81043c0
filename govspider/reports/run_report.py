"""The reports of a run, as files for people: 合格率 and 问题清单."""

from __future__ import annotations

import json
from pathlib import Path

from govspider.db.engine import Engine
from govspider.reports.pass_rates import PassRateReport, pass_rates_json, read_pass_rates
from govspider.reports.problems import list_problems, problems_sheet
from govspider.reports.rate_sheets import combined_sheet, marks_sheet, notes_sheet, rates_sheet
from govspider.reports.spreadsheet import csv_bytes, xlsx_bytes


def write_reports(engine: Engine, period_label: str, rubric_id: str, folder: Path) -> list[Path]:
    """Write the reports of a judged period and name the files, in the order written.

    The folder is made where it is missing; files of an earlier run are replaced.
    Raises UnknownPeriodError, RubricError, RateSumError and OSError.
    """
    report = read_pass_rates(engine, period_label, rubric_id)
    problems = problems_sheet(list_problems(engine, period_label, rubric_id), chinese=True)
    contents = {
        "合格率.xlsx": pass_rates_xlsx(report),
        "合格率.csv": csv_bytes(combined_sheet(report)),
        "合格率.json": pass_rates_text(report).encode(),
        "问题清单.xlsx": xlsx_bytes([problems, notes_sheet(report)]),
        "问题清单.csv": csv_bytes(problems),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


def pass_rates_xlsx(report: PassRateReport, by: str | None = None) -> bytes:
    """Rates, marks and 口径说明 as one workbook."""
    return xlsx_bytes([rates_sheet(report, by), marks_sheet(report, by), notes_sheet(report)])


def pass_rates_text(report: PassRateReport, by: str | None = None) -> str:
    """The report as JSON text, one object, Chinese readable."""
    return json.dumps(pass_rates_json(report, by), ensure_ascii=False, indent=2) + "\n"
