"""Reviews as a user does them: one by one, in bulk, by a form, with reports of other vendors."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy.engine import Engine

from govspider.db import tables as t
from govspider.judging import DEFAULT_RUBRIC, judge
from govspider.reports.problems import Problem, list_problems
from scripts import review
from tests.observed_city import CHECK_AT, PERIOD, ObservedCity, days_ago

CHECKOUT = Path(__file__).resolve().parents[2]

CODE, OTHER = "0100000001", "0100000002"
ESCAPE = "\x1b[31m红"
FORMULA = "=HYPERLINK(1)"


class Door:
    """Runs the door against one database, in this process: what a start of Python costs is tested elsewhere."""

    def __init__(self, url: str, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self.url = url
        self._patch = patch
        self._capture = capture

    def __call__(self, *words: str, keys: str = "") -> Done:
        self._patch.setenv("DATABASE_URL", self.url)
        self._patch.setattr("sys.stdin", StringIO(keys))
        code = review.main(words)
        told = self._capture.readouterr()
        return Done(code, told.out, told.err)


@dataclass(frozen=True)
class Done:
    """How the door closed and what it said."""

    returncode: int
    out: str
    err: str


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Door:
    return Door(database_url, monkeypatch, capsys)


@pytest.fixture
def city(engine: Engine) -> ObservedCity:
    """Two sites: a template's wrong wording on both, two hidden containers that name one domain, one odd wording."""
    made = ObservedCity(engine)
    made.organisation("甲市", "city")
    for code, name in ((CODE, "教育局"), (OTHER, "卫健局")):
        made.organisation(name, "department", "甲市")
        made.site(code, name)
        look, _ = made.look(code)
        page = made.home(look, code, days_ago(1))
        home = made.home_url(code)
        made.wording(page, look, f"{home}art/1.html")
        values = {"anchor": ESCAPE, "snippet": f"<div>{ESCAPE}</div>", "path": "/html/div"}
        made.dark_link(page, look, "http://bet.example.com/", **values)
    made.wording(page, look, f"{home}art/2.html", sentence=FORMULA, wrong_text=FORMULA, rule="pair/odd")
    judge(engine, PERIOD, DEFAULT_RUBRIC, CHECK_AT)
    return made


def wordings(city: ObservedCity) -> list[Problem]:
    return [row for row in list_problems(city.engine, PERIOD, DEFAULT_RUBRIC) if row.kind == "wording"]


def said(done: Done) -> str:
    assert done.returncode == 0, done.err
    return done.out


def test_the_list_shows_snippets_and_no_control_sequence_reaches_the_terminal(city: ObservedCity, run: Door) -> None:
    shown = said(run("list"))
    assert "共 5 项" in shown
    assert "\x1b" not in shown
    assert "\\x1b[31m红" in shown


def test_groups_tell_what_can_be_decided_at_once(city: ObservedCity, run: Door) -> None:
    shown = said(run("list", "--group", "rule"))
    assert "2 项  2 个网站  表述错误  pair/扫黑险恶" in shown
    assert "2 项  2 个网站  暗链  bet.example.com" in said(run("list", "--group", "domain"))


def test_a_bulk_decision_takes_every_finding_of_the_rule_and_says_who_and_why(city: ObservedCity, run: Door) -> None:
    words = (
        "dismiss",
        "--kind",
        "wording",
        "--rule",
        "pair/扫黑险恶",
        "--reviewer",
        "李四",
        "--reason",
        "已核实为引用",
    )
    refused = run(*words)
    assert refused.returncode == 2
    assert "选中 2 项" in refused.err
    assert city.rows(t.review) == []
    assert "复核 2 项" in said(run(*words, "--yes"))
    reviews = {(row["decision"], row["reviewer"], row["reason"]) for row in city.rows(t.review)}
    assert reviews == {("dismiss", "李四", "已核实为引用")}
    assert len(wordings(city)) == 1


def test_a_bulk_decision_without_any_condition_is_refused(city: ObservedCity, run: Door) -> None:
    done = run("confirm", "--reviewer", "李四", "--yes")
    assert done.returncode == 2
    assert "--kind" in done.err
    assert city.rows(t.review) == []


def test_several_numbers_are_decided_together_or_not_at_all(city: ObservedCity, run: Door) -> None:
    marks = [row["fingerprint"] for row in city.rows(t.finding)]
    assert run("confirm", marks[0], "99999999", "--reviewer", "李四").returncode == 2
    assert city.rows(t.review) == []
    assert "复核 2 项" in said(run("confirm", *marks[:2], "--reviewer", "李四"))


def test_work_takes_a_key_for_each_finding_and_a_capital_for_its_group(city: ObservedCity, run: Door) -> None:
    done = run("work", "--reviewer", "李四", "--kind", "wording", keys="x\nD\n\n模板中的引用\nq\n")
    assert "复核 2 项" in said(done)
    assert "核减必须说明理由" in said(done)
    assert {row["reason"] for row in city.rows(t.review)} == {"模板中的引用"}


def test_a_list_into_head_ends_without_a_traceback(city: ObservedCity, run: Door) -> None:
    environment = {**os.environ, "DATABASE_URL": run.url, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
    command = f"{sys.executable} {CHECKOUT}/scripts/review.py list | head -1"
    done = subprocess.run(command, shell=True, cwd="/", env=environment, capture_output=True, check=False)
    assert done.stdout.decode().count("\n") == 1
    assert done.stderr == b""


# ── the form ────────────────────────────────────────────────────────────────────────────────


def test_a_form_goes_out_and_comes_back_and_holds_no_formula(city: ObservedCity, run: Door, tmp_path: Path) -> None:
    form = tmp_path / "复核.xlsx"
    assert "5 项" in said(run("export", str(form)))
    book = load_workbook(form)
    sheet = book.worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    header = [cell.value for cell in sheet[1]]
    snippets = [str(sheet.cell(row, header.index("原文片段") + 1).value) for row in range(2, 7)]
    assert f"'{FORMULA}" in snippets
    assert not any("\x1b" in snippet for snippet in snippets)
    for row, decision in ((2, "确认"), (3, "核减"), (4, "误报"), (5, "核减")):
        sheet.cell(row, header.index("结论") + 1).value = decision
        sheet.cell(row, header.index("复核人") + 1).value = "王五"
    sheet.cell(3, header.index("理由") + 1).value = "引用"
    book.save(form)
    done = run("import", str(form))
    assert "复核 2 项" in said(done)
    assert "未填写 1 项，退回 2 项" in said(done)
    assert "第 4 行：结论 '误报' 不是 确认、核减 之一" in done.err
    assert "第 5 行：核减必须说明理由" in done.err
    assert (tmp_path / "复核.退回.xlsx").exists()
    again = said(run("import", str(form)))
    assert "复核 0 项" in again
    assert "与现状相同 2 项" in again


def test_a_form_does_not_overrule_what_a_person_decided_since(city: ObservedCity, run: Door, tmp_path: Path) -> None:
    form = tmp_path / "form.xlsx"
    run("export", str(form), "--kind", "wording", "--rule", "pair/odd")
    book = load_workbook(form)
    header = [cell.value for cell in book.worksheets[0][1]]
    for name, value in (("结论", "核减"), ("理由", "误报"), ("复核人", "王五")):
        book.worksheets[0].cell(2, header.index(name) + 1).value = value
    book.save(form)
    mark = book.worksheets[0].cell(2, header.index("指纹") + 1).value
    said(run("confirm", str(mark), "--reviewer", "李四"))
    done = run("import", str(form))
    assert "复核 0 项" in said(done)
    assert "--replace" in done.err
    assert "复核 1 项" in said(run("import", str(form), "--replace"))


def test_a_file_that_is_no_form_is_one_sentence(city: ObservedCity, run: Door, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    done = run("import", str(tmp_path / "a.xlsx"))
    assert (done.returncode, done.err.count("\n")) == (2, 1)


# ── reports of vendors ──────────────────────────────────────────────────────────────────────


def vendor_file(folder: Path, *rows: tuple[str, ...]) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["2026年第四季度内容检测结果"])
    sheet.append(["序号", "问题页面", "错误词", "建议修改", "错误级别", "所在句子", "审核状态", "审核人"])
    for number, row in enumerate(rows, 1):
        sheet.append([number, *row])
    path = folder / "检测.xlsx"
    book.save(path)
    return path


def test_reports_of_a_vendor_join_the_list_once_with_their_source(
    city: ObservedCity, run: Door, tmp_path: Path
) -> None:
    home, other = city.home_url(CODE), city.home_url(OTHER)
    file = vendor_file(
        tmp_path,
        (f"{home}art/1.html", "扫黑险恶专项", "扫黑除恶专项", "严重", "", "", ""),
        (f"{home}art/9.html", "中共人民共和国", "中华人民共和国", "严重", "学习材料", "属实", "赵六"),
        (f"{other}art/8.html", "政冶", "政治", "一般", "", "误报", "赵六"),
        (f"{other}art/8.html", "政冶", "政治", "一般", "", "误报", "赵六"),
        ("http://elsewhere.example/1.html", "错", "对", "严重", "", "", ""),
        (f"{home}art/7.html", "攻府", "政府", "特级", "", "", ""),
        (f"{home}art/6.html", "攻府", "政府", "严重", "", "已确认", ""),
    )
    done = run("import-vendor", str(file), "--period", PERIOD, "--vendor", "某监测公司")
    assert "导入 3 项，其中 1 项本软件也已发现（不重复计数），随表复核 2 项" in said(done)
    assert "文件中重复 1 项，退回 3 项" in said(done)
    told = done.err
    assert "elsewhere.example" in told and "特级" in told and "复核人" in told
    rows = wordings(city)
    assert len(rows) == 4  # three of ours, one of them reported as well, and one that only the vendor saw
    (theirs,) = [row for row in rows if "中共人民共和国" in row.reason]
    assert (theirs.state, theirs.clause) == ("confirmed", "W-V1.1")
    assert "来源：某监测公司（导入）" in theirs.evidence
    assert sum("另有来源：某监测公司" in row.evidence for row in rows) == 1
    again = said(run("import-vendor", str(file), "--period", PERIOD, "--vendor", "某监测公司"))
    assert "随表复核 0 项" in again
    assert len(wordings(city)) == 4


def test_a_table_without_the_columns_is_refused_in_one_sentence(city: ObservedCity, run: Door, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("甲,乙\n1,2\n", encoding="utf-8")
    done = run("import-vendor", str(path), "--period", PERIOD, "--vendor", "某公司")
    assert done.returncode == 2
    assert "错误表述" in done.err
