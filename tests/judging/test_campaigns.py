"""Groups of sites that hide the same targets."""

from __future__ import annotations

from datetime import UTC, datetime

from govspider.db.shared_targets import HiddenTarget
from govspider.judging.campaigns import find_campaigns

DAY = datetime(2026, 11, 1, tzinfo=UTC)


def hidden(domain: str, sites: str, *, open_sites: int = 0) -> HiddenTarget:
    return HiddenTarget(domain, len(sites), tuple(sites), open_sites, (f"锚{domain}",), DAY)


def test_targets_with_a_site_in_common_are_one_campaign() -> None:
    (found,) = find_campaigns([hidden("a.com", "AB"), hidden("b.com", "BC"), hidden("c.com", "C")])
    assert (found.domains, found.sites) == (("a.com", "b.com", "c.com"), ("A", "B", "C"))


def test_targets_that_a_later_one_connects_are_one_campaign() -> None:
    (found,) = find_campaigns([hidden("a.com", "A"), hidden("b.com", "B"), hidden("c.com", "AB")])
    assert found.sites == ("A", "B")


def test_targets_without_a_site_in_common_stay_apart_and_the_wider_comes_first() -> None:
    found = find_campaigns([hidden("a.com", "AB"), hidden("b.com", "CDE")])
    assert [campaign.domains for campaign in found] == [("b.com",), ("a.com",)]


def test_what_one_site_alone_hides_is_no_campaign() -> None:
    assert find_campaigns([hidden("a.com", "A"), hidden("b.com", "A")]) == []


def test_openly_linked_targets_connect_nobody() -> None:
    found = find_campaigns([hidden("a.com", "AB"), hidden("b.com", "CD"), hidden("badge.com", "ABCD", open_sites=9)])
    assert [campaign.sites for campaign in found] == [("A", "B"), ("C", "D")]
