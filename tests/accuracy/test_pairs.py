"""No layout with any trap leads to a wrong day or a false blank: a sample of all pairs at every run of the suite."""

from __future__ import annotations

from tests.accuracy.generator import SEED
from tests.accuracy.pairs import pair_pages, tally_pairs
from tests.accuracy.truth import PARTS

_EVERY = 11
"""A number that divides neither the number of traps nor that of layouts, so that a sample meets all of them."""


def test_a_sample_of_all_pairs_has_no_wrong_day_and_no_false_blank() -> None:
    found = tally_pairs(SEED, every=_EVERY)
    assert found.wrong == 0, found.named or "in parts that are only counted: scripts/accuracy.py --pairs SEED"
    assert found.exact > found.pages * 0.9, "most pairs must be answered, or nothing is shown"


def test_the_sample_meets_every_layout_of_every_part() -> None:
    pages = list(pair_pages(SEED, every=_EVERY))
    assert {page.part for page in pages} == set(PARTS)
    assert len({page.layout for page in pages}) > 80
