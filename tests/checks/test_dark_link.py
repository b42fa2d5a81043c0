"""Dark links are for a person to decide."""

from __future__ import annotations

import pytest

from govspider.items import Strength
from govspider.seen import SeenDarkLink
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
