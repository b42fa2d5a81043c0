"""explain, manual_clauses, reconcile and the comparisons as a user runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy.engine import Engine

from govspider.judging import DEFAULT_RUBRIC, judge
from tests.observed_city import CHECK_AT, PERIOD, ObservedCity, days_ago

CHECKOUT = Path(__file__).resolve().parents[2]
CODE, OTHER = "0100000001", "0100000002"


def run(city: ObservedCity, script: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    url = city.engine.url.render_as_string(hide_password=False)
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONIOENCODING": "utf-8", "COLUMNS": "160"}
    command = [sys.executable, str(CHECKOUT / "scripts" / script), *words]
    return subprocess.run(command, cwd="/", env=environment, capture_output=True, check=False)


@pytest.fixture
def city(emptied_engine: Engine) -> ObservedCity:
    """A failing office with five stale columns, and an office in order."""
    made = ObservedCity(emptied_engine)
    made.organisation("甲市", "city")
    made.organisation("市教育局", "department", "甲市")
    for code in (CODE, OTHER):
        made.site(code, "市教育局")
        look_id, _ = made.look(code)
        made.home(look_id, code, days_ago(1))
        for number in range(5):
            age = 40 if code == CODE else 2
            made.listed(look_id, code, made.column(code, f"要闻{number}", "news"), days_ago(age))
    judge(made.engine, PERIOD, DEFAULT_RUBRIC, CHECK_AT)
    return made


def test_explain_prints_the_chain_and_a_replay_without_bytes_says_so(city: ObservedCity, tmp_path: Path) -> None:
    done = run(city, "explain.py", CODE, "W-V4.1", "--period", PERIOD)
    shown = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    for piece in ("2周未更新的动态、要闻类栏目", "threshold: 5", "不合格", "SHA-256", "核减或整改其中 1 项"):
        assert piece in shown
    done = run(city, "explain.py", CODE, "W-V4.1", "--period", PERIOD, "--replay", "--evidence", str(tmp_path))
    assert done.returncode == 3
    assert "证据缺失或损坏" in done.stdout.decode()
    assert "与原判定不同：原为不合格，重放为未知" in done.stdout.decode()


@pytest.mark.parametrize(
    "words",
    [
        ("explain.py", "乙市", "W-V3", "--period", PERIOD),
        ("explain.py", CODE, "W-V9", "--period", PERIOD),
        ("explain.py", CODE, "W-V3", "--period", "2031Q1"),
        ("judge.py", "--period", PERIOD, "--rubric", "new-media-2019"),
        ("manual_clauses.py", "import", "/nonexistent.xlsx", "--period", PERIOD),
        ("manual_clauses.py", "export", "/nonexistent/x.xlsx", "--period", PERIOD),
        ("reconcile.py", "--period", "2031Q1"),
        ("reconcile.py", "--notice", "/nonexistent.csv"),
        ("pass_rates.py", "--period", PERIOD, "--previous", "2031Q1"),
    ],
)
def test_bad_input_is_one_sentence(city: ObservedCity, words: tuple[str, ...]) -> None:
    done = run(city, *words)
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert "Traceback" not in done.stderr.decode()


def test_a_form_goes_out_and_comes_back_with_rejected_lines_beside_it(city: ObservedCity, tmp_path: Path) -> None:
    file = tmp_path / "人工录入.xlsx"
    done = run(city, "manual_clauses.py", "export", str(file), "--period", PERIOD)
    assert done.returncode == 0, done.stderr.decode()
    assert "未录入 24 项，已录入 0 项" in done.stdout.decode()
    book = load_workbook(file)
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    lines = list(sheet.iter_rows(min_row=2))
    of_other = [row for row in lines if row[0].value == OTHER]
    of_other[0][header.index("录入结果")].value = "触发"
    of_other[0][header.index("录入人")].value = "李四"
    of_other[1][header.index("录入结果")].value = "也许"
    of_other[1][header.index("录入人")].value = "李四"
    book.save(file)
    done = run(city, "manual_clauses.py", "import", str(file), "--period", PERIOD)
    assert done.returncode == 0, done.stderr.decode()
    assert "录入 1 项，与此前相同 0 项，未填写 22 项，退回 1 项" in done.stdout.decode()
    assert city.result(OTHER) == "fail"
    rejected = load_workbook(tmp_path / "人工录入.退回.xlsx").worksheets[0]
    assert "也许" in str(rejected.cell(2, rejected.max_column).value)


def test_a_judged_period_reconciles_and_a_wrong_notice_does_not(city: ObservedCity, tmp_path: Path) -> None:
    done = run(city, "reconcile.py", "--period", PERIOD)
    assert (done.returncode, done.stdout.decode().endswith("不符 0 项\n")) == (0, True)
    notice = tmp_path / "notice.csv"
    notice.write_text("名称,总数,不合格,合格率\n青海,134,8,94.3\n浙江,561,3,99.5%\n北京,641,,37.7\n", "utf-8-sig")
    done = run(city, "reconcile.py", "--notice", str(notice))
    assert done.returncode == 3
    assert done.stdout.decode().splitlines() == [
        "不符  青海：126 ÷ 134 = 94.0%，印为 94.3%",
        "不符  北京：没有整数 ÷ 641 得 37.7%",
        "核对 3 项，不符 2 项",
    ]


def test_differences_between_rubrics_and_versions_are_printed(city: ObservedCity) -> None:
    look_id, _ = city.look(OTHER, at=CHECK_AT + timedelta(hours=1))
    city.home(look_id, OTHER, days_ago(40))
    assert run(city, "judge.py", "--period", PERIOD).returncode == 0
    shown = run(city, "judge.py", "--period", PERIOD, "--diff").stdout.decode()
    assert f"{OTHER} 市教育局网站：合格 → 不合格（因网站变化）" in shown
    shown = run(city, "judge.py", "--period", PERIOD, "--diff", "--from-rubric", "guoban-2015").stdout.decode()
    assert "判定变化 0 个网站" in shown


def test_rates_by_line_and_type_and_their_history_are_printed(city: ObservedCity) -> None:
    shown = run(city, "pass_rates.py", "--period", PERIOD, "--by", "line").stdout.decode()
    assert "未标注条线" in shown
    shown = run(
        city, "pass_rates.py", "--period", PERIOD, "--by", "site_type", "--history", "--exemptions"
    ).stdout.decode()
    assert "部门网站" in shown
    assert "栏目豁免 0 项" in shown
