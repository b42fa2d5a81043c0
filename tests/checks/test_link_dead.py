"""Dead links: what proves one, and what is only suspected."""

from __future__ import annotations

import pytest

from govspider.checks.outcome import Certainty
from govspider.seen import SeenDeadLink
from tests.checks.questions import CONFIRMED, SUSPECTED, certainties, found
from tests.checks.seen_sites import HOME


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
