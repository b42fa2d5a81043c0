"""The plan of the demo city: the same every time, and fair in what it asks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from tests.city.hosts import NEIGHBOURS, host_table
from tests.city.model import Asked, Fate, Plan
from tests.city.plan import make_plan

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
# a leap day, month ends, New Year: days on which counting back goes wrong first
DAYS = ["2026-11-22", "2027-01-01", "2028-02-29", "2027-03-31", "2026-08-31"]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(7, AT)


def test_the_same_seed_and_day_give_the_same_plan() -> None:
    assert make_plan(7, AT) == make_plan(7, AT)


def test_another_seed_gives_other_titles() -> None:
    first, second = (make_plan(seed, AT).sites[0].columns[0].items for seed in (7, 8))
    assert [item.title for item in first] != [item.title for item in second]


def test_the_check_day_is_counted_in_shanghai() -> None:
    late = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
    assert make_plan(7, late).day.isoformat() == "2026-11-23"


def test_a_check_instant_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="names no time zone"):
        make_plan(7, datetime(2026, 11, 22))


def test_a_city_is_as_large_as_promised(plan: Plan) -> None:
    districts = {site.district for site in plan.sites} - {""}
    departments = [site for site in plan.sites if not site.district and site.type == "department"]
    assert len(plan.sites) >= 18
    assert len(districts) >= 3
    assert len(departments) >= 5
    assert all(6 <= len(site.columns) <= 14 for site in plan.sites)


def test_site_codes_are_ten_digits_of_a_region_that_does_not_exist(plan: Plan) -> None:
    codes = [site.code for site in plan.sites]
    assert len(set(codes)) == len(codes)
    assert all(len(code) == 10 and code.isdecimal() and code.startswith("99") for code in codes)


def test_lists_hold_eight_to_twenty_items(plan: Plan) -> None:
    listed = [column for site in plan.sites for column in site.columns if column.items]
    assert all(8 <= len(column.items) <= 20 for column in listed)


def test_no_two_articles_share_an_address(plan: Plan) -> None:
    for site in plan.sites:
        paths = [item.path for _, item in site.articles]
        assert len(paths) == len(set(paths)), site.name


def test_no_two_columns_share_an_address(plan: Plan) -> None:
    for site in plan.sites:
        paths = [column.path for column in site.columns]
        assert len(paths) == len(set(paths)), site.name


@pytest.mark.parametrize("day", DAYS)
def test_every_age_stands_well_away_from_its_limit(day: str) -> None:
    """Six months are 181 to 184 days: between 170 and 220 days a truth could turn with the calendar."""
    plan = make_plan(7, datetime.fromisoformat(f"{day}T09:00:00+08:00"))
    limits = {"news": (10, 22), "notice": (165, 220), "policy": (165, 220), "interpretation": (165, 220)}
    for site in plan.sites:
        for column in site.columns:
            if column.newest is None or column.fate not in (Fate.FRESH, Fate.STALE):
                continue
            low, high = limits.get(column.kind, (330, 400))
            if column.update_days == 90:
                low, high = 60, 120
            age = (plan.day - column.newest).days
            assert age <= low if column.fate is Fate.FRESH else age >= high, f"{site.name} {column.name} {age}"


def test_home_pages_are_plainly_fresh_or_plainly_old(plan: Plan) -> None:
    for site in plan.sites:
        newest = max(item.published for items in site.home_items.values() for item in items)
        age = (plan.day - newest).days
        assert age >= 20 if site.home_stale else age <= 8, f"{site.name} {age}"


def test_where_the_home_page_is_old_no_column_is_fresher(plan: Plan) -> None:
    oldest_allowed = plan.day - timedelta(days=20)
    for site in plan.sites:
        if site.home_stale:
            assert all(column.newest is None or column.newest <= oldest_allowed for column in site.columns), site.name


def test_every_page_of_navigation_and_lists_answers(plan: Plan) -> None:
    table = host_table(plan)
    for site in plan.sites:
        if site.conduct not in ("normal", "robots_disallow"):
            continue
        host = urlsplit(site.origin).netloc
        paths = [
            "/",
            "/wzdt/index.html",
            *(column.path for column in site.columns),
            *(i.path for _, i in site.articles),
        ]
        for path in paths:
            parts = urlsplit(path)
            asked = Asked("GET", site.scheme, host, parts.path, parts.query, earlier=1)
            assert table[host](asked).status == 200, f"{site.name} {path}"


def test_copies_of_the_city_have_hosts_and_codes_of_their_own() -> None:
    plan = make_plan(7, AT, scale=3)
    assert len(plan.sites) == 3 * len(make_plan(7, AT).sites)
    assert len({site.code for site in plan.sites}) == len(plan.sites)
    hosts = {site.host for site in plan.sites}
    assert len(hosts) == len(plan.sites)
    assert {site.city for site in plan.sites} == {"云景市", "云景1市", "云景2市"}


def test_padding_brings_pages_to_the_size_asked_for() -> None:
    plan = make_plan(7, AT, page_bytes=(30_000, 100_000))
    site = plan.site("9901000002")
    answer = host_table(plan)[site.host](Asked("GET", "http", site.host, "/"))
    assert 30_000 <= len(answer.body) <= 120_000


def test_everything_the_city_links_to_is_fictional_or_a_known_neighbour(plan: Plan) -> None:
    outside = {
        urlsplit(item.path).hostname for site in plan.sites for c in site.columns for item in c.items if item.external
    }
    assert outside == {"www.news-demo.example"}
    assert outside <= set(NEIGHBOURS)
