"""The floors hold on a sample of the corpus, and the sheet notices when one does not."""

from __future__ import annotations

import copy
import os
from typing import Any

import pytest

from tests.dark_corpus.captured import captured_pages
from tests.dark_corpus.floors import SAMPLE, below, floors_of, read_floors
from tests.dark_corpus.measuring import measure
from tests.dark_corpus.scoring import wilson


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    return measure(SAMPLE, captured_pages(os.environ))[1]


def test_the_floors_hold_on_the_sample(figures: dict[str, Any]) -> None:
    assert below(figures, read_floors(SAMPLE)) == []


def test_no_twin_and_no_clean_page_is_accused(figures: dict[str, Any]) -> None:
    assert [twins["alarms"] for twins in figures["twins"].values()] == [0, 0]
    assert (figures["clean"]["strong"], figures["clean"]["weak"]) == (0, 0)


def test_every_worse_figure_is_told(figures: dict[str, Any]) -> None:
    floors = floors_of(figures, read_floors(SAMPLE))
    assert below(figures, floors) == []
    worse = copy.deepcopy(figures)
    worse["tuned"]["found"] -= 1
    worse["held"]["pages"] += 1
    worse["clean"]["weak"] += 1
    worse["twins"]["held"]["alarms"] += 1
    told = below(worse, floors)
    assert [fault.split(":")[0] for fault in told] == ["tuned", "held", "twin_alarms", "clean_alarms"]


def test_captured_pages_are_held_where_they_are_at_hand(figures: dict[str, Any]) -> None:
    floors = {**floors_of(figures, None), "captured": {"found": 27, "alarms": 0}}
    worse = copy.deepcopy(figures)
    worse["captured"] = {"dark": {"found": 26}, "clean": {"strong": 0, "weak": 1}}
    assert len(below(worse, floors)) == 2


def test_the_bounds_are_those_of_wilson() -> None:
    low, high = wilson(9, 10)
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(0, 2000)[1] < 0.002
