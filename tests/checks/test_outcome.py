"""A clause fails on confirmed faults alone and passes only if nothing open could reach its threshold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from govspider.checks.outcome import Certainty, Fault, FindingKind, Outcome, Result, Unsettled
from govspider.items import UnknownReason


def outcome(bad: int, suspected: int, unknown: int, threshold: int = 5) -> Outcome:
    kinds = [Certainty.CONFIRMED] * bad + [Certainty.SUSPECTED] * suspected
    faults = tuple(
        Fault(FindingKind.COLUMN_STALE, certainty, str(number), "http://x/", "原因", f"依据{number}")
        for number, certainty in enumerate(kinds)
    )
    gaps = tuple(Unsettled(str(number), UnknownReason.TIMEOUT, f"缺口{number}") for number in range(unknown))
    return Outcome(threshold, faults=faults, unsettled=gaps)


@pytest.mark.parametrize(
    ("bad", "suspected", "unknown", "expected"),
    [
        (5, 0, 0, Result.FAIL),
        (5, 9, 9, Result.FAIL),
        (4, 0, 0, Result.PASS),
        (0, 0, 4, Result.PASS),
        (0, 4, 0, Result.PASS),
        (4, 1, 0, Result.UNKNOWN),
        (4, 0, 1, Result.UNKNOWN),
        (0, 5, 0, Result.UNKNOWN),
        (0, 0, 5, Result.UNKNOWN),
        (2, 2, 1, Result.UNKNOWN),
        (0, 0, 0, Result.PASS),
    ],
)
def test_the_threshold_decides(bad: int, suspected: int, unknown: int, expected: Result) -> None:
    assert outcome(bad, suspected, unknown).result is expected


def test_a_site_not_seen_whole_never_passes_but_may_fail() -> None:
    assert replace(outcome(0, 0, 0), whole=False).result is Result.UNKNOWN
    assert replace(outcome(0, 0, 0), whole=False, applicable=False).result is Result.UNKNOWN
    assert replace(outcome(5, 0, 0), whole=False).result is Result.FAIL


def test_a_clause_without_anything_to_judge_does_not_apply() -> None:
    assert Outcome(5, applicable=False).result is Result.NOT_APPLICABLE


def test_reasons_name_every_fault_and_count_the_gaps() -> None:
    assert outcome(1, 1, 2).reasons() == ["依据0", "依据1", "2 项无法判定：访问超时 2"]
    assert outcome(0, 0, 1).reasons() == ["缺口0"]


def test_a_dismissed_fault_no_longer_counts_and_is_told() -> None:
    reviewed = outcome(5, 0, 0).reviewed(lambda fault: None if fault.key == "0" else fault, "核减 {} 项")
    assert (reviewed.bad, reviewed.result) == (4, Result.PASS)
    assert reviewed.reasons()[-1] == "核减 1 项"


def test_a_review_that_changes_nothing_leaves_no_note() -> None:
    untouched = outcome(5, 0, 0)
    assert untouched.reviewed(lambda fault: fault, "核减 {} 项") == untouched
