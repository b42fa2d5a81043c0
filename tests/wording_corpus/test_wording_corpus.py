"""Figures of wording: recall of slips, false alarms on clean pages, held by floors."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from govspider.extract.wording.rules import wording_rules
from tests.wording_corpus.clean_pages import clean_pages
from tests.wording_corpus.floors import below, read_floors
from tests.wording_corpus.scoring import score_captured, score_clean, score_slips, summary
from tests.wording_corpus.slips import KINDS, all_slips, is_held


@cache
def figures() -> dict[str, Any]:
    return summary(score_slips(), score_clean(), None)


def test_no_figure_is_below_its_floor() -> None:
    assert below(figures(), read_floors()) == []


def test_the_figures_that_were_asked_for_are_reached() -> None:
    assert min(figures()[part]["recall"] for part in ("tuned", "held")) >= 0.95
    assert figures()["clean"]["pages"] >= 2_000
    assert figures()["clean"]["grave"] == 0


def test_no_captured_page_is_accused_of_a_grave_error(captured_pages: Path) -> None:
    alarms = score_captured(captured_pages)
    assert alarms.pages > 50
    assert alarms.grave == 0, alarms.told


def test_the_corpus_has_every_kind_of_slip_and_three_hundred_phrases() -> None:
    slips = all_slips()
    assert {slip.kind for slip in slips} == set(KINDS)
    assert len({slip.phrase for slip in slips}) >= 300
    held = {phrase.text for phrase in wording_rules().phrases if is_held(phrase.text)}
    assert 0.3 < len(held) / len(wording_rules().phrases) < 0.5


def test_no_slip_holds_its_phrase_and_no_two_pages_are_one() -> None:
    for slip in all_slips():
        assert slip.phrase not in slip.wrong
        assert slip.wrong in slip.sentence
    pages = list(clean_pages())
    assert len({page.number for page in pages}) == len(pages)


def test_a_figure_below_its_floor_is_told_in_a_sentence() -> None:
    worse = figures() | {"held": figures()["held"] | {"found": 0}, "clean": figures()["clean"] | {"grave": 3}}
    told = below(worse, read_floors())
    assert len(told) == 2
    assert "held: found is 0" in told[0]
    assert below(figures() | {"corpus_sha256": "other"}, read_floors())[0].startswith("the corpus is other")
