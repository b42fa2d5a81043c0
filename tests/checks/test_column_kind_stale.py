"""A whole kind of column that stands still."""

from __future__ import annotations

from govspider.checks.outcome import Result
from govspider.items import UnknownReason
from tests.checks.questions import found
from tests.checks.seen_sites import ago, column, columns


def test_one_fresh_column_of_the_kind_passes_whatever_the_others_are() -> None:
    outcome = found("W-D1.4b", columns=(*columns(3, "news", ago(40)), column("要闻", "news", ago(3))))
    assert (outcome.result, outcome.bad) == (Result.PASS, 0)


def test_all_columns_of_the_kind_must_be_stale_for_certain() -> None:
    assert found("W-D1.4b", columns=columns(2, "news", ago(40))).result is Result.FAIL
    softer = (*columns(2, "news", ago(40)), column("快讯", "news", ago(40), witnessed=False))
    assert found("W-D1.4b", columns=softer).result is Result.UNKNOWN


def test_a_column_that_could_not_be_seen_leaves_it_unknown() -> None:
    unseen = column("快讯", "news", lists=(), failed=UnknownReason.BLOCKED)
    assert found("W-D1.4b", columns=(column("要闻", "news", ago(40)), unseen)).result is Result.UNKNOWN


def test_a_site_whose_home_page_did_not_open_is_not_judged_by_the_columns_that_were_seen() -> None:
    assert found("W-D1.4b", columns=columns(2, "news", ago(40)), home=None).result is Result.UNKNOWN


def test_the_level_of_the_clause_decides_which_columns_count() -> None:
    below = columns(2, "policy", ago(300), level=2)
    assert found("W-D1.5b", columns=below).result is Result.NOT_APPLICABLE
    assert found("W-D1.5b", columns=(*below, column("规章", "policy", ago(300), level=1))).result is Result.FAIL
