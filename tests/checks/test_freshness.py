"""Two witnesses: the dates of a list and the dates of its articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from govspider.checks.freshness import Age, Freshness, weigh
from govspider.checks.windows import Window
from govspider.items import ColumnState, UnknownReason
from govspider.seen import SeenArticle, SeenList
from tests.checks.seen_sites import ago, article, shown
from tests.observed_city import CHECK_DAY

TWO_WEEKS = Window(days=14)


def age_of(lists: list[SeenList], *articles: SeenArticle) -> Freshness:
    return weigh(lists, articles, TWO_WEEKS, CHECK_DAY)


@pytest.mark.parametrize("days", [0, 1, 13, 14])
def test_a_date_inside_the_window_is_fresh(days: int) -> None:
    assert age_of([shown(ago(days))]).age is Age.FRESH


def test_one_day_outside_the_window_is_stale_where_list_and_article_agree() -> None:
    assert age_of([shown(ago(15))], article(ago(15), ago(15))).age is Age.STALE


def test_list_and_article_may_differ_by_a_day() -> None:
    assert age_of([shown(ago(30))], article(ago(30), ago(31))).age is Age.STALE
    assert age_of([shown(ago(30))], article(ago(30), ago(32))).age is Age.SUSPECTED


def test_an_old_list_alone_is_suspected() -> None:
    assert age_of([shown(ago(30))]).age is Age.SUSPECTED
    assert age_of([shown(ago(30))], article(ago(30), None)).age is Age.SUSPECTED


def test_the_article_of_an_older_item_is_no_witness_for_the_newest() -> None:
    assert age_of([shown(ago(30))], article(ago(60), ago(60))).age is Age.SUSPECTED


def test_a_fresh_article_under_an_old_list_is_a_contradiction() -> None:
    found = age_of([shown(ago(30))], article(ago(30), ago(30)), article(ago(30), ago(3)))
    assert (found.age, found.reason) == (Age.UNKNOWN, UnknownReason.CONTRADICTORY)


def test_a_fresh_list_whose_articles_show_no_date_stays_fresh() -> None:
    assert age_of([shown(ago(3))], article(ago(3), None)).age is Age.FRESH


def test_a_fresh_list_whose_articles_are_all_old_is_suspected() -> None:
    assert age_of([shown(ago(3))], article(ago(3), ago(300)), article(ago(4), ago(200))).age is Age.SUSPECTED


def test_one_fresh_article_is_enough_for_a_fresh_list() -> None:
    assert age_of([shown(ago(3))], article(ago(3), ago(300)), article(ago(4), ago(4))).age is Age.FRESH


def test_a_list_without_dates_is_unknown() -> None:
    found = age_of([shown(None, items=12)])
    assert (found.age, found.reason) == (Age.UNKNOWN, UnknownReason.UNDATED)


def test_a_list_that_could_not_be_read_is_unknown_with_its_reason() -> None:
    found = age_of([shown(None, ColumnState.UNKNOWN, reason=UnknownReason.NEEDS_BROWSER)])
    assert (found.age, found.reason) == (Age.UNKNOWN, UnknownReason.NEEDS_BROWSER)


def test_a_page_that_was_not_looked_at_is_unknown() -> None:
    found = age_of([])
    assert (found.age, found.reason) == (Age.UNKNOWN, UnknownReason.NOT_CHECKED)


@pytest.mark.parametrize("state", [ColumnState.PORTAL, ColumnState.FORM, ColumnState.ARTICLE, ColumnState.EXTERNAL])
def test_a_page_that_is_no_list_is_not_judged(state: ColumnState) -> None:
    assert age_of([shown(None, state)]).age is Age.NO_LIST


def test_a_second_fetch_that_shows_a_newer_date_counts() -> None:
    assert age_of([shown(ago(30)), shown(ago(2))], article(ago(30), ago(30))).age is Age.FRESH


def test_a_look_before_the_day_judged_proves_nothing_stale() -> None:
    early = replace(shown(ago(30)), looked_on=ago(2))
    found = age_of([early], article(ago(30), ago(30)))
    assert (found.age, found.reason) == (Age.UNKNOWN, UnknownReason.NOT_CHECKED)


def test_a_first_page_of_later_items_only_hides_the_day_judged() -> None:
    found = age_of([shown(None, newer=20)])
    assert (found.age, found.reason) == (Age.UNKNOWN, UnknownReason.NOT_CHECKED)


def test_articles_listed_after_the_day_judged_are_no_witnesses() -> None:
    after: date = CHECK_DAY + timedelta(days=5)
    assert age_of([shown(ago(30), newer=1)], article(after, after)).age is Age.SUSPECTED


def test_a_list_with_lost_parts_is_never_stale_for_certain() -> None:
    assert age_of([shown(ago(30), missing_parts=True)], article(ago(30), ago(30))).age is Age.SUSPECTED
