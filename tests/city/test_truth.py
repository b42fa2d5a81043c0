"""The truth: consistent with the plan it is derived from, and covering every kind of fault."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tests.city.hosts import host_table
from tests.city.model import Asked, Fate, Plan
from tests.city.plan import make_plan
from tests.city.truth import CityTruth, to_json, truth_of

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(7, AT)


@pytest.fixture(scope="module")
def truth(plan: Plan) -> CityTruth:
    return truth_of(plan)


def failing(truth: CityTruth, clause: str) -> list[str]:
    return [site.code for site in truth.sites if site.clauses.get(clause) == "fail"]


def test_every_clause_is_failed_by_some_site_and_passed_by_most(truth: CityTruth) -> None:
    for clause in ("W-V3", "W-V4.1", "W-V4.2", "W-V4.3"):
        assert failing(truth, clause), clause
        passed = [site for site in truth.sites if site.clauses.get(clause) == "pass"]
        assert len(passed) > len(truth.sites) / 2, clause


def counted(truth: CityTruth, code: str, clause: str) -> tuple[int, int]:
    results = [column.result for column in truth.site(code).columns if column.clause == clause]
    return results.count("bad"), results.count("unknown")


def test_sites_stand_on_both_sides_of_every_threshold(truth: CityTruth) -> None:
    assert counted(truth, "9901000003", "W-V4.1") == (5, 0)
    assert counted(truth, "9901030002", "W-V4.1") == (4, 0)
    assert counted(truth, "9901030003", "W-V4.1") == (4, 1)
    assert counted(truth, "9901020002", "W-V4.2")[0] >= 10
    assert counted(truth, "9901020003", "W-V4.2") == (9, 0)
    blanks = {site.code: sum(column.state == "blank" for column in site.columns) for site in truth.sites}
    assert (blanks["9901000009"], blanks["9901000004"]) == (5, 4)


def test_verdicts_follow_from_the_clauses(truth: CityTruth) -> None:
    verdicts = {code: truth.site(code).verdict for code in ("9901000003", "9901030002", "9901030003", "9901000009")}
    assert verdicts == {"9901000003": "fail", "9901030002": "pass", "9901030003": "unknown", "9901000009": "fail"}


def test_what_could_not_be_seen_is_unknown_and_never_a_failure(truth: CityTruth) -> None:
    unseen = [site for site in truth.sites if site.unseen]
    assert {site.unseen for site in unseen} == {"blocked", "robots", "proxy"}
    for site in unseen:
        assert site.verdict == "unknown"
        assert set(site.clauses.values()) | set(site.marks.values()) == {"unknown"}
        assert {column.state for column in site.columns} == {"unknown"}


def test_sites_not_running_are_in_no_denominator(truth: CityTruth) -> None:
    excluded = [site for site in truth.sites if not site.included]
    assert {site.exclude_reason for site in excluded} == {"例行维护", "已下线"}
    assert all(site.verdict is None for site in excluded)
    assert truth.whole.included == len(truth.sites) - len(excluded)


def test_rates_of_all_groups_add_up_to_the_whole(truth: CityTruth) -> None:
    groups = [truth.portal, *truth.districts.values(), *truth.departments.values()]
    for part in ("numerator", "denominator", "unknown", "included"):
        assert sum(getattr(group, part) for group in groups) == getattr(truth.whole, part), part
    assert truth.whole.denominator + truth.whole.unknown == truth.whole.included


def test_a_district_rate_counts_its_own_sites(truth: CityTruth) -> None:
    mine = [site.verdict for site in truth.sites if site.district == "临湖区"]
    rate = truth.districts["临湖区"]
    assert (rate.numerator, rate.denominator) == (mine.count("pass"), mine.count("pass") + mine.count("fail"))


def test_every_mark_has_sites_with_and_sites_without(truth: CityTruth) -> None:
    for mark, count in truth.marks.items():
        assert count.present > 0 and count.absent + count.invalid > 0, mark
        assert count.present + count.absent + count.invalid + count.unknown == truth.whole.included, mark


def test_newest_dates_are_those_of_the_plan_and_never_in_the_future(plan: Plan, truth: CityTruth) -> None:
    for site, told in zip(plan.sites, truth.sites, strict=True):
        for column, said in zip(site.columns, told.columns, strict=True):
            if said.newest is None:
                continue
            past = [item.published for item in column.items if item.published <= plan.day]
            assert said.newest == max(past), f"{site.name} {column.name}"


def test_every_fault_of_the_brief_is_somewhere(truth: CityTruth) -> None:
    answers = {link.answer for site in truth.sites for link in site.links}
    assert answers == {"404", "410", "403", "500", "loop", "soft_404"}
    assert len({dark.technique for site in truth.sites for dark in site.dark_links}) >= 6
    assert {dark.strength for site in truth.sites for dark in site.dark_links} == {"strong", "weak"}
    for found in ("poisoned_title", "retired_answers", "untagged_articles", "undated_articles", "future_items"):
        assert any(getattr(site, found) for site in truth.sites), found


def test_dark_links_really_stand_in_the_home_page(plan: Plan, truth: CityTruth) -> None:
    table = host_table(plan)
    for site, told in zip(plan.sites, truth.sites, strict=True):
        if told.dark_links:
            text = table[site.host](Asked("GET", "http", site.host, "/")).body.decode(site.encoding)
            assert all(f'href="{dark.url}"' in text for dark in told.dark_links), site.name


def test_blank_columns_say_so_and_list_nothing(plan: Plan) -> None:
    table = host_table(plan)
    for site in plan.sites:
        for column in site.columns:
            if column.fate is Fate.BLANK and column.shape != "gkmlpt":
                text = table[site.host](Asked("GET", site.scheme, site.host, column.path)).body.decode(site.encoding)
                assert "暂无" in text, f"{site.name} {column.name}"
                assert not column.items


def test_the_truth_is_written_as_json(truth: CityTruth) -> None:
    read = json.loads(to_json(truth))
    assert read["check_day"] == "2026-11-22"
    assert len(read["sites"]) == len(truth.sites)
    assert read["whole"]["included"] == truth.whole.included
