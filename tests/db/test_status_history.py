"""Dated running states: what a new registry may add, and what it may not rewrite."""

from __future__ import annotations

from datetime import date

import pytest

from govspider.db.status_history import Status, StatusClaim, StatusOrderError, revise

NORMAL, UPKEEP = "正常运行", "例行维护"
FIRST, LATER = date(2026, 10, 1), date(2026, 11, 22)


def claim(
    state: str | None, as_of: date = LATER, since: date | None = None, document: str | None = None
) -> StatusClaim:
    return StatusClaim(state, since, document, as_of)


def known(state: str = NORMAL, start: date = FIRST) -> tuple[Status, ...]:
    return (Status(state, start, None, None, "registry"),)


def test_a_site_without_a_state_begins_with_the_default() -> None:
    assert revise((), claim(None), NORMAL) == (Status(NORMAL, LATER, None, None, "default"),)


def test_silence_leaves_a_known_state_as_it_is() -> None:
    assert revise(known(UPKEEP), claim(None), NORMAL) == known(UPKEEP)


def test_a_new_state_closes_the_one_before_on_the_day_of_the_import() -> None:
    before, now = revise(known(), claim(UPKEEP, document="1号"), NORMAL)
    assert (before.valid_to, now) == (LATER, Status(UPKEEP, LATER, None, "1号", "registry"))


def test_a_new_state_begins_on_its_own_first_day_where_that_is_known() -> None:
    since = date(2026, 11, 3)
    before, now = revise(known(), claim(UPKEEP, since=since), NORMAL)
    assert before.valid_to == now.valid_from == since


def test_a_first_day_before_what_is_known_does_not_rewrite_it() -> None:
    before, now = revise(known(), claim(UPKEEP, since=date(2026, 9, 1)), NORMAL)
    assert (before.valid_from, before.valid_to, now.valid_from) == (FIRST, LATER, LATER)


def test_a_correction_on_the_same_day_replaces_the_state() -> None:
    assert revise(known(start=LATER), claim(UPKEEP), NORMAL) == known(UPKEEP, LATER)


def test_the_very_first_state_may_turn_out_older() -> None:
    since = date(2020, 1, 1)
    assert revise(known(), claim(NORMAL, since=since), NORMAL) == known(start=since)


def test_saying_the_same_again_changes_nothing() -> None:
    once = revise(known(), claim(UPKEEP, since=date(2026, 11, 3)), NORMAL)
    assert revise(once, claim(UPKEEP, since=date(2026, 11, 3)), NORMAL) == once


def test_an_import_older_than_the_last_change_is_refused() -> None:
    with pytest.raises(StatusOrderError, match="2026-09-01 早于库中最近一次状态变更 2026-10-01"):
        revise(known(), claim(UPKEEP, as_of=date(2026, 9, 1)), NORMAL)
