"""Judging over a database: verdicts, findings and their ways, and that repeating changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from govspider.checks.outcome import Result
from govspider.db import tables as t
from govspider.db.findings import split_evidence
from govspider.db.periods import UnknownPeriodError
from govspider.db.reviews import find_finding, write_review
from govspider.judging import judge, judge_if_needed
from govspider.rubrics.model import RubricError
from tests.observed_city import CHECK_AT, CHECK_DAY, PERIOD, ObservedCity, days_ago

RUBRIC = "guoban-2019"
NOW = CHECK_AT + timedelta(hours=1)
CODE = "3300000001"


@pytest.fixture
def city(emptied_engine: Engine) -> ObservedCity:
    made = ObservedCity(emptied_engine)
    made.organisation("甲市", "city")
    made.organisation("市教育局", "department", "甲市")
    made.site(CODE, "市教育局")
    return made


def fresh_site(city: ObservedCity, code: str = CODE, **look: Any) -> tuple[int, int, int]:
    """A look at a site in perfect order; gives (look, run, home page)."""
    look_id, run_id = city.look(code, **look)
    page_id = city.home(look_id, code, days_ago(1))
    city.marks(page_id, look_id, {})
    return look_id, run_id, page_id


def stale_columns(city: ObservedCity, look_id: int, count: int, *, witnessed: bool = True) -> list[int]:
    columns = [city.column(CODE, f"要闻{number}", "news") for number in range(count)]
    for column_id in columns:
        city.listed(look_id, CODE, column_id, days_ago(40), witnessed=witnessed)
    return columns


def decide(city: ObservedCity, decision: str, kind: str) -> None:
    found = next(row for row in city.rows(t.finding) if row["kind"] == kind)
    with city.engine.begin() as connection:
        finding = find_finding(connection, str(found["id"]))
        write_review(connection, finding, decision, "李四", "已核实", NOW)


def judge_city(city: ObservedCity, now: datetime = NOW) -> None:
    judge(city.engine, PERIOD, RUBRIC, now)


def test_a_site_in_order_passes(city: ObservedCity) -> None:
    look_id, _, _ = fresh_site(city)
    column_id = city.column(CODE, "要闻", "news")
    city.listed(look_id, CODE, column_id, days_ago(2))
    summary = judge(city.engine, PERIOD, RUBRIC, NOW)
    assert city.result(CODE) == "pass"
    assert summary.results == {Result.PASS: 1}
    assert (summary.sites, summary.unseen, summary.check_day) == (1, 0, CHECK_DAY)
    assert city.rows(t.finding) == []


def test_five_stale_columns_fail_the_site_and_are_its_findings(city: ObservedCity) -> None:
    look_id, run_id, _ = fresh_site(city)
    stale_columns(city, look_id, 5)
    judge_city(city)
    assert city.result(CODE, "W-V4.1") == "fail"
    assert city.result(CODE) == "fail"
    findings = city.rows(t.finding)
    assert len(findings) == 5
    assert {row["state"] for row in findings} == {"confirmed"}
    assert {row["last_run_id"] for row in findings} == {run_id}
    headline, evidence = split_evidence(findings[0]["evidence"])
    assert "14天内未更新" in headline
    assert str(days_ago(40)) in evidence
    verdict = next(row for row in city.rows(t.verdict) if row["clause"] == "W-V4.1")
    assert (verdict["bad"], verdict["suspected"], verdict["unknown"], verdict["threshold"]) == (5, 0, 0, 5)
    assert verdict["findings"] == sorted(row["fingerprint"] for row in findings)


def test_columns_without_a_witness_leave_the_site_unknown(city: ObservedCity) -> None:
    look_id, _, _ = fresh_site(city)
    stale_columns(city, look_id, 5, witnessed=False)
    judge_city(city)
    assert city.result(CODE, "W-V4.1") == "unknown"
    assert city.result(CODE) == "unknown"
    assert {row["state"] for row in city.rows(t.finding)} == {"suspected"}


def test_a_site_without_a_complete_look_is_unknown_under_every_clause(city: ObservedCity) -> None:
    city.look(CODE, state="incomplete")
    summary = judge(city.engine, PERIOD, RUBRIC, NOW)
    assert summary.unseen == 1
    verdicts = city.rows(t.verdict)
    assert {row["result"] for row in verdicts} == {"unknown"}
    assert {row["clause"] for row in verdicts} == {"W-V3", "W-V4.1", "W-V4.2", "W-V4.3", "site"}
    assert all(row["look_id"] is None for row in verdicts)


def test_an_unreachable_home_page_is_unknown_and_no_finding(city: ObservedCity) -> None:
    look_id, _ = city.look(CODE)
    city.page(look_id, CODE, city.home_url(CODE), "home", status=None, unknown_reason="timeout", detail="超时")
    judge_city(city)
    assert city.result(CODE) == "unknown"
    assert city.rows(t.finding) == []


def test_the_latest_complete_look_counts_whatever_came_after_unfinished(city: ObservedCity) -> None:
    first, _ = city.look(CODE, at=CHECK_AT)
    city.home(first, CODE, days_ago(40))
    second, _, _ = fresh_site(city, at=CHECK_AT + timedelta(hours=1))
    city.column(CODE, "要闻", "news")
    third, _ = city.look(CODE, at=CHECK_AT + timedelta(hours=2), state="incomplete")
    city.home(third, CODE, days_ago(40))
    judge_city(city)
    verdicts = [row for row in city.rows(t.verdict) if row["clause"] == "W-V3"]
    assert [(row["look_id"], row["result"]) for row in verdicts] == [(second, "pass")]


def test_judging_again_stores_the_same(city: ObservedCity) -> None:
    look_id, run_id, page_id = fresh_site(city)
    stale_columns(city, look_id, 5)
    city.link(page_id, look_id, "http://gone.example.com/")
    city.answer(run_id, "http://gone.example.com/", ("dead", None), ("dead", None))
    judge_city(city)

    def stored() -> list[list[dict[str, Any]]]:
        tables = (t.verdict, t.finding, t.finding_sighting, t.finding_history)
        strip = {"id", "judged_at"}
        key: Callable[[dict[str, Any]], str] = str
        return [
            sorted(({k: v for k, v in row.items() if k not in strip} for row in city.rows(table)), key=key)
            for table in tables
        ]

    first = stored()
    judge_city(city, NOW + timedelta(days=1))
    assert stored() == first
    assert len(first[1]) == 6


def test_a_dismissed_finding_stays_dismissed_and_does_not_count(city: ObservedCity) -> None:
    look_id, _, _ = fresh_site(city)
    stale_columns(city, look_id, 5)
    judge_city(city)
    decide(city, "dismiss", "column_stale")
    judge_city(city)
    assert city.result(CODE, "W-V4.1") == "pass"
    verdict = next(row for row in city.rows(t.verdict) if row["clause"] == "W-V4.1")
    assert verdict["bad"] == 4
    assert "人工核减或豁免 1 项" in verdict["reasons"]
    assert sorted(row["state"] for row in city.rows(t.finding)) == ["confirmed"] * 4 + ["dismissed"]


def test_a_confirmation_by_a_person_counts_as_confirmed(city: ObservedCity) -> None:
    look_id, _, _ = fresh_site(city)
    stale_columns(city, look_id, 4)
    fifth = city.column(CODE, "要闻五", "news")
    city.listed(look_id, CODE, fifth, days_ago(40), witnessed=False)
    judge_city(city)
    assert city.result(CODE, "W-V4.1") == "unknown"
    found = next(row for row in city.rows(t.finding) if row["state"] == "suspected")
    with city.engine.begin() as connection:
        write_review(connection, find_finding(connection, found["fingerprint"]), "confirm", "李四", "已核实", NOW)
    judge_city(city)
    assert city.result(CODE, "W-V4.1") == "fail"


def test_a_finding_is_fixed_by_a_later_look_and_regresses_by_another(city: ObservedCity) -> None:
    look_id, _, _ = fresh_site(city)
    column_id = city.column(CODE, "要闻", "news")
    city.listed(look_id, CODE, column_id, days_ago(40))
    judge_city(city)
    assert city.findings(CODE) == {"column_stale": "confirmed"}
    look_id, _, _ = fresh_site(city, at=CHECK_AT + timedelta(hours=1))
    city.listed(look_id, CODE, column_id, days_ago(0))
    judge_city(city)
    assert city.findings(CODE) == {"column_stale": "fixed"}
    look_id, _, _ = fresh_site(city, at=CHECK_AT + timedelta(hours=2))
    city.listed(look_id, CODE, column_id, days_ago(40))
    judge_city(city)
    assert city.findings(CODE) == {"column_stale": "regressed"}
    history = [(row["from_state"], row["to_state"]) for row in city.rows(t.finding_history, t.finding_history.c.id)]
    assert history == [(None, "confirmed"), ("confirmed", "fixed"), ("fixed", "regressed")]


def test_a_column_that_could_not_be_seen_again_is_not_fixed(city: ObservedCity) -> None:
    look_id, _, _ = fresh_site(city)
    column_id = city.column(CODE, "要闻", "news")
    city.listed(look_id, CODE, column_id, days_ago(40))
    judge_city(city)
    look_id, _, _ = fresh_site(city, at=CHECK_AT + timedelta(hours=1))
    url = f"{city.home_url(CODE)}0/"
    values = {"site_column_id": column_id, "status": None, "unknown_reason": "blocked"}
    city.page(look_id, CODE, url, "column", **values)
    judge_city(city)
    assert city.findings(CODE) == {"column_stale": "confirmed"}
    assert city.rows(t.finding_sighting) == []


def test_judging_an_older_period_again_moves_no_finding_back(city: ObservedCity) -> None:
    look_id, _, _ = fresh_site(city)
    column_id = city.column(CODE, "要闻", "news")
    city.listed(look_id, CODE, column_id, days_ago(40))
    judge_city(city)
    later = CHECK_AT + timedelta(days=90)
    city.period("2027Q1", later)
    city.target(CODE, "市教育局", period="2027Q1")
    look_id, _ = city.look(CODE, at=later, period="2027Q1")
    city.home(look_id, CODE, later.date())
    city.listed(look_id, CODE, column_id, later.date())
    judge(city.engine, "2027Q1", RUBRIC, NOW)
    assert city.findings(CODE) == {"column_stale": "fixed"}
    judge_city(city)
    assert city.findings(CODE) == {"column_stale": "fixed"}


def test_a_dead_link_of_the_own_site_is_confirmed_and_a_foreign_404_is_suspected(city: ObservedCity) -> None:
    look_id, run_id, page_id = fresh_site(city)
    own, foreign, once = f"{city.home_url(CODE)}gone.html", "http://other.example.com/x", f"{city.home_url(CODE)}once"
    for url in (own, foreign, once):
        city.link(page_id, look_id, url)
    city.answer(run_id, own, ("dead", 404), ("dead", 404))
    city.answer(run_id, foreign, ("dead", 404), ("dead", 404))
    city.answer(run_id, once, ("dead", 404), ("ok", 200))
    judge_city(city)
    assert {row["url"]: row["state"] for row in city.rows(t.finding)} == {own: "confirmed", foreign: "suspected"}
    assert {row["clause"] for row in city.rows(t.finding_sighting)} == {"W-D4.3a"}


def test_a_dead_link_is_fixed_when_it_answers_and_open_when_its_answer_settles_nothing(city: ObservedCity) -> None:
    url = "http://gone.example.com/"
    look_id, run_id, page_id = fresh_site(city)
    city.link(page_id, look_id, url)
    city.answer(run_id, url, ("dead", None), ("dead", None))
    judge_city(city)
    look_id, run_id, page_id = fresh_site(city, at=CHECK_AT + timedelta(hours=1))
    city.link(page_id, look_id, url)
    city.answer(run_id, url, ("unknown", None))
    judge_city(city)
    assert city.findings(CODE) == {"link_dead": "confirmed"}
    look_id, run_id, page_id = fresh_site(city, at=CHECK_AT + timedelta(hours=2))
    city.link(page_id, look_id, url)
    city.answer(run_id, url, ("ok", 200))
    judge_city(city)
    assert city.findings(CODE) == {"link_dead": "fixed"}


def test_a_dark_link_is_suspected_and_fixed_once_its_page_shows_it_no_more(city: ObservedCity) -> None:
    look_id, _, page_id = fresh_site(city)
    city.dark_link(page_id, look_id, "http://bet.example.com/")
    judge_city(city)
    assert city.findings(CODE) == {"dark_link": "suspected"}
    fresh_site(city, at=CHECK_AT + timedelta(hours=1))
    judge_city(city)
    assert city.findings(CODE) == {"dark_link": "fixed"}


def test_a_retired_site_that_answers_is_a_finding_and_no_verdict(city: ObservedCity) -> None:
    city.site("3300000009", "市教育局", excluded="已下线")
    look_id, _ = city.look("3300000009")
    city.home(look_id, "3300000009", days_ago(40))
    summary = judge(city.engine, PERIOD, RUBRIC, NOW)
    assert city.findings("3300000009") == {"retired_site_answers": "suspected"}
    assert summary.sites == 1
    assert city.sites["3300000009"] not in {row["site_id"] for row in city.rows(t.verdict)}


def test_an_exempted_column_sets_its_finding_aside(city: ObservedCity) -> None:
    look_id, _, _ = fresh_site(city)
    column_id = city.column(CODE, "人事信息", "yearly")
    city.listed(look_id, CODE, column_id, days_ago(500))
    judge_city(city)
    assert city.findings(CODE) == {"column_stale": "confirmed"}
    city.exempt(column_id, days_ago(-30))
    judge_city(city)
    found = city.rows(t.finding)[0]
    assert (found["state"], found["exempted_until"]) == ("exempted", days_ago(-30))
    assert city.rows(t.finding_sighting) == []


def test_a_look_later_than_check_at_is_read_as_of_check_at(city: ObservedCity) -> None:
    look_id, _ = city.look(CODE, at=CHECK_AT + timedelta(days=20))
    page_id = city.page(look_id, CODE, city.home_url(CODE), "home")
    city.shown(page_id, look_id, dates=[days_ago(-19), days_ago(40)])
    city.column(CODE, "要闻", "news")
    judge_city(city)
    assert city.result(CODE, "W-V3") == "unknown"
    assert city.findings(CODE) == {"home_stale": "suspected"}


def test_columns_met_in_an_earlier_look_only_are_not_missed(city: ObservedCity) -> None:
    look_id, _, _ = fresh_site(city)
    for number in range(6):
        values = {"source": "navigation", "kind_source": "guess"}
        city.column(CODE, f"要闻{number}", "news", **values)
    kept = city.column(CODE, "公告", "notice", level=1)
    city.listed(look_id, CODE, kept, days_ago(2))
    judge_city(city)
    assert city.result(CODE, "W-V4.1") == "pass"


def test_marks_become_findings_under_their_clauses(city: ObservedCity) -> None:
    look_id, _ = city.look(CODE)
    page_id = city.home(look_id, CODE, days_ago(1))
    city.marks(page_id, look_id, {"icp": "absent", "jiucuo": "absent", "sitemap": "absent", "police": "unknown"})
    judge_city(city)
    clauses = sorted(row["clause"] for row in city.rows(t.finding_sighting))
    assert clauses == ["W-D4.2", "W-D4.4a"]
    assert {row["kind"] for row in city.rows(t.finding)} == {"mark_missing"}


def test_judging_some_sites_leaves_the_others_alone(city: ObservedCity) -> None:
    city.site("3300000002", "市教育局")
    fresh_site(city)
    fresh_site(city, "3300000002")
    for code in (CODE, "3300000002"):
        city.column(code, "概况", "static")
    judge_city(city)
    summary = judge(city.engine, PERIOD, RUBRIC, NOW + timedelta(hours=1), site_codes=[CODE])
    assert summary.sites == 1
    judged = {row["site_id"]: row["judged_at"] for row in city.rows(t.verdict) if row["clause"] == "site"}
    assert judged == {city.sites[CODE]: NOW + timedelta(hours=1), city.sites["3300000002"]: NOW}


def test_judging_is_skipped_only_while_nothing_new_was_seen(city: ObservedCity) -> None:
    fresh_site(city)
    assert judge_if_needed(city.engine, PERIOD, RUBRIC, NOW) is not None
    assert judge_if_needed(city.engine, PERIOD, RUBRIC, NOW) is None
    fresh_site(city, at=CHECK_AT + timedelta(hours=1))
    assert judge_if_needed(city.engine, PERIOD, RUBRIC, NOW) is not None


def test_an_unknown_period_or_rubric_is_refused_by_name(city: ObservedCity) -> None:
    with pytest.raises(UnknownPeriodError, match="2026Q4"):
        judge(city.engine, "2031Q1", RUBRIC, NOW)
    with pytest.raises(RubricError, match="guoban-2019"):
        judge(city.engine, PERIOD, "guoban-1999", NOW)


def test_more_sites_and_columns_cost_no_more_queries(city: ObservedCity) -> None:
    def statements() -> int:
        asked: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            asked.append(statement)

        event.listen(city.engine, "before_cursor_execute", note)
        judge_city(city)
        event.remove(city.engine, "before_cursor_execute", note)
        return len(asked)

    look_id, _, _ = fresh_site(city)
    stale_columns(city, look_id, 1)
    judge_city(city)
    few = statements()
    for number in range(2, 12):
        code = f"33000000{number:02}"
        city.site(code, "市教育局")
        look_id, _, _ = fresh_site(city, code)
        for column in range(3):
            city.listed(look_id, code, city.column(code, f"要闻{column}", "news"), days_ago(40))
    judge_city(city)
    assert statements() == few
