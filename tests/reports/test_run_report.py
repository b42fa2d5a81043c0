"""The report files of a run."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy.engine import Engine

from govspider.judging import DEFAULT_RUBRIC, judge
from govspider.reports.run_report import write_reports
from tests.observed_city import CHECK_AT, PERIOD, ObservedCity, days_ago

CODE = "0100000001"


@pytest.fixture
def city(engine: Engine) -> ObservedCity:
    made = ObservedCity(engine)
    made.organisation("甲市", "city")
    made.organisation("市教育局", "department", "甲市")
    made.site(CODE, "市教育局")
    look_id, _ = made.look(CODE)
    page_id = made.home(look_id, CODE, days_ago(1))
    made.dark_link(page_id, look_id, "http://bet.example.com/")
    for number in range(5):
        made.listed(look_id, CODE, made.column(CODE, f"=要闻{number}", "news"), days_ago(40))
    judge(engine, PERIOD, DEFAULT_RUBRIC, CHECK_AT + timedelta(hours=1))
    return made


def test_every_report_is_written_and_named(city: ObservedCity, tmp_path: Path) -> None:
    written = write_reports(city.engine, PERIOD, DEFAULT_RUBRIC, tmp_path / "out")
    names = ["合格率.xlsx", "合格率.csv", "合格率.json", "问题清单.xlsx", "问题清单.csv"]
    assert [path.name for path in written] == names
    assert all(path.stat().st_size for path in written)
    assert write_reports(city.engine, PERIOD, DEFAULT_RUBRIC, tmp_path / "out") == written


def test_the_problem_list_for_people_speaks_chinese_and_runs_no_formula(city: ObservedCity, tmp_path: Path) -> None:
    write_reports(city.engine, PERIOD, DEFAULT_RUBRIC, tmp_path)
    text = (tmp_path / "问题清单.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {row["问题类型"] for row in rows} == {"栏目不更新", "暗链"}
    assert {row["状态"] for row in rows if row["问题类型"] == "暗链"} == {"疑似"}
    assert {row["网站标识码"] for row in rows} == {CODE}
    assert not [value for row in rows for value in row.values() if value.startswith(("=", "+", "-", "@"))]


def test_the_workbook_says_how_it_was_counted(city: ObservedCity, tmp_path: Path) -> None:
    write_reports(city.engine, PERIOD, DEFAULT_RUBRIC, tmp_path)
    book = load_workbook(tmp_path / "合格率.xlsx")
    assert book.sheetnames == ["合格率", "网站标识", "口径说明"]
    notes = {row[0]: row[1] for row in book["口径说明"].iter_rows(values_only=True)}
    assert notes["监测周期"] == PERIOD
    assert notes["监测时间点"] == "2026-11-22 12:00:00"
    assert "国办秘函〔2019〕19号" in str(notes["判定依据"])
    assert "W-V4.1" in str(notes["判定范围"])


def test_csv_json_and_xlsx_tell_the_same_rate(city: ObservedCity, tmp_path: Path) -> None:
    write_reports(city.engine, PERIOD, DEFAULT_RUBRIC, tmp_path)
    shown = json.loads((tmp_path / "合格率.json").read_text("utf-8"))["overall"]
    text = (tmp_path / "合格率.csv").read_bytes().decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(text, newline="")))
    cells = [cell.value for cell in load_workbook(tmp_path / "合格率.xlsx")["合格率"][2]]
    assert (shown["included"], shown["fail"], shown["rate"]) == (1, 1, 0.0)
    assert (row["名称"], row["不合格"], row["合格率(%)"]) == ("总体", "1", "0.00")
    assert cells[1:7] == ["总体", 1, 0, 1, 0, 0]
