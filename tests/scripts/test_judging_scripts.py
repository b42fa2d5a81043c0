"""judge, pass_rates, problems and review as a user runs them."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy.engine import Engine

from govspider.db import tables as t
from tests.observed_city import CHECK_AT, PERIOD, ObservedCity, days_ago

CHECKOUT = Path(__file__).resolve().parents[2]
CODE = "0100000001"
KEYS = [
    "site_code",
    "site",
    "organisation",
    "kind",
    "clause",
    "state",
    "reason",
    "url",
    "source_url",
    "evidence",
    "first_seen",
    "last_seen",
]


class Door:
    """Runs scripts against one database."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __call__(self, script: str, *words: str) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, "DATABASE_URL": self.url, "PYTHONIOENCODING": "utf-8", "COLUMNS": "160"}
        command = [sys.executable, str(CHECKOUT / "scripts" / script), *words]
        return subprocess.run(command, cwd="/", env=environment, capture_output=True, check=False)


@pytest.fixture
def run(database_url: str) -> Door:
    return Door(database_url)


@pytest.fixture
def city(engine: Engine) -> ObservedCity:
    """One failing site: five stale news columns; and one blocked column that is no problem."""
    made = ObservedCity(engine)
    made.organisation("甲市", "city")
    made.organisation("市教育局", "department", "甲市")
    made.site(CODE, "市教育局")
    look_id, _ = made.look(CODE)
    made.home(look_id, CODE, days_ago(1))
    for number in range(5):
        made.listed(look_id, CODE, made.column(CODE, f"要闻{number}", "news"), days_ago(40))
    blocked = made.column(CODE, "公告", "notice", level=1)
    values = {"site_column_id": blocked, "status": None, "unknown_reason": "blocked"}
    made.page(look_id, CODE, f"{made.home_url(CODE)}blocked/", "column", **values)
    return made


def test_judge_prints_its_counts(city: ObservedCity, run: Door) -> None:
    done = run("judge.py", "--period", PERIOD)
    assert done.returncode == 0, done.stderr.decode()
    assert "判定网站 1 个：合格 0，不合格 1，未知 0" in done.stdout.decode()
    assert "确认 5，疑似 0" in done.stdout.decode()


@pytest.mark.parametrize("script", ["judge.py", "pass_rates.py", "problems.py"])
def test_an_unknown_period_is_one_sentence_that_names_the_known_ones(
    city: ObservedCity, run: Door, script: str
) -> None:
    done = run(script, "--period", "2031Q1")
    assert (done.returncode, done.stdout) == (2, b"")
    assert PERIOD in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert done.stderr.decode().count("\n") == 1


@pytest.mark.parametrize("script", ["judge.py", "pass_rates.py", "problems.py"])
def test_an_unknown_rubric_is_one_sentence_that_names_the_known_ones(
    city: ObservedCity, run: Door, script: str
) -> None:
    done = run(script, "--period", PERIOD, "--rubric", "guoban-1999")
    assert done.returncode == 2
    assert "guoban-2019" in done.stderr.decode()
    assert done.stderr.decode().count("\n") == 1


def test_pass_rates_judge_first_and_print_chinese_tables(city: ObservedCity, run: Door) -> None:
    done = run("pass_rates.py", "--period", PERIOD)
    assert done.returncode == 0, done.stderr.decode()
    assert "市教育局" in done.stdout.decode()
    assert "合格率(%)" in done.stdout.decode()
    assert len(city.rows(t.verdict)) == 5


def test_pass_rates_notice_a_newer_look(city: ObservedCity, run: Door) -> None:
    run("pass_rates.py", "--period", PERIOD)
    look_id, _ = city.look(CODE, at=CHECK_AT + timedelta(hours=1))
    city.home(look_id, CODE, days_ago(1))
    for (_, name), column_id in city.columns.items():
        if name.startswith("要闻"):
            city.listed(look_id, CODE, column_id, days_ago(0))
    done = run("pass_rates.py", "--period", PERIOD, "--format", "json")
    assert json.loads(done.stdout)["overall"]["pass"] == 1


@pytest.mark.parametrize(
    ("by", "there", "gone"), [("district", "districts", "departments"), ("department", "departments", "districts")]
)
def test_pass_rates_by_one_kind_of_unit(city: ObservedCity, run: Door, by: str, there: str, gone: str) -> None:
    shown = json.loads(run("pass_rates.py", "--period", PERIOD, "--by", by, "--format", "json").stdout)
    assert there in shown
    assert gone not in shown
    assert shown["overall"]["included"] == 1


def test_pass_rates_as_csv_and_xlsx(city: ObservedCity, run: Door, tmp_path: Path) -> None:
    content = run("pass_rates.py", "--period", PERIOD, "--format", "csv").stdout
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row["名称"] for row in rows] == ["总体", "市级门户", "区县", "市级部门", "未分区", "市教育局"]
    file = tmp_path / "rates.xlsx"
    done = run("pass_rates.py", "--period", PERIOD, "--format", "xlsx", "--output", str(file))
    assert (done.returncode, done.stdout) == (0, b"")
    assert load_workbook(file)["合格率"]["B2"].value == "总体"


def test_pass_rates_write_every_report_beside_the_tables(city: ObservedCity, run: Door, tmp_path: Path) -> None:
    done = run("pass_rates.py", "--period", PERIOD, "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr.decode()
    assert "市教育局" in done.stdout.decode()
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".csv", ".csv", ".json", ".xlsx", ".xlsx"]


def test_a_file_that_cannot_be_written_is_one_sentence(city: ObservedCity, run: Door, tmp_path: Path) -> None:
    for script in ("pass_rates.py", "problems.py"):
        done = run(script, "--period", PERIOD, "--format", "csv", "--output", str(tmp_path / "no" / "x.csv"))
        assert done.returncode == 2
        assert "x.csv" in done.stderr.decode()
        assert done.stderr.decode().count("\n") == 1


def test_problems_have_exactly_the_keys_of_the_contract(city: ObservedCity, run: Door) -> None:
    done = run("problems.py", "--period", PERIOD, "--format", "json")
    rows = json.loads(done.stdout)
    assert [list(row) for row in rows] == [KEYS] * 5
    assert {(row["site_code"], row["kind"], row["clause"], row["state"]) for row in rows} == {
        (CODE, "column_stale", "W-V4.1", "confirmed")
    }
    assert rows[0]["organisation"] == "市教育局"
    assert rows[0]["first_seen"] == "2026-11-22T12:00:00+08:00"
    assert not [row for row in rows if "blocked" in row["url"]]


def test_problems_as_csv_and_xlsx_carry_the_keys_as_header(city: ObservedCity, run: Door, tmp_path: Path) -> None:
    content = run("problems.py", "--period", PERIOD, "--format", "csv").stdout
    assert content.decode("utf-8-sig").splitlines()[0].split(",") == KEYS
    file = tmp_path / "problems.xlsx"
    assert run("problems.py", "--period", PERIOD, "--format", "xlsx", "--output", str(file)).returncode == 0
    book = load_workbook(file)
    assert [cell.value for cell in book.worksheets[0][1]] == KEYS
    assert book.sheetnames == ["问题清单", "字段说明", "口径说明"]
    assert book.worksheets[0]["A2"].value == CODE


def listed(run: Door, *words: str) -> list[str]:
    """Fingerprints that `review.py list` shows."""
    lines = run("review.py", "list", *words).stdout.decode().splitlines()
    return [line.split()[1] for line in lines if line[:1].isdigit()]


def test_a_dismissal_is_judged_at_once_and_leaves_the_problem_list(city: ObservedCity, run: Door) -> None:
    run("judge.py", "--period", PERIOD)
    found = listed(run, "--state", "confirmed")
    assert len(found) == 5
    done = run("review.py", "dismiss", found[0], "--reviewer", "李四", "--reason", "栏目已合并")
    assert done.returncode == 0, done.stderr.decode()
    assert f"已重新判定：{PERIOD}" in done.stdout.decode()
    assert len(json.loads(run("problems.py", "--period", PERIOD, "--format", "json").stdout)) == 4
    assert city.result(CODE, "W-V4.1") == "unknown"  # four confirmed and one blocked column
    reviews = city.rows(t.review)
    assert [(row["decision"], row["reviewer"], row["reason"]) for row in reviews] == [("dismiss", "李四", "栏目已合并")]


def test_a_confirmation_counts_in_the_problem_list(city: ObservedCity, run: Door) -> None:
    look_id, _ = city.look(CODE, at=CHECK_AT + timedelta(hours=1))
    city.dark_link(city.home(look_id, CODE, days_ago(1)), look_id, "http://bet.example.com/")
    run("judge.py", "--period", PERIOD)
    found = listed(run)
    assert len(found) == 1
    assert run("review.py", "confirm", found[0], "--reviewer", "李四").returncode == 0
    rows = json.loads(run("problems.py", "--period", PERIOD, "--format", "json").stdout)
    assert [(row["kind"], row["clause"], row["state"]) for row in rows] == [("dark_link", "W-V1.3", "confirmed")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("dismiss", "{}", "--reviewer", "李四"), "--reason"),
        (("confirm", "{}", "--reviewer", " "), "--reviewer"),
        (("confirm", "999999", "--reviewer", "李四"), "999999"),
        (("confirm", "zzzzzzzzzz", "--reviewer", "李四"), "zzzzzzzzzz"),
    ],
)
def test_a_review_that_lacks_something_is_refused_in_one_sentence(
    city: ObservedCity, run: Door, words: tuple[str, ...], expected: str
) -> None:
    run("judge.py", "--period", PERIOD)
    mark = listed(run, "--state", "confirmed")[0]
    done = run("review.py", *(word.format(mark) for word in words))
    assert done.returncode == 2
    assert expected in done.stderr.decode()
    assert done.stderr.decode().count("\n") == 1
    assert city.rows(t.review) == []
