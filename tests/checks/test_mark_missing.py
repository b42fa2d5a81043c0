"""Footer marks: missing, invalid, or not established."""

from __future__ import annotations

from govspider.checks.outcome import FindingKind
from govspider.items import MarkState, UnknownReason
from govspider.seen import SeenMark
from tests.checks.questions import CONFIRMED, SUSPECTED, certainties, found
from tests.checks.seen_sites import ago, home


def marks(**states: str) -> tuple[SeenMark, ...]:
    return tuple(SeenMark(mark, MarkState(state)) for mark, state in states.items())


def test_a_mark_absent_from_the_whole_page_is_confirmed_missing() -> None:
    outcome = found("W-D4.2", marks=marks(icp="absent", police="present"))
    assert [(fault.kind, fault.key, fault.certainty) for fault in outcome.faults] == [
        (FindingKind.MARK_MISSING, "icp", CONFIRMED)
    ]
    assert outcome.settled == {"police"}


def test_a_mark_is_only_suspected_missing_where_parts_of_the_page_were_lost() -> None:
    outcome = found("W-D4.2", marks=marks(icp="absent"), home=home(ago(1), missing_parts=True))
    assert certainties(outcome) == [SUSPECTED]


def test_a_mark_that_could_not_be_established_is_no_finding() -> None:
    outcome = found("W-D4.2", marks=marks(icp="unknown"))
    assert (outcome.faults, outcome.unknown, outcome.settled) == ((), 1, frozenset())


def test_an_invalid_mark_is_suspected_under_its_own_kind() -> None:
    outcome = found("W-D4.2", marks=marks(icp="invalid"))
    assert [(fault.kind, fault.certainty) for fault in outcome.faults] == [(FindingKind.MARK_INVALID, SUSPECTED)]


def test_marks_of_a_home_page_that_did_not_answer_are_not_missing() -> None:
    unreached = home(None, status=None, failed=UnknownReason.TIMEOUT)
    assert found("W-D4.2", marks=marks(icp="absent"), home=unreached).faults == ()


def test_a_mark_the_clause_does_not_name_is_not_its_business() -> None:
    assert found("W-D4.2", marks=marks(jiucuo="absent", sitemap="absent")).faults == ()
    assert len(found("W-D4.4a", marks=marks(jiucuo="absent", icp="absent")).faults) == 1


def test_a_site_code_that_stands_only_in_the_page_code_is_suspected_not_listed() -> None:
    mark = SeenMark("site_code", MarkState.PRESENT, "3300000001", "页脚没有列出", "meta http://www.example.gov.cn/")
    outcome = found("W-D4.2", marks=(mark,))
    assert [(fault.kind, fault.certainty) for fault in outcome.faults] == [(FindingKind.MARK_INVALID, SUSPECTED)]


def test_a_site_code_in_the_page_code_is_no_finding_where_the_footer_was_not_read() -> None:
    mark = SeenMark("site_code", MarkState.PRESENT, "3300000001", "not_checked：没有读取", "meta http://x.gov.cn/")
    outcome = found("W-D4.2", marks=(mark,))
    assert outcome.faults == ()
    assert [unsettled.key for unsettled in outcome.unsettled] == ["site_code"]
