"""The home page: updated within two weeks, or proven not to be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from govspider.checks.home_stale import HomeStale, judge
from govspider.checks.outcome import Certainty, Outcome, Result
from govspider.items import ColumnState, UnknownReason
from govspider.rubrics.model import load_rubric
from govspider.seen import SeenColumn, SeenHome
from tests.checks.seen_sites import ago, column, columns, home, shown, site
from tests.observed_city import CHECK_DAY

RULE = next(rule for rule in load_rubric("guoban-2019").rules if rule.id == "W-V3")
PARAMETERS = HomeStale.model_validate(RULE.parameters)


def judged(seen: SeenHome | None, *columns_seen: SeenColumn) -> Outcome:
    return judge(site(*columns_seen, home=seen), CHECK_DAY, PARAMETERS)


def entrance(state: ColumnState = ColumnState.PORTAL) -> SeenHome:
    return home(shown=shown(None, state, reason=UnknownReason.UNDATED if state is ColumnState.UNKNOWN else None))


def test_pass_a_record_inside_the_window() -> None:
    outcome = judged(home(ago(14)))
    assert (outcome.result, set(outcome.settled)) == (Result.PASS, {"home"})


def test_fail_an_old_record_whose_article_agrees() -> None:
    outcome = judged(home(ago(15)))
    assert (outcome.result, outcome.bad) == (Result.FAIL, 1)
    assert str(ago(15)) in outcome.faults[0].evidence


def test_unknown_an_old_record_without_a_witness() -> None:
    outcome = judged(home(ago(15), witnessed=False))
    assert (outcome.result, outcome.suspected) == (Result.UNKNOWN, 1)


@pytest.mark.parametrize(
    "seen",
    [
        None,
        home(None, status=None, failed=UnknownReason.TIMEOUT, shown=None),
        home(None, status=503, shown=None),
        home(None, status=404, shown=None),
        home(ago(15), status=404),
        home(None, shown=None),
        home(None, shown=shown(None, ColumnState.UNKNOWN, reason=UnknownReason.NEEDS_BROWSER)),
        home(None, shown=shown(ago(15), ColumnState.UNKNOWN, reason=UnknownReason.CONTRADICTORY)),
        home(None, shown=shown(None, ColumnState.EXTERNAL)),
        home(None, shown=shown(None, ColumnState.BLANK)),
    ],
)
def test_unknown_a_home_page_that_was_not_read_never_counts_against_the_site(seen: SeenHome | None) -> None:
    outcome = judged(seen, column("要闻", newest=ago(1), level=1))
    assert (outcome.result, outcome.faults) == (Result.UNKNOWN, ())


def test_a_fresher_first_level_column_makes_a_stale_home_page_doubtful() -> None:
    outcome = judged(home(ago(15)), column("要闻", newest=ago(1), level=1))
    assert [fault.certainty for fault in outcome.faults] == [Certainty.SUSPECTED]
    assert outcome.result is Result.UNKNOWN


def test_a_lost_frame_makes_a_stale_home_page_doubtful() -> None:
    outcome = judged(home(ago(15), missing_parts=True))
    assert [fault.certainty for fault in outcome.faults] == [Certainty.SUSPECTED]


def test_dated_records_count_also_on_a_page_that_is_more_than_a_list() -> None:
    mixed = home(ago(15), shown=shown(ago(15), ColumnState.PORTAL))
    assert judged(mixed).result is Result.FAIL


@pytest.mark.parametrize("state", [ColumnState.PORTAL, ColumnState.UNKNOWN, ColumnState.LIST])
def test_pass_an_entrance_page_with_one_fresh_first_level_column(state: ColumnState) -> None:
    old = columns(3, newest=ago(90), level=1)
    assert judged(entrance(state), *old, column("新", newest=ago(3), level=1)).result is Result.PASS


def test_fail_an_entrance_page_all_of_whose_first_level_columns_are_stale() -> None:
    outcome = judged(entrance(), *columns(3, newest=ago(90), level=1))
    assert (outcome.result, outcome.bad) == (Result.FAIL, 1)


def test_unknown_an_entrance_page_with_one_unseen_first_level_column() -> None:
    unseen = column("拦截", lists=(), failed=UnknownReason.BLOCKED, level=1)
    assert judged(entrance(), *columns(3, newest=ago(90), level=1), unseen).result is Result.UNKNOWN


@pytest.mark.parametrize("level", [None, 2])
def test_columns_that_are_not_first_level_say_nothing_about_an_entrance_page(level: int | None) -> None:
    assert judged(entrance(), column("新", newest=ago(3), level=level)).result is Result.UNKNOWN
    assert judged(entrance(), column("旧", newest=ago(90), level=level)).result is Result.UNKNOWN


def test_unknown_an_entrance_page_whose_stale_columns_have_no_witness() -> None:
    outcome = judged(entrance(), *columns(3, newest=ago(90), level=1, witnessed=False))
    assert (outcome.result, outcome.suspected) == (Result.UNKNOWN, 1)


def test_a_look_before_the_day_judged_accuses_nobody() -> None:
    seen = home(ago(15))
    assert seen.shown is not None
    early = replace(seen, shown=replace(seen.shown, looked_on=ago(3)))
    assert (judged(early).result, judged(early).faults) == (Result.UNKNOWN, ())
