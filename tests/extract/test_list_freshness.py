"""A list is beyond doubt only where no rule of any rubric could call it out of date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from govspider.extract.lexicons import read_lexicon
from govspider.extract.list_freshness import is_beyond_doubt
from govspider.items import ColumnKind, ColumnObservation, ColumnState, ListItem, UnknownReason
from govspider.rubrics.model import load_rubric

TODAY = date(2026, 11, 22)
RUBRICS = ("guoban-2015", "guoban-2019", "local-example-110")


def shown(days: int) -> ColumnObservation:
    return ColumnObservation(ColumnState.LIST, newest=TODAY - timedelta(days=days))


@pytest.mark.parametrize(("kind", "days"), [(ColumnKind.NEWS, 9), (ColumnKind.NOTICE, 88), (ColumnKind.OTHER, 9)])
def test_a_list_is_beyond_doubt_up_to_the_shortest_window_of_its_kind(kind: ColumnKind, days: int) -> None:
    assert is_beyond_doubt(shown(days), TODAY, kind, None)
    assert not is_beyond_doubt(shown(days + 1), TODAY, kind, None)


def test_a_period_of_the_registry_and_the_window_of_home_pages_go_before_the_kind() -> None:
    assert not is_beyond_doubt(shown(20), TODAY, ColumnKind.NOTICE, 20)
    assert is_beyond_doubt(shown(19), TODAY, ColumnKind.NOTICE, 20)
    assert not is_beyond_doubt(shown(10), TODAY, None, None)


def test_what_is_no_list_or_is_odd_is_in_doubt() -> None:
    good, tomorrow = shown(1), ListItem(1, "a", None, TODAY + timedelta(days=1), "", "label")
    for odd in (
        replace(good, state=ColumnState.PORTAL),
        replace(good, newest=None),
        replace(good, reason=UnknownReason.DRIFT),
        replace(good, future_items=(tomorrow,)),
    ):
        assert not is_beyond_doubt(odd, TODAY, ColumnKind.NEWS, None)


def windows_of(parameters: Any) -> Iterator[tuple[tuple[ColumnKind, ...], Any]]:
    """Every window in the parameters of a rule, with the kinds it is for; none for home pages."""
    if (window := getattr(parameters, "window", None)) is not None:
        yield tuple(getattr(parameters, "kinds", ())), window
    for entry in getattr(parameters, "windows", ()):
        if entry.window is not None:
            yield entry.kinds, entry.window


def test_no_rubric_has_a_shorter_window_than_those_that_are_known_here() -> None:
    fresh, met = read_lexicon("unchanged")["fresh_days"], 0
    for name in RUBRICS:
        for rule in load_rubric(name).rules:
            for kinds, window in windows_of(rule.bind()) if rule.check else ():
                for kind in kinds or (None,):
                    days = fresh["kinds"].get(kind, fresh["shortest"]) if kind else fresh["shortest"]
                    for day in (date(2026, 3, 1), date(2026, 5, 31), TODAY):
                        met += 1
                        assert day - timedelta(days=days - 1) >= window.first_day(day), (name, rule.id, kind)
    assert met > 30


def test_every_tag_that_a_rubric_asks_of_an_article_is_looked_for() -> None:
    asked = {
        tag
        for name in RUBRICS
        for rule in load_rubric(name).rules
        if rule.check == "tags_missing" and rule.parameters["role"] == "article"
        for tag in rule.parameters["required"]
    }
    assert asked == set(read_lexicon("unchanged")["tags"])
