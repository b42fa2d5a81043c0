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


def test_the_same_kind_of_tampering_on_many_pages_is_one_finding_that_counts_them() -> None:
    pages = [f"{HOME}article{number}.html" for number in range(5)]
    seen = tuple(SeenTampering("title", "博彩平台", page, ("标题含词库词",)) for page in pages)
    outcome = found("W-V1.4", tampering=(*seen, SeenTampering("cover_frame", "x", HOME, ("覆盖",))))
    assert sorted(fault.key for fault in outcome.faults) == ["cover_frame", "title"]
    assert any("5 个页面" in fault.evidence for fault in outcome.faults)
