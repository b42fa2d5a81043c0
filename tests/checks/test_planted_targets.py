"""Open links to gambling or pornography: a wrong link, and a case for the clause on linking to such content."""

from __future__ import annotations

import pytest

from govspider.checks.outcome import FindingKind
from govspider.items import LinkFault
from govspider.seen import SeenDeadLink, SeenLinkException
from tests.checks.questions import SUSPECTED, certainties, found
from tests.checks.seen_sites import HOME, ago

_URL = "http://old.example.com/"


def link(fault: LinkFault) -> SeenDeadLink:
    return SeenDeadLink(
        url=_URL,
        source_url=HOME,
        scope="home",
        kind="external",
        anchor="旧友情链接",
        first_status=200,
        status=200,
        detail="目标网页标题含赌博内容",
        on_site=False,
        first_fault=fault,
        fault=fault,
    )


def test_a_planted_target_stands_under_the_veto_and_under_the_wrong_links() -> None:
    planted = link(LinkFault.PLANTED)
    for clause in ("W-V1.3", "W-D4.3a"):
        outcome = found(clause, dead_links=(planted,))
        assert certainties(outcome) == [SUSPECTED]
        assert (outcome.faults[0].kind, outcome.faults[0].key) == (FindingKind.LINK_HIJACKED, _URL)


@pytest.mark.parametrize("fault", [LinkFault.PARKED, LinkFault.GONE, LinkFault.SOFT_404])
def test_what_is_merely_wrong_is_no_case_for_the_veto(fault: LinkFault) -> None:
    assert found("W-V1.3", dead_links=(link(fault),)).faults == ()


def test_an_excepted_target_is_no_case_either() -> None:
    exception = SeenLinkException(_URL, "对方正在整改", "张三", ago(-30))
    assert found("W-V1.3", dead_links=(link(LinkFault.PLANTED),), link_exceptions=(exception,)).faults == ()
