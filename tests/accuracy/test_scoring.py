"""Scores: an unknown is never wrong and never an answer; a claim is held against the truth."""

from __future__ import annotations

from datetime import date

import pytest

from govspider.items import ColumnState, UnknownReason
from tests.accuracy.scoring import Seen, score, tally
from tests.accuracy.truth import TUNED, CorpusPage, Truth

LIVE, DEAD = date(2026, 11, 20), date(2023, 4, 1)


def page(truth: Truth) -> CorpusPage:
    return CorpusPage("p", "layout", "iso", "plain", TUNED, "http://www.corpus1.gov.cn/", b"", None, truth)


def listed(newest: date | None, items: int | None = 3) -> Seen:
    return Seen(newest, ColumnState.LIST, items)


def test_the_true_day_of_a_list_is_exact() -> None:
    told = score(page(Truth(ColumnState.LIST, LIVE, 3)), listed(LIVE))
    assert (told.exact, told.answered, told.wrong_date, told.items_exact, told.kind_exact) == (
        True,
        True,
        False,
        True,
        True,
    )


def test_a_portal_called_a_list_is_exact_in_its_day_and_not_in_its_kind() -> None:
    told = score(page(Truth(ColumnState.PORTAL, LIVE, 3)), listed(LIVE))
    assert (told.exact, told.kind_exact) == (True, False)


def test_an_old_day_for_a_live_column_is_false_stale_in_every_window() -> None:
    told = score(page(Truth(ColumnState.LIST, LIVE, 3)), listed(DEAD))
    assert told.wrong_date
    assert (told.stale_windows, told.fresh_windows) == (("14d", "6mo", "1y"), ())


def test_a_new_day_for_a_dead_column_is_false_fresh() -> None:
    told = score(page(Truth(ColumnState.LIST, DEAD, 3)), listed(LIVE))
    assert (told.stale_windows, told.fresh_windows) == ((), ("14d", "6mo", "1y"))


def test_a_day_on_the_border_of_a_window_is_inside_it() -> None:
    told = score(page(Truth(ColumnState.LIST, date(2026, 11, 8), 3)), listed(date(2026, 11, 7)))
    assert told.stale_windows == ("14d",)


def test_an_unknown_is_no_answer_and_no_error() -> None:
    seen = Seen(None, ColumnState.UNKNOWN, None, UnknownReason.CONTRADICTORY)
    told = score(page(Truth(ColumnState.LIST, LIVE, 3)), seen)
    assert (told.exact, told.answered, told.wrong_date, told.false_blank) == (False, False, False, False)
    assert told.stale_windows == ()


def test_a_day_beside_an_unknown_is_not_asserted() -> None:
    seen = Seen(DEAD, ColumnState.UNKNOWN, None, UnknownReason.CONTRADICTORY)
    told = score(page(Truth(ColumnState.LIST, LIVE, 3)), seen)
    assert (told.wrong_date, told.stale_windows) == (False, ())


@pytest.mark.parametrize("state", [ColumnState.LIST, ColumnState.UNKNOWN, ColumnState.ARTICLE])
def test_blank_is_false_wherever_it_is_not_true(state: ColumnState) -> None:
    reasons = frozenset({UnknownReason.NEEDS_BROWSER}) if state is ColumnState.UNKNOWN else frozenset()
    assert score(page(Truth(state, reasons=reasons)), Seen(None, ColumnState.BLANK)).false_blank


def test_a_true_blank_is_exact() -> None:
    told = score(page(Truth(ColumnState.BLANK, items=0)), Seen(None, ColumnState.BLANK, 0))
    assert (told.exact, told.false_blank, told.items_exact) == (True, False, None)


def test_a_day_on_a_blank_column_is_a_wrong_date() -> None:
    assert score(page(Truth(ColumnState.BLANK, items=0)), listed(LIVE)).wrong_date


def test_where_unknown_is_the_truth_only_its_reasons_are_exact() -> None:
    truth = Truth(ColumnState.UNKNOWN, reasons=frozenset({UnknownReason.BLOCKED}))
    blocked = score(page(truth), Seen(None, ColumnState.UNKNOWN, None, UnknownReason.BLOCKED))
    drifted = score(page(truth), Seen(None, ColumnState.UNKNOWN, None, UnknownReason.DRIFT))
    assert (blocked.exact, drifted.exact) == (True, False)
    assert blocked.answered is None


def test_an_undated_list_may_be_told_either_way() -> None:
    truth = Truth(ColumnState.LIST, None, 3, frozenset({UnknownReason.UNDATED}))
    assert score(page(truth), listed(None)).exact
    assert score(page(truth), Seen(None, ColumnState.UNKNOWN, None, UnknownReason.UNDATED)).exact
    assert score(page(truth), listed(LIVE)).wrong_date


def test_the_publish_day_of_a_column_that_is_one_article_is_not_wrong() -> None:
    truth = Truth(ColumnState.ARTICLE, article_day=DEAD)
    assert score(page(truth), Seen(DEAD, ColumnState.ARTICLE)).exact
    assert score(page(truth), Seen(LIVE, ColumnState.ARTICLE)).wrong_date


def test_shares_are_taken_over_the_pages_that_ask_the_question() -> None:
    blocked = Truth(ColumnState.UNKNOWN, reasons=frozenset({UnknownReason.BLOCKED}))
    sums = tally(
        [
            score(page(Truth(ColumnState.LIST, LIVE, 3)), listed(LIVE, 2)),
            score(page(blocked), Seen(None, ColumnState.UNKNOWN, None, UnknownReason.BLOCKED)),
        ]
    )
    assert (sums.pages, sums.exact, sums.answerable, sums.answered) == (2, 2, 1, 1)
    assert (sums.counted, sums.items_exact) == (1, 0)
