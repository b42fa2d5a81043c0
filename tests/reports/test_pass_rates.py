"""Grouping and sums of the pass rates."""

from __future__ import annotations

import json
import random
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.engine import Engine

from govspider.db.periods import Period
from govspider.db.verdicts import OrganisationRow, SiteResult
from govspider.items import MarkState
from govspider.judging import DEFAULT_RUBRIC, judge
from govspider.reports.pass_rates import (
    ALL_MARKS,
    PassRateReport,
    pass_rates_json,
    rate_sites,
    read_pass_rates,
)
from govspider.reports.screen import render_tables
from govspider.rubrics.model import load_rubric
from govspider.scoring import MarkRate, PassRate
from govspider.seen import SeenMark
from tests.observed_city import CHECK_AT, CHECK_DAY, PERIOD, ObservedCity, days_ago

CITY, EDUCATION, SCHOOL, EAST, EAST_TAX, TOWN, LOST, NOWHERE, WEST, ZONE = range(1, 11)
TREE = {
    CITY: OrganisationRow(CITY, "甲市", "city", None, 1),
    EDUCATION: OrganisationRow(EDUCATION, "市教育局", "department", CITY, 2),
    SCHOOL: OrganisationRow(SCHOOL, "市招生办", "department", EDUCATION, None),
    EAST: OrganisationRow(EAST, "东区", "district", CITY, 4),
    EAST_TAX: OrganisationRow(EAST_TAX, "东区税务局", "department", EAST, None),
    TOWN: OrganisationRow(TOWN, "东湖镇", "township", EAST, None),
    LOST: OrganisationRow(LOST, "某局", "department", None, None),
    NOWHERE: OrganisationRow(NOWHERE, "未分区", "unassigned", None, None),
    ZONE: OrganisationRow(ZONE, "东区开发区", "district", EAST, None),
    WEST: OrganisationRow(WEST, "西区", "district", CITY, 3),
}


def result(organisation: int, verdict: str | None, **marks: str) -> SiteResult:
    seen = {name: SeenMark(name, MarkState(state)) for name, state in marks.items()}
    return SiteResult("3300000001", "某网站", "department", organisation, verdict, seen)


def report_of(*results: SiteResult) -> PassRateReport:
    period = Period(1, PERIOD, CHECK_DAY, CHECK_DAY, CHECK_AT, None, False, None)
    return rate_sites(period, load_rubric(DEFAULT_RUBRIC), results, TREE, [("例行维护", 2)])


def test_a_site_stands_in_exactly_one_group() -> None:
    places = {
        CITY: "市级门户",
        EDUCATION: "市级部门",
        SCHOOL: "市级部门",
        EAST: "区县",
        EAST_TAX: "区县",
        TOWN: "区县",
        LOST: "未分区",
        NOWHERE: "未分区",
    }
    for organisation, expected in places.items():
        report = report_of(result(organisation, "pass"))
        assert [part.name for part in report.parts if part.rate.included] == [expected]


def test_a_district_counts_its_portal_and_its_departments() -> None:
    report = report_of(result(EAST, "pass"), result(EAST_TAX, "fail"), result(TOWN, "unknown"))
    assert [(group.name, group.rate) for group in report.districts] == [("东区", PassRate(1, 1, 1))]
    assert report.departments == ()


def test_a_zone_inside_a_district_counts_for_the_district() -> None:
    report = report_of(result(EAST, "pass"), result(ZONE, "fail"))
    assert [(group.name, group.rate) for group in report.districts] == [("东区", PassRate(1, 1, 0))]


def test_a_lower_office_counts_for_its_city_department() -> None:
    report = report_of(result(EDUCATION, "pass"), result(SCHOOL, "fail"))
    assert [(group.name, group.rate) for group in report.departments] == [("市教育局", PassRate(1, 1, 0))]


def test_units_stand_in_protocol_order_not_in_order_of_their_rates() -> None:
    report = report_of(result(EAST, "pass"), result(WEST, "fail"))
    assert [group.name for group in report.districts] == ["西区", "东区"]


def test_the_parts_add_up_to_the_whole() -> None:
    chance = random.Random(20190401)
    verdicts = ("pass", "fail", "unknown", None)
    report = report_of(*(result(chance.choice(list(TREE)), chance.choice(verdicts)) for _ in range(300)))
    nothing = PassRate()
    assert report.overall.rate.included == 300
    assert sum((part.rate for part in report.parts), nothing) == report.overall.rate
    city, districts, departments, unassigned = (part.rate for part in report.parts)
    assert sum((group.rate for group in report.districts), nothing) == districts
    assert sum((group.rate for group in report.departments), nothing) == departments
    assert city.included
    assert unassigned.included


def test_a_site_that_was_never_judged_is_unknown() -> None:
    assert report_of(result(EAST, None)).overall.rate == PassRate(unknown=1)


def test_units_of_a_notice_add_up_to_its_total() -> None:
    failed = {
        "省直": (141, 7),
        "海东": (133, 4),
        "海南州": (153, 3),
        "海西": (168, 3),
        "黄南": (38, 3),
        "玉树": (131, 11),
    }
    rates = [PassRate(total - bad, bad) for total, bad in failed.values()]
    rest = PassRate(1208 - sum(rate.included for rate in rates))
    whole = sum(rates, rest)
    assert (whole.included, whole.failed, whole.rate) == (1208, 31, Decimal("97.43"))


FOUR = {"conac": "present", "site_code": "present", "icp": "present", "police": "present"}
SIX = {**FOUR, "sponsor": "present", "contact": "present"}


def test_all_marks_need_every_configured_mark() -> None:
    report = report_of(
        result(EAST, "pass", **SIX),
        result(EAST, "pass", **{**SIX, "icp": "absent"}),
        result(EAST, "pass", **{**SIX, "icp": "invalid"}),
        result(EAST, "pass", **{**SIX, "icp": "unknown"}),
        result(EAST, "unknown"),
    )
    marks = report.overall.marks
    assert marks[ALL_MARKS] == MarkRate(present=1, absent=1, invalid=1, unknown=2)
    assert marks["icp"] == MarkRate(present=1, absent=1, invalid=1, unknown=2)
    assert marks["conac"] == MarkRate(present=4, unknown=1)


def test_a_site_code_that_only_the_page_code_names_does_not_count_as_added() -> None:
    meta = "meta http://www.example.gov.cn/"
    listed = SeenMark("site_code", MarkState.PRESENT, "3300000001", None, "text http://www.example.gov.cn/")
    hidden = SeenMark("site_code", MarkState.PRESENT, "3300000001", "页脚没有列出", meta)
    unread = SeenMark("site_code", MarkState.PRESENT, "3300000001", "not_checked：页脚脚本没有读取", meta)
    results = [
        SiteResult(f"330000000{number}", "某网站", "department", EDUCATION, "pass", {"site_code": mark})
        for number, mark in enumerate((listed, hidden, unread))
    ]
    assert report_of(*results).overall.marks["site_code"] == MarkRate(present=1, invalid=1, unknown=1)


def test_a_missing_mark_decides_even_where_another_is_unknown() -> None:
    report = report_of(result(EAST, "pass", **{**SIX, "icp": "absent", "police": "unknown"}))
    assert report.overall.marks[ALL_MARKS] == MarkRate(absent=1)


def test_the_json_carries_numerator_denominator_and_coverage() -> None:
    shown = pass_rates_json(report_of(result(EAST, "pass"), result(EAST, "fail"), result(CITY, "unknown")))
    whole = shown["overall"]
    assert (whole["included"], whole["pass"], whole["fail"], whole["unknown"]) == (3, 1, 1, 1)
    assert (whole["rate"], whole["coverage"], whole["lower"], whole["upper"]) == (50.0, 66.67, 33.33, 66.67)
    assert shown["excluded"] == [{"reason": "例行维护", "sites": 2}]
    assert [group["name"] for group in shown["districts"]] == ["东区"]
    assert json.loads(json.dumps(shown)) == shown


def test_by_district_leaves_departments_out_and_keeps_the_whole() -> None:
    report = report_of(result(EAST, "pass"), result(EDUCATION, "pass"))
    assert [name for name, _ in report.sections("district")] == ["overall", "districts"]
    assert [name for name, _ in report.sections("department")] == ["overall", "departments"]


def test_a_rate_of_nothing_is_a_dash_on_the_screen() -> None:
    shown = render_tables(report_of(result(EAST, "unknown")))
    line = next(line for line in shown.splitlines() if "东区" in line)
    assert [cell.strip() for cell in line.strip("│").split("│")] == [
        "东区",
        "1",
        "0",
        "0",
        "1",
        "—",
        "0.00",
        "0.00",
        "100.00",
    ]


@pytest.fixture
def city(engine: Engine) -> ObservedCity:
    made = ObservedCity(engine)
    made.organisation("甲市", "city")
    made.organisation("东区", "district", "甲市")
    made.organisation("市教育局", "department", "甲市")
    return made


def test_rates_come_from_the_stored_verdicts_of_included_sites(city: ObservedCity) -> None:
    made = (("3300000001", "甲市", 1), ("3300000002", "东区", 40), ("3300000003", "市教育局", 1))
    for code, organisation, age in made:
        city.site(code, organisation)
        look_id, _ = city.look(code)
        city.marks(city.home(look_id, code, days_ago(age)), look_id, {"police": "absent"})
        city.column(code, "概况", "static")
    city.site("3300000004", "东区", excluded="例行维护")
    city.site("3300000005", "东区")
    judge(city.engine, PERIOD, DEFAULT_RUBRIC, CHECK_AT + timedelta(hours=1))
    report = read_pass_rates(city.engine, PERIOD, DEFAULT_RUBRIC)
    assert report.overall.rate == PassRate(2, 1, 1)
    assert [(group.name, group.rate) for group in report.districts] == [("东区", PassRate(0, 1, 1))]
    assert report.overall.marks["police"] == MarkRate(absent=3, unknown=1)
    assert report.excluded == (("例行维护", 1),)
