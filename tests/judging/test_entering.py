"""Clauses that persons decide: the round trip through a workbook, and what is rejected with a reason."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy.engine import Engine

from govspider.db import tables as t
from govspider.judging import judge
from govspider.judging.entering import EnteredLine, EnteringResult, enter, form_lines
from govspider.reports.entry_form import EntryFormError, form_xlsx, read_form
from govspider.reports.pass_rates import read_pass_rates
from tests.observed_city import CHECK_AT, PERIOD, ObservedCity, days_ago

RUBRIC = "guoban-2019"
NOW = CHECK_AT + timedelta(hours=1)
PORTAL, OFFICE, RETIRED = "3300000001", "3300000002", "3300000003"


@pytest.fixture
def city(emptied_engine: Engine) -> ObservedCity:
    """A portal and an office in perfect order, and a retired site."""
    made = ObservedCity(emptied_engine)
    made.organisation("甲市", "city")
    made.organisation("市教育局", "department", "甲市")
    made.site(PORTAL, "甲市", site_type="portal")
    made.site(OFFICE, "市教育局")
    made.site(RETIRED, "市教育局", excluded="已下线")
    for code in (PORTAL, OFFICE):
        look_id, _ = made.look(code)
        made.marks(made.home(look_id, code, days_ago(1)), look_id, {})
        made.listed(look_id, code, made.column(code, "要闻", "news"), days_ago(1))
    return made


def line(code: str, clause: str, result: str, row: int = 2, by: str = "李四") -> EnteredLine:
    return EnteredLine(row, code, clause, result, "现场核实", by)


def entered(city: ObservedCity, *lines: EnteredLine, replace: bool = False) -> EnteringResult:
    found = enter(city.engine, PERIOD, RUBRIC, lines, ("人工.xlsx", NOW), replace=replace)
    judge(city.engine, PERIOD, RUBRIC, NOW)
    return found


def score_of(city: ObservedCity, code: str) -> dict[str, object]:
    return next(row for row in city.rows(t.site_score) if row["site_id"] == city.sites[code])


def test_a_clause_stays_open_until_it_is_entered(city: ObservedCity) -> None:
    judge(city.engine, PERIOD, RUBRIC, NOW)
    assert "W-V1.2" in score_of(city, OFFICE)["open_clauses"]  # type: ignore[operator]
    assert (score_of(city, PORTAL)["total"], score_of(city, PORTAL)["result"]) == (None, "open")
    assert city.result(PORTAL) == "pass"
    entered(city, line(OFFICE, "W-V1.2", "未触发"))
    assert "W-V1.2" not in score_of(city, OFFICE)["open_clauses"]  # type: ignore[operator]
    assert city.result(OFFICE, "W-V1.2") == "pass"


def test_rates_are_labelled_after_what_was_entered(city: ObservedCity) -> None:
    judge(city.engine, PERIOD, RUBRIC, NOW)
    assert read_pass_rates(city.engine, PERIOD, RUBRIC).label == "自动可判项"
    asked = [one for one in form_lines(city.engine, PERIOD, RUBRIC) if not one.result]
    answers = [line(one.site_code, one.rule.id, "未触发" if one.most is None else "0") for one in asked]
    assert entered(city, *answers).rejected == []
    assert read_pass_rates(city.engine, PERIOD, RUBRIC).label == "全部指标"


def test_a_veto_that_a_person_enters_fails_the_site(city: ObservedCity) -> None:
    assert entered(city, line(OFFICE, "W-V1.1", "触发")).accepted == 1
    assert (city.result(OFFICE, "W-V1.1"), city.result(OFFICE)) == ("fail", "fail")
    verdict = next(row for row in city.rows(t.verdict) if row["clause"] == "site" and row["result"] == "fail")
    assert verdict["reasons"] == ["W-V1.1：人工录入（李四）触发：现场核实"]


def test_the_score_is_settled_once_every_clause_is(city: ObservedCity, tmp_path: Path) -> None:
    file = tmp_path / "人工录入.xlsx"
    file.write_bytes(form_xlsx(form_lines(city.engine, PERIOD, RUBRIC), only_open=True))
    book = load_workbook(file)
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    result, by, clause = (header.index(name) for name in ("录入结果", "录入人", "指标编号"))
    for row in sheet.iter_rows(min_row=2):
        row[by].value = "李四"
        points = {"W-D3.1": "7", "W-B5.1": "3"}.get(str(row[clause].value), "0")
        row[result].value = "未触发" if "-V" in str(row[clause].value) else points
    book.save(file)
    found = entered(city, *read_form(file))
    assert (found.rejected, found.empty) == ([], 0)
    score = score_of(city, PORTAL)
    assert (score["open_clauses"], str(score["total"])) == ([], "96.0000")
    assert entered(city, *read_form(file)).unchanged == found.accepted


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([line(PORTAL, "W-D3.1", "7.5")], "超出范围：应在 0 到 7 之间"),
        ([line(PORTAL, "W-D3.1", "-1")], "超出范围"),
        ([line(PORTAL, "W-D3.1", "NaN")], "超出范围"),
        ([line(PORTAL, "W-D3.1", "很多")], "不是分数"),
        ([line(PORTAL, "W-V1.2", "是")], "不是 触发、未触发、不适用 之一"),
        ([line("3300000099", "W-V1.1", "触发")], "不在监测周期 2026Q4 的巡检范围内"),
        ([line(RETIRED, "W-V1.1", "触发")], "未纳入本监测周期的统计（已下线）"),
        ([line(OFFICE, "W-D3.1", "7")], "不适用于其他政府网站"),
        ([line(OFFICE, "W-V9", "触发")], "不在 guoban-2019 中"),
        ([line(OFFICE, "W-V3", "未触发")], "由程序判定"),
        ([line(OFFICE, "W-V1.1", "触发", by="")], "没有写明录入人"),
    ],
)
def test_a_line_that_cannot_be_accepted_is_rejected_with_its_reason(
    city: ObservedCity, lines: list[EnteredLine], reason: str
) -> None:
    found = entered(city, *lines, line(PORTAL, "W-V1.1", "未触发", row=9))
    assert [rejected.row for rejected, _ in found.rejected] == [2]
    assert reason in found.rejected[0][1]
    assert found.accepted == 1


def test_a_clause_entered_twice_in_one_file_is_rejected_both_times(city: ObservedCity) -> None:
    found = entered(city, line(OFFICE, "W-V1.1", "触发"), line(OFFICE, "W-V1.1", "未触发", row=3))
    assert [one.row for one, _ in found.rejected] == [2, 3]
    assert found.accepted == 0


def test_what_was_entered_before_is_changed_only_on_request(city: ObservedCity) -> None:
    entered(city, line(OFFICE, "W-V1.1", "触发"))
    found = entered(city, line(OFFICE, "W-V1.1", "未触发"))
    assert "此前已由 李四 录入“触发”" in found.rejected[0][1]
    assert city.result(OFFICE) == "fail"
    assert entered(city, line(OFFICE, "W-V1.1", "未触发"), replace=True).accepted == 1
    assert city.result(OFFICE) == "pass"


def test_a_veto_entered_for_a_site_that_was_not_seen_counts_all_the_same(city: ObservedCity) -> None:
    city.site("3300000004", "市教育局")
    entered(city, line("3300000004", "W-V1.2", "触发"))
    assert city.result("3300000004") == "fail"


def test_a_site_without_external_services_is_not_asked_for_them(city: ObservedCity) -> None:
    city.set(t.site, city.sites[OFFICE], extra={"有无对外服务职能": "无"})
    asked = {one.rule.id for one in form_lines(city.engine, PERIOD, RUBRIC) if one.site_code == OFFICE}
    assert "W-V6.1" not in asked
    assert "W-V1.1" in asked


@pytest.mark.parametrize("content", [b"", b"no workbook"])
def test_a_file_that_is_no_form_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.xlsx"
    file.write_bytes(content)
    with pytest.raises(EntryFormError, match=r"x\.xlsx"):
        read_form(file)


def test_a_workbook_without_the_columns_of_the_form_says_which(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["网站标识码", "指标编号"])
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(EntryFormError, match="录入结果、说明、录入人"):
        read_form(tmp_path / "x.xlsx")
