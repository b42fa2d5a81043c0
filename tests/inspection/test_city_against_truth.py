"""The demo city, crawled and judged, against the truth that its plan alone gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import unquote

import pytest

from tests.city.model import Site
from tests.city.truth import CityTruth, ColumnTruth, Rate, SiteTruth
from tests.city.words import BLUEPRINT
from tests.inspection.conftest import PERIOD, Inspected
from tests.inspection.outcome import ColumnSeen, Outcome

pytestmark = pytest.mark.city
_SEEDS = (7, 2026)
_PAGE_SIZE: int = BLUEPRINT["page_size"]
_STATES = ("present", "absent", "invalid", "unknown")
_BY_AGE = ("W-V4.1", "W-V4.2")
# a mark that could not be read has no row, which is one more way of not knowing it
_UNREAD = "unknown"


@pytest.fixture(scope="module", params=_SEEDS)
def inspected(request: pytest.FixtureRequest, inspect_city: Callable[[int], Inspected]) -> Inspected:
    """The city of one seed."""
    return inspect_city(request.param)


@pytest.fixture(scope="module")
def truth(inspected: Inspected) -> CityTruth:
    return inspected.truth


@pytest.fixture(scope="module")
def outcome(inspected: Inspected) -> Outcome:
    return Outcome(inspected.desk, PERIOD)


def _report(mismatches: Iterator[str]) -> None:
    """Fail with every difference at once."""
    found = list(mismatches)
    assert not found, f"{len(found)} differences from the truth:\n" + "\n".join(found)


def _differ(where: str, wanted: Any, found: Any) -> Iterator[str]:
    if wanted != found:
        yield f"{where}: truth {wanted!r}, found {found!r}"


def test_every_site_and_clause_has_the_verdict_of_the_plan(truth: CityTruth, outcome: Outcome) -> None:
    def compare() -> Iterator[str]:
        for site in truth.sites:
            wanted = _clauses(site)
            found = outcome.verdicts.get(site.code, {})
            # portals are scored as well (deductions): the truth is about the clauses that fail a site
            for clause in sorted(wanted) or sorted(found):
                yield from _differ(f"{site.code} {clause}", wanted.get(clause), found.get(clause))

    _report(compare())


def _clauses(site: SiteTruth) -> dict[str, str | None]:
    """Results as judging words them: a clause that counts no column of the site does not apply to it."""
    counted = {column.clause for column in site.columns}
    idle = {clause: "not_applicable" for clause in _BY_AGE if site.unseen is None and clause not in counted}
    return {**site.clauses, **idle, "site": site.verdict} if site.included else {}


def test_every_column_shows_what_the_plan_put_there(truth: CityTruth, outcome: Outcome) -> None:
    def compare() -> Iterator[str]:
        for site in truth.sites:
            if not _is_walked(site):
                yield from _differ(f"{site.code} columns", [], sorted(outcome.columns.get(site.code, {})))
                continue
            seen = {unquote(url): column for url, column in outcome.columns[site.code].items()}
            wanted = {unquote(column.url): column for column in site.columns}
            for url in sorted({*wanted, *seen}):
                yield from _column_differences(site, url, wanted.get(url), seen.get(url))

    _report(compare())


def _is_walked(site: SiteTruth) -> bool:
    """A site that cannot be seen, is excluded or is only probed shows no columns."""
    return site.included and site.unseen is None


def _column_differences(
    site: SiteTruth, url: str, wanted: ColumnTruth | None, seen: ColumnSeen | None
) -> Iterator[str]:
    where = f"{site.code} {url}"
    if wanted is None or seen is None:
        yield f"{where}: truth {wanted and wanted.name!r}, found {seen!r}"
        return
    yield from _differ(f"{where} {wanted.name} state", wanted.state, seen.state)
    yield from _differ(f"{where} {wanted.name} kind", wanted.kind, seen.kind)
    yield from _differ(f"{where} {wanted.name} level", wanted.level, seen.level)
    yield from _differ(f"{where} {wanted.name} reason", wanted.reason, seen.reason)
    if wanted.state != "portal":  # a portal shows the days of its blocks, which no clause counts
        yield from _differ(f"{where} {wanted.name} newest", wanted.newest, seen.newest)
    if wanted.state == "list" and seen.items not in (wanted.items, min(wanted.items, _PAGE_SIZE)):
        yield f"{where} {wanted.name} items: truth {wanted.items}, found {seen.items}"


def test_home_pages_show_their_newest_day_or_the_reason_why_they_were_not_seen(
    truth: CityTruth, outcome: Outcome
) -> None:
    def compare() -> Iterator[str]:
        for site in truth.sites:
            if site.included:
                yield from _differ(site.code, (site.unseen, site.home_newest), outcome.homes.get(site.code))

    _report(compare())


def test_every_mark_has_the_state_of_the_plan(inspected: Inspected, truth: CityTruth, outcome: Outcome) -> None:
    def compare() -> Iterator[str]:
        for site in truth.sites:
            found = {**dict.fromkeys(site.marks, _UNREAD), **outcome.marks.get(site.code, {})}
            for mark, wanted in _marks(inspected.plan.site(site.code), site).items():
                yield from _differ(f"{site.code} {mark}", wanted, found[mark])

    _report(compare())


def _marks(planned: Site, site: SiteTruth) -> dict[str, str]:
    """States as they can be read: a site code in the page's own tags is seen even where the footer is not."""
    if not site.included:
        return {}
    tagged = planned.footer == "blocked_script" and planned.marks["site_code"] == "present"
    return {**site.marks, "site_code": "present"} if tagged else dict(site.marks)


def _by_site(truth: CityTruth, targets: Callable[[SiteTruth], Any]) -> dict[str, set[str]]:
    found = {site.code: set(targets(site)) for site in truth.sites if _is_walked(site)}
    return {code: urls for code, urls in found.items() if urls}


def test_exactly_the_links_that_answer_404_or_410_are_confirmed_dead(truth: CityTruth, outcome: Outcome) -> None:
    wanted = _by_site(truth, lambda site: (link.url for link in site.links if link.confirmed))
    _report(_targets_differ(wanted, outcome.of_kind("link_dead", state="confirmed")))


def test_no_other_link_is_called_dead_at_all_but_those_planned_as_odd(truth: CityTruth, outcome: Outcome) -> None:
    planned = _by_site(truth, lambda site: (link.url for link in site.links))
    found = outcome.of_kind("link_dead", "link_hijacked")
    extra = {code: urls - planned.get(code, set()) for code, urls in found.items()}
    assert {code: urls for code, urls in extra.items() if urls} == {}


def test_exactly_the_planted_links_are_dark_and_as_strong_as_planted(truth: CityTruth, outcome: Outcome) -> None:
    wanted = _by_site(truth, lambda site: (dark.url for dark in site.dark_links))
    _report(_targets_differ(wanted, outcome.of_kind("dark_link")))
    strengths = {site.code: {dark.url: dark.strength for dark in site.dark_links} for site in truth.sites}
    assert outcome.dark_links == {code: planted for code, planted in strengths.items() if planted}


def _targets_differ(wanted: Mapping[str, set[str]], found: Mapping[str, set[str]]) -> Iterator[str]:
    for code in sorted({*wanted, *found}):
        yield from _differ(code, sorted(wanted.get(code, set())), sorted(found.get(code, set())))


def test_exactly_the_sites_with_poisoned_titles_are_called_tampered_with(truth: CityTruth, outcome: Outcome) -> None:
    assert set(outcome.of_kind("tampering")) == {site.code for site in truth.sites if site.poisoned_title}


def test_exactly_the_planned_grave_wordings_are_suspected_and_no_quotation_of_one(
    truth: CityTruth, outcome: Outcome
) -> None:
    wanted = _by_site(truth, lambda site: (wording.url for wording in site.wordings))
    assert wanted, "the city has no grave wording to find"
    _report(_targets_differ(wanted, outcome.of_kind("wording")))
    rows = [row for row in outcome.problems if row["kind"] == "wording"]
    assert {(row["state"], row["clause"]) for row in rows} == {("suspected", "W-V1.1")}


def test_exactly_the_retired_sites_that_answer_are_told(truth: CityTruth, outcome: Outcome) -> None:
    wanted = {site.code for site in truth.sites if site.retired_answers}
    assert set(outcome.of_kind("retired_site_answers")) == wanted


def test_exactly_the_items_dated_in_the_future_are_suspicious(truth: CityTruth, outcome: Outcome) -> None:
    _report(_targets_differ(_by_site(truth, lambda site: site.future_items), outcome.of_kind("date_suspicious")))


def test_columns_whose_articles_show_no_date_are_told_and_no_others(truth: CityTruth, outcome: Outcome) -> None:
    _report(_examples_differ(_by_site(truth, lambda site: site.undated_articles), outcome.of_kind("article_undated")))


def test_articles_without_their_tags_are_told_and_no_others(truth: CityTruth, outcome: Outcome) -> None:
    # an article that shows no date carries no PubDate either
    wanted = _by_site(truth, lambda site: (*site.untagged_articles, *site.undated_articles))
    _report(_examples_differ(wanted, outcome.of_kind("tags_missing")))


def _examples_differ(faulty: Mapping[str, set[str]], found: Mapping[str, set[str]]) -> Iterator[str]:
    """A finding names one article of many: it must be a faulty one, and every site with faulty ones has a finding."""
    yield from _differ("sites", sorted(faulty), sorted(found))
    for code, urls in found.items():
        for url in sorted(urls - faulty.get(code, set())):
            yield f"{code}: {url} is in order"


def test_innocent_targets_are_in_no_line_of_the_problem_list(truth: CityTruth, outcome: Outcome) -> None:
    innocent = {url for site in truth.sites for url in site.never_accuse}
    dark = {url for found in outcome.dark_links.values() for url in found}
    assert dark & innocent == set()
    of_links = [row for row in outcome.problems if row["kind"] in ("link_dead", "link_hijacked", "dark_link")]
    assert [row for row in of_links if row["url"] in innocent] == []


def test_a_site_that_was_not_seen_or_is_in_order_has_no_line_of_another_kind(
    truth: CityTruth, outcome: Outcome
) -> None:
    unseen = {site.code for site in truth.sites if site.unseen or (not site.included and not site.retired_answers)}
    assert [row for row in outcome.problems if row["site_code"] in unseen] == []


def test_stale_and_blank_columns_in_the_list_are_those_of_the_plan(truth: CityTruth, outcome: Outcome) -> None:
    stale = _by_site(truth, lambda site: (column.url for column in site.columns if column.result == "bad"))
    blank = _by_site(truth, lambda site: (column.url for column in site.columns if column.state == "blank"))
    _report(_targets_differ(stale, outcome.of_kind("column_stale")))
    _report(_targets_differ(blank, outcome.of_kind("column_blank")))


def test_pass_rates_of_the_whole_and_of_every_part_are_those_of_the_plan(truth: CityTruth, outcome: Outcome) -> None:
    rates = outcome.rates
    parts = {part["group"]: part for part in rates["parts"]}

    def compare() -> Iterator[str]:
        yield from _differ("whole", truth.whole, _rate(rates["overall"]))
        yield from _differ("portal", truth.portal, _rate(parts["city"]))
        for name, wanted in (("districts", truth.districts), ("departments", truth.departments)):
            listed = {group: rate for group, rate in wanted.items() if rate.included}
            found = {group["name"]: _rate(group) for group in rates[name]}
            for group in sorted({*listed, *found}):
                yield from _differ(f"{name} {group}", listed.get(group), found.get(group))

    _report(compare())


def _rate(group: Mapping[str, Any]) -> Rate:
    return Rate(group["pass"], group["pass"] + group["fail"], group["unknown"], group["included"])


def test_mark_counts_of_the_whole_are_those_of_the_plan(truth: CityTruth, outcome: Outcome) -> None:
    counts = outcome.rates["overall"]["marks"]
    found = {mark: {state: counts[mark][state] for state in _STATES} for mark in truth.marks}
    assert found == {mark: asdict(count) for mark, count in truth.marks.items()}
