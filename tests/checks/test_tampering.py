"""Signs of tampering are for a person to decide."""

from __future__ import annotations

from govspider.seen import SeenTampering
from tests.checks.questions import SUSPECTED, certainties, found
from tests.checks.seen_sites import HOME


def test_tampering_is_never_more_than_suspected() -> None:
    seen = SeenTampering("title", "博彩平台", HOME, ("标题含词库词",))
    outcome = found("W-V1.4", tampering=(seen, seen))
    assert certainties(outcome) == [SUSPECTED]
    assert "博彩平台" in outcome.faults[0].evidence
