"""Dead links: what proves one, and what is only suspected."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from govspider.checks.link_identity import changed_identity
from govspider.checks.outcome import Certainty, FindingKind, Result
from govspider.items import LinkFault, LinkIdentity, UnknownReason
from govspider.seen import (
    SeenClosedLink,
    SeenDeadLink,
    SeenIdentityChange,
    SeenLinkException,
    SeenReusedAnswers,
    SeenUnknownLink,
)
from tests.checks.questions import CONFIRMED, SUSPECTED, certainties, found
from tests.checks.seen_sites import HOME, ago
from tests.observed_city import CHECK_AT


def dead(status: int | None, first_status: int | None = None, *, on_site: bool, scope: str = "home") -> SeenDeadLink:
    return SeenDeadLink(
        url="http://x.example.com/gone",
        source_url=HOME,
        scope=scope,
        kind="page",
        anchor="链接",
        first_status=first_status,
        status=status,
        detail="",
        on_site=on_site,
    )


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (dead(404, 404, on_site=True), CONFIRMED),
        (dead(410, 404, on_site=True), CONFIRMED),
        (dead(None, None, on_site=False), CONFIRMED),
        (dead(None, None, on_site=True), CONFIRMED),
        (dead(404, 404, on_site=False), SUSPECTED),
        (dead(404, None, on_site=False), SUSPECTED),
        (dead(500, 500, on_site=True), SUSPECTED),
        (dead(404, 500, on_site=True), SUSPECTED),
    ],
)
def test_a_dead_link_is_confirmed_only_by_the_site_itself_or_a_name_that_does_not_exist(
    link: SeenDeadLink, expected: Certainty
) -> None:
    assert certainties(found("W-D4.3a", dead_links=(link,))) == [expected]


def test_home_and_inner_links_stand_under_their_own_clauses() -> None:
    inner = dead(404, 404, on_site=True, scope="inner")
    assert found("W-D4.3a", dead_links=(inner,)).faults == ()
    assert len(found("W-D4.3b", dead_links=(inner,)).faults) == 1


def test_a_dead_target_is_one_fault_however_many_links_lead_to_it() -> None:
    link = dead(404, 404, on_site=True)
    assert len(found("W-D4.3a", dead_links=(link, link)).faults) == 1


@pytest.mark.parametrize("fault", [LinkFault.REFUSED, LinkFault.REDIRECT_LOOP])
def test_no_answer_is_no_proof_that_a_name_does_not_exist(fault: LinkFault) -> None:
    link = replace(dead(None, None, on_site=True), first_fault=fault, fault=fault)
    assert certainties(found("W-D4.3a", dead_links=(link,))) == [SUSPECTED]


@pytest.mark.parametrize(
    ("fault", "kind"),
    [(LinkFault.SOFT_404, FindingKind.LINK_DEAD), (LinkFault.PARKED, FindingKind.LINK_HIJACKED),
     (LinkFault.PLANTED, FindingKind.LINK_HIJACKED)],
)  # fmt: skip
def test_what_answers_200_and_is_dead_is_suspected_under_its_kind(fault: LinkFault, kind: FindingKind) -> None:
    link = replace(dead(200, 200, on_site=True), first_fault=fault, fault=fault, detail="看到的内容")
    [one] = found("W-D4.3a", dead_links=(link,)).faults
    assert (one.kind, one.certainty) == (kind, SUSPECTED)
    assert "看到的内容" in one.evidence


def test_a_dead_link_of_a_shared_footer_is_one_fault_and_counts_on_the_home_page_only() -> None:
    home = replace(dead(404, 404, on_site=True), pages=40)
    inner = replace(home, scope="inner")
    [one] = found("W-D4.3a", dead_links=(home, inner)).faults
    assert "40 个页面" in one.evidence
    assert found("W-D4.3b", dead_links=(home, inner)).faults == ()


def identity(title: str, domain: str = "news-demo.com", language: str = "zh", certificate: str = "") -> LinkIdentity:
    return LinkIdentity("www.news-demo.com", domain, title, language, certificate)


@pytest.mark.parametrize(
    ("now", "changed"),
    [
        (identity("陷阱市教育考试院", "other-demo.com"), False),
        (identity("陷阱市教育考试院 - 新版", language="latin"), False),
        (identity("全新改版"), False),
        (identity("Cheap watches", language="latin"), True),
        (identity("某某娱乐", "other-demo.com"), True),
        (identity("某某娱乐", certificate="Some Casino Ltd"), True),
        (identity("某某娱乐", certificate="www.news-demo.com"), False),
    ],
)
def test_an_identity_changes_only_where_two_signs_agree(now: LinkIdentity, changed: bool) -> None:
    before = identity("陷阱市教育考试院", certificate="陷阱市教育局")
    assert (changed_identity(before, now) is not None) is changed


def test_a_changed_identity_is_a_suspected_hijack() -> None:
    now = identity("Cheap watches", language="latin")
    change = SeenIdentityChange("http://www.news-demo.com/", HOME, "home", "考试院", CHECK_AT, identity("考试院"), now)
    [one] = found("W-D4.3a", identity_changes=(change,)).faults
    assert (one.kind, one.certainty) == (FindingKind.LINK_HIJACKED, SUSPECTED)


@pytest.mark.parametrize(("state", "count"), [("已下线", 1), ("例行维护", 0)])
def test_a_link_to_a_site_that_the_registry_calls_closed_is_suspected(state: str, count: int) -> None:
    link = SeenClosedLink("http://old.example.gov.cn/", HOME, "home", "旧站", "旧站", state, ago(90))
    assert len(found("W-D4.3a", closed_links=(link,)).faults) == count


@pytest.mark.parametrize(
    ("fault", "expected"),
    [(LinkFault.SERVER_ERROR, CONFIRMED), (LinkFault.REFUSED, CONFIRMED), (LinkFault.SOFT_404, SUSPECTED),
     (LinkFault.PARKED, SUSPECTED)],
)  # fmt: skip
def test_a_later_run_confirms_what_no_reading_of_words_is_part_of(fault: LinkFault, expected: Certainty) -> None:
    link = replace(dead(500, 500, on_site=True), first_fault=fault, fault=fault)
    assert certainties(found("W-D4.3a", dead_links=(link,))) == [SUSPECTED]
    again = replace(link, dead_before=CHECK_AT)
    assert certainties(found("W-D4.3a", dead_links=(again,))) == [expected]


def test_an_excepted_link_is_not_counted_and_the_outcome_says_so() -> None:
    link = dead(404, 404, on_site=True)
    exception = SeenLinkException("http://x.example.com/", "对方改版中", "张三", ago(-30))
    outcome = found("W-D4.3a", dead_links=(link,), link_exceptions=(exception,))
    assert outcome.faults == ()
    assert outcome.notes == ("例外链接 1 个",)
    other = replace(exception, target="http://y.example.com/")
    assert len(found("W-D4.3a", dead_links=(link,), link_exceptions=(other,)).faults) == 1


def test_a_link_that_could_not_be_judged_leaves_the_clause_unknown_and_is_no_fault() -> None:
    link = SeenUnknownLink("http://x.example.com/", HOME, "home", UnknownReason.BLOCKED, "拒绝访问（403）")
    outcome = found("W-D4.3a", unsettled_links=(link,))
    assert (outcome.faults, outcome.result) == ((), Result.UNKNOWN)
    assert found("W-D4.3b", unsettled_links=(link,)).result is Result.PASS


def test_a_pass_that_rests_on_earlier_answers_says_so_with_their_own_times() -> None:
    first, last = datetime(2026, 11, 1, 9, 30), datetime(2026, 11, 3, 18, 0)
    reused = (SeenReusedAnswers("home", 3, first, last), SeenReusedAnswers("inner", 7, first, first))
    home, inner = found("W-D4.3a", reused_answers=reused), found("W-D4.3b", reused_answers=reused)
    assert home.reasons() == [
        "外部链接 3 个沿用此前巡检的答复（2026-11-01 09:30 至 2026-11-03 18:00 答复正常），本次没有再访问"
    ]
    assert inner.reasons() == ["外部链接 7 个沿用此前巡检的答复（2026-11-01 09:30 答复正常），本次没有再访问"]
    assert home.result is Result.PASS
    assert found("W-D4.3a").reasons() == []
