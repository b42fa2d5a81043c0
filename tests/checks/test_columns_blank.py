"""Blank columns: positive evidence, twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from govspider.checks.columns_blank import ColumnsBlank, judge
from govspider.checks.outcome import Certainty, Outcome, Result
from govspider.items import ColumnState, UnknownReason
from govspider.rubrics.model import load_rubric
from govspider.seen import SeenColumn, SeenList
from tests.checks.seen_sites import HOME, ago, article, blank_column, column, shown, site
from tests.observed_city import CHECK_DAY

RULE = next(rule for rule in load_rubric("guoban-2019").rules if rule.id == "W-V4.3")
PARAMETERS = ColumnsBlank.model_validate(RULE.parameters)


def judged(*seen: SeenColumn) -> Outcome:
    return judge(site(*seen), CHECK_DAY, PARAMETERS)


def blanks(count: int, **values: Any) -> list[SeenColumn]:
    return [blank_column(f"空{number}", **values) for number in range(count)]


def test_fail_five_columns_blank_in_two_fetches() -> None:
    outcome = judged(*blanks(5))
    assert (outcome.result, outcome.bad) == (Result.FAIL, 5)


def test_pass_four_blank_columns() -> None:
    outcome = judged(*blanks(4), column("要闻", newest=ago(900)))
    assert (outcome.result, outcome.bad) == (Result.PASS, 4)
    assert outcome.settled == {f"{HOME}要闻/"}


def test_unknown_five_columns_blank_in_one_fetch_only() -> None:
    outcome = judged(*blanks(5, fetches=1))
    assert (outcome.result, outcome.suspected) == (Result.UNKNOWN, 5)


def test_unknown_five_columns_that_were_not_seen() -> None:
    unseen = [column(f"拦截{number}", lists=(), failed=UnknownReason.BLOCKED) for number in range(5)]
    outcome = judged(*unseen)
    assert (outcome.result, outcome.unknown) == (Result.UNKNOWN, 5)


def test_unknown_without_any_column() -> None:
    assert judged().result is Result.UNKNOWN


def test_not_applicable_where_only_applications_and_archives_stand() -> None:
    assert judged(blank_column("大厅", kind="service"), blank_column("2011年", kind="archive")).result is (
        Result.NOT_APPLICABLE
    )


def test_a_second_fetch_that_shows_items_clears_the_column() -> None:
    pages = (shown(None, ColumnState.BLANK), shown(ago(400)))
    assert judged(*(column(f"栏{number}", lists=pages) for number in range(5))).result is Result.PASS


def test_a_second_fetch_that_failed_leaves_it_suspected() -> None:
    pages = (shown(None, ColumnState.BLANK), shown(None, ColumnState.UNKNOWN, reason=UnknownReason.DRIFT))
    outcome = judged(column("栏", lists=pages))
    assert [fault.certainty for fault in outcome.faults] == [Certainty.SUSPECTED]


def test_a_blank_with_lost_parts_is_suspected() -> None:
    made = blank_column("栏")
    parts = tuple(replace(page, missing_parts=True) for page in made.lists)
    assert [fault.certainty for fault in judged(replace(made, lists=parts)).faults] == [Certainty.SUSPECTED]


@pytest.mark.parametrize(
    "page",
    [
        shown(None, ColumnState.UNKNOWN, reason=UnknownReason.UNDATED, items=12),
        shown(None, ColumnState.PORTAL),
        shown(None, ColumnState.FORM),
        shown(None, ColumnState.ARTICLE),
        shown(None, ColumnState.EXTERNAL),
    ],
)
def test_a_page_that_shows_anything_is_not_blank(page: SeenList) -> None:
    outcome = judged(*(column(f"栏{number}", lists=(page,)) for number in range(5)))
    assert (outcome.result, outcome.unknown) == (Result.PASS, 0)


def test_a_column_whose_article_was_read_is_not_blank() -> None:
    made = replace(blank_column("栏"), articles=(article(ago(3), ago(3)),))
    assert judged(made).faults == ()


def test_an_exempted_column_is_not_counted() -> None:
    assert judged(*blanks(5, exempted_until=CHECK_DAY), column("要闻", newest=ago(1))).result is Result.PASS
