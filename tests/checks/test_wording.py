"""Wrong wordings: suspected, told once, with every source."""

from __future__ import annotations

import pytest

from govspider.checks.wording import ReportedFault, fault_of_report
from govspider.items import WordingSeverity
from govspider.seen import SeenWording
from tests.checks.questions import SUSPECTED, certainties, found
from tests.checks.seen_sites import HOME, site

GRAVE, HINT = WordingSeverity.GRAVE, WordingSeverity.HINT
ARTICLE = f"{HOME}art/1.html"
CLAUSE = "W-V1.1"


def seen(url: str = ARTICLE, source: str | None = None, **values: str) -> SeenWording:
    given = {"text": "扫黑险恶", "suggestion": "扫黑除恶", "sentence": "全市开展扫黑险恶斗争。", **values}
    severity = WordingSeverity(given.pop("severity", "严重"))
    return SeenWording(severity=severity, reason="政治表述写错", url=url, source_url=source or url, **given)


def reported(url: str = ARTICLE, **values: str) -> SeenWording:
    return seen(url, vendor="某监测公司", **values)


def test_a_grave_wording_is_never_more_than_suspected() -> None:
    outcome = found(CLAUSE, wording=(seen(),))
    assert certainties(outcome) == [SUSPECTED]
    (fault,) = outcome.faults
    assert "扫黑险恶" in fault.reason and "扫黑除恶" in fault.reason
    assert fault.url == ARTICLE


def test_a_title_in_a_list_and_in_its_article_is_one_fault_of_the_article() -> None:
    outcome = found(CLAUSE, wording=(seen(ARTICLE, HOME), seen(), seen(ARTICLE, f"{HOME}list.html")))
    (fault,) = outcome.faults
    assert fault.url == fault.source_url == ARTICLE
    assert "见于 3 个页面" in fault.evidence


def test_one_sentence_on_many_pages_is_one_fault_and_two_sentences_are_two() -> None:
    pages = tuple(seen(f"{HOME}{number}.html") for number in range(3))
    assert len(found(CLAUSE, wording=pages).faults) == 1
    other = seen(f"{HOME}9.html", sentence="另一句提到扫黑险恶。")
    assert len(found(CLAUSE, wording=(*pages, other)).faults) == 2


def test_hints_are_told_under_their_own_clause_and_not_under_the_veto() -> None:
    hint = seen(severity="提示")
    assert found(CLAUSE, wording=(hint,)).faults == ()
    (fault,) = found("wording-hint", wording=(hint,)).faults
    assert fault.reason.startswith("表述提示")


def test_a_report_of_a_vendor_about_what_was_seen_here_is_the_same_fault_with_both_sources() -> None:
    alone = found(CLAUSE, wording=(seen(),)).faults[0]
    (fault,) = found(CLAUSE, wording=(seen(), reported(text="扫黑险恶斗争", sentence=""))).faults
    assert fault.key == alone.key
    assert "另有来源：某监测公司" in fault.evidence


def test_a_report_about_something_else_is_a_fault_of_its_own_labelled_with_its_source() -> None:
    report = reported(f"{HOME}other.html", text="中共人民共和国", sentence="")
    faults = found(CLAUSE, wording=(seen(), report)).faults
    assert len(faults) == 2
    assert any("来源：某监测公司（导入）" in fault.evidence for fault in faults)


def test_the_fault_of_a_report_can_be_asked_for() -> None:
    report = reported(sentence="")
    both = site(wording=(seen(), report))
    (fault,) = found(CLAUSE, wording=(seen(), report)).faults
    assert fault_of_report(both, report) == ReportedFault(fault.key, shared=True)
    assert not fault_of_report(site(wording=(report,)), report).shared
    with pytest.raises(LookupError, match="某监测公司"):
        fault_of_report(site(wording=(seen(),)), report)
