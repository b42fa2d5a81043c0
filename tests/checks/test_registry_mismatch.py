"""Site codes that differ from the registry."""

from __future__ import annotations

import pytest

from govspider.items import MarkState, PageRole
from govspider.seen import SeenMark, SeenTags
from tests.checks.questions import SUSPECTED, found
from tests.checks.seen_sites import HOME


def test_a_code_of_another_site_is_a_mismatch() -> None:
    seen = (SeenMark("site_code", MarkState.PRESENT, "3300000099"), SeenMark("jiucuo", MarkState.PRESENT, "3300000001"))
    outcome = found("registry-mismatch", marks=seen)
    assert [(fault.key, fault.certainty) for fault in outcome.faults] == [("site_code", SUSPECTED)]
    assert outcome.settled == {"jiucuo"}


def test_the_code_in_the_page_tags_is_compared_too() -> None:
    page = SeenTags(HOME, PageRole.HOME, {"SiteIDCode": "bm07000001"})
    assert [fault.key for fault in found("registry-mismatch", tags=(page,)).faults] == ["SiteIDCode"]


@pytest.mark.parametrize("value", ["", None, "进入", "http://x/?code=1", "330000009"])
def test_a_value_that_is_no_code_is_no_mismatch(value: str | None) -> None:
    seen = (SeenMark("site_code", MarkState.PRESENT, value),)
    assert found("registry-mismatch", marks=seen).faults == ()


def test_a_temporary_code_has_nothing_to_be_compared_with() -> None:
    seen = (SeenMark("site_code", MarkState.PRESENT, "3300000099"),)
    assert found("registry-mismatch", marks=seen, code_is_temporary=True).faults == ()
