"""Every export, one by one, with names and page texts that a spreadsheet would run."""

from __future__ import annotations

import csv
import importlib.util
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy.engine import Engine

from govspider.db.analysis_rows import read_view
from govspider.db.review_queue import read_queue
from govspider.entries import Origin, Reject
from govspider.formula_text import original
from govspider.judging import DEFAULT_RUBRIC, judge
from govspider.judging.entering import form_lines
from govspider.registry.reject_file import write_rejects
from govspider.registry.sheets import read_table_file
from govspider.reports.domain_sheet import read_domain_sheet
from govspider.reports.entry_form import form_xlsx, read_form
from govspider.reports.filled_form import read_filled_form
from govspider.reports.forecast import forecast_sheet, list_forecast
from govspider.reports.hidden_targets import campaign_sheet, index_sheet, list_hidden_targets
from govspider.reports.pass_rates import read_pass_rates
from govspider.reports.problems import list_problems, problems_sheet
from govspider.reports.rate_sheets import combined_sheet, notes_sheet
from govspider.reports.review_form import review_xlsx
from govspider.reports.run_report import write_reports
from govspider.reports.screen import table_of
from govspider.reports.spreadsheet import Sheet, csv_bytes, xlsx_bytes
from govspider.reports.view_files import write_csv, write_parquet
from govspider.reports.words import words
from tests.hostile_cells import PLAIN, TEXTS, cells_of, runs
from tests.observed_city import CHECK_AT, CHECK_DAY, PERIOD, ObservedCity, days_ago
from tests.optional_parts import do_without

# what PostgreSQL, or a line of text, holds as it is
STORED = tuple(text for text in TEXTS if "\x00" not in text)
"""Texts as a database may hold them."""


@dataclass(frozen=True)
class City:
    """A city whose units, columns and pages are called like formulas, judged."""

    engine: Engine


@pytest.fixture
def city(engine: Engine) -> City:
    made = ObservedCity(engine)
    made.organisation("=1+1市", "city")
    for number, text in enumerate(STORED):
        code = f"01000000{number:02d}"
        made.organisation(text, "department", "=1+1市")
        made.site(code, text)
        look, _ = made.look(code)
        page = made.home(look, code, days_ago(1))
        made.listed(look, code, made.column(code, text, "news"), days_ago(40))
        made.dark_link(page, look, "http://bet.example.com/", anchor=text, snippet=text, path=text)
        made.wording(page, look, f"{made.home_url(code)}a.html", sentence=text, wrong_text=text, suggestion=text)
    judge(engine, PERIOD, DEFAULT_RUBRIC, CHECK_AT + timedelta(hours=1))
    return City(engine)


def problem_list(city: City, _: Path) -> bytes:
    return csv_bytes(problems_sheet(list_problems(city.engine, PERIOD, DEFAULT_RUBRIC), chinese=False))


def problem_workbook(city: City, _: Path) -> bytes:
    sheet = problems_sheet(list_problems(city.engine, PERIOD, DEFAULT_RUBRIC), chinese=True)
    return xlsx_bytes([sheet, notes_sheet(read_pass_rates(city.engine, PERIOD, DEFAULT_RUBRIC))])


def pass_rates(city: City, _: Path) -> bytes:
    return csv_bytes(combined_sheet(read_pass_rates(city.engine, PERIOD, DEFAULT_RUBRIC)))


def report_file(name: str) -> Callable[[City, Path], bytes]:
    def write(city: City, folder: Path) -> bytes:
        write_reports(city.engine, PERIOD, DEFAULT_RUBRIC, folder)
        return (folder / name).read_bytes()

    return write


def forecast(city: City, _: Path) -> bytes:
    return csv_bytes(forecast_sheet(list_forecast(city.engine, PERIOD, DEFAULT_RUBRIC, CHECK_DAY)))


def index_of_targets(city: City, _: Path) -> bytes:
    return csv_bytes(index_sheet(city.engine, list_hidden_targets(city.engine, PERIOD)))


def campaigns(city: City, _: Path) -> bytes:
    return csv_bytes(campaign_sheet(list_hidden_targets(city.engine, PERIOD)))


def review(city: City, _: Path) -> bytes:
    with city.engine.connect() as connection:
        return review_xlsx(read_queue(connection, ("suspected", "confirmed")))


def entry(city: City, _: Path) -> bytes:
    return form_xlsx(form_lines(city.engine, PERIOD, DEFAULT_RUBRIC), only_open=False)


def view(city: City, folder: Path) -> bytes:
    with read_view(city.engine, "site_scope", PERIOD) as found:
        write_csv(folder / "view.csv", found.columns, found.blocks)
    return (folder / "view.csv").read_bytes()


def rejects(ending: str) -> Callable[[City, Path], bytes]:
    def write(_: City, folder: Path) -> bytes:
        made = [Reject(Origin("底账", 2 + number, (text, text)), text) for number, text in enumerate(STORED)]
        write_rejects(folder / f"退回.{ending}", made, {"底账": ("=名称", "网址")})
        return (folder / f"退回.{ending}").read_bytes()

    return write


EXPORTS: dict[str, Callable[[City, Path], bytes]] = {
    "problems.py csv": problem_list,
    "problems.py xlsx": problem_workbook,
    "pass_rates.py csv": pass_rates,
    **{name: report_file(name) for name in ("合格率.xlsx", "合格率.csv", "问题清单.xlsx", "问题清单.csv")},
    "forecast.py csv": forecast,
    "domains.py index csv": index_of_targets,
    "domains.py campaigns csv": campaigns,
    "review.py export": review,
    "manual_clauses.py export": entry,
    "export.py csv": view,
    "rejected rows csv": rejects("csv"),
    "rejected rows xlsx": rejects("xlsx"),
}
# which show some of the texts only: the first anchors of a target
_SHOW_SOME = {"domains.py index csv", "domains.py campaigns csv"}


def test_no_cell_of_any_export_runs_and_each_gives_its_text_back(city: City, tmp_path: Path) -> None:
    for name, export in EXPORTS.items():
        cells = list(cells_of(export(city, tmp_path)))
        assert [text for text in cells if runs(text)] == [], name
        if name not in _SHOW_SOME:
            seen = [original(text).strip() for text in cells]
            wanted = {text.replace("\x0b", "").strip() for text in STORED}
            missing = [text for text in wanted if not any(text in cell for cell in seen)]
            assert missing == [], f"{name} does not show them, so it was not tried with them"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_rejected_rows_are_read_again_as_they_were(ending: str, tmp_path: Path) -> None:
    texts = [text for text in (*STORED, *PLAIN) if text and "\x0b" not in text and "\r" not in text]
    rows = [Reject(Origin("", number, (text, "x")), "") for number, text in enumerate(texts, start=2)]
    path = tmp_path / f"退回.{ending}"
    write_rejects(path, rows, {"": ("名称", "网址")})
    (sheet,) = read_table_file(path).sheets
    assert [row.cells[0] for row in sheet.rows[1:]] == texts


def test_the_entry_form_comes_back_with_what_was_written_into_it(city: City, tmp_path: Path) -> None:
    path = tmp_path / "人工.xlsx"
    path.write_bytes(entry(city, tmp_path))
    book = load_workbook(path)
    names = words("entry_form")
    page = book.worksheets[0]
    header = [cell.value for cell in page[1]]
    for number, text in enumerate(STORED, start=2):
        cell = page.cell(number, header.index(names["note"]) + 1)
        cell.value, cell.data_type = text.replace("\x0b", ""), "s"
    book.save(path)
    notes = [line.note for line in read_form(path)][: len(STORED)]
    assert notes == [original(text.replace("\x0b", "").strip()) for text in STORED]


def test_the_review_form_gives_names_and_page_texts_back(city: City, tmp_path: Path) -> None:
    path = tmp_path / "复核.xlsx"
    path.write_bytes(review(city, tmp_path))
    rows = read_filled_form(path, words("review_form"), ("site", "evidence", "snippet"))
    wanted = {text.replace("\x0b", "").strip() for text in STORED}
    assert wanted <= {row.values["snippet"] for row in rows}


def test_a_sheet_of_domains_is_read_as_it_was_written() -> None:
    sheet = Sheet("域名", ("域名", "判定", "理由"), [("bet.com", "暗链", text) for text in TEXTS if text.isprintable()])
    rows, rejected = read_domain_sheet(csv_bytes(sheet))
    assert rejected == []
    assert [row.reason for row in rows] == [text.strip() for text in TEXTS if text.isprintable()]


def test_headers_run_no_more_than_cells() -> None:
    sheet = Sheet("清单", ["=1+1", "@名称"], [("甲", "乙")])
    for content in (csv_bytes(sheet), xlsx_bytes([sheet])):
        assert list(cells_of(content)) == ["'=1+1", "'@名称", "甲", "乙"]


def test_a_view_of_lists_and_objects_runs_no_formula(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", ["=名称"], [[(text,) for text in TEXTS], [(["=1"],), ({"=1": "=2"},), (-5,)]])
    rows = list(csv.reader(StringIO((tmp_path / "a.csv").read_text("utf-8-sig"), newline="")))
    assert [cell for (cell,) in rows[:-1] if runs(cell)] == []
    assert rows[-1] == ["-5"], "a number is no text"


def test_parquet_is_no_spreadsheet_and_keeps_every_text(tmp_path: Path) -> None:
    if importlib.util.find_spec("pyarrow") is None:
        do_without("parquet", "pyarrow is an optional part: pip install '.[parquet]'", os.environ)
    from pyarrow import parquet

    write_parquet(tmp_path / "a.parquet", ["名称"], [[(text,) for text in TEXTS]])
    assert parquet.read_table(tmp_path / "a.parquet").column("名称").to_pylist() == list(TEXTS)


def test_a_table_on_the_screen_shows_formulas_and_obeys_nothing() -> None:
    table = table_of(Sheet("清单", ["名称"], [("=1+1",), ("\x1b[31m红\x1b]0;x\x07",)]))
    shown = [str(cell) for column in table.columns for cell in column.cells]
    assert shown[0] == "=1+1"
    assert not set(shown[1]) & {"\x1b", "\x07"}
