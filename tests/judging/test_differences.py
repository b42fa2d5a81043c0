"""Why verdicts changed, versions of verdicts, and what exemptions do to the rate."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from govspider.db import tables as t
from govspider.db.findings import read_findings
from govspider.db.reviews import find_finding, write_review
from govspider.judging import judge
from govspider.judging.differences import compare, compare_versions
from govspider.judging.evaluation import evaluate, weigh_exemptions
from govspider.reports.change_text import exemptions_text
from tests.observed_city import CHECK_AT, PERIOD, ObservedCity, days_ago

RUBRIC, LOCAL, OLD = "guoban-2019", "local-example-110", "guoban-2015"
NOW = CHECK_AT + timedelta(hours=1)
CODE = "3300000001"


@pytest.fixture
def city(emptied_engine: Engine) -> ObservedCity:
    """A portal with three news columns of twelve days: in order in the country, stale in the local example."""
    made = ObservedCity(emptied_engine)
    made.organisation("甲市", "city")
    made.site(CODE, "甲市", site_type="portal")
    look_id, _ = made.look(CODE)
    made.home(look_id, CODE, days_ago(1))
    for number in range(3):
        made.listed(look_id, CODE, made.column(CODE, f"要闻{number}", "news"), days_ago(12))
    judge(made.engine, PERIOD, RUBRIC, NOW)
    return made


def seen_again(city: ObservedCity, period: str = PERIOD, hours: int = 2) -> None:
    at = CHECK_AT + timedelta(hours=hours)
    look_id, _ = city.look(CODE, at=at, period=period)
    city.home(look_id, CODE, days_ago(40))
    for column_id in city.columns.values():
        city.listed(look_id, CODE, column_id, days_ago(12))


def test_a_change_under_another_rubric_is_the_rules_doing(city: ObservedCity) -> None:
    found = compare(city.engine, (PERIOD, RUBRIC), (PERIOD, LOCAL))
    assert [(one.before, one.after, one.cause) for one in found] == [("pass", "fail", "rule")]
    assert found[0].reasons[0].startswith("L-V3a：")


def test_a_change_between_periods_under_one_rubric_is_the_sites_doing(city: ObservedCity) -> None:
    city.period("2026Q5", CHECK_AT)
    city.target(CODE, "甲市", period="2026Q5")
    seen_again(city, "2026Q5")
    found = compare(city.engine, (PERIOD, RUBRIC), ("2026Q5", RUBRIC))
    assert [(one.before, one.after, one.cause) for one in found] == [("pass", "fail", "site")]


def test_both_may_have_changed_and_are_told_apart_by_the_old_look_under_the_new_rule(city: ObservedCity) -> None:
    city.period("2026Q5", CHECK_AT)
    city.target(CODE, "甲市", period="2026Q5")
    seen_again(city, "2026Q5")
    found = compare(city.engine, (PERIOD, OLD), ("2026Q5", LOCAL))
    assert [(one.after, one.cause) for one in found] == [("fail", "rule")]


def test_comparing_stores_nothing(city: ObservedCity) -> None:
    before = city.rows(t.verdict, t.verdict.c.id)
    compare(city.engine, (PERIOD, RUBRIC), (PERIOD, LOCAL))
    assert city.rows(t.verdict, t.verdict.c.id) == before
    assert evaluate(city.engine, PERIOD, LOCAL).of_site(CODE) == "fail"


def test_a_verdict_that_changes_keeps_its_earlier_version(city: ObservedCity) -> None:
    seen_again(city)
    judge(city.engine, PERIOD, RUBRIC, NOW + timedelta(hours=3))
    old = {row["clause"]: row for row in city.rows(t.superseded_verdict)}
    now = {row["clause"]: row for row in city.rows(t.verdict)}
    assert (old["site"]["result"], old["site"]["version"]) == ("pass", 1)
    assert (now["site"]["result"], now["site"]["version"]) == ("fail", 2)
    found = compare_versions(city.engine, PERIOD, RUBRIC)
    assert [(one.before, one.after, one.cause) for one in found] == [("pass", "fail", "site")]


def test_judging_the_same_again_makes_no_version(city: ObservedCity) -> None:
    judge(city.engine, PERIOD, RUBRIC, NOW + timedelta(hours=3))
    assert city.rows(t.superseded_verdict) == []
    assert {row["version"] for row in city.rows(t.verdict)} == {1}


def test_a_change_by_a_person_is_neither_the_rules_nor_the_sites_doing(city: ObservedCity) -> None:
    seen_again(city)
    judge(city.engine, PERIOD, RUBRIC, NOW + timedelta(hours=3))
    with city.engine.begin() as connection:
        found = next(one for one in read_findings(connection, [city.sites[CODE]]) if one.kind == "home_stale")
        write_review(connection, find_finding(connection, found.fingerprint), "dismiss", "李四", "首页已改版", NOW)
    judge(city.engine, PERIOD, RUBRIC, NOW + timedelta(hours=4))
    assert [(one.after, one.cause) for one in compare_versions(city.engine, PERIOD, RUBRIC)] == [("pass", "person")]


def test_the_effect_of_exemptions_on_the_rate_is_told(city: ObservedCity) -> None:
    for column_id in list(city.columns.values()):
        city.exempt(column_id, days_ago(-30))
    effect = weigh_exemptions(city.engine, PERIOD, LOCAL)
    assert effect.changed == {CODE: ("fail", "pass")}
    shown = exemptions_text(effect)
    assert "栏目豁免 3 项" in shown
    assert "无人事任免（录入 张三，批准 未注明，至 2026-12-22）" in shown
    assert "不计豁免的合格率 0.00%（0 ÷ 1，未知 0），计入后 100.00%（1 ÷ 1，未知 0）" in shown
