"""Dark links are for a person to decide."""

from __future__ import annotations

from typing import Any

import pytest

from govspider.checks.outcome import Result
from govspider.items import INNOCENT_DOMAINS, DomainVerdict, Sight, Strength, UnknownReason
from govspider.seen import SeenDarkLink, SeenUnread
from tests.checks.questions import SUSPECTED, certainties, found
from tests.checks.seen_sites import HOME


@pytest.mark.parametrize("strength", [Strength.STRONG, Strength.WEAK])
def test_a_dark_link_is_never_more_than_suspected(strength: Strength) -> None:
    link = SeenDarkLink("http://bet.example.com/", HOME, "博彩", "display_none", strength, ("词库命中",))
    assert certainties(found("W-V1.3", dark_links=(link,))) == [SUSPECTED]


def test_strong_evidence_speaks_for_a_target_hidden_twice() -> None:
    weak, strong = (
        SeenDarkLink("http://bet.example.com/", HOME, "博彩", how, strength, ())
        for how, strength in (("off_screen", Strength.WEAK), ("display_none", Strength.STRONG))
    )
    outcome = found("W-V1.3", dark_links=(weak, strong))
    assert len(outcome.faults) == 1
    assert "display_none" in outcome.faults[0].evidence


def _link(url: str, *, path: str = "/div[1]", page: str = HOME, **values: Any) -> SeenDarkLink:
    strength = values.pop("strength", Strength.WEAK)
    return SeenDarkLink(url, page, "伙伴", "display_none", strength, ("隐藏",), path=path, domain="bet.com", **values)


def test_the_links_of_one_hidden_container_are_one_finding_that_lists_them_all() -> None:
    links = tuple(_link(f"http://{name}.com/") for name in "abc")
    (fault,) = found("W-V1.3", dark_links=links).faults
    assert "同一隐藏区域共 3 个链接" in fault.evidence
    assert all(link.url in fault.evidence for link in links)


def test_the_same_container_on_several_pages_is_one_finding_with_their_number() -> None:
    pages = (HOME, f"{HOME}a.html", f"{HOME}b.html")
    (fault,) = found("W-V1.3", dark_links=tuple(_link("http://a.com/", page=page) for page in pages)).faults
    assert "另有 2 个页面" in fault.evidence


def test_two_containers_of_one_page_are_two_findings() -> None:
    links = (_link("http://a.com/"), _link("http://b.com/", path="/div[2]"))
    assert len(found("W-V1.3", dark_links=links).faults) == 2


def test_a_target_hidden_at_other_owners_is_strong_evidence() -> None:
    (fault,) = found("W-V1.3", dark_links=(_link("http://a.com/", owners=3),)).faults
    assert (fault.reason, "3 个主办方" in fault.evidence) == ("疑似暗链（证据强）", True)


@pytest.mark.parametrize("verdict", sorted(INNOCENT_DOMAINS))
def test_a_harmless_domain_clears_weak_evidence_only(verdict: DomainVerdict) -> None:
    weak = _link("http://a.com/", verdict=verdict)
    strong = _link("http://a.com/", verdict=verdict, strength=Strength.STRONG)
    assert found("W-V1.3", dark_links=(weak,)).faults == ()
    assert len(found("W-V1.3", dark_links=(strong,)).faults) == 1


def test_a_link_that_a_browser_shows_is_not_hidden_unless_more_accuses_it() -> None:
    weak = _link("http://a.com/", sight=Sight.VISIBLE)
    strong = _link("http://a.com/", sight=Sight.VISIBLE, strength=Strength.STRONG)
    shared = _link("http://a.com/", sight=Sight.VISIBLE, owners=2)
    assert [len(found("W-V1.3", dark_links=(link,)).faults) for link in (weak, strong, shared)] == [0, 1, 1]


def test_what_the_browser_saw_is_told_with_its_picture() -> None:
    (fault,) = found("W-V1.3", dark_links=(_link("http://a.com/", sight=Sight.CLIPPED, picture_sha256="ab12"),)).faults
    assert "浏览器复看：被裁切，截图 sha256 ab12" in fault.evidence


def test_a_page_that_was_not_searched_to_its_end_cannot_pass() -> None:
    unread = SeenUnread(HOME, "页内样式表超过400000字符，其后未检查")
    for clause in ("W-V1.3", "W-V1.4"):
        outcome = found(clause, dark_unread=(unread,))
        assert outcome.result is Result.UNKNOWN
        assert [gap.reason for gap in outcome.unsettled] == [UnknownReason.BUDGET]
        assert "其后未检查" in outcome.reasons()[0]
        assert found(clause).result is Result.PASS


def test_a_page_too_large_to_be_read_cannot_pass_either() -> None:
    outcome = found("W-V1.3", dark_unread=(SeenUnread(HOME, "70000 tags", UnknownReason.TOO_BIG),))
    assert [gap.reason for gap in outcome.unsettled] == [UnknownReason.TOO_BIG]
