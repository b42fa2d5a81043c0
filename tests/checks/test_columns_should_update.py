"""Other columns: their own update period, interpretations in six months, yearly columns in a year."""

from __future__ import annotations

import pytest

from govspider.checks.columns_should_update import ColumnsShouldUpdate, judge
from govspider.checks.outcome import Outcome, Result
from govspider.items import UnknownReason
from govspider.rubrics.model import load_rubric
from govspider.seen import SeenColumn
from tests.checks.seen_sites import ago, column, columns, site
from tests.observed_city import CHECK_DAY

RULE = next(rule for rule in load_rubric("guoban-2019").rules if rule.id == "W-V4.2")
PARAMETERS = ColumnsShouldUpdate.model_validate(RULE.parameters)


def judged(*seen: SeenColumn) -> Outcome:
    return judge(site(*seen), CHECK_DAY, PARAMETERS)


def test_fail_ten_columns_beyond_their_windows() -> None:
    outcome = judged(
        *columns(4, "interpretation", ago(200), level=1),
        *columns(3, "yearly", ago(370)),
        *columns(3, "other", ago(40), update_days=30),
    )
    assert (outcome.result, outcome.bad) == (Result.FAIL, 10)


def test_pass_nine_columns_beyond_their_windows() -> None:
    assert judged(*columns(9, "yearly", ago(370))).result is Result.PASS


def test_pass_columns_inside_their_windows() -> None:
    outcome = judged(*columns(12, "yearly", ago(360)), *columns(12, "interpretation", ago(170), level=1))
    assert (outcome.result, outcome.bad) == (Result.PASS, 0)


def test_unknown_nine_stale_and_one_unseen() -> None:
    unseen = column("拦截", "yearly", lists=(), failed=UnknownReason.TIMEOUT)
    outcome = judged(*columns(9, "yearly", ago(370)), unseen)
    assert (outcome.result, outcome.bad, outcome.unknown) == (Result.UNKNOWN, 9, 1)


def test_not_applicable_where_no_column_has_a_window() -> None:
    assert judged(*columns(12, "other", ago(900))).result is Result.NOT_APPLICABLE


@pytest.mark.parametrize(("kind", "level"), [("news", None), ("notice", 1), ("policy", 1)])
def test_columns_of_the_other_veto_are_not_charged_twice(kind: str, level: int | None) -> None:
    outcome = judged(*columns(12, kind, ago(900), level=level, update_days=7))
    assert outcome.result is Result.NOT_APPLICABLE


def test_a_second_level_notice_counts_where_the_registry_sets_its_period() -> None:
    assert judged(column("公告", "notice", ago(40), level=2, update_days=30)).bad == 1
    assert judged(column("公告", "notice", ago(900), level=2)).bad == 0


def test_the_registry_period_goes_before_the_general_window() -> None:
    assert judged(column("规划", "yearly", ago(370), update_days=730)).bad == 0


@pytest.mark.parametrize("kind", ["static", "interaction", "service", "navigation", "archive"])
def test_kinds_that_need_no_updating_never_count(kind: str) -> None:
    assert judged(*columns(12, kind, ago(900), update_days=30)).result is Result.NOT_APPLICABLE
